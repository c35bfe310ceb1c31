import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['saved_views', 'grant_outcomes', 'grant_findings', 'review_leases'];
const KINDS = "CHECK (kind IN ('IN_ORDER', 'RECTIFY', 'REVOKE'))";
const DUE_DAY = "CHECK ((kind = 'RECTIFY') = (due_on IS NOT NULL))";
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** The review desk of the federation: who is at which row, what was found of a paid grant, and saved views. */
export class CreateDesk1795305600980 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "review_leases" (
        "id" VARCHAR(36) NOT NULL,
        "scope_id" VARCHAR(36) NOT NULL,
        "subject_kind" VARCHAR(8) NOT NULL,
        "subject_id" VARCHAR(36) NOT NULL,
        "holder_account" VARCHAR(36) NOT NULL,
        "holder_id" VARCHAR(36),
        "taken_at" DATETIME(3) NOT NULL,
        "until_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_review_leases" PRIMARY KEY ("id"),
        CONSTRAINT "ck_review_leases_kind" CHECK (subject_kind IN ('grant', 'relief')),
        CONSTRAINT "ck_review_leases_time" CHECK (until_at >= taken_at),
        CONSTRAINT "uq_review_leases_subject" UNIQUE ("subject_id"),
        CONSTRAINT "fk_review_leases_scope" FOREIGN KEY ("scope_id") ${references('organisations')}
      )`);
    await createFindings(queryRunner);
    await createViews(queryRunner);
    await makeAppendOnly(queryRunner, 'grant_findings');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const found = (await queryRunner.query(`SELECT "id" FROM "grant_findings" LIMIT 1`)) as unknown[];
    if (found.length > 0) throw new Error('Grants were reviewed: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'grant_findings');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createFindings(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "grant_findings" (
        "id" VARCHAR(36) NOT NULL,
        "scope_id" VARCHAR(36) NOT NULL,
        "case_id" VARCHAR(36) NOT NULL,
        "lap" INTEGER NOT NULL,
        "seq" INTEGER NOT NULL,
        "kind" VARCHAR(8) NOT NULL,
        "reason" VARCHAR(12) NOT NULL,
        "due_on" VARCHAR(10),
        "words_sealed" TEXT,
        "as_role" VARCHAR(12) NOT NULL,
        "reviewer_id" VARCHAR(36) NOT NULL,
        "found_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_grant_findings" PRIMARY KEY ("id"),
        CONSTRAINT "ck_grant_findings_kind" ${KINDS},
        CONSTRAINT "ck_grant_findings_due" ${DUE_DAY},
        CONSTRAINT "ck_grant_findings_role" CHECK (as_role IN ('reviewer', 'supervisor')),
        CONSTRAINT "ck_grant_findings_place" CHECK (lap >= 1 AND seq >= 1),
        CONSTRAINT "uq_grant_findings_seq" UNIQUE ("case_id", "lap", "seq"),
        CONSTRAINT "uq_grant_findings_person" UNIQUE ("case_id", "lap", "reviewer_id"),
        CONSTRAINT "fk_grant_findings_scope" FOREIGN KEY ("scope_id") ${references('organisations')},
        CONSTRAINT "fk_grant_findings_case" FOREIGN KEY ("case_id") ${references('cases')}
      )`);
  await queryRunner.query(`
      CREATE TABLE "grant_outcomes" (
        "id" VARCHAR(36) NOT NULL,
        "scope_id" VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "case_id" VARCHAR(36) NOT NULL,
        "lap" INTEGER NOT NULL,
        "kind" VARCHAR(8) NOT NULL,
        "reason" VARCHAR(12) NOT NULL,
        "due_on" VARCHAR(10),
        "finding_id" VARCHAR(36) NOT NULL,
        "settled_at" DATETIME(3) NOT NULL,
        "answered_at" DATETIME(3),
        "answered_by" VARCHAR(36),
        "answer_sealed" TEXT,
        "file_id" VARCHAR(36),
        CONSTRAINT "pk_grant_outcomes" PRIMARY KEY ("id"),
        CONSTRAINT "ck_grant_outcomes_kind" ${KINDS},
        CONSTRAINT "ck_grant_outcomes_due" ${DUE_DAY},
        CONSTRAINT "ck_grant_outcomes_answer" CHECK ((answered_at IS NULL) = (answer_sealed IS NULL) AND (file_id IS NULL OR answered_at IS NOT NULL) AND (kind <> 'IN_ORDER' OR answered_at IS NULL)),
        CONSTRAINT "uq_grant_outcomes_lap" UNIQUE ("case_id", "lap"),
        CONSTRAINT "fk_grant_outcomes_scope" FOREIGN KEY ("scope_id") ${references('organisations')},
        CONSTRAINT "fk_grant_outcomes_society" FOREIGN KEY ("society_id") ${references('organisations')},
        CONSTRAINT "fk_grant_outcomes_case" FOREIGN KEY ("case_id") ${references('cases')},
        CONSTRAINT "fk_grant_outcomes_finding" FOREIGN KEY ("finding_id") ${references('grant_findings')},
        CONSTRAINT "fk_grant_outcomes_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
  await queryRunner.query(
    `CREATE INDEX "ix_grant_outcomes_society" ON "grant_outcomes" ("society_id", "settled_at")`,
  );
}

async function createViews(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "saved_views" (
        "id" VARCHAR(36) NOT NULL,
        "account_id" VARCHAR(36) NOT NULL,
        "scope_id" VARCHAR(36) NOT NULL,
        "slot" INTEGER NOT NULL,
        "name" VARCHAR(20) NOT NULL,
        "query" TEXT NOT NULL,
        "saved_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_saved_views" PRIMARY KEY ("id"),
        CONSTRAINT "ck_saved_views_slot" CHECK (slot >= 1 AND slot <= 20),
        CONSTRAINT "uq_saved_views_slot" UNIQUE ("account_id", "scope_id", "slot"),
        CONSTRAINT "uq_saved_views_name" UNIQUE ("account_id", "scope_id", "name"),
        CONSTRAINT "fk_saved_views_scope" FOREIGN KEY ("scope_id") ${references('organisations')}
      )`);
}
