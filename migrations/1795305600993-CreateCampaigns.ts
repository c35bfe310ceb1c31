import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['campaign_reports', 'campaigns', 'fundraising_certificates'];
const APPEND_ONLY = ['campaign_reports', 'fundraising_certificates'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Who may ask everybody for money, what is raised for, and what was published of it. */
export class CreateCampaigns1795305600993 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createCertificates(queryRunner);
    await createCampaigns(queryRunner);
    await queryRunner.query(`
      CREATE TABLE "campaign_reports" (
        "id"           VARCHAR(36)  NOT NULL,
        "campaign_id"  VARCHAR(36)  NOT NULL,
        "number"       INTEGER      NOT NULL,
        "kind"         VARCHAR(10)  NOT NULL,
        "until_on"     VARCHAR(10)  NOT NULL,
        "figures"      TEXT         NOT NULL,
        "words"        VARCHAR(500) NOT NULL,
        "published_at" DATETIME(3)  NOT NULL,
        "published_by" VARCHAR(36),
        CONSTRAINT "pk_campaign_reports" PRIMARY KEY ("id"),
        CONSTRAINT "ck_campaign_reports_kind" CHECK (kind IN ('PERIODIC', 'FINAL')),
        CONSTRAINT "uq_campaign_reports_number" UNIQUE ("campaign_id", "number"),
        CONSTRAINT "fk_campaign_reports_campaign" FOREIGN KEY ("campaign_id") ${references('campaigns')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_gifts_campaign" ON "gifts" ("campaign_id")`);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const given = (await queryRunner.query(`SELECT "id" FROM "campaigns" LIMIT 1`)) as unknown[];
    if (given.length > 0) throw new Error('Money was raised: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    await queryRunner.dropIndex('gifts', 'ix_gifts_campaign');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createCertificates(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "fundraising_certificates" (
      "id"          VARCHAR(36) NOT NULL,
      "society_id"  VARCHAR(36) NOT NULL,
      "kind"        VARCHAR(10) NOT NULL,
      "number"      VARCHAR(40) NOT NULL,
      "valid_from"  VARCHAR(10) NOT NULL,
      "valid_until" VARCHAR(10) NOT NULL,
      "set_by_id"   VARCHAR(36) NOT NULL,
      "set_by"      VARCHAR(36),
      "set_at"      DATETIME(3) NOT NULL,
      CONSTRAINT "pk_fundraising_certificates" PRIMARY KEY ("id"),
      CONSTRAINT "ck_fundraising_certificates_kind" CHECK (kind IN ('GIVEN', 'WITHDRAWN')),
      CONSTRAINT "ck_fundraising_certificates_days" CHECK (valid_until >= valid_from),
      CONSTRAINT "fk_fundraising_certificates_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_fundraising_certificates_set" FOREIGN KEY ("set_by_id") ${references('organisations')}
    )`);
  await queryRunner.query(
    `CREATE INDEX "ix_fundraising_certificates_society" ON "fundraising_certificates" ("society_id", "valid_from")`,
  );
}

async function createCampaigns(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "campaigns" (
      "id"             VARCHAR(36)  NOT NULL,
      "society_id"     VARCHAR(36)  NOT NULL,
      "code"           VARCHAR(8)   NOT NULL,
      "kind"           VARCHAR(10)  NOT NULL,
      "name"           VARCHAR(60)  NOT NULL,
      "purpose_words"  VARCHAR(500) NOT NULL,
      "fund"           VARCHAR(40)  NOT NULL,
      "restriction"    VARCHAR(40)  NOT NULL,
      "target_fen"     BIGINT       NOT NULL,
      "starts_on"      VARCHAR(10)  NOT NULL,
      "ends_on"        VARCHAR(10)  NOT NULL,
      "is_disaster"    SMALLINT     NOT NULL,
      "donor_group"    VARCHAR(24),
      "certificate_id" VARCHAR(36),
      "plan_number"    VARCHAR(60),
      "plan_filed_on"  VARCHAR(10),
      "admin_percent"  INTEGER      NOT NULL,
      "state"          VARCHAR(10)  NOT NULL,
      "end_reason"     VARCHAR(120),
      "opened_by"      VARCHAR(36),
      "opened_at"      DATETIME(3)  NOT NULL,
      "version"        INTEGER      NOT NULL,
      CONSTRAINT "pk_campaigns" PRIMARY KEY ("id"),
      CONSTRAINT "ck_campaigns_kind" CHECK (kind IN ('PUBLIC', 'TARGETED')),
      CONSTRAINT "ck_campaigns_state" CHECK (state IN ('OPEN', 'REPORTED', 'CANCELLED')),
      CONSTRAINT "ck_campaigns_target" CHECK (target_fen > 0),
      CONSTRAINT "ck_campaigns_days" CHECK (ends_on >= starts_on),
      CONSTRAINT "ck_campaigns_admin" CHECK (admin_percent >= 0 AND admin_percent <= 10),
      CONSTRAINT "ck_campaigns_certified" CHECK ((kind = 'PUBLIC') = (certificate_id IS NOT NULL)),
      CONSTRAINT "ck_campaigns_group" CHECK ((kind = 'TARGETED') = (donor_group IS NOT NULL)),
      CONSTRAINT "ck_campaigns_plan" CHECK ((plan_number IS NULL) = (plan_filed_on IS NULL) AND (plan_number IS NOT NULL OR kind = 'TARGETED' OR is_disaster = 1)),
      CONSTRAINT "uq_campaigns_code" UNIQUE ("code"),
      CONSTRAINT "fk_campaigns_society" FOREIGN KEY ("society_id") ${references('organisations')},
      CONSTRAINT "fk_campaigns_certificate" FOREIGN KEY ("certificate_id") ${references('fundraising_certificates')}
    )`);
  await queryRunner.query(`CREATE INDEX "ix_campaigns_society" ON "campaigns" ("society_id", "starts_on")`);
}
