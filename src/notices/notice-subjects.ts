import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import type { Tx } from '../platform/database/transactions.js';
import type { NoticeState } from './domain/notice-state.js';
import type { NoticeKind, Worded } from './domain/notice-words.js';

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

/** Why the matter is to be decided anew, and who found it. */
export type Upholding = { readonly at: Date; readonly byPersonId: string | null };

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
  /**
   * Null when this person may look into an objection to it, else why not, in one sentence: nobody inquires who asked for
   * it, looked into it, decided it or is tied to whom it is about (domain.md 2.3: outside the case).
   */
  mayInquire?(societyId: string, subjectId: string, personId: string): Promise<string | null>;
  /**
   * Null when this person may name who looks into an objection to it, and so reads who objected, else why not: nobody does
   * who is tied to whom it is about or gets the money. Absent where it is about nobody.
   */
  mayAssign?(societyId: string, subjectId: string, personId: string): Promise<string | null>;
  /** A step of the unit that registers the first open objection to a notice: what is not paid yet waits. */
  objected?(tx: Tx, notice: NoticeFacts): Promise<void>;
  /**
   * Nobody's objection to it is open any more: what waited goes on. Where another one was upheld before, its decision may
   * still be to come, or be past: that the subject knows.
   */
  cleared?(tx: Tx, notice: NoticeFacts): Promise<void>;
  /** An objection was upheld, and not for a slip of the pen: the matter is to be decided anew. */
  upheld?(tx: Tx, notice: NoticeFacts, by: Upholding): Promise<void>;
  /** A step: whether what a notice of this kind says still holds, so that another may take the place of one taken down. */
  stands?(tx: Tx, subjectId: string, kind: NoticeKind): Promise<boolean>;
  /**
   * What a notice of this kind about it would say today, for a correction or a new issue; with `numberOnly` by the number
   * of the case alone, whatever was agreed. Null where nothing can be worded anew.
   */
  wordsNow?(
    societyId: string,
    subjectId: string,
    asked: { readonly kind: NoticeKind; readonly numberOnly: boolean },
  ): Promise<Worded | null>;
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
