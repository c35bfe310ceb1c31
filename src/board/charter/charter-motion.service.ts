import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { societyOf } from '../../platform/web/caller.js';
import { charterRows, SocietiesQueries, SocietiesService } from '../../societies/index.js';
import type { CharterTerms } from '../../societies/index.js';
import { changesBetween, earliestFrom, toChangeCharter } from '../domain/rule-motion.js';
import { HouseMotion } from '../motions/house-motion.js';
import { RuleMotionsService } from '../motions/rule-motions.service.js';
import type { RuleAsking } from '../motions/rule-motions.service.js';

/** Under this kind the board knows what it is asked about the charter. */
export const CHARTER = 'charter';

export type CharterProposal = { readonly terms: CharterTerms; readonly why: string };

/** 修订章程: nobody changes the charter alone; the board is asked, by two thirds (domain.md 1.8). */
@Injectable()
export class CharterMotionService {
  constructor(
    private readonly motions: RuleMotionsService,
    private readonly motion: HouseMotion,
    private readonly societies: SocietiesService,
    private readonly queries: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Until the board has agreed, and the day has come, the charter stays as it is. */
  async propose(caller: Caller, { terms, why }: CharterProposal): Promise<RuleAsking> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const ground = await this.motion.groundOf(societyId);
    return this.commands.run(
      caller,
      { act: 'proposeCharter', body: { societyId, terms, why } },
      async (tx, trail) => {
        const { version, last } = await this.societies.nextCharter(tx, societyId, terms);
        const changes = changesBetween(charterRows(last), charterRows(terms));
        const { validFrom } = terms;
        const about = { kind: CHARTER, targetId: societyId, targetName: '本社章程' } as const;
        const asked = { ...about, societyId, version, validFrom, terms, changes, why };
        const rules = toChangeCharter(ground.charter);
        return this.motions.ask(tx, trail, ground, { ...asked, openedBy: actor.personId }, rules);
      },
    );
  }

  /** The first day from which a version that is asked for now may hold. */
  async earliest(societyId: string) {
    const now = this.clock.now();
    const { voteHours } = await this.queries.charterOn(societyId, dayOf(now));
    return earliestFrom(now, voteHours);
  }
}
