import { Injectable } from '@nestjs/common';
import { day } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import type { NoticeContent } from './domain/notice-content.js';
import type { NoticeState } from './domain/notice-state.js';
import type { Kept, NoticeKind } from './domain/notice-words.js';
import { NoticeNotFound } from './domain/notices.errors.js';
import type { PhotoMoment } from './notice.entity.js';

/** What the signature froze. */
export type Issue = {
  readonly number: string;
  readonly code: string;
  readonly content: NoticeContent;
  readonly contentHash: string;
  readonly pdfSha256: string;
  readonly pdfFileId: string;
  readonly pages: number;
  readonly signedBy: string;
  readonly signedAt: Date;
};

export type Photo = { readonly moment: PhotoMoment; readonly fileId: string; readonly handedInAt: Date };

/** For lists. */
export type NoticeLine = Kept & {
  readonly id: string;
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly version: number;
  readonly authorAccountId: string | null;
  readonly authorPersonId: string | null;
  /** The version of its words that was read here. */
  readonly wording: number;
  readonly state: NoticeState;
  readonly createdAt: Date;
  readonly plannedPostingOn: Day | null;
  readonly postedAt: Date | null;
  readonly place: string | null;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly endsAt: Date | null;
  readonly provisional: boolean;
  readonly endedAt: Date | null;
  readonly archivedAt: Date | null;
  readonly discardedAt: Date | null;
  /** Null in a draft. */
  readonly issue: Issue | null;
};

export type Notice = NoticeLine & { readonly photos: readonly Photo[] };

/** A notice by what everybody may read of it. */
export type PublicNotice = {
  readonly number: string;
  readonly code: string;
  readonly postedAt: Date | null;
  readonly endedAt: Date | null;
};

/** Where a list goes on: behind this notice. */
export type Place = { readonly createdAt: Date; readonly id: string };

type Instant = Date | string;
type RawHanging = {
  readonly subjectId: string;
  readonly postedAt: Instant | null;
  readonly endedAt: Instant | null;
};
type RawNotice = {
  id: string;
  societyId: string;
  kind: NoticeKind;
  subjectKind: string;
  subjectId: string;
  threadId: string;
  version: number | string;
  authorAccountId: string | null;
  authorPersonId: string | null;
  words: string;
  wording: number | string;
  state: NoticeState;
  createdAt: Instant;
  plannedPostingOn: string | null;
  postedAt: Instant | null;
  place: string | null;
  firstDay: string | null;
  lastDay: string | null;
  endsAt: Instant | null;
  provisional: number | string;
  endedAt: Instant | null;
  archivedAt: Instant | null;
  discardedAt: Instant | null;
  number: string | null;
  code: string;
  content: string;
  contentHash: string;
  pdfSha256: string;
  pdfFileId: string;
  pages: number | string;
  signedBy: string;
  signedAt: Instant;
};

