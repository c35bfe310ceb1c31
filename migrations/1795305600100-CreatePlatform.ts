import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every context uses: numbers without gaps, the records of files, and the days on which nobody works. */
export class CreatePlatform1795305600100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "number_series" (
        "scope_id"    VARCHAR(36) NOT NULL,
        "series"      VARCHAR(20) NOT NULL,
        "year"        INTEGER     NOT NULL,
        "last_number" INTEGER     NOT NULL,
        CONSTRAINT "ck_number_series_counts_up" CHECK (last_number >= 0),
        CONSTRAINT "pk_number_series" PRIMARY KEY ("scope_id", "series", "year")
      )`);
    await queryRunner.query(`
      CREATE TABLE "stored_files" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "purpose"    VARCHAR(40) NOT NULL,
        "mime"       VARCHAR(60) NOT NULL,
        "sha256"     VARCHAR(64) NOT NULL,
        "size_bytes" INTEGER     NOT NULL,
        "stored_by"  VARCHAR(36),
        "stored_at"  DATETIME(3) NOT NULL,
        CONSTRAINT "pk_stored_files" PRIMARY KEY ("id")
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_stored_files_society" ON "stored_files" ("society_id", "stored_at")`,
    );
    // Bytes are named by their hash: the sweep asks of each whether a record names it still.
    await queryRunner.query(`CREATE INDEX "ix_stored_files_sha256" ON "stored_files" ("sha256")`);
    await this.createCalendar(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query(`SELECT "id" FROM "stored_files" LIMIT 1`)) as unknown[];
    if (kept.length > 0) throw new Error('Files are kept: restore a backup, do not revert');
    for (const table of ['calendar_days', 'calendar_years', 'stored_files', 'number_series'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }

  private async createCalendar(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "calendar_years" (
        "year"        INTEGER      NOT NULL,
        "source"      VARCHAR(120) NOT NULL,
        "imported_at" DATETIME(3)  NOT NULL,
        "edition"     VARCHAR(36)  NOT NULL,
        CONSTRAINT "pk_calendar_years" PRIMARY KEY ("year")
      )`);
    await queryRunner.query(`
      CREATE TABLE "calendar_days" (
        "day"       VARCHAR(10) NOT NULL,
        "list_year" INTEGER     NOT NULL,
        "kind"      VARCHAR(10) NOT NULL,
        "name"      VARCHAR(40) NOT NULL,
        CONSTRAINT "ck_calendar_days_kind" CHECK (kind IN ('holiday', 'makeup')),
        CONSTRAINT "pk_calendar_days" PRIMARY KEY ("day"),
        CONSTRAINT "fk_calendar_days_year" FOREIGN KEY ("list_year") REFERENCES "calendar_years" ("year")
          ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
  }
}
