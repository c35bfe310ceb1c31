import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import type { AllocationKind, GiftNature, Purse } from '../../ledger/index.js';
import { instantOf, listOf, Reads } from '../../platform/database/reads.js';
import { GiftNotFound } from '../domain/donations.errors.js';
import type { GiftForm, GiftState, Intent, ReceiptState } from '../domain/gift.js';
import { goodsTraceOf } from '../domain/goods-trace.js';
import type { GoodsTrace, TracedItem, TracedMove } from '../domain/goods-trace.js';
import { traceOf } from '../domain/trace.js';
import type { GiftTrace, TracedLine, TracedLot } from '../domain/trace.js';

/** A gift as its giver knows it: nothing of how it was recorded, and none of his own words. */
export type TracedGift = Purse & {
  readonly id: string;
  readonly societyId: string;
  readonly donorId: string | null;
  readonly nature: GiftNature;
  readonly form: GiftForm;
  readonly state: GiftState;
  readonly receiptState: ReceiptState;
  readonly amountFen: Fen;
  readonly givenOn: Day;
  readonly method: 'BANK' | 'CASH' | null;
  readonly intent: Intent;
  readonly recordedAt: Date;
};

/** A gift, and all that became of its money; of goods, what became of the pieces. */
export type Traced = {
  readonly gift: TracedGift;
  readonly trace: GiftTrace;
  readonly goods: GoodsTrace | null;
};

type RawGift = Omit<TracedGift, 'amountFen' | 'recordedAt'> & {
  amountFen: number | string;
  recordedAt: Date | string;
};
type RawLot = Omit<TracedLot, 'amountFen' | 'leftFen' | 'frozenFen'> &
  Record<'amountFen' | 'leftFen' | 'frozenFen', number | string>;
type RawItem = Omit<TracedItem, 'accepted' | 'inStock' | 'unitValueFen'> &
  Record<'accepted' | 'inStock' | 'unitValueFen', number | string | null>;
type RawMove = Omit<TracedMove, 'quantity' | 'amountFen'> & { giftId: string } & Record<
    'quantity' | 'amountFen',
    number | string
  >;
type RawLine = Omit<TracedLine, 'amountFen' | 'kind'> & { kind: AllocationKind; amountFen: number | string };

/**
 * Every fen of a gift, from the day that it came in: three questions, whether about one gift or about all that a
 * company ever gave; two more where goods are among them.
 */
