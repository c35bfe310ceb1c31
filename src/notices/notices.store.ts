import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import type { Day } from '../kernel/day.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Period } from '../kernel/working-days.js';
import { mayMove } from './domain/notice-state.js';
import type { NoticeState } from './domain/notice-state.js';
import type { KeptWords, NoticeKind } from './domain/notice-words.js';
import { NoticeAlreadyDrafted, NoticeJustMoved } from './domain/notices.errors.js';
import { NoticeIssue, NoticePhoto, NoticePosting, NoticeRow } from './notice.entity.js';

const ONE_NOTICE = {
  name: 'uq_notices_subject',
  columns: 'notices.kind, notices.subject_kind, notices.subject_id, notices.version',
};
const ONE_CODE = { name: 'uq_notice_issues_code', columns: 'notice_issues.code' };

/** Drawn again: two notices may not share a code. */
export class CodeTaken extends Error {}

/** All notices of one kind about one thing: its versions. */
export type Series = { readonly kind: NoticeKind; readonly subjectKind: string; readonly subjectId: string };

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

  /** The number of the last signed one of the series. */
  async signedNumber(tx: Tx, { kind, subjectKind, subjectId }: Series): Promise<string | null> {
    const [row] = await tx.read<{ number: string }>`
      SELECT i.number AS "number" FROM notices n JOIN notice_issues i ON i.notice_id = n.id
      WHERE n.kind = ${kind} AND n.subject_kind = ${subjectKind} AND n.subject_id = ${subjectId}
      ORDER BY n.version DESC LIMIT 1`;
    return row?.number ?? null;
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
    draft: { readonly kind: NoticeKind; readonly words: KeptWords; readonly forbiddenSealed: string },
  ): Promise<boolean> {
    const changed = await tx.change`
      UPDATE notices SET words = ${JSON.stringify(draft.words)}, forbidden_sealed = ${draft.forbiddenSealed},
        wording = wording + 1
      WHERE id = ${noticeId} AND kind = ${draft.kind} AND state = 'DRAFT'`;
    return changed === 1;
  }

  /** DRAFT → DISCARDED. The names that the check needed are gone with it. */
  async discard(tx: Tx, { kind, subjectKind, subjectId }: Series, at: Date): Promise<boolean> {
    assertMove('DRAFT', 'DISCARDED');
    const changed = await tx.change`
      UPDATE notices SET state = 'DISCARDED', discarded_at = ${at}, forbidden_sealed = NULL
      WHERE kind = ${kind} AND subject_kind = ${subjectKind} AND subject_id = ${subjectId} AND state = 'DRAFT'`;
    return changed > 0;
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

  async insertPosting(tx: Tx, posting: NoticePosting): Promise<void> {
    await tx.insert(NoticePosting, posting);
  }

  async insertPhoto(tx: Tx, photo: NoticePhoto): Promise<void> {
    await tx.insert(NoticePhoto, photo);
  }

  /** The last day moved, because the holidays of its year were published or changed. */
  async moveEnd(tx: Tx, noticeId: string, period: Ends): Promise<void> {
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET last_day = ${period.lastDay}, ends_at = ${period.endsAt},
        provisional = ${flagOf(period.provisional)}
      WHERE id = ${noticeId} AND state = 'RUNNING'`;
  }

  /** RUNNING → ENDED. */
  async end(tx: Tx, noticeId: string, period: Ends, at: Date): Promise<void> {
    assertMove('RUNNING', 'ENDED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'ENDED', ended_at = ${at}, last_day = ${period.lastDay},
        ends_at = ${period.endsAt}, provisional = ${flagOf(period.provisional)}
      WHERE id = ${noticeId} AND state = 'RUNNING'`;
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
