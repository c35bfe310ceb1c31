import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { MERGER_WORDS } from './domain/relief-words.js';
import type { MergerFinding } from './domain/relief-words.js';
import { NoMergerToLook } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefStore } from './relief.store.js';

export type MergerTyped = { readonly reliefId: string; readonly finding: MergerFinding };

/** A marriage joins two caps by itself; a person looks whether it was one (domain.md 3, rule 9). */
@Injectable()
export class ReliefMergerService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly ground: ReliefGround,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
  ) {}

  async lookAtMerger(caller: Caller, typed: MergerTyped): Promise<{ reliefId: string }> {
    const { reliefId, finding } = typed;
    const { personId: byPersonId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    return this.commands.run(caller, { act: 'lookAtMerger', body: typed }, async (tx, trail) => {
      await this.store.get(tx, known.societyId, reliefId);
      const looked = {
        kind: 'LOOK_AT_MERGER',
        subjectId: reliefId,
        at: this.clock.now(),
        byPersonId,
      } as const;
      if (!(await this.duties.settle(tx, looked))) throw new NoMergerToLook();
      const words = `核对合户：${MERGER_WORDS[finding]}`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { finding }, words });
      return { reliefId };
    });
  }
}
