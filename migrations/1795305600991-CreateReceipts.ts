import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['receipt_waivers', 'receipts', 'receipt_rights'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Who may issue which receipts, the receipts of gifts, and that a donor wanted none. All of it is only ever added to. */
export class CreateReceipts1795305600991 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createRights(queryRunner);
    await createReceipts(queryRunner);
    await queryRunner.query(`
      CREATE TABLE "receipt_waivers" (
        "id"         VARCHAR(36)  NOT NULL,
        "society_id" VARCHAR(36)  NOT NULL,
        "gift_id"    VARCHAR(36)  NOT NULL,
        "reason"     VARCHAR(120) NOT NULL,
        "waived_by"  VARCHAR(36),
        "waived_at"  DATETIME(3)  NOT NULL,
        CONSTRAINT "pk_receipt_waivers" PRIMARY KEY ("id"),
        CONSTRAINT "fk_receipt_waivers_gift" FOREIGN KEY ("gift_id") ${references('gifts')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_receipt_waivers_gift" ON "receipt_waivers" ("gift_id")`);
    for (const table of TABLES) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const issued = (await queryRunner.query(`SELECT "id" FROM "receipts" LIMIT 1`)) as unknown[];
    if (issued.length > 0) throw new Error('Receipts were issued: restore a backup, do not revert');
    for (const table of TABLES) {
      await endAppendOnly(queryRunner, table);
      await queryRunner.query(`DROP TABLE "${table}"`);
    }
  }
}

async function createRights(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "receipt_rights" (
      "id"              VARCHAR(36) NOT NULL,
      "organisation_id" VARCHAR(36) NOT NULL,
      "version"         INTEGER     NOT NULL,
      "mode"            VARCHAR(10) NOT NULL,
      "ticket_code"     VARCHAR(12),
      "valid_from"      VARCHAR(10) NOT NULL,
      "given_by_id"     VARCHAR(36) NOT NULL,
      "given_by_person" VARCHAR(36),
      "given_at"        DATETIME(3) NOT NULL,
      CONSTRAINT "pk_receipt_rights" PRIMARY KEY ("id"),
      CONSTRAINT "ck_receipt_rights_mode" CHECK (mode IN ('FISCAL', 'FEDERATION', 'INTERNAL')),
      CONSTRAINT "ck_receipt_rights_code" CHECK ((mode = 'FISCAL') = (ticket_code IS NOT NULL)),
      CONSTRAINT "uq_receipt_rights_version" UNIQUE ("organisation_id", "version"),
      CONSTRAINT "fk_receipt_rights_organisation" FOREIGN KEY ("organisation_id") ${references('organisations')},
      CONSTRAINT "fk_receipt_rights_giver" FOREIGN KEY ("given_by_id") ${references('organisations')}
    )`);
}

async function createReceipts(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "receipts" (
      "id"             VARCHAR(36) NOT NULL,
      "society_id"     VARCHAR(36) NOT NULL,
      "gift_id"        VARCHAR(36) NOT NULL,
      "issuer_id"      VARCHAR(36) NOT NULL,
      "mode"           VARCHAR(10) NOT NULL,
      "kind"           VARCHAR(4)  NOT NULL,
      "series_year"    INTEGER     NOT NULL,
      "number"         INTEGER     NOT NULL,
      "number_text"    VARCHAR(12) NOT NULL,
      "check_code"     VARCHAR(8)  NOT NULL,
      "amount_fen"     BIGINT      NOT NULL,
      "refunded_fen"   BIGINT      NOT NULL,
      "issued_on"      VARCHAR(10) NOT NULL,
      "issued_at"      DATETIME(3) NOT NULL,
      "issued_by"      VARCHAR(36),
      "received_by"    VARCHAR(36),
      "reverses_id"    VARCHAR(36),
      "cause"          VARCHAR(6),
      "reason"         VARCHAR(120),
      "returned"       VARCHAR(8),
      "content_sealed" TEXT        NOT NULL,
      "content_hash"   VARCHAR(64) NOT NULL,
      CONSTRAINT "pk_receipts" PRIMARY KEY ("id"),
      CONSTRAINT "ck_receipts_mode" CHECK (mode IN ('FISCAL', 'FEDERATION', 'INTERNAL')),
      CONSTRAINT "ck_receipts_kind" CHECK (kind IN ('BLUE', 'RED')),
      CONSTRAINT "ck_receipts_amount" CHECK (amount_fen <> 0 AND (kind = 'RED') = (amount_fen < 0)),
      CONSTRAINT "ck_receipts_refunded" CHECK (refunded_fen >= 0),
      CONSTRAINT "ck_receipts_red" CHECK ((kind = 'RED') = (reverses_id IS NOT NULL) AND (kind = 'RED') = (cause IS NOT NULL) AND (kind = 'RED') = (reason IS NOT NULL) AND (kind = 'RED') = (returned IS NOT NULL)),
      CONSTRAINT "ck_receipts_cause" CHECK (cause IS NULL OR cause IN ('ERROR', 'REFUND')),
      CONSTRAINT "ck_receipts_returned" CHECK (returned IS NULL OR returned IN ('PAPER', 'ERECEIPT')),
      CONSTRAINT "uq_receipts_number" UNIQUE ("issuer_id", "series_year", "number"),
      CONSTRAINT "uq_receipts_lookup" UNIQUE ("number_text", "check_code"),
      CONSTRAINT "uq_receipts_reversed_once" UNIQUE ("reverses_id"),
      CONSTRAINT "fk_receipts_gift" FOREIGN KEY ("gift_id") ${references('gifts')},
      CONSTRAINT "fk_receipts_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_receipts_issuer" FOREIGN KEY ("issuer_id") ${references('organisations')},
      CONSTRAINT "fk_receipts_reverses" FOREIGN KEY ("reverses_id") ${references('receipts')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_receipts_gift" ON "receipts" ("gift_id")`);
  await queryRunner.query(`CREATE INDEX "ix_receipts_society" ON "receipts" ("society_id", "id")`);
}
