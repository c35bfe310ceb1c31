import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who of the federation's identity provider signs in to which account: one of each. */
export class CreateAccountIdentities1795305601530 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "account_identities" (
      "id"             VARCHAR(36) NOT NULL,
      "account_id"     VARCHAR(36) NOT NULL,
      "identity_index" VARCHAR(64) NOT NULL,
      "created_at"     DATETIME(3) NOT NULL,
      CONSTRAINT "pk_account_identities" PRIMARY KEY ("id"),
      CONSTRAINT "uq_account_identities_account" UNIQUE ("account_id"),
      CONSTRAINT "uq_account_identities_identity" UNIQUE ("identity_index"),
      CONSTRAINT "fk_account_identities_account" FOREIGN KEY ("account_id") REFERENCES "accounts" ("id")
        ON DELETE NO ACTION ON UPDATE NO ACTION
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const bound = (await queryRunner.query(`SELECT "id" FROM "account_identities" LIMIT 1`)) as unknown[];
    if (bound.length > 0) throw new Error('Accounts have identities: restore a backup, do not revert');
    await queryRunner.query(`DROP TABLE "account_identities"`);
  }
}
