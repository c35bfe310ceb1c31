import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = [
  'unclaimed_motions',
  'use_change_lots',
  'use_change_givers',
  'gift_refund_parts',
  'gift_refunds',
  'gift_refund_lines',
  'use_changes',
];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** What goes back to its giver, what serves another purpose, and what nobody came for. */
export class CreateGiftRefunds1795305600992 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createChanges(queryRunner);
    await createRefundLines(queryRunner);
    await createRefunds(queryRunner);
    await createAnswers(queryRunner);
    await queryRunner.query(`
      CREATE TABLE "unclaimed_motions" (
        "id"         VARCHAR(36)  NOT NULL,
        "society_id" VARCHAR(36)  NOT NULL,
        "gift_id"    VARCHAR(36)  NOT NULL,
        "issuer"     TEXT         NOT NULL,
        "state"      VARCHAR(10)  NOT NULL,
        "opened_by"  VARCHAR(36),
        "opened_at"  DATETIME(3)  NOT NULL,
        "ended_at"   DATETIME(3),
        "open_key"   VARCHAR(36),
        CONSTRAINT "pk_unclaimed_motions" PRIMARY KEY ("id"),
        CONSTRAINT "ck_unclaimed_motions_state" CHECK (state IN ('VOTING', 'TAKEN', 'KEPT')),
        CONSTRAINT "ck_unclaimed_motions_open" CHECK ((state = 'VOTING') = (open_key IS NOT NULL)),
        CONSTRAINT "ck_unclaimed_motions_ended" CHECK ((state = 'VOTING') = (ended_at IS NULL)),
        CONSTRAINT "uq_unclaimed_motions_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_unclaimed_motions_society" FOREIGN KEY ("society_id") ${references('organisations')},
        CONSTRAINT "fk_unclaimed_motions_gift" FOREIGN KEY ("gift_id") ${references('gifts')}
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      const rows = (await queryRunner.query(`SELECT "id" FROM "${table}" LIMIT 1`)) as unknown[];
      if (rows.length > 0) throw new Error('Gifts went back or on: restore a backup, do not revert');
    }
    await endAppendOnly(queryRunner, 'gift_refund_lines');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createChanges(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "use_changes" (
      "id"               VARCHAR(36) NOT NULL,
      "society_id"       VARCHAR(36) NOT NULL,
      "balance_id"       VARCHAR(36) NOT NULL,
      "fund"             VARCHAR(40) NOT NULL,
      "restriction"      VARCHAR(40) NOT NULL,
      "into_fund"        VARCHAR(40) NOT NULL,
      "into_restriction" VARCHAR(40) NOT NULL,
      "reason"           VARCHAR(16) NOT NULL,
      "use_before"       VARCHAR(12) NOT NULL,
      "use_after"        VARCHAR(12) NOT NULL,
      "plan_number"      VARCHAR(60),
      "issuer"           TEXT        NOT NULL,
      "state"            VARCHAR(8)  NOT NULL,
      "decision"         TEXT,
      "asked_on"         VARCHAR(10),
      "answer_by"        VARCHAR(10),
      "opened_by"        VARCHAR(36),
      "opened_at"        DATETIME(3) NOT NULL,
      "ended_at"         DATETIME(3),
      "open_key"         VARCHAR(36),
      "version"          INTEGER     NOT NULL,
      CONSTRAINT "pk_use_changes" PRIMARY KEY ("id"),
      CONSTRAINT "ck_use_changes_state" CHECK (state IN ('VOTING', 'ASKING', 'DONE', 'DROPPED')),
      CONSTRAINT "ck_use_changes_open" CHECK ((state IN ('VOTING', 'ASKING')) = (open_key IS NOT NULL)),
      CONSTRAINT "ck_use_changes_ended" CHECK ((state IN ('VOTING', 'ASKING')) = (ended_at IS NULL)),
      CONSTRAINT "ck_use_changes_asked" CHECK (state <> 'ASKING' OR (answer_by IS NOT NULL AND decision IS NOT NULL)),
      CONSTRAINT "ck_use_changes_purses" CHECK (fund <> into_fund OR restriction <> into_restriction),
      CONSTRAINT "uq_use_changes_open" UNIQUE ("open_key"),
      CONSTRAINT "fk_use_changes_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_use_changes_balance" FOREIGN KEY ("balance_id") ${references('fund_balances')}
    )`);
  await queryRunner.query(
    `CREATE INDEX "ix_use_changes_society" ON "use_changes" ("society_id", "opened_at")`,
  );
}

