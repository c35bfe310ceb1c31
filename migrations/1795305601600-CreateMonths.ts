import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each voucher moved, as `ledger/domain/month.ts` reads it from the lines. */
const MOVED = `
  SELECT l.voucher_id AS voucher_id,
         SUM(CASE WHEN l.account IN ('1001', '1002') THEN 1 ELSE 0 END) AS money,
         SUM(CASE WHEN l.account IN ('4101', '4201', '4401', '4901') THEN l.amount_fen ELSE 0 END) AS income,
         SUM(CASE WHEN l.account = '3101' AND l.thread_id IS NULL THEN l.amount_fen ELSE 0 END) AS closed,
         SUM(CASE WHEN l.account IN ('1001', '1002') THEN 0 WHEN l.account = '5201' THEN l.amount_fen
               WHEN l.thread_id IS NOT NULL THEN l.amount_fen ELSE 0 END) AS spent,
         SUM(CASE WHEN l.account = '2209' AND l.thread_id IS NOT NULL THEN l.amount_fen ELSE 0 END) AS paid
  FROM voucher_lines l GROUP BY l.voucher_id`;

/** From the vouchers that are there; the places are told by the clock of the house, as `pending` says. Run twice, it adds nothing. */
const OF_THE_BOOKS = `
  INSERT INTO "society_months" ("society_id", "month", "in_fen", "out_fen", "grants", "rolled_in_fen", "rolled_out_fen",
                                "rolled_grants", "pending")
  SELECT s.society_id, s.month, SUM(s.in_fen), SUM(s.out_fen), SUM(s.grants), 0, 0, 0, 1
  FROM (SELECT b.society_id AS society_id, SUBSTR(v.day, 1, 7) AS month,
               0 - t.income - CASE WHEN v.reversal_of IS NULL AND t.closed > 0 THEN t.closed ELSE 0 END AS in_fen,
               t.spent AS out_fen, CASE WHEN t.paid > 0 THEN 1 WHEN t.paid < 0 THEN -1 ELSE 0 END AS grants
        FROM (${MOVED}) t JOIN vouchers v ON v.id = t.voucher_id JOIN books b ON b.id = v.book_id
        WHERE t.money > 0) s
  WHERE (s.in_fen <> 0 OR s.out_fen <> 0 OR s.grants <> 0)
    AND NOT EXISTS (SELECT 1 FROM society_months k WHERE k.society_id = s.society_id AND k.month = s.month)
  GROUP BY s.society_id, s.month`;

/**
 * What moved in each society's books by month, and the same by place; filled from the vouchers that are there already. And
 * whose money a federation holds is found without looking through all books.
 */
export class CreateMonths1795305601600 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "society_months" (
        "society_id"     VARCHAR(36) NOT NULL,
        "month"          VARCHAR(7)  NOT NULL,
        "in_fen"         BIGINT      NOT NULL,
        "out_fen"        BIGINT      NOT NULL,
        "grants"         INTEGER     NOT NULL,
        "rolled_in_fen"  BIGINT      NOT NULL,
        "rolled_out_fen" BIGINT      NOT NULL,
        "rolled_grants"  INTEGER     NOT NULL,
        "pending"        SMALLINT    NOT NULL,
        CONSTRAINT "ck_society_months_month" CHECK (LENGTH(month) = 7),
        CONSTRAINT "pk_society_months" PRIMARY KEY ("society_id", "month")
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_society_months_pending" ON "society_months" ("pending", "society_id")`,
    );
    await queryRunner.query(`
      CREATE TABLE "region_months" (
        "region_id" VARCHAR(36) NOT NULL,
        "month"     VARCHAR(7)  NOT NULL,
        "in_fen"    BIGINT      NOT NULL,
        "out_fen"   BIGINT      NOT NULL,
        "grants"    INTEGER     NOT NULL,
        CONSTRAINT "pk_region_months" PRIMARY KEY ("region_id", "month"),
        CONSTRAINT "ck_region_months_month" CHECK (LENGTH(month) = 7),
        CONSTRAINT "fk_region_months_region" FOREIGN KEY ("region_id") REFERENCES "regions" ("id")
          ON DELETE NO ACTION ON UPDATE NO ACTION
      )`);
    await queryRunner.query(OF_THE_BOOKS);
    await queryRunner.query(`CREATE INDEX "ix_books_held" ON "books" ("held_by_id")`);
  }

  /** Both are reckoned from the vouchers, and lost with no harm. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('books', 'ix_books_held');
    for (const table of ['region_months', 'society_months']) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
