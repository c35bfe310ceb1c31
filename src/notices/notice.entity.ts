import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { NoticeContent } from './domain/notice-content.js';
import { incidentsEntities } from './incidents/incident.entity.js';
import type { NoticeState } from './domain/notice-state.js';
import type { KeptWords, NoticeKind } from './domain/notice-words.js';
import { NoticeText } from './texts/notice-text.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** A public notice and how far it has come. What was signed, posted and photographed stands in rows of its own. */
@Entity('notices')
@Unique('uq_notices_subject', ['kind', 'subjectKind', 'subjectId', 'version'])
@Index('ix_notices_society', ['societyId', 'createdAt'])
@Index('ix_notices_subject', ['subjectKind', 'subjectId', 'createdAt'])
@Index('ix_notices_due', ['state', 'endsAt'])
@Index('ix_notices_board', ['societyId', 'signedAt'])
@Index('ix_notices_expiry', ['withdrawnAt', 'namesSomebody', 'endedAt'])
@Check(
  'ck_notices_state',
  `state IN ('DRAFT', 'SIGNED', 'POSTED', 'RUNNING', 'ENDED', 'ARCHIVED', 'SUSPENDED', 'DISCARDED')`,
)
@Check('ck_notices_signed', `(state IN ('DRAFT', 'DISCARDED')) = (signed_at IS NULL)`)
@Check('ck_notices_forbidden', `(state = 'DRAFT') = (forbidden_sealed IS NOT NULL)`)
@Check(
  'ck_notices_posted',
  `state = 'SUSPENDED' OR (state IN ('DRAFT', 'DISCARDED', 'SIGNED')) = (posted_at IS NULL)`,
)
@Check(
  'ck_notices_running',
  `state = 'SUSPENDED' OR (state IN ('RUNNING', 'ENDED', 'ARCHIVED')) = (first_day IS NOT NULL AND last_day IS NOT NULL AND ends_at IS NOT NULL)`,
)
@Check('ck_notices_ended', `state = 'SUSPENDED' OR (state IN ('ENDED', 'ARCHIVED')) = (ended_at IS NOT NULL)`)
@Check('ck_notices_archived', `state = 'SUSPENDED' OR (state = 'ARCHIVED') = (archived_at IS NOT NULL)`)
@Check('ck_notices_discarded', `(state = 'DISCARDED') = (discarded_at IS NOT NULL)`)
@Check('ck_notices_suspended', `(state = 'SUSPENDED') = (suspended_at IS NOT NULL)`)
@Check(
  'ck_notices_objections',
  `open_objections >= 0 AND (open_objections = 0 OR state NOT IN ('DRAFT', 'DISCARDED', 'ENDED', 'ARCHIVED'))`,
)
@Check('ck_notices_extended', `extended_days >= 0`)
@Check('ck_notices_withdrawn', `withdrawn_at IS NULL OR state IN ('ENDED', 'ARCHIVED')`)
export class NoticeRow {
  @KeyColumn('pk_notices')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 20)
  readonly kind!: NoticeKind;

  @WordColumn('subject_kind', 20)
  readonly subjectKind!: string;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  /** 1, and one more for each later notice about the same thing. */
  @CountColumn('version')
  readonly version!: number;

  @IdColumn('thread_id')
  readonly threadId!: string;

  @OptionalIdColumn('author_account_id')
  readonly authorAccountId!: string | null;

  @OptionalIdColumn('author_person_id')
  readonly authorPersonId!: string | null;

  @JsonColumn('words')
  readonly words!: KeptWords;

  /** Goes up with each rewording: a signature is for the words that were read and printed, and no others. */
  @CountColumn('wording')
  readonly wording!: number;

  /** How often a correction was drafted or signed that quotes it: whoever takes it down meanwhile sees that correction. */
  @CountColumn('quoted')
  readonly quoted!: number;

  /** The full names that the check looks for: sealed, and erased by the signature or when the draft is taken back. */
  @OptionalTextColumn('forbidden_sealed')
  readonly forbiddenSealed!: string | null;

  @WordColumn('state', 10)
  readonly state!: NoticeState;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @OptionalDayColumn('planned_posting_on')
  readonly plannedPostingOn!: Day | null;

  @OptionalInstantColumn('signed_at')
  readonly signedAt!: Date | null;

  @OptionalInstantColumn('posted_at')
  readonly postedAt!: Date | null;

  /** The real period, from the posting and its photo; what the paper says is the plan. */
  @OptionalDayColumn('first_day')
  readonly firstDay!: Day | null;

  @OptionalDayColumn('last_day')
  readonly lastDay!: Day | null;

  /** 24:00 of the last day. */
  @OptionalInstantColumn('ends_at')
  readonly endsAt!: Date | null;

  /** The last day was counted into a year whose holidays nobody had published. */
  @FlagColumn('provisional')
  readonly provisional!: boolean;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  @OptionalInstantColumn('archived_at')
  readonly archivedAt!: Date | null;

  @OptionalInstantColumn('discarded_at')
  readonly discardedAt!: Date | null;

  /** Objections that came in time and are not decided: the period does not end before the last of them is (D4-40). */
  @CountColumn('open_objections')
  readonly openObjections!: number;

  /** Natural days by which the period is longer, since the paper was gone from its wall for so long. */
  @CountColumn('extended_days')
  readonly extendedDays!: number;

  /** Taken down since it showed too much of somebody. The number stays; what it said is shown to nobody any more. */
  @OptionalInstantColumn('suspended_at')
  readonly suspendedAt!: Date | null;

  /** Since when the public reads its number and its proof, but not what it said of a person. */
  @OptionalInstantColumn('withdrawn_at')
  readonly withdrawnAt!: Date | null;

  /** Whether a person stands in its words, masked or by name: those are withdrawn by their date, all others stay. */
  @FlagColumn('names_somebody')
  readonly namesSomebody!: boolean;

  /** Drafted to name nobody, whatever was agreed: a consent that is given again puts no name into it. */
  @FlagColumn('number_only')
  readonly numberOnly!: boolean;
}

