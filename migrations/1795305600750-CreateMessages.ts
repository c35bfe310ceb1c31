import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts to phones and groups: what is to be sent or was, what readers said about it, and how much a number got. */
export class CreateMessages1795305600750 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "messages" (
        "id"           VARCHAR(36) NOT NULL,
        "society_id"   VARCHAR(36),
        "event"        VARCHAR(20) NOT NULL,
        "subject_id"   VARCHAR(36) NOT NULL,
        "cause"        VARCHAR(80) NOT NULL,
        "recipient_id" VARCHAR(36) NOT NULL,
        "template"     VARCHAR(30) NOT NULL,
        "body_sealed"  TEXT,
        "tail"         VARCHAR(4),
        "state"        VARCHAR(10) NOT NULL,
        "why"          VARCHAR(80),
        "tries"        INTEGER     NOT NULL,
        "next_at"      DATETIME(3) NOT NULL,
        "expires_at"   DATETIME(3),
        "lease"        VARCHAR(36),
        "leased_until" DATETIME(3),
        "reference"    VARCHAR(80),
        "created_at"   DATETIME(3) NOT NULL,
        "sent_at"      DATETIME(3),
        CONSTRAINT "pk_messages" PRIMARY KEY ("id"),
        CONSTRAINT "ck_messages_event" CHECK (event IN ('round.opened', 'ballot.link', 'case.accepted', 'case.paid', 'gift.used', 'duties', 'hearing.asked', 'result.known')),
        CONSTRAINT "ck_messages_state" CHECK (state IN ('WAITING', 'SENT', 'FAILED', 'DROPPED')),
        CONSTRAINT "ck_messages_lease" CHECK ((lease IS NULL) = (leased_until IS NULL)),
        CONSTRAINT "ck_messages_waiting" CHECK (state <> 'WAITING' OR body_sealed IS NOT NULL),
        CONSTRAINT "ck_messages_erased" CHECK (state NOT IN ('SENT', 'DROPPED') OR body_sealed IS NULL),
        CONSTRAINT "ck_messages_sent" CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
        CONSTRAINT "uq_messages_once" UNIQUE ("cause", "recipient_id", "template")
      )`);
    for (const [name, columns] of [
      ['due', '"state", "next_at"'],
      ['society', '"society_id", "state"'],
      ['subject', '"subject_id", "state"'],
    ] as const)
      await queryRunner.query(`CREATE INDEX "ix_messages_${name}" ON "messages" (${columns})`);
    await queryRunner.query(`
      CREATE TABLE "message_choices" (
        "society_id"   VARCHAR(36) NOT NULL,
        "number_index" VARCHAR(64) NOT NULL,
        "tail"         VARCHAR(4)  NOT NULL,
        "choice"       VARCHAR(3)  NOT NULL,
        "said_at"      DATETIME(3) NOT NULL,
        "recorded_by"  VARCHAR(36),
        CONSTRAINT "ck_message_choices_choice" CHECK (choice IN ('YES', 'NO')),
        CONSTRAINT "pk_message_choices" PRIMARY KEY ("society_id", "number_index")
      )`);
    await queryRunner.query(`
      CREATE TABLE "message_days" (
        "number_index" VARCHAR(64) NOT NULL,
        "day"          VARCHAR(10) NOT NULL,
        "sent"         INTEGER     NOT NULL,
        CONSTRAINT "ck_message_days_sent" CHECK (sent BETWEEN 0 AND 10),
        CONSTRAINT "pk_message_days" PRIMARY KEY ("number_index", "day")
      )`);
    await queryRunner.query(`CREATE INDEX "ix_message_days_day" ON "message_days" ("day")`);
    await queryRunner.query(`
      CREATE TABLE "message_digests" (
        "kind"     VARCHAR(10) NOT NULL,
        "day"      VARCHAR(10) NOT NULL,
        "from_at"  DATETIME(3) NOT NULL,
        "until_at" DATETIME(3) NOT NULL,
        "after_id" VARCHAR(36) NOT NULL,
        "done_at"  DATETIME(3),
        CONSTRAINT "ck_message_digests_kind" CHECK (kind IN ('duties', 'gifts')),
        CONSTRAINT "ck_message_digests_span" CHECK (from_at < until_at),
        CONSTRAINT "pk_message_digests" PRIMARY KEY ("kind", "day")
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['message_digests', 'message_days', 'message_choices', 'messages'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
