import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutiesQueries, DutyThreads } from '../../duties/index.js';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { societyOf } from '../../platform/web/caller.js';
import { GROUND_WORDS, objectionNoun } from '../domain/objection.js';
import { NoticesQueries } from '../notices.queries.js';
import { isInquirer, ObjectionDesk } from './objection-desk.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { Inquiry, ObjectionFacts } from './objections.queries.js';

/** Who sees a card that is not his own to act on. */
const WATCHERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'supervisor'];

/** What a home page says of an objection that waits: its number and its ground, and nothing of whoever objects. */
@Injectable()
export class ObjectionThread implements DutyThread, OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly duties: DutiesQueries,
    private readonly queries: ObjectionsQueries,
    private readonly notices: NoticesQueries,
    private readonly desk: ObjectionDesk,
  ) {}

  onModuleInit(): void {
    this.threads.register(this);
  }

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.kind === 'ASSIGN_OBJECTION') return this.toAssign(actor, duty.subjectId);
    if (duty.kind === 'HAND_REPLY') return this.toHand(actor, duty.subjectId);
    return duty.kind === 'ANSWER_OBJECTION' ? this.toAnswer(actor, duty.subjectId) : null;
  }

  /** Whoever of the town union looks into it owes the answer too, though it is a duty of the village. */
  async beyond(actor: Actor): Promise<Duty[]> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const inquiryIds = actor.personId === null ? [] : await this.queries.inquiriesBelow(looker);
    return this.duties.openOf('ANSWER_OBJECTION', inquiryIds);
  }

  private async toHand(actor: Actor, objectionId: string): Promise<DutyCard | null> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, objectionId);
    const notice = await this.notices.notice(objection.societyId, objection.noticeId);
    const inquiry = objection.inquiryId === null ? null : await this.queries.inquiry(objection.inquiryId);
    const acts = await this.desk.mayHandOver(actor, notice, inquiry);
    return acts || watches(actor) ? cardOf(objection, acts, '等秘书长把答复书交给提出人') : null;
  }

  private async toAssign(actor: Actor, objectionId: string): Promise<DutyCard | null> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, objectionId);
    const notice = await this.notices.notice(objection.societyId, objection.noticeId);
    const acts = await this.desk.mayAssign(actor, notice);
    return acts || watches(actor) ? cardOf(objection, acts, '等监事安排人查') : null;
  }

  private async toAnswer(actor: Actor, inquiryId: string): Promise<DutyCard | null> {
    const inquiry = await this.queries.inquiry(inquiryId);
    const [first] = inquiry.objections.filter(({ state }) => state === 'OPEN');
    const acts = isInquirer(inquiry, actor);
    if (!first || !(acts || watches(actor))) return null;
    const more = inquiry.objections.length > 1 ? [`一起查的共 ${inquiry.objections.length} 件`] : [];
    const card = cardOf(first, acts, waitingOf(inquiry));
    return { ...card, lines: [...card.lines, ...more] };
  }
}

const watches = ({ roles }: Actor): boolean => roles.some((role) => WATCHERS.includes(role));

const waitingOf = ({ findings }: Inquiry): string =>
  findings.some(({ state }) => state === 'PROPOSED') ? '等另一位确认结论' : '等两位查的人写结论';

function cardOf(objection: ObjectionFacts, acts: boolean, waiting: string): DutyCard {
  const { id, number, ground, inTime, noticeNumber } = objection;
  const href = `/s/objections/${id}`;
  return {
    title: `${objectionNoun(inTime)} ${number} · ${GROUND_WORDS[ground]}`,
    href,
    lines: [`公示 ${noticeNumber}`],
    actHref: acts ? href : null,
    waiting,
  };
}
