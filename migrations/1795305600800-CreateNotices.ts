import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['notice_links', 'notice_photos', 'notice_postings', 'notice_issues', 'notices'];
const APPEND_ONLY = ['notice_issues', 'notice_postings', 'notice_photos', 'notice_links'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/**
 * Public notices; what was frozen by the signature; that the paper hangs; its photos; which answers which. The last four are records: what
 * was published is never altered, only answered by another notice.
 */
export class CreateNotices1795305600800 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createNotices(queryRunner);
    await this.createIssues(queryRunner);
    await this.createProofs(queryRunner);
    await this.createLinks(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const signed = (await queryRunner.query(`SELECT "id" FROM "notice_issues" LIMIT 1`)) as unknown[];
    if (signed.length > 0) throw new Error('Notices have been published: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }

  private async createNotices(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notices" (
        "id"                 VARCHAR(36) NOT NULL,
        "society_id"         VARCHAR(36) NOT NULL,
        "kind"               VARCHAR(20) NOT NULL,
        "subject_kind"       VARCHAR(20) NOT NULL,
        "subject_id"         VARCHAR(36) NOT NULL,
        "version"            INTEGER     NOT NULL,
        "thread_id"          VARCHAR(36) NOT NULL,
        "author_account_id"  VARCHAR(36),
        "author_person_id"   VARCHAR(36),
        "words"              TEXT        NOT NULL,
        "wording"            INTEGER     NOT NULL,
        "quoted"             INTEGER     NOT NULL,
        "forbidden_sealed"   TEXT,
        "state"              VARCHAR(10) NOT NULL,
        "created_at"         DATETIME(3) NOT NULL,
        "planned_posting_on" VARCHAR(10),
        "signed_at"          DATETIME(3),
        "posted_at"          DATETIME(3),
        "first_day"          VARCHAR(10),
        "last_day"           VARCHAR(10),
        "ends_at"            DATETIME(3),
        "provisional"        SMALLINT    NOT NULL,
        "ended_at"           DATETIME(3),
        "archived_at"        DATETIME(3),
        "discarded_at"       DATETIME(3),
        "open_objections"    INTEGER     NOT NULL,
        "extended_days"      INTEGER     NOT NULL,
        "suspended_at"       DATETIME(3),
        "withdrawn_at"       DATETIME(3),
        "names_somebody"     SMALLINT    NOT NULL,
        "number_only"        SMALLINT    NOT NULL,
        CONSTRAINT "pk_notices" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notices_state" CHECK (state IN ('DRAFT', 'SIGNED', 'POSTED', 'RUNNING', 'ENDED', 'ARCHIVED', 'SUSPENDED', 'DISCARDED')),
        CONSTRAINT "ck_notices_signed" CHECK ((state IN ('DRAFT', 'DISCARDED')) = (signed_at IS NULL)),
        CONSTRAINT "ck_notices_forbidden" CHECK ((state = 'DRAFT') = (forbidden_sealed IS NOT NULL)),
        CONSTRAINT "ck_notices_posted" CHECK (state = 'SUSPENDED' OR (state IN ('DRAFT', 'DISCARDED', 'SIGNED')) = (posted_at IS NULL)),
        CONSTRAINT "ck_notices_running" CHECK (state = 'SUSPENDED' OR (state IN ('RUNNING', 'ENDED', 'ARCHIVED')) = (first_day IS NOT NULL AND last_day IS NOT NULL AND ends_at IS NOT NULL)),
        CONSTRAINT "ck_notices_ended" CHECK (state = 'SUSPENDED' OR (state IN ('ENDED', 'ARCHIVED')) = (ended_at IS NOT NULL)),
        CONSTRAINT "ck_notices_archived" CHECK (state = 'SUSPENDED' OR (state = 'ARCHIVED') = (archived_at IS NOT NULL)),
        CONSTRAINT "ck_notices_discarded" CHECK ((state = 'DISCARDED') = (discarded_at IS NOT NULL)),
        CONSTRAINT "ck_notices_suspended" CHECK ((state = 'SUSPENDED') = (suspended_at IS NOT NULL)),
        CONSTRAINT "ck_notices_objections" CHECK (open_objections >= 0 AND (open_objections = 0 OR state NOT IN ('DRAFT', 'DISCARDED', 'ENDED', 'ARCHIVED'))),
        CONSTRAINT "ck_notices_extended" CHECK (extended_days >= 0),
        CONSTRAINT "ck_notices_withdrawn" CHECK (withdrawn_at IS NULL OR state IN ('ENDED', 'ARCHIVED')),
        CONSTRAINT "uq_notices_subject" UNIQUE ("kind", "subject_kind", "subject_id", "version")
      )`);
    await queryRunner.query(`CREATE INDEX "ix_notices_society" ON "notices" ("society_id", "created_at")`);
    await queryRunner.query(
      `CREATE INDEX "ix_notices_subject" ON "notices" ("subject_kind", "subject_id", "created_at")`,
    );
    await queryRunner.query(`CREATE INDEX "ix_notices_due" ON "notices" ("state", "ends_at")`);
    await queryRunner.query(`CREATE INDEX "ix_notices_board" ON "notices" ("society_id", "signed_at")`);
    await queryRunner.query(
      `CREATE INDEX "ix_notices_expiry" ON "notices" ("withdrawn_at", "names_somebody", "ended_at")`,
    );
  }

  private async createIssues(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_issues" (
        "id"                VARCHAR(36) NOT NULL,
        "notice_id"         VARCHAR(36) NOT NULL,
        "society_id"        VARCHAR(36) NOT NULL,
        "year"              INTEGER     NOT NULL,
        "serial"            INTEGER     NOT NULL,
        "number"            VARCHAR(60) NOT NULL,
        "code"              VARCHAR(8)  NOT NULL,
        "content"           TEXT        NOT NULL,
        "content_hash"      VARCHAR(64) NOT NULL,
        "pdf_sha256"        VARCHAR(64) NOT NULL,
        "pdf_file_id"       VARCHAR(36) NOT NULL,
        "pages"             INTEGER     NOT NULL,
        "signed_by_account" VARCHAR(36),
        "signed_by"         VARCHAR(36) NOT NULL,
        "signed_at"         DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_issues" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_issues_serial" CHECK (serial > 0),
        CONSTRAINT "uq_notice_issues_notice" UNIQUE ("notice_id"),
        CONSTRAINT "uq_notice_issues_serial" UNIQUE ("society_id", "year", "serial"),
        CONSTRAINT "uq_notice_issues_code" UNIQUE ("code"),
        CONSTRAINT "fk_notice_issues_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_notice_issues_pdf" FOREIGN KEY ("pdf_file_id") ${references('stored_files')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_notice_issues_pdf" ON "notice_issues" ("pdf_sha256")`);
  }

  private async createProofs(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_postings" (
        "id"          VARCHAR(36) NOT NULL,
        "notice_id"   VARCHAR(36) NOT NULL,
        "place"       VARCHAR(80) NOT NULL,
        "posted_at"   DATETIME(3) NOT NULL,
        "recorded_by" VARCHAR(36),
        "recorded_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_postings" PRIMARY KEY ("id"),
        CONSTRAINT "uq_notice_postings_notice" UNIQUE ("notice_id"),
        CONSTRAINT "fk_notice_postings_notice" FOREIGN KEY ("notice_id") ${references('notices')}
      )`);
    await queryRunner.query(`
      CREATE TABLE "notice_photos" (
        "id"           VARCHAR(36) NOT NULL,
        "notice_id"    VARCHAR(36) NOT NULL,
        "moment"       VARCHAR(10) NOT NULL,
        "file_id"      VARCHAR(36) NOT NULL,
        "handed_in_by" VARCHAR(36),
        "handed_in_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_photos" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_photos_moment" CHECK (moment IN ('POSTING', 'END')),
        CONSTRAINT "fk_notice_photos_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_notice_photos_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_notice_photos_notice" ON "notice_photos" ("notice_id", "handed_in_at")`,
    );
  }

  private async createLinks(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_links" (
        "id"         VARCHAR(36) NOT NULL,
        "notice_id"  VARCHAR(36) NOT NULL,
        "earlier_id" VARCHAR(36) NOT NULL,
        "relation"   VARCHAR(10) NOT NULL,
        CONSTRAINT "pk_notice_links" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_links_relation" CHECK (relation IN ('CORRECTS', 'REISSUES', 'REVOKES')),
        CONSTRAINT "uq_notice_links_pair" UNIQUE ("notice_id", "earlier_id"),
        CONSTRAINT "fk_notice_links_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_notice_links_earlier" FOREIGN KEY ("earlier_id") ${references('notices')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_notice_links_earlier" ON "notice_links" ("earlier_id")`);
  }
}
