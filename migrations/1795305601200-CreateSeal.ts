import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const APPEND_ONLY = ['seal_batches', 'seal_rows'];

/** The seal of the trail, the books, the rounds and the papers: batches chained by their heads, and what each holds. */
export class CreateSeal1795305601200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "seal_batches" (
        "id"        VARCHAR(36) NOT NULL,
        "number"    INTEGER     NOT NULL,
        "first_row" INTEGER     NOT NULL,
        "last_row"  INTEGER     NOT NULL,
        "previous"  VARCHAR(64) NOT NULL,
        "root"      VARCHAR(64) NOT NULL,
        "head"      VARCHAR(64) NOT NULL,
        "drained"   SMALLINT    NOT NULL,
        "sealed_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_seal_batches" PRIMARY KEY ("id"),
        CONSTRAINT "ck_seal_batches_rows" CHECK (number > 0 AND first_row > 0 AND last_row >= first_row),
        CONSTRAINT "uq_seal_batches_number" UNIQUE ("number"),
        CONSTRAINT "uq_seal_batches_previous" UNIQUE ("previous")
      )`);
    await queryRunner.query(`
      CREATE TABLE "seal_rows" (
        "id"       VARCHAR(36) NOT NULL,
        "batch_id" VARCHAR(36) NOT NULL,
        "position" INTEGER     NOT NULL,
        "source"   VARCHAR(40) NOT NULL,
        "row_id"   VARCHAR(36) NOT NULL,
        "leaf"     VARCHAR(64) NOT NULL,
        "salt"     VARCHAR(43),
        CONSTRAINT "pk_seal_rows" PRIMARY KEY ("id"),
        CONSTRAINT "ck_seal_rows_position" CHECK (position > 0),
        CONSTRAINT "uq_seal_rows_position" UNIQUE ("batch_id", "position"),
        CONSTRAINT "uq_seal_rows_row" UNIQUE ("source", "row_id"),
        CONSTRAINT "fk_seal_rows_batch" FOREIGN KEY ("batch_id") REFERENCES "seal_batches" ("id")
          ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await queryRunner.query(`CREATE INDEX "ix_rounds_decided" ON "rounds" ("decided_at")`);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const sealed = (await queryRunner.query(`SELECT "id" FROM "seal_batches" LIMIT 1`)) as unknown[];
    if (sealed.length > 0) throw new Error('Heads are printed on papers: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of ['seal_rows', 'seal_batches']) await queryRunner.query(`DROP TABLE "${table}"`);
    await queryRunner.query(`DROP INDEX "ix_rounds_decided"${onTable(queryRunner, 'rounds')}`);
  }
}

/** MySQL names the table of an index that goes, SQLite does not. */
function onTable(queryRunner: QueryRunner, table: string): string {
  return queryRunner.dataSource.options.type === 'better-sqlite3' ? '' : ` ON "${table}"`;
}
