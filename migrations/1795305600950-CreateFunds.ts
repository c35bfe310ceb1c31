import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = [
  'cap_moves',
  'cap_claims',
  'cap_counters',
  'cap_members',
  'cap_groups',
  'fund_rule_versions',
  'funds',
];
const APPEND_ONLY = ['fund_rule_versions', 'cap_members', 'cap_moves'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/**
 * Charity funds with their projects and the versions of their rules; and the cap of each household, as a counter with
 * every move that made it. No rule and no counter can stand above 500,000 yuan.
 */
export class CreateFunds1795305600950 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTree(queryRunner);
    await createRules(queryRunner);
    await createGroups(queryRunner);
    await createCounters(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const opened = (await queryRunner.query(`SELECT "id" FROM "funds" LIMIT 1`)) as unknown[];
    if (opened.length > 0) throw new Error('Funds were opened: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createTree(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "funds" (
      "id"            VARCHAR(36)  NOT NULL,
      "federation_id" VARCHAR(36)  NOT NULL,
      "parent_id"     VARCHAR(36),
      "level"         VARCHAR(12)  NOT NULL,
      "name"          VARCHAR(40)  NOT NULL,
      "purpose"       VARCHAR(200) NOT NULL,
      "opened_on"     VARCHAR(10)  NOT NULL,
      "created_at"    DATETIME(3)  NOT NULL,
      CONSTRAINT "pk_funds" PRIMARY KEY ("id"),
      CONSTRAINT "ck_funds_level" CHECK (level IN ('FUND', 'PROJECT', 'SUB_PROJECT')),
      CONSTRAINT "ck_funds_root" CHECK ((level = 'FUND') = (parent_id IS NULL)),
      CONSTRAINT "uq_funds_name" UNIQUE ("federation_id", "name"),
      CONSTRAINT "fk_funds_federation" FOREIGN KEY ("federation_id") ${references('organisations')},
      CONSTRAINT "fk_funds_parent" FOREIGN KEY ("parent_id") ${references('funds')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_funds_parent" ON "funds" ("parent_id")`);
}

async function createRules(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "fund_rule_versions" (
      "id"                     VARCHAR(36) NOT NULL,
      "fund_id"                VARCHAR(36) NOT NULL,
      "version"                INTEGER     NOT NULL,
      "valid_from"             VARCHAR(10) NOT NULL,
      "document"               VARCHAR(80) NOT NULL,
      "causes"                 TEXT        NOT NULL,
      "brackets"               TEXT        NOT NULL,
      "grain_fen"              BIGINT      NOT NULL,
      "rounding"               VARCHAR(10) NOT NULL,
      "cap_fen"                BIGINT      NOT NULL,
      "cap_window"             VARCHAR(12) NOT NULL,
      "deducts_crowdfunding"   SMALLINT    NOT NULL,
      "notice_days"            INTEGER     NOT NULL,
      "notice_day_kind"        VARCHAR(10) NOT NULL,
      "advance_numerator"      INTEGER     NOT NULL,
      "advance_denominator"    INTEGER     NOT NULL,
      "second_review_from_fen" BIGINT      NOT NULL,
      "papers"                 TEXT        NOT NULL,
      "created_at"             DATETIME(3) NOT NULL,
      CONSTRAINT "pk_fund_rule_versions" PRIMARY KEY ("id"),
      CONSTRAINT "ck_fund_rule_versions_cap" CHECK (cap_fen > 0 AND cap_fen <= 50000000),
      CONSTRAINT "ck_fund_rule_versions_grain" CHECK (grain_fen > 0),
      CONSTRAINT "ck_fund_rule_versions_advance" CHECK (advance_numerator >= 0 AND advance_denominator > 0 AND advance_numerator * 2 <= advance_denominator),
      CONSTRAINT "ck_fund_rule_versions_notice" CHECK (notice_days > 0 AND second_review_from_fen > 0),
      CONSTRAINT "uq_fund_rule_versions_version" UNIQUE ("fund_id", "version"),
      CONSTRAINT "uq_fund_rule_versions_from" UNIQUE ("fund_id", "valid_from"),
      CONSTRAINT "fk_fund_rule_versions_fund" FOREIGN KEY ("fund_id") ${references('funds')}
    )`);
}

async function createGroups(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "cap_groups" (
      "id"             VARCHAR(36) NOT NULL,
      "counters"       INTEGER     NOT NULL,
      "merged_into_id" VARCHAR(36),
      "merged_at"      DATETIME(3),
      "created_at"     DATETIME(3) NOT NULL,
      CONSTRAINT "pk_cap_groups" PRIMARY KEY ("id"),
      CONSTRAINT "ck_cap_groups_merged" CHECK ((merged_into_id IS NULL) = (merged_at IS NULL)),
      CONSTRAINT "fk_cap_groups_merged" FOREIGN KEY ("merged_into_id") ${references('cap_groups')}
    )`);
  await queryRunner.query(`
    CREATE TABLE "cap_members" (
      "id"        VARCHAR(36) NOT NULL,
      "identity"  VARCHAR(80) NOT NULL,
      "group_id"  VARCHAR(36) NOT NULL,
      "joined_at" DATETIME(3) NOT NULL,
      CONSTRAINT "pk_cap_members" PRIMARY KEY ("id"),
      CONSTRAINT "uq_cap_members_identity" UNIQUE ("identity"),
      CONSTRAINT "fk_cap_members_group" FOREIGN KEY ("group_id") ${references('cap_groups')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_cap_members_group" ON "cap_members" ("group_id")`);
}

async function createCounters(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "cap_counters" (
      "id"             VARCHAR(36) NOT NULL,
      "fund_id"        VARCHAR(36) NOT NULL,
      "group_id"       VARCHAR(36) NOT NULL,
      "window_key"     VARCHAR(12) NOT NULL,
      "used_fen"       BIGINT      NOT NULL,
      "reserved_fen"   BIGINT      NOT NULL,
      "moves"          INTEGER     NOT NULL,
      "merged_into_id" VARCHAR(36),
      CONSTRAINT "pk_cap_counters" PRIMARY KEY ("id"),
      CONSTRAINT "ck_cap_counters_parts" CHECK (used_fen >= 0 AND reserved_fen >= 0 AND moves >= 0),
      CONSTRAINT "ck_cap_counters_ceiling" CHECK (used_fen <= 50000000),
      CONSTRAINT "uq_cap_counters_key" UNIQUE ("fund_id", "group_id", "window_key"),
      CONSTRAINT "fk_cap_counters_fund" FOREIGN KEY ("fund_id") ${references('funds')},
      CONSTRAINT "fk_cap_counters_group" FOREIGN KEY ("group_id") ${references('cap_groups')},
      CONSTRAINT "fk_cap_counters_merged" FOREIGN KEY ("merged_into_id") ${references('cap_counters')}
    )`);
  await queryRunner.query(`
    CREATE TABLE "cap_claims" (
      "id"           VARCHAR(36) NOT NULL,
      "counter_id"   VARCHAR(36) NOT NULL,
      "purpose"      VARCHAR(80) NOT NULL,
      "cap_fen"      BIGINT      NOT NULL,
      "amount_fen"   BIGINT      NOT NULL,
      "restored_fen" BIGINT      NOT NULL,
      "state"        VARCHAR(10) NOT NULL,
      "held_at"      DATETIME(3) NOT NULL,
      "ended_at"     DATETIME(3),
      CONSTRAINT "pk_cap_claims" PRIMARY KEY ("id"),
      CONSTRAINT "ck_cap_claims_amount" CHECK (amount_fen > 0 AND amount_fen <= cap_fen),
      CONSTRAINT "ck_cap_claims_state" CHECK (state IN ('HELD', 'RELEASED', 'SPENT')),
      CONSTRAINT "ck_cap_claims_ended" CHECK ((state = 'HELD') = (ended_at IS NULL)),
      CONSTRAINT "ck_cap_claims_restored" CHECK (restored_fen >= 0 AND restored_fen <= amount_fen AND (state = 'SPENT' OR restored_fen = 0)),
      CONSTRAINT "uq_cap_claims_purpose" UNIQUE ("purpose"),
      CONSTRAINT "fk_cap_claims_counter" FOREIGN KEY ("counter_id") ${references('cap_counters')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_cap_claims_counter" ON "cap_claims" ("counter_id", "state")`);
  await queryRunner.query(`
    CREATE TABLE "cap_moves" (
      "id"           VARCHAR(36) NOT NULL,
      "counter_id"   VARCHAR(36) NOT NULL,
      "sequence"     INTEGER     NOT NULL,
      "kind"         VARCHAR(10) NOT NULL,
      "claim_id"     VARCHAR(36),
      "used_fen"     BIGINT      NOT NULL,
      "reserved_fen" BIGINT      NOT NULL,
      "at"           DATETIME(3) NOT NULL,
      CONSTRAINT "pk_cap_moves" PRIMARY KEY ("id"),
      CONSTRAINT "ck_cap_moves_kind" CHECK (kind IN ('HELD', 'RELEASED', 'SPENT', 'RESTORED', 'MERGED')),
      CONSTRAINT "ck_cap_moves_claim" CHECK ((kind = 'MERGED') = (claim_id IS NULL)),
      CONSTRAINT "ck_cap_moves_amount" CHECK (used_fen >= 0 AND reserved_fen >= 0 AND sequence > 0),
      CONSTRAINT "uq_cap_moves_sequence" UNIQUE ("counter_id", "sequence"),
      CONSTRAINT "fk_cap_moves_counter" FOREIGN KEY ("counter_id") ${references('cap_counters')},
      CONSTRAINT "fk_cap_moves_claim" FOREIGN KEY ("claim_id") ${references('cap_claims')}
    )`);
}
