import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import type { Day } from '../kernel/day.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import { optionalInstantOf } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Period } from '../kernel/working-days.js';
import { namesSomebody } from './domain/expiry.js';
import { mayMove } from './domain/notice-state.js';
import type { NoticeState } from './domain/notice-state.js';
import type { Kept, NoticeKind } from './domain/notice-words.js';
import { NoticeAlreadyDrafted, NoticeJustMoved } from './domain/notices.errors.js';
import { NoticeIssue, NoticeLink, NoticePhoto, NoticePosting, NoticeRow } from './notice.entity.js';

const ONE_NOTICE = {
  name: 'uq_notices_subject',
  columns: 'notices.kind, notices.subject_kind, notices.subject_id, notices.version',
};
const ONE_CODE = { name: 'uq_notice_issues_code', columns: 'notice_issues.code' };

/** Drawn again: two notices may not share a code. */
export class CodeTaken extends Error {}

/** All notices of one kind about one thing: its versions. */
export type Series = { readonly kind: NoticeKind; readonly subjectKind: string; readonly subjectId: string };

/** The days by which it was longer when its end was counted. */
type Counted = Pick<NoticeRow, 'id' | 'extendedDays'>;

export type Ends = Period & { readonly endsAt: Date };

/** The rows of notices. Each move names the state it starts from in its WHERE: of ten at once, one moves. */
@Injectable()
export class NoticesStore {
  /** The version that comes next. While one of the series waits to be signed, there is no other. */
  async nextVersion(tx: Tx, { kind, subjectKind, subjectId }: Series): Promise<number> {
    const where = { kind, subjectKind, subjectId };
    const [last] = await tx.rows.find(NoticeRow, { where, order: { version: 'DESC' }, take: 1 });
    if (last?.state === 'DRAFT') throw new NoticeAlreadyDrafted();
    return (last?.version ?? 0) + 1;
  }

  /** Whether a later one of the series is there, signed or to be signed. */
  async isSuperseded(tx: Tx, series: Series, version: number): Promise<boolean> {
    const { kind, subjectKind, subjectId } = series;
    const later = {
      kind,
      subjectKind,
      subjectId,
      version: MoreThan(version),
      state: Not('DISCARDED' as const),
    };
    return (await tx.rows.countBy(NoticeRow, later)) > 0;
  }

  async draftOf(tx: Tx, { kind, subjectKind, subjectId }: Series): Promise<string | null> {
    const draft = await tx.rows.findOneBy(NoticeRow, { kind, subjectKind, subjectId, state: 'DRAFT' });
    return draft?.id ?? null;
  }

  draftRow(tx: Tx, { kind, subjectKind, subjectId }: Series): Promise<NoticeRow | null> {
    return tx.rows.findOneBy(NoticeRow, { kind, subjectKind, subjectId, state: 'DRAFT' });
  }

  /** Whether the period of the last of the series is still to come or runs: one that it has replaced may never end. */
  async isUnderWay(tx: Tx, { kind, subjectKind, subjectId }: Series): Promise<boolean> {
    const where = { kind, subjectKind, subjectId, state: Not('DISCARDED' as const) };
    const [last] = await tx.rows.find(NoticeRow, { where, order: { version: 'DESC' }, take: 1 });
    return last !== undefined && ['DRAFT', 'SIGNED', 'POSTED', 'RUNNING'].includes(last.state);
  }

  async isObjectedTo(tx: Tx, { subjectKind, subjectId }: Omit<Series, 'kind'>): Promise<boolean> {
    const openObjections = MoreThan(0);
    return (await tx.rows.countBy(NoticeRow, { subjectKind, subjectId, openObjections })) > 0;
  }

  async idsOf(tx: Tx, { kind, subjectKind, subjectId }: Series): Promise<readonly string[]> {
    return (await tx.rows.findBy(NoticeRow, { kind, subjectKind, subjectId })).map(({ id }) => id);
  }

