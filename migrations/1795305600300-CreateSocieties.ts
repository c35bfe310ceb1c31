import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const REGIONS = `
  CREATE TABLE "regions" (
    "id"         VARCHAR(36) NOT NULL,
    "level"      VARCHAR(10) NOT NULL,
    "parent_id"  VARCHAR(36),
    "created_at" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_regions" PRIMARY KEY ("id"),
    CONSTRAINT "fk_regions_parent" FOREIGN KEY ("parent_id") REFERENCES "regions" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const REGION_CODES = `
  CREATE TABLE "region_codes" (
    "id"             VARCHAR(36) NOT NULL,
    "region_id"      VARCHAR(36) NOT NULL,
    "code"           VARCHAR(12) NOT NULL,
    "name"           VARCHAR(60) NOT NULL,
    "valid_from"     VARCHAR(10) NOT NULL,
    "valid_until"    VARCHAR(10),
    "open_region_id" VARCHAR(36),
    CONSTRAINT "pk_region_codes" PRIMARY KEY ("id"),
    CONSTRAINT "ck_region_codes_open" CHECK ((valid_until IS NULL) = (open_region_id IS NOT NULL)),
    CONSTRAINT "ck_region_codes_span" CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT "uq_region_codes_open" UNIQUE ("open_region_id"),
    CONSTRAINT "uq_region_codes_from" UNIQUE ("region_id", "valid_from"),
    CONSTRAINT "fk_region_codes_region" FOREIGN KEY ("region_id") REFERENCES "regions" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const ORGANISATIONS = `
  CREATE TABLE "organisations" (
    "id"         VARCHAR(36) NOT NULL,
    "kind"       VARCHAR(20) NOT NULL,
    "name"       VARCHAR(60) NOT NULL,
    "short_name" VARCHAR(20) NOT NULL,
    "region_id"  VARCHAR(36) NOT NULL,
    "parent_id"  VARCHAR(36),
    "uscc"       VARCHAR(18),
    "board_code" VARCHAR(8)  NOT NULL,
    "created_at" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_organisations" PRIMARY KEY ("id"),
    CONSTRAINT "uq_organisations_name" UNIQUE ("region_id", "name"),
    CONSTRAINT "uq_organisations_uscc" UNIQUE ("uscc"),
    CONSTRAINT "uq_organisations_board_code" UNIQUE ("board_code"),
    CONSTRAINT "fk_organisations_region" FOREIGN KEY ("region_id") REFERENCES "regions" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "fk_organisations_parent" FOREIGN KEY ("parent_id") REFERENCES "organisations" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CHARTER_VERSIONS = `
  CREATE TABLE "charter_versions" (
    "id"                         VARCHAR(36)  NOT NULL,
    "society_id"                 VARCHAR(36)  NOT NULL,
    "version"                    INTEGER          NOT NULL,
    "valid_from"                 VARCHAR(10)  NOT NULL,
    "article"                    VARCHAR(40)  NOT NULL,
    "per_case_limit_fen"         BIGINT       NOT NULL,
    "household_year_limit_fen"   BIGINT       NOT NULL,
    "household_year_limit_count" INTEGER          NOT NULL,
    "quorum_numerator"           INTEGER          NOT NULL,
    "quorum_denominator"         INTEGER          NOT NULL,
    "majority_numerator"         INTEGER          NOT NULL,
    "majority_denominator"       INTEGER          NOT NULL,
    "notice_days"                INTEGER          NOT NULL,
    "notice_day_kind"            VARCHAR(10)  NOT NULL,
    "scope"                      VARCHAR(10)  NOT NULL,
    "fast_path_limit_fen"        BIGINT       NOT NULL,
    "vote_hours"                 INTEGER          NOT NULL,
    "pay_hours"                  INTEGER          NOT NULL,
    "post_working_days"          INTEGER          NOT NULL,
    "paper_working_days"         INTEGER          NOT NULL,
    "custody"                    VARCHAR(20)  NOT NULL,
    "number_prefix"              VARCHAR(20)  NOT NULL,
    "public_contact_office"      VARCHAR(40)  NOT NULL,
    "public_contact_phone"       VARCHAR(30)  NOT NULL,
    "public_contact_address"     VARCHAR(100) NOT NULL,
    "min_balance_fen"            BIGINT       NOT NULL,
    "created_at"                 DATETIME(3)  NOT NULL,
    CONSTRAINT "pk_charter_versions" PRIMARY KEY ("id"),
    CONSTRAINT "ck_charter_versions_money" CHECK (per_case_limit_fen > 0 AND fast_path_limit_fen >= 0 AND min_balance_fen >= 0),
    CONSTRAINT "ck_charter_versions_household" CHECK (household_year_limit_fen >= per_case_limit_fen AND household_year_limit_count > 0),
    CONSTRAINT "ck_charter_versions_fast_path" CHECK (fast_path_limit_fen <= per_case_limit_fen),
    CONSTRAINT "ck_charter_versions_quorum" CHECK (quorum_numerator > 0 AND quorum_numerator <= quorum_denominator),
    CONSTRAINT "ck_charter_versions_majority" CHECK (majority_numerator > 0 AND majority_numerator <= majority_denominator),
    CONSTRAINT "ck_charter_versions_clocks" CHECK (notice_days > 0 AND vote_hours > 0 AND pay_hours > 0 AND post_working_days > 0 AND paper_working_days > 0),
    CONSTRAINT "uq_charter_versions_version" UNIQUE ("society_id", "version"),
    CONSTRAINT "uq_charter_versions_from" UNIQUE ("society_id", "valid_from"),
    CONSTRAINT "fk_charter_versions_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

/** Places with dated codes and names, the organisations founded in them, and their charters version by version. */
export class CreateSocieties1795305600300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of [REGIONS, REGION_CODES, ORGANISATIONS, CHARTER_VERSIONS])
      await queryRunner.query(table);
    await queryRunner.query(`CREATE INDEX "ix_regions_parent" ON "regions" ("parent_id")`);
    await queryRunner.query(`CREATE INDEX "ix_region_codes_code" ON "region_codes" ("code")`);
    await queryRunner.query(`CREATE INDEX "ix_organisations_parent" ON "organisations" ("parent_id")`);
    await makeAppendOnly(queryRunner, 'charter_versions');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const founded = (await queryRunner.query(`SELECT "id" FROM "organisations" LIMIT 1`)) as unknown[];
    if (founded.length > 0) throw new Error('Societies were founded: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'charter_versions');
    for (const table of ['charter_versions', 'organisations', 'region_codes', 'regions'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
