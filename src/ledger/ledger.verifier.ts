import { Injectable } from '@nestjs/common';
import { yuanText, fen } from '../kernel/fen.js';
import { NumberGaps } from '../platform/database/number-gaps.js';
import type { Numbered } from '../platform/database/number-gaps.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';
import { VOUCHER_SERIES } from './vouchers.store.js';

type Sum = number | string;

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

const NUMBERS: Numbered = {
  series: VOUCHER_SERIES,
  table: 'vouchers',
  scope: 'book_id',
  year: 'year',
  number: 'number',
  what: '凭证',
  kind: 'voucher number gap',
  subjectOf: (bookId) => `books/${bookId}`,
};

/**
 * Recomputes the books from their rows (architecture.md 3). Every sum is made by the database, and only what differs
 * comes back, so that it serves ten million lines as well.
 */
@Injectable()
export class LedgerVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [
      () => this.balances(),
      () => this.lotsWithoutFund(),
      () => this.reserved(),
      () => this.lots(),
      () => this.money(),
      () => this.givenBack(),
      () => this.struck(),
      () => this.voucherLines(),
      () => this.gaps.find(NUMBERS),
      () => this.custody(),
      () => this.heldForOthers(),
    ])
      findings.push(...(await part()));
    // Where a row differs, the parts above say which; this one sees what only the two together show.
    return findings.length > 0 ? findings : this.lotsOfPurse();
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

  /** Money that came in lies in a fund that is there. */
  private async lotsWithoutFund(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; remains: Sum }>`
      SELECT l.balance_id AS "id", SUM(l.left_fen) AS "remains"
      FROM lots l LEFT JOIN fund_balances f ON f.id = l.balance_id
      WHERE f.id IS NULL GROUP BY l.balance_id`;
    return rows.map(({ id, remains }) => ({
      kind: 'balance',
      subject: `fund_balances/${id}`,
      words: `余额没有了，来款里还剩 ${yuan(remains)}`,
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

  /** What a purse holds, and what of it is held back, is what is left and held back of its lots. */
  private async lotsOfPurse(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; held: Sum; remains: Sum; frozen: Sum; icy: Sum }>`
      SELECT f.id AS "id", MAX(f.balance_fen) AS "held", COALESCE(SUM(l.left_fen), 0) AS "remains",
             MAX(f.frozen_fen) AS "frozen", COALESCE(SUM(l.frozen_fen), 0) AS "icy"
      FROM fund_balances f LEFT JOIN lots l ON l.balance_id = f.id
      GROUP BY f.id
      HAVING MAX(f.balance_fen) <> COALESCE(SUM(l.left_fen), 0) OR MAX(f.frozen_fen) <> COALESCE(SUM(l.frozen_fen), 0)`;
    return rows.map(({ id, held, remains, frozen, icy }) => ({
      kind: 'purse lots',
      subject: `fund_balances/${id}`,
      words: `余额 ${yuan(held)}、冻结 ${yuan(frozen)}，逐笔来款相加是 ${yuan(remains)}、${yuan(icy)}`,
    }));
  }

  /**
   * What a voucher moved at the bank and in cash is the lot that it opened less what it took of lots: a payment takes,
   * a return or an instalment gives back, and the mirror of an inflow takes the whole of its lot.
   */
  private async money(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; moved: Sum; lot: Sum; taken: Sum }>`
      SELECT m.id AS "id", m.moved AS "moved", m.lot AS "lot", m.taken AS "taken"
      FROM (SELECT v.id AS id,
                   COALESCE((SELECT SUM(l.amount_fen) FROM voucher_lines l
                             WHERE l.voucher_id = v.id AND l.account IN ('1001', '1002')), 0) AS moved,
                   COALESCE((SELECT t.amount_fen FROM lots t WHERE t.voucher_id = v.id), 0) AS lot,
                   COALESCE((SELECT SUM(a.amount_fen) FROM lot_allocations a WHERE a.voucher_id = v.id), 0) AS taken
            FROM vouchers v) m
      WHERE m.moved <> m.lot - m.taken`;
    return rows.map(({ id, moved, lot, taken }) =>
      Number(taken) === 0 && Number(moved) > 0
        ? {
            kind: 'lot',
            subject: `vouchers/${id}`,
            words: `凭证收到 ${yuan(moved)}，来款登记的是 ${yuan(lot)}`,
          }
        : {
            kind: 'allocation',
            subject: `vouchers/${id}`,
            words: `银行和现金变动 ${yuan(moved)}，分摊到来款的是 ${yuan(taken)}`,
          },
    );
  }

  /** No order gives more back to a lot than it took of it. */
  private async givenBack(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; taken: Sum }>`
      SELECT a.lot_id AS "id", SUM(a.amount_fen) AS "taken" FROM lot_allocations a
      WHERE a.order_id IS NOT NULL GROUP BY a.order_id, a.lot_id HAVING SUM(a.amount_fen) < 0`;
    return rows.map(({ id, taken }) => ({
      kind: 'allocation',
      subject: `lots/${id}`,
      words: `一张付款单还给这笔来款的比用的多 ${yuan(-Number(taken))}`,
    }));
  }

  /** An inflow is struck whole, by the mirror of the voucher that booked it. */
  private async struck(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT t.id AS "id" FROM lot_allocations a
      JOIN lots t ON t.id = a.lot_id JOIN vouchers v ON v.id = a.voucher_id
      WHERE a.kind = 'REVERSED' AND (a.amount_fen <> t.amount_fen OR COALESCE(v.reversal_of, '') <> t.voucher_id)`;
    return rows.map(({ id }) => ({
      kind: 'reversal',
      subject: `lots/${id}`,
      words: '这笔来款的冲销和原来的凭证对不上',
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

  /** Each voucher that moved money held by a federation has its twin in the federation's book (D4-59). */
  private async custody(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; moved: Sum; held: Sum }>`
      SELECT m.id AS "id", m.moved AS "moved", m.held AS "held"
      FROM (SELECT v.id AS id,
                   COALESCE((SELECT SUM(l.amount_fen) FROM voucher_lines l
                             WHERE l.voucher_id = v.id AND l.account IN ('1001', '1002')), 0) AS moved,
                   COALESCE((SELECT SUM(h.amount_fen) FROM vouchers c JOIN voucher_lines h ON h.voucher_id = c.id
                             WHERE c.cause = 'custody:' || v.id AND h.account = '1701'), 0) AS held
            FROM vouchers v JOIN books b ON b.id = v.book_id WHERE b.held_by_id IS NOT NULL) m
      WHERE m.moved <> m.held`;
    return rows.map(({ id, moved, held }) => ({
      kind: 'custody',
      subject: `vouchers/${id}`,
      words: `社里的凭证变动 ${yuan(moved)}，总会代管账上是 ${yuan(held)}`,
    }));
  }

  /** What a federation holds for a society is what the society's own book has, to the fen. */
  private async heldForOthers(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; own: Sum; held: Sum }>`
      SELECT m.id AS "id", m.own AS "own", m.held AS "held"
      FROM (SELECT b.id AS id, COALESCE(h.held, 0) AS held,
                   COALESCE((SELECT SUM(f.balance_fen) FROM fund_balances f WHERE f.book_id = b.id), 0) AS own
            FROM books b
            LEFT JOIN (SELECT c.society_id AS keeper_id, l.society_id AS owner_id, SUM(l.amount_fen) AS held
                       FROM voucher_lines l JOIN vouchers v ON v.id = l.voucher_id JOIN books c ON c.id = v.book_id
                       WHERE l.account = '1701' GROUP BY c.society_id, l.society_id) h
              ON h.keeper_id = b.held_by_id AND h.owner_id = b.society_id
            WHERE b.held_by_id IS NOT NULL) m
      WHERE m.own <> m.held`;
    return rows.map(({ id, own, held }) => ({
      kind: 'custody',
      subject: `books/${id}`,
      words: `社里账上有 ${yuan(own)}，总会代管账上是 ${yuan(held)}`,
    }));
  }
}