async function createRefundLines(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "gift_refund_lines" (
      "id"             VARCHAR(36) NOT NULL,
      "society_id"     VARCHAR(36) NOT NULL,
      "bank_reference" VARCHAR(60) NOT NULL,
      "amount_fen"     BIGINT      NOT NULL,
      "paid_on"        VARCHAR(10) NOT NULL,
      "paid_by"        VARCHAR(36),
      "recorded_at"    DATETIME(3) NOT NULL,
      CONSTRAINT "pk_gift_refund_lines" PRIMARY KEY ("id"),
      CONSTRAINT "ck_gift_refund_lines_amount" CHECK (amount_fen > 0),
      CONSTRAINT "uq_gift_refund_lines_bank" UNIQUE ("society_id", "bank_reference"),
      CONSTRAINT "fk_gift_refund_lines_society" FOREIGN KEY ("society_id") ${references('organisations')}
    )`);
  await makeAppendOnly(queryRunner, 'gift_refund_lines');
}

async function createRefunds(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "gift_refunds" (
      "id"             VARCHAR(36)  NOT NULL,
      "society_id"     VARCHAR(36)  NOT NULL,
      "gift_id"        VARCHAR(36)  NOT NULL,
      "change_id"      VARCHAR(36),
      "reason"         VARCHAR(20)  NOT NULL,
      "words"          VARCHAR(120) NOT NULL,
      "amount_fen"     BIGINT       NOT NULL,
      "paper_file_id"  VARCHAR(36),
      "state"          VARCHAR(10)  NOT NULL,
      "asked_by"       VARCHAR(36),
      "asked_at"       DATETIME(3)  NOT NULL,
      "decided_by"     VARCHAR(36),
      "decided_at"     DATETIME(3),
      "decision_words" VARCHAR(120),
      "line_id"        VARCHAR(36),
      "ended_at"       DATETIME(3),
      "open_key"       VARCHAR(36),
      "version"        INTEGER      NOT NULL,
      CONSTRAINT "pk_gift_refunds" PRIMARY KEY ("id"),
      CONSTRAINT "ck_gift_refunds_amount" CHECK (amount_fen > 0),
      CONSTRAINT "ck_gift_refunds_reason" CHECK (reason IN ('WRONG_TRANSFER', 'ILLEGAL_CONDITION', 'PURPOSE_FAILED')),
      CONSTRAINT "ck_gift_refunds_state" CHECK (state IN ('ASKED', 'APPROVED', 'PAID', 'REFUSED', 'CALLED_OFF')),
      CONSTRAINT "ck_gift_refunds_open" CHECK ((state IN ('ASKED', 'APPROVED')) = (open_key IS NOT NULL)),
      CONSTRAINT "ck_gift_refunds_ended" CHECK ((state IN ('ASKED', 'APPROVED')) = (ended_at IS NULL)),
      CONSTRAINT "ck_gift_refunds_decided" CHECK ((decided_at IS NOT NULL OR state IN ('ASKED', 'CALLED_OFF')) AND (decided_at IS NULL OR state <> 'ASKED')),
      CONSTRAINT "ck_gift_refunds_paid" CHECK ((state = 'PAID') = (line_id IS NOT NULL)),
      CONSTRAINT "ck_gift_refunds_agreed" CHECK (reason <> 'PURPOSE_FAILED' OR paper_file_id IS NOT NULL OR change_id IS NOT NULL),
      CONSTRAINT "uq_gift_refunds_open" UNIQUE ("open_key"),
      CONSTRAINT "fk_gift_refunds_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_gift_refunds_gift" FOREIGN KEY ("gift_id") ${references('gifts')},
      CONSTRAINT "fk_gift_refunds_change" FOREIGN KEY ("change_id") ${references('use_changes')},
      CONSTRAINT "fk_gift_refunds_line" FOREIGN KEY ("line_id") ${references('gift_refund_lines')}
    )`);
  await queryRunner.query(
    `CREATE INDEX "ix_gift_refunds_society" ON "gift_refunds" ("society_id", "asked_at")`,
  );
  await queryRunner.query(`CREATE INDEX "ix_gift_refunds_line" ON "gift_refunds" ("line_id")`);
  await queryRunner.query(`
    CREATE TABLE "gift_refund_parts" (
      "id"         VARCHAR(36) NOT NULL,
      "refund_id"  VARCHAR(36) NOT NULL,
      "lot_id"     VARCHAR(36) NOT NULL,
      "amount_fen" BIGINT      NOT NULL,
      "voucher_id" VARCHAR(36),
      CONSTRAINT "pk_gift_refund_parts" PRIMARY KEY ("id"),
      CONSTRAINT "ck_gift_refund_parts_amount" CHECK (amount_fen > 0),
      CONSTRAINT "uq_gift_refund_parts_lot" UNIQUE ("refund_id", "lot_id"),
      CONSTRAINT "fk_gift_refund_parts_refund" FOREIGN KEY ("refund_id") ${references('gift_refunds')},
      CONSTRAINT "fk_gift_refund_parts_lot" FOREIGN KEY ("lot_id") ${references('lots')},
      CONSTRAINT "fk_gift_refund_parts_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_gift_refund_parts_lot" ON "gift_refund_parts" ("lot_id")`);
}

