import { Injectable } from '@nestjs/common';
import type {
  NoticeFacts,
  NoticeKind,
  NoticeSubject,
  NoticeToSign,
  SubjectDescription,
  Upholding,
  Worded,
} from '../notices/index.js';
import { PeopleQueries, PeopleService } from '../people/index.js';
import type { ConsentsAnswered, PersonListener, WithdrawalAsked } from '../people/index.js';
import { END_STOPPED } from '../cases/domain/consent-rule.js';
import { NEEDED } from '../people/domain/consent.js';
import type { Tx } from '../platform/database/transactions.js';
import { noticeStands } from './domain/notice-stands.js';
import { STOPPABLE_RELIEF } from './domain/relief-procedure.js';
import { tieRefusal } from './domain/ties.js';
import { ObjectedRelief } from './objected-relief.js';
import { ReliefAfterService } from './relief-after.service.js';
import { ReliefDescriptions } from './relief-descriptions.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefInquiry } from './relief-inquiry.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { ReliefSteps } from './relief-steps.js';
import { ReliefWordsNow } from './relief-words-now.js';
import { ReliefQueries } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefStore } from './relief.store.js';

/** What its notices tell a case: the pre-notice has hung, the result has hung. */
@Injectable()
export class NoticedRelief implements NoticeSubject, PersonListener {
  constructor(
    private readonly store: ReliefStore,
    private readonly queries: ReliefQueries,
    private readonly ground: ReliefGround,
    private readonly steps: ReliefSteps,
    private readonly seals: ReliefSeals,
    private readonly papers: ReliefPapersMade,
    private readonly after: ReliefAfterService,
    private readonly descriptions: ReliefDescriptions,
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
    private readonly objections: ObjectedRelief,
    private readonly inquiry: ReliefInquiry,
    private readonly wording: ReliefWordsNow,
  ) {}

  async maySign(
    societyId: string,
    reliefId: string,
    personId: string,
    { printsName }: NoticeToSign,
  ): Promise<string | null> {
    const known = await this.queries.relief(societyId, reliefId);
    const refusal = tieRefusal(personId, known.applicantId, await this.ground.tiedOf(known, [personId]));
    if (refusal) return refusal.message;
    const { publish } = await this.people.consentsOf(known.societyId, known.applicantId);
    return printsName && publish !== true ? '申请人已经撤回公示的同意，写着姓名的这一张不能签。' : null;
  }

  /** A pre-notice hangs anew, in the place of one that was taken down: nobody approves before this one is over. */
  async posted(tx: Tx, { kind, subjectId }: NoticeFacts): Promise<void> {
    if (kind === 'RELIEF_PRE') await this.steps.dropApproval(tx, subjectId);
  }

  /** A notice that a later one has replaced ends for itself alone; so does one whose vote an objection has undone. */
  async ended(tx: Tx, { kind, subjectId, at, superseded }: NoticeFacts): Promise<void> {
    if (superseded) return;
    const row = await this.store.getOwn(tx, subjectId);
    if (kind === 'RELIEF_PRE' && (row.state === 'PRE_NOTICE' || row.state === 'OBJECTION_HOLD')) {
      const waiting = await this.store.change(tx, row, { noticeEndedAt: at });
      await this.steps.dropApproval(tx, row.id); // owed since an earlier one that was taken down
      if (row.state === 'PRE_NOTICE') await this.steps.oweApproval(tx, waiting, at);
    }
    if (kind === 'RELIEF_RESULT' && row.paidAt !== null) {
      const published = await this.store.change(tx, row, { resultEndedAt: at });
      await this.after.closeWhenDone(tx, published, at);
    }
  }

  describe(societyId: string, reliefId: string): Promise<SubjectDescription> {
    return this.descriptions.describe(societyId, reliefId);
  }

  mayInquire(societyId: string, reliefId: string, personId: string): Promise<string | null> {
    return this.inquiry.faultOf(societyId, reliefId, personId);
  }

  mayAssign(societyId: string, reliefId: string, personId: string): Promise<string | null> {
    return this.inquiry.tieOf(societyId, reliefId, personId);
  }

  objected(tx: Tx, notice: NoticeFacts): Promise<void> {
    return this.objections.hold(tx, notice);
  }

  cleared(tx: Tx, notice: NoticeFacts): Promise<void> {
    return this.objections.dismiss(tx, notice);
  }

  upheld(tx: Tx, notice: NoticeFacts, by: Upholding): Promise<void> {
    return this.objections.uphold(tx, notice, by);
  }

  async stands(tx: Tx, reliefId: string, kind: NoticeKind): Promise<boolean> {
    const { state, paidAt } = await this.store.getOwn(tx, reliefId);
    return noticeStands(kind, { state, isPaid: paidAt !== null });
  }

  wordsNow(
    societyId: string,
    reliefId: string,
    asked: { readonly kind: NoticeKind; readonly numberOnly: boolean },
  ): Promise<Worded | null> {
    return this.wording.wordsOf(societyId, reliefId, asked);
  }

  /**
   * What is said to the home is kept in the register of the federation too, by which its desk, its signers and its cashier
   * go, and what the case needs stops it. D4-33: what nobody has signed yet, and what is still to be drafted, names nobody
   * who does not agree any more.
   */
  async answered(tx: Tx, said: ConsentsAnswered): Promise<void> {
    const publish = said.answers.find(({ purpose }) => purpose === 'PUBLISH');
    const isNeeded = said.answers.some(({ purpose }) => NEEDED.includes(purpose));
    for (const row of await this.heardBy(tx, said)) {
      if (isNeeded) await this.steps.heedStop(tx, row, said.heardAt ?? said.at);
      if (publish === undefined || row.frozenSealed === null) continue;
      const frozen = { ...this.seals.frozenOf(row), mayPrintName: publish.given };
      const frozenSealed = this.seals.sealFrozen(row.id, frozen);
      await this.papers.reword(tx, await this.store.change(tx, row, { frozenSealed }), frozen);
    }
  }

  async withdrawalShows({ societyId, personId, purpose }: WithdrawalAsked): Promise<string[]> {
    if (!NEEDED.includes(purpose)) return [];
    const numbers = await this.queries.unpaidOf(societyId, personId, STOPPABLE_RELIEF);
    return numbers.map(
      (number) => `专项救助 ${number} 停下来，总会的秘书长要在 ${END_STOPPED.count} 个工作日内撤回或者终止`,
    );
  }

  /** What is under way of that person: at the home where it was said, and with it all that the federation goes by it. */
  private async heardBy(tx: Tx, said: ConsentsAnswered): Promise<ReliefRow[]> {
    const heard = new Map<string, ReliefRow>();
    const told = new Set<string>();
    for (const row of await this.store.livingOf(tx, said.societyId, said.personId)) {
      heard.set(row.id, row);
      if (row.societyId === said.societyId || told.has(row.applicantId)) continue;
      told.add(row.applicantId);
      await this.passOn(tx, row, said);
      for (const other of await this.store.livingOf(tx, row.societyId, row.applicantId))
        heard.set(other.id, other);
    }
    return [...heard.values()];
  }

  private passOn(
    tx: Tx,
    { id: sourceId, societyId, applicantId: personId }: ReliefRow,
    { answers, at, byPersonId, how }: ConsentsAnswered,
  ): Promise<void> {
    const signed = { societyId, personId, sourceId, at, byPersonId, how, fileId: null };
    return this.register.passOn(tx, signed, answers);
  }

  supplied(): Promise<void> {
    return Promise.resolve();
  }
}
