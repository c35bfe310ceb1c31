import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders to pay, made at the approval and carried out once. The database too keeps approver, cashier and payee apart
 * (会计法 25, 35), and asks two witnesses for cash.
 */
export class CreatePayments1795305600920 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
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
        "payee_id"         VARCHAR(36)  NOT NULL,
        "payee_name"       VARCHAR(100) NOT NULL,
        "payee_account_id" VARCHAR(36),
        "approver_id"      VARCHAR(36)  NOT NULL,
        "ordered_at"       DATETIME(3)  NOT NULL,
        "state"            VARCHAR(8)   NOT NULL,
        "version"          INTEGER      NOT NULL,
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
        CONSTRAINT "ck_payment_orders_state" CHECK (state IN ('TO_PAY', 'PAID')),
        CONSTRAINT "ck_payment_orders_method" CHECK (method IN ('CARD', 'CASH')),
        CONSTRAINT "ck_payment_orders_account" CHECK (method = 'CASH' OR payee_account_id IS NOT NULL),
        CONSTRAINT "ck_payment_orders_approver" CHECK (approver_id <> payee_id),
        CONSTRAINT "ck_payment_orders_cashier" CHECK (cashier_id IS NULL OR (cashier_id <> approver_id AND cashier_id <> payee_id)),
        CONSTRAINT "ck_payment_orders_paid" CHECK ((state = 'PAID') = (paid_at IS NOT NULL AND cashier_id IS NOT NULL AND photo_file_id IS NOT NULL AND voucher_id IS NOT NULL)),
        CONSTRAINT "ck_payment_orders_witnesses" CHECK (state <> 'PAID' OR method = 'CARD' OR (witness_one_id IS NOT NULL AND witness_two_id IS NOT NULL AND witness_one_id <> witness_two_id)),
        CONSTRAINT "uq_payment_orders_subject" UNIQUE ("subject_kind", "subject_id"),
        CONSTRAINT "uq_payment_orders_purpose" UNIQUE ("purpose"),
        CONSTRAINT "uq_payment_orders_reference" UNIQUE ("society_id", "bank_reference"),
        CONSTRAINT "uq_payment_orders_voucher" UNIQUE ("voucher_id"),
        CONSTRAINT "fk_payment_orders_voucher" FOREIGN KEY ("voucher_id") REFERENCES "vouchers" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
        CONSTRAINT "fk_payment_orders_photo" FOREIGN KEY ("photo_file_id") REFERENCES "stored_files" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_payment_orders_society" ON "payment_orders" ("society_id", "state", "ordered_at")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const ordered = (await queryRunner.query(`SELECT "id" FROM "payment_orders" LIMIT 1`)) as unknown[];
    if (ordered.length > 0) throw new Error('Payments are on record: restore a backup, do not revert');
    await queryRunner.query(`DROP TABLE "payment_orders"`);
  }
}
