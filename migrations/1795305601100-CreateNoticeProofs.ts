import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/**
 * What proves a notice beside its paper: the second file, signed by machine; and the way out of the phone, the print
 * codes and how often somebody has tried one.
 */
export class CreateNoticeProofs1795305601100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_signed_files" (
        "id"                 VARCHAR(36)  NOT NULL,
        "notice_id"          VARCHAR(36)  NOT NULL,
        "file_id"            VARCHAR(36)  NOT NULL,
        "sha256"             VARCHAR(64)  NOT NULL,
        "signer"             VARCHAR(200) NOT NULL,
        "certificate_sha256" VARCHAR(64)  NOT NULL,
        "signed_at"          DATETIME(3)  NOT NULL,
        CONSTRAINT "pk_notice_signed_files" PRIMARY KEY ("id"),
        CONSTRAINT "uq_notice_signed_files_notice" UNIQUE ("notice_id"),
        CONSTRAINT "uq_notice_signed_files_sha256" UNIQUE ("sha256"),
        CONSTRAINT "fk_notice_signed_files_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_notice_signed_files_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
    await makeAppendOnly(queryRunner, 'notice_signed_files');
    await queryRunner.query(`
      CREATE TABLE "print_codes" (
        "id"         VARCHAR(36) NOT NULL,
        "notice_id"  VARCHAR(36) NOT NULL,
        "code_hash"  VARCHAR(64) NOT NULL,
        "made_by"    VARCHAR(36),
        "made_at"    DATETIME(3) NOT NULL,
        "expires_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_print_codes" PRIMARY KEY ("id"),
        CONSTRAINT "uq_print_codes_hash" UNIQUE ("code_hash"),
        CONSTRAINT "fk_print_codes_notice" FOREIGN KEY ("notice_id") ${references('notices')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_print_codes_expiry" ON "print_codes" ("expires_at")`);
    await queryRunner.query(`
      CREATE TABLE "print_code_tries" (
        "id"            VARCHAR(36) NOT NULL,
        "line_hash"     VARCHAR(64) NOT NULL,
        "tries"         INTEGER     NOT NULL,
        "last_at"       DATETIME(3) NOT NULL,
        "blocked_until" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_print_code_tries" PRIMARY KEY ("id"),
        CONSTRAINT "ck_print_code_tries_count" CHECK (tries > 0),
        CONSTRAINT "uq_print_code_tries_line" UNIQUE ("line_hash")
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await endAppendOnly(queryRunner, 'notice_signed_files');
    for (const table of ['print_code_tries', 'print_codes', 'notice_signed_files'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
