import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { refusalOf, unlessRefused } from '../../kernel/domain-error.js';
import { Ids } from '../../kernel/ids.js';
import { societyOf } from '../../platform/web/caller.js';
import { HandedTimeWrong, NoReplyToHand, NotToHandOver } from '../domain/objection.errors.js';
import { handedFault, HANDING_WORDS } from '../domain/reply-handing.js';
import type { HandingWay } from '../domain/reply-handing.js';
import { NoticesQueries } from '../notices.queries.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionsQueries } from './objections.queries.js';
import { ObjectionsStore } from './objections.store.js';

export type Handing = {
  readonly objectionId: string;
  readonly how: HandingWay;
  readonly handedAt: Date;
};

/** A real name was promised a written answer (domain.md 2.3): that it came into the right hands is written down, once. */
@Injectable()
export class HandingsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ObjectionsStore,
    private readonly queries: ObjectionsQueries,
    private readonly desk: ObjectionDesk,
    private readonly notices: NoticesQueries,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async recordHanded(caller: Caller, asked: Handing): Promise<{ readonly objectionId: string }> {
    const { objectionId, how, handedAt } = asked;
    const { personId } = caller.actor;
    const looker = { societyId: societyOf(caller.actor), personId };
    const objection = await this.queries.objection(looker, objectionId);
    const { threadId } = await this.notices.notice(objection.societyId, objection.noticeId);
    const at = this.clock.now();
    const known = await this.handFor(caller, asked, at).catch(refusalOf);
    return this.commands.run(caller, { act: 'recordReplyHanded', body: asked }, async (tx, trail) => {
      const { recordedBy } = unlessRefused(known);
      const row = { id: this.ids.next(), objectionId, societyId: objection.societyId, how, handedAt };
      await this.store.insertHanding(tx, { ...row, recordedBy, recordedAt: at });
      const done = { kind: 'HAND_REPLY', subjectId: objectionId, at: handedAt } as const;
      await this.duties.settle(tx, { ...done, byPersonId: personId });
      const words = `${objection.number} 的答复书交给了提出人：${HANDING_WORDS[how]}`;
      trail.on('objection', objectionId, { threadId, after: { how, handedAt }, words });
      return { objectionId };
    });
  }

  /** By whom it is written down, where this person may hold the letter and it was written by then. */
  private async handFor(
    { actor }: Caller,
    { objectionId, handedAt }: Handing,
    now: Date,
  ): Promise<{ readonly recordedBy: string }> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const { noticeId, societyId, inquiryId } = await this.queries.objection(looker, objectionId);
    const notice = await this.notices.notice(societyId, noticeId);
    const inquiry = inquiryId === null ? null : await this.queries.inquiry(inquiryId);
    if (actor.personId === null || !(await this.desk.mayHandOver(actor, notice, inquiry)))
      throw new NotToHandOver();
    const reply = await this.queries.letter(objectionId, 'REPLY');
    if (!reply) throw new NoReplyToHand();
    const fault = handedFault(handedAt, reply.madeAt, now);
    if (fault) throw new HandedTimeWrong(fault);
    return { recordedBy: actor.personId };
  }
}
