import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['management_draw_parts', 'management_draws', 'management_terms'];
const APPEND_ONLY = ['management_draws', 'management_draw_parts'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** What givers agreed that the running of the house may cost of their gifts, and what was drawn of it. */
export class CreateManagement1795305600998 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "management_terms" (
        "id"            VARCHAR(36) NOT NULL,
        "society_id"    VARCHAR(36) NOT NULL,
        "gift_id"       VARCHAR(36) NOT NULL,
        "share_percent" INTEGER     NOT NULL,
        "most_fen"      BIGINT      NOT NULL,
        "drawn_fen"     BIGINT      NOT NULL,
        "paper_file_id" VARCHAR(36) NOT NULL,
        "state"         VARCHAR(8)  NOT NULL,
        "recorded_by"   VARCHAR(36),
        "recorded_at"   DATETIME(3) NOT NULL,
        "decided_by"    VARCHAR(36),
        "decided_at"    DATETIME(3),
        "open_key"      VARCHAR(36),
        CONSTRAINT "pk_management_terms" PRIMARY KEY ("id"),
        CONSTRAINT "ck_management_terms_share" CHECK (share_percent > 0 AND share_percent <= 20 AND most_fen > 0),
        CONSTRAINT "ck_management_terms_drawn" CHECK (drawn_fen >= 0 AND drawn_fen <= most_fen AND (drawn_fen = 0 OR state = 'AGREED')),
        CONSTRAINT "ck_management_terms_state" CHECK (state IN ('ASKED', 'AGREED', 'REFUSED')),
        CONSTRAINT "ck_management_terms_decided" CHECK ((state = 'ASKED') = (decided_at IS NULL)),
        CONSTRAINT "ck_management_terms_hands" CHECK (decided_by IS NULL OR recorded_by IS NULL OR decided_by <> recorded_by),
        CONSTRAINT "ck_management_terms_open" CHECK ((state = 'REFUSED') = (open_key IS NULL)),
        CONSTRAINT "uq_management_terms_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_management_terms_society" FOREIGN KEY ("society_id") ${references('organisations')},
        CONSTRAINT "fk_management_terms_gift" FOREIGN KEY ("gift_id") ${references('gifts')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_management_terms_gift" ON "management_terms" ("gift_id")`);
    await queryRunner.query(`
      CREATE TABLE "management_draws" (
        "id"             VARCHAR(36) NOT NULL,
        "society_id"     VARCHAR(36) NOT NULL,
        "terms_id"       VARCHAR(36) NOT NULL,
        "amount_fen"     BIGINT      NOT NULL,
        "purpose"        VARCHAR(10) NOT NULL,
        "paid_on"        VARCHAR(10) NOT NULL,
        "bank_reference" VARCHAR(60) NOT NULL,
        "recorded_by"    VARCHAR(36),
        "recorded_at"    DATETIME(3) NOT NULL,
        CONSTRAINT "pk_management_draws" PRIMARY KEY ("id"),
        CONSTRAINT "ck_management_draws_amount" CHECK (amount_fen > 0),
        CONSTRAINT "ck_management_draws_purpose" CHECK (purpose IN ('OFFICE', 'TRAVEL', 'BANK', 'AUDIT', 'STAFF', 'OTHER')),
        CONSTRAINT "uq_management_draws_bank" UNIQUE ("society_id", "bank_reference"),
        CONSTRAINT "fk_management_draws_society" FOREIGN KEY ("society_id") ${references('organisations')},
        CONSTRAINT "fk_management_draws_terms" FOREIGN KEY ("terms_id") ${references('management_terms')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_management_draws_terms" ON "management_draws" ("terms_id")`);
    await queryRunner.query(`
      CREATE TABLE "management_draw_parts" (
        "id"         VARCHAR(36) NOT NULL,
        "draw_id"    VARCHAR(36) NOT NULL,
        "lot_id"     VARCHAR(36) NOT NULL,
        "amount_fen" BIGINT      NOT NULL,
        "voucher_id" VARCHAR(36) NOT NULL,
        CONSTRAINT "pk_management_draw_parts" PRIMARY KEY ("id"),
        CONSTRAINT "ck_management_draw_parts_amount" CHECK (amount_fen > 0),
        CONSTRAINT "uq_management_draw_parts_lot" UNIQUE ("draw_id", "lot_id"),
        CONSTRAINT "fk_management_draw_parts_draw" FOREIGN KEY ("draw_id") ${references('management_draws')},
        CONSTRAINT "fk_management_draw_parts_lot" FOREIGN KEY ("lot_id") ${references('lots')},
        CONSTRAINT "fk_management_draw_parts_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
      )`);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(`SELECT "id" FROM "management_terms" LIMIT 1`)) as unknown[];
    if (rows.length > 0) throw new Error('Givers agreed to costs: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
