import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesQueries, DutiesService } from '../../duties/index.js';
import type { Duty } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { refusalOf, unlessRefused } from '../../kernel/domain-error.js';
import { societyOf } from '../../platform/web/caller.js';
import { STANDING_WORDS } from '../domain/objection.js';
import type { StandingReason } from '../domain/objection.js';
import { NothingToDecideAnew, NotTheAssigner } from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionSteps } from './objection-steps.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { ObjectionFacts } from './objections.queries.js';

/**
 * An objection was right, and what it was about was looked at anew: it stays as it is. Said by whoever may name those who
 * look into it, and so by nobody who is tied to it or has to carry it out; the way on where nothing can be undone, or
 * where the register says once more what the paper said.
 */
@Injectable()
export class StandingService {
  constructor(
    private readonly commands: Commands,
    private readonly queries: ObjectionsQueries,
    private readonly desk: ObjectionDesk,
    private readonly notices: NoticesQueries,
    private readonly steps: ObjectionSteps,
    private readonly duties: DutiesService,
    private readonly dutiesQueries: DutiesQueries,
    private readonly clock: Clock,
  ) {}

  async letStand(
    caller: Caller,
    asked: { readonly objectionId: string; readonly reason: StandingReason },
  ): Promise<{ readonly objectionId: string }> {
    const { actor } = caller;
    const { objectionId, reason } = asked;
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, objectionId);
    const notice = await this.notices.notice(objection.societyId, objection.noticeId);
    const known = await this.toSettle(actor, objection, notice).catch(refusalOf);
    return this.commands.run(caller, { act: 'letDecisionStand', body: asked }, async (tx, trail) => {
      const by = { at: this.clock.now(), byPersonId: actor.personId };
      let settled = 0;
      for (const { kind, subjectId } of unlessRefused(known))
        settled += (await this.duties.settle(tx, { kind, subjectId, ...by })) ? 1 : 0;
      if (settled === 0) throw new NothingToDecideAnew();
      await this.steps.goOn(tx, notice, by.at);
      const words = `${objection.number} 成立以后，这件事维持原样：${STANDING_WORDS[reason]}`;
      trail.on('objection', objectionId, { threadId: notice.threadId, after: { reason }, words });
      return { objectionId };
    });
  }

  /** Whether this actor may say so now: for the page. */
  async mayLetStand(actor: Actor, objection: ObjectionFacts, notice: Notice): Promise<boolean> {
    return (await this.owedAnew(objection, notice)).length > 0 && this.desk.mayAssign(actor, notice);
  }

  private async toSettle(actor: Actor, objection: ObjectionFacts, notice: Notice): Promise<Duty[]> {
    if (actor.personId === null || !(await this.desk.mayAssign(actor, notice))) throw new NotTheAssigner();
    return this.owedAnew(objection, notice);
  }

  private async owedAnew(objection: ObjectionFacts, { threadId }: Notice): Promise<Duty[]> {
    const { outcome, inquiryId } = objection;
    if (inquiryId === null || (outcome !== 'UPHELD_REDECIDE' && outcome !== 'UPHELD_TEXT')) return [];
    const open = (await this.dutiesQueries.ofThread(threadId)).filter(({ settledAt }) => settledAt === null);
    if (outcome === 'UPHELD_REDECIDE') return open.filter(({ kind }) => kind === 'DECIDE_ANEW');
    const corrected = await this.correctedBy(inquiryId);
    return open.filter(({ kind, subjectId }) => kind === 'CORRECT_NOTICE' && corrected.includes(subjectId));
  }

  /** What its correction corrects, or was to correct: the notice itself, or the one in its place. */
  private async correctedBy(inquiryId: string): Promise<string[]> {
    const { correctionId } = await this.queries.inquiry(inquiryId);
    const related = correctionId === null ? [] : await this.notices.relationsOf(correctionId);
    return related.filter(({ isLater }) => !isLater).map(({ noticeId }) => noticeId);
  }
}
