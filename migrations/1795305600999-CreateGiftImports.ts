import type { MigrationInterface, QueryRunner } from 'typeorm';

const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Sheets of gifts that were read and shown. One that was taken in stays by its mark, so that it is taken in once. */
export class CreateGiftImports1795305600999 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "gift_imports" (
        "id"           VARCHAR(36) NOT NULL,
        "society_id"   VARCHAR(36) NOT NULL,
        "account_id"   VARCHAR(36),
        "rows_mark"    VARCHAR(64) NOT NULL,
        "taken_mark"   VARCHAR(64),
        "gifts"        INTEGER     NOT NULL,
        "amount_fen"   BIGINT      NOT NULL,
        "created_at"   DATETIME(3) NOT NULL,
        "expires_at"   DATETIME(3) NOT NULL,
        "confirmed_at" DATETIME(3),
        CONSTRAINT "pk_gift_imports" PRIMARY KEY ("id"),
        CONSTRAINT "ck_gift_imports_taken" CHECK ((confirmed_at IS NULL) = (taken_mark IS NULL)),
        CONSTRAINT "ck_gift_imports_gifts" CHECK (gifts > 0 AND amount_fen > 0),
        CONSTRAINT "uq_gift_imports_taken" UNIQUE ("society_id", "taken_mark"),
        CONSTRAINT "fk_gift_imports_society" FOREIGN KEY ("society_id") ${references('organisations')}
      )`);
    await queryRunner.query(`CREATE INDEX "ix_gift_imports_expiry" ON "gift_imports" ("expires_at")`);
    await queryRunner.query(`
      CREATE TABLE "gift_import_parts" (
        "import_id"   VARCHAR(36) NOT NULL,
        "position"    INTEGER     NOT NULL,
        "rows_sealed" TEXT        NOT NULL,
        CONSTRAINT "pk_gift_import_parts" PRIMARY KEY ("import_id", "position"),
        CONSTRAINT "fk_gift_import_parts_import" FOREIGN KEY ("import_id") ${references('gift_imports')}
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['gift_import_parts', 'gift_imports'])
      await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
