import type { MigrationInterface, QueryRunner } from 'typeorm';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Who broke a pledge: proposed by one, heard, confirmed by another, ended by itself; and what was said against it. */
export class CreateBreaches1795305601320 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "breach_flags" (
        "id"                   VARCHAR(36) NOT NULL,
        "society_id"           VARCHAR(36) NOT NULL,
        "person_id"            VARCHAR(36) NOT NULL,
        "kind"                 VARCHAR(9)  NOT NULL,
        "ground_kind"          VARCHAR(12) NOT NULL,
        "ground_id"            VARCHAR(36) NOT NULL,
        "reason_sealed"        TEXT        NOT NULL,
        "months"               INTEGER     NOT NULL,
        "state"                VARCHAR(10) NOT NULL,
        "proposed_as"          VARCHAR(10) NOT NULL,
        "proposed_by"          VARCHAR(36),
        "proposed_by_account"  VARCHAR(36),
        "proposed_at"          DATETIME(3) NOT NULL,
        "hear_by"              VARCHAR(10) NOT NULL,
        "told_how"             VARCHAR(10),
        "told_on"              VARCHAR(10),
        "heard_how"            VARCHAR(10),
        "heard_by"             VARCHAR(36),
        "heard_by_account"     VARCHAR(36),
        "heard_at"             DATETIME(3),
        "statement_sealed"     TEXT,
        "confirmed_by"         VARCHAR(36),
        "confirmed_by_account" VARCHAR(36),
        "confirmed_at"         DATETIME(3),
        "until_on"             VARCHAR(10),
        "ended_by"             VARCHAR(36),
        "ended_at"             DATETIME(3),
        "end_sealed"           TEXT,
        "over_on"              VARCHAR(10),
        "open_key"             VARCHAR(36),
        "appeal_id"            VARCHAR(36),
        CONSTRAINT "pk_breach_flags" PRIMARY KEY ("id"),
        CONSTRAINT "ck_breach_flags_kind" CHECK (kind IN ('APPLICANT', 'OFFICER')),
        CONSTRAINT "ck_breach_flags_ground" CHECK (ground_kind IN ('REVOCATION', 'PLEDGE')),
        CONSTRAINT "ck_breach_flags_months" CHECK (months BETWEEN 1 AND 24),
        CONSTRAINT "ck_breach_flags_state" CHECK (state IN ('HEARING', 'STANDS', 'DROPPED', 'LIFTED', 'OVERTURNED')),
        CONSTRAINT "ck_breach_flags_as" CHECK (proposed_as IN ('CHAIR', 'SUPERVISOR', 'OFFICE')),
        CONSTRAINT "ck_breach_flags_way" CHECK (heard_how IN ('IN_PERSON', 'PHONE', 'WRITTEN', 'PROXY', 'SILENT')),
        CONSTRAINT "ck_breach_flags_told" CHECK (told_how IN ('TEXT', 'IN_PERSON', 'PHONE', 'PAPER')),
        CONSTRAINT "ck_breach_flags_told_on" CHECK ((told_how IS NULL) = (told_on IS NULL)),
        CONSTRAINT "ck_breach_flags_silent" CHECK ((told_how IS NOT NULL) = (COALESCE(heard_how, '') = 'SILENT')),
        CONSTRAINT "ck_breach_flags_heard" CHECK ((heard_how IS NULL) = (heard_at IS NULL)),
        CONSTRAINT "ck_breach_flags_said" CHECK ((statement_sealed IS NULL) = (heard_how IS NULL OR heard_how = 'SILENT')),
        CONSTRAINT "ck_breach_flags_first" CHECK (confirmed_at IS NULL OR heard_at IS NOT NULL),
        CONSTRAINT "ck_breach_flags_confirmed" CHECK ((confirmed_at IS NOT NULL) = (state IN ('STANDS', 'LIFTED', 'OVERTURNED'))),
        CONSTRAINT "ck_breach_flags_until" CHECK ((confirmed_at IS NULL) = (until_on IS NULL)),
        CONSTRAINT "ck_breach_flags_two" CHECK (confirmed_by IS NULL OR proposed_by IS NULL OR confirmed_by <> proposed_by),
        CONSTRAINT "ck_breach_flags_own" CHECK (confirmed_by IS NULL OR confirmed_by <> person_id),
        CONSTRAINT "ck_breach_flags_ended" CHECK ((ended_at IS NULL) = (state IN ('HEARING', 'STANDS'))),
        CONSTRAINT "ck_breach_flags_why" CHECK ((end_sealed IS NOT NULL) = (state IN ('DROPPED', 'LIFTED'))),
        CONSTRAINT "ck_breach_flags_over" CHECK ((over_on IS NULL) = (state = 'HEARING')),
        CONSTRAINT "ck_breach_flags_open" CHECK (state <> 'HEARING' OR open_key IS NOT NULL),
        CONSTRAINT "ck_breach_flags_again" CHECK (state <> 'DROPPED' OR open_key IS NULL),
        CONSTRAINT "uq_breach_flags_open" UNIQUE ("open_key"),
        CONSTRAINT "fk_breach_flags_person" FOREIGN KEY ("person_id") ${references('persons')}
      )`);
    await createAppeals(queryRunner);
    await queryRunner.query(`CREATE INDEX "ix_breach_flags_person" ON "breach_flags" ("person_id", "state")`);
    await queryRunner.query(
      `CREATE INDEX "ix_breach_flags_society" ON "breach_flags" ("society_id", "state", "proposed_at")`,
    );
    await queryRunner.query(`CREATE INDEX "ix_breach_flags_over" ON "breach_flags" ("over_on")`);
    await queryRunner.query(
      `CREATE INDEX "ix_breach_appeals_decider" ON "breach_appeals" ("decider_society_id", "state", "recorded_at")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const rows = (await queryRunner.query(`SELECT "id" FROM "breach_flags" LIMIT 1`)) as unknown[];
    if (rows.length > 0) throw new Error('Somebody was flagged: restore a backup, do not revert');
    for (const table of ['breach_appeals', 'breach_flags']) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}