@Injectable()
export class NoticesQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's is not found. */
  async notice(societyId: string, noticeId: string): Promise<Notice> {
    const [row] = await this.select`WHERE n.id = ${noticeId} AND n.society_id = ${societyId}`;
    if (!row) throw new NoticeNotFound();
    return this.whole(row);
  }

  /** The latest about this subject, of one kind or of all; a draft that was taken back is none. */
  async ofSubject(
    subjectKind: string,
    subjectId: string,
    kind: NoticeKind | null = null,
  ): Promise<Notice | null> {
    const [row] = await this.select`
      WHERE n.subject_kind = ${subjectKind} AND n.subject_id = ${subjectId}
        AND (${kind} IS NULL OR n.kind = ${kind}) AND n.state <> 'DISCARDED'
      ORDER BY n.created_at DESC, n.id DESC LIMIT 1`;
    return row ? this.whole(row) : null;
  }

  /** All that was ever written about it, the newest first, drafts that were taken back too. */
  async allOfSubject(subjectKind: string, subjectId: string): Promise<NoticeLine[]> {
    const rows = await this.select`
      WHERE n.subject_kind = ${subjectKind} AND n.subject_id = ${subjectId}
      ORDER BY n.created_at DESC, n.id DESC`;
    return rows.map(noticeOf);
  }

  /** By what is printed on the paper. A draft has no code. */
  async findByCode(code: string): Promise<Notice | null> {
    const [row] = await this.select`WHERE i.code = ${code}`;
    return row ? this.whole(row) : null;
  }

  /** What hangs or hung in public of each of these threads, of the kinds asked for; of several the latest. */
  async publicOf(
    subjectKind: string,
    subjectIds: readonly string[],
    kinds: readonly NoticeKind[],
  ): Promise<ReadonlyMap<string, PublicNotice>> {
    const rows = await this.reads.among<Omit<PublicNotice, 'postedAt' | 'endedAt'> & RawHanging>`
      SELECT n.subject_id AS "subjectId", i.number AS "number", i.code AS "code", n.posted_at AS "postedAt",
             n.ended_at AS "endedAt"
      FROM notices n JOIN notice_issues i ON i.notice_id = n.id
      WHERE n.subject_kind = ${subjectKind} AND n.subject_id IN ${listOf(subjectIds)}
        AND n.kind IN ${listOf(kinds)} AND n.state IN ('POSTED', 'RUNNING', 'ENDED', 'ARCHIVED')
      ORDER BY i.signed_at, n.id`;
    return new Map(
      rows.map(({ subjectId, number, code, postedAt, endedAt }) => [
        subjectId,
        { number, code, postedAt: optionalInstantOf(postedAt), endedAt: optionalInstantOf(endedAt) },
      ]),
    );
  }

  /** Every notice of a society, the newest first. */
  async page(
    societyId: string,
    options: { after?: Place | null; limit?: number } = {},
  ): Promise<NoticeLine[]> {
    const { after = null, limit = 50 } = options;
    const before = after?.createdAt ?? new Date('9999-01-01T00:00:00Z');
    const rows = await this.select`
      WHERE n.society_id = ${societyId}
        AND (n.created_at < ${before} OR (n.created_at = ${before} AND n.id < ${after?.id ?? ''}))
      ORDER BY n.created_at DESC, n.id DESC LIMIT ${limit}`;
    return rows.map(noticeOf);
  }

  /** What the public may see of a society: what hangs and runs first, then what has ended, each the newest first. */
  async board(societyId: string, limit = 50): Promise<NoticeLine[]> {
    const rows = await this.select`
      WHERE n.society_id = ${societyId} AND n.state IN ('POSTED', 'RUNNING', 'ENDED', 'ARCHIVED')
      ORDER BY CASE WHEN n.state IN ('POSTED', 'RUNNING') THEN 0 ELSE 1 END, i.signed_at DESC, n.id DESC LIMIT ${limit}`;
    return rows.map(noticeOf);
  }

  /** Running notices whose period is over, or whose last day was a guess. */
  async due(now: Date): Promise<NoticeLine[]> {
    const rows = await this.select`
      WHERE n.state = 'RUNNING' AND (n.ends_at <= ${now} OR n.provisional = 1) ORDER BY n.ends_at, n.id`;
    return rows.map(noticeOf);
  }

  /** Every signed notice of every society, by id: for the verifier, which reads them all, a batch at a time. */
  async signed(afterId: string, limit = 200): Promise<NoticeLine[]> {
    const rows = await this.select`
      WHERE n.state NOT IN ('DRAFT', 'DISCARDED') AND n.id > ${afterId} ORDER BY n.id LIMIT ${limit}`;
    return rows.map(noticeOf);
  }

  /** The sealed names of a draft; null once it is signed or taken back. */
  async forbiddenSealed(noticeId: string): Promise<string | null> {
    const row = await this.reads.one<{ sealed: string | null }>`
      SELECT forbidden_sealed AS "sealed" FROM notices WHERE id = ${noticeId}`;
    return row?.sealed ?? null;
  }

  private async whole(row: RawNotice): Promise<Notice> {
    const photos = await this.reads.all<{ moment: PhotoMoment; fileId: string; handedInAt: Instant }>`
      SELECT moment AS "moment", file_id AS "fileId", handed_in_at AS "handedInAt"
      FROM notice_photos WHERE notice_id = ${row.id} ORDER BY handed_in_at, id`;
    return {
      ...noticeOf(row),
      photos: photos.map((photo) => ({ ...photo, handedInAt: instantOf(photo.handedInAt) })),
    };
  }

  /** One list of columns for every question. */
  private select(condition: TemplateStringsArray, ...values: Value[]): Promise<RawNotice[]> {
    const [first = '', ...rest] = condition;
    const text = [`${COLUMNS} ${first}`, ...rest];
    return this.reads.all<RawNotice>(Object.assign(text, { raw: text }), ...values);
  }
}

