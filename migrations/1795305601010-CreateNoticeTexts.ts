import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

/** Sentences of notices in the words of a society, a town or a county, by versions: a record of who said what from when. */
export class CreateNoticeTexts1795305601010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_texts" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "text_key"   VARCHAR(20) NOT NULL,
        "version"    INTEGER     NOT NULL,
        "wording"    TEXT,
        "valid_from" VARCHAR(10) NOT NULL,
        "set_by"     VARCHAR(36),
        "set_at"     DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_texts" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_texts_key" CHECK (text_key IN ('OBJECTION', 'PERIOD', 'NO_NAME', 'REJECTION_NOTE', 'ACCOUNTS_NOTE', 'CLOSING')),
        CONSTRAINT "ck_notice_texts_version" CHECK (version > 0),
        CONSTRAINT "ck_notice_texts_wording" CHECK (wording <> ''),
        CONSTRAINT "uq_notice_texts_version" UNIQUE ("society_id", "text_key", "version"),
        CONSTRAINT "fk_notice_texts_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await makeAppendOnly(queryRunner, 'notice_texts');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const set = (await queryRunner.query(`SELECT "id" FROM "notice_texts" LIMIT 1`)) as unknown[];
    if (set.length > 0) throw new Error('Texts of notices were set: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'notice_texts');
    await queryRunner.query(`DROP TABLE "notice_texts"`);
  }
}
