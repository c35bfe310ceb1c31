import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['donation_list_gifts', 'donation_lists'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Lists of gifts for the public board, and the gifts in them: each in one list that stands. */
export class CreateDonationLists1795305600997 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "donation_lists" (
        "id"           VARCHAR(36) NOT NULL,
        "society_id"   VARCHAR(36) NOT NULL,
        "first_day"    VARCHAR(10) NOT NULL,
        "last_day"     VARCHAR(10) NOT NULL,
        "created_by"   VARCHAR(36),
        "created_at"   DATETIME(3) NOT NULL,
        "withdrawn_at" DATETIME(3),
        CONSTRAINT "pk_donation_lists" PRIMARY KEY ("id"),
        CONSTRAINT "ck_donation_lists_span" CHECK (first_day <= last_day),
        CONSTRAINT "fk_donation_lists_society" FOREIGN KEY ("society_id") ${references('organisations')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_donation_lists_society" ON "donation_lists" ("society_id", "created_at")`,
    );
    await queryRunner.query(`
      CREATE TABLE "donation_list_gifts" (
        "id"         VARCHAR(36) NOT NULL,
        "list_id"    VARCHAR(36) NOT NULL,
        "gift_id"    VARCHAR(36) NOT NULL,
        "gift_key"   VARCHAR(36),
        "amount_fen" BIGINT      NOT NULL,
        CONSTRAINT "pk_donation_list_gifts" PRIMARY KEY ("id"),
        CONSTRAINT "ck_donation_list_gifts_amount" CHECK (amount_fen > 0),
        CONSTRAINT "uq_donation_list_gifts_once" UNIQUE ("gift_key"),
        CONSTRAINT "fk_donation_list_gifts_list" FOREIGN KEY ("list_id") ${references('donation_lists')},
        CONSTRAINT "fk_donation_list_gifts_gift" FOREIGN KEY ("gift_id") ${references('gifts')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_donation_list_gifts_list" ON "donation_list_gifts" ("list_id")`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const listed = (await queryRunner.query(`SELECT "id" FROM "donation_lists" LIMIT 1`)) as unknown[];
    if (listed.length > 0) throw new Error('Lists of donors were written: restore a backup, do not revert');
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
