import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { DutyKind } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { instantShort, dayShort } from '../kernel/chinese/words.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { Calendar } from '../platform/calendar/calendar.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { NumberTaken } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import type { PreparedFile } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { NotToCorrect } from './domain/correction.errors.js';
import { namesSomebody } from './domain/expiry.js';
import { draftContentOf } from './domain/notice-content.js';
import {
  periodAgain,
  PHOTO_HOURS,
  planFault,
  plannedPeriodWords,
  postingFault,
  runningPeriod,
} from './domain/notice-period.js';
import type { RunningPeriod } from './domain/notice-period.js';
import { inOwnWords, keptOf, printsName } from './domain/notice-words.js';
import type { Worded } from './domain/notice-words.js';
import {
  MayNotSign,
  NoticeElsewhere,
  NoticeJustMoved,
  NoticeNotClean,
  NoticeNotDraft,
  NumbersBusy,
  PhotoNeeded,
  PlannedPostingWrong,
  PostingTimeWrong,
} from './domain/notices.errors.js';
import { lintNotice } from './domain/privacy-lint.js';
import type { Hit } from './domain/privacy-lint.js';
import { signerFault } from './domain/signing.js';
import type { NoticeRelation, PhotoMoment } from './notice.entity.js';
import { NoticeIssuing } from './notice-issuing.js';
import type { Signed } from './notice-issuing.js';
import { NoticeSubjects } from './notice-subjects.js';
import type { NoticeFacts } from './notice-subjects.js';
import { NoticesQueries } from './notices.queries.js';
import type { Notice, NoticeLine } from './notices.queries.js';
import { CodeTaken, NoticesStore } from './notices.store.js';
import { NoticeTextsStore } from './texts/notice-texts.store.js';
import type { Series } from './notices.store.js';

export type NoticeDraft = Worded & {
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  /** Whoever caused it to be written: that person does not sign it. */
  readonly author: { readonly accountId: string | null; readonly personId: string | null };
  /** By the number of the case alone, whatever was or will be agreed. */
  readonly numberOnly?: boolean;
  /** The notice that this one answers. */
  readonly earlier?: { readonly noticeId: string; readonly relation: NoticeRelation };
};

export type Posting = {
  readonly noticeId: string;
  readonly place: string;
  readonly postedAt: Date;
  /** As it came over the line; null when it is to follow. */
  readonly photo: Buffer | null;
};

/** Where the notice is now. */
export type NoticeAnswer = {
  readonly state: NoticeLine['state'];
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
};

/** How often a print may be overtaken by other signatures of the same society. */
const MOST_PRINTS = 40;

