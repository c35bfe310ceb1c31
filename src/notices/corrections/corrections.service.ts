import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { DomainError, refusalOf } from '../../kernel/domain-error.js';
import { Ids } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { changesBetween, correctionNotice } from '../domain/correction.js';
import { NameNotToQuote, NotToCorrect, NothingToCorrect } from '../domain/correction.errors.js';
import { furtherChanges } from '../domain/further-changes.js';
import { keptOf, printsName, UNNAMED_DONOR } from '../domain/notice-words.js';
import type { CorrectedText, CorrectionCause, Worded } from '../domain/notice-words.js';
import { NoticeSubjects } from '../notice-subjects.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Issue, Notice, NoticeLine } from '../notices.queries.js';
import { NoticesService } from '../notices.service.js';
import { NoticesStore } from '../notices.store.js';

/** What is to be corrected of a signed notice, and all that its correction needs, read before the unit of work. */
export type Correction = {
  readonly notice: NoticeLine & { readonly issue: Issue };
  /** False where its subject can word nothing anew: then nothing is compared either. */
  readonly isWorded: boolean;
  /** None where the matter itself is decided anew. */
  readonly changes: readonly CorrectedText[];
  readonly forbidden: readonly string[];
  readonly postWorkingDays: number;
};

type Author = { readonly accountId: string | null; readonly personId: string | null };

