import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Numbers } from '../../platform/database/numbers.js';
import type { Tx } from '../../platform/database/transactions.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { dueOf } from '../../duties/domain/due.js';
import { readCode } from '../domain/notice-number.js';
import { NoticeNotFound } from '../domain/notices.errors.js';
import {
  ANSWER_DAYS,
  ASSIGN_DAYS,
  GROUND_WORDS,
  OBJECTION_SERIES,
  objectionNoun,
  objectionNumberOf,
  receivedFault,
  withdrawalFault,
} from '../domain/objection.js';
import type { Ground, Way } from '../domain/objection.js';
import {
  CannotWithdraw,
  NoticeTakesNoObjection,
  ObjectionNotFound,
  ReceivedTimeWrong,
  TooManyObjections,
} from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionPapers } from './objection-papers.js';
import { ObjectionSteps } from './objection-steps.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { ObjectionFacts } from './objections.queries.js';
import { ObjectionSeals } from './objections.seals.js';
import type { Said } from './objections.seals.js';
import { ObjectionsStore } from './objections.store.js';

export type Raised = {
  readonly objectionId: string;
  /** 异2026-0003 */
  readonly number: string;
  /** By which whoever objects, and nobody else, learns how it ends. */
  readonly code: string;
  /** False is a complaint: it came when the period was over. */
  readonly inTime: boolean;
};

export type Registration = {
  readonly noticeId: string;
  readonly how: Exclude<Way, 'QR'>;
  readonly receivedAt: Date;
  readonly ground: Ground;
  readonly said: Said;
  /** A photo of the letter, as it came over the line. */
  readonly letter: Buffer | null;
};

type Lodged = {
  readonly how: Way;
  readonly ground: Ground;
  readonly said: Said;
  readonly receivedAt: Date;
  readonly letterFileId: string | null;
  /** From where it came over the line; null where the office wrote it down. */
  readonly address: string | null;
};

