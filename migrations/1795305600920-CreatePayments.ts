import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = [
  'recovery_instalments',
  'recoveries',
  'payment_attempts',
  'payment_orders',
  'payee_institutions',
];
const APPEND_ONLY = ['payment_attempts', 'recovery_instalments'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/**
 * Institutions that may be paid, orders to pay, each try of one, and what is owed back of those that should not have been
 * paid. The database too keeps approver, cashier and payee apart (会计法 25, 35), asks two witnesses for cash, and hands
 * none to an institution.
 */
export class CreatePayments1795305600920 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createInstitutions(queryRunner);
    await createOrders(queryRunner);
    await createAttempts(queryRunner);
    await createRecoveries(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['payment_orders', 'payee_institutions']) {
      const kept = (await queryRunner.query(`SELECT "id" FROM "${table}" LIMIT 1`)) as unknown[];
      if (kept.length > 0) throw new Error('Payments are on record: restore a backup, do not revert');
    }
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createInstitutions(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "payee_institutions" (
      "id"             VARCHAR(36)  NOT NULL,
      "society_id"     VARCHAR(36)  NOT NULL,
      "name"           VARCHAR(100) NOT NULL,
      "bank_name"      VARCHAR(60)  NOT NULL,
      "account_sealed" TEXT         NOT NULL,
      "account_index"  VARCHAR(64),
      "account_tail"   VARCHAR(4)   NOT NULL,
      "version"        INTEGER      NOT NULL,
      "created_at"     DATETIME(3)  NOT NULL,
      "created_by"     VARCHAR(36),
      "ended_at"       DATETIME(3),
      CONSTRAINT "pk_payee_institutions" PRIMARY KEY ("id"),
      CONSTRAINT "ck_payee_institutions_in_use" CHECK ((ended_at IS NULL) = (account_index IS NOT NULL)),
      CONSTRAINT "ck_payee_institutions_ended" CHECK (ended_at >= created_at),
      CONSTRAINT "uq_payee_institutions_account" UNIQUE ("society_id", "account_index")
    )`);
}

async function createOrders(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "payment_orders" (
      "id"               VARCHAR(36)  NOT NULL,
      "society_id"       VARCHAR(36)  NOT NULL,
      "subject_kind"     VARCHAR(20)  NOT NULL,
      "subject_id"       VARCHAR(36)  NOT NULL,
      "thread_id"        VARCHAR(36)  NOT NULL,
      "purpose"          VARCHAR(80)  NOT NULL,
      "case_number"      VARCHAR(40)  NOT NULL,
      "amount_fen"       BIGINT       NOT NULL,
      "method"           VARCHAR(8)   NOT NULL,
      "payee_kind"       VARCHAR(11)  NOT NULL,
      "payee_id"         VARCHAR(36)  NOT NULL,
      "payee_name"       VARCHAR(100) NOT NULL,
      "payee_account_id" VARCHAR(36),
      "approver_id"      VARCHAR(36),
      "approved_at"      DATETIME(3),
      "ordered_at"       DATETIME(3)  NOT NULL,
      "state"            VARCHAR(10)  NOT NULL,
      "version"          INTEGER      NOT NULL,
      "attempts"         INTEGER      NOT NULL,
      "open_key"         VARCHAR(60),
      "cancelled_at"     DATETIME(3),
      "cancel_reason"    VARCHAR(60),
      "paid_at"          DATETIME(3),
      "recorded_at"      DATETIME(3),
      "cashier_id"       VARCHAR(36),
      "bank_reference"   VARCHAR(60),
      "photo_file_id"    VARCHAR(36),
      "witness_one_id"   VARCHAR(36),
      "witness_two_id"   VARCHAR(36),
      "voucher_id"       VARCHAR(36),
      "voucher_number"   INTEGER,
      CONSTRAINT "pk_payment_orders" PRIMARY KEY ("id"),
      CONSTRAINT "ck_payment_orders_amount" CHECK (amount_fen > 0),
      CONSTRAINT "ck_payment_orders_state" CHECK (state IN ('TO_APPROVE', 'TO_PAY', 'PAID', 'CANCELLED')),
      CONSTRAINT "ck_payment_orders_method" CHECK (method IN ('CARD', 'CASH')),
      CONSTRAINT "ck_payment_orders_account" CHECK (method = 'CASH' OR payee_account_id IS NOT NULL),
      CONSTRAINT "ck_payment_orders_payee_kind" CHECK (payee_kind IN ('PERSON', 'INSTITUTION')),
      CONSTRAINT "ck_payment_orders_institution" CHECK (payee_kind = 'PERSON' OR (method = 'CARD' AND payee_account_id = payee_id)),
      CONSTRAINT "ck_payment_orders_approver" CHECK (approver_id <> payee_id),
      CONSTRAINT "ck_payment_orders_approved" CHECK ((approver_id IS NULL) = (approved_at IS NULL) AND (state = 'CANCELLED' OR (state = 'TO_APPROVE') = (approver_id IS NULL))),
      CONSTRAINT "ck_payment_orders_cancelled" CHECK ((state = 'CANCELLED') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL) AND (state = 'CANCELLED') = (open_key IS NULL)),
      CONSTRAINT "ck_payment_orders_attempts" CHECK (attempts >= 0 AND (state <> 'PAID' OR attempts > 0)),
      CONSTRAINT "ck_payment_orders_cashier" CHECK (cashier_id IS NULL OR (cashier_id <> approver_id AND cashier_id <> payee_id)),
      CONSTRAINT "ck_payment_orders_paid" CHECK ((state = 'PAID') = (paid_at IS NOT NULL AND cashier_id IS NOT NULL AND photo_file_id IS NOT NULL AND voucher_id IS NOT NULL)),
      CONSTRAINT "ck_payment_orders_witnesses" CHECK (state <> 'PAID' OR method = 'CARD' OR (witness_one_id IS NOT NULL AND witness_two_id IS NOT NULL AND witness_one_id <> witness_two_id)),
      CONSTRAINT "uq_payment_orders_open" UNIQUE ("open_key"),
      CONSTRAINT "uq_payment_orders_purpose" UNIQUE ("purpose"),
      CONSTRAINT "uq_payment_orders_voucher" UNIQUE ("voucher_id"),
      CONSTRAINT "fk_payment_orders_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')},
      CONSTRAINT "fk_payment_orders_photo" FOREIGN KEY ("photo_file_id") ${references('stored_files')}
    )`);
  for (const [name, columns] of [
    ['society', '"society_id", "state", "ordered_at"'],
    ['subject', '"subject_kind", "subject_id"'],
    ['thread', '"thread_id"'],
  ] as const)
    await queryRunner.query(`CREATE INDEX "ix_payment_orders_${name}" ON "payment_orders" (${columns})`);
}