async function createAppeals(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
    CREATE TABLE "breach_appeals" (
      "id"                  VARCHAR(36) NOT NULL,
      "flag_id"             VARCHAR(36) NOT NULL,
      "society_id"          VARCHAR(36) NOT NULL,
      "decider_society_id"  VARCHAR(36) NOT NULL,
      "how"                 VARCHAR(10) NOT NULL,
      "made_on"             VARCHAR(10) NOT NULL,
      "words_sealed"        TEXT        NOT NULL,
      "recorded_by"         VARCHAR(36),
      "recorded_by_account" VARCHAR(36),
      "recorded_at"         DATETIME(3) NOT NULL,
      "state"               VARCHAR(10) NOT NULL,
      "decided_by"          VARCHAR(36),
      "decided_by_account"  VARCHAR(36),
      "decided_at"          DATETIME(3),
      "answer_sealed"       TEXT,
      CONSTRAINT "pk_breach_appeals" PRIMARY KEY ("id"),
      CONSTRAINT "ck_breach_appeals_how" CHECK (how IN ('IN_PERSON', 'PHONE', 'WRITTEN', 'PROXY')),
      CONSTRAINT "ck_breach_appeals_state" CHECK (state IN ('WAITING', 'UPHELD', 'REJECTED')),
      CONSTRAINT "ck_breach_appeals_decided" CHECK ((state = 'WAITING') = (decided_at IS NULL)),
      CONSTRAINT "ck_breach_appeals_answer" CHECK ((state = 'WAITING') = (answer_sealed IS NULL)),
      CONSTRAINT "uq_breach_appeals_flag" UNIQUE ("flag_id"),
      CONSTRAINT "fk_breach_appeals_flag" FOREIGN KEY ("flag_id") ${references('breach_flags')}
    )`);
}