  /** The last signed one of the series, by its number. */
  async lastSigned(
    tx: Tx,
    { kind, subjectKind, subjectId }: Series,
  ): Promise<{ readonly noticeId: string; readonly number: string } | null> {
    const [row] = await tx.read<{ noticeId: string; number: string }>`
      SELECT n.id AS "noticeId", i.number AS "number" FROM notices n JOIN notice_issues i ON i.notice_id = n.id
      WHERE n.kind = ${kind} AND n.subject_kind = ${subjectKind} AND n.subject_id = ${subjectId}
      ORDER BY n.version DESC LIMIT 1`;
    return row ?? null;
  }

  /** Somebody who drafts the same version at this moment makes this unit begin again, and then see it. */
  async insertDraft(tx: Tx, notice: NoticeRow): Promise<void> {
    try {
      await tx.insert(NoticeRow, notice);
    } catch (error) {
      throw breaksUnique(error, ONE_NOTICE) ? new StaleSnapshot('Another notice was drafted') : error;
    }
  }

  async redraft(
    tx: Tx,
    noticeId: string,
    draft: Kept & { readonly forbiddenSealed: string },
  ): Promise<boolean> {
    const changed = await tx.change`
      UPDATE notices SET words = ${JSON.stringify(draft.words)}, forbidden_sealed = ${draft.forbiddenSealed},
        wording = wording + 1, names_somebody = ${flagOf(namesSomebody(draft))}
      WHERE id = ${noticeId} AND kind = ${draft.kind} AND state = 'DRAFT'`;
    return changed === 1;
  }

  async isNumberOnly(tx: Tx, noticeId: string): Promise<boolean> {
    return (await tx.rows.countBy(NoticeRow, { id: noticeId, numberOnly: true })) > 0;
  }

