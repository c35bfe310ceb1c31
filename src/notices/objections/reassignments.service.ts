import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { refusalOf, unlessRefused } from '../../kernel/domain-error.js';
import { societyOf } from '../../platform/web/caller.js';
import { standingWords } from '../domain/objection.js';
import { NotTheAssigner, ObjectionMovedOn, OtherHandNeeded } from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import type { InquiryAnswer } from './inquiries.service.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { Inquirer, Inquiry, ObjectionFacts } from './objections.queries.js';
import { ObjectionSeals } from './objections.seals.js';
import { ObjectionsStore } from './objections.store.js';

export type Reassignment = {
  readonly objectionId: string;
  /** Two persons of `candidates`; one of them may look into it already. */
  readonly inquirers: readonly string[];
};

type Ready = {
  readonly inquiry: Inquiry;
  readonly pair: readonly [Inquirer, Inquirer];
  readonly assignedBy: string;
  /** What somebody proposed who looks into it no more. */
  readonly lapsed: string | null;
};

/** One of the two fell ill, left the office or does nothing: others take over, and the day of the answer stays. */
@Injectable()
export class ReassignmentsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ObjectionsStore,
    private readonly queries: ObjectionsQueries,
    private readonly desk: ObjectionDesk,
    private readonly seals: ObjectionSeals,
    private readonly notices: NoticesQueries,
    private readonly clock: Clock,
  ) {}

  async reassign(caller: Caller, asked: Reassignment): Promise<InquiryAnswer> {
    const { actor } = caller;
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, asked.objectionId);
    const notice = await this.notices.notice(objection.societyId, objection.noticeId);
    const known = await this.ready(actor, objection, notice, asked.inquirers).catch(refusalOf);
    return this.commands.run(caller, { act: 'reassignObjection', body: asked }, async (tx, trail) => {
      const { inquiry, pair, assignedBy, lapsed } = unlessRefused(known);
      const at = this.clock.now();
      await this.store.reassign(tx, inquiry.id, pair, { assignedBy, at });
      if (lapsed !== null) {
        const refusalSealed = this.seals.sealFinding(lapsed, 'refusal', '换了人查，结论要重新写。');
        await this.store.answer(tx, lapsed, { by: assignedBy, at, refusalSealed });
      }
      const words = `${objection.number} 换了查的人`;
      trail.on('objection', objection.id, { threadId: notice.threadId, after: { pair }, words });
      return { objectionId: objection.id, inquiryId: inquiry.id };
    });
  }

  private async ready(
    actor: Actor,
    objection: ObjectionFacts,
    notice: Notice,
    chosen: readonly string[],
  ): Promise<Ready> {
    const assignedBy = actor.personId;
    if (assignedBy === null || !(await this.desk.mayAssign(actor, notice))) throw new NotTheAssigner();
    if (objection.inquiryId === null || objection.state !== 'OPEN')
      throw new ObjectionMovedOn(standingWords(objection));
    const inquiry = await this.queries.inquiry(objection.inquiryId);
    const pair = await this.desk.pairOf(notice, inquiry.objections, chosen);
    const waiting = inquiry.findings.find(({ state }) => state === 'PROPOSED');
    const isLapsed = waiting && !pair.some(({ personId }) => personId === waiting.proposedBy);
    if (isLapsed && waiting.proposedBy === assignedBy) throw new OtherHandNeeded();
    return { inquiry, pair, assignedBy, lapsed: isLapsed ? waiting.id : null };
  }
}
