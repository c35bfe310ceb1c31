import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['goods_moves', 'goods_items', 'goods_deliveries'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Goods that were given: what came, who looked it over, what it is worth, what is on the shelf, and where it went. */
export class CreateGoods1795305600994 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "goods_deliveries" (
        "id"           VARCHAR(36)  NOT NULL,
        "society_id"   VARCHAR(36)  NOT NULL,
        "donor_id"     VARCHAR(36),
        "campaign_id"  VARCHAR(36),
        "state"        VARCHAR(10)  NOT NULL,
        "received_on"  VARCHAR(10)  NOT NULL,
        "intent_words" VARCHAR(120) NOT NULL,
        "received_by"  VARCHAR(36),
        "recorded_by"  VARCHAR(36),
        "recorded_at"  DATETIME(3)  NOT NULL,
        "inspected_by" VARCHAR(36),
        "inspected_at" DATETIME(3),
        "finding"      VARCHAR(200),
        "valued_by"    VARCHAR(36),
        "gift_id"      VARCHAR(36),
        "voucher_id"   VARCHAR(36),
        "stocked_at"   DATETIME(3),
        "version"      INTEGER      NOT NULL,
        CONSTRAINT "pk_goods_deliveries" PRIMARY KEY ("id"),
        CONSTRAINT "ck_goods_deliveries_state" CHECK (state IN ('RECEIVED', 'INSPECTED', 'VALUED', 'STOCKED', 'REFUSED')),
        CONSTRAINT "ck_goods_deliveries_inspected" CHECK ((state = 'RECEIVED') = (inspected_at IS NULL)),
        CONSTRAINT "ck_goods_deliveries_hands" CHECK (inspected_by IS NULL OR recorded_by IS NULL OR inspected_by <> recorded_by),
        CONSTRAINT "ck_goods_deliveries_stocked" CHECK ((state = 'STOCKED') = (gift_id IS NOT NULL AND voucher_id IS NOT NULL)),
        CONSTRAINT "uq_goods_deliveries_gift" UNIQUE ("gift_id"),
        CONSTRAINT "fk_goods_deliveries_society" FOREIGN KEY ("society_id") ${references('organisations')},
        CONSTRAINT "fk_goods_deliveries_donor" FOREIGN KEY ("donor_id") ${references('donors')},
        CONSTRAINT "fk_goods_deliveries_gift" FOREIGN KEY ("gift_id") ${references('gifts')},
        CONSTRAINT "fk_goods_deliveries_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_goods_deliveries_society" ON "goods_deliveries" ("society_id", "received_on")`,
    );
    await createItems(queryRunner);
    await createMoves(queryRunner);
    await makeAppendOnly(queryRunner, 'goods_moves');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const given = (await queryRunner.query(`SELECT "id" FROM "goods_deliveries" LIMIT 1`)) as unknown[];
    if (given.length > 0) throw new Error('Goods were received: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'goods_moves');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createItems(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "goods_items" (
      "id"             VARCHAR(36) NOT NULL,
      "delivery_id"    VARCHAR(36) NOT NULL,
      "society_id"     VARCHAR(36) NOT NULL,
      "position"       INTEGER     NOT NULL,
      "name"           VARCHAR(40) NOT NULL,
      "unit"           VARCHAR(8)  NOT NULL,
      "quantity"       INTEGER     NOT NULL,
      "accepted"       INTEGER,
      "expires_on"     VARCHAR(10),
      "unit_value_fen" BIGINT,
      "evidence"       VARCHAR(10),
      "in_stock"       INTEGER     NOT NULL,
      "checked_at"     DATETIME(3),
      CONSTRAINT "pk_goods_items" PRIMARY KEY ("id"),
      CONSTRAINT "ck_goods_items_quantity" CHECK (quantity > 0 AND (accepted IS NULL OR (accepted >= 0 AND accepted <= quantity))),
      CONSTRAINT "ck_goods_items_stock" CHECK (in_stock >= 0 AND in_stock <= COALESCE(accepted, 0)),
      CONSTRAINT "ck_goods_items_value" CHECK ((unit_value_fen IS NULL) = (evidence IS NULL) AND (in_stock = 0 OR unit_value_fen IS NOT NULL)),
      CONSTRAINT "ck_goods_items_evidence" CHECK (evidence IS NULL OR evidence IN ('INVOICE', 'MARKET', 'APPRAISAL')),
      CONSTRAINT "uq_goods_items_position" UNIQUE ("delivery_id", "position"),
      CONSTRAINT "fk_goods_items_delivery" FOREIGN KEY ("delivery_id") ${references('goods_deliveries')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_goods_items_stock" ON "goods_items" ("society_id", "in_stock")`);
  await queryRunner.query(`CREATE INDEX "ix_goods_items_expiry" ON "goods_items" ("expires_on")`);
}

async function createMoves(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "goods_moves" (
      "id"         VARCHAR(36)  NOT NULL,
      "item_id"    VARCHAR(36)  NOT NULL,
      "kind"       VARCHAR(10)  NOT NULL,
      "quantity"   INTEGER      NOT NULL,
      "amount_fen" BIGINT       NOT NULL,
      "moved_on"   VARCHAR(10)  NOT NULL,
      "thread_id"  VARCHAR(36),
      "number"     VARCHAR(20),
      "reason"     VARCHAR(120),
      "slip_id"    VARCHAR(36),
      "voucher_id" VARCHAR(36),
      "moved_by"   VARCHAR(36),
      "moved_at"   DATETIME(3)  NOT NULL,
      CONSTRAINT "pk_goods_moves" PRIMARY KEY ("id"),
      CONSTRAINT "ck_goods_moves_kind" CHECK (kind IN ('STOCKED', 'ISSUED', 'DISPOSED')),
      CONSTRAINT "ck_goods_moves_quantity" CHECK (quantity > 0 AND amount_fen >= 0),
      CONSTRAINT "ck_goods_moves_case" CHECK ((kind = 'ISSUED') = (thread_id IS NOT NULL)),
      CONSTRAINT "ck_goods_moves_reason" CHECK ((kind = 'DISPOSED') = (reason IS NOT NULL)),
      CONSTRAINT "fk_goods_moves_item" FOREIGN KEY ("item_id") ${references('goods_items')},
      CONSTRAINT "fk_goods_moves_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_goods_moves_item" ON "goods_moves" ("item_id")`);
  await queryRunner.query(`CREATE INDEX "ix_goods_moves_thread" ON "goods_moves" ("thread_id")`);
}
