import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE "accounts" (
    "id"            VARCHAR(36) NOT NULL,
    "login"         VARCHAR(40),
    "password_hash" VARCHAR(200),
    "is_admin"      SMALLINT    NOT NULL,
    "disabled_at"   DATETIME(3),
    "created_at"    DATETIME(3) NOT NULL,
    CONSTRAINT "pk_accounts" PRIMARY KEY ("id"),
    CONSTRAINT "ck_accounts_ready" CHECK ((login IS NULL) = (password_hash IS NULL)),
    CONSTRAINT "uq_accounts_login" UNIQUE ("login")
  )`,
  `CREATE TABLE "account_persons" (
    "id"         VARCHAR(36) NOT NULL,
    "account_id" VARCHAR(36) NOT NULL,
    "society_id" VARCHAR(36) NOT NULL,
    "person_id"  VARCHAR(36) NOT NULL,
    "created_at" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_account_persons" PRIMARY KEY ("id"),
    CONSTRAINT "uq_account_persons_society" UNIQUE ("account_id", "society_id"),
    CONSTRAINT "uq_account_persons_person" UNIQUE ("society_id", "person_id"),
    CONSTRAINT "fk_account_persons_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "fk_account_persons_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "fk_account_persons_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE TABLE "one_time_links" (
    "id"         VARCHAR(36) NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "account_id" VARCHAR(36) NOT NULL,
    "created_at" DATETIME(3) NOT NULL,
    "expires_at" DATETIME(3) NOT NULL,
    "spent_at"   DATETIME(3),
    CONSTRAINT "pk_one_time_links" PRIMARY KEY ("id"),
    CONSTRAINT "uq_one_time_links_token" UNIQUE ("token_hash"),
    CONSTRAINT "fk_one_time_links_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE TABLE "sessions" (
    "id"         VARCHAR(36) NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "account_id" VARCHAR(36) NOT NULL,
    "society_id" VARCHAR(36),
    "origin"     VARCHAR(10) NOT NULL,
    "kept"       SMALLINT    NOT NULL,
    "started_at" DATETIME(3) NOT NULL,
    "seen_at"    DATETIME(3) NOT NULL,
    "proved_at"  DATETIME(3) NOT NULL,
    "device_hash"  VARCHAR(64),
    "device_words" VARCHAR(60),
    "place"        VARCHAR(40),
    "ended_at"   DATETIME(3),
    CONSTRAINT "pk_sessions" PRIMARY KEY ("id"),
    CONSTRAINT "uq_sessions_token" UNIQUE ("token_hash"),
    CONSTRAINT "fk_sessions_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "fk_sessions_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE INDEX "ix_sessions_account" ON "sessions" ("account_id")`,
  `CREATE TABLE "known_devices" (
    "id"         VARCHAR(36) NOT NULL,
    "account_id" VARCHAR(36) NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "created_at" DATETIME(3) NOT NULL,
    "seen_at"    DATETIME(3) NOT NULL,
    CONSTRAINT "pk_known_devices" PRIMARY KEY ("id"),
    CONSTRAINT "uq_known_devices_token" UNIQUE ("token_hash", "account_id"),
    CONSTRAINT "fk_known_devices_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE TABLE "sign_in_failures" (
    "id"            VARCHAR(36) NOT NULL,
    "subject"       VARCHAR(80) NOT NULL,
    "tries"         INTEGER         NOT NULL,
    "last_at"       DATETIME(3) NOT NULL,
    "blocked_until" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_sign_in_failures" PRIMARY KEY ("id"),
    CONSTRAINT "uq_sign_in_failures_subject" UNIQUE ("subject")
  )`,
];

/** Accounts and the persons behind them, sessions, one-time links, and the slow-down of guessing. */
export class CreateAccess1795305600500 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const opened = (await queryRunner.query(`SELECT "id" FROM "accounts" LIMIT 1`)) as unknown[];
    if (opened.length > 0) throw new Error('Accounts were opened: restore a backup, do not revert');
    for (const table of [
      'sign_in_failures',
      'known_devices',
      'sessions',
      'one_time_links',
      'account_persons',
      'accounts',
    ])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
