import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const APPEND_ONLY = ['round_minutes', 'round_stances', 'round_directors'];

/**
 * Rounds of the board: the snapshot of directors, the links by which they vote, what each of them said, in its order,
 * and the minutes.
 */
export class CreateBoard1795305600900 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createRounds(queryRunner);
    await createDirectors(queryRunner);
    await createLinks(queryRunner);
    await createStances(queryRunner);
    await createMinutes(queryRunner);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const held = (await queryRunner.query(`SELECT "id" FROM "rounds" LIMIT 1`)) as unknown[];
    if (held.length > 0) throw new Error('The board has decided: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of ['round_minutes', 'round_stances', 'ballot_links', 'round_directors', 'rounds'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createRounds(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "rounds" (
      "id"                   VARCHAR(36) NOT NULL,
      "society_id"           VARCHAR(36) NOT NULL,
      "society_name"         VARCHAR(60) NOT NULL,
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
      "met_at"               DATETIME(3),
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
      CONSTRAINT "ck_rounds_state" CHECK (state IN ('OPEN', 'APPROVED', 'REJECTED', 'LAPSED', 'ESCALATED', 'VOIDED')),
      CONSTRAINT "ck_rounds_open" CHECK ((state = 'OPEN') = (open_key IS NOT NULL)),
      CONSTRAINT "ck_rounds_decided" CHECK ((state = 'OPEN') = (decided_at IS NULL)),
      CONSTRAINT "ck_rounds_tallied" CHECK (state = 'OPEN' OR (electors = directors - recused AND present = yes_count + no_count + abstain_count AND present <= electors AND closing IS NOT NULL)),
      CONSTRAINT "ck_rounds_numbered" CHECK ((state IN ('APPROVED', 'REJECTED')) = (decision_number IS NOT NULL)),
      CONSTRAINT "ck_rounds_too_few" CHECK ((state = 'ESCALATED') = (COALESCE(closing, 'NONE') = 'TOO_FEW')),
      CONSTRAINT "ck_rounds_voided" CHECK ((state = 'VOIDED') = (COALESCE(closing, 'NONE') = 'VOIDED')),
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

async function createLinks(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "ballot_links" (
      "id"         VARCHAR(36) NOT NULL,
      "round_id"   VARCHAR(36) NOT NULL,
      "person_id"  VARCHAR(36) NOT NULL,
      "token_hash" VARCHAR(64) NOT NULL,
      "made_at"    DATETIME(3) NOT NULL,
      "made_by"    VARCHAR(36),
      "revoked_at" DATETIME(3),
      CONSTRAINT "pk_ballot_links" PRIMARY KEY ("id"),
      CONSTRAINT "ck_ballot_links_revoked" CHECK (revoked_at IS NULL OR revoked_at >= made_at),
      CONSTRAINT "uq_ballot_links_token" UNIQUE ("token_hash"),
      CONSTRAINT "fk_ballot_links_director" FOREIGN KEY ("round_id", "person_id") REFERENCES "round_directors" ("round_id", "person_id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
}

/** The last stance of a director counts; what stands before it is what was changed. */
async function createStances(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "round_stances" (
      "id"            VARCHAR(36) NOT NULL,
      "round_id"      VARCHAR(36) NOT NULL,
      "person_id"     VARCHAR(36) NOT NULL,
      "sequence"      INTEGER     NOT NULL,
      "kind"          VARCHAR(10) NOT NULL,
      "choice"        VARCHAR(10),
      "reason"        VARCHAR(20),
      "how"           VARCHAR(10) NOT NULL,
      "file_id"       VARCHAR(36),
      "link_id"       VARCHAR(36),
      "why_sealed"    TEXT,
      "recorded_by"   VARCHAR(36),
      "recorder_name" VARCHAR(80),
      "recorded_at"   DATETIME(3) NOT NULL,
      CONSTRAINT "pk_round_stances" PRIMARY KEY ("id"),
      CONSTRAINT "ck_round_stances_kind" CHECK ((kind = 'BALLOT' AND choice IS NOT NULL AND choice IN ('yes', 'no', 'abstain') AND reason IS NULL AND how IN ('HAND', 'PHONE', 'OWN', 'MEETING')) OR (kind = 'RECUSAL' AND choice IS NULL AND reason IS NOT NULL AND how IN ('OPENING', 'DECLARED')) OR (kind = 'RETRACTED' AND choice IS NULL AND reason IS NULL AND how IN ('HAND', 'PHONE', 'MEETING'))),
      CONSTRAINT "ck_round_stances_sequence" CHECK (sequence > 0),
      CONSTRAINT "ck_round_stances_sheet" CHECK ((how IN ('HAND', 'MEETING')) = (file_id IS NOT NULL)),
      CONSTRAINT "ck_round_stances_own" CHECK (how <> 'OWN' OR COALESCE(recorded_by, '') = person_id),
      CONSTRAINT "ck_round_stances_link" CHECK (link_id IS NULL OR how IN ('OWN', 'DECLARED')),
      CONSTRAINT "ck_round_stances_why" CHECK (why_sealed IS NULL OR (how = 'OWN' AND choice = 'no')),
      CONSTRAINT "uq_round_stances_sequence" UNIQUE ("round_id", "person_id", "sequence"),
      CONSTRAINT "fk_round_stances_director" FOREIGN KEY ("round_id", "person_id") REFERENCES "round_directors" ("round_id", "person_id")
        ON DELETE NO ACTION ON UPDATE NO ACTION,
      CONSTRAINT "fk_round_stances_link" FOREIGN KEY ("link_id") REFERENCES "ballot_links" ("id")
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
