import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

/** Which accounts are owed to the public or were published: of a house or of one fund, for a quarter or a year (0). */
export class CreateAccountReports1795305601020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "account_reports" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "fund"       VARCHAR(40) NOT NULL,
        "year"       INTEGER     NOT NULL,
        "quarter"    INTEGER     NOT NULL,
        "created_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_account_reports" PRIMARY KEY ("id"),
        CONSTRAINT "ck_account_reports_quarter" CHECK (quarter BETWEEN 0 AND 4),
        CONSTRAINT "uq_account_reports_once" UNIQUE ("society_id", "fund", "year", "quarter"),
        CONSTRAINT "fk_account_reports_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await makeAppendOnly(queryRunner, 'account_reports');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const owed = (await queryRunner.query(`SELECT "id" FROM "account_reports" LIMIT 1`)) as unknown[];
    if (owed.length > 0) throw new Error('Accounts were published: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'account_reports');
    await queryRunner.query(`DROP TABLE "account_reports"`);
  }
}
