import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import { MotionAgain, RuleMotionAnswers, RuleMotionsService } from '../board/index.js';
import type { BoardSubject, Decision, RuleMotionFacts, SubjectDescription } from '../board/index.js';
import type { Day } from '../kernel/day.js';
import type { ResolutionMatter } from '../notices/domain/resolution-notice.js';
import type { NoticeFacts, NoticeKind, NoticeSubject, Upholding, Worded } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { RuleTerms } from './domain/rule.js';
import { FundsService } from './funds.service.js';
import { FUND_RULE } from './rule-motion.service.js';

/** What the federation's board resolves about the rule of a fund, and the notice of it. */
@Injectable()
export class DecidedRule implements BoardSubject, NoticeSubject {
  constructor(
    private readonly motions: RuleMotionsService,
    private readonly answers: RuleMotionAnswers,
    private readonly funds: FundsService,
    private readonly again: MotionAgain,
  ) {}

  decided(tx: Tx, decision: Decision, trail: Trail): Promise<void> {
    return this.motions.decided(tx, decision, {
      adopt: async ({ societyId: federationId, targetId: fundId, terms }, validFrom) => {
        const voted = { ...(terms as RuleTerms), validFrom };
        return (await this.funds.adoptRule(tx, trail, { federationId, fundId }, voted)).ruleId;
      },
      matterOf,
    });
  }

  /** Nobody is tied to the rule of a fund. */
  maySign(): Promise<string | null> {
    return Promise.resolve(null);
  }

  posted(): Promise<void> {
    return Promise.resolve();
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  mayInquire(_: string, motionId: string, personId: string): Promise<string | null> {
    return this.again.faultOf(motionId, personId);
  }

  wordsNow(
    societyId: string,
    motionId: string,
    { kind }: { readonly kind: NoticeKind },
  ): Promise<Worded | null> {
    return this.answers.wordsNow(societyId, motionId, kind, (motion) =>
      matterOf(motion, motion.inForceFrom ?? motion.validFrom),
    );
  }

  upheld(tx: Tx, notice: NoticeFacts, by: Upholding): Promise<void> {
    return this.answers.upheld(tx, FUND_RULE, notice, by);
  }

  describe(societyId: string, motionId: string): Promise<SubjectDescription> {
    return this.answers.describe(societyId, motionId, ({ targetName, targetId }) => ({
      title: `修订${targetName}`,
      href: `/s/funds/${targetId}`,
    }));
  }
}

/** As the notice says it; the fund is called what the register calls it. */
function matterOf(
  { targetName, version }: Pick<RuleMotionFacts, 'targetName' | 'version'>,
  validFrom: Day,
): ResolutionMatter {
  return { about: 'FUND_RULE', rule: targetName, ruleVersion: version, validFrom };
}
