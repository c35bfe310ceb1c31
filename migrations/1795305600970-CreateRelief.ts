import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = [
  'relief_letters',
  'relief_refunds',
  'relief_follow_ups',
  'relief_payments',
  'relief_advances',
  'relief_holds',
  'relief_returns',
  'relief_reviews',
  'relief_scores',
  'relief_assessments',
  'relief_papers',
  'relief_policies',
  'relief_invoices',
  'relief_cases',
];
const APPEND_ONLY = [
  'relief_policies',
  'relief_papers',
  'relief_assessments',
  'relief_scores',
  'relief_reviews',
  'relief_follow_ups',
  'relief_refunds',
  'relief_letters',
];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Relief by charity funds: the case, and everything that is said, found, decided and paid about it. */
export class CreateRelief1795305600970 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createCases(queryRunner);
    await createInvoices(queryRunner);
    await createPapers(queryRunner);
    await createPolicies(queryRunner);
    await createAssessments(queryRunner);
    await createScores(queryRunner);
    await createReviews(queryRunner);
    await createReturns(queryRunner);
    await createHolds(queryRunner);
    await createAdvances(queryRunner);
    await createPayments(queryRunner);
    await createFollowUps(queryRunner);
    await createRefunds(queryRunner);
    await createLetters(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const asked = (await queryRunner.query(`SELECT "id" FROM "relief_cases" LIMIT 1`)) as unknown[];
    if (asked.length > 0) throw new Error('Families have asked for relief: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

/** What a case may never be, whoever writes it. */
const CASE_PROMISES = `
  CONSTRAINT "ck_relief_cases_state" CHECK (state IN ('SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED', 'RETURNED', 'PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED', 'REJECTED', 'LAPSED', 'WITHDRAWN', 'TERMINATED')),
  CONSTRAINT "ck_relief_cases_amounts" CHECK (total_fen > 0 AND debts_fen >= 0 AND paid_fen >= 0 AND advanced_fen >= 0 AND demanded_fen >= 0 AND refunded_fen >= 0 AND refunded_fen <= demanded_fen),
  CONSTRAINT "ck_relief_cases_grant" CHECK (grant_fen IS NULL OR (grant_fen > 0 AND grant_fen <= 50000000 AND (paid_fen <= grant_fen OR paid_fen <= advanced_fen))),
  CONSTRAINT "ck_relief_cases_returned" CHECK ((state = 'RETURNED') = (returned_from IS NOT NULL)),
  CONSTRAINT "ck_relief_cases_returns" CHECK (returns >= 0 AND returns <= 2),
  CONSTRAINT "ck_relief_cases_panel" CHECK (state NOT IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED') OR (grant_fen IS NOT NULL AND sheet IS NOT NULL AND rule_id IS NOT NULL AND frozen_sealed IS NOT NULL AND claim IS NOT NULL)),
  CONSTRAINT "ck_relief_cases_approved" CHECK ((state NOT IN ('APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED') OR approved_at IS NOT NULL) AND (approved_at IS NULL) = (approved_by IS NULL)),
  CONSTRAINT "ck_relief_cases_notice" CHECK (approved_at IS NULL OR notice_ended_at IS NOT NULL),
  CONSTRAINT "ck_relief_cases_paid" CHECK ((state IN ('PAID', 'REFUND_DUE', 'CLOSED')) = (paid_at IS NOT NULL) AND (paid_at IS NULL OR paid_fen = grant_fen OR (paid_fen = advanced_fen AND paid_fen > grant_fen))),
  CONSTRAINT "ck_relief_cases_ended" CHECK ((state IN ('REJECTED', 'LAPSED', 'WITHDRAWN', 'TERMINATED')) = (ended_at IS NOT NULL AND end_reason IS NOT NULL)),
  CONSTRAINT "ck_relief_cases_closed" CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))`;

async function createCases(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_cases" (
        "id" VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "year" INTEGER NOT NULL,
        "number" INTEGER NOT NULL,
        "state" VARCHAR(16) NOT NULL,
        "home_society_id" VARCHAR(36) NOT NULL,
        "submitted_by_society_id" VARCHAR(36) NOT NULL,
        "origin_person_id" VARCHAR(36) NOT NULL,
        "applicant_id" VARCHAR(36) NOT NULL,
        "fund_id" VARCHAR(36) NOT NULL,
        "node_id" VARCHAR(36) NOT NULL,
        "cause" VARCHAR(12) NOT NULL,
        "total_fen" BIGINT NOT NULL,
        "debts_fen" BIGINT NOT NULL,
        "story_sealed" TEXT,
        "account_id" VARCHAR(36),
        "submitted_at" DATETIME(3) NOT NULL,
        "submitted_by_account" VARCHAR(36),
        "submitted_by" VARCHAR(36),
        "lap" INTEGER NOT NULL,
        "returns" INTEGER NOT NULL,
        "returned_from" VARCHAR(16),
        "clock_left" INTEGER,
        "verified_at" DATETIME(3),
        "verify_result" VARCHAR(8),
        "verify_note_sealed" TEXT,
        "handled_by" TEXT NOT NULL,
        "reviewed_at" DATETIME(3),
        "panels" INTEGER NOT NULL,
        "claim" VARCHAR(40),
        "rule_id" VARCHAR(36),
        "sheet" TEXT,
        "grant_fen" BIGINT,
        "frozen_sealed" TEXT,
        "decision" TEXT,
        "plan" TEXT,
        "notice_ended_at" DATETIME(3),
        "advanced_fen" BIGINT NOT NULL,
        "approved_at" DATETIME(3),
        "approved_by" VARCHAR(36),
        "paid_fen" BIGINT NOT NULL,
        "paid_at" DATETIME(3),
        "followed_up_at" DATETIME(3),
        "result_ended_at" DATETIME(3),
        "demanded_fen" BIGINT NOT NULL,
        "refunded_fen" BIGINT NOT NULL,
        "closed_at" DATETIME(3),
        "ended_at" DATETIME(3),
        "end_reason" VARCHAR(20),
        "version" INTEGER NOT NULL,
        CONSTRAINT "pk_relief_cases" PRIMARY KEY ("id"),
        ${CASE_PROMISES},
        CONSTRAINT "uq_relief_cases_number" UNIQUE ("society_id", "year", "number"),
        CONSTRAINT "fk_relief_cases_society" FOREIGN KEY ("society_id") ${references('organisations')},
        CONSTRAINT "fk_relief_cases_home_society" FOREIGN KEY ("home_society_id") ${references('organisations')},
        CONSTRAINT "fk_relief_cases_submitted_by_society" FOREIGN KEY ("submitted_by_society_id") ${references('organisations')},
        CONSTRAINT "fk_relief_cases_fund" FOREIGN KEY ("fund_id") ${references('funds')},
        CONSTRAINT "fk_relief_cases_node" FOREIGN KEY ("node_id") ${references('funds')},
        CONSTRAINT "fk_relief_cases_rule" FOREIGN KEY ("rule_id") ${references('fund_rule_versions')}
      )`);
  await indexCases(queryRunner);
}

async function indexCases(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(
    `CREATE INDEX "ix_relief_cases_state" ON "relief_cases" ("society_id", "state", "submitted_at")`,
  );
  await queryRunner.query(
    `CREATE INDEX "ix_relief_cases_home" ON "relief_cases" ("home_society_id", "submitted_at")`,
  );
  await queryRunner.query(
    `CREATE INDEX "ix_relief_cases_applicant" ON "relief_cases" ("society_id", "applicant_id")`,
  );
}

async function createInvoices(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_invoices" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "number" VARCHAR(30) NOT NULL,
        "amount_fen" BIGINT NOT NULL,
        "used_key" VARCHAR(80),
        "added_at" DATETIME(3) NOT NULL,
        "removed_at" DATETIME(3),
        CONSTRAINT "pk_relief_invoices" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_invoices_amount" CHECK (amount_fen > 0),
        CONSTRAINT "ck_relief_invoices_removed" CHECK (removed_at IS NULL OR used_key IS NULL),
        CONSTRAINT "uq_relief_invoices_used" UNIQUE ("used_key"),
        CONSTRAINT "fk_relief_invoices_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
  await queryRunner.query(`CREATE INDEX "ix_relief_invoices_relief" ON "relief_invoices" ("relief_id")`);
}

async function createPapers(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_papers" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "kind" VARCHAR(20) NOT NULL,
        "file_id" VARCHAR(36) NOT NULL,
        "added_at" DATETIME(3) NOT NULL,
        "added_by" VARCHAR(36),
        CONSTRAINT "pk_relief_papers" PRIMARY KEY ("id"),
        CONSTRAINT "fk_relief_papers_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')},
        CONSTRAINT "fk_relief_papers_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
  await queryRunner.query(`CREATE INDEX "ix_relief_papers_relief" ON "relief_papers" ("relief_id")`);
}

async function createPolicies(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_policies" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "lap" INTEGER NOT NULL,
        "deduction" VARCHAR(16) NOT NULL,
        "outcome" VARCHAR(12) NOT NULL,
        "amount_fen" BIGINT NOT NULL,
        "proof" VARCHAR(60),
        "checked_at" DATETIME(3) NOT NULL,
        "checked_by" VARCHAR(36),
        CONSTRAINT "pk_relief_policies" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_policies_amount" CHECK (amount_fen >= 0 AND (outcome = 'APPLIED') = (amount_fen > 0)),
        CONSTRAINT "ck_relief_policies_outcome" CHECK (outcome IN ('APPLIED', 'NOT_ELIGIBLE', 'REFUSED', 'NOT_ASKED')),
        CONSTRAINT "uq_relief_policies_lap" UNIQUE ("relief_id", "lap", "deduction"),
        CONSTRAINT "fk_relief_policies_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
}

async function createAssessments(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_assessments" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "lap" INTEGER NOT NULL,
        "opinion_sealed" TEXT NOT NULL,
        "file_id" VARCHAR(36) NOT NULL,
        "assessed_at" DATETIME(3) NOT NULL,
        "recorded_by" VARCHAR(36),
        CONSTRAINT "pk_relief_assessments" PRIMARY KEY ("id"),
        CONSTRAINT "uq_relief_assessments_lap" UNIQUE ("relief_id", "lap"),
        CONSTRAINT "fk_relief_assessments_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')},
        CONSTRAINT "fk_relief_assessments_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
}

async function createScores(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_scores" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "lap" INTEGER NOT NULL,
        "person_id" VARCHAR(36) NOT NULL,
        "score" INTEGER NOT NULL,
        CONSTRAINT "pk_relief_scores" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_scores_score" CHECK (score >= 0 AND score <= 100),
        CONSTRAINT "uq_relief_scores_person" UNIQUE ("relief_id", "lap", "person_id"),
        CONSTRAINT "fk_relief_scores_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
}

async function createReviews(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_reviews" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "lap" INTEGER NOT NULL,
        "reviewer_id" VARCHAR(36) NOT NULL,
        "reason" VARCHAR(14) NOT NULL,
        "note_sealed" TEXT,
        "reviewed_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_relief_reviews" PRIMARY KEY ("id"),
        CONSTRAINT "uq_relief_reviews_reviewer" UNIQUE ("relief_id", "lap", "reviewer_id"),
        CONSTRAINT "fk_relief_reviews_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
}

async function createReturns(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_returns" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "number" INTEGER NOT NULL,
        "from_state" VARCHAR(16) NOT NULL,
        "items" TEXT NOT NULL,
        "note_sealed" TEXT,
        "returned_at" DATETIME(3) NOT NULL,
        "returned_by" VARCHAR(36),
        "answered_at" DATETIME(3),
        CONSTRAINT "pk_relief_returns" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_returns_number" CHECK (number IN (1, 2)),
        CONSTRAINT "uq_relief_returns_number" UNIQUE ("relief_id", "number"),
        CONSTRAINT "fk_relief_returns_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
}

async function createHolds(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_holds" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "notice_id" VARCHAR(36) NOT NULL,
        "held_at" DATETIME(3) NOT NULL,
        "outcome" VARCHAR(10),
        "decided_at" DATETIME(3),
        "decided_by" VARCHAR(36),
        CONSTRAINT "pk_relief_holds" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_holds_decided" CHECK ((outcome IS NULL) = (decided_at IS NULL)),
        CONSTRAINT "ck_relief_holds_outcome" CHECK (outcome IS NULL OR outcome IN ('DISMISSED', 'UPHELD')),
        CONSTRAINT "fk_relief_holds_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_relief_holds_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
  await queryRunner.query(`CREATE INDEX "ix_relief_holds_relief" ON "relief_holds" ("relief_id")`);
}

async function createAdvances(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_advances" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "amount_fen" BIGINT NOT NULL,
        "institution_id" VARCHAR(36),
        "file_id" VARCHAR(36) NOT NULL,
        "asked_at" DATETIME(3) NOT NULL,
        "asked_by" VARCHAR(36),
        "chair_id" VARCHAR(36),
        "chair_at" DATETIME(3),
        "supervisor_id" VARCHAR(36),
        "supervisor_at" DATETIME(3),
        CONSTRAINT "pk_relief_advances" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_advances_amount" CHECK (amount_fen > 0),
        CONSTRAINT "ck_relief_advances_signed" CHECK ((chair_id IS NULL) = (chair_at IS NULL) AND (supervisor_id IS NULL) = (supervisor_at IS NULL)),
        CONSTRAINT "ck_relief_advances_two" CHECK (chair_id IS NULL OR supervisor_id IS NULL OR chair_id <> supervisor_id),
        CONSTRAINT "uq_relief_advances_relief" UNIQUE ("relief_id"),
        CONSTRAINT "fk_relief_advances_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')},
        CONSTRAINT "fk_relief_advances_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
}

async function createPayments(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_payments" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "seq" INTEGER NOT NULL,
        "kind" VARCHAR(8) NOT NULL,
        "amount_fen" BIGINT NOT NULL,
        "institution_id" VARCHAR(36),
        "claim" VARCHAR(40) NOT NULL,
        "state" VARCHAR(8) NOT NULL,
        "ordered_at" DATETIME(3) NOT NULL,
        "paid_at" DATETIME(3),
        "refunded_fen" BIGINT NOT NULL,
        CONSTRAINT "pk_relief_payments" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_payments_amount" CHECK (amount_fen > 0 AND refunded_fen >= 0 AND refunded_fen <= amount_fen),
        CONSTRAINT "ck_relief_payments_state" CHECK (state IN ('ORDERED', 'PAID', 'OFF') AND (state = 'PAID') = (paid_at IS NOT NULL)),
        CONSTRAINT "ck_relief_payments_kind" CHECK (kind IN ('ADVANCE', 'PART')),
        CONSTRAINT "uq_relief_payments_seq" UNIQUE ("relief_id", "seq"),
        CONSTRAINT "fk_relief_payments_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
}

async function createFollowUps(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_follow_ups" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "seen_on" VARCHAR(10) NOT NULL,
        "used_as_meant" SMALLINT NOT NULL,
        "note_sealed" TEXT,
        "recorded_at" DATETIME(3) NOT NULL,
        "recorded_by" VARCHAR(36),
        CONSTRAINT "pk_relief_follow_ups" PRIMARY KEY ("id"),
        CONSTRAINT "fk_relief_follow_ups_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
  await queryRunner.query(`CREATE INDEX "ix_relief_follow_ups_relief" ON "relief_follow_ups" ("relief_id")`);
}

async function createRefunds(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_refunds" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "reason" VARCHAR(20) NOT NULL,
        "later_fen" BIGINT NOT NULL,
        "excess_fen" BIGINT NOT NULL,
        "proof" VARCHAR(60),
        "demanded_at" DATETIME(3) NOT NULL,
        "demanded_by" VARCHAR(36),
        CONSTRAINT "pk_relief_refunds" PRIMARY KEY ("id"),
        CONSTRAINT "ck_relief_refunds_amounts" CHECK (later_fen >= 0 AND excess_fen > 0),
        CONSTRAINT "fk_relief_refunds_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
  await queryRunner.query(`CREATE INDEX "ix_relief_refunds_relief" ON "relief_refunds" ("relief_id")`);
}

async function createLetters(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      CREATE TABLE "relief_letters" (
        "id" VARCHAR(36) NOT NULL,
        "relief_id" VARCHAR(36) NOT NULL,
        "kind" VARCHAR(10) NOT NULL,
        "content_sealed" TEXT NOT NULL,
        "made_at" DATETIME(3) NOT NULL,
        "made_by" VARCHAR(36),
        CONSTRAINT "pk_relief_letters" PRIMARY KEY ("id"),
        CONSTRAINT "fk_relief_letters_relief" FOREIGN KEY ("relief_id") ${references('relief_cases')}
      )`);
  await queryRunner.query(`CREATE INDEX "ix_relief_letters_relief" ON "relief_letters" ("relief_id")`);
}