const COLUMNS = `
  SELECT n.id AS "id", n.society_id AS "societyId", n.kind AS "kind", n.subject_kind AS "subjectKind",
         n.subject_id AS "subjectId", n.thread_id AS "threadId", n.version AS "version",
         n.author_account_id AS "authorAccountId", n.author_person_id AS "authorPersonId", n.words AS "words",
         n.wording AS "wording", n.discarded_at AS "discardedAt", n.state AS "state", n.created_at AS "createdAt", n.planned_posting_on AS "plannedPostingOn",
         n.posted_at AS "postedAt", p.place AS "place", n.first_day AS "firstDay", n.last_day AS "lastDay",
         n.ends_at AS "endsAt", n.provisional AS "provisional", n.ended_at AS "endedAt",
         n.archived_at AS "archivedAt", i.number AS "number", i.code AS "code", i.content AS "content",
         i.content_hash AS "contentHash", i.pdf_sha256 AS "pdfSha256", i.pdf_file_id AS "pdfFileId",
         i.pages AS "pages", i.signed_by AS "signedBy", i.signed_at AS "signedAt"
  FROM notices n
  LEFT JOIN notice_issues i ON i.notice_id = n.id
  LEFT JOIN notice_postings p ON p.notice_id = n.id`;

function noticeOf(row: RawNotice): NoticeLine {
  return {
    ...keptIn(row),
    id: row.id,
    societyId: row.societyId,
    subjectKind: row.subjectKind,
    subjectId: row.subjectId,
    threadId: row.threadId,
    version: Number(row.version),
    authorAccountId: row.authorAccountId,
    authorPersonId: row.authorPersonId,
    wording: Number(row.wording),
    state: row.state,
    createdAt: instantOf(row.createdAt),
    plannedPostingOn: optionalDay(row.plannedPostingOn),
    postedAt: optionalInstantOf(row.postedAt),
    place: row.place,
    firstDay: optionalDay(row.firstDay),
    lastDay: optionalDay(row.lastDay),
    endsAt: optionalInstantOf(row.endsAt),
    provisional: Number(row.provisional) === 1,
    endedAt: optionalInstantOf(row.endedAt),
    archivedAt: optionalInstantOf(row.archivedAt),
    discardedAt: optionalInstantOf(row.discardedAt),
    issue: issueOf(row),
  };
}

/** The words were stored with their kind. */
function keptIn({ kind, words }: RawNotice): Kept {
  return { kind, words: JSON.parse(words) as unknown } as Kept;
}

function issueOf(row: RawNotice): Issue | null {
  if (row.number === null) return null;
  const { number, code, contentHash, pdfSha256, pdfFileId, signedBy } = row;
  return {
    ...{ number, code, contentHash, pdfSha256, pdfFileId, signedBy },
    content: JSON.parse(row.content) as NoticeContent,
    pages: Number(row.pages),
    signedAt: instantOf(row.signedAt),
  };
}

const optionalDay = (text: string | null): Day | null => (text === null ? null : day(text));