/** Objections and complaints from the first word to the day on which somebody looks into them (domain.md 2.3). */
@Injectable()
export class ObjectionsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ObjectionsStore,
    private readonly queries: ObjectionsQueries,
    private readonly desk: ObjectionDesk,
    private readonly steps: ObjectionSteps,
    private readonly papers: ObjectionPapers,
    private readonly seals: ObjectionSeals,
    private readonly notices: NoticesQueries,
    private readonly duties: DutiesService,
    private readonly calendar: Calendar,
    private readonly numbers: Numbers,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Anybody, by the code on the paper and without an account. Whoever is signed in is nobody here: the trail must not say
   * who objected.
   */
  async raise(
    { key, origin, address }: { readonly key: string; readonly origin: string; readonly address: string },
    asked: { readonly code: string; readonly ground: Ground; readonly said: Said },
  ): Promise<Raised> {
    const code = readCode(asked.code);
    const notice = code === null ? null : await this.notices.findByCode(code);
    if (!notice) throw new NoticeNotFound();
    const { societyId } = notice;
    const caller = { actor: nobodyIn(societyId, origin), key };
    const { ground, said } = asked;
    return this.lodge(caller, 'raiseObjection', { ...asked, code }, notice, () => {
      const receivedAt = this.clock.now();
      return Promise.resolve({ how: 'QR', ground, said, receivedAt, letterFileId: null, address });
    });
  }

  /** What was said by telephone or in writing; the moment at which it was received decides whether it is in time. */
  async register(caller: Caller, asked: Registration): Promise<Raised> {
    const { how, receivedAt, ground, said, noticeId } = asked;
    const { actor } = caller;
    const notice = await this.notices.notice(societyOf(actor), noticeId);
    if (!notice.issue) throw new NoticeTakesNoObjection();
    const fault = receivedFault(receivedAt, notice.issue.signedAt, this.clock.now());
    if (fault) throw new ReceivedTimeWrong(fault);
    const letter = asked.letter && (await this.files.prepareImage(asked.letter));
    const body = { ...asked, letter: letter?.sha256 ?? null };
    const to = { societyId: notice.societyId, purpose: 'objection-letter', by: actor };
    return this.lodge(caller, 'registerObjection', body, notice, async (tx) => {
      const letterFileId = letter && (await this.files.attach(tx, letter, to));
      return { how, ground, said, receivedAt, letterFileId, address: null };
    });
  }

  /** By the code, and so by whoever objected. */
  async withdrawByCode(
    { key, origin }: { readonly key: string; readonly origin: string },
    typed: string,
  ): Promise<void> {
    const objection = await this.byCode(typed);
    const fault = withdrawalFault(objection, 'code');
    if (fault) throw new CannotWithdraw(fault);
    const caller = { actor: nobodyIn(objection.societyId, origin), key };
    const body = { objectionId: objection.id };
    const notice = await this.notices.notice(objection.societyId, objection.noticeId);
    await this.commands.run(caller, { act: 'withdrawObjection', body }, async (tx, trail) => {
      const at = this.clock.now();
      await this.store.withdraw(tx, objection.id, at);
      await this.steps.takenBack(tx, trail, { objection, notice, at });
    });
  }

  /** By the code that its author has; what is no code asks no database. */
  async byCode(typed: string): Promise<ObjectionFacts> {
    const code = readCode(typed);
    const objection = code && (await this.queries.findByCode(this.seals.hashOfCode(code)));
    if (!objection) throw new ObjectionNotFound();
    return objection;
  }

  private async lodge(
    caller: Caller,
    act: string,
    body: unknown,
    notice: Notice,
    what: (tx: Tx) => Promise<Lodged>,
  ): Promise<Raised> {
    const assigners = await this.desk.assigners(notice);
    const calendar = await this.calendar.load();
    const paper = await this.papers.groundOf(notice);
    const answer = await this.commands.run(caller, { act, body }, async (tx, trail) => {
      const objectionId = this.ids.next();
      const now = this.clock.now();
      const { how, ground, said, letterFileId, address, ...lodged } = await what(tx);
      const receivedAt = earlier(lodged.receivedAt, now);
      if (address !== null) await this.refuseFlood(tx, notice.id, address, now);
      const inTime = await this.steps.holdUp(tx, notice.id, receivedAt);
      const year = yearOf(dayOf(now));
      const serial = await this.numbers.next(tx, notice.societyId, OBJECTION_SERIES, year);
      const number = objectionNumberOf({ year, serial });
      const code = this.seals.codeOf(objectionId);
      await this.store.insert(tx, {
        id: objectionId,
        ...{ societyId: notice.societyId, deskSocietyId: assigners.societyId, noticeId: notice.id },
        ...{ year, serial, how, ground, inTime, letterFileId, receivedAt },
        codeHash: this.seals.hashOfCode(code),
        ...this.seals.sealSaid(objectionId, said),
        registeredAt: now,
        registeredBy: how === 'QR' ? null : caller.actor.personId,
        ...{ inquiryId: null, state: 'OPEN', outcome: null, endedAt: null, withdrawalFileId: null },
        ...{ withdrawalBy: null, withdrawnBy: null },
      });
      await this.duties.open(tx, {
        ...{ societyId: assigners.societyId, kind: 'ASSIGN_OBJECTION', ownerRole: assigners.role },
        ...{ subjectKind: 'objection', subjectId: objectionId, threadId: notice.id },
        rule: { unit: 'working-days', count: ASSIGN_DAYS, from: receivedAt },
      });
      const answerBy = { unit: 'working-days', count: ANSWER_DAYS, from: now } as const;
      const due = dueOf(answerBy, calendar);
      // Nobody is late with the end of a notice while an objection to it is being looked into.
      if (inTime && notice.endsAt && due.dueAt > notice.endsAt)
        await this.steps.endLater(tx, notice, answerBy);
      if (how !== 'QR')
        await this.papers.writeReceipt(tx, paper, {
          ...{ objectionId, number, code, ground, inTime, receivedAt, at: now },
          madeBy: caller.actor.personId,
        });
      if (inTime && (await this.store.openCount(tx, notice.id)) === 1)
        await this.steps.objected(tx, notice, now);
      marked(trail, notice, { objectionId, number, inTime, ground });
      return { objectionId, number, inTime };
    });
    return { ...answer, code: this.seals.codeOf(answer.objectionId) };
  }

  private async refuseFlood(tx: Tx, noticeId: string, address: string, now: Date): Promise<void> {
    const lineHash = this.seals.lineHashOf(noticeId, address);
    if (!(await this.store.countLine(tx, lineHash, now))) throw new TooManyObjections();
  }
}

/** Whoever objects is known to nobody but those who look into it: not to the trail, not by an open session. */
function nobodyIn(societyId: string, origin: string): Actor {
  return { accountId: null, personId: null, societyId, roles: ['anonymous'], origin };
}

/** A form says no seconds, and clocks of phones differ: nothing was received after it was written down. */
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

function marked(
  trail: Trail,
  { threadId }: Notice,
  {
    objectionId,
    number,
    inTime,
    ground,
  }: {
    readonly objectionId: string;
    readonly number: string;
    readonly inTime: boolean;
    readonly ground: Ground;
  },
): void {
  const words = `收到${objectionNoun(inTime)} ${number}：${GROUND_WORDS[ground]}`;
  trail.on('objection', objectionId, { threadId, after: { number, inTime, ground }, words });
}
