import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const APPEND_ONLY = ['case_amendments', 'case_letters'];

/**
 * What the other ways of a case leave behind: amended fields, private letters, revocations, the fast path and who may
 * not take it, what was handed to the town or to another office, and what the town allowed.
 */
export class CreateCaseBranches1795305600940 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(table);
    for (const index of INDEXES) await queryRunner.query(index);
    for (const table of APPEND_ONLY) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kept = (await queryRunner.query('SELECT "id" FROM "cases" LIMIT 1')) as unknown[];
    if (kept.length > 0) throw new Error('There are cases on record: restore a backup, do not revert');
    for (const table of APPEND_ONLY) await endAppendOnly(queryRunner, table);
    for (const table of NAMES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

/** In the order in which they can be dropped. */
const NAMES = [
  'case_overrides',
  'case_handovers',
  'case_letters',
  'fast_path_suspensions',
  'fast_paths',
  'case_write_offs',
  'case_revocations',
  'case_amendments',
];

/** What was changed after a case was taken in, field by field. Free words are sealed; the rest are ids and figures. */
const CASE_AMENDMENTS = `
  CREATE TABLE "case_amendments" (
    "id"            VARCHAR(36) NOT NULL,
    "case_id"       VARCHAR(36) NOT NULL,
    "field"         VARCHAR(12) NOT NULL,
    "before_sealed" TEXT        NULL,
    "after_sealed"  TEXT        NULL,
    "reason"        VARCHAR(20) NOT NULL,
    "round_id"      VARCHAR(36) NULL,
    "amended_at"    DATETIME(3) NOT NULL,
    "amended_by"    VARCHAR(36) NULL,
    CONSTRAINT "pk_case_amendments" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_amendments_field" CHECK (field IN ('AMOUNT', 'CAUSE', 'PAYEE', 'METHOD', 'ACCOUNT', 'STORY')),
    CONSTRAINT "fk_case_amendments_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_REVOCATIONS = `
  CREATE TABLE "case_revocations" (
    "id"              VARCHAR(36) NOT NULL,
    "case_id"         VARCHAR(36) NOT NULL,
    "society_id"      VARCHAR(36) NOT NULL,
    "reason"          VARCHAR(20) NOT NULL,
    "hearing"         VARCHAR(12) NOT NULL,
    "kept_fen"        BIGINT      NOT NULL,
    "findings_sealed" TEXT        NULL,
    "state"           VARCHAR(8)  NOT NULL,
    "opened_at"       DATETIME(3) NOT NULL,
    "opened_by"       VARCHAR(36) NULL,
    "ended_at"        DATETIME(3) NULL,
    "open_key"        VARCHAR(36) NULL,
    CONSTRAINT "pk_case_revocations" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_revocations_state" CHECK (state IN ('OPEN', 'REVOKED', 'KEPT')),
    CONSTRAINT "ck_case_revocations_open" CHECK ((state = 'OPEN') = (open_key IS NOT NULL)),
    CONSTRAINT "ck_case_revocations_kept" CHECK (kept_fen >= 0),
    CONSTRAINT "ck_case_revocations_ended" CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CONSTRAINT "uq_case_revocations_open" UNIQUE ("open_key"),
    CONSTRAINT "fk_case_revocations_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

/** What a village could not get back, put to the board of the town union above it. */
const CASE_WRITE_OFFS = `
  CREATE TABLE "case_write_offs" (
    "id"          VARCHAR(36) NOT NULL,
    "case_id"     VARCHAR(36) NOT NULL,
    "recovery_id" VARCHAR(36) NOT NULL,
    "society_id"  VARCHAR(36) NOT NULL,
    "union_id"    VARCHAR(36) NOT NULL,
    "reason"      VARCHAR(12) NOT NULL,
    "issuer"      TEXT        NOT NULL,
    "state"       VARCHAR(12) NOT NULL,
    "opened_at"   DATETIME(3) NOT NULL,
    "opened_by"   VARCHAR(36) NULL,
    "ended_at"    DATETIME(3) NULL,
    "open_key"    VARCHAR(36) NULL,
    CONSTRAINT "pk_case_write_offs" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_write_offs_state" CHECK (state IN ('OPEN', 'WRITTEN_OFF', 'KEPT')),
    CONSTRAINT "ck_case_write_offs_open" CHECK ((state = 'OPEN') = (open_key IS NOT NULL)),
    CONSTRAINT "ck_case_write_offs_ended" CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CONSTRAINT "uq_case_write_offs_open" UNIQUE ("open_key"),
    CONSTRAINT "fk_case_write_offs_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

/** The way that does not wait for the board: three signatures within two hours, and the board's word afterwards. */
const FAST_PATHS = `
  CREATE TABLE "fast_paths" (
    "id"                    VARCHAR(36) NOT NULL,
    "case_id"               VARCHAR(36) NOT NULL,
    "society_id"            VARCHAR(36) NOT NULL,
    "sequence"              INTEGER     NOT NULL,
    "risk"                  VARCHAR(8)  NOT NULL,
    "state"                 VARCHAR(12) NOT NULL,
    "version"               INTEGER     NOT NULL,
    "open_key"              VARCHAR(36) NULL,
    "chair_id"              VARCHAR(36) NOT NULL,
    "chair_office"          VARCHAR(6)  NOT NULL,
    "secretary_id"          VARCHAR(36) NOT NULL,
    "supervisor_id"         VARCHAR(36) NOT NULL,
    "chair_said"            VARCHAR(3)  NULL,
    "chair_at"              DATETIME(3) NULL,
    "secretary_said"        VARCHAR(3)  NULL,
    "secretary_at"          DATETIME(3) NULL,
    "supervisor_said"       VARCHAR(3)  NULL,
    "supervisor_at"         DATETIME(3) NULL,
    "opened_at"             DATETIME(3) NOT NULL,
    "due_at"                DATETIME(3) NOT NULL,
    "ended_at"              DATETIME(3) NULL,
    "ratification_round_id" VARCHAR(36) NULL,
    "ratified_at"           DATETIME(3) NULL,
    "review_wanted_at"      DATETIME(3) NULL,
    CONSTRAINT "pk_fast_paths" PRIMARY KEY ("id"),
    CONSTRAINT "ck_fast_paths_state" CHECK (state IN ('OPEN', 'APPROVED', 'STOPPED', 'EXPIRED', 'CANCELLED', 'RATIFIED', 'NOT_RATIFIED')),
    CONSTRAINT "ck_fast_paths_risk" CHECK (risk IN ('LIFE', 'SHELTER')),
    CONSTRAINT "ck_fast_paths_chair" CHECK (chair_office IN ('CHAIR', 'DEPUTY')),
    CONSTRAINT "ck_fast_paths_three" CHECK (chair_id <> secretary_id AND chair_id <> supervisor_id AND secretary_id <> supervisor_id),
    CONSTRAINT "ck_fast_paths_answers" CHECK (COALESCE(chair_said, 'yes') IN ('yes', 'no') AND COALESCE(secretary_said, 'yes') IN ('yes', 'no') AND COALESCE(supervisor_said, 'yes') IN ('yes', 'no')),
    CONSTRAINT "ck_fast_paths_signed" CHECK ((chair_said IS NULL) = (chair_at IS NULL) AND (secretary_said IS NULL) = (secretary_at IS NULL) AND (supervisor_said IS NULL) = (supervisor_at IS NULL)),
    CONSTRAINT "ck_fast_paths_open" CHECK ((state = 'OPEN') = (open_key IS NOT NULL)),
    CONSTRAINT "ck_fast_paths_ended" CHECK ((state = 'OPEN') = (ended_at IS NULL)),
    CONSTRAINT "ck_fast_paths_approved" CHECK (state NOT IN ('APPROVED', 'RATIFIED', 'NOT_RATIFIED') OR (COALESCE(chair_said, '') = 'yes' AND COALESCE(secretary_said, '') = 'yes' AND COALESCE(supervisor_said, '') = 'yes')),
    CONSTRAINT "ck_fast_paths_stopped" CHECK ((state = 'STOPPED') = (COALESCE(chair_said, '') = 'no' OR COALESCE(secretary_said, '') = 'no' OR COALESCE(supervisor_said, '') = 'no')),
    CONSTRAINT "ck_fast_paths_ratified" CHECK ((state = 'RATIFIED') = (ratified_at IS NOT NULL)),
    CONSTRAINT "ck_fast_paths_review" CHECK ((state = 'NOT_RATIFIED') = (review_wanted_at IS NOT NULL)),
    CONSTRAINT "ck_fast_paths_asked" CHECK (state NOT IN ('RATIFIED', 'NOT_RATIFIED') OR ratification_round_id IS NOT NULL),
    CONSTRAINT "uq_fast_paths_open" UNIQUE ("open_key"),
    CONSTRAINT "uq_fast_paths_sequence" UNIQUE ("case_id", "sequence"),
    CONSTRAINT "fk_fast_paths_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const FAST_PATH_SUSPENSIONS = `
  CREATE TABLE "fast_path_suspensions" (
    "id"           VARCHAR(36) NOT NULL,
    "society_id"   VARCHAR(36) NOT NULL,
    "person_id"    VARCHAR(36) NOT NULL,
    "fast_path_id" VARCHAR(36) NOT NULL,
    "since"        DATETIME(3) NOT NULL,
    "lifted_at"    DATETIME(3) NULL,
    "lifted_by"    VARCHAR(36) NULL,
    "lift_reason"  VARCHAR(10) NULL,
    CONSTRAINT "pk_fast_path_suspensions" PRIMARY KEY ("id"),
    CONSTRAINT "ck_fast_path_suspensions_lifted" CHECK ((lifted_at IS NULL) = (lift_reason IS NULL)),
    CONSTRAINT "ck_fast_path_suspensions_by" CHECK (lifted_by IS NULL OR lifted_at IS NOT NULL),
    CONSTRAINT "ck_fast_path_suspensions_reason" CHECK (lift_reason IS NULL OR lift_reason IN ('IN_ORDER', 'CORRECTED')),
    CONSTRAINT "uq_fast_path_suspensions_person" UNIQUE ("fast_path_id", "person_id"),
    CONSTRAINT "fk_fast_path_suspensions_path" FOREIGN KEY ("fast_path_id") REFERENCES "fast_paths" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_LETTERS = `
  CREATE TABLE "case_letters" (
    "id"             VARCHAR(36) NOT NULL,
    "case_id"        VARCHAR(36) NOT NULL,
    "society_id"     VARCHAR(36) NOT NULL,
    "kind"           VARCHAR(10) NOT NULL,
    "content_sealed" TEXT        NOT NULL,
    "content_hash"   VARCHAR(64) NOT NULL,
    "made_at"        DATETIME(3) NOT NULL,
    "made_by"        VARCHAR(36) NULL,
    CONSTRAINT "pk_case_letters" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_letters_kind" CHECK (kind IN ('REJECTION', 'DEMAND', 'REFERRAL', 'ENDING')),
    CONSTRAINT "fk_case_letters_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_HANDOVERS = `
  CREATE TABLE "case_handovers" (
    "id"                 VARCHAR(36) NOT NULL,
    "case_id"            VARCHAR(36) NOT NULL,
    "society_id"         VARCHAR(36) NOT NULL,
    "kind"               VARCHAR(8)  NOT NULL,
    "reason"             VARCHAR(20) NOT NULL,
    "to_society_id"      VARCHAR(36) NULL,
    "asked_fen"          BIGINT      NULL,
    "note_sealed"        TEXT        NULL,
    "state"              VARCHAR(8)  NOT NULL,
    "taken_case_id"      VARCHAR(36) NULL,
    "answer"             VARCHAR(12) NULL,
    "answer_note_sealed" TEXT        NULL,
    "answered_fen"       BIGINT      NULL,
    "opened_at"          DATETIME(3) NOT NULL,
    "opened_by"          VARCHAR(36) NULL,
    "answered_at"        DATETIME(3) NULL,
    "answered_by"        VARCHAR(36) NULL,
    CONSTRAINT "pk_case_handovers" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_handovers_kind" CHECK (kind = 'TOWN' OR (kind = 'OFFICE' AND to_society_id IS NULL)),
    CONSTRAINT "ck_case_handovers_state" CHECK (state IN ('OPEN', 'TAKEN', 'ANSWERED')),
    CONSTRAINT "ck_case_handovers_taken" CHECK ((state <> 'OPEN' OR taken_case_id IS NULL) AND (state <> 'TAKEN' OR taken_case_id IS NOT NULL)),
    CONSTRAINT "ck_case_handovers_answered" CHECK ((state = 'ANSWERED') = (answer IS NOT NULL) AND (state = 'ANSWERED') = (answered_at IS NOT NULL)),
    CONSTRAINT "ck_case_handovers_money" CHECK (COALESCE(asked_fen, 1) > 0 AND COALESCE(answered_fen, 1) > 0 AND (answered_fen IS NULL OR COALESCE(answer, '') = 'HELPED')),
    CONSTRAINT "uq_case_handovers_case" UNIQUE ("case_id"),
    CONSTRAINT "uq_case_handovers_taken" UNIQUE ("taken_case_id"),
    CONSTRAINT "fk_case_handovers_case" FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "fk_case_handovers_taken" FOREIGN KEY ("taken_case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const CASE_OVERRIDES = `
  CREATE TABLE "case_overrides" (
    "id"                VARCHAR(36) NOT NULL,
    "society_id"        VARCHAR(36) NOT NULL,
    "kind"              VARCHAR(16) NOT NULL,
    "person_id"         VARCHAR(36) NOT NULL,
    "household_id"      VARCHAR(36) NOT NULL,
    "cause"             VARCHAR(12) NULL,
    "year"              INTEGER     NOT NULL,
    "asked_by"          VARCHAR(36) NULL,
    "asked_at"          DATETIME(3) NOT NULL,
    "asked_note_sealed" TEXT        NOT NULL,
    "state"             VARCHAR(8)  NOT NULL,
    "decided_by"        VARCHAR(36) NULL,
    "decided_at"        DATETIME(3) NULL,
    "reason"            VARCHAR(20) NULL,
    "words_sealed"      TEXT        NULL,
    "used_case_id"      VARCHAR(36) NULL,
    "open_key"          VARCHAR(80) NULL,
    CONSTRAINT "pk_case_overrides" PRIMARY KEY ("id"),
    CONSTRAINT "ck_case_overrides_kind" CHECK (kind IN ('SAME_CAUSE', 'PAPERS_OVERDUE') AND (kind = 'SAME_CAUSE') = (cause IS NOT NULL)),
    CONSTRAINT "ck_case_overrides_state" CHECK (state IN ('ASKED', 'GRANTED', 'REFUSED', 'USED')),
    CONSTRAINT "ck_case_overrides_decided" CHECK ((state = 'ASKED') = (decided_at IS NULL) AND (state = 'ASKED') = (reason IS NULL)),
    CONSTRAINT "ck_case_overrides_used" CHECK ((state = 'USED') = (used_case_id IS NOT NULL)),
    CONSTRAINT "ck_case_overrides_open" CHECK ((state IN ('ASKED', 'GRANTED')) = (open_key IS NOT NULL)),
    CONSTRAINT "uq_case_overrides_open" UNIQUE ("open_key"),
    CONSTRAINT "uq_case_overrides_used" UNIQUE ("used_case_id", "kind"),
    CONSTRAINT "fk_case_overrides_used" FOREIGN KEY ("used_case_id") REFERENCES "cases" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
  )`;

const TABLES = [
  CASE_AMENDMENTS,
  CASE_REVOCATIONS,
  CASE_WRITE_OFFS,
  FAST_PATHS,
  FAST_PATH_SUSPENSIONS,
  CASE_LETTERS,
  CASE_HANDOVERS,
  CASE_OVERRIDES,
];

const INDEXES = [
  'CREATE INDEX "ix_case_revocations_case" ON "case_revocations" ("case_id")',
  'CREATE INDEX "ix_case_write_offs_case" ON "case_write_offs" ("case_id")',
  'CREATE INDEX "ix_fast_paths_due" ON "fast_paths" ("state", "due_at")',
  'CREATE INDEX "ix_fast_path_suspensions_person" ON "fast_path_suspensions" ("society_id", "person_id")',
  'CREATE INDEX "ix_case_handovers_to" ON "case_handovers" ("to_society_id", "state")',
  'CREATE INDEX "ix_case_overrides_society" ON "case_overrides" ("society_id", "state")',
  'CREATE INDEX "ix_case_amendments_case" ON "case_amendments" ("case_id")',
  'CREATE INDEX "ix_case_letters_case" ON "case_letters" ("case_id", "made_at")',
];
