import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE "second_factors" (
    "id"            VARCHAR(36) NOT NULL,
    "account_id"    VARCHAR(36) NOT NULL,
    "secret_sealed" TEXT        NOT NULL,
    "last_step"     INTEGER     NOT NULL,
    "created_at"    DATETIME(3) NOT NULL,
    "confirmed_at"  DATETIME(3),
    CONSTRAINT "pk_second_factors" PRIMARY KEY ("id"),
    CONSTRAINT "uq_second_factors_account" UNIQUE ("account_id"),
    CONSTRAINT "fk_second_factors_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE TABLE "recovery_codes" (
    "id"         VARCHAR(36) NOT NULL,
    "account_id" VARCHAR(36) NOT NULL,
    "code_hash"  VARCHAR(64) NOT NULL,
    "created_at" DATETIME(3) NOT NULL,
    "spent_at"   DATETIME(3),
    CONSTRAINT "pk_recovery_codes" PRIMARY KEY ("id"),
    CONSTRAINT "uq_recovery_codes_code" UNIQUE ("account_id", "code_hash"),
    CONSTRAINT "fk_recovery_codes_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE TABLE "sign_in_steps" (
    "id"         VARCHAR(36) NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL,
    "account_id" VARCHAR(36) NOT NULL,
    "kept"       SMALLINT    NOT NULL,
    "created_at" DATETIME(3) NOT NULL,
    "expires_at" DATETIME(3) NOT NULL,
    "spent_at"   DATETIME(3),
    CONSTRAINT "pk_sign_in_steps" PRIMARY KEY ("id"),
    CONSTRAINT "uq_sign_in_steps_token" UNIQUE ("token_hash"),
    CONSTRAINT "fk_sign_in_steps_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
];

/** The code beside the password: its secret, the codes for a lost phone, and who stands between password and code. */
export class CreateSecondFactors1795305600510 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const set = (await queryRunner.query(`SELECT "id" FROM "second_factors" LIMIT 1`)) as unknown[];
    if (set.length > 0) throw new Error('Accounts have second factors: restore a backup, do not revert');
    for (const table of ['sign_in_steps', 'recovery_codes', 'second_factors'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
