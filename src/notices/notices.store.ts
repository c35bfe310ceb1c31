import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Period } from '../kernel/working-days.js';
import { mayMove } from './domain/notice-state.js';
import type { NoticeState } from './domain/notice-state.js';
import { NoticeAlreadyDrafted, NoticeJustMoved } from './domain/notices.errors.js';
import { NoticeIssue, NoticePhoto, NoticePosting, NoticeRow } from './notice.entity.js';

const ONE_NOTICE = {
  name: 'uq_notices_subject',
  columns: 'notices.kind, notices.subject_kind, notices.subject_id, notices.version',
};
const ONE_CODE = { name: 'uq_notice_issues_code', columns: 'notice_issues.code' };

/** Drawn again: two notices may not share a code. */
export class CodeTaken extends Error {}

export type Ends = Period & { readonly endsAt: Date };

/** The rows of notices. Each move names the state it starts from in its WHERE: of ten at once, one moves. */
@Injectable()
export class NoticesStore {
  async insertDraft(tx: Tx, notice: NoticeRow): Promise<void> {
    try {
      await tx.insert(NoticeRow, notice);
    } catch (error) {
      throw breaksUnique(error, ONE_NOTICE) ? new NoticeAlreadyDrafted() : error;
    }
  }

  /** DRAFT → SIGNED. The names that the check needed are gone from here on. */
  async sign(tx: Tx, noticeId: string, signed: { plannedPostingOn: Day; at: Date }): Promise<void> {
    assertMove('DRAFT', 'SIGNED');
    await tx.changeOne(() => new NoticeJustMoved())`
      UPDATE notices SET state = 'SIGNED', signed_at = ${signed.at},
        planned_posting_on = ${signed.plannedPostingOn}, forbidden_sealed = NULL
      WHERE id = ${noticeId} AND state = 'DRAFT'`;
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
