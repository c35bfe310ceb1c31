import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { societyOf } from '../platform/web/caller.js';
import { CasesStore } from './cases.store.js';
import { DISPOSITION_WORDS, expiryOf, MATCH_REASONS, MatchNotFound } from './domain/match.js';
import type { Disposition, MatchReason } from './domain/match.js';
import { MatchesStore } from './matches.store.js';

export type MatchExplained = { readonly matchId: string; readonly reason: MatchReason };

@Injectable()
export class MatchesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: MatchesStore,
    private readonly cases: CasesStore,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
  ) {}

  /**
   * What it is about two cases that look alike: said by the society that asks, or by the federation that sees both. With
   * “待查” the duty to explain stays; whatever is said may be said anew, and the trail keeps all of it.
   */
  async dispose(caller: Caller, typed: MatchExplained): Promise<{ disposition: Disposition }> {
    const { actor } = caller;
    const actingIn = societyOf(actor);
    const { disposition, words } = MATCH_REASONS[typed.reason];
    return this.commands.run(caller, { act: 'disposeMatch', body: typed }, async (tx, trail) => {
      const match = await this.store.get(tx, typed.matchId);
      const { societyId } = await this.cases.getOwn(tx, match.caseId);
      // Another's is not found, like one that never was (D4-69).
      if (actingIn !== societyId && actingIn !== match.scopeId) throw new MatchNotFound();
      const at = this.clock.now();
      const byPersonId = actor.personId;
      const expiresOn = expiryOf(disposition, dayOf(at));
      await this.store.dispose(tx, match, { disposition, reason: typed.reason, at, byPersonId, expiresOn });
      if (disposition !== 'OPEN')
        await this.duties.settle(tx, { kind: 'EXPLAIN_MATCH', subjectId: match.id, at, byPersonId });
      trail.on('match', match.id, {
        threadId: match.caseId,
        after: { disposition, reason: typed.reason },
        words: `可能重复：${DISPOSITION_WORDS[disposition]}（${words}）`,
      });
      return { disposition };
    });
  }
}
