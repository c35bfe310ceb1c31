import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly, makeErasable } from '../src/platform/database/migrations.js';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Free words about a person's health and need, in tables of which nothing else may change. */
const ERASABLE = ['case_visits', 'case_amendments', 'relief_reviews', 'relief_follow_ups'];

/** What people asked of their own data, and what was erased: of whom, when and why. */
export class CreatePersonRights1795305601310 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "person_requests" (
        "id"                  VARCHAR(36) NOT NULL,
        "society_id"          VARCHAR(36) NOT NULL,
        "person_id"           VARCHAR(36) NOT NULL,
        "kind"                VARCHAR(5)  NOT NULL,
        "how"                 VARCHAR(10) NOT NULL,
        "asked_on"            VARCHAR(10) NOT NULL,
        "state"               VARCHAR(10) NOT NULL,
        "recorded_by"         VARCHAR(36),
        "recorded_by_account" VARCHAR(36),
        "recorded_at"         DATETIME(3) NOT NULL,
        "vouched_by"          VARCHAR(36),
        "vouched_by_account"  VARCHAR(36),
        "vouched_at"          DATETIME(3),
        "decided_by"          VARCHAR(36),
        "decided_by_account"  VARCHAR(36),
        "decided_at"          DATETIME(3),
        "answer_sealed"       TEXT,
        "open_key"            VARCHAR(50),
        CONSTRAINT "pk_person_requests" PRIMARY KEY ("id"),
        CONSTRAINT "ck_person_requests_kind" CHECK (kind IN ('COPY', 'ERASE')),
        CONSTRAINT "ck_person_requests_how" CHECK (how IN ('IN_PERSON', 'WRITTEN', 'PHONE')),
        CONSTRAINT "ck_person_requests_state" CHECK (state IN ('WAITING', 'DONE', 'DECLINED')),
        CONSTRAINT "ck_person_requests_open" CHECK ((state = 'WAITING') = (open_key IS NOT NULL)),
        CONSTRAINT "ck_person_requests_decided" CHECK ((state = 'WAITING') = (decided_at IS NULL)),
        CONSTRAINT "ck_person_requests_answer" CHECK ((state = 'DECLINED') = (answer_sealed IS NOT NULL)),
        CONSTRAINT "ck_person_requests_two" CHECK (kind <> 'ERASE' OR state <> 'DONE' OR decided_by IS NULL OR recorded_by IS NULL OR decided_by <> recorded_by),
        CONSTRAINT "ck_person_requests_vouched" CHECK (vouched_at IS NULL OR kind = 'COPY'),
        CONSTRAINT "ck_person_requests_voucher" CHECK (vouched_by IS NULL OR recorded_by IS NULL OR vouched_by <> recorded_by),
        CONSTRAINT "uq_person_requests_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_person_requests_person" FOREIGN KEY ("person_id") ${references('persons')}
      )`);
    await queryRunner.query(`
      CREATE TABLE "person_erasures" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "person_id"  VARCHAR(36) NOT NULL,
        "cause"      VARCHAR(60) NOT NULL,
        "erased_at"  DATETIME(3) NOT NULL,
        "fields"     INTEGER     NOT NULL,
        CONSTRAINT "pk_person_erasures" PRIMARY KEY ("id"),
        CONSTRAINT "ck_person_erasures_fields" CHECK (fields >= 0),
        CONSTRAINT "uq_person_erasures_cause" UNIQUE ("person_id", "cause"),
        CONSTRAINT "fk_person_erasures_person" FOREIGN KEY ("person_id") ${references('persons')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_person_requests_person" ON "person_requests" ("person_id", "recorded_at")`,
    );
    await queryRunner.query(
      `CREATE INDEX "ix_person_requests_society" ON "person_requests" ("society_id", "state", "recorded_at")`,
    );
    await makeAppendOnly(queryRunner, 'person_erasures');
    for (const table of ERASABLE) {
      await endAppendOnly(queryRunner, table);
      await makeErasable(queryRunner, table);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(
      `SELECT "id" FROM "person_requests" UNION ALL SELECT "id" FROM "person_erasures" LIMIT 1`,
    )) as unknown[];
    if (rows.length > 0) throw new Error('People asked for their rights: restore a backup, do not revert');
    for (const table of ERASABLE) {
      await endAppendOnly(queryRunner, table);
      await makeAppendOnly(queryRunner, table);
    }
    await endAppendOnly(queryRunner, 'person_erasures');
    for (const table of ['person_erasures', 'person_requests'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
