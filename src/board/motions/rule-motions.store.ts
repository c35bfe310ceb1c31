import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { RuleMotionNotFound, RuleMotionPending } from '../domain/rule-motion.errors.js';
import type { RuleMotionState } from '../domain/rule-motion.js';
import { RuleMotion } from './rule-motion.entity.js';

const ONE_OPEN = { name: 'uq_rule_motions_open', columns: 'rule_motions.open_key' };

export type RuleMotionRow = { readonly [Key in keyof RuleMotion]: RuleMotion[Key] };

export type MotionEnd = {
  readonly state: Exclude<RuleMotionState, 'VOTING'>;
  readonly adopted: { readonly id: string; readonly inForceFrom: Day } | null;
  readonly at: Date;
};

@Injectable()
export class RuleMotionsStore {
  async insert(tx: Tx, motion: RuleMotionRow): Promise<void> {
    try {
      await tx.insert(RuleMotion, motion);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new RuleMotionPending() : error;
    }
  }

  async get(tx: Tx, societyId: string, id: string): Promise<RuleMotionRow> {
    const motion = await tx.rows.findOneBy(RuleMotion, { id, societyId });
    if (!motion) throw new RuleMotionNotFound();
    return motion;
  }

  /** Of the same rule, those that the board agreed to earlier. */
  async adoptedBefore(tx: Tx, { kind, targetId, id }: RuleMotionRow): Promise<string[]> {
    const rows = await tx.rows.findBy(RuleMotion, { kind, targetId, state: 'ADOPTED' });
    return rows.map((row) => row.id).filter((each) => each !== id);
  }

  /** The board has said, once. */
  async end(tx: Tx, motionId: string, { state, adopted, at }: MotionEnd): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The motion has ended'))`
      UPDATE rule_motions SET state = ${state}, adopted_id = ${adopted?.id ?? null},
             in_force_from = ${adopted?.inForceFrom ?? null}, ended_at = ${at}, open_key = NULL
      WHERE id = ${motionId} AND state = 'VOTING'`;
  }
}
