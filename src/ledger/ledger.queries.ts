import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import type { AllocationKind } from './domain/allocation.js';
import type { LotSource } from './domain/entries.js';
import { EMERGENCY_POOL, POOL } from './domain/funds.js';
import type { Purse } from './domain/funds.js';
import { BookNotFound, VoucherNotFound } from './domain/ledger.errors.js';

export type Fund = {
  readonly name: string;
  readonly balanceFen: Fen;
  readonly reservedFen: Fen;
  /** What a new round may ask for. */
  readonly freeFen: Fen;
};

/** One purse of a book: the pool, a fund, or what is tied to a project of one. */
export type PurseRow = Purse & {
  readonly id: string;
  readonly balanceFen: Fen;
  readonly reservedFen: Fen;
  readonly freeFen: Fen;
};

/** What lies at the federation's bank and is a society's. */
export type HeldRow = { readonly societyId: string; readonly name: string; readonly heldFen: Fen };

export type VoucherRow = {
  readonly id: string;
  readonly year: number;
  readonly number: number;
  readonly day: Day;
  readonly summary: string;
  /** The sum of its debits. */
  readonly amountFen: Fen;
};

/** The voucher below which a page begins: the last of the page before. */
export type VoucherCursor = { readonly year: number; readonly number: number };
export type VoucherPage = { readonly rows: readonly VoucherRow[]; readonly next: VoucherCursor | null };

export type VoucherLineRow = {
  readonly account: string;
  readonly fund: string;
  readonly restriction: string;
  readonly threadId: string | null;
  readonly amountFen: Fen;
};

/** So much of one lot in one payment, or back from it: then it is negative. */
export type AllocationRow = {
  readonly lotId: string;
  readonly kind: AllocationKind;
  readonly source: LotSource;
  readonly receivedOn: Day;
  readonly amountFen: Fen;
};

/** One line of what became of a lot, with the voucher that it was booked by. */
export type TraceRow = {
  readonly kind: AllocationKind;
  readonly amountFen: Fen;
  readonly voucherId: string;
  readonly voucherNumber: number;
  readonly day: Day;
};

export type VoucherDetail = VoucherRow & {
  readonly cause: string;
  readonly postedAt: Date;
  readonly reversalOf: string | null;
  readonly reversedBy: string | null;
  readonly lines: readonly VoucherLineRow[];
  readonly allocations: readonly AllocationRow[];
  /** The lot that it opened, and what became of it; null for a voucher that brought nothing in. */
  readonly lot: (LotRow & { readonly trace: readonly TraceRow[] }) | null;
};

export type LotRow = Purse & {
  readonly id: string;
  readonly voucherId: string;
  readonly source: LotSource;
  readonly receivedOn: Day;
  readonly note: string;
  readonly amountFen: Fen;
  readonly leftFen: Fen;
  readonly frozenFen: Fen;
  /** It was mistyped, and taken back. */
  readonly reversed: boolean;
};

/** As the drivers give it: money and sums come as text from mysql2, instants as text from SQLite. */
type Raw<Row> = {
  [Key in keyof Row]: Row[Key] extends Fen
    ? number | string
    : Row[Key] extends Date
      ? Date | string
      : Row[Key] extends boolean
        ? number | string
        : Row[Key];
};

const FROM_THE_NEWEST: VoucherCursor = { year: 9999, number: 0 };
const MOST_ON_A_PAGE = 100;

const inFen = <Row extends { amountFen: number | string }>(row: Row) => ({
  ...row,
  amountFen: fen(Number(row.amountFen)),
});

const lotOf = (row: Raw<LotRow>): LotRow => ({
  ...inFen(row),
  leftFen: fen(Number(row.leftFen)),
  frozenFen: fen(Number(row.frozenFen)),
  reversed: Number(row.reversed) === 1,
});

const LOT = `
  SELECT l.id AS "id", l.voucher_id AS "voucherId", l.source AS "source", l.received_on AS "receivedOn",
         l.note AS "note", l.amount_fen AS "amountFen", l.left_fen AS "leftFen", l.frozen_fen AS "frozenFen", f.fund AS "fund",
         f.restriction AS "restriction",
         CASE WHEN EXISTS (SELECT 1 FROM lot_allocations a WHERE a.lot_id = l.id AND a.kind = 'REVERSED')
           THEN 1 ELSE 0 END AS "reversed"
  FROM lots l JOIN fund_balances f ON f.id = l.balance_id JOIN books b ON b.id = f.book_id `;