  /** DRAFT → DISCARDED. The names that the check needed are gone with it. */
  async discardOne(tx: Tx, noticeId: string, at: Date): Promise<void> {
    assertMove('DRAFT', 'DISCARDED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'DISCARDED', discarded_at = ${at}, forbidden_sealed = NULL
      WHERE id = ${noticeId} AND state = 'DRAFT'`;
  }

  /** DRAFT → SIGNED, with the words that were printed. The names that the check needed are gone from here on. */
  async sign(
    tx: Tx,
    { id: noticeId, wording }: Pick<NoticeRow, 'id' | 'wording'>,
    signed: { plannedPostingOn: Day; at: Date },
  ): Promise<void> {
    assertMove('DRAFT', 'SIGNED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'SIGNED', signed_at = ${signed.at},
        planned_posting_on = ${signed.plannedPostingOn}, forbidden_sealed = NULL
      WHERE id = ${noticeId} AND state = 'DRAFT' AND wording = ${wording}`;
  }

  async insertIssue(tx: Tx, issue: NoticeIssue): Promise<void> {
    try {
      await tx.insert(NoticeIssue, issue);
    } catch (error) {
      throw breaksUnique(error, ONE_CODE) ? new CodeTaken() : error;
    }
  }

  /** SIGNED → POSTED: it hangs, but nobody has shown it yet. */
  async post(tx: Tx, noticeId: string, postedAt: Date): Promise<void> {
    assertMove('SIGNED', 'POSTED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'POSTED', posted_at = ${postedAt} WHERE id = ${noticeId} AND state = 'SIGNED'`;
  }

  /** SIGNED or POSTED → RUNNING: the period is known. */
  async start(tx: Tx, noticeId: string, from: NoticeState, postedAt: Date, period: Ends): Promise<void> {
    assertMove(from, 'RUNNING');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'RUNNING', posted_at = ${postedAt}, first_day = ${period.firstDay},
        last_day = ${period.lastDay}, ends_at = ${period.endsAt}, provisional = ${flagOf(period.provisional)}
      WHERE id = ${noticeId} AND state = ${from}`;
  }

  /**
   * An objection that comes in time holds the end up. False where it comes too late, by the clock and not by the timer
   * (D4-40): what ends at 24:00 has ended then, whenever somebody writes it down.
   */
  async holdUp(tx: Tx, noticeId: string, at: Date): Promise<boolean> {
    const changed = await tx.change`
      UPDATE notices SET open_objections = open_objections + 1
      WHERE id = ${noticeId} AND state IN ('SIGNED', 'POSTED', 'RUNNING') AND (ends_at IS NULL OR ends_at > ${at})`;
    return changed === 1;
  }

  /**
   * ENDED or ARCHIVED → RUNNING: what was received before the end holds the end up, though the timer was quicker than
   * whoever wrote it down (D4-40). The last day stays; what expired since says nothing of anybody any more.
   */
  async reopen(tx: Tx, noticeId: string, at: Date): Promise<boolean> {
    for (const from of ['ENDED', 'ARCHIVED'] as const) assertMove(from, 'RUNNING');
    const changed = await tx.change`
      UPDATE notices SET state = 'RUNNING', ended_at = NULL, archived_at = NULL, open_objections = open_objections + 1
      WHERE id = ${noticeId} AND state IN ('ENDED', 'ARCHIVED') AND withdrawn_at IS NULL AND ends_at > ${at}`;
    return changed === 1;
  }

  /**
   * What was received before it was taken down is an objection still, though it was written down later: it waits for its
   * answer, and the matter with it. No period runs that it could hold up.
   */
  async holdDown(tx: Tx, noticeId: string, at: Date): Promise<boolean> {
    const changed = await tx.change`
      UPDATE notices SET open_objections = open_objections + 1
      WHERE id = ${noticeId} AND state = 'SUSPENDED' AND suspended_at > ${at} AND (ends_at IS NULL OR ends_at > ${at})`;
    return changed === 1;
  }

  async isDown(tx: Tx, noticeId: string): Promise<boolean> {
    return (await tx.rows.countBy(NoticeRow, { id: noticeId, state: 'SUSPENDED' })) > 0;
  }

  /** When the last of the objections that held it up was answered or taken back; null where nobody objected in time. */
  async heldUntil(tx: Tx, noticeId: string): Promise<Date | null> {
    const [row] = await tx.read<{ until: Date | string | null }>`
      SELECT MAX(ended_at) AS "until" FROM notice_objections WHERE notice_id = ${noticeId} AND in_time = 1`;
    return optionalInstantOf(row?.until ?? null);
  }

  /** One of its objections is decided. */
  async letGo(tx: Tx, noticeId: string): Promise<void> {
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET open_objections = open_objections - 1 WHERE id = ${noticeId} AND open_objections > 0`;
  }

  /** Whether anybody's objection to it is still open, as this unit sees it. */
  async isHeldUp(tx: Tx, noticeId: string): Promise<boolean> {
    const [row] = await tx.read<{ held: number | string }>`
      SELECT open_objections AS "held" FROM notices WHERE id = ${noticeId}`;
    return Number(row?.held ?? 0) > 0;
  }

  /** The paper was gone for so many days: the period is longer by them. */
  async extend(tx: Tx, { id, extendedDays }: Counted, days: number, period: Ends): Promise<void> {
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET extended_days = extended_days + ${days}, last_day = ${period.lastDay},
        ends_at = ${period.endsAt}, provisional = ${flagOf(period.provisional)}
      WHERE id = ${id} AND state = 'RUNNING' AND extended_days = ${extendedDays}`;
  }

  /** Whatever was signed → SUSPENDED, wherever the clock or another hand has moved it meanwhile. */
  async suspend(tx: Tx, noticeId: string, at: Date): Promise<void> {
    assertMove('SIGNED', 'SUSPENDED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'SUSPENDED', suspended_at = ${at}, withdrawn_at = NULL
      WHERE id = ${noticeId} AND state NOT IN ('DRAFT', 'DISCARDED', 'SUSPENDED')`;
  }

  /**
   * A correction is about to print again what stands in it: refused where that is public no more. The count makes
   * whoever takes it down at this moment begin again, and then see the correction.
   */
  async quote(tx: Tx, noticeId: string, refusal: () => Error): Promise<void> {
    await tx.changeOne(refusal)`
      UPDATE notices SET quoted = quoted + 1
      WHERE id = ${noticeId} AND state NOT IN ('DRAFT', 'DISCARDED', 'SUSPENDED') AND withdrawn_at IS NULL`;
  }

  /** The notice that a correction quotes; null where it only says that the matter is decided anew. */
  async quotedBy(tx: Tx, noticeId: string): Promise<string | null> {
    const [row] = await tx.read<{ id: string }>`
      SELECT l.earlier_id AS "id" FROM notice_links l JOIN notices n ON n.id = l.notice_id
      WHERE n.id = ${noticeId} AND n.kind = 'CORRECTION' AND n.names_somebody = 1 AND l.relation = 'CORRECTS'`;
    return row?.id ?? null;
  }

  /** The corrections, signed or to be signed, that only say of a notice that its matter is decided anew. */
  async redecisionsOf(tx: Tx, noticeId: string): Promise<readonly string[]> {
    const rows = await tx.read<{ id: string }>`
      SELECT n.id AS "id" FROM notice_links l JOIN notices n ON n.id = l.notice_id
      WHERE l.earlier_id = ${noticeId} AND l.relation = 'CORRECTS' AND n.names_somebody = 0
        AND n.state NOT IN ('DISCARDED', 'SUSPENDED') ORDER BY n.id`;
    return rows.map(({ id }) => id);
  }

  /** Whether an objection that was upheld asks for this correction. */
  async isOwedToObjection(tx: Tx, noticeId: string): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM objection_inquiries WHERE correction_id = ${noticeId} LIMIT 1`;
    return rows.length > 0;
  }

  /** The correction in the place of drafts that were given up answers the objections for which those were drafted. */
  async answerObjections(tx: Tx, earlierId: string, correctionId: string): Promise<void> {
    await tx.change`
      UPDATE objection_inquiries SET correction_id = ${correctionId}
      WHERE correction_id IN (
        SELECT l.notice_id FROM notice_links l JOIN notices n ON n.id = l.notice_id
        WHERE l.earlier_id = ${earlierId} AND l.relation = 'CORRECTS' AND n.state = 'DISCARDED')`;
  }

  /** Whether the public may still read what it says. */
  async isPublic(tx: Tx, noticeId: string): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM notices
      WHERE id = ${noticeId} AND state NOT IN ('DRAFT', 'DISCARDED', 'SUSPENDED') AND withdrawn_at IS NULL`;
    return rows.length > 0;
  }

  /** What it says of a person is public no more; its number and its proof stay. */
  async withdraw(tx: Tx, noticeId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET withdrawn_at = ${at}
      WHERE id = ${noticeId} AND state IN ('ENDED', 'ARCHIVED') AND withdrawn_at IS NULL`;
  }

  async insertLink(tx: Tx, link: NoticeLink): Promise<void> {
    await tx.insert(NoticeLink, link);
  }

  async insertPosting(tx: Tx, posting: NoticePosting): Promise<void> {
    await tx.insert(NoticePosting, posting);
  }

  async insertPhoto(tx: Tx, photo: NoticePhoto): Promise<void> {
    await tx.insert(NoticePhoto, photo);
  }

  /** The last day moved, because the holidays of its year were published or changed. */
  async moveEnd(tx: Tx, { id, extendedDays }: Counted, period: Ends): Promise<void> {
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET last_day = ${period.lastDay}, ends_at = ${period.endsAt},
        provisional = ${flagOf(period.provisional)}
      WHERE id = ${id} AND state = 'RUNNING' AND extended_days = ${extendedDays}`;
  }

  /** RUNNING → ENDED, when nobody's objection is open, and no gap was written down meanwhile. */
  async end(tx: Tx, { id, extendedDays }: Counted, period: Ends, at: Date): Promise<void> {
    assertMove('RUNNING', 'ENDED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'ENDED', ended_at = ${at}, last_day = ${period.lastDay},
        ends_at = ${period.endsAt}, provisional = ${flagOf(period.provisional)}
      WHERE id = ${id} AND state = 'RUNNING' AND open_objections = 0 AND extended_days = ${extendedDays}`;
  }

  /** ENDED → ARCHIVED. */
  async archive(tx: Tx, noticeId: string, at: Date): Promise<void> {
    assertMove('ENDED', 'ARCHIVED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'ARCHIVED', archived_at = ${at} WHERE id = ${noticeId} AND state = 'ENDED'`;
  }
}

const flagOf = (value: boolean): number => (value ? 1 : 0);

/** The statements above and the table of the life cannot drift apart. */
function assertMove(from: NoticeState, to: NoticeState): void {
  if (!mayMove(from, to)) throw new Error(`A notice does not go from ${from} to ${to}`);
}