/** A notice from the draft to the archive (domain.md 2.3). */
@Injectable()
export class NoticesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: NoticesStore,
    private readonly queries: NoticesQueries,
    private readonly issuing: NoticeIssuing,
    private readonly texts: NoticeTextsStore,
    private readonly subjects: NoticeSubjects,
    private readonly duties: DutiesService,
    private readonly calendar: Calendar,
    private readonly sealing: Sealing,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * A step of the unit of work whose outcome is to be published. A later notice about the same thing is its next
   * version; while one of its kind waits to be signed, another is refused.
   */
  async draft(tx: Tx, draft: NoticeDraft): Promise<{ noticeId: string }> {
    const { author, societyId, subjectKind, subjectId, threadId } = draft;
    const noticeId = this.ids.next();
    const own = await this.texts.ownTexts(tx, societyId, dayOf(this.clock.now()));
    await this.store.insertDraft(tx, {
      ...{ societyId, subjectKind, subjectId, threadId },
      ...keptOf(inOwnWords(draft, own)),
      id: noticeId,
      version: await this.store.nextVersion(tx, draft),
      wording: 1,
      quoted: 0,
      authorAccountId: author.accountId,
      authorPersonId: author.personId,
      forbiddenSealed: this.sealForbidden(noticeId, draft),
      state: 'DRAFT',
      createdAt: this.clock.now(),
      plannedPostingOn: null,
      signedAt: null,
      postedAt: null,
      firstDay: null,
      lastDay: null,
      endsAt: null,
      provisional: false,
      endedAt: null,
      archivedAt: null,
      discardedAt: null,
      openObjections: 0,
      extendedDays: 0,
      suspendedAt: null,
      withdrawnAt: null,
      namesSomebody: namesSomebody(keptOf(draft)),
      numberOnly: draft.numberOnly ?? false,
    });
    if (draft.earlier) {
      const { noticeId: earlierId, relation } = draft.earlier;
      await this.store.insertLink(tx, { id: this.ids.next(), noticeId, earlierId, relation });
    }
    return { noticeId };
  }

  /**
   * Other words for a draft that nobody has signed, as when the applicant no longer wants to be named. A signature given
   * at this moment to the old words fails. What was asked for by number alone stays so, whoever agrees since.
   */
  async redraft(tx: Tx, draft: Worded & { readonly noticeId: string }): Promise<void> {
    const forbiddenSealed = this.sealForbidden(draft.noticeId, draft);
    const own = await this.texts.ownTextsOf(tx, draft.noticeId, dayOf(this.clock.now()));
    const isQuiet = await this.store.isNumberOnly(tx, draft.noticeId);
    const kept = keptOf(inOwnWords(isQuiet ? quiet(draft) : draft, own));
    const changed = await this.store.redraft(tx, draft.noticeId, { ...kept, forbiddenSealed });
    if (!changed) throw new NoticeNotDraft();
  }

  /**
   * Takes back a draft that nobody has signed: false where there is none. What was signed is public and stays. What is
   * owed for this draft alone ends with it; duties that were opened for its subject are the subject's to end.
   */
  async discardDraft(tx: Tx, series: Series): Promise<boolean> {
    const noticeId = await this.store.draftOf(tx, series);
    if (noticeId === null) return false;
    await this.store.discardOne(tx, noticeId, this.clock.now());
    await this.duties.cancel(tx, { subjectId: noticeId });
    return true;
  }

  /** Whoever does not agree any more to be named is taken out of a draft that nobody has signed. */
  async unnameDraft(tx: Tx, series: Series): Promise<void> {
    const draft = await this.store.draftRow(tx, series);
    if (!draft?.forbiddenSealed) return;
    const { kind, words, forbiddenSealed } = draft;
    const unnamed = keptOf(quiet({ kind, words: { ...words, forbidden: [] } } as unknown as Worded));
    const changed = await this.store.redraft(tx, draft.id, { ...unnamed, forbiddenSealed });
    if (!changed) throw new NoticeNotDraft();
  }

  /** Whether one of a series waits to be signed or posted, or hangs: its period is not over. */
  isUnderWay(tx: Tx, series: Series): Promise<boolean> {
    return this.store.isUnderWay(tx, series);
  }

  /** Whether somebody's objection to any notice of this subject is still open. */
  isObjectedTo(tx: Tx, subject: Omit<Series, 'kind'>): Promise<boolean> {
    return this.store.isObjectedTo(tx, subject);
  }

  /** The draft of a series that waits to be signed, if there is one. */
  draftOf(tx: Tx, series: Series): Promise<string | null> {
    return this.store.draftOf(tx, series);
  }

  /** The number that the last signed notice of this kind has, for a later one that quotes it. */
  async signedNumber(tx: Tx, series: Series): Promise<string | null> {
    return (await this.store.lastSigned(tx, series))?.number ?? null;
  }

  /** Every notice of a series, drafts too: what is owed about them outlives what it was about. */
  idsOf(tx: Tx, series: Series): Promise<readonly string[]> {
    return this.store.idsOf(tx, series);
  }

  /** The last signed notice of this kind itself, for a later one that answers it. */
  lastSigned(tx: Tx, series: Series): Promise<{ readonly noticeId: string; readonly number: string } | null> {
    return this.store.lastSigned(tx, series);
  }

  /** What the privacy check finds in a draft, for the page of whoever is to sign it. */
  async hitsIn(notice: Notice): Promise<Hit[]> {
    const sealed = await this.queries.forbiddenSealed(notice.id);
    if (sealed === null) return [];
    const forbidden = JSON.parse(this.sealing.open(sealed, placeOf(notice.id))) as string[];
    const content = draftContentOf(notice);
    const { societyId, subjectId, words } = notice;
    const agreed = (await this.subjects.of(notice.subjectKind).agreedNames?.(societyId, subjectId)) ?? [];
    return lintNotice(content, { contactPhone: words.contactPhone, forbidden, agreed });
  }

  /**
   * Checks, numbers, freezes. The paper is printed before the unit of work, with the number that comes next; when
   * another signature took that number meanwhile, it is printed again. So numbers have no gaps, and none is given to a
   * notice that could not be printed.
   */
  async sign(caller: Caller, asked: { noticeId: string; plannedPostingOn: Day }): Promise<Signed> {
    const { actor } = caller;
    const notice = await this.queries.notice(societyOf(actor), asked.noticeId);
    const command = { act: 'signNotice', body: asked };
    if (notice.state !== 'DRAFT') {
      const refusal = new NoticeElsewhere('sign', notice.state);
      return this.commands.run<Signed>(caller, command, () => Promise.reject(refusal));
    }
    const signer = await this.signerOf(actor, notice);
    if (await this.queries.quotesTakenDown(notice)) throw new NotToCorrect('taken-down');
    const at = this.clock.now();
    const period = await this.plannedPeriod(notice, asked.plannedPostingOn, at);
    const hits = await this.hitsIn(notice);
    if (hits.length > 0) throw new NoticeNotClean(hits);
    for (let prints = 0; prints < MOST_PRINTS; prints++) {
      const print = await this.issuing.print(notice, period, at);
      try {
        return await this.commands.run(caller, command, async (tx, trail) => {
          const quotedId = await this.store.quotedBy(tx, notice.id);
          if (quotedId !== null) await this.store.quote(tx, quotedId, () => new NotToCorrect('taken-down'));
          await this.store.sign(tx, notice, { plannedPostingOn: asked.plannedPostingOn, at });
          const signed = await this.issuing.issue(tx, notice, print, { actor, signer, at });
          await this.settle(tx, 'SIGN_NOTICE', notice, at, signer);
          if (quotedId !== null)
            await this.settleCorrection(tx, quotedId, notice.id, { at, byPersonId: signer });
          const { threadId } = notice;
          trail.on('notice', notice.id, { threadId, after: signed, words: `签发公示 ${signed.number}` });
          return signed;
        });
      } catch (error) {
        if (!(error instanceof NumberTaken || error instanceof CodeTaken)) throw error;
      }
    }
    throw new NumbersBusy();
  }

  /** The period that a posting on that day would have, in the words of the paper. */
  async plannedPeriod(notice: NoticeLine, postingOn: Day, now: Date): Promise<string> {
    const fault = planFault(postingOn, dayOf(now));
    if (fault) throw new PlannedPostingWrong(fault);
    return plannedPeriodWords(postingOn, notice.words, await this.calendar.load());
  }

  /** The paper hangs. With its photo the period is fixed; without, the photo is owed within 24 hours (D4-28). */
  async recordPosting(caller: Caller, posting: Posting): Promise<NoticeAnswer> {
    const { noticeId, place, postedAt } = posting;
    const notice = await this.queries.notice(societyOf(caller.actor), noticeId);
    const now = this.clock.now();
    const photo = posting.photo && (await this.files.prepareImage(posting.photo));
    const fault = notice.issue && postingFault(postedAt, notice.issue.signedAt, now);
    if (fault) throw new PostingTimeWrong(fault);
    const calendar = await this.calendar.load();
    const period = photo && runningPeriod({ postedAt, photoAt: now }, notice.words, calendar);
    const body = { noticeId, place, postedAt, photo: photo?.sha256 ?? null };
    return this.commands.run(caller, { act: 'recordPosting', body }, async (tx, trail) => {
      if (notice.state !== 'SIGNED') throw new NoticeElsewhere('post', notice.state);
      if (period) await this.start(tx, notice, postedAt, period);
      else await this.postUnseen(tx, notice, postedAt);
      const { personId } = caller.actor;
      const row = { noticeId, place, postedAt, recordedBy: personId, recordedAt: now };
      await this.store.insertPosting(tx, { id: this.ids.next(), ...row });
      if (photo) await this.keepPhoto(tx, notice, photo, { moment: 'POSTING', actor: caller.actor, at: now });
      await this.settle(tx, 'POST_NOTICE', notice, postedAt, personId);
      const answer = answerOf(period ? 'RUNNING' : 'POSTED', period);
      const facts = await this.factsOf(tx, notice, { ...answer, at: postedAt });
      await this.subjects.of(notice.subjectKind).posted(tx, facts);
      const words = `张贴公示 ${instantShort(postedAt)}${period ? periodWords(period) : '，照片后补'}`;
      trail.on('notice', noticeId, { threadId: notice.threadId, after: { ...answer, place }, words });
      return answer;
    });
  }

  /** The photo that was missing starts the period; a further one is only kept. */
  async addPostingPhoto(
    caller: Caller,
    asked: { noticeId: string; photo: Buffer | null },
  ): Promise<NoticeAnswer> {
    const { noticeId } = asked;
    const notice = await this.queries.notice(societyOf(caller.actor), noticeId);
    const photo = await this.photoOf(asked.photo);
    const now = this.clock.now();
    const { postedAt, state, threadId } = notice;
    const calendar = await this.calendar.load();
    const starts = state === 'POSTED' && postedAt !== null;
    const period = starts ? runningPeriod({ postedAt, photoAt: now }, notice.words, calendar) : null;
    const body = { noticeId, photo: photo.sha256 };
    return this.commands.run(caller, { act: 'addPostingPhoto', body }, async (tx, trail) => {
      if (!starts && state !== 'RUNNING') throw new NoticeElsewhere('photo', state);
      if (period && postedAt) await this.start(tx, notice, postedAt, period);
      await this.keepPhoto(tx, notice, photo, { moment: 'POSTING', actor: caller.actor, at: now });
      await this.settle(tx, 'POSTING_PHOTO', notice, now, caller.actor.personId);
      const answer = answerOf('RUNNING', period ?? notice);
      const words = `交张贴照片${period ? periodWords(period) : ''}`;
      trail.on('notice', noticeId, { threadId, after: answer, words });
      return answer;
    });
  }

  /** The photo of the last day closes the file. */
  async archive(caller: Caller, asked: { noticeId: string; endPhoto: Buffer | null }): Promise<NoticeAnswer> {
    const { noticeId } = asked;
    const notice = await this.queries.notice(societyOf(caller.actor), noticeId);
    const photo = await this.photoOf(asked.endPhoto);
    const body = { noticeId, photo: photo.sha256 };
    return this.commands.run(caller, { act: 'archiveNotice', body }, async (tx, trail) => {
      if (notice.state !== 'ENDED') throw new NoticeElsewhere('archive', notice.state);
      const at = this.clock.now();
      await this.store.archive(tx, noticeId, at);
      await this.keepPhoto(tx, notice, photo, { moment: 'END', actor: caller.actor, at });
      trail.on('notice', noticeId, { threadId: notice.threadId, words: '公示归档' });
      return answerOf('ARCHIVED', notice);
    });
  }

  /**
   * Ends what is over; the timer calls it. A last day that was a guess, or that a new list of holidays has moved, is
   * counted again first: no period ends by a calendar that nobody had published (D4-25).
   */
  async endDue(now: Date): Promise<{ ended: number }> {
    const calendar = await this.calendar.load();
    const failures: unknown[] = [];
    let ended = 0;
    for (const notice of await this.queries.due(now)) {
      if (!notice.firstDay) continue;
      const period = periodAgain(notice.firstDay, notice.words, calendar, notice.extendedDays);
      const isOver = !period.provisional && period.endsAt <= now && notice.openObjections === 0;
      try {
        if (isOver) await this.end(notice, period, now);
        else if (hasMoved(notice, period)) await this.moveEnd(notice, period);
        if (isOver) ended++;
      } catch (error) {
        if (!(error instanceof NoticeJustMoved)) failures.push(error); // another program was first
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} notices could not be ended`);
    return { ended };
  }

  private async end(notice: NoticeLine, period: Parameters<NoticesStore['end']>[2], at: Date): Promise<void> {
    await this.commands.timer('endNotice', async (tx, trail) => {
      await this.store.end(tx, notice, period, at);
      const overAt = later(period.endsAt, await this.store.heldUntil(tx, notice.id));
      await this.settle(tx, 'END_NOTICE', notice, overAt, null);
      const answer = answerOf('ENDED', { firstDay: notice.firstDay, lastDay: period.lastDay });
      const facts = await this.factsOf(tx, notice, { ...answer, at: overAt });
      await this.subjects.of(notice.subjectKind).ended(tx, facts);
      trail.on('notice', notice.id, { threadId: notice.threadId, after: answer, words: '公示期满' });
    });
  }

  /** What the subject of a notice is told while its period neither begins nor ends. */
  factsNow(tx: Tx, notice: NoticeLine, at: Date): Promise<NoticeFacts> {
    return this.factsOf(tx, notice, { ...answerOf(notice.state, notice), at });
  }

  private async factsOf(
    tx: Tx,
    notice: NoticeLine,
    now: NoticeAnswer & { readonly at: Date },
  ): Promise<NoticeFacts> {
    const { id: noticeId, societyId, kind, subjectId, threadId, issue, version } = notice;
    const superseded = await this.store.isSuperseded(tx, notice, version);
    return {
      noticeId,
      societyId,
      kind,
      subjectId,
      threadId,
      superseded,
      number: issue?.number ?? '',
      ...now,
    };
  }

  private async moveEnd(notice: NoticeLine, period: Parameters<NoticesStore['moveEnd']>[2]): Promise<void> {
    await this.commands.timer('moveNoticeEnd', async (tx, trail) => {
      await this.store.moveEnd(tx, notice, period);
      const words = `放假安排公布，公示期改到 ${dayShort(period.lastDay)}`;
      trail.on('notice', notice.id, { threadId: notice.threadId, after: period, words });
    });
  }

  /** Null when this actor may sign; else why not. */
  async signerRefusal(actor: Actor, notice: NoticeLine): Promise<MayNotSign | null> {
    const author = { accountId: notice.authorAccountId, personId: notice.authorPersonId };
    const fault = signerFault(actor, author);
    if (fault || actor.personId === null) return new MayNotSign(fault ?? 'no-person');
    const { subjectKind, subjectId, societyId } = notice;
    const veto = await this.subjects.of(subjectKind).maySign(societyId, subjectId, actor.personId, {
      kind: notice.kind,
      printsName: printsName(notice),
    });
    return veto === null ? null : new MayNotSign({ words: veto });
  }

  private async signerOf(actor: Actor, notice: Notice): Promise<string> {
    const refusal = await this.signerRefusal(actor, notice);
    if (refusal) throw refusal;
    return actor.personId ?? '';
  }

  private async start(tx: Tx, notice: Notice, postedAt: Date, period: RunningPeriod): Promise<void> {
    await this.store.start(tx, notice.id, notice.state, postedAt, period);
    const { noticeDays, noticeDayKind } = notice.words;
    await this.duties.open(tx, {
      ...ownedBy(notice),
      kind: 'END_NOTICE',
      rule: {
        unit: noticeDayKind === 'working' ? 'working-days' : 'natural-days',
        count: noticeDays,
        from: period.countedFrom,
      },
    });
  }

  private async postUnseen(tx: Tx, notice: Notice, postedAt: Date): Promise<void> {
    await this.store.post(tx, notice.id, postedAt);
    const rule = { unit: 'hours', count: PHOTO_HOURS, from: postedAt } as const;
    await this.duties.open(tx, { ...ownedBy(notice), kind: 'POSTING_PHOTO', rule });
  }

  /** Opened for the notice itself, or for its subject before there was a notice: whichever it was, it is done. */
  private async settle(
    tx: Tx,
    kind: DutyKind,
    notice: NoticeLine,
    at: Date,
    byPersonId: string | null,
  ): Promise<void> {
    const isOwn = await this.duties.settle(tx, { kind, subjectId: notice.id, at, byPersonId });
    if (!isOwn) await this.duties.settle(tx, { kind, subjectId: notice.subjectId, at, byPersonId });
  }

  /** What was owed about the notice that is corrected now, whichever draft it was first. */
  private async settleCorrection(
    tx: Tx,
    quotedId: string,
    correctionId: string,
    by: { readonly at: Date; readonly byPersonId: string | null },
  ): Promise<void> {
    if (await this.duties.settle(tx, { kind: 'CORRECT_NOTICE', subjectId: quotedId, ...by }))
      await this.store.answerObjections(tx, quotedId, correctionId);
  }

  private sealForbidden(noticeId: string, { words }: Worded): string {
    return this.sealing.seal(JSON.stringify(words.forbidden), placeOf(noticeId));
  }

  private async photoOf(bytes: Buffer | null): Promise<PreparedFile> {
    if (!bytes) throw new PhotoNeeded();
    return this.files.prepareImage(bytes);
  }

  private async keepPhoto(
    tx: Tx,
    { id: noticeId, societyId }: Notice,
    photo: PreparedFile,
    { moment, actor, at }: { moment: PhotoMoment; actor: Actor; at: Date },
  ): Promise<void> {
    const fileId = await this.files.attach(tx, photo, { societyId, purpose: 'posting-photo', by: actor });
    const row = { noticeId, moment, fileId, handedInBy: actor.personId, handedInAt: at };
    await this.store.insertPhoto(tx, { id: this.ids.next(), ...row });
  }
}

/** The same by number alone; a kind of notice that names nobody is what it is. */
const quiet = <W extends Worded>(worded: W): W =>
  'publishMode' in worded.words
    ? { ...worded, words: { ...worded.words, publishMode: 'NUMBER_ONLY' } }
    : worded;

/** Where the sealed names lie: bound into the seal. */
const placeOf = (noticeId: string): string => `notices/forbidden_sealed/${noticeId}`;

const ownedBy = ({ societyId, id, threadId }: NoticeLine) =>
  ({ societyId, subjectKind: 'notice', subjectId: id, threadId, ownerRole: 'secretary' }) as const;

type Days = Pick<NoticeLine, 'firstDay' | 'lastDay'>;

function answerOf(state: NoticeAnswer['state'], period: Days | null): NoticeAnswer {
  return { state, firstDay: period?.firstDay ?? null, lastDay: period?.lastDay ?? null };
}

function periodWords({ firstDay, lastDay }: RunningPeriod): string {
  return `，公示期 ${dayShort(firstDay)}至${dayShort(lastDay)}`;
}

/** 24:00 of the last day; where an objection held it up longer, the moment of the last answer. */
const later = (endsAt: Date, heldUntil: Date | null): Date =>
  heldUntil !== null && heldUntil > endsAt ? heldUntil : endsAt;

function hasMoved(
  notice: NoticeLine,
  period: { readonly lastDay: Day; readonly provisional: boolean },
): boolean {
  return notice.lastDay !== period.lastDay || notice.provisional !== period.provisional;
}
