import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import type { Tx } from '../platform/database/transactions.js';
import type { NoticeState } from './domain/notice-state.js';
import type { NoticeKind } from './domain/notice-words.js';

/** What the subject of a notice is told. */
export type NoticeFacts = {
  readonly noticeId: string;
  readonly societyId: string;
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly threadId: string;
  readonly state: NoticeState;
  /** 柳溪救公〔2026〕3号 */
  readonly number: string;
  /** When it was posted, or when it ended. */
  readonly at: Date;
  /** A later notice of the same kind has taken its place. */
  readonly superseded: boolean;
  /** Null while the photo is missing: the period has not begun. */
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
};

/** What is to be signed. */
export type NoticeToSign = {
  readonly kind: NoticeKind;
  /** Whether a person stands in it, if only behind a mask. */
  readonly printsName: boolean;
};

export type SubjectDescription = {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Its own page. */
  readonly href: string;
};

/** The port of the contexts below: what a notice is about, they know. */
export type NoticeSubject = {
  /**
   * Null when this person may sign, else why not, in one sentence: the applicant does not (D4-19), nor whoever stood
   * aside; and nobody signs a name whose owner does not agree any more. Asked before the unit of work.
   */
  maySign(
    societyId: string,
    subjectId: string,
    personId: string,
    notice: NoticeToSign,
  ): Promise<string | null>;
  /** A step of the unit of work that records the posting, with its photo (RUNNING) or before it (POSTED). */
  posted(tx: Tx, notice: NoticeFacts): Promise<void>;
  /** The period is over. */
  ended(tx: Tx, notice: NoticeFacts): Promise<void>;
  describe(societyId: string, subjectId: string): Promise<SubjectDescription>;
  /** Full names that may stand in it, since their owners agree at this moment; for a list of donors, and nothing else. */
  agreedNames?(societyId: string, subjectId: string): Promise<readonly string[]>;
};

/** Who answers for each kind of subject. Contexts below register themselves at start, so that no arrow points down. */
@Injectable()
export class NoticeSubjects {
  private readonly subjects = new Map<string, NoticeSubject>();

  register(subjectKind: string, subject: NoticeSubject): void {
    if (this.subjects.has(subjectKind)) throw new Error(`Two contexts answer for notices of ${subjectKind}`);
    this.subjects.set(subjectKind, subject);
  }

  of(subjectKind: string): NoticeSubject {
    const subject = this.subjects.get(subjectKind);
    if (!subject) throw new Error(`Nobody answers for notices of ${subjectKind}`);
    return subject;
  }
}