@Injectable()
export class LedgerQueries {
  constructor(private readonly reads: Reads) {}

  async fund(societyId: string): Promise<Fund> {
    const row = await this.reads.one<{
      balance: number | string;
      reserved: number | string;
      frozen: number | string;
    }>`
      SELECT f.balance_fen AS "balance", f.reserved_fen AS "reserved", f.frozen_fen AS "frozen"
      FROM fund_balances f JOIN books b ON b.id = f.book_id
      WHERE b.society_id = ${societyId} AND f.fund = ${POOL.fund} AND f.restriction = ${POOL.restriction}`;
    if (!row) throw new BookNotFound();
    const [balance, reserved, frozen] = [Number(row.balance), Number(row.reserved), Number(row.frozen)];
    return {
      name: EMERGENCY_POOL,
      balanceFen: fen(balance),
      reservedFen: fen(reserved),
      freeFen: fen(balance - reserved - frozen),
    };
  }

  /** All purses of a book: the pool first, then in the order of their opening. */
  async purses(societyId: string): Promise<PurseRow[]> {
    const rows = await this.reads.all<Raw<PurseRow>>`
      SELECT f.id AS "id", f.fund AS "fund", f.restriction AS "restriction", f.balance_fen AS "balanceFen",
             f.reserved_fen AS "reservedFen", f.balance_fen - f.reserved_fen - f.frozen_fen AS "freeFen"
      FROM fund_balances f JOIN books b ON b.id = f.book_id
      WHERE b.society_id = ${societyId} ORDER BY f.id`;
    return rows.map(({ balanceFen, reservedFen, freeFen, ...row }) => ({
      ...row,
      balanceFen: fen(Number(balanceFen)),
      reservedFen: fen(Number(reservedFen)),
      freeFen: fen(Number(freeFen)),
    }));
  }

  /**
   * What a federation holds for each society whose money lies with it (D4-59): what the society's purses hold. That the
   * federation's own book says the same to the fen the reconciler sees; a page does not add that book up.
   */
  async heldFor(federationId: string): Promise<HeldRow[]> {
    const rows = await this.reads.all<Raw<HeldRow>>`
      SELECT s.society_id AS "societyId", s.name AS "name",
             (SELECT COALESCE(SUM(f.balance_fen), 0) FROM fund_balances f WHERE f.book_id = s.id) AS "heldFen"
      FROM books s WHERE s.held_by_id = ${federationId} ORDER BY s.id`;
    return rows.map((row) => ({ ...row, heldFen: fen(Number(row.heldFen)) }));
  }

  /** The name of whoever holds the money of a society; null where it holds it itself. */
  async heldBy(societyId: string): Promise<string | null> {
    const row = await this.reads.one<{ name: string }>`
      SELECT c.name AS "name" FROM books b JOIN books c ON c.society_id = b.held_by_id
      WHERE b.society_id = ${societyId}`;
    return row?.name ?? null;
  }

  /** The newest first, from below `after`: by keyset, so that a page costs the same wherever it stands. */
  async vouchers(
    societyId: string,
    { after, limit = 50 }: { after?: VoucherCursor | null; limit?: number } = {},
  ): Promise<VoucherPage> {
    const { year, number } = after ?? FROM_THE_NEWEST;
    const size = Math.min(Math.max(limit, 1), MOST_ON_A_PAGE);
    const found = await this.reads.all<Raw<VoucherRow>>`
      SELECT v.id AS "id", v.year AS "year", v.number AS "number", v.day AS "day", v.summary AS "summary",
             (SELECT SUM(l.amount_fen) FROM voucher_lines l
              WHERE l.voucher_id = v.id AND l.amount_fen > 0) AS "amountFen"
      FROM vouchers v JOIN books b ON b.id = v.book_id
      WHERE b.society_id = ${societyId} AND (v.year < ${year} OR (v.year = ${year} AND v.number < ${number}))
      ORDER BY v.year DESC, v.number DESC LIMIT ${size + 1}`;
    const rows = found.slice(0, size).map(inFen);
    const last = found.length > size ? rows.at(-1) : undefined;
    return { rows, next: last ? { year: last.year, number: last.number } : null };
  }

