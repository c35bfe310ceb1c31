import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = [
  'objection_handings',
  'objection_lines',
  'objection_letters',
  'notice_objections',
  'objection_findings',
  'objection_inquiries',
];
const APPEND_ONLY = ['objection_letters', 'objection_handings'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/**
 * Objections and complaints against public notices; who looks into them, what they found, and the letters that answer.
 * What was said and by whom is sealed. No finding is confirmed by the hand that proposed it.
 */
export class CreateObjections1795305600805 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createInquiries(queryRunner);
    await this.createFindings(queryRunner);
    await this.createObjections(queryRunner);
    await this.createLetters(queryRunner);
    await this.createHandings(queryRunner);
    await this.createLines(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query(`SELECT "id" FROM "notice_objections" LIMIT 1`)) as unknown[];
    if (kept.length > 0) throw new Error('Objections have been taken down: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }

  private async createInquiries(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "objection_inquiries" (
        "id"               VARCHAR(36) NOT NULL,
        "society_id"       VARCHAR(36) NOT NULL,
        "notice_id"        VARCHAR(36) NOT NULL,
        "one_society_id"   VARCHAR(36) NOT NULL,
        "one_id"           VARCHAR(36) NOT NULL,
        "other_society_id" VARCHAR(36) NOT NULL,
        "other_id"         VARCHAR(36) NOT NULL,
        "assigned_by"      VARCHAR(36) NOT NULL,
        "assigned_at"      DATETIME(3) NOT NULL,
        "due_from"         DATETIME(3) NOT NULL,
        "taken_back"       INTEGER     NOT NULL,
        "extended_for"     VARCHAR(12),
        "extended_at"      DATETIME(3),
        "state"            VARCHAR(10) NOT NULL,
        "ended_at"         DATETIME(3),
        "correction_id"    VARCHAR(36),
        CONSTRAINT "pk_objection_inquiries" PRIMARY KEY ("id"),
        CONSTRAINT "ck_objection_inquiries_two" CHECK (one_id <> other_id),
        CONSTRAINT "ck_objection_inquiries_state" CHECK (state IN ('OPEN', 'DECIDED', 'DROPPED')),
        CONSTRAINT "ck_objection_inquiries_ended" CHECK ((state = 'OPEN') = (ended_at IS NULL)),
        CONSTRAINT "ck_objection_inquiries_extended" CHECK ((extended_for IS NULL) = (extended_at IS NULL)),
        CONSTRAINT "ck_objection_inquiries_taken_back" CHECK (taken_back >= 0),
        CONSTRAINT "ck_objection_inquiries_correction" CHECK (correction_id IS NULL OR state = 'DECIDED'),
        CONSTRAINT "fk_objection_inquiries_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_objection_inquiries_correction" FOREIGN KEY ("correction_id") ${references('notices')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_objection_inquiries_notice" ON "objection_inquiries" ("notice_id")`,
    );
    await queryRunner.query(
      `CREATE INDEX "ix_objection_inquiries_correction" ON "objection_inquiries" ("correction_id")`,
    );
  }

  private async createFindings(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "objection_findings" (
        "id"             VARCHAR(36) NOT NULL,
        "inquiry_id"     VARCHAR(36) NOT NULL,
        "outcome"        VARCHAR(16) NOT NULL,
        "reason"         VARCHAR(20) NOT NULL,
        "note_sealed"    TEXT        NOT NULL,
        "proposed_by"    VARCHAR(36) NOT NULL,
        "proposed_at"    DATETIME(3) NOT NULL,
        "state"          VARCHAR(10) NOT NULL,
        "answered_by"    VARCHAR(36),
        "answered_at"    DATETIME(3),
        "refusal_sealed" TEXT,
        "open_key"       VARCHAR(36),
        CONSTRAINT "pk_objection_findings" PRIMARY KEY ("id"),
        CONSTRAINT "ck_objection_findings_outcome" CHECK (outcome IN ('REJECTED', 'UPHELD_TEXT', 'UPHELD_REDECIDE', 'NO_FACT')),
        CONSTRAINT "ck_objection_findings_state" CHECK (state IN ('PROPOSED', 'CONFIRMED', 'REFUSED')),
        CONSTRAINT "ck_objection_findings_answered" CHECK ((state = 'PROPOSED') = (answered_at IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)),
        CONSTRAINT "ck_objection_findings_two_hands" CHECK (answered_by IS NULL OR answered_by <> proposed_by),
        CONSTRAINT "ck_objection_findings_refused" CHECK ((state = 'REFUSED') = (refusal_sealed IS NOT NULL)),
        CONSTRAINT "ck_objection_findings_open" CHECK ((state = 'PROPOSED') = (open_key IS NOT NULL)),
        CONSTRAINT "uq_objection_findings_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_objection_findings_inquiry" FOREIGN KEY ("inquiry_id") ${references('objection_inquiries')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_objection_findings_inquiry" ON "objection_findings" ("inquiry_id", "proposed_at")`,
    );
  }

  private async createObjections(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_objections" (
        "id"                 VARCHAR(36) NOT NULL,
        "society_id"         VARCHAR(36) NOT NULL,
        "desk_society_id"    VARCHAR(36) NOT NULL,
        "notice_id"          VARCHAR(36) NOT NULL,
        "year"               INTEGER     NOT NULL,
        "serial"             INTEGER     NOT NULL,
        "code_hash"          VARCHAR(64) NOT NULL,
        "how"                VARCHAR(5)  NOT NULL,
        "ground"             VARCHAR(12) NOT NULL,
        "in_time"            SMALLINT    NOT NULL,
        "words_sealed"       TEXT        NOT NULL,
        "name_sealed"        TEXT,
        "phone_sealed"       TEXT,
        "letter_file_id"     VARCHAR(36),
        "received_at"        DATETIME(3) NOT NULL,
        "registered_at"      DATETIME(3) NOT NULL,
        "registered_by"      VARCHAR(36),
        "inquiry_id"         VARCHAR(36),
        "state"              VARCHAR(10) NOT NULL,
        "outcome"            VARCHAR(16),
        "ended_at"           DATETIME(3),
        "withdrawal_file_id" VARCHAR(36),
        "withdrawal_by"      VARCHAR(36),
        "withdrawn_by"       VARCHAR(36),
        CONSTRAINT "pk_notice_objections" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_objections_serial" CHECK (serial > 0),
        CONSTRAINT "ck_notice_objections_how" CHECK (how IN ('QR', 'PHONE', 'PAPER')),
        CONSTRAINT "ck_notice_objections_ground" CHECK (ground IN ('UNTRUE', 'AMOUNT', 'KIN', 'REPEATED', 'OTHER')),
        CONSTRAINT "ck_notice_objections_unseen" CHECK (how <> 'QR' OR (registered_by IS NULL AND letter_file_id IS NULL)),
        CONSTRAINT "ck_notice_objections_received" CHECK (received_at <= registered_at),
        CONSTRAINT "ck_notice_objections_state" CHECK (state IN ('OPEN', 'DECIDED', 'WITHDRAWN')),
        CONSTRAINT "ck_notice_objections_ended" CHECK ((state = 'OPEN') = (ended_at IS NULL)),
        CONSTRAINT "ck_notice_objections_decided" CHECK ((state = 'DECIDED') = (outcome IS NOT NULL) AND (state <> 'DECIDED' OR inquiry_id IS NOT NULL)),
        CONSTRAINT "ck_notice_objections_no_fact" CHECK (outcome IS NULL OR outcome <> 'NO_FACT' OR name_sealed IS NULL),
        CONSTRAINT "ck_notice_objections_handed_in" CHECK ((withdrawal_file_id IS NULL) = (withdrawal_by IS NULL)),
        CONSTRAINT "ck_notice_objections_withdrawn" CHECK ((withdrawn_by IS NULL OR state = 'WITHDRAWN') AND (state <> 'WITHDRAWN' OR how = 'QR' OR withdrawn_by IS NOT NULL)),
        CONSTRAINT "ck_notice_objections_two_hands" CHECK (withdrawn_by IS NULL OR (withdrawal_by IS NOT NULL AND withdrawn_by <> withdrawal_by)),
        CONSTRAINT "uq_notice_objections_serial" UNIQUE ("society_id", "year", "serial"),
        CONSTRAINT "uq_notice_objections_code" UNIQUE ("code_hash"),
        CONSTRAINT "fk_notice_objections_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_notice_objections_inquiry" FOREIGN KEY ("inquiry_id") ${references('objection_inquiries')},
        CONSTRAINT "fk_notice_objections_letter" FOREIGN KEY ("letter_file_id") ${references('stored_files')},
        CONSTRAINT "fk_notice_objections_withdrawal" FOREIGN KEY ("withdrawal_file_id") ${references('stored_files')}
      )`);
    for (const [name, columns] of [
      ['society', '"society_id", "state", "registered_at"'],
      ['desk', '"desk_society_id", "state", "registered_at"'],
      ['notice', '"notice_id", "registered_at"'],
      ['inquiry', '"inquiry_id"'],
      ['letter', '"letter_file_id"'],
      ['withdrawal', '"withdrawal_file_id"'],
    ] as const)
      await queryRunner.query(
        `CREATE INDEX "ix_notice_objections_${name}" ON "notice_objections" (${columns})`,
      );
  }

  private async createLines(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "objection_lines" (
        "id"        VARCHAR(36) NOT NULL,
        "line_hash" VARCHAR(64) NOT NULL,
        "sent"      INTEGER     NOT NULL,
        "since"     DATETIME(3) NOT NULL,
        CONSTRAINT "pk_objection_lines" PRIMARY KEY ("id"),
        CONSTRAINT "ck_objection_lines_sent" CHECK (sent > 0),
        CONSTRAINT "uq_objection_lines_line" UNIQUE ("line_hash")
      )`);
  }

  private async createLetters(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "objection_letters" (
        "id"             VARCHAR(36) NOT NULL,
        "objection_id"   VARCHAR(36) NOT NULL,
        "society_id"     VARCHAR(36) NOT NULL,
        "kind"           VARCHAR(10) NOT NULL,
        "content_sealed" TEXT        NOT NULL,
        "content_hash"   VARCHAR(64) NOT NULL,
        "made_at"        DATETIME(3) NOT NULL,
        "made_by"        VARCHAR(36),
        CONSTRAINT "pk_objection_letters" PRIMARY KEY ("id"),
        CONSTRAINT "ck_objection_letters_kind" CHECK (kind IN ('RECEIPT', 'REPLY')),
        CONSTRAINT "uq_objection_letters_one" UNIQUE ("objection_id", "kind"),
        CONSTRAINT "fk_objection_letters_objection" FOREIGN KEY ("objection_id") ${references('notice_objections')}
      )`);
  }

  private async createHandings(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "objection_handings" (
        "id"           VARCHAR(36) NOT NULL,
        "objection_id" VARCHAR(36) NOT NULL,
        "society_id"   VARCHAR(36) NOT NULL,
        "how"          VARCHAR(10) NOT NULL,
        "handed_at"    DATETIME(3) NOT NULL,
        "recorded_by"  VARCHAR(36) NOT NULL,
        "recorded_at"  DATETIME(3) NOT NULL,
        CONSTRAINT "pk_objection_handings" PRIMARY KEY ("id"),
        CONSTRAINT "ck_objection_handings_how" CHECK (how IN ('IN_PERSON', 'POST', 'PHONE', 'SMS')),
        CONSTRAINT "uq_objection_handings_one" UNIQUE ("objection_id"),
        CONSTRAINT "fk_objection_handings_objection" FOREIGN KEY ("objection_id") ${references('notice_objections')}
      )`);
  }
}
