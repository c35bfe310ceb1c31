import { Injectable } from '@nestjs/common';
import { yuanText, fen } from '../kernel/fen.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';

type Sum = number | string;

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/**
 * Recomputes the books from their rows (architecture.md 3). Every sum is made by the database, and only what differs
 * comes back, so that it serves ten million lines as well.
 */
@Injectable()
export class LedgerVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [
      () => this.balances(),
      () => this.reserved(),
      () => this.lots(),
      () => this.lotVouchers(),
      () => this.allocations(),
      () => this.voucherLines(),
      () => this.voucherNumbers(),
    ])
      findings.push(...(await part()));
    return findings;
  }

  /** What a fund holds is the sum of its lines on 1001 and 1002. */
  private async balances(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; held: Sum; booked: Sum }>`
      SELECT f.id AS "id", MAX(f.balance_fen) AS "held", COALESCE(SUM(l.amount_fen), 0) AS "booked"
      FROM fund_balances f
      LEFT JOIN vouchers v ON v.book_id = f.book_id
      LEFT JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
        AND l.fund = f.fund AND l.restriction = f.restriction
      GROUP BY f.id HAVING MAX(f.balance_fen) <> COALESCE(SUM(l.amount_fen), 0)`;
    return rows.map(({ id, held, booked }) => ({
      kind: 'balance',
      subject: `fund_balances/${id}`,
      words: `余额记着 ${yuan(held)}，按凭证重算是 ${yuan(booked)}`,
    }));
  }

  private async reserved(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; reserved: Sum; held: Sum }>`
      SELECT f.id AS "id", MAX(f.reserved_fen) AS "reserved", COALESCE(SUM(r.amount_fen), 0) AS "held"
      FROM fund_balances f LEFT JOIN reservations r ON r.balance_id = f.id AND r.state = 'HELD'
      GROUP BY f.id HAVING MAX(f.reserved_fen) <> COALESCE(SUM(r.amount_fen), 0)`;
    return rows.map(({ id, reserved, held }) => ({
      kind: 'reserved',
      subject: `fund_balances/${id}`,
      words: `已留记着 ${yuan(reserved)}，逐笔相加是 ${yuan(held)}`,
    }));
  }

  private async lots(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; remains: Sum; computed: Sum }>`
      SELECT l.id AS "id", MAX(l.left_fen) AS "remains",
             MAX(l.amount_fen) - COALESCE(SUM(a.amount_fen), 0) AS "computed"
      FROM lots l LEFT JOIN lot_allocations a ON a.lot_id = l.id
      GROUP BY l.id HAVING MAX(l.left_fen) <> MAX(l.amount_fen) - COALESCE(SUM(a.amount_fen), 0)`;
    return rows.map(({ id, remains, computed }) => ({
      kind: 'lot',
      subject: `lots/${id}`,
      words: `这笔来款记着还剩 ${yuan(remains)}，按分摊重算是 ${yuan(computed)}`,
    }));
  }

  /** A lot is as large as the money that its voucher brought in, and such a voucher has a lot. */
  private async lotVouchers(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; lot: Sum; booked: Sum }>`
      SELECT v.id AS "id", COALESCE(MAX(t.amount_fen), 0) AS "lot", SUM(l.amount_fen) AS "booked"
      FROM vouchers v
      JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
      LEFT JOIN lots t ON t.voucher_id = v.id
      GROUP BY v.id HAVING SUM(l.amount_fen) > 0 AND SUM(l.amount_fen) <> COALESCE(MAX(t.amount_fen), 0)`;
    return rows.map(({ id, lot, booked }) => ({
      kind: 'lot',
      subject: `vouchers/${id}`,
      words: `凭证收到 ${yuan(booked)}，来款登记的是 ${yuan(lot)}`,
    }));
  }

  /** What a payment took out of the bank is what its allocations took out of lots. */
  private async allocations(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; paid: Sum; allocated: Sum }>`
      SELECT p.id AS "id", -p.paid AS "paid", COALESCE(SUM(a.amount_fen), 0) AS "allocated"
      FROM (SELECT v.id AS id, SUM(l.amount_fen) AS paid
            FROM vouchers v JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
            GROUP BY v.id HAVING SUM(l.amount_fen) < 0) p
      LEFT JOIN lot_allocations a ON a.voucher_id = p.id
      GROUP BY p.id, p.paid HAVING -p.paid <> COALESCE(SUM(a.amount_fen), 0)`;
    return rows.map(({ id, paid, allocated }) => ({
      kind: 'allocation',
      subject: `vouchers/${id}`,
      words: `付出 ${yuan(paid)}，分摊到来款的是 ${yuan(allocated)}`,
    }));
  }

  private async voucherLines(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; lines: Sum; total: Sum }>`
      SELECT v.id AS "id", COUNT(l.id) AS "lines", COALESCE(SUM(l.amount_fen), 0) AS "total"
      FROM vouchers v LEFT JOIN voucher_lines l ON l.voucher_id = v.id
      GROUP BY v.id HAVING COUNT(l.id) < 2 OR COALESCE(SUM(l.amount_fen), 0) <> 0`;
    return rows.map(({ id, lines, total }) => ({
      kind: 'voucher line',
      subject: `vouchers/${id}`,
      words: `凭证有 ${String(lines)} 行，借贷相差 ${yuan(total)}`,
    }));
  }

  /** Numbers of a book and year run from 1 to the last one given: that none is there twice the database holds itself. */
  private async voucherNumbers(): Promise<Finding[]> {
    const rows = await this.reads.all<{ book: string; year: number; given: Sum; last: Sum; vouchers: Sum }>`
      SELECT n.scope_id AS "book", n.year AS "year", MAX(n.last_number) AS "given",
             COALESCE(MAX(v.number), 0) AS "last", COUNT(v.id) AS "vouchers"
      FROM number_series n LEFT JOIN vouchers v ON v.book_id = n.scope_id AND v.year = n.year
      WHERE n.series = 'voucher' GROUP BY n.scope_id, n.year
      HAVING MAX(n.last_number) <> COUNT(v.id) OR COALESCE(MAX(v.number), 0) <> COUNT(v.id)`;
    return rows.map(({ book, year, given, last, vouchers }) => ({
      kind: 'voucher number gap',
      subject: `books/${book}`,
      words: `${year} 年凭证发号到 ${String(given)}，编到 ${String(last)} 号，共有 ${String(vouchers)} 张`,
    }));
  }
}