async function createAnswers(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "use_change_givers" (
      "id"            VARCHAR(36) NOT NULL,
      "change_id"     VARCHAR(36) NOT NULL,
      "donor_id"      VARCHAR(36) NOT NULL,
      "answer"        VARCHAR(8)  NOT NULL,
      "how"           VARCHAR(7),
      "paper_file_id" VARCHAR(36),
      "answered_at"   DATETIME(3),
      "recorded_by"   VARCHAR(36),
      "token_hash"    VARCHAR(64),
      "link_made_at"  DATETIME(3),
      "version"       INTEGER     NOT NULL,
      CONSTRAINT "pk_use_change_givers" PRIMARY KEY ("id"),
      CONSTRAINT "ck_use_change_givers_answer" CHECK (answer IN ('WAITING', 'CONSENT', 'RETURN', 'THINK')),
      CONSTRAINT "ck_use_change_givers_answered" CHECK ((answer = 'WAITING') = (answered_at IS NULL) AND (answer = 'WAITING') = (how IS NULL)),
      CONSTRAINT "ck_use_change_givers_paper" CHECK (COALESCE(how, 'LINK') IN ('PAPER', 'LINK', 'ACCOUNT') AND (answer IN ('WAITING', 'THINK') OR how <> 'PAPER' OR paper_file_id IS NOT NULL)),
      CONSTRAINT "uq_use_change_givers_donor" UNIQUE ("change_id", "donor_id"),
      CONSTRAINT "uq_use_change_givers_token" UNIQUE ("token_hash"),
      CONSTRAINT "fk_use_change_givers_change" FOREIGN KEY ("change_id") ${references('use_changes')},
      CONSTRAINT "fk_use_change_givers_donor" FOREIGN KEY ("donor_id") ${references('donors')}
    )`);
  await queryRunner.query(`
    CREATE TABLE "use_change_lots" (
      "id"         VARCHAR(36) NOT NULL,
      "change_id"  VARCHAR(36) NOT NULL,
      "lot_id"     VARCHAR(36) NOT NULL,
      "gift_id"    VARCHAR(36),
      "giver_id"   VARCHAR(36),
      "basis"      VARCHAR(6)  NOT NULL,
      "amount_fen" BIGINT      NOT NULL,
      "state"      VARCHAR(8)  NOT NULL,
      "new_lot_id" VARCHAR(36),
      "refund_id"  VARCHAR(36),
      CONSTRAINT "pk_use_change_lots" PRIMARY KEY ("id"),
      CONSTRAINT "ck_use_change_lots_amount" CHECK (amount_fen > 0),
      CONSTRAINT "ck_use_change_lots_basis" CHECK (basis IN ('GIVER', 'BOARD', 'FILING') AND (basis = 'GIVER') = (giver_id IS NOT NULL)),
      CONSTRAINT "ck_use_change_lots_state" CHECK (state IN ('FROZEN', 'MOVED', 'RETURNED', 'THAWED')),
      CONSTRAINT "ck_use_change_lots_moved" CHECK ((state = 'MOVED') = (new_lot_id IS NOT NULL) AND (state = 'RETURNED') = (refund_id IS NOT NULL)),
      CONSTRAINT "uq_use_change_lots_lot" UNIQUE ("change_id", "lot_id"),
      CONSTRAINT "fk_use_change_lots_change" FOREIGN KEY ("change_id") ${references('use_changes')},
      CONSTRAINT "fk_use_change_lots_lot" FOREIGN KEY ("lot_id") ${references('lots')},
      CONSTRAINT "fk_use_change_lots_gift" FOREIGN KEY ("gift_id") ${references('gifts')},
      CONSTRAINT "fk_use_change_lots_giver" FOREIGN KEY ("giver_id") ${references('use_change_givers')},
      CONSTRAINT "fk_use_change_lots_new_lot" FOREIGN KEY ("new_lot_id") ${references('lots')},
      CONSTRAINT "fk_use_change_lots_refund" FOREIGN KEY ("refund_id") ${references('gift_refunds')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_use_change_lots_lot" ON "use_change_lots" ("lot_id")`);
}
