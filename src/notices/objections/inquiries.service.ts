import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { refusalOf, unlessRefused } from '../../kernel/domain-error.js';
import { Ids } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import {
  ANSWER_DAYS,
  EXTENSION_DAYS,
  EXTENSION_WORDS,
  isUpheld,
  objectionNumberOf,
  OUTCOME_WORDS,
  outcomeFault,
  standingWords,
} from '../domain/objection.js';
import type { ExtensionReason, FindingReason, Outcome } from '../domain/objection.js';
import {
  NotAnInquirer,
  NothingProposed,
  NotTheAssigner,
  ObjectionMovedOn,
  OtherHandNeeded,
  OutcomeUnfit,
} from '../domain/objection.errors.js';
import { HAND_REPLY_DAYS } from '../domain/reply-handing.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { isInquirer, ObjectionDesk } from './objection-desk.js';
import type { ObjectionRow } from './objection.entity.js';
import { ObjectionPapers } from './objection-papers.js';
import type { PaperGround } from './objection-papers.js';
import { ObjectionSteps } from './objection-steps.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { Finding, Inquiry, ObjectionFacts } from './objections.queries.js';
import { ObjectionSeals } from './objections.seals.js';
import { ObjectionsStore } from './objections.store.js';
import { UpheldNotice } from './upheld-notice.js';
import type { Upheld } from './upheld-notice.js';

export type Assignment = {
  readonly objectionId: string;
  /** Two persons of `candidates`. */
  readonly inquirers: readonly string[];
  /** Others to the same notice that are looked into along with it. */
  readonly together: readonly string[];
};
export type InquiryAnswer = { readonly objectionId: string; readonly inquiryId: string };

export type Proposal = {
  readonly objectionId: string;
  readonly outcome: Outcome;
  readonly reason: FindingReason;
  /** What was found, for the file alone. */
  readonly note: string;
};

export type Verdict = {
  readonly objectionId: string;
  readonly agrees: boolean;
  /** Why not. */
  readonly words: string | null;
};
export type DecisionAnswer = InquiryAnswer & {
  /** Null where the proposal was refused: it is proposed anew. */
  readonly outcome: Outcome | null;
  readonly correctionId: string | null;
};

