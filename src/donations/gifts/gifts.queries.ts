import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { GiftNature } from '../../ledger/index.js';
import { Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { GiftNotFound } from '../domain/donations.errors.js';
import type { GiftForm, GiftState, Intent, ReceiptState } from '../domain/gift.js';

/** A gift with what became of its money: over all its lots, used + refunded + frozen + free = received. */
export type GiftRow = {
  readonly id: string;
  readonly societyId: string;
  readonly donorId: string | null;
  /** Masked for a person; null where nobody is named. */
  readonly shownName: string | null;
  readonly nature: GiftNature;
  readonly form: GiftForm;
  readonly state: GiftState;
  readonly receiptState: ReceiptState;
  readonly amountFen: Fen;
  readonly givenOn: Day;
  readonly method: 'BANK' | 'CASH' | null;
  readonly bankReference: string | null;
  readonly intent: Intent;
  readonly intentWords: string;
  readonly fund: string;
  readonly restriction: string;
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
  /** What was paid out of it, less what came back. */
  readonly usedFen: Fen;
  /** So much of that for the running of the house, and for no case. */
  readonly managedFen: Fen;
  readonly refundedFen: Fen;
  /** What is left, held back or not. */
  readonly unspentFen: Fen;
  readonly frozenFen: Fen;
};

type Raw = Omit<
  GiftRow,
  'amountFen' | 'usedFen' | 'managedFen' | 'refundedFen' | 'unspentFen' | 'frozenFen'
> &
  Record<
    'amountFen' | 'usedFen' | 'managedFen' | 'refundedFen' | 'unspentFen' | 'frozenFen',
    number | string
  >;

export type GiftCursor = { readonly givenOn: Day; readonly id: string };
export type GiftPage = { readonly rows: readonly GiftRow[]; readonly next: GiftCursor | null };

export type GiftTotals = {
  readonly gifts: number;
  readonly receivedFen: Fen;
  readonly unknown: number;
  readonly unknownFen: Fen;
  readonly receiptsDue: number;
};

const MOST_ON_A_PAGE = 50;
const FROM_THE_NEWEST = { givenOn: '9999-12-31', id: 'z' };

const GIFT = `
  SELECT g.id AS "id", g.society_id AS "societyId", g.donor_id AS "donorId", d.shown_name AS "shownName",
         g.nature AS "nature", g.form AS "form", g.state AS "state", g.receipt_state AS "receiptState",
         g.amount_fen AS "amountFen", g.given_on AS "givenOn", g.method AS "method",
         g.bank_reference AS "bankReference", g.intent AS "intent", g.intent_words AS "intentWords",
         g.fund AS "fund", g.restriction AS "restriction", g.voucher_id AS "voucherId", v.number AS "voucherNumber",
         (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id
          WHERE x.gift_id = g.id AND (a.order_id IS NOT NULL OR a.kind = 'MANAGED')) AS "usedFen",
         (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id
          WHERE x.gift_id = g.id AND a.kind = 'MANAGED') AS "managedFen",
         (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id
          WHERE x.gift_id = g.id AND a.kind = 'REFUNDED') AS "refundedFen",
         (SELECT COALESCE(SUM(l.left_fen), 0) FROM gift_lots x JOIN lots l ON l.id = x.lot_id
          WHERE x.gift_id = g.id) AS "unspentFen",
         (SELECT COALESCE(SUM(l.frozen_fen), 0) FROM gift_lots x JOIN lots l ON l.id = x.lot_id
          WHERE x.gift_id = g.id) AS "frozenFen"
  FROM gifts g LEFT JOIN donors d ON d.id = g.donor_id LEFT JOIN vouchers v ON v.id = g.voucher_id `;

@Injectable()
export class GiftsQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's gift is not found, like one that never was (D4-69). */
  async gift(societyId: string, giftId: string): Promise<GiftRow> {
    const [row] = await this.gifts`WHERE g.society_id = ${societyId} AND g.id = ${giftId}`;
    if (!row) throw new GiftNotFound();
    return row;
  }

  /** The newest first, from below `after`. */
  async page(societyId: string, after: GiftCursor | null): Promise<GiftPage> {
    const { givenOn, id } = after ?? FROM_THE_NEWEST;
    const rows = await this.gifts`
      WHERE g.society_id = ${societyId} AND (g.given_on < ${givenOn} OR (g.given_on = ${givenOn} AND g.id < ${id}))
      ORDER BY g.given_on DESC, g.id DESC LIMIT ${MOST_ON_A_PAGE + 1}`;
    const shown = rows.slice(0, MOST_ON_A_PAGE);
    const last = rows.length > MOST_ON_A_PAGE ? shown.at(-1) : undefined;
    return { rows: shown, next: last ? { givenOn: last.givenOn, id: last.id } : null };
  }

  /** What one donor gave, the newest first. */
  async ofDonor(societyId: string, donorId: string, limit = MOST_ON_A_PAGE): Promise<GiftRow[]> {
    return this.gifts`
      WHERE g.society_id = ${societyId} AND g.donor_id = ${donorId}
      ORDER BY g.given_on DESC, g.id DESC LIMIT ${limit}`;
  }

  /** What came in from one donor in a year, fees left out, the oldest first. */
  async ofDonorInYear(societyId: string, donorId: string, year: number): Promise<GiftRow[]> {
    return this.gifts`
      WHERE g.society_id = ${societyId} AND g.donor_id = ${donorId} AND g.nature = 'GIFT' AND g.state = 'RECEIVED'
        AND g.given_on >= ${`${year}-01-01`} AND g.given_on <= ${`${year}-12-31`}
      ORDER BY g.given_on, g.id`;
  }

  /** The years in which something came in from one donor, fees left out, the oldest first. */
  async yearsOfDonor(societyId: string, donorId: string): Promise<number[]> {
    const rows = await this.reads.all<{ year: string }>`
      SELECT DISTINCT SUBSTR(given_on, 1, 4) AS "year" FROM gifts
      WHERE society_id = ${societyId} AND donor_id = ${donorId} AND nature = 'GIFT' AND state = 'RECEIVED'
      ORDER BY 1`;
    return rows.map(({ year }) => Number(year));
  }

  async totals(societyId: string): Promise<GiftTotals> {
    const row = await this.reads.one<Record<keyof GiftTotals, number | string | null>>`
      SELECT SUM(CASE WHEN state = 'RECEIVED' AND nature = 'GIFT' THEN 1 ELSE 0 END) AS "gifts",
             SUM(CASE WHEN state = 'RECEIVED' AND nature = 'GIFT' THEN amount_fen ELSE 0 END) AS "receivedFen",
             SUM(CASE WHEN state = 'UNKNOWN' THEN 1 ELSE 0 END) AS "unknown",
             SUM(CASE WHEN state = 'UNKNOWN' THEN amount_fen ELSE 0 END) AS "unknownFen",
             SUM(CASE WHEN state = 'RECEIVED' AND receipt_state = 'DUE' THEN 1 ELSE 0 END) AS "receiptsDue"
      FROM gifts WHERE society_id = ${societyId}`;
    const count = (key: keyof GiftTotals) => Number(row?.[key] ?? 0);
    return {
      gifts: count('gifts'),
      receivedFen: fen(count('receivedFen')),
      unknown: count('unknown'),
      unknownFen: fen(count('unknownFen')),
      receiptsDue: count('receiptsDue'),
    };
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async gifts(text: TemplateStringsArray, ...values: Value[]): Promise<GiftRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([GIFT + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      usedFen: fen(Number(row.usedFen)),
      managedFen: fen(Number(row.managedFen)),
      refundedFen: fen(Number(row.refundedFen)),
      unspentFen: fen(Number(row.unspentFen)),
      frozenFen: fen(Number(row.frozenFen)),
    }));
  }
}
