import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = [
  'lot_allocations',
  'lots',
  'reservations',
  'voucher_lines',
  'vouchers',
  'fund_balances',
  'books',
];
const APPEND_ONLY = ['vouchers', 'voucher_lines', 'lot_allocations'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/**
 * A book for each society; what its funds hold; vouchers with their lines; the lots that money came in by, and whose
 * money each payment used or gave back. `cause` is unique, so that one event is booked once.
 */
export class CreateLedger1795305600910 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createBooks(queryRunner);
    await this.createVouchers(queryRunner);
    await this.createLots(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const booked = (await queryRunner.query(`SELECT "id" FROM "vouchers" LIMIT 1`)) as unknown[];
    if (booked.length > 0) throw new Error('The books hold vouchers: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }

  private async createBooks(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "books" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "name"       VARCHAR(80) NOT NULL,
        "held_by_id" VARCHAR(36),
        "opened_at"  DATETIME(3) NOT NULL,
        CONSTRAINT "pk_books" PRIMARY KEY ("id"),
        CONSTRAINT "ck_books_held" CHECK (held_by_id IS NULL OR held_by_id <> society_id),
        CONSTRAINT "uq_books_society" UNIQUE ("society_id")
      )`);
    await queryRunner.query(`
      CREATE TABLE "fund_balances" (
        "id"           VARCHAR(36) NOT NULL,
        "book_id"      VARCHAR(36) NOT NULL,
        "fund"         VARCHAR(40) NOT NULL,
        "restriction"  VARCHAR(40) NOT NULL,
        "balance_fen"  BIGINT      NOT NULL,
        "reserved_fen" BIGINT      NOT NULL,
        "frozen_fen"   BIGINT      NOT NULL,
        CONSTRAINT "pk_fund_balances" PRIMARY KEY ("id"),
        CONSTRAINT "ck_fund_balances_parts" CHECK (reserved_fen >= 0 AND frozen_fen >= 0),
        CONSTRAINT "ck_fund_balances_covered" CHECK (balance_fen - reserved_fen - frozen_fen >= 0),
        CONSTRAINT "uq_fund_balances_key" UNIQUE ("book_id", "fund", "restriction"),
        CONSTRAINT "fk_fund_balances_book" FOREIGN KEY ("book_id") ${references('books')}
      )`);
    await queryRunner.query(`
      CREATE TABLE "reservations" (
        "id"         VARCHAR(36) NOT NULL,
        "balance_id" VARCHAR(36) NOT NULL,
        "purpose"    VARCHAR(80) NOT NULL,
        "thread_id"  VARCHAR(36),
        "amount_fen" BIGINT      NOT NULL,
        "state"      VARCHAR(10) NOT NULL,
        "held_at"    DATETIME(3) NOT NULL,
        "ended_at"   DATETIME(3),
        CONSTRAINT "pk_reservations" PRIMARY KEY ("id"),
        CONSTRAINT "ck_reservations_amount" CHECK (amount_fen > 0),
        CONSTRAINT "ck_reservations_state" CHECK (state IN ('HELD', 'RELEASED', 'SPENT')),
        CONSTRAINT "ck_reservations_ended" CHECK ((state = 'HELD') = (ended_at IS NULL)),
        CONSTRAINT "uq_reservations_purpose" UNIQUE ("purpose", "balance_id"),
        CONSTRAINT "fk_reservations_balance" FOREIGN KEY ("balance_id") ${references('fund_balances')}
      )`);
  }

  private async createVouchers(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "vouchers" (
        "id"          VARCHAR(36)  NOT NULL,
        "book_id"     VARCHAR(36)  NOT NULL,
        "year"        INTEGER      NOT NULL,
        "number"      INTEGER      NOT NULL,
        "day"         VARCHAR(10)  NOT NULL,
        "cause"       VARCHAR(140) NOT NULL,
        "summary"     VARCHAR(120) NOT NULL,
        "posted_at"   DATETIME(3)  NOT NULL,
        "reversal_of" VARCHAR(36),
        CONSTRAINT "pk_vouchers" PRIMARY KEY ("id"),
        CONSTRAINT "ck_vouchers_number" CHECK (number > 0),
        CONSTRAINT "uq_vouchers_number" UNIQUE ("book_id", "year", "number"),
        CONSTRAINT "uq_vouchers_cause" UNIQUE ("cause"),
        CONSTRAINT "uq_vouchers_reversal" UNIQUE ("reversal_of"),
        CONSTRAINT "fk_vouchers_book" FOREIGN KEY ("book_id") ${references('books')},
        CONSTRAINT "fk_vouchers_reversal" FOREIGN KEY ("reversal_of") ${references('vouchers')}
      )`);
    await queryRunner.query(`
      CREATE TABLE "voucher_lines" (
        "id"          VARCHAR(36) NOT NULL,
        "voucher_id"  VARCHAR(36) NOT NULL,
        "position"    INTEGER     NOT NULL,
        "account"     VARCHAR(12) NOT NULL,
        "society_id"  VARCHAR(36) NOT NULL,
        "fund"        VARCHAR(40) NOT NULL,
        "restriction" VARCHAR(40) NOT NULL,
        "thread_id"   VARCHAR(36),
        "amount_fen"  BIGINT      NOT NULL,
        CONSTRAINT "pk_voucher_lines" PRIMARY KEY ("id"),
        CONSTRAINT "ck_voucher_lines_move_money" CHECK (amount_fen <> 0),
        CONSTRAINT "uq_voucher_lines_position" UNIQUE ("voucher_id", "position"),
        CONSTRAINT "fk_voucher_lines_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_voucher_lines_thread" ON "voucher_lines" ("thread_id")`);
  }

  private async createLots(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "lots" (
        "id"          VARCHAR(36)  NOT NULL,
        "balance_id"  VARCHAR(36)  NOT NULL,
        "voucher_id"  VARCHAR(36)  NOT NULL,
        "source"      VARCHAR(12)  NOT NULL,
        "received_on" VARCHAR(10)  NOT NULL,
        "note"        VARCHAR(120) NOT NULL,
        "amount_fen"  BIGINT       NOT NULL,
        "left_fen"    BIGINT       NOT NULL,
        "frozen_fen"  BIGINT       NOT NULL,
        CONSTRAINT "pk_lots" PRIMARY KEY ("id"),
        CONSTRAINT "ck_lots_amount" CHECK (amount_fen > 0),
        CONSTRAINT "ck_lots_left" CHECK (left_fen >= 0 AND left_fen <= amount_fen),
        CONSTRAINT "ck_lots_frozen" CHECK (frozen_fen >= 0 AND frozen_fen <= left_fen),
        CONSTRAINT "ck_lots_source" CHECK (source IN ('OPENING', 'SUBSIDY', 'FEE', 'INTEREST', 'GIFT', 'UNKNOWN')),
        CONSTRAINT "uq_lots_voucher" UNIQUE ("voucher_id"),
        CONSTRAINT "fk_lots_balance" FOREIGN KEY ("balance_id") ${references('fund_balances')},
        CONSTRAINT "fk_lots_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_lots_turn" ON "lots" ("balance_id", "received_on")`);
    await queryRunner.query(`
      CREATE TABLE "lot_allocations" (
        "id"         VARCHAR(36) NOT NULL,
        "lot_id"     VARCHAR(36) NOT NULL,
        "voucher_id" VARCHAR(36) NOT NULL,
        "kind"       VARCHAR(10) NOT NULL,
        "order_id"   VARCHAR(36),
        "amount_fen" BIGINT      NOT NULL,
        CONSTRAINT "pk_lot_allocations" PRIMARY KEY ("id"),
        CONSTRAINT "ck_lot_allocations_kind" CHECK (kind IN ('PAID', 'RETURNED', 'RECOVERED', 'REVERSED', 'REFUNDED', 'MOVED', 'MANAGED')),
        CONSTRAINT "ck_lot_allocations_amount" CHECK (amount_fen <> 0 AND (kind IN ('RETURNED', 'RECOVERED')) = (amount_fen < 0)),
        CONSTRAINT "ck_lot_allocations_order" CHECK ((kind IN ('REVERSED', 'REFUNDED', 'MOVED', 'MANAGED')) = (order_id IS NULL)),
        CONSTRAINT "uq_lot_allocations_once" UNIQUE ("voucher_id", "lot_id"),
        CONSTRAINT "fk_lot_allocations_lot" FOREIGN KEY ("lot_id") ${references('lots')},
        CONSTRAINT "fk_lot_allocations_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_lot_allocations_order" ON "lot_allocations" ("order_id")`);
    await queryRunner.query(`CREATE INDEX "ix_lot_allocations_lot" ON "lot_allocations" ("lot_id")`);
  }
}