  async voucher(societyId: string, voucherId: string): Promise<VoucherDetail> {
    const row = await this.reads.one<Raw<Omit<VoucherDetail, 'lines' | 'allocations' | 'amountFen' | 'lot'>>>`
      SELECT v.id AS "id", v.year AS "year", v.number AS "number", v.day AS "day", v.summary AS "summary",
             v.cause AS "cause", v.posted_at AS "postedAt", v.reversal_of AS "reversalOf",
             (SELECT r.id FROM vouchers r WHERE r.reversal_of = v.id) AS "reversedBy"
      FROM vouchers v JOIN books b ON b.id = v.book_id
      WHERE b.society_id = ${societyId} AND v.id = ${voucherId}`;
    if (!row) throw new VoucherNotFound();
    const lines = await this.linesOf(voucherId);
    const debits = lines.reduce((sum, line) => sum + Math.max(line.amountFen, 0), 0);
    const allocations = await this.allocationsOfVoucher(voucherId);
    const [lot] = await this.lotsBy`WHERE l.voucher_id = ${voucherId}`;
    return {
      ...row,
      postedAt: instantOf(row.postedAt),
      amountFen: fen(debits),
      lines,
      allocations,
      lot: lot ? { ...lot, trace: await this.traceOf(lot.id) } : null,
    };
  }

  /** Every inflow, the oldest first, with what is left of it. */
  async lots(societyId: string): Promise<LotRow[]> {
    return this.lotsBy`WHERE b.society_id = ${societyId} ORDER BY l.received_on, l.id`;
  }

  /** For a page: the last inflows, the newest first. */
  async latestLots(societyId: string, limit = 50): Promise<LotRow[]> {
    return this.lotsBy`
      WHERE b.society_id = ${societyId} ORDER BY l.received_on DESC, l.id DESC LIMIT ${limit}`;
  }

  /** What became of one inflow, in the order of writing. */
  async traceOf(lotId: string): Promise<TraceRow[]> {
    const rows = await this.reads.all<Raw<TraceRow>>`
      SELECT a.kind AS "kind", a.amount_fen AS "amountFen", v.id AS "voucherId", v.number AS "voucherNumber",
             v.day AS "day"
      FROM lot_allocations a JOIN vouchers v ON v.id = a.voucher_id
      WHERE a.lot_id = ${lotId} ORDER BY a.id`;
    return rows.map(inFen);
  }

  /** Whose money one order used, and to whom it gave it back. */
  async allocationsOf(orderId: string): Promise<AllocationRow[]> {
    const rows = await this.reads.all<Raw<AllocationRow>>`
      SELECT l.id AS "lotId", a.kind AS "kind", l.source AS "source", l.received_on AS "receivedOn",
             a.amount_fen AS "amountFen"
      FROM lot_allocations a JOIN lots l ON l.id = a.lot_id
      WHERE a.order_id = ${orderId} ORDER BY a.id`;
    return rows.map(inFen);
  }

  /** How many vouchers there are in all books, and the sum of all their lines, which is nothing. */
  async totals(): Promise<{ vouchers: number; sumOfAllLinesFen: Fen }> {
    const row = await this.reads.one<{ vouchers: number | string; sum: number | string }>`
      SELECT (SELECT COUNT(*) FROM vouchers) AS "vouchers",
             (SELECT COALESCE(SUM(amount_fen), 0) FROM voucher_lines) AS "sum"`;
    return { vouchers: Number(row?.vouchers ?? 0), sumOfAllLinesFen: fen(Number(row?.sum ?? 0)) };
  }

  private async allocationsOfVoucher(voucherId: string): Promise<AllocationRow[]> {
    const rows = await this.reads.all<Raw<AllocationRow>>`
      SELECT l.id AS "lotId", a.kind AS "kind", l.source AS "source", l.received_on AS "receivedOn",
             a.amount_fen AS "amountFen"
      FROM lot_allocations a JOIN lots l ON l.id = a.lot_id
      WHERE a.voucher_id = ${voucherId} ORDER BY a.id`;
    return rows.map(inFen);
  }

  /** The same columns for every list; what follows is bound as in any other template. */
  private async lotsBy(text: TemplateStringsArray, ...values: Value[]): Promise<LotRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([LOT + head, ...rest], { raw: [] });
    return (await this.reads.all<Raw<LotRow>>(whole, ...values)).map(lotOf);
  }

  private async linesOf(voucherId: string): Promise<VoucherLineRow[]> {
    const rows = await this.reads.all<Raw<VoucherLineRow>>`
      SELECT account AS "account", fund AS "fund", restriction AS "restriction", thread_id AS "threadId", amount_fen AS "amountFen"
      FROM voucher_lines WHERE voucher_id = ${voucherId} ORDER BY position`;
    return rows.map(inFen);
  }
}
