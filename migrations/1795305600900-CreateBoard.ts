import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const APPEND_ONLY = ['round_minutes', 'round_stances', 'round_directors'];

/**
 * Rounds of the board: the snapshot of directors, what each of them said, and the minutes. A director has one stance
 * in a round, a ballot or a recusal, so that no recused director can have a ballot.
 */
export class CreateBoard1795305600900 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createRounds(queryRunner);
    await createDirectors(queryRunner);
    await createStances(queryRunner);
    await createMinutes(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const held = (await queryRunner.query(`SELECT "id" FROM "rounds" LIMIT 1`)) as unknown[];
    if (held.length > 0) throw new Error('The board has decided: restore a backup, do not revert');
    for (const table of APPEND_ONLY) {
      await endAppendOnly(queryRunner, table);
      await queryRunner.query(`DROP TABLE "${table}"`);
    }
    await queryRunner.query(`DROP TABLE "rounds"`);
  }
}

async function createRounds(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "rounds" (
      "id"                   VARCHAR(36) NOT NULL,
      "society_id"           VARCHAR(36) NOT NULL,
      "subject_kind"         VARCHAR(40) NOT NULL,
      "subject_id"           VARCHAR(36) NOT NULL,
      "thread_id"            VARCHAR(36) NOT NULL,
      "sequence"             INTEGER     NOT NULL,
      "revision"             VARCHAR(64) NOT NULL,
      "motion"               TEXT        NOT NULL,
      "amount_fen"           BIGINT      NOT NULL,
      "charter_id"           VARCHAR(36) NOT NULL,
      "charter_article"      VARCHAR(80) NOT NULL,
      "number_prefix"        VARCHAR(40) NOT NULL,
      "quorum_numerator"     INTEGER     NOT NULL,
      "quorum_denominator"   INTEGER     NOT NULL,
      "majority_numerator"   INTEGER     NOT NULL,
      "majority_denominator" INTEGER     NOT NULL,
      "directors"            INTEGER     NOT NULL,
      "opened_by"            VARCHAR(36),
      "opened_at"            DATETIME(3) NOT NULL,
      "deadline_at"          DATETIME(3) NOT NULL,
      "state"                VARCHAR(10) NOT NULL,
      "version"              INTEGER     NOT NULL,
      "open_key"             VARCHAR(80),
      "presider_id"          VARCHAR(36),
      "recorder_id"          VARCHAR(36),
      "recorder_name"        VARCHAR(80),
      "sheet_file_id"        VARCHAR(36),
      "place"                VARCHAR(80),
      "hands_at"             DATETIME(3),
      "recused"              INTEGER,
      "electors"             INTEGER,
      "present"              INTEGER,
      "yes_count"            INTEGER,
      "no_count"             INTEGER,
      "abstain_count"        INTEGER,
      "closing"              VARCHAR(10),
      "decision_year"        INTEGER,
      "decision_serial"      INTEGER,
      "decision_number"      VARCHAR(60),
      "decided_at"           DATETIME(3),
      CONSTRAINT "pk_rounds" PRIMARY KEY ("id"),
      CONSTRAINT "ck_rounds_state" CHECK (state IN ('OPEN', 'APPROVED', 'REJECTED', 'LAPSED')),
      CONSTRAINT "ck_rounds_open" CHECK ((state = 'OPEN') = (open_key IS NOT NULL)),
      CONSTRAINT "ck_rounds_decided" CHECK ((state = 'OPEN') = (decided_at IS NULL)),
      CONSTRAINT "ck_rounds_tallied" CHECK (state = 'OPEN' OR (electors = directors - recused AND present = yes_count + no_count + abstain_count AND present <= electors AND closing IS NOT NULL)),
      CONSTRAINT "ck_rounds_numbered" CHECK ((state IN ('APPROVED', 'REJECTED')) = (decision_number IS NOT NULL)),
      CONSTRAINT "ck_rounds_presided" CHECK (state <> 'APPROVED' OR presider_id IS NOT NULL),
      CONSTRAINT "ck_rounds_sheet" CHECK ((presider_id IS NULL) = (sheet_file_id IS NULL)),
      CONSTRAINT "ck_rounds_rule" CHECK (quorum_numerator > 0 AND quorum_denominator >= quorum_numerator AND majority_numerator > 0 AND majority_denominator >= majority_numerator),
      CONSTRAINT "ck_rounds_amount" CHECK (amount_fen >= 0),
      CONSTRAINT "uq_rounds_open" UNIQUE ("open_key"),
      CONSTRAINT "uq_rounds_sequence" UNIQUE ("subject_kind", "subject_id", "sequence"),
      CONSTRAINT "uq_rounds_decision" UNIQUE ("society_id", "decision_year", "decision_serial")
    )`);
  await queryRunner.query(`CREATE INDEX "ix_rounds_due" ON "rounds" ("state", "deadline_at")`);
  await queryRunner.query(`CREATE INDEX "ix_rounds_thread" ON "rounds" ("thread_id")`);
}

async function createDirectors(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "round_directors" (
      "id"        VARCHAR(36) NOT NULL,
      "round_id"  VARCHAR(36) NOT NULL,
      "person_id" VARCHAR(36) NOT NULL,
      "name"      VARCHAR(80) NOT NULL,
      "place"     INTEGER     NOT NULL,
      CONSTRAINT "pk_round_directors" PRIMARY KEY ("id"),
      CONSTRAINT "uq_round_directors_person" UNIQUE ("round_id", "person_id"),
      CONSTRAINT "fk_round_directors_round" FOREIGN KEY ("round_id") REFERENCES "rounds" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
}

async function createStances(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "round_stances" (
      "id"          VARCHAR(36) NOT NULL,
      "round_id"    VARCHAR(36) NOT NULL,
      "person_id"   VARCHAR(36) NOT NULL,
      "kind"        VARCHAR(10) NOT NULL,
      "choice"      VARCHAR(10),
      "reason"      VARCHAR(20),
      "how"         VARCHAR(10) NOT NULL,
      "file_id"     VARCHAR(36),
      "recorded_by" VARCHAR(36),
      "recorded_at" DATETIME(3) NOT NULL,
      CONSTRAINT "pk_round_stances" PRIMARY KEY ("id"),
      CONSTRAINT "ck_round_stances_kind" CHECK ((kind = 'BALLOT' AND choice IN ('yes', 'no', 'abstain') AND reason IS NULL) OR (kind = 'RECUSAL' AND choice IS NULL AND reason IS NOT NULL)),
      CONSTRAINT "ck_round_stances_hand" CHECK (how <> 'HAND' OR (kind = 'BALLOT' AND file_id IS NOT NULL)),
      CONSTRAINT "uq_round_stances_person" UNIQUE ("round_id", "person_id"),
      CONSTRAINT "fk_round_stances_director" FOREIGN KEY ("round_id", "person_id") REFERENCES "round_directors" ("round_id", "person_id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
}

/** The content is sealed: it holds the names and how each of them voted. */
async function createMinutes(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "round_minutes" (
      "id"             VARCHAR(36) NOT NULL,
      "round_id"       VARCHAR(36) NOT NULL,
      "content_sealed" TEXT        NOT NULL,
      "content_hash"   VARCHAR(64) NOT NULL,
      "frozen_at"      DATETIME(3) NOT NULL,
      CONSTRAINT "pk_round_minutes" PRIMARY KEY ("id"),
      CONSTRAINT "uq_round_minutes_round" UNIQUE ("round_id"),
      CONSTRAINT "fk_round_minutes_round" FOREIGN KEY ("round_id") REFERENCES "rounds" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
}