async function createAttempts(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "payment_attempts" (
      "id"             VARCHAR(36) NOT NULL,
      "society_id"     VARCHAR(36) NOT NULL,
      "order_id"       VARCHAR(36) NOT NULL,
      "number"         INTEGER     NOT NULL,
      "outcome"        VARCHAR(8)  NOT NULL,
      "at"             DATETIME(3) NOT NULL,
      "reason"         VARCHAR(14),
      "note"           VARCHAR(120),
      "bank_reference" VARCHAR(60),
      "photo_file_id"  VARCHAR(36),
      "voucher_id"     VARCHAR(36),
      "recorded_by"    VARCHAR(36) NOT NULL,
      "recorded_at"    DATETIME(3) NOT NULL,
      CONSTRAINT "pk_payment_attempts" PRIMARY KEY ("id"),
      CONSTRAINT "ck_payment_attempts_number" CHECK (number > 0),
      CONSTRAINT "ck_payment_attempts_outcome" CHECK (outcome IN ('FAILED', 'PAID', 'RETURNED')),
      CONSTRAINT "ck_payment_attempts_booked" CHECK ((outcome = 'FAILED') = (voucher_id IS NULL)),
      CONSTRAINT "ck_payment_attempts_photo" CHECK (outcome = 'FAILED' OR photo_file_id IS NOT NULL),
      CONSTRAINT "ck_payment_attempts_reason" CHECK ((outcome = 'PAID') = (reason IS NULL) AND (reason IS NULL OR reason IN ('NAME_MISMATCH', 'WRONG_ACCOUNT', 'BANK_REFUSED', 'OTHER'))),
      CONSTRAINT "uq_payment_attempts_outcome" UNIQUE ("order_id", "number", "outcome"),
      CONSTRAINT "uq_payment_attempts_reference" UNIQUE ("society_id", "outcome", "bank_reference"),
      CONSTRAINT "uq_payment_attempts_voucher" UNIQUE ("voucher_id"),
      CONSTRAINT "fk_payment_attempts_order" FOREIGN KEY ("order_id") ${references('payment_orders')},
      CONSTRAINT "fk_payment_attempts_photo" FOREIGN KEY ("photo_file_id") ${references('stored_files')},
      CONSTRAINT "fk_payment_attempts_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
    )`);
}

async function createRecoveries(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "recoveries" (
      "id"                   VARCHAR(36) NOT NULL,
      "society_id"           VARCHAR(36) NOT NULL,
      "subject_kind"         VARCHAR(20) NOT NULL,
      "subject_id"           VARCHAR(36) NOT NULL,
      "thread_id"            VARCHAR(36) NOT NULL,
      "order_id"             VARCHAR(36) NOT NULL,
      "case_number"          VARCHAR(40) NOT NULL,
      "payer_id"             VARCHAR(36) NOT NULL,
      "demanded_fen"         BIGINT      NOT NULL,
      "recovered_fen"        BIGINT      NOT NULL,
      "written_off_fen"      BIGINT      NOT NULL,
      "recovered_late_fen"   BIGINT      NOT NULL,
      "written_off_on"       VARCHAR(10) NULL,
      "state"                VARCHAR(12) NOT NULL,
      "demanded_at"          DATETIME(3) NOT NULL,
      "due_on"               VARCHAR(10) NOT NULL,
      "version"              INTEGER     NOT NULL,
      "voucher_id"           VARCHAR(36) NOT NULL,
      "write_off_voucher_id" VARCHAR(36),
      CONSTRAINT "pk_recoveries" PRIMARY KEY ("id"),
      CONSTRAINT "ck_recoveries_demanded" CHECK (demanded_fen > 0),
      CONSTRAINT "ck_recoveries_parts" CHECK (recovered_fen >= 0 AND written_off_fen >= 0),
      CONSTRAINT "ck_recoveries_late" CHECK (recovered_late_fen >= 0 AND recovered_late_fen <= written_off_fen),
      CONSTRAINT "ck_recoveries_within" CHECK (recovered_fen + written_off_fen <= demanded_fen),
      CONSTRAINT "ck_recoveries_state" CHECK (state IN ('OPEN', 'RECOVERED', 'WRITTEN_OFF')),
      CONSTRAINT "ck_recoveries_over" CHECK ((state = 'OPEN') = (recovered_fen + written_off_fen < demanded_fen)),
      CONSTRAINT "ck_recoveries_written_off" CHECK ((state = 'WRITTEN_OFF') = (written_off_fen > 0) AND (written_off_fen > 0) = (write_off_voucher_id IS NOT NULL) AND (written_off_fen > 0) = (written_off_on IS NOT NULL)),
      CONSTRAINT "uq_recoveries_order" UNIQUE ("order_id"),
      CONSTRAINT "uq_recoveries_voucher" UNIQUE ("voucher_id"),
      CONSTRAINT "uq_recoveries_write_off" UNIQUE ("write_off_voucher_id"),
      CONSTRAINT "fk_recoveries_order" FOREIGN KEY ("order_id") ${references('payment_orders')},
      CONSTRAINT "fk_recoveries_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')},
      CONSTRAINT "fk_recoveries_write_off" FOREIGN KEY ("write_off_voucher_id") ${references('vouchers')}
    )`);
  await queryRunner.query(`
    CREATE TABLE "recovery_instalments" (
      "id"             VARCHAR(36) NOT NULL,
      "society_id"     VARCHAR(36) NOT NULL,
      "recovery_id"    VARCHAR(36) NOT NULL,
      "amount_fen"     BIGINT      NOT NULL,
      "received_at"    DATETIME(3) NOT NULL,
      "bank_reference" VARCHAR(60),
      "photo_file_id"  VARCHAR(36) NOT NULL,
      "voucher_id"     VARCHAR(36) NOT NULL,
      "recorded_by"    VARCHAR(36) NOT NULL,
      "recorded_at"    DATETIME(3) NOT NULL,
      CONSTRAINT "pk_recovery_instalments" PRIMARY KEY ("id"),
      CONSTRAINT "ck_recovery_instalments_amount" CHECK (amount_fen > 0),
      CONSTRAINT "uq_recovery_instalments_reference" UNIQUE ("society_id", "bank_reference"),
      CONSTRAINT "uq_recovery_instalments_voucher" UNIQUE ("voucher_id"),
      CONSTRAINT "fk_recovery_instalments_recovery" FOREIGN KEY ("recovery_id") ${references('recoveries')},
      CONSTRAINT "fk_recovery_instalments_photo" FOREIGN KEY ("photo_file_id") ${references('stored_files')},
      CONSTRAINT "fk_recovery_instalments_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
    )`);
  for (const [table, name, columns] of [
    ['recoveries', 'subject', '"subject_kind", "subject_id"'],
    ['recoveries', 'society', '"society_id", "state"'],
    ['recovery_instalments', 'recovery', '"recovery_id"'],
  ] as const)
    await queryRunner.query(`CREATE INDEX "ix_${table}_${name}" ON "${table}" (${columns})`);
}
