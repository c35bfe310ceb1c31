import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

/**
 * Who looked at which sealed field of whom, in which case, and why; never the value. The looks of an account are numbered,
 * so that two at the same moment cannot both be the last that is allowed.
 */
export class CreateLooks1795305601300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "looks" (
        "id"             VARCHAR(36) NOT NULL,
        "society_id"     VARCHAR(36) NOT NULL,
        "account_id"     VARCHAR(36) NOT NULL,
        "sequence"       INTEGER     NOT NULL,
        "looker_id"      VARCHAR(36),
        "person_id"      VARCHAR(36) NOT NULL,
        "field"          VARCHAR(11) NOT NULL,
        "reason"         VARCHAR(15) NOT NULL,
        "note_sealed"    TEXT,
        "subject_kind"   VARCHAR(20) NOT NULL,
        "subject_id"     VARCHAR(36) NOT NULL,
        "subject_number" VARCHAR(30) NOT NULL,
        "at"             DATETIME(3) NOT NULL,
        CONSTRAINT "pk_looks" PRIMARY KEY ("id"),
        CONSTRAINT "ck_looks_field" CHECK (field IN ('ID_NUMBER', 'PHONE', 'PAYEE_PHONE', 'CARD', 'STORY')),
        CONSTRAINT "ck_looks_reason" CHECK (reason IN ('VERIFY_IDENTITY', 'VERIFY_ACCOUNT', 'CONTACT', 'CORRECTION', 'OVERSIGHT')),
        CONSTRAINT "ck_looks_sequence" CHECK (sequence > 0),
        CONSTRAINT "uq_looks_sequence" UNIQUE ("account_id", "sequence"),
        CONSTRAINT "fk_looks_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await queryRunner.query(`CREATE INDEX "ix_looks_person" ON "looks" ("person_id", "at")`);
    await queryRunner.query(`CREATE INDEX "ix_looks_subject" ON "looks" ("subject_id", "at")`);
    await makeAppendOnly(queryRunner, 'looks');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(`SELECT "id" FROM "looks" LIMIT 1`)) as unknown[];
    if (rows.length > 0) throw new Error('Somebody looked: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'looks');
    await queryRunner.query(`DROP TABLE "looks"`);
  }
}
