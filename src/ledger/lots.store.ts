import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { fen, negated } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Allocation, AllocationKind, OpenLot } from './domain/allocation.js';
import { UNRESTRICTED } from './domain/funds.js';
import { Lot, LotAllocation } from './lot.entity.js';

type RawLot = { id: string; restriction: string; receivedOn: Day; leftFen: number | string };
type RawAllocation = { lotId: string; balanceId: string; amountFen: number | string };

/** A line of a trace, and the purse that its lot belongs to. */
export type PurseAllocation = Allocation & { readonly balanceId: string };

/** What the lines of a trace have in common. */
type Written = { readonly voucherId: string; readonly kind: AllocationKind; readonly orderId: string | null };
type OfOrder = { readonly orderId: string; readonly voucherId: string };

const moved = (): Error => new StaleSnapshot('A lot was used by another unit at the same moment');

/**
 * Lots are changed only in a unit that has changed their balance row before: so no two units share one out at once. A
 * server whose snapshot is older than that wait (MySQL 8) reads the lots as they were, and does the unit anew.
 */
@Injectable()
export class LotsStore {
  constructor(private readonly ids: Ids) {}

  async insert(tx: Tx, lot: Omit<Lot, 'id' | 'leftFen' | 'frozenFen'>): Promise<string> {
    const id = this.ids.next();
    await tx.insert(Lot, { ...lot, id, leftFen: lot.amountFen, frozenFen: fen(0) });
    return id;
  }

  /** What a payment may take of: what is held back is left out. */
  async openLots(tx: Tx, balanceId: string): Promise<OpenLot[]> {
    const rows = await tx.read<RawLot>`
      SELECT l.id AS "id", f.restriction AS "restriction", l.received_on AS "receivedOn",
             l.left_fen - l.frozen_fen AS "leftFen"
      FROM lots l JOIN fund_balances f ON f.id = l.balance_id
      WHERE l.balance_id = ${balanceId} AND l.left_fen > l.frozen_fen`;
    return rows.map(({ id, restriction, receivedOn, leftFen }) => ({
      id,
      earmarked: restriction !== UNRESTRICTED,
      receivedOn,
      leftFen: fen(Number(leftFen)),
    }));
  }

  /** The lot that a voucher opened. */
  findOpenedBy(tx: Tx, voucherId: string): Promise<Lot | null> {
    return tx.rows.findOneBy(Lot, { voucherId });
  }

  async get(tx: Tx, id: string): Promise<Lot> {
    return tx.rows.findOneByOrFail(Lot, { id });
  }

  /** All that an order took of lots and gave back, in the order of writing. */
  async traceOf(tx: Tx, orderId: string): Promise<PurseAllocation[]> {
    const rows = await tx.read<RawAllocation>`
      SELECT a.lot_id AS "lotId", l.balance_id AS "balanceId", a.amount_fen AS "amountFen"
      FROM lot_allocations a JOIN lots l ON l.id = a.lot_id
      WHERE a.order_id = ${orderId} ORDER BY a.id`;
    return rows.map((row) => ({ ...row, amountFen: fen(Number(row.amountFen)) }));
  }

  async take(tx: Tx, payment: OfOrder, allocations: readonly Allocation[]): Promise<void> {
    for (const { lotId, amountFen } of allocations)
      await tx.changeOne(moved)`
        UPDATE lots SET left_fen = left_fen - ${amountFen}
        WHERE id = ${lotId} AND left_fen - frozen_fen >= ${amountFen}`;
    await this.write(tx, { ...payment, kind: 'PAID' }, allocations);
  }

  async giveBack(
    tx: Tx,
    back: OfOrder & { readonly kind: 'RETURNED' | 'RECOVERED' },
    allocations: readonly Allocation[],
  ): Promise<void> {
    for (const { lotId, amountFen } of allocations)
      await tx.changeOne(moved)`
        UPDATE lots SET left_fen = left_fen + ${amountFen}
        WHERE id = ${lotId} AND left_fen + ${amountFen} <= amount_fen`;
    const negative = allocations.map(({ lotId, amountFen }) => ({ lotId, amountFen: negated(amountFen) }));
    await this.write(tx, back, negative);
  }

  /** Ends a lot of which nothing is used: the inflow never was. */
  async strike(tx: Tx, { id, amountFen }: Lot, voucherId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE lots SET left_fen = 0 WHERE id = ${id} AND left_fen = amount_fen AND frozen_fen = 0`;
    await this.write(tx, { voucherId, kind: 'REVERSED', orderId: null }, [{ lotId: id, amountFen }]);
  }

  /** What is left of a lot goes another way than to a case: back to its giver, to another purse, into the running of the house. */
  async drain(
    tx: Tx,
    { id, voucherId, kind }: { id: string; voucherId: string; kind: 'REFUNDED' | 'MOVED' | 'MANAGED' },
    amountFen: Fen,
  ): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE lots SET left_fen = left_fen - ${amountFen}
      WHERE id = ${id} AND left_fen - frozen_fen >= ${amountFen}`;
    await this.write(tx, { voucherId, kind, orderId: null }, [{ lotId: id, amountFen }]);
  }

  async freeze(tx: Tx, id: string, amountFen: Fen): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE lots SET frozen_fen = frozen_fen + ${amountFen}
      WHERE id = ${id} AND left_fen - frozen_fen >= ${amountFen}`;
  }

  async thaw(tx: Tx, id: string, amountFen: Fen): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE lots SET frozen_fen = frozen_fen - ${amountFen} WHERE id = ${id} AND frozen_fen >= ${amountFen}`;
  }

  private async write(tx: Tx, of: Written, allocations: readonly Allocation[]): Promise<void> {
    await tx.insert(
      LotAllocation,
      allocations.map(({ lotId, amountFen }) => ({ id: this.ids.next(), ...of, lotId, amountFen })),
    );
  }
}
