import type { MigrationInterface, QueryRunner } from 'typeorm';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Where events of gifts are sent, and each event that is to be sent or was. */
export class CreateWebhooks1795305600995 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "webhook_endpoints" (
        "id"            VARCHAR(36)  NOT NULL,
        "society_id"    VARCHAR(36)  NOT NULL,
        "url"           VARCHAR(500) NOT NULL,
        "events"        VARCHAR(60)  NOT NULL,
        "secret_sealed" TEXT         NOT NULL,
        "shown_at"      DATETIME(3),
        "used_after"    VARCHAR(36)  NOT NULL,
        "created_by"    VARCHAR(36),
        "created_at"    DATETIME(3)  NOT NULL,
        "ended_at"      DATETIME(3),
        "slot"          INTEGER,
        CONSTRAINT "pk_webhook_endpoints" PRIMARY KEY ("id"),
        CONSTRAINT "ck_webhook_endpoints_slot" CHECK ((slot IS NULL) = (ended_at IS NOT NULL) AND COALESCE(slot, 1) BETWEEN 1 AND 5),
        CONSTRAINT "ck_webhook_endpoints_events" CHECK (events IN ('gift.received', 'gift.used', 'gift.received,gift.used')),
        CONSTRAINT "uq_webhook_endpoints_slot" UNIQUE ("society_id", "slot"),
        CONSTRAINT "fk_webhook_endpoints_society" FOREIGN KEY ("society_id") ${references('organisations')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_webhook_endpoints_society" ON "webhook_endpoints" ("society_id", "ended_at")`,
    );
    await queryRunner.query(`
      CREATE TABLE "webhook_deliveries" (
        "id"           VARCHAR(36) NOT NULL,
        "endpoint_id"  VARCHAR(36) NOT NULL,
        "event"        VARCHAR(20) NOT NULL,
        "cause"        VARCHAR(80) NOT NULL,
        "body"         TEXT        NOT NULL,
        "state"        VARCHAR(10) NOT NULL,
        "tries"        INTEGER     NOT NULL,
        "next_at"      DATETIME(3) NOT NULL,
        "lease"        VARCHAR(36),
        "leased_until" DATETIME(3),
        "last_status"  INTEGER,
        "last_words"   VARCHAR(60),
        "created_at"   DATETIME(3) NOT NULL,
        "sent_at"      DATETIME(3),
        CONSTRAINT "pk_webhook_deliveries" PRIMARY KEY ("id"),
        CONSTRAINT "ck_webhook_deliveries_event" CHECK (event IN ('gift.received', 'gift.used')),
        CONSTRAINT "ck_webhook_deliveries_state" CHECK (state IN ('WAITING', 'SENT', 'GIVEN_UP')),
        CONSTRAINT "ck_webhook_deliveries_lease" CHECK ((lease IS NULL) = (leased_until IS NULL)),
        CONSTRAINT "ck_webhook_deliveries_sent" CHECK (state <> 'SENT' OR sent_at IS NOT NULL),
        CONSTRAINT "uq_webhook_deliveries_cause" UNIQUE ("endpoint_id", "cause"),
        CONSTRAINT "fk_webhook_deliveries_endpoint" FOREIGN KEY ("endpoint_id") ${references('webhook_endpoints')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_webhook_deliveries_due" ON "webhook_deliveries" ("state", "next_at")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['webhook_deliveries', 'webhook_endpoints'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
