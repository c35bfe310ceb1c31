import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly } from '../src/platform/database/migrations.js';

/** Leads, cases and what belongs to a case: visits, papers, photos, drafts, and the allowance of a household. */
export class CreateCases1795305600930 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(table);
    for (const index of INDEXES) await queryRunner.query(index);
    await makeAppendOnly(queryRunner, 'case_visits');
    await makeAppendOnly(queryRunner, 'case_files');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query('SELECT "id" FROM "cases" LIMIT 1')) as unknown[];
    if (kept.length > 0) throw new Error('There are cases on record: restore a backup, do not revert');
    for (const table of [
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
    "payee_relation"        VARCHAR(8)  NOT NULL,
    "payee_reason_sealed"   TEXT        NULL,
    "method"                VARCHAR(4)  NOT NULL,
    "payee_account_id"      VARCHAR(36) NULL,
    "cause_key"             VARCHAR(80) NULL,
    "charter_id"            VARCHAR(36) NOT NULL,
    "accepted_at"           DATETIME(3) NOT NULL,
    "registered_by_account" VARCHAR(36) NULL,
    "registered_by"         VARCHAR(36) NULL,
    "verified_at"           DATETIME(3) NULL,
    "rounds_opened"         INTEGER     NOT NULL,
    "rounds_lapsed"         INTEGER     NOT NULL,
    "papers_version"        INTEGER     NOT NULL,
    "revision"              VARCHAR(64) NULL,
    "frozen_sealed"         TEXT        NULL,
    "decision"              TEXT        NULL,
    "counted_year"          INTEGER     NULL,
    "recovered_fen"         BIGINT      NOT NULL,
    "kept_fen"              BIGINT      NOT NULL,
    "approved_at"           DATETIME(3) NULL,
    "approved_via"          VARCHAR(5)  NULL,
    "paid_at"               DATETIME(3) NULL,
    "papers_done_at"        DATETIME(3) NULL,
    "notice_ended_at"       DATETIME(3) NULL,
    "closed_at"             DATETIME(3) NULL,
    "ended_at"              DATETIME(3) NULL,
    "end_reason"            VARCHAR(20) NULL,
    "end_note_sealed"       TEXT        NULL,
    CONSTRAINT "pk_cases" PRIMARY KEY ("id"),
    CONSTRAINT "ck_cases_amount" CHECK (amount_fen > 0),
    CONSTRAINT "ck_cases_state" CHECK (state IN ('ACCEPTED', 'VERIFIED', 'SIGNING', 'VOTING', 'APPROVED', 'PAID', 'CLOSED', 'REJECTED', 'LAPSED', 'ESCALATED', 'REFERRED', 'WITHDRAWN', 'TERMINATED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF')),
    CONSTRAINT "ck_cases_method" CHECK ((method = 'CARD') = (payee_account_id IS NOT NULL)),
    CONSTRAINT "ck_cases_approved" CHECK (state NOT IN ('APPROVED', 'PAID', 'CLOSED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF') OR approved_at IS NOT NULL),
    CONSTRAINT "ck_cases_paid" CHECK ((state IN ('PAID', 'CLOSED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF')) = (paid_at IS NOT NULL)),
    CONSTRAINT "ck_cases_closed" CHECK (state <> 'CLOSED' OR (closed_at IS NOT NULL AND papers_done_at IS NOT NULL AND notice_ended_at IS NOT NULL)),
    CONSTRAINT "ck_cases_ended" CHECK ((state IN ('ESCALATED', 'REFERRED', 'WITHDRAWN', 'TERMINATED')) = (ended_at IS NOT NULL AND end_reason IS NOT NULL)),
    CONSTRAINT "ck_cases_approved_via" CHECK ((approved_via IS NULL) = (approved_at IS NULL)),
    CONSTRAINT "ck_cases_recovered" CHECK (recovered_fen >= 0 AND recovered_fen + kept_fen <= amount_fen),
    CONSTRAINT "ck_cases_kept" CHECK (kept_fen >= 0 AND (kept_fen = 0 OR (state IN ('REVOKED', 'RECOVERED', 'WRITTEN_OFF') AND kept_fen < amount_fen))),
    CONSTRAINT "ck_cases_payee" CHECK ((payee_relation = 'SELF') = (payee_id = applicant_id)),
    CONSTRAINT "ck_cases_payee_relation" CHECK (payee_relation IN ('SELF', 'GUARDIAN', 'HEIR', 'OTHER') AND (payee_relation <> 'OTHER' OR payee_reason_sealed IS NOT NULL)),
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
    "confirmed_at"  DATETIME(3) NULL,
    "confirmed_by"  VARCHAR(36) NULL,
    CONSTRAINT "pk_case_papers" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_papers_confirmed" CHECK (confirmed_at IS NULL OR (state = 'WAIVED' AND confirmed_by IS NOT NULL)),
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

const TABLES = [CASES, LEADS, CASE_VISITS, CASE_PAPERS, CASE_FILES, CASE_DRAFTS, HOUSEHOLD_YEARS];

const INDEXES = [
  'CREATE INDEX "ix_cases_state" ON "cases" ("society_id", "state")',
  'CREATE INDEX "ix_cases_applicant" ON "cases" ("society_id", "applicant_id", "year")',
  'CREATE INDEX "ix_cases_household" ON "cases" ("society_id", "household_id", "year")',
  'CREATE INDEX "ix_leads_society" ON "leads" ("society_id", "received_at")',
  'CREATE INDEX "ix_case_files_case" ON "case_files" ("case_id")',
  'CREATE INDEX "ix_case_drafts_account" ON "case_drafts" ("account_id", "expires_at")',
];
