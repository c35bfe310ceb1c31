import { Injectable } from '@nestjs/common';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import {
  RefundAlreadyOpen,
  RefundLineTaken,
  RefundMovedOn,
  RefundNotFound,
} from '../domain/refund.errors.js';
import { REFUND_ROAD, REFUND_STATE_WORDS } from '../domain/refund.js';
import type { FreePart, LeftLot, RefundAct, RefundState } from '../domain/refund.js';
import { GiftRefund, GiftRefundLine, GiftRefundPart } from './gift-refund.entity.js';

const ONE_OPEN = { name: 'uq_gift_refunds_open', columns: 'gift_refunds.open_key' };
const ONE_LINE = {
  name: 'uq_gift_refund_lines_bank',
  columns: 'gift_refund_lines.society_id, gift_refund_lines.bank_reference',
};

export type RefundRow = { readonly [Key in keyof GiftRefund]: GiftRefund[Key] };
type RawLot = Record<'leftFen' | 'frozenFen' | 'purseFreeFen', number | string> & {
  lotId: string;
  balanceId: string;
};

/** What of a gift is left, lot by lot, and altogether: held back or not. */
export type GiftLeft = { readonly lots: readonly LeftLot[]; readonly unspentFen: Fen };

const moved = (): Error => new StaleSnapshot('The refund was changed by another unit at the same moment');

/** Rows of refunds; another society's is not found. A step is made from the state and the version that were read. */
@Injectable()
export class GiftRefundsStore {
  constructor(private readonly ids: Ids) {}

  async leftOf(tx: Tx, giftId: string): Promise<GiftLeft> {
    const rows = await tx.read<RawLot>`
      SELECT l.id AS "lotId", l.balance_id AS "balanceId", l.left_fen AS "leftFen", l.frozen_fen AS "frozenFen",
             f.balance_fen - f.reserved_fen - f.frozen_fen AS "purseFreeFen"
      FROM gift_lots x JOIN lots l ON l.id = x.lot_id JOIN fund_balances f ON f.id = l.balance_id
      WHERE x.gift_id = ${giftId} ORDER BY l.id`;
    return {
      lots: rows.map(({ lotId, balanceId, leftFen, frozenFen, purseFreeFen }) => ({
        ...{ lotId, balanceId },
        leftFen: fen(Number(leftFen) - Number(frozenFen)),
        purseFreeFen: fen(Number(purseFreeFen)),
      })),
      unspentFen: fen(rows.reduce((sum, { leftFen }) => sum + Number(leftFen), 0)),
    };
  }

  /** What went back of a gift so far, over all its lots. */
  async refundedOf(tx: Tx, giftId: string): Promise<Fen> {
    const [row] = await tx.read<{ refunded: number | string }>`
      SELECT COALESCE(SUM(a.amount_fen), 0) AS "refunded"
      FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id
      WHERE x.gift_id = ${giftId} AND a.kind = 'REFUNDED'`;
    return fen(Number(row?.refunded ?? 0));
  }

  async insert(tx: Tx, refund: RefundRow, parts: readonly FreePart[]): Promise<void> {
    try {
      await tx.insert(GiftRefund, refund);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new RefundAlreadyOpen() : error;
    }
    await this.insertParts(tx, refund.id, parts);
  }

  async insertParts(tx: Tx, refundId: string, parts: readonly FreePart[]): Promise<void> {
    if (parts.length === 0) return;
    await tx.insert(
      GiftRefundPart,
      parts.map(({ lotId, amountFen }) => ({
        ...{ id: this.ids.next(), refundId, lotId, amountFen },
        voucherId: null,
      })),
    );
  }

  async get(tx: Tx, societyId: string, refundId: string): Promise<RefundRow> {
    const row = await tx.rows.findOneBy(GiftRefund, { id: refundId, societyId });
    if (!row) throw new RefundNotFound();
    return row;
  }

  partsOf(tx: Tx, refundId: string): Promise<GiftRefundPart[]> {
    return tx.rows.find(GiftRefundPart, { where: { refundId }, order: { id: 'ASC' } });
  }

  /** Approved, refused or called off. */
  async decide(
    tx: Tx,
    seen: RefundRow,
    act: Exclude<RefundAct, 'pay'>,
    { by, words, at }: { readonly by: string | null; readonly words: string | null; readonly at: Date },
  ): Promise<void> {
    const state = nextOf(seen, act);
    const isOpen = state === 'APPROVED';
    // Whoever calls off an approved one did not approve it: that name stays.
    const [decidedBy, decidedAt] =
      act === 'callOff' ? ([seen.decidedBy, seen.decidedAt] as const) : ([by, at] as const);
    await tx.changeOne(moved)`
      UPDATE gift_refunds
      SET state = ${state}, decided_by = ${decidedBy}, decided_at = ${decidedAt}, decision_words = ${words},
          ended_at = ${isOpen ? null : at}, open_key = ${isOpen ? seen.openKey : null}, version = version + 1
      WHERE id = ${seen.id} AND state = ${seen.state} AND version = ${seen.version}`;
  }

  async pay(
    tx: Tx,
    seen: RefundRow,
    { lineId, at }: { readonly lineId: string; readonly at: Date },
  ): Promise<void> {
    const state = nextOf(seen, 'pay');
    await tx.changeOne(moved)`
      UPDATE gift_refunds
      SET state = ${state}, line_id = ${lineId}, ended_at = ${at}, open_key = NULL, version = version + 1
      WHERE id = ${seen.id} AND state = ${seen.state} AND version = ${seen.version}`;
  }

  /** One transfer at the bank is written down once: two who write it at once cannot both be told yes. */
  async insertLine(tx: Tx, line: GiftRefundLine): Promise<void> {
    try {
      await tx.insert(GiftRefundLine, line);
    } catch (error) {
      throw breaksUnique(error, ONE_LINE) ? new RefundLineTaken() : error;
    }
  }

  async booked(tx: Tx, partId: string, voucherId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE gift_refund_parts SET voucher_id = ${voucherId} WHERE id = ${partId} AND voucher_id IS NULL`;
  }
}

/** The row of the table for this act, or the refusal that says where the refund is. */
export function nextOf({ state }: Pick<RefundRow, 'state'>, act: RefundAct): RefundState {
  const next = REFUND_ROAD[state][act];
  if (next === undefined) throw new RefundMovedOn(REFUND_STATE_WORDS[state]);
  return next;
}
