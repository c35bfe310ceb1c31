import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;
const APPEND_ONLY = ['donor_looks', 'donor_erasures'];
const TABLES = [...APPEND_ONLY, 'donor_requests'];

/** What donors asked of their own data, what was erased of it, and who looked at a name and a phone in full. */
export class CreateDonorRights1795305601540 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createRequests(queryRunner);
    await queryRunner.query(`
      CREATE TABLE "donor_erasures" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "donor_id"   VARCHAR(36) NOT NULL,
        "cause"      VARCHAR(60) NOT NULL,
        "erased_at"  DATETIME(3) NOT NULL,
        "fields"     INTEGER     NOT NULL,
        "name_gone"  SMALLINT    NOT NULL,
        CONSTRAINT "pk_donor_erasures" PRIMARY KEY ("id"),
        CONSTRAINT "ck_donor_erasures_fields" CHECK (fields >= 0),
        CONSTRAINT "uq_donor_erasures_cause" UNIQUE ("donor_id", "cause"),
        CONSTRAINT "fk_donor_erasures_donor" FOREIGN KEY ("donor_id") ${references('donors')}
      )`);
    await queryRunner.query(`
      CREATE TABLE "donor_looks" (
        "id"         VARCHAR(36) NOT NULL,
        "society_id" VARCHAR(36) NOT NULL,
        "account_id" VARCHAR(36) NOT NULL,
        "sequence"   INTEGER     NOT NULL,
        "looker_id"  VARCHAR(36),
        "donor_id"   VARCHAR(36) NOT NULL,
        "reason"     VARCHAR(15) NOT NULL,
        "at"         DATETIME(3) NOT NULL,
        CONSTRAINT "pk_donor_looks" PRIMARY KEY ("id"),
        CONSTRAINT "ck_donor_looks_reason" CHECK (reason IN ('CONTACT', 'VERIFY_TRANSFER', 'RECEIPT', 'CORRECTION')),
        CONSTRAINT "ck_donor_looks_sequence" CHECK (sequence > 0),
        CONSTRAINT "uq_donor_looks_sequence" UNIQUE ("account_id", "sequence"),
        CONSTRAINT "fk_donor_looks_donor" FOREIGN KEY ("donor_id") ${references('donors')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_donor_looks_donor" ON "donor_looks" ("donor_id", "at")`);
    await queryRunner.query(
      `CREATE INDEX "ix_donor_requests_donor" ON "donor_requests" ("donor_id", "recorded_at")`,
    );
    await queryRunner.query(
      `CREATE INDEX "ix_donor_requests_society" ON "donor_requests" ("society_id", "state", "recorded_at")`,
    );
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      const rows = (await queryRunner.query(`SELECT "id" FROM "${table}" LIMIT 1`)) as unknown[];
      if (rows.length > 0) throw new Error('Donors asked for their rights: restore a backup, do not revert');
    }
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createRequests(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "donor_requests" (
      "id"                  VARCHAR(36) NOT NULL,
      "society_id"          VARCHAR(36) NOT NULL,
      "donor_id"            VARCHAR(36) NOT NULL,
      "kind"                VARCHAR(7)  NOT NULL,
      "how"                 VARCHAR(10) NOT NULL,
      "asked_on"            VARCHAR(10) NOT NULL,
      "wish_sealed"         TEXT,
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
      CONSTRAINT "pk_donor_requests" PRIMARY KEY ("id"),
      CONSTRAINT "ck_donor_requests_kind" CHECK (kind IN ('COPY', 'CORRECT', 'ERASE')),
      CONSTRAINT "ck_donor_requests_how" CHECK (how IN ('ACCOUNT', 'IN_PERSON', 'WRITTEN', 'PHONE')),
      CONSTRAINT "ck_donor_requests_own" CHECK (how <> 'ACCOUNT' OR kind <> 'COPY'),
      CONSTRAINT "ck_donor_requests_wish" CHECK (wish_sealed IS NULL OR kind = 'CORRECT'),
      CONSTRAINT "ck_donor_requests_state" CHECK (state IN ('WAITING', 'DONE', 'DECLINED')),
      CONSTRAINT "ck_donor_requests_open" CHECK ((state = 'WAITING') = (open_key IS NOT NULL)),
      CONSTRAINT "ck_donor_requests_decided" CHECK ((state = 'WAITING') = (decided_at IS NULL)),
      CONSTRAINT "ck_donor_requests_answer" CHECK ((state = 'DECLINED') = (answer_sealed IS NOT NULL)),
      CONSTRAINT "ck_donor_requests_two" CHECK (kind <> 'ERASE' OR state <> 'DONE' OR ((decided_by IS NULL OR recorded_by IS NULL OR decided_by <> recorded_by) AND (decided_by_account IS NULL OR recorded_by_account IS NULL OR decided_by_account <> recorded_by_account))),
      CONSTRAINT "ck_donor_requests_vouched" CHECK (vouched_at IS NULL OR kind = 'COPY'),
      CONSTRAINT "ck_donor_requests_voucher" CHECK (vouched_by IS NULL OR recorded_by IS NULL OR vouched_by <> recorded_by),
      CONSTRAINT "uq_donor_requests_open" UNIQUE ("open_key"),
      CONSTRAINT "fk_donor_requests_donor" FOREIGN KEY ("donor_id") ${references('donors')}
    )`);
}
