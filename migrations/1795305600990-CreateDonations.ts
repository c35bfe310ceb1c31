import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['gift_lots', 'gifts', 'donors'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Who gives, what was given, and the lots of the ledger that each gift lives in. */
export class CreateDonations1795305600990 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createDonors(queryRunner);
    await createGifts(queryRunner);
    await queryRunner.query(`
      CREATE TABLE "gift_lots" (
        "lot_id"  VARCHAR(36) NOT NULL,
        "gift_id" VARCHAR(36) NOT NULL,
        CONSTRAINT "pk_gift_lots" PRIMARY KEY ("lot_id"),
        CONSTRAINT "fk_gift_lots_lot" FOREIGN KEY ("lot_id") ${references('lots')},
        CONSTRAINT "fk_gift_lots_gift" FOREIGN KEY ("gift_id") ${references('gifts')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_gift_lots_gift" ON "gift_lots" ("gift_id")`);
    await makeAppendOnly(queryRunner, 'gift_lots');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const given = (await queryRunner.query(`SELECT "id" FROM "gifts" LIMIT 1`)) as unknown[];
    if (given.length > 0) throw new Error('Gifts were received: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'gift_lots');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createDonors(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "donors" (
      "id"             VARCHAR(36)  NOT NULL,
      "society_id"     VARCHAR(36)  NOT NULL,
      "kind"           VARCHAR(10)  NOT NULL,
      "category"       VARCHAR(24)  NOT NULL,
      "name_sealed"    TEXT         NOT NULL,
      "name_index"     VARCHAR(64)  NOT NULL,
      "shown_name"     VARCHAR(100) NOT NULL,
      "uscc"           VARCHAR(18),
      "uscc_key"       VARCHAR(18),
      "phone_sealed"   TEXT,
      "phone_index"    VARCHAR(64),
      "home_place"     VARCHAR(40),
      "publishes_name" SMALLINT     NOT NULL,
      "asked_at"       DATETIME(3)  NOT NULL,
      "account_id"     VARCHAR(36),
      "offered_account_id" VARCHAR(36),
      "merged_into_id" VARCHAR(36),
      "merged_at"      DATETIME(3),
      "version"        INTEGER      NOT NULL,
      "created_at"     DATETIME(3)  NOT NULL,
      CONSTRAINT "pk_donors" PRIMARY KEY ("id"),
      CONSTRAINT "ck_donors_kind" CHECK (kind IN ('PERSON', 'COMPANY')),
      CONSTRAINT "ck_donors_group" CHECK (category IN ('ENTERPRISE', 'CARING', 'RETIRED_CADRE', 'OUTSIDE_ENTREPRENEUR', 'MEMBER')),
      CONSTRAINT "ck_donors_uscc" CHECK ((kind = 'COMPANY') = (uscc IS NOT NULL)),
      CONSTRAINT "ck_donors_merged" CHECK ((merged_into_id IS NULL) = (merged_at IS NULL)),
      CONSTRAINT "uq_donors_uscc" UNIQUE ("society_id", "uscc_key"),
      CONSTRAINT "uq_donors_account" UNIQUE ("account_id", "society_id"),
      CONSTRAINT "fk_donors_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_donors_account" FOREIGN KEY ("account_id") ${references('accounts')},
      CONSTRAINT "fk_donors_offered" FOREIGN KEY ("offered_account_id") ${references('accounts')},
      CONSTRAINT "fk_donors_merged" FOREIGN KEY ("merged_into_id") ${references('donors')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_donors_name" ON "donors" ("society_id", "name_index")`);
  await queryRunner.query(`CREATE INDEX "ix_donors_offered" ON "donors" ("offered_account_id")`);
}

async function createGifts(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "gifts" (
      "id"             VARCHAR(36)  NOT NULL,
      "society_id"     VARCHAR(36)  NOT NULL,
      "donor_id"       VARCHAR(36),
      "nature"         VARCHAR(4)   NOT NULL,
      "form"           VARCHAR(5)   NOT NULL,
      "state"          VARCHAR(8)   NOT NULL,
      "receipt_state"  VARCHAR(8)   NOT NULL,
      "amount_fen"     BIGINT       NOT NULL,
      "given_on"       VARCHAR(10)  NOT NULL,
      "pledged_on"     VARCHAR(10),
      "method"         VARCHAR(4),
      "bank_reference" VARCHAR(60),
      "bank_key"       VARCHAR(60),
      "intent"         VARCHAR(12)  NOT NULL,
      "intent_words"   VARCHAR(120) NOT NULL,
      "fund"           VARCHAR(40)  NOT NULL,
      "restriction"    VARCHAR(40)  NOT NULL,
      "campaign_id"    VARCHAR(36),
      "lot_id"         VARCHAR(36),
      "voucher_id"     VARCHAR(36),
      "received_by"    VARCHAR(36),
      "recorded_by"    VARCHAR(36),
      "recorded_at"    DATETIME(3)  NOT NULL,
      "ending"         VARCHAR(20),
      "ended_at"       DATETIME(3),
      "version"        INTEGER      NOT NULL,
      CONSTRAINT "pk_gifts" PRIMARY KEY ("id"),
      CONSTRAINT "ck_gifts_amount" CHECK (amount_fen > 0),
      CONSTRAINT "ck_gifts_nature" CHECK (nature IN ('GIFT', 'FEE') AND (nature = 'GIFT' OR receipt_state = 'NONE')),
      CONSTRAINT "ck_gifts_form" CHECK (form IN ('MONEY', 'GOODS')),
      CONSTRAINT "ck_gifts_state" CHECK (state IN ('PLEDGED', 'UNKNOWN', 'RECEIVED', 'ENDED')),
      CONSTRAINT "ck_gifts_receipt" CHECK (receipt_state IN ('NONE', 'DUE', 'ISSUED', 'WAIVED')),
      CONSTRAINT "ck_gifts_intent" CHECK (intent IN ('UNRESTRICTED', 'SOCIETY', 'PURPOSE', 'FUND', 'PROJECT')),
      CONSTRAINT "ck_gifts_booked" CHECK (state <> 'PLEDGED' OR lot_id IS NULL),
      CONSTRAINT "ck_gifts_received" CHECK (state <> 'RECEIVED' OR form = 'GOODS' OR lot_id IS NOT NULL),
      CONSTRAINT "ck_gifts_ended" CHECK ((state = 'ENDED') = (ending IS NOT NULL)),
      CONSTRAINT "uq_gifts_bank_line" UNIQUE ("society_id", "bank_key"),
      CONSTRAINT "fk_gifts_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_gifts_donor" FOREIGN KEY ("donor_id") ${references('donors')},
      CONSTRAINT "fk_gifts_lot" FOREIGN KEY ("lot_id") ${references('lots')},
      CONSTRAINT "fk_gifts_voucher" FOREIGN KEY ("voucher_id") ${references('vouchers')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_gifts_society" ON "gifts" ("society_id", "given_on")`);
  await queryRunner.query(`CREATE INDEX "ix_gifts_donor" ON "gifts" ("donor_id", "given_on")`);
}
