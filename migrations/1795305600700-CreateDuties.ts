import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is owed, by whom, until when. `open_key` is there while a duty is open, and unique: one clock for one thing.
 * Overdue is no column, since it is the hour that makes it so.
 */
export class CreateDuties1795305600700 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "duties" (
        "id"           VARCHAR(36) NOT NULL,
        "society_id"   VARCHAR(36) NOT NULL,
        "kind"         VARCHAR(20) NOT NULL,
        "subject_kind" VARCHAR(20) NOT NULL,
        "subject_id"   VARCHAR(36) NOT NULL,
        "thread_id"    VARCHAR(36),
        "owner_role"   VARCHAR(20) NOT NULL,
        "rule"         TEXT        NOT NULL,
        "opened_at"    DATETIME(3) NOT NULL,
        "due_at"       DATETIME(3) NOT NULL,
        "provisional"  SMALLINT    NOT NULL,
        "settled_at"   DATETIME(3),
        "settled_by"   VARCHAR(36),
        "cancelled_at" DATETIME(3),
        "open_key"     VARCHAR(60),
        CONSTRAINT "pk_duties" PRIMARY KEY ("id"),
        CONSTRAINT "ck_duties_ends_once" CHECK (settled_at IS NULL OR cancelled_at IS NULL),
        CONSTRAINT "ck_duties_open" CHECK ((settled_at IS NULL AND cancelled_at IS NULL) = (open_key IS NOT NULL)),
        CONSTRAINT "ck_duties_settled_by" CHECK (settled_by IS NULL OR settled_at IS NOT NULL),
        CONSTRAINT "uq_duties_open" UNIQUE ("open_key")
      )`);
    await queryRunner.query(`CREATE INDEX "ix_duties_society" ON "duties" ("society_id", "due_at")`);
    await queryRunner.query(`CREATE INDEX "ix_duties_thread" ON "duties" ("thread_id")`);
    await queryRunner.query(`CREATE INDEX "ix_duties_subject" ON "duties" ("subject_id")`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query(`SELECT "id" FROM "duties" LIMIT 1`)) as unknown[];
    if (kept.length > 0) throw new Error('Duties are on record: restore a backup, do not revert');
    await queryRunner.query(`DROP TABLE "duties"`);
  }
}