/** 更正公告: a notice that quotes an earlier one in both versions, and never overwrites it (慈善组织信息公开办法 art. 16). */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly notices: NoticesService,
    private readonly store: NoticesStore,
    private readonly queries: NoticesQueries,
    private readonly subjects: NoticeSubjects,
    private readonly societies: SocietiesQueries,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * What a signed notice says and the register does not any more. Refused where a correction would print a name again whose
   * owner agrees no longer; that notice is taken down instead.
   */
  async textsToCorrect(notice: NoticeLine): Promise<Correction> {
    const signed = quotable(notice);
    const fresh = await this.freshOf(signed);
    if (fresh === null) return { ...(await this.groundOf(signed, null)), changes: [] };
    const today = keptOf(fresh);
    if (printsName(signed) && !printsName(today)) throw new NameNotToQuote();
    const changes = furtherChanges(
      signed.issue.content,
      changesBetween(signed.issue.content, today),
      await this.correctedBefore(signed),
    );
    if (changes.some(hidesGiver)) throw new NameNotToQuote();
    return { ...(await this.groundOf(signed, fresh)), changes };
  }

  /** That the matter of a notice is decided anew: nothing of its text is quoted, so it may be one that was taken down. */
  async redecision(notice: NoticeLine): Promise<Correction> {
    const signed = signedOf(notice);
    return { ...(await this.groundOf(signed, await this.freshOf(signed))), changes: [] };
  }

  /** The last signed correction of it since then, which says already what a later one would. */
  async correctedSince({ id }: NoticeLine, since: Date): Promise<string | null> {
    const found = (await this.queries.relationsOf(id)).filter(
      ({ isLater, relation, state, signedAt }) =>
        isLater && relation === 'CORRECTS' && state !== 'SUSPENDED' && signedAt > since,
    );
    return found.at(-1)?.noticeId ?? null;
  }

  /** A step of the unit that decides it: the draft, and who owes its signature and its posting. */
  async draft(
    tx: Tx,
    { notice, changes, forbidden, postWorkingDays }: Correction,
    { cause, author }: { readonly cause: CorrectionCause; readonly author: Author },
  ): Promise<{ noticeId: string }> {
    const { societyId, subjectKind, subjectId, threadId, issue, words } = notice;
    if (changes.length > 0) await this.store.quote(tx, notice.id, () => new NotToCorrect('taken-down'));
    const isOwed = changes.length > 0 && (await this.settleOwed(tx, notice.id, author.personId));
    const signed = { content: issue.content, words, signedAt: issue.signedAt };
    const drafted = await this.notices.draft(tx, {
      ...{ societyId, subjectKind, subjectId, threadId, author },
      kind: 'CORRECTION',
      words: correctionNotice({ signed, cause: isOwed ? 'OBJECTION' : cause, changes, forbidden }),
      earlier: { noticeId: notice.id, relation: 'CORRECTS' },
    });
    if (isOwed) await this.store.answerObjections(tx, notice.id, drafted.noticeId);
    await this.owe(tx, { societyId, threadId, ...drafted }, postWorkingDays);
    return drafted;
  }

  /** One that an objection asked for was given up as a draft: whoever drafts the next one does what was owed. */
  private settleOwed(tx: Tx, noticeId: string, byPersonId: string | null): Promise<boolean> {
    const done = { at: this.clock.now(), byPersonId };
    return this.duties.settle(tx, { kind: 'CORRECT_NOTICE', subjectId: noticeId, ...done });
  }

  /**
   * That a matter is decided anew concerns each paper about it, the one that was taken down and the one in its place: a step
   * that ties what says so to a further one.
   */
  async mark(tx: Tx, correctionId: string, noticeId: string): Promise<void> {
    await this.store.insertLink(tx, {
      ...{ id: this.ids.next(), noticeId: correctionId },
      ...{ earlierId: noticeId, relation: 'CORRECTS' },
    });
  }

  /** The one in the place of a notice bears the marks of it: a step of the unit that drafts it. */
  async markAlike(tx: Tx, noticeId: string, oldId: string): Promise<void> {
    for (const correctionId of await this.store.redecisionsOf(tx, oldId))
      await this.mark(tx, correctionId, noticeId);
  }

  /** The office found the mistake itself. Whoever asks is the author, and does not sign it. */
  async correct(caller: Caller, asked: { readonly noticeId: string }): Promise<{ noticeId: string }> {
    const { accountId, personId } = caller.actor;
    const notice = await this.queries.notice(societyOf(caller.actor), asked.noticeId);
    const correction = await this.textsToCorrect(notice).catch(refusalOf);
    return this.commands.run(caller, { act: 'correctNotice', body: asked }, async (tx, trail) => {
      if (correction instanceof DomainError) throw correction;
      if (correction.changes.length === 0) throw new NothingToCorrect();
      const drafted = await this.draft(tx, correction, {
        cause: 'OWN_CHECK',
        author: { accountId, personId },
      });
      const words = `起草更正公告，更正 ${correction.changes.length} 处`;
      trail.on('notice', drafted.noticeId, { threadId: notice.threadId, after: correction.changes, words });
      return drafted;
    });
  }

  /** Who signs it, and who hangs it: for a correction as for a notice that takes the place of another. */
  async owe(
    tx: Tx,
    about: { readonly societyId: string; readonly threadId: string; readonly noticeId: string },
    postWorkingDays: number,
  ): Promise<void> {
    const { societyId, threadId, noticeId: subjectId } = about;
    const rule = { unit: 'working-days', count: postWorkingDays, from: this.clock.now() } as const;
    for (const [kind, ownerRole] of [
      ['SIGN_NOTICE', 'chair'],
      ['POST_NOTICE', 'secretary'],
    ] as const)
      await this.duties.open(tx, {
        ...{ societyId, threadId, kind, ownerRole, subjectKind: 'notice', subjectId, rule },
      });
  }

  /** By name only where the signed one had it: a later consent puts no name into an older notice. */
  private async freshOf({
    kind,
    words,
    societyId,
    subjectKind,
    subjectId,
  }: NoticeLine): Promise<Worded | null> {
    const numberOnly = 'publishMode' in words && words.publishMode === 'NUMBER_ONLY';
    return (
      (await this.subjects.of(subjectKind).wordsNow?.(societyId, subjectId, { kind, numberOnly })) ?? null
    );
  }

  private async groundOf(
    notice: Correction['notice'],
    fresh: Worded | null,
  ): Promise<Omit<Correction, 'changes'>> {
    const { postWorkingDays } = await this.societies.charterOn(notice.societyId, dayOf(this.clock.now()));
    return {
      ...{ notice, isWorded: fresh !== null, forbidden: fresh?.words.forbidden ?? [] },
      postWorkingDays,
    };
  }

  /** The places that signed corrections have corrected, the oldest first. */
  private async correctedBefore({ id, societyId }: NoticeLine): Promise<(readonly CorrectedText[])[]> {
    const known: (readonly CorrectedText[])[] = [];
    for (const { isLater, relation, noticeId } of await this.queries.relationsOf(id)) {
      if (!isLater || relation !== 'CORRECTS') continue;
      const { issue, state } = await this.queries.notice(societyId, noticeId);
      if (state !== 'SUSPENDED' && issue?.content.kind === 'CORRECTION') known.push(issue.content.changes);
    }
    return known;
  }
}

/** Only what the public may still read is quoted in public. */
function quotable(notice: NoticeLine | Notice): Correction['notice'] {
  const signed = signedOf(notice);
  if (notice.state === 'SUSPENDED') throw new NotToCorrect('taken-down');
  if (notice.withdrawnAt !== null) throw new NotToCorrect('expired');
  if (notice.kind === 'CORRECTION') throw new NotToCorrect('correction');
  return signed;
}

function signedOf(notice: NoticeLine | Notice): Correction['notice'] {
  const { issue } = notice;
  if (issue === null) throw new NotToCorrect('draft');
  return Object.assign({}, notice, { issue });
}

/** A donor who is not to be named any more would be named once more, as what stood there before. */
const hidesGiver = ({ field, now }: CorrectedText): boolean =>
  field.endsWith('·捐赠人') && now === UNNAMED_DONOR;