/** A signed notice as it was frozen: number, content, hashes. Never changed; a correction is a notice of its own. */
@Entity('notice_issues')
@Unique('uq_notice_issues_notice', ['noticeId'])
@Unique('uq_notice_issues_serial', ['societyId', 'year', 'serial'])
@Unique('uq_notice_issues_code', ['code'])
@Index('ix_notice_issues_pdf', ['pdfSha256'])
@Check('ck_notice_issues_serial', 'serial > 0')
export class NoticeIssue {
  @KeyColumn('pk_notice_issues')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_issues_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @CountColumn('year')
  readonly year!: number;

  @CountColumn('serial')
  readonly serial!: number;

  /** 柳溪救公〔2026〕3号 */
  @WordColumn('number', 60)
  readonly number!: string;

  /** In the public address and on the paper. */
  @WordColumn('code', 8)
  readonly code!: string;

  @JsonColumn('content')
  readonly content!: NoticeContent;

  @WordColumn('content_hash', 64)
  readonly contentHash!: string;

  @WordColumn('pdf_sha256', 64)
  readonly pdfSha256!: string;

  @IdColumn('pdf_file_id')
  @ForeignKey('stored_files', { name: 'fk_notice_issues_pdf', ...NO_ACTION })
  readonly pdfFileId!: string;

  @CountColumn('pages')
  readonly pages!: number;

  @OptionalIdColumn('signed_by_account')
  readonly signedByAccount!: string | null;

  @IdColumn('signed_by')
  readonly signedBy!: string;

  @InstantColumn('signed_at')
  readonly signedAt!: Date;
}

/** That the paper hangs: where, since when, and who says so. */
@Entity('notice_postings')
@Unique('uq_notice_postings_notice', ['noticeId'])
export class NoticePosting {
  @KeyColumn('pk_notice_postings')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_postings_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @WordColumn('place', 80)
  readonly place!: string;

  @InstantColumn('posted_at')
  readonly postedAt!: Date;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

export type PhotoMoment = 'POSTING' | 'END';

/** A photo of the paper on its wall, at the beginning or at the end. */
@Entity('notice_photos')
@Index('ix_notice_photos_notice', ['noticeId', 'handedInAt'])
@Check('ck_notice_photos_moment', `moment IN ('POSTING', 'END')`)
export class NoticePhoto {
  @KeyColumn('pk_notice_photos')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_photos_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @WordColumn('moment', 10)
  readonly moment!: PhotoMoment;

  @IdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_notice_photos_file', ...NO_ACTION })
  readonly fileId!: string;

  @OptionalIdColumn('handed_in_by')
  readonly handedInBy!: string | null;

  @InstantColumn('handed_in_at')
  readonly handedInAt!: Date;
}

/** Corrects it, takes the place of one that was taken down, or takes back what it published. */
export type NoticeRelation = 'CORRECTS' | 'REISSUES' | 'REVOKES';

/** Which earlier notice one answers. It counts from the signature of the later one on; never changed. */
@Entity('notice_links')
@Unique('uq_notice_links_pair', ['noticeId', 'earlierId'])
@Index('ix_notice_links_earlier', ['earlierId'])
@Check('ck_notice_links_relation', `relation IN ('CORRECTS', 'REISSUES', 'REVOKES')`)
export class NoticeLink {
  @KeyColumn('pk_notice_links')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_links_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @IdColumn('earlier_id')
  @ForeignKey('notices', { name: 'fk_notice_links_earlier', ...NO_ACTION })
  readonly earlierId!: string;

  @WordColumn('relation', 10)
  readonly relation!: NoticeRelation;
}

export const noticesEntities = [
  NoticeRow,
  NoticeIssue,
  NoticePosting,
  NoticePhoto,
  NoticeLink,
  NoticeText,
  ...incidentsEntities,
];
