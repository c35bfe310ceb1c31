import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from '../src/platform/database/migrations.js';

/** Leads, cases and what belongs to a case: visits, papers, photos, drafts, letters, and the allowance of a household. */
export class CreateCases1795305600930 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      CASES,
      LEADS,
      CASE_VISITS,
      CASE_PAPERS,
      CASE_FILES,
      CASE_DRAFTS,
      HOUSEHOLD_YEARS,
      CASE_LETTERS,
    ])
      await queryRunner.query(table);
    for (const index of INDEXES) await queryRunner.query(index);
    await makeAppendOnly(queryRunner, 'case_visits');
    await makeAppendOnly(queryRunner, 'case_files');
    await makeAppendOnly(queryRunner, 'case_letters');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query('SELECT "id" FROM "cases" LIMIT 1')) as unknown[];
    if (kept.length > 0) throw new Error('There are cases on record: restore a backup, do not revert');
    for (const table of [
      'case_letters',
      'household_years',
      'case_drafts',
      'case_files',
      'case_papers',
      'case_visits',
      'leads',
      'cases',
    ])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

const CASES = `
  CREATE TABLE "cases" (
    "id"                    VARCHAR(36) NOT NULL,
    "society_id"            VARCHAR(36) NOT NULL,
    "year"                  INTEGER     NOT NULL,
    "number"                INTEGER     NOT NULL,
    "state"                 VARCHAR(12) NOT NULL,
    "applicant_id"          VARCHAR(36) NOT NULL,
    "household_id"          VARCHAR(36) NOT NULL,
    "cause"                 VARCHAR(12) NOT NULL,
    "amount_fen"            BIGINT      NOT NULL,
    "story_sealed"          TEXT        NULL,
    "payee_id"              VARCHAR(36) NOT NULL,
    "method"                VARCHAR(4)  NOT NULL,
    "payee_account_id"      VARCHAR(36) NULL,
    "cause_key"             VARCHAR(80) NULL,
    "charter_id"            VARCHAR(36) NOT NULL,
    "accepted_at"           DATETIME(3) NOT NULL,
    "registered_by_account" VARCHAR(36) NULL,
    "registered_by"         VARCHAR(36) NULL,
    "verified_at"           DATETIME(3) NULL,
    "rounds_opened"         INTEGER     NOT NULL,
    "papers_version"        INTEGER     NOT NULL,
    "revision"              VARCHAR(64) NULL,
    "frozen_sealed"         TEXT        NULL,
    "decision"              TEXT        NULL,
    "counted_year"          INTEGER     NULL,
    "approved_at"           DATETIME(3) NULL,
    "paid_at"               DATETIME(3) NULL,
    "papers_done_at"        DATETIME(3) NULL,
    "notice_ended_at"       DATETIME(3) NULL,
    "closed_at"             DATETIME(3) NULL,
    CONSTRAINT "pk_cases" PRIMARY KEY ("id"),
    CONSTRAINT "ck_cases_amount" CHECK (amount_fen > 0),
    CONSTRAINT "ck_cases_state" CHECK (state IN ('ACCEPTED', 'VERIFIED', 'VOTING', 'APPROVED', 'PAID', 'CLOSED', 'REJECTED', 'LAPSED')),
    CONSTRAINT "ck_cases_method" CHECK ((method = 'CARD') = (payee_account_id IS NOT NULL)),
    CONSTRAINT "ck_cases_approved" CHECK (state NOT IN ('APPROVED', 'PAID', 'CLOSED') OR approved_at IS NOT NULL),
    CONSTRAINT "ck_cases_paid" CHECK ((state IN ('PAID', 'CLOSED')) = (paid_at IS NOT NULL)),
    CONSTRAINT "ck_cases_closed" CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL) AND (closed_at IS NULL OR (papers_done_at IS NOT NULL AND notice_ended_at IS NOT NULL))),
    CONSTRAINT "uq_cases_cause" UNIQUE ("cause_key"),
    CONSTRAINT "uq_cases_number" UNIQUE ("society_id", "year", "number")
  )`;

