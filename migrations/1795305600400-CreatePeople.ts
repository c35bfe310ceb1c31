import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

/** The register of a society: households, persons, their cards, ties, consents and pledges, and sheets being imported. */
export class CreatePeople1795305600400 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createRegister(queryRunner);
    await createTies(queryRunner);
    await createConsents(queryRunner);
    await createImports(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query(`SELECT "id" FROM "persons" LIMIT 1`)) as unknown[];
    if (kept.length > 0) throw new Error('The register holds persons: restore a backup, do not revert');
    await endAppendOnly(queryRunner, 'pledges');
    await endAppendOnly(queryRunner, 'consents');
    for (const table of [
      'people_import_parts',
      'people_imports',
      'pledges',
      'consents',
      'kin_ties',
      'payee_accounts',
      'person_tags',
      'persons',
      'households',
    ])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createRegister(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "households" (
      "id"            VARCHAR(36) NOT NULL,
      "society_id"    VARCHAR(36) NOT NULL,
      "number"        VARCHAR(40) NOT NULL,
      "group_name"    VARCHAR(40) NOT NULL,
      "community"     VARCHAR(60),
      "grid"          VARCHAR(60),
      "building"      VARCHAR(60),
      "home"          VARCHAR(60),
      "address_index" VARCHAR(64),
      "created_at"    DATETIME(3) NOT NULL,
      CONSTRAINT "pk_households" PRIMARY KEY ("id"),
      CONSTRAINT "uq_households_number" UNIQUE ("society_id", "number")
    )`);
  await queryRunner.query(
    `CREATE INDEX "ix_households_address" ON "households" ("society_id", "address_index")`,
  );
  await queryRunner.query(`
    CREATE TABLE "persons" (
      "id"               VARCHAR(36)  NOT NULL,
      "society_id"       VARCHAR(36)  NOT NULL,
      "household_id"     VARCHAR(36)  NOT NULL,
      "name"             VARCHAR(100) NOT NULL,
      "initials"         VARCHAR(60)  NOT NULL,
      "born_on"          VARCHAR(10),
      "sex"              VARCHAR(6),
      "id_state"         VARCHAR(10)  NOT NULL,
      "id_number_sealed" TEXT,
      "id_number_index"  VARCHAR(64),
      "phone_sealed"     TEXT,
      "phone_index"      VARCHAR(64),
      "phone_tail"       VARCHAR(4),
      "category"         VARCHAR(20)  NOT NULL,
      "residence"        VARCHAR(10)  NOT NULL,
      "origin"           VARCHAR(100),
      "guardian_id"      VARCHAR(36),
      "consents_count"   INTEGER          NOT NULL,
      "created_at"       DATETIME(3)  NOT NULL,
      CONSTRAINT "pk_persons" PRIMARY KEY ("id"),
      CONSTRAINT "ck_persons_id_state" CHECK ((id_state = 'KNOWN' AND id_number_sealed IS NOT NULL AND id_number_index IS NOT NULL) OR (id_state = 'PENDING' AND id_number_sealed IS NULL AND id_number_index IS NULL)),
      CONSTRAINT "ck_persons_guardian" CHECK (guardian_id IS NULL OR guardian_id <> id),
      CONSTRAINT "uq_persons_id_number" UNIQUE ("society_id", "id_number_index"),
      CONSTRAINT "fk_persons_household" FOREIGN KEY ("household_id") REFERENCES "households" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION,
      CONSTRAINT "fk_persons_guardian" FOREIGN KEY ("guardian_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
  for (const [name, columns] of [
    ['name', '"society_id", "name"'],
    ['initials', '"society_id", "initials"'],
    ['phone_tail', '"society_id", "phone_tail"'],
    ['phone', '"society_id", "phone_index"'],
    ['household', '"household_id"'],
  ])
    await queryRunner.query(`CREATE INDEX "ix_persons_${name}" ON "persons" (${columns})`);
  await queryRunner.query(`
    CREATE TABLE "person_tags" (
      "person_id" VARCHAR(36) NOT NULL,
      "tag"       VARCHAR(20) NOT NULL,
      CONSTRAINT "pk_person_tags" PRIMARY KEY ("person_id", "tag"),
      CONSTRAINT "fk_person_tags_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
}

async function createTies(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "payee_accounts" (
      "id"           VARCHAR(36)  NOT NULL,
      "society_id"   VARCHAR(36)  NOT NULL,
      "person_id"    VARCHAR(36)  NOT NULL,
      "holder_name"  VARCHAR(100) NOT NULL,
      "bank_name"    VARCHAR(60)  NOT NULL,
      "card_sealed"  TEXT         NOT NULL,
      "card_index"   VARCHAR(64)  NOT NULL,
      "card_tail"    VARCHAR(4)   NOT NULL,
      "luhn"         SMALLINT     NOT NULL,
      "holder_match" VARCHAR(10)  NOT NULL,
      "created_at"   DATETIME(3)  NOT NULL,
      CONSTRAINT "pk_payee_accounts" PRIMARY KEY ("id"),
      CONSTRAINT "uq_payee_accounts_card" UNIQUE ("person_id", "card_index"),
      CONSTRAINT "fk_payee_accounts_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
  await queryRunner.query(
    `CREATE INDEX "ix_payee_accounts_card" ON "payee_accounts" ("society_id", "card_index")`,
  );
  await queryRunner.query(`
    CREATE TABLE "kin_ties" (
      "id"          VARCHAR(36) NOT NULL,
      "society_id"  VARCHAR(36) NOT NULL,
      "one_id"      VARCHAR(36) NOT NULL,
      "other_id"    VARCHAR(36) NOT NULL,
      "relation"    VARCHAR(20) NOT NULL,
      "declared_at" DATETIME(3) NOT NULL,
      CONSTRAINT "pk_kin_ties" PRIMARY KEY ("id"),
      CONSTRAINT "ck_kin_ties_order" CHECK (one_id < other_id),
      CONSTRAINT "uq_kin_ties_pair" UNIQUE ("one_id", "other_id", "relation"),
      CONSTRAINT "fk_kin_ties_one" FOREIGN KEY ("one_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION,
      CONSTRAINT "fk_kin_ties_other" FOREIGN KEY ("other_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
  await queryRunner.query(`CREATE INDEX "ix_kin_ties_other" ON "kin_ties" ("other_id")`);
}

async function createConsents(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "consents" (
      "id"           VARCHAR(36) NOT NULL,
      "society_id"   VARCHAR(36) NOT NULL,
      "person_id"    VARCHAR(36) NOT NULL,
      "position"     INTEGER         NOT NULL,
      "purpose"      VARCHAR(20) NOT NULL,
      "given"        SMALLINT    NOT NULL,
      "text_version" VARCHAR(20) NOT NULL,
      "how"          VARCHAR(10) NOT NULL,
      "guardian_id"  VARCHAR(36),
      "other_id"     VARCHAR(36),
      "relation"     VARCHAR(20),
      "file_id"      VARCHAR(36),
      "at"           DATETIME(3) NOT NULL,
      "by_person_id" VARCHAR(36),
      "source_id"    VARCHAR(36),
      CONSTRAINT "pk_consents" PRIMARY KEY ("id"),
      CONSTRAINT "ck_consents_how" CHECK (how IN ('PAPER', 'ON_SCREEN', 'GUARDIAN', 'PROXY', 'SPOKEN', 'PHONE')),
      CONSTRAINT "ck_consents_other" CHECK (source_id IS NOT NULL OR (how IN ('PROXY', 'SPOKEN', 'PHONE')) = (other_id IS NOT NULL)),
      CONSTRAINT "ck_consents_oneself" CHECK (other_id IS NULL OR (other_id <> person_id AND (by_person_id IS NULL OR other_id <> by_person_id))),
      CONSTRAINT "ck_consents_relation" CHECK (source_id IS NOT NULL OR (how = 'PROXY') = (relation IS NOT NULL)),
      CONSTRAINT "ck_consents_phone" CHECK (how <> 'PHONE' OR given = 0 OR purpose NOT IN ('HEALTH_BANK', 'PUBLISH')),
      CONSTRAINT "uq_consents_position" UNIQUE ("person_id", "position"),
      CONSTRAINT "fk_consents_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
  await queryRunner.query(`
    CREATE TABLE "pledges" (
      "id"           VARCHAR(36) NOT NULL,
      "society_id"   VARCHAR(36) NOT NULL,
      "person_id"    VARCHAR(36) NOT NULL,
      "kind"         VARCHAR(10) NOT NULL,
      "term_id"      VARCHAR(36),
      "text_version" VARCHAR(20) NOT NULL,
      "how"          VARCHAR(10) NOT NULL,
      "guardian_id"  VARCHAR(36),
      "file_id"      VARCHAR(36),
      "at"           DATETIME(3) NOT NULL,
      "by_person_id" VARCHAR(36),
      "source_id"    VARCHAR(36),
      CONSTRAINT "pk_pledges" PRIMARY KEY ("id"),
      CONSTRAINT "ck_pledges_kind" CHECK (kind IN ('APPLICANT', 'OFFICER')),
      CONSTRAINT "ck_pledges_term" CHECK ((kind = 'OFFICER') = (term_id IS NOT NULL)),
      CONSTRAINT "ck_pledges_how" CHECK (how IN ('PAPER', 'ON_SCREEN', 'GUARDIAN')),
      CONSTRAINT "uq_pledges_term" UNIQUE ("term_id"),
      CONSTRAINT "fk_pledges_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
  await queryRunner.query(`CREATE INDEX "ix_pledges_person" ON "pledges" ("person_id", "at")`);
  await makeAppendOnly(queryRunner, 'consents');
  await makeAppendOnly(queryRunner, 'pledges');
}

async function createImports(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "people_imports" (
      "id"           VARCHAR(36) NOT NULL,
      "society_id"   VARCHAR(36) NOT NULL,
      "account_id"   VARCHAR(36),
      "created_at"   DATETIME(3) NOT NULL,
      "expires_at"   DATETIME(3) NOT NULL,
      "confirmed_at" DATETIME(3),
      CONSTRAINT "pk_people_imports" PRIMARY KEY ("id")
    )`);
  await queryRunner.query(
    `CREATE INDEX "ix_people_imports_society" ON "people_imports" ("society_id", "expires_at")`,
  );
  await queryRunner.query(`
    CREATE TABLE "people_import_parts" (
      "import_id"   VARCHAR(36) NOT NULL,
      "position"    INTEGER         NOT NULL,
      "rows_sealed" TEXT        NOT NULL,
      CONSTRAINT "pk_people_import_parts" PRIMARY KEY ("import_id", "position"),
      CONSTRAINT "fk_people_import_parts_import" FOREIGN KEY ("import_id") REFERENCES "people_imports" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
}
