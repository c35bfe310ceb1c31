import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { changesBetween, earliestFrom, HouseMotion, RuleMotionsService } from '../board/index.js';
import type { RuleAsking } from '../board/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { SocietiesQueries } from '../societies/index.js';
import type { RuleTerms } from './domain/rule.js';
import { FundsService } from './funds.service.js';
import { ruleRows } from './rule-words.js';

/** Under this kind the board knows what it is asked about the rule of a fund. */
export const FUND_RULE = 'fund-rule';

export type RuleProposal = { readonly fundId: string; readonly terms: RuleTerms; readonly why: string };

/** 修订基金规则: the federation's board resolves each version (domain.md 1.6); the first comes with the fund itself. */
@Injectable()
export class FundRuleMotionService {
  constructor(
    private readonly motions: RuleMotionsService,
    private readonly motion: HouseMotion,
    private readonly funds: FundsService,
    private readonly societies: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Until the board has agreed, and the day has come, the rule stays as it is. */
  async propose(caller: Caller, { fundId, terms, why }: RuleProposal): Promise<RuleAsking> {
    const { actor } = caller;
    const societyId = await this.funds.federationActedIn(actor);
    const ground = await this.motion.groundOf(societyId);
    return this.commands.run(
      caller,
      { act: 'proposeFundRule', body: { fundId, terms, why } },
      async (tx, trail) => {
        const { fund, version, last } = await this.funds.nextRule(tx, societyId, fundId, terms);
        return this.motions.ask(tx, trail, ground, {
          ...{
            societyId,
            kind: FUND_RULE,
            targetId: fundId,
            targetName: `${fund}救助规则`,
            version,
            terms,
            why,
          },
          validFrom: terms.validFrom,
          changes: changesBetween(ruleRows(last), ruleRows(terms)),
          openedBy: actor.personId,
        });
      },
    );
  }

  /** The first day from which a version that is asked for now may hold. */
  async earliest(federationId: string): Promise<Day> {
    const now = this.clock.now();
    return earliestFrom(now, (await this.societies.charterOn(federationId, dayOf(now))).voteHours);
  }
}
