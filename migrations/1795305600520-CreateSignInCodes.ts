import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE "account_phones" (
    "id"           VARCHAR(36) NOT NULL,
    "account_id"   VARCHAR(36) NOT NULL,
    "phone_index"  VARCHAR(64) NOT NULL,
    "phone_sealed" TEXT        NOT NULL,
    "phone_tail"   VARCHAR(4)  NOT NULL,
    "created_at"   DATETIME(3) NOT NULL,
    CONSTRAINT "pk_account_phones" PRIMARY KEY ("id"),
    CONSTRAINT "uq_account_phones_account" UNIQUE ("account_id"),
    CONSTRAINT "uq_account_phones_phone" UNIQUE ("phone_index"),
    CONSTRAINT "fk_account_phones_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE TABLE "sign_in_codes" (
    "id"           VARCHAR(36) NOT NULL,
    "token_hash"   VARCHAR(64) NOT NULL,
    "purpose"      VARCHAR(10) NOT NULL,
    "account_id"   VARCHAR(36),
    "phone_index"  VARCHAR(64) NOT NULL,
    "phone_sealed" TEXT,
    "code_hash"    VARCHAR(64) NOT NULL,
    "kept"         SMALLINT    NOT NULL,
    "tries"        INTEGER     NOT NULL,
    "created_at"   DATETIME(3) NOT NULL,
    "expires_at"   DATETIME(3) NOT NULL,
    "spent_at"     DATETIME(3),
    CONSTRAINT "pk_sign_in_codes" PRIMARY KEY ("id"),
    CONSTRAINT "uq_sign_in_codes_token" UNIQUE ("token_hash"),
    CONSTRAINT "ck_sign_in_codes_purpose" CHECK (purpose IN ('SIGN_IN', 'PROOF', 'PHONE')),
    CONSTRAINT "ck_sign_in_codes_tries" CHECK (tries >= 0 AND tries <= 5),
    CONSTRAINT "fk_sign_in_codes_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
];

/** Phones to sign in with, and the codes that were texted to them. */
export class CreateSignInCodes1795305600520 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const bound = (await queryRunner.query(`SELECT "id" FROM "account_phones" LIMIT 1`)) as unknown[];
    if (bound.length > 0) throw new Error('Accounts have phones: restore a backup, do not revert');
    for (const table of ['sign_in_codes', 'account_phones']) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
