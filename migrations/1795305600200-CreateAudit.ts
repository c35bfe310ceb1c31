import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

/** Commands with their answers, and the trail of acts. The trail can be added to, and nothing else. */
export class CreateAudit1795305600200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "commands" (
        "id"          VARCHAR(36) NOT NULL,
        "scope"       VARCHAR(80) NOT NULL,
        "act"         VARCHAR(60) NOT NULL,
        "command_key" VARCHAR(80) NOT NULL,
        "body_hash"   VARCHAR(64) NOT NULL,
        "answer"      TEXT,
        "done_at"     DATETIME(3) NOT NULL,
        CONSTRAINT "pk_commands" PRIMARY KEY ("id"),
        CONSTRAINT "uq_commands_key" UNIQUE ("scope", "act", "command_key")
      )`);
    await queryRunner.query(`
      CREATE TABLE "audit_acts" (
        "id"           VARCHAR(36)  NOT NULL,
        "at"           DATETIME(3)  NOT NULL,
        "act"          VARCHAR(60)  NOT NULL,
        "words"        VARCHAR(200),
        "society_id"   VARCHAR(36),
        "account_id"   VARCHAR(36),
        "person_id"    VARCHAR(36),
        "roles"        VARCHAR(200) NOT NULL,
        "origin"       VARCHAR(40)  NOT NULL,
        "subject_kind" VARCHAR(40)  NOT NULL,
        "subject_id"   VARCHAR(120) NOT NULL,
        "thread_id"    VARCHAR(36),
        "before_hash"  VARCHAR(64),
        "after_hash"   VARCHAR(64),
        "command_id"   VARCHAR(36)  NOT NULL,
        CONSTRAINT "pk_audit_acts" PRIMARY KEY ("id")
      )`);
    await queryRunner.query(`CREATE INDEX "ix_audit_acts_thread" ON "audit_acts" ("thread_id", "at")`);
    await queryRunner.query(`CREATE INDEX "ix_audit_acts_society" ON "audit_acts" ("society_id", "at")`);
    await makeAppendOnly(queryRunner, 'audit_acts');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const acted = (await queryRunner.query(`SELECT "id" FROM "audit_acts" LIMIT 1`)) as unknown[];
    if (acted.length > 0) throw new Error('The trail holds acts: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'audit_acts');
    for (const table of ['audit_acts', 'commands']) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