/** Two people outside the case look into it: one proposes what was found, the other confirms (domain.md 2.3). */
@Injectable()
export class InquiriesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ObjectionsStore,
    private readonly queries: ObjectionsQueries,
    private readonly desk: ObjectionDesk,
    private readonly steps: ObjectionSteps,
    private readonly upheld: UpheldNotice,
    private readonly papers: ObjectionPapers,
    private readonly seals: ObjectionSeals,
    private readonly notices: NoticesQueries,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async assign(caller: Caller, asked: Assignment): Promise<InquiryAnswer> {
    const { actor } = caller;
    const { objectionId } = asked;
    const { objection, notice } = await this.read(actor, objectionId);
    const others = await this.queries.chosenOf(notice.id, asked.together);
    const all = [objection, ...others.filter(({ id }) => id !== objectionId)];
    const assignedBy = actor.personId;
    if (assignedBy === null || !(await this.desk.mayAssign(actor, notice))) throw new NotTheAssigner();
    const [one, other] = await this.desk.pairOf(notice, all, asked.inquirers);
    const command = { act: 'assignObjection', body: asked };
    return this.commands.run(caller, command, async (tx, trail) => {
      const at = this.clock.now();
      const id = this.ids.next();
      const dueFrom = new Date(Math.min(...all.map(({ registeredAt }) => registeredAt.getTime())));
      await this.store.insertInquiry(tx, {
        ...{ id, societyId: notice.societyId, noticeId: notice.id },
        ...{ oneSocietyId: one.societyId, oneId: one.personId },
        ...{ otherSocietyId: other.societyId, otherId: other.personId },
        ...{ assignedBy, assignedAt: at, dueFrom, takenBack: 0, extendedFor: null, extendedAt: null },
        ...{ state: 'OPEN', endedAt: null, correctionId: null },
      });
      for (const each of all) {
        await this.store.putInto(tx, { id, noticeId: notice.id }, each.id);
        const done = { kind: 'ASSIGN_OBJECTION', subjectId: each.id, at, byPersonId: assignedBy } as const;
        await this.duties.settle(tx, done);
        const words = `${each.number} 安排两个人查`;
        trail.on('objection', each.id, { threadId: notice.threadId, after: { inquiryId: id }, words });
      }
      await this.duties.open(tx, {
        ...{ societyId: notice.societyId, kind: 'ANSWER_OBJECTION', ownerRole: 'supervisor' },
        ...{ subjectKind: 'inquiry', subjectId: id, threadId: notice.id },
        rule: { unit: 'working-days', count: ANSWER_DAYS, from: dueFrom },
      });
      return { objectionId, inquiryId: id };
    });
  }

  /** Once, by five working days, for a reason from the list. */
  async extend(
    caller: Caller,
    asked: { readonly objectionId: string; readonly reason: ExtensionReason },
  ): Promise<InquiryAnswer> {
    const { actor } = caller;
    const { objectionId, reason } = asked;
    const { objection, notice } = await this.read(actor, objectionId);
    const known = await this.ownInquiry(actor, objection).catch(refusalOf);
    return this.commands.run(caller, { act: 'extendObjection', body: asked }, async (tx, trail) => {
      const inquiry = unlessRefused(known);
      const at = this.clock.now();
      await this.store.extend(tx, inquiry.id, reason, at);
      const count = ANSWER_DAYS + EXTENSION_DAYS;
      const rule = { unit: 'working-days', count, from: inquiry.dueFrom } as const;
      const due = await this.duties.restart(tx, { kind: 'ANSWER_OBJECTION', subjectId: inquiry.id, rule });
      const isHeld = (await this.store.openCount(tx, notice.id)) > 0;
      if (isHeld && due && notice.endsAt && due.dueAt > notice.endsAt)
        await this.steps.endLater(tx, notice, rule);
      const words = `${objection.number} 延长 ${EXTENSION_DAYS} 个工作日：${EXTENSION_WORDS[reason]}`;
      trail.on('objection', objectionId, { threadId: notice.threadId, after: { reason }, words });
      return { objectionId, inquiryId: inquiry.id };
    });
  }

  /** What one of the two found, and how it should end. It counts for nothing before the other has confirmed it. */
  async propose(caller: Caller, asked: Proposal): Promise<InquiryAnswer> {
    const { actor } = caller;
    const { objectionId, outcome, reason, note } = asked;
    const { objection, notice } = await this.read(actor, objectionId);
    const known = await this.toPropose(actor, { objection, notice }, asked).catch(refusalOf);
    const proposedBy = actor.personId ?? '';
    return this.commands.run(caller, { act: 'proposeFinding', body: asked }, async (tx, trail) => {
      const id = this.ids.next();
      const inquiry = unlessRefused(known);
      await this.store.openInquiry(tx, inquiry.id);
      await this.store.propose(tx, {
        ...{ id, inquiryId: inquiry.id, outcome, reason, proposedBy, proposedAt: this.clock.now() },
        noteSealed: this.seals.sealFinding(id, 'note', note),
        ...{ state: 'PROPOSED', answeredBy: null, answeredAt: null, refusalSealed: null },
        openKey: inquiry.id,
      });
      const words = `${objection.number} 写了查明的情况，等另一位确认`;
      trail.on('objection', objectionId, { threadId: notice.threadId, after: { outcome, reason }, words });
      return { objectionId, inquiryId: inquiry.id };
    });
  }

  /** The other of the two: confirms, and all that follows is done at once; or refuses, and it is proposed anew. */
  async decide(caller: Caller, asked: Verdict): Promise<DecisionAnswer> {
    const { actor } = caller;
    const read = await this.read(actor, asked.objectionId);
    const known = await this.toDecide(actor, read, asked).catch(refusalOf);
    const paper = await this.papers.groundOf(read.notice);
    return this.commands.run(caller, { act: 'decideObjection', body: asked }, async (tx, trail) => {
      const matter = unlessRefused(known);
      return asked.agrees
        ? this.confirm(tx, trail, { ...matter, asked, paper, by: actor })
        : this.refuse(tx, trail, { ...matter, asked, by: actor });
    });
  }

  private async toPropose(
    actor: Actor,
    { objection, notice }: Read,
    { outcome, reason }: Proposal,
  ): Promise<Inquiry> {
    const inquiry = await this.ownInquiry(actor, objection);
    const fault = outcomeFault(outcome, reason, openOf(inquiry));
    if (fault) throw new OutcomeUnfit(fault);
    if (isUpheld(outcome)) await this.upheld.prepare(notice, outcome, inquiry.dueFrom);
    return inquiry;
  }

  private async toDecide(actor: Actor, { objection, notice }: Read, { agrees }: Verdict): Promise<Case> {
    const inquiry = await this.ownInquiry(actor, objection);
    const finding = inquiry.findings.find(({ state }) => state === 'PROPOSED');
    if (!finding) throw new NothingProposed();
    if (finding.proposedBy === actor.personId) throw new OtherHandNeeded();
    const matter = { objection, notice, inquiry, finding };
    if (!agrees) return { ...matter, upheld: null };
    const { outcome, reason } = finding;
    const fault = outcomeFault(outcome, reason, openOf(inquiry));
    if (fault) throw new OutcomeUnfit(fault);
    const upheld = isUpheld(outcome) ? await this.upheld.prepare(notice, outcome, inquiry.dueFrom) : null;
    return { ...matter, upheld };
  }

  private async confirm(
    tx: Tx,
    trail: Trail,
    { notice, inquiry, finding, upheld, asked, paper, by }: Deciding & { readonly paper: PaperGround },
  ): Promise<DecisionAnswer> {
    const { objectionId } = asked;
    const at = this.clock.now();
    const { outcome, reason } = finding;
    await this.store.answer(tx, finding.id, { by: by.personId ?? '', at, refusalSealed: null });
    const open = await this.store.openIn(tx, inquiry.id);
    const published = upheld && (await this.upheld.publish(tx, notice, upheld, by, at));
    const correctionId = published?.correctionId ?? null;
    await this.store.endInquiry(tx, inquiry.id, 'DECIDED', at, correctionId);
    for (const each of open) {
      await this.store.decide(tx, each.id, outcome, at);
      await this.reply(tx, paper, each, { finding, at, madeBy: by.personId });
      const words = `${objectionNumberOf(each)} 办结：${OUTCOME_WORDS[outcome]}`;
      trail.on('objection', each.id, { threadId: notice.threadId, after: { outcome, reason }, words });
    }
    const count = open.filter(({ inTime }) => inTime).length;
    await this.steps.letGo(tx, notice, { count, at, redecides: published?.decidesAnew ?? false });
    const done = { kind: 'ANSWER_OBJECTION', subjectId: inquiry.id, at, byPersonId: by.personId } as const;
    await this.duties.settle(tx, done);
    return { objectionId, inquiryId: inquiry.id, outcome, correctionId };
  }

  private async refuse(
    tx: Tx,
    trail: Trail,
    { objection, notice, inquiry, finding, asked, by }: Deciding,
  ): Promise<DecisionAnswer> {
    const { objectionId } = asked;
    await this.store.openInquiry(tx, inquiry.id);
    await this.store.answer(tx, finding.id, {
      by: by.personId ?? '',
      at: this.clock.now(),
      refusalSealed: this.seals.sealFinding(finding.id, 'refusal', asked.words ?? ''),
    });
    const words = `${objection.number} 的结论退回重写`;
    trail.on('objection', objectionId, { threadId: notice.threadId, after: { agrees: false }, words });
    return { objectionId, inquiryId: inquiry.id, outcome: null, correctionId: null };
  }

  /** A written answer to a real name; whoever gave none reads it by the code (domain.md 2.3). */
  private async reply(
    tx: Tx,
    paper: PaperGround,
    row: ObjectionRow,
    { finding, at, madeBy }: { readonly finding: Finding; readonly at: Date; readonly madeBy: string | null },
  ): Promise<void> {
    const { name } = this.seals.openSaid(row.id, row);
    if (name === null) return;
    const { outcome, reason } = finding;
    await this.duties.open(tx, {
      ...{ societyId: row.societyId, kind: 'HAND_REPLY', ownerRole: 'secretary' },
      ...{ subjectKind: 'objection', subjectId: row.id, threadId: row.noticeId },
      rule: { unit: 'working-days', count: HAND_REPLY_DAYS, from: at },
    });
    await this.papers.writeReply(tx, paper, {
      ...{ objectionId: row.id, to: name, outcome, reason, at, madeBy },
      ...{ ground: row.ground, inTime: row.inTime, receivedAt: row.receivedAt },
      number: objectionNumberOf(row),
    });
  }

  private async read(actor: Actor, objectionId: string): Promise<Read> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const objection = await this.queries.objection(looker, objectionId);
    return { objection, notice: await this.notices.notice(objection.societyId, objection.noticeId) };
  }

  private async ownInquiry(actor: Actor, objection: ObjectionFacts): Promise<Inquiry> {
    if (objection.inquiryId === null) throw new NotAnInquirer();
    const inquiry = await this.queries.inquiry(objection.inquiryId);
    if (!isInquirer(inquiry, actor)) throw new NotAnInquirer();
    if (inquiry.state !== 'OPEN') throw new ObjectionMovedOn(standingWords(objection));
    return inquiry;
  }
}

type Read = { readonly objection: ObjectionFacts; readonly notice: Notice };
type Case = Read & {
  readonly inquiry: Inquiry;
  readonly finding: Finding;
  /** Null where it was not upheld. */
  readonly upheld: Upheld | null;
};
type Deciding = Case & { readonly asked: Verdict; readonly by: Actor };

const openOf = ({ objections }: Inquiry): ObjectionFacts[] =>
  objections.filter(({ state }) => state === 'OPEN');
