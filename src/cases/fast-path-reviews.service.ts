import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { societyOf } from '../platform/web/caller.js';
import { LIFT_WORDS } from './domain/fast-path.js';
import type { LiftReason, Seat } from './domain/fast-path.js';
import { NobodyHeldOff } from './domain/fast-path.errors.js';
import { FastPathReviewsQueries } from './fast-path-reviews.queries.js';
import { FastPathService } from './fast-path.service.js';
import { FastPathStore } from './fast-path.store.js';

export type RestoringTyped = {
  readonly fastPathId: string;
  /** Which of the three may sign again. */
  readonly seat: Seat;
  readonly reason: LiftReason;
};
export type Restored = { readonly fastPathId: string };

/** The town union's review of a fast path that the board did not stand by (D4-68). The money stays where it is. */
@Injectable()
export class FastPathReviewsService {
  constructor(
    private readonly commands: Commands,
    private readonly queries: FastPathReviewsQueries,
    private readonly store: FastPathStore,
    private readonly fastPaths: FastPathService,
  ) {}

  /** Who is named may sign again; whoever is not stays held off, and may be named another day. */
  async restore(caller: Caller, typed: RestoringTyped): Promise<Restored> {
    const { actor } = caller;
    const { fastPathId, seat, reason } = typed;
    const { societyId } = await this.queries.below(societyOf(actor), fastPathId);
    return this.commands.run(caller, { act: 'restoreFastPath', body: typed }, async (tx, trail) => {
      trail.on('fast-path', fastPathId, {
        after: { seat, reason },
        words: `复核紧急快办：${LIFT_WORDS[reason]}`,
      });
      const path = await this.store.get(tx, societyId, fastPathId);
      const lifting = { societyId, personId: path[`${seat}Id`], reason, by: actor.personId };
      if (!(await this.fastPaths.lift(tx, trail, lifting))) throw new NobodyHeldOff();
      return { fastPathId };
    });
  }
}
