import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const toCase = 'REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION';

/** By what cases are found again across the societies of a federation, and the pairs that were found. */
export class CreateCaseMatches1795305600960 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "case_marks" (
        "id"         VARCHAR(36) NOT NULL,
        "scope_id"   VARCHAR(36) NOT NULL,
        "case_id"    VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "kind"       VARCHAR(10) NOT NULL,
        "mark"       VARCHAR(64) NOT NULL,
        "made_at"    DATETIME(3) NOT NULL,
        CONSTRAINT "pk_case_marks" PRIMARY KEY ("id"),
        CONSTRAINT "ck_case_marks_kind" CHECK (kind IN ('PERSON', 'HOUSEHOLD', 'CARD')),
        CONSTRAINT "uq_case_marks_mark" UNIQUE ("case_id", "kind", "mark"),
        CONSTRAINT "fk_case_marks_case" FOREIGN KEY ("case_id") ${toCase}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_case_marks_found" ON "case_marks" ("scope_id", "mark")`);
    await queryRunner.query(`
      CREATE TABLE "case_matches" (
        "id"            VARCHAR(36) NOT NULL,
        "scope_id"      VARCHAR(36) NOT NULL,
        "case_id"       VARCHAR(36) NOT NULL,
        "other_case_id" VARCHAR(36) NOT NULL,
        "why"           VARCHAR(40) NOT NULL,
        "found_at"      DATETIME(3) NOT NULL,
        "disposition"   VARCHAR(20),
        "reason"        VARCHAR(20),
        "disposed_at"   DATETIME(3),
        "disposed_by"   VARCHAR(36),
        "expires_on"    VARCHAR(10),
        "version"       INTEGER     NOT NULL,
        CONSTRAINT "pk_case_matches" PRIMARY KEY ("id"),
        CONSTRAINT "ck_case_matches_pair" CHECK (case_id <> other_case_id),
        CONSTRAINT "ck_case_matches_disposed" CHECK ((disposition IS NULL) = (reason IS NULL) AND (disposition IS NULL) = (disposed_at IS NULL)),
        CONSTRAINT "ck_case_matches_disposition" CHECK (disposition IS NULL OR disposition IN ('DIFFERENT_PERSON', 'ALLOWED_SECOND', 'REPEAT_CLAIM', 'OPEN')),
        CONSTRAINT "ck_case_matches_expiry" CHECK ((expires_on IS NULL) = (COALESCE(disposition, 'OPEN') <> 'DIFFERENT_PERSON')),
        CONSTRAINT "uq_case_matches_pair" UNIQUE ("case_id", "other_case_id"),
        CONSTRAINT "fk_case_matches_case" FOREIGN KEY ("case_id") ${toCase},
        CONSTRAINT "fk_case_matches_other" FOREIGN KEY ("other_case_id") ${toCase}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_case_matches_scope" ON "case_matches" ("scope_id", "found_at")`,
    );
    await makeAppendOnly(queryRunner, 'case_marks');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const marked = (await queryRunner.query(`SELECT "id" FROM "case_marks" LIMIT 1`)) as unknown[];
    if (marked.length > 0) throw new Error('Cases are marked: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'case_marks');
    for (const table of ['case_matches', 'case_marks']) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
