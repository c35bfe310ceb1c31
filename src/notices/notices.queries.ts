import { Injectable } from '@nestjs/common';
import { day } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import type { NoticeContent } from './domain/notice-content.js';
import type { NoticeState } from './domain/notice-state.js';
import type { Kept, NoticeKind } from './domain/notice-words.js';
import { NoticeNotFound } from './domain/notices.errors.js';
import type { NoticeRelation, PhotoMoment } from './notice.entity.js';

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
  readonly openObjections: number;
  readonly extendedDays: number;
  readonly suspendedAt: Date | null;
  readonly withdrawnAt: Date | null;
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

/** Another notice, signed, that answers this one (`later`) or that this one answers. */
export type RelatedNotice = {
  readonly relation: NoticeRelation;
  readonly isLater: boolean;
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly number: string;
  readonly code: string;
  readonly signedAt: Date;
};

/** What is asked of a board: of whom, of which states, of one kind or all, signed within a span of time. */
export type OnBoard = {
  readonly societyIds: readonly string[];
  readonly states: readonly NoticeState[];
  readonly kind: NoticeKind | null;
  readonly span: { readonly from: Date; readonly until: Date } | null;
  /** Behind the notice that was signed then. */
  readonly after: Place | null;
  readonly limit: number;
};

/** Where a list goes on: behind this notice. */
export type Place = { readonly createdAt: Date; readonly id: string };

type Instant = Date | string;
type RawRelated = Omit<RelatedNotice, 'isLater' | 'signedAt'> & {
  readonly isLater: number | string;
  readonly signedAt: Instant;
};
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
  openObjections: number | string;
  extendedDays: number | string;
  suspendedAt: Instant | null;
  withdrawnAt: Instant | null;
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

  /** Of whichever society: whoever asks must see to whom it may be shown. */
  async findById(noticeId: string): Promise<Notice | null> {
    const [row] = await this.select`WHERE n.id = ${noticeId}`;
    return row ? this.whole(row) : null;
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

  /** The signed notices that answer this one, and those that it answers; the oldest first. */
  async relationsOf(noticeId: string): Promise<RelatedNotice[]> {
    const rows = await this.reads.all<RawRelated>`
      SELECT l.relation AS "relation", CASE WHEN l.earlier_id = ${noticeId} THEN 1 ELSE 0 END AS "isLater",
             n.id AS "noticeId", n.kind AS "kind", n.state AS "state", i.number AS "number", i.code AS "code",
             i.signed_at AS "signedAt"
      FROM notice_links l
      JOIN notices n ON n.id = CASE WHEN l.earlier_id = ${noticeId} THEN l.notice_id ELSE l.earlier_id END
      JOIN notice_issues i ON i.notice_id = n.id
      WHERE l.earlier_id = ${noticeId} OR l.notice_id = ${noticeId} ORDER BY i.signed_at, n.id`;
    return rows.map((row) => ({
      ...row,
      isLater: Number(row.isLater) === 1,
      signedAt: instantOf(row.signedAt),
    }));
  }

  /** Whether it is a correction that would publish again what was taken down, or whose time is over. */
  async quotesTakenDown({ id, kind }: Pick<NoticeLine, 'id' | 'kind'>): Promise<boolean> {
    if (kind !== 'CORRECTION') return false;
    const row = await this.reads.one<{ id: string }>`
      SELECT e.id AS "id" FROM notice_links l
      JOIN notices e ON e.id = l.earlier_id JOIN notices n ON n.id = l.notice_id
      WHERE l.notice_id = ${id} AND l.relation = 'CORRECTS' AND n.names_somebody = 1
        AND (e.state = 'SUSPENDED' OR e.withdrawn_at IS NOT NULL) LIMIT 1`;
    return row !== null;
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

  /** What hangs or hung on the boards of these societies, the newest first. What never hung is on no board. */
  async onBoard(asked: OnBoard): Promise<NoticeLine[]> {
    const { societyIds, states, kind, span, after, limit } = asked;
    const from = span?.from ?? new Date('0001-01-01T00:00:00Z');
    const until = span?.until ?? new Date('9999-01-01T00:00:00Z');
    const before = after?.createdAt ?? until;
    const rows = await this.select`
      WHERE n.society_id IN ${listOf(societyIds)} AND n.state IN ${listOf(states)} AND n.posted_at IS NOT NULL
        AND (${kind} IS NULL OR n.kind = ${kind}) AND n.signed_at >= ${from} AND n.signed_at < ${until}
        AND (n.signed_at < ${before} OR (n.signed_at = ${before} AND n.id < ${after?.id ?? ''}))
      ORDER BY n.signed_at DESC, n.id DESC LIMIT ${limit}`;
    return rows.map(noticeOf);
  }

  /** Running notices whose period is over and to which no objection is open, or whose last day was a guess. */
  async due(now: Date): Promise<NoticeLine[]> {
    const rows = await this.select`
      WHERE n.state = 'RUNNING' AND ((n.ends_at <= ${now} AND n.open_objections = 0) OR n.provisional = 1) ORDER BY n.ends_at, n.id`;
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
  private select(
    condition: TemplateStringsArray,
    ...values: (Value | ReturnType<typeof listOf>)[]
  ): Promise<RawNotice[]> {
    const [first = '', ...rest] = condition;
    const text = [`${COLUMNS} ${first}`, ...rest];
    return this.reads.among<RawNotice>(Object.assign(text, { raw: text }), ...values);
  }
}

const COLUMNS = `
  SELECT n.id AS "id", n.society_id AS "societyId", n.kind AS "kind", n.subject_kind AS "subjectKind",
         n.subject_id AS "subjectId", n.thread_id AS "threadId", n.version AS "version",
         n.author_account_id AS "authorAccountId", n.author_person_id AS "authorPersonId", n.words AS "words",
         n.wording AS "wording", n.discarded_at AS "discardedAt", n.state AS "state", n.created_at AS "createdAt", n.planned_posting_on AS "plannedPostingOn",
         n.posted_at AS "postedAt", p.place AS "place", n.first_day AS "firstDay", n.last_day AS "lastDay",
         n.ends_at AS "endsAt", n.provisional AS "provisional", n.ended_at AS "endedAt",
         n.open_objections AS "openObjections", n.extended_days AS "extendedDays", n.suspended_at AS "suspendedAt",
         n.withdrawn_at AS "withdrawnAt", n.archived_at AS "archivedAt", i.number AS "number", i.code AS "code", i.content AS "content",
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
    openObjections: Number(row.openObjections),
    extendedDays: Number(row.extendedDays),
    suspendedAt: optionalInstantOf(row.suspendedAt),
    withdrawnAt: optionalInstantOf(row.withdrawnAt),
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
