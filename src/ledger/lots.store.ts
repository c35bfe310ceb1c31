import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Allocation, OpenLot } from './domain/allocation.js';
import { UNRESTRICTED } from './domain/funds.js';
import { Lot, LotAllocation } from './lot.entity.js';

type RawLot = { id: string; restriction: string; receivedOn: Day; leftFen: number | string };

/**
 * Lots are changed only in a unit that has changed their balance row before: so no two units share one out at once. A
 * server whose snapshot is older than that wait (MySQL 8) reads the lots as they were, and does the unit anew.
 */
@Injectable()
export class LotsStore {
  constructor(private readonly ids: Ids) {}

  async insert(tx: Tx, lot: Omit<Lot, 'id' | 'leftFen'>): Promise<string> {
    const id = this.ids.next();
    await tx.insert(Lot, { ...lot, id, leftFen: lot.amountFen });
    return id;
  }

  async openLots(tx: Tx, balanceId: string): Promise<OpenLot[]> {
    const rows = await tx.read<RawLot>`
      SELECT l.id AS "id", f.restriction AS "restriction", l.received_on AS "receivedOn", l.left_fen AS "leftFen"
      FROM lots l JOIN fund_balances f ON f.id = l.balance_id
      WHERE l.balance_id = ${balanceId} AND l.left_fen > 0`;
    return rows.map(({ id, restriction, receivedOn, leftFen }) => ({
      id,
      earmarked: restriction !== UNRESTRICTED,
      receivedOn,
      leftFen: fen(Number(leftFen)),
    }));
  }

  async allocate(
    tx: Tx,
    payment: { readonly orderId: string; readonly voucherId: string },
    allocations: readonly Allocation[],
  ): Promise<void> {
    for (const { lotId, amountFen } of allocations)
      await tx.changeOne(() => new StaleSnapshot('A lot was used by another payment at the same moment'))`
        UPDATE lots SET left_fen = left_fen - ${amountFen} WHERE id = ${lotId} AND left_fen >= ${amountFen}`;
    await tx.insert(
      LotAllocation,
      allocations.map((allocation) => ({ id: this.ids.next(), ...payment, ...allocation })),
    );
  }
}
