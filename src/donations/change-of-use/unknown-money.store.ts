import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { UnclaimedAlreadyAsked } from '../domain/change-of-use.errors.js';
import { UnclaimedMotion } from './unknown-money.entity.js';

const ONE_OPEN = { name: 'uq_unclaimed_motions_open', columns: 'unclaimed_motions.open_key' };

export type MotionRow = { readonly [Key in keyof UnclaimedMotion]: UnclaimedMotion[Key] };

@Injectable()
export class UnknownMoneyStore {
  async insert(tx: Tx, motion: MotionRow): Promise<void> {
    try {
      await tx.insert(UnclaimedMotion, motion);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new UnclaimedAlreadyAsked() : error;
    }
  }

  get(tx: Tx, motionId: string): Promise<MotionRow> {
    return tx.rows.findOneByOrFail(UnclaimedMotion, { id: motionId });
  }

  /** The board has said, once. */
  async end(tx: Tx, motionId: string, state: 'TAKEN' | 'KEPT', at: Date): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The motion has ended'))`
      UPDATE unclaimed_motions SET state = ${state}, ended_at = ${at}, open_key = NULL
      WHERE id = ${motionId} AND state = 'VOTING'`;
  }
}
