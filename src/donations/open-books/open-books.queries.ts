import { Injectable } from '@nestjs/common';
import { day, dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { AllocationKind, LotSource, Purse } from '../../ledger/index.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { kindOf } from '../domain/open-books.js';
import type { LineKind, MonthSum, SpentOnThread } from '../domain/open-books.js';

export type BookLine = Purse & {
  readonly voucherId: string;
  readonly year: number;
  readonly number: number;
  readonly day: Day;
  readonly kind: LineKind;
  readonly struck: LotSource | null;
  readonly amountFen: Fen;
  /** The case that was paid; null where the line is about none. */
  readonly threadId: string | null;
  /** Of a gift that stands. */
  readonly donorId: string | null;
};

/** The voucher below which a page begins: the last of the page before. */
export type LineCursor = { readonly year: number; readonly number: number };
export type LinePage = { readonly lines: readonly BookLine[]; readonly next: LineCursor | null };
export type LinesWanted = {
  readonly year: number | null;
  readonly purse: Purse | null;
  readonly after: LineCursor | null;
  /** Of vouchers, each with a line or two. */
  readonly limit: number;
};

/** What one purse holds, and what of it is promised or held back. */
export type Holding = Purse & {
  readonly id: string;
  readonly balanceFen: Fen;
  readonly reservedFen: Fen;
  readonly frozenFen: Fen;
};

type Num = number | string;
type RawKind = {
  source: LotSource | null;
  taken: AllocationKind | null;
  struck: LotSource | null;
  movedFrom: string | null;
};
type RawSum = Purse & RawKind & { month: string; amountFen: Num; lines: Num };
type RawLine = Purse &
  RawKind & {
    voucherId: string;
    year: Num;
    number: Num;
    day: string;
    threadId: string | null;
    donorId: string | null;
    amountFen: Num;
  };

/**
 * A line of the open books: what one voucher moved at the bank and in cash for one purse, and what the lots say of it.
 * `LINES_FROM` … WHERE … `LINES_TO`; every sum, every list and the verifier read this and nothing else.
 */
export const LINES_FROM = `
  SELECT m.voucher_id, m.book_id, m.society_id, m.purse_id, m.year, m.number, m.day, m.fund, m.restriction,
         m.thread_id, m.amount_fen,
         (SELECT t.source FROM lots t WHERE t.voucher_id = m.voucher_id AND t.balance_id = m.purse_id) AS source,
         (SELECT MIN(a.kind) FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
          WHERE a.voucher_id = m.voucher_id AND x.balance_id = m.purse_id) AS taken,
         (SELECT MIN(x.source) FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
          WHERE a.voucher_id = m.voucher_id AND x.balance_id = m.purse_id AND a.kind = 'REVERSED') AS struck,
         (SELECT MIN(p.fund) FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
          JOIN fund_balances p ON p.id = x.balance_id
          WHERE a.voucher_id = m.voucher_id AND a.kind = 'MOVED') AS moved_from
  FROM (SELECT v.id AS voucher_id, b.id AS book_id, b.society_id AS society_id, f.id AS purse_id, v.year AS year,
               v.number AS number, v.day AS day, f.fund AS fund, f.restriction AS restriction,
               MIN(l.thread_id) AS thread_id, SUM(l.amount_fen) AS amount_fen
        FROM books b JOIN vouchers v ON v.book_id = b.id
        JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
        JOIN fund_balances f ON f.book_id = b.id AND f.fund = l.fund AND f.restriction = l.restriction `;
export const LINES_TO = `
        GROUP BY v.id, b.id, b.society_id, f.id, v.year, v.number, v.day, f.fund, f.restriction
        HAVING SUM(l.amount_fen) <> 0) m`;

const KIND = `
  n.source AS "source", n.taken AS "taken", n.struck AS "struck", n.moved_from AS "movedFrom", n.fund AS "fund",
  n.restriction AS "restriction"`;

const SUMS = [
  `SELECT ${KIND}, SUBSTR(n.day, 1, 7) AS "month", SUM(n.amount_fen) AS "amountFen", COUNT(*) AS "lines"
   FROM (${LINES_FROM} WHERE b.society_id = `,
  `${LINES_TO}) n
   GROUP BY n.source, n.taken, n.struck, n.moved_from, n.fund, n.restriction, SUBSTR(n.day, 1, 7)`,
];

const SPENT = [
  `SELECT n.thread_id AS "threadId", 0 - SUM(n.amount_fen) AS "spentFen" FROM (${LINES_FROM} WHERE b.society_id = `,
  ` AND (`,
  ` IS NULL OR v.year = `,
  `) AND (`,
  ` IS NULL OR (f.fund = `,
  ` AND f.restriction = `,
  `)) ${LINES_TO}) n
   WHERE n.taken IN ('PAID', 'RETURNED', 'RECOVERED') AND n.thread_id IS NOT NULL GROUP BY n.thread_id`,
];

const PAGE = [
  `SELECT ${KIND}, n.voucher_id AS "voucherId", n.year AS "year", n.number AS "number", n.day AS "day",
          n.thread_id AS "threadId", n.amount_fen AS "amountFen",
          (SELECT g.donor_id FROM lots t JOIN gift_lots x ON x.lot_id = t.id JOIN gifts g ON g.id = x.gift_id
           WHERE t.voucher_id = n.voucher_id AND t.balance_id = n.purse_id AND g.state = 'RECEIVED') AS "donorId"
   FROM (${LINES_FROM}
     JOIN (SELECT w.id FROM vouchers w JOIN books c ON c.id = w.book_id WHERE c.society_id = `,
  ` AND (`,
  ` IS NULL OR w.year = `,
  `) AND (w.year < `,
  ` OR (w.year = `,
  ` AND w.number < `,
  `)) AND EXISTS (SELECT 1 FROM voucher_lines k WHERE k.voucher_id = w.id AND k.account IN ('1001', '1002')
                  AND (`,
  ` IS NULL OR (k.fund = `,
  ` AND k.restriction = `,
  `)))
           ORDER BY w.year DESC, w.number DESC LIMIT `,
  `) wanted ON wanted.id = v.id
     WHERE (`,
  ` IS NULL OR (f.fund = `,
  ` AND f.restriction = `,
  `)) ${LINES_TO}) n
   ORDER BY n.year DESC, n.number DESC, n.purse_id`,
];

/** SQL of our own in pieces, with what is bound between them. */
const pieces = (text: readonly string[]): TemplateStringsArray => Object.assign([...text], { raw: text });

const FROM_THE_NEWEST: LineCursor = { year: 9999, number: 0 };

@Injectable()
export class OpenBooksQueries {
  constructor(private readonly reads: Reads) {}

  /** All that moved, by purse, kind and month: what every figure is made of. */
  async sums(societyId: string): Promise<MonthSum[]> {
    const rows = await this.reads.all<RawSum>(pieces(SUMS), societyId);
    return rows.map((row) => {
      const { fund, restriction, struck, month } = row;
      const kind = certain(kindOf(row));
      return {
        fund,
        restriction,
        struck,
        month,
        kind,
        amountFen: money(row.amountFen),
        lines: Number(row.lines),
      };
    });
  }

  /** What was spent on each case: of a year and of a purse, or of all. */
  async spent(societyId: string, year: number | null, purse: Purse | null): Promise<SpentOnThread[]> {
    const [fund, restriction] = [purse?.fund ?? null, purse?.restriction ?? null];
    const rows = await this.reads.all<{ threadId: string; spentFen: Num }>(
      pieces(SPENT),
      ...[societyId, year, year, fund, fund, restriction],
    );
    return rows.map(({ threadId, spentFen }) => ({ threadId, spentFen: money(spentFen) }));
  }

  /** The newest first, by keyset: a page costs the same wherever it stands. */
  async lines(societyId: string, { year, purse, after, limit }: LinesWanted): Promise<LinePage> {
    const from = after ?? FROM_THE_NEWEST;
    const [fund, restriction] = [purse?.fund ?? null, purse?.restriction ?? null];
    const rows = await this.reads.all<RawLine>(
      pieces(PAGE),
      ...[societyId, year, year, from.year, from.year, from.number],
      ...[fund, fund, restriction, limit + 1, fund, fund, restriction],
    );
    const found = rows.map(lineOf);
    const vouchers = [...new Set(found.map(({ voucherId }) => voucherId))];
    const shown = new Set(vouchers.slice(0, limit));
    const lines = found.filter(({ voucherId }) => shown.has(voucherId));
    const last = vouchers.length > limit ? lines.at(-1) : undefined;
    return { lines, next: last ? { year: last.year, number: last.number } : null };
  }

  async holdings(societyId: string): Promise<Holding[]> {
    const rows = await this.reads.all<Purse & { id: string; balance: Num; reserved: Num; frozen: Num }>`
      SELECT f.id AS "id", f.fund AS "fund", f.restriction AS "restriction", f.balance_fen AS "balance",
             f.reserved_fen AS "reserved", f.frozen_fen AS "frozen"
      FROM fund_balances f JOIN books b ON b.id = f.book_id WHERE b.society_id = ${societyId} ORDER BY f.id`;
    return rows.map(({ id, fund, restriction, balance, reserved, frozen }) => ({
      ...{ id, fund, restriction },
      balanceFen: money(balance),
      reservedFen: money(reserved),
      frozenFen: money(frozen),
    }));
  }

  /** The last number of each year: another one as soon as anything is booked. */
  async stamp(societyId: string): Promise<string> {
    const rows = await this.reads.all<{ year: Num; last: Num }>`
      SELECT n.year AS "year", n.last_number AS "last" FROM number_series n JOIN books b ON b.id = n.scope_id
      WHERE b.society_id = ${societyId} AND n.series = 'voucher' ORDER BY n.year`;
    return rows.map(({ year, last }) => `${year}-${last}`).join();
  }

  /** When something was last booked; null where nothing ever was. Numbers are given in the order of booking. */
  async lastBooked(societyId: string): Promise<Day | null> {
    const row = await this.reads.one<{ at: Date | string }>`
      SELECT v.posted_at AS "at" FROM vouchers v JOIN books b ON b.id = v.book_id
      WHERE b.society_id = ${societyId} ORDER BY v.year DESC, v.number DESC LIMIT 1`;
    return row ? dayOf(instantOf(row.at)) : null;
  }
}

function lineOf(row: RawLine): BookLine {
  const { voucherId, fund, restriction, struck, threadId, donorId } = row;
  return {
    ...{ voucherId, fund, restriction, struck, threadId, donorId },
    kind: certain(kindOf(row)),
    year: Number(row.year),
    number: Number(row.number),
    day: day(row.day),
    amountFen: money(row.amountFen),
  };
}

const money = (amount: Num): Fen => fen(Number(amount));

/** A line of which the rows do not say what it was is a fault of ours, and the verifier names it. */
function certain(kind: LineKind | null): LineKind {
  if (kind === null) throw new Error('Money moved, and neither an inflow nor a payment says why');
  return kind;
}
