import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { BankReferenceUsed } from './domain/payment.errors.js';
import {
  AlreadyDemanded,
  InstalmentOverOutstanding,
  RecoveryNotFound,
  RecoveryOver,
} from './domain/recovery.errors.js';
import { givenUpOf, outstandingOf } from './domain/recovery-rules.js';
import { Recovery, RecoveryInstalment } from './recovery.entity.js';

const ONE_DEMAND = { name: 'uq_recoveries_order', columns: 'recoveries.order_id' };
const ONE_REFERENCE = {
  name: 'uq_recovery_instalments_reference',
  columns: 'recovery_instalments.society_id, recovery_instalments.bank_reference',
};

/** Somebody paid back at the same moment: a new unit will see what is owed now. */
const moved = (): Error => new StaleSnapshot('The recovery has moved on');

@Injectable()
export class RecoveriesStore {
  constructor(private readonly ids: Ids) {}

  async insert(tx: Tx, recovery: Recovery): Promise<void> {
    try {
      await tx.insert(Recovery, recovery);
    } catch (error) {
      throw breaksUnique(error, ONE_DEMAND) ? new AlreadyDemanded() : error;
    }
  }

  async get(tx: Tx, societyId: string, recoveryId: string): Promise<Recovery> {
    const row = await tx.rows.findOneBy(Recovery, { id: recoveryId, societyId });
    if (!row) throw new RecoveryNotFound();
    return row;
  }

  findOfOrder(tx: Tx, orderId: string): Promise<Recovery | null> {
    return tx.rows.findOneBy(Recovery, { orderId });
  }

  /** Takes so much off what is owed: never more than that, however many pay back together. */
  async payBack(tx: Tx, seen: Recovery, amountFen: Fen): Promise<void> {
    const outstanding = outstandingOf(seen);
    if (outstanding === 0) throw new RecoveryOver();
    if (amountFen > outstanding) throw new InstalmentOverOutstanding(amountFen, outstanding);
    const state = amountFen === outstanding ? 'RECOVERED' : 'OPEN';
    await tx.changeOne(moved)`
      UPDATE recoveries
      SET recovered_fen = recovered_fen + ${amountFen}, state = ${state}, version = version + 1
      WHERE id = ${seen.id} AND state = 'OPEN' AND version = ${seen.version}
        AND recovered_fen + written_off_fen + ${amountFen} <= demanded_fen`;
  }

  /** Takes so much off what was given up: nobody owes it, and so it is never refused for being late. */
  async payBackLate(tx: Tx, seen: Recovery, amountFen: Fen): Promise<void> {
    const givenUp = givenUpOf(seen);
    if (givenUp === 0) throw new RecoveryOver();
    if (amountFen > givenUp) throw new InstalmentOverOutstanding(amountFen, givenUp);
    await tx.changeOne(moved)`
      UPDATE recoveries
      SET recovered_late_fen = recovered_late_fen + ${amountFen}, version = version + 1
      WHERE id = ${seen.id} AND state = 'WRITTEN_OFF' AND version = ${seen.version}
        AND recovered_late_fen + ${amountFen} <= written_off_fen`;
  }

  /** Takes it for this unit, before the books are touched. */
  async claim(tx: Tx, seen: Recovery): Promise<void> {
    if (seen.state !== 'OPEN') throw new RecoveryOver();
    await tx.changeOne(moved)`
      UPDATE recoveries SET version = version + 1
      WHERE id = ${seen.id} AND state = 'OPEN' AND version = ${seen.version}`;
  }

  /** The rest of what this unit has claimed is given up. */
  async writeOff(tx: Tx, seen: Recovery, voucherId: string, writtenOffOn: Day): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE recoveries
      SET written_off_fen = ${outstandingOf(seen)}, state = 'WRITTEN_OFF', write_off_voucher_id = ${voucherId},
          written_off_on = ${writtenOffOn}
      WHERE id = ${seen.id} AND state = 'OPEN' AND version = ${seen.version + 1}`;
  }

  async insertInstalment(tx: Tx, instalment: Omit<RecoveryInstalment, 'id'>): Promise<void> {
    try {
      await tx.insert(RecoveryInstalment, { ...instalment, id: this.ids.next() });
    } catch (error) {
      throw breaksUnique(error, ONE_REFERENCE) ? new BankReferenceUsed() : error;
    }
  }
}