@Injectable()
export class TraceQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's gift is not found, like one that never was (D4-69). */
  async ofGift(societyId: string, giftId: string): Promise<Traced> {
    const [traced] = await this.ofGifts([giftId]);
    if (traced?.gift.societyId !== societyId) throw new GiftNotFound();
    return traced;
  }

  /** What these donors gave, wherever they gave it, the newest first; pledges and what was taken back are left out. */
  async ofDonors(donorIds: readonly string[]): Promise<Traced[]> {
    const gifts = await this.reads.among<RawGift>`
      SELECT g.id AS "id", g.society_id AS "societyId", g.donor_id AS "donorId", g.nature AS "nature", g.form AS "form",
             g.state AS "state", g.receipt_state AS "receiptState", g.amount_fen AS "amountFen", g.given_on AS "givenOn",
             g.method AS "method", g.intent AS "intent", g.fund AS "fund", g.restriction AS "restriction",
             g.recorded_at AS "recordedAt"
      FROM gifts g WHERE g.donor_id IN ${listOf(donorIds)} AND g.state = 'RECEIVED'
      ORDER BY g.given_on DESC, g.id DESC`;
    return this.traced(gifts);
  }

  /** Many gifts at once, of whatever society: for whoever has asked already whose they are. */
  async ofGifts(giftIds: readonly string[]): Promise<Traced[]> {
    const gifts = await this.reads.among<RawGift>`
      SELECT g.id AS "id", g.society_id AS "societyId", g.donor_id AS "donorId", g.nature AS "nature", g.form AS "form",
             g.state AS "state", g.receipt_state AS "receiptState", g.amount_fen AS "amountFen", g.given_on AS "givenOn",
             g.method AS "method", g.intent AS "intent", g.fund AS "fund", g.restriction AS "restriction",
             g.recorded_at AS "recordedAt"
      FROM gifts g WHERE g.id IN ${listOf(giftIds)} ORDER BY g.given_on DESC, g.id DESC`;
    return this.traced(gifts);
  }

  private async traced(rows: readonly RawGift[]): Promise<Traced[]> {
    const ids = rows.map(({ id }) => id);
    const lots = groupedBy(await this.lotsOf(ids), ({ giftId }) => giftId);
    const lines = groupedBy(await this.linesOf(ids), ({ giftId }) => giftId);
    const goods = await this.goodsOf(rows.filter(({ form }) => form === 'GOODS').map(({ id }) => id));
    return rows.map((row) => ({
      goods: goods.get(row.id) ?? null,
      gift: { ...row, amountFen: fen(Number(row.amountFen)), recordedAt: instantOf(row.recordedAt) },
      trace: traceOf(row.id, lots.get(row.id) ?? [], lines.get(row.id) ?? []),
    }));
  }

  private async goodsOf(giftIds: readonly string[]): Promise<ReadonlyMap<string, GoodsTrace>> {
    if (giftIds.length === 0) return new Map();
    const rows = await this.reads.among<RawItem>`
      SELECT d.gift_id AS "giftId", i.id AS "itemId", i.name AS "name", i.unit AS "unit", i.accepted AS "accepted",
             i.in_stock AS "inStock", i.unit_value_fen AS "unitValueFen"
      FROM goods_deliveries d JOIN goods_items i ON i.delivery_id = d.id AND i.accepted > 0
      WHERE d.gift_id IN ${listOf(giftIds)} ORDER BY i.id`;
    const items = rows.map((row): TracedItem => ({
      ...row,
      accepted: Number(row.accepted),
      inStock: Number(row.inStock),
      unitValueFen: fen(Number(row.unitValueFen ?? 0)),
    }));
    const moves = (
      await this.reads.among<RawMove>`
        SELECT d.gift_id AS "giftId", m.item_id AS "itemId", m.kind AS "kind", m.quantity AS "quantity",
               m.amount_fen AS "amountFen", m.moved_on AS "day", m.thread_id AS "threadId"
        FROM goods_deliveries d JOIN goods_items i ON i.delivery_id = d.id JOIN goods_moves m ON m.item_id = i.id
        WHERE d.gift_id IN ${listOf(giftIds)} ORDER BY m.id`
    ).map((row) => ({ ...row, quantity: Number(row.quantity), amountFen: fen(Number(row.amountFen)) }));
    const [ofItems, ofMoves] = [
      groupedBy(items, ({ giftId }) => giftId),
      groupedBy(moves, ({ giftId }) => giftId),
    ];
    return new Map(giftIds.map((id) => [id, goodsTraceOf(ofItems.get(id) ?? [], ofMoves.get(id) ?? [])]));
  }

  private async lotsOf(giftIds: readonly string[]): Promise<TracedLot[]> {
    const rows = await this.reads.among<RawLot>`
      SELECT x.gift_id AS "giftId", l.id AS "lotId", l.voucher_id AS "voucherId", v.day AS "bookedOn",
             l.amount_fen AS "amountFen", l.left_fen AS "leftFen", l.frozen_fen AS "frozenFen", f.fund AS "fund",
             f.restriction AS "restriction"
      FROM gift_lots x JOIN lots l ON l.id = x.lot_id JOIN fund_balances f ON f.id = l.balance_id
      JOIN vouchers v ON v.id = l.voucher_id
      WHERE x.gift_id IN ${listOf(giftIds)} ORDER BY l.id`;
    return rows.map((row) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      leftFen: fen(Number(row.leftFen)),
      frozenFen: fen(Number(row.frozenFen)),
    }));
  }

  /** All lines of one voucher that pays or brings back are about one case: the books say which. */
  private async linesOf(giftIds: readonly string[]): Promise<TracedLine[]> {
    const rows = await this.reads.among<RawLine>`
      SELECT x.gift_id AS "giftId", a.lot_id AS "lotId", a.kind AS "kind", a.amount_fen AS "amountFen",
             a.voucher_id AS "voucherId", v.day AS "day",
             (SELECT MAX(b.thread_id) FROM voucher_lines b WHERE b.voucher_id = a.voucher_id) AS "threadId"
      FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id JOIN vouchers v ON v.id = a.voucher_id
      WHERE x.gift_id IN ${listOf(giftIds)} ORDER BY a.id`;
    return rows.map((row) => ({ ...row, amountFen: fen(Number(row.amountFen)) }));
  }
}