const LEADS = `
  CREATE TABLE "leads" (
    "id"             VARCHAR(36)  NOT NULL,
    "society_id"     VARCHAR(36)  NOT NULL,
    "source"         VARCHAR(24)  NOT NULL,
    "place"          VARCHAR(120) NOT NULL,
    "contact_sealed" TEXT         NOT NULL,
    "words_sealed"   TEXT         NULL,
    "received_at"    DATETIME(3)  NOT NULL,
    "received_by"    VARCHAR(36)  NULL,
    "case_id"        VARCHAR(36)  NULL,
    CONSTRAINT "pk_leads" PRIMARY KEY ("id"),
    CONSTRAINT "uq_leads_case" UNIQUE ("case_id"),
    CONSTRAINT "fk_leads_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_VISITS = `
  CREATE TABLE "case_visits" (
    "id"          VARCHAR(36) NOT NULL,
    "case_id"     VARCHAR(36) NOT NULL,
    "visitor_id"  VARCHAR(36) NOT NULL,
    "visited_on"  VARCHAR(10) NOT NULL,
    "note_sealed" TEXT        NULL,
    "recorded_at" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_case_visits" PRIMARY KEY ("id"),
    CONSTRAINT "uq_case_visits_visitor" UNIQUE ("case_id", "visitor_id"),
    CONSTRAINT "fk_case_visits_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_PAPERS = `
  CREATE TABLE "case_papers" (
    "id"            VARCHAR(36) NOT NULL,
    "case_id"       VARCHAR(36) NOT NULL,
    "kind"          VARCHAR(12) NOT NULL,
    "state"         VARCHAR(8)  NOT NULL,
    "waiver_sealed" TEXT        NULL,
    "recorded_at"   DATETIME(3) NOT NULL,
    "recorded_by"   VARCHAR(36) NULL,
    CONSTRAINT "pk_case_papers" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_papers_state" CHECK (state IN ('PRESENT', 'WAIVED')),
    CONSTRAINT "ck_case_papers_waiver" CHECK ((state = 'WAIVED') = (waiver_sealed IS NOT NULL)),
    CONSTRAINT "uq_case_papers_kind" UNIQUE ("case_id", "kind"),
    CONSTRAINT "fk_case_papers_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_FILES = `
  CREATE TABLE "case_files" (
    "id"       VARCHAR(36) NOT NULL,
    "case_id"  VARCHAR(36) NOT NULL,
    "kind"     VARCHAR(12) NOT NULL,
    "file_id"  VARCHAR(36) NOT NULL,
    "added_at" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_case_files" PRIMARY KEY ("id"),
    CONSTRAINT "uq_case_files_file" UNIQUE ("file_id"),
    CONSTRAINT "fk_case_files_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_DRAFTS = `
  CREATE TABLE "case_drafts" (
    "id"             VARCHAR(36) NOT NULL,
    "society_id"     VARCHAR(36) NOT NULL,
    "account_id"     VARCHAR(36) NOT NULL,
    "content_sealed" TEXT        NOT NULL,
    "saved_at"       DATETIME(3) NOT NULL,
    "expires_at"     DATETIME(3) NOT NULL,
    CONSTRAINT "pk_case_drafts" PRIMARY KEY ("id")
  )`;

const HOUSEHOLD_YEARS = `
  CREATE TABLE "household_years" (
    "society_id"   VARCHAR(36) NOT NULL,
    "household_id" VARCHAR(36) NOT NULL,
    "year"         INTEGER     NOT NULL,
    "used_fen"     BIGINT      NOT NULL,
    "used_count"   INTEGER     NOT NULL,
    CONSTRAINT "ck_household_years_used" CHECK (used_fen >= 0 AND used_count >= 0),
    CONSTRAINT "pk_household_years" PRIMARY KEY ("society_id", "household_id", "year")
  )`;

const CASE_LETTERS = `
  CREATE TABLE "case_letters" (
    "id"             VARCHAR(36) NOT NULL,
    "case_id"        VARCHAR(36) NOT NULL,
    "society_id"     VARCHAR(36) NOT NULL,
    "kind"           VARCHAR(10) NOT NULL,
    "content_sealed" TEXT        NOT NULL,
    "content_hash"   VARCHAR(64) NOT NULL,
    "made_at"        DATETIME(3) NOT NULL,
    "made_by"        VARCHAR(36) NULL,
    CONSTRAINT "pk_case_letters" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_letters_kind" CHECK (kind IN ('REJECTION', 'DEMAND', 'REFERRAL', 'ENDING')),
    CONSTRAINT "fk_case_letters_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const INDEXES = [
  'CREATE INDEX "ix_cases_state" ON "cases" ("society_id", "state")',
  'CREATE INDEX "ix_cases_applicant" ON "cases" ("society_id", "applicant_id", "year")',
  'CREATE INDEX "ix_cases_household" ON "cases" ("society_id", "household_id", "year")',
  'CREATE INDEX "ix_leads_society" ON "leads" ("society_id", "received_at")',
  'CREATE INDEX "ix_case_files_case" ON "case_files" ("case_id")',
  'CREATE INDEX "ix_case_drafts_account" ON "case_drafts" ("account_id", "expires_at")',
  'CREATE INDEX "ix_case_letters_case" ON "case_letters" ("case_id", "made_at")',
];
