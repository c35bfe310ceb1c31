import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { SubjectKind } from './domain/desk-filter.js';
import type { FinderRole, FindingKind, FindingReason } from './domain/findings.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;
const KINDS = "kind IN ('IN_ORDER', 'RECTIFY', 'REVOKE')";
const DUE_DAY = "(kind = 'RECTIFY') = (due_on IS NOT NULL)";

/** Who is at a row of the queue, and until when. One row for each subject, taken over by guarded updates. */
@Entity('review_leases')
@Unique('uq_review_leases_subject', ['subjectId'])
@Check('ck_review_leases_kind', "subject_kind IN ('grant', 'relief')")
@Check('ck_review_leases_time', 'until_at >= taken_at')
export class ReviewLease {
  @KeyColumn('pk_review_leases')
  readonly id!: string;

  /** The federation. */
  @IdColumn('scope_id')
  @ForeignKey('organisations', { name: 'fk_review_leases_scope', ...NO_ACTION })
  readonly scopeId!: string;

  @WordColumn('subject_kind', 8)
  readonly subjectKind!: SubjectKind;

  /** The emergency case, or the case of relief. */
  @IdColumn('subject_id')
  readonly subjectId!: string;

  @IdColumn('holder_account')
  readonly holderAccount!: string;

  /** In the register of the federation; null where the account belongs to nobody in it. */
  @OptionalIdColumn('holder_id')
  readonly holderId!: string | null;

  @InstantColumn('taken_at')
  readonly takenAt!: Date;

  @InstantColumn('until_at')
  readonly untilAt!: Date;
}

/** What one person found of a paid grant. Append-only: where the review stands follows from these. */
@Entity('grant_findings')
@Unique('uq_grant_findings_seq', ['caseId', 'lap', 'seq'])
@Unique('uq_grant_findings_person', ['caseId', 'lap', 'reviewerId'])
@Check('ck_grant_findings_kind', KINDS)
@Check('ck_grant_findings_due', DUE_DAY)
@Check('ck_grant_findings_role', "as_role IN ('reviewer', 'supervisor')")
@Check('ck_grant_findings_place', 'lap >= 1 AND seq >= 1')
export class GrantFinding {
  @KeyColumn('pk_grant_findings')
  readonly id!: string;

  @IdColumn('scope_id')
  @ForeignKey('organisations', { name: 'fk_grant_findings_scope', ...NO_ACTION })
  readonly scopeId!: string;

  @IdColumn('case_id')
  @ForeignKey('cases', { name: 'fk_grant_findings_case', ...NO_ACTION })
  readonly caseId!: string;

  /** 1, and one more each time the society has answered: what was found before that is of an earlier lap. */
  @CountColumn('lap')
  readonly lap!: number;

  /** In its lap: two who speak at once cannot both be the second. */
  @CountColumn('seq')
  readonly seq!: number;

  @WordColumn('kind', 8)
  readonly kind!: FindingKind;

  @WordColumn('reason', 12)
  readonly reason!: FindingReason;

  @OptionalDayColumn('due_on')
  readonly dueOn!: Day | null;

  @OptionalTextColumn('words_sealed')
  readonly wordsSealed!: string | null;

  @WordColumn('as_role', 12)
  readonly asRole!: FinderRole;

  @IdColumn('reviewer_id')
  readonly reviewerId!: string;

  @InstantColumn('found_at')
  readonly foundAt!: Date;
}

/** What a lap came to, once enough people said it; and what the society answered, where it had something to do. */
@Entity('grant_outcomes')
@Unique('uq_grant_outcomes_lap', ['caseId', 'lap'])
@Index('ix_grant_outcomes_society', ['societyId', 'settledAt'])
@Check('ck_grant_outcomes_kind', KINDS)
@Check('ck_grant_outcomes_due', DUE_DAY)
@Check(
  'ck_grant_outcomes_answer',
  "(answered_at IS NULL) = (answer_sealed IS NULL) AND (file_id IS NULL OR answered_at IS NOT NULL) AND (kind <> 'IN_ORDER' OR answered_at IS NULL)",
)
export class GrantOutcome {
  @KeyColumn('pk_grant_outcomes')
  readonly id!: string;

  @IdColumn('scope_id')
  @ForeignKey('organisations', { name: 'fk_grant_outcomes_scope', ...NO_ACTION })
  readonly scopeId!: string;

  /** Whose case it is, and who owes the answer. */
  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_grant_outcomes_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('case_id')
  @ForeignKey('cases', { name: 'fk_grant_outcomes_case', ...NO_ACTION })
  readonly caseId!: string;

  @CountColumn('lap')
  readonly lap!: number;

  @WordColumn('kind', 8)
  readonly kind!: FindingKind;

  @WordColumn('reason', 12)
  readonly reason!: FindingReason;

  @OptionalDayColumn('due_on')
  readonly dueOn!: Day | null;

  /** The finding that made it count: its words are told to the society. */
  @IdColumn('finding_id')
  @ForeignKey(() => GrantFinding, { name: 'fk_grant_outcomes_finding', ...NO_ACTION })
  readonly findingId!: string;

  @InstantColumn('settled_at')
  readonly settledAt!: Date;

  @OptionalInstantColumn('answered_at')
  readonly answeredAt!: Date | null;

  @OptionalIdColumn('answered_by')
  readonly answeredBy!: string | null;

  @OptionalTextColumn('answer_sealed')
  readonly answerSealed!: string | null;

  @OptionalIdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_grant_outcomes_file', ...NO_ACTION })
  readonly fileId!: string | null;
}

/** An address of the queue under a name, of one account. Its slots are counted by the database. */
@Entity('saved_views')
@Unique('uq_saved_views_slot', ['accountId', 'scopeId', 'slot'])
@Unique('uq_saved_views_name', ['accountId', 'scopeId', 'name'])
@Check('ck_saved_views_slot', 'slot >= 1 AND slot <= 20')
export class SavedView {
  @KeyColumn('pk_saved_views')
  readonly id!: string;

  @IdColumn('account_id')
  readonly accountId!: string;

  @IdColumn('scope_id')
  @ForeignKey('organisations', { name: 'fk_saved_views_scope', ...NO_ACTION })
  readonly scopeId!: string;

  @CountColumn('slot')
  readonly slot!: number;

  @WordColumn('name', 20)
  readonly name!: string;

  @TextColumn('query')
  readonly query!: string;

  @InstantColumn('saved_at')
  readonly savedAt!: Date;
}

export const deskEntities = [ReviewLease, GrantFinding, GrantOutcome, SavedView];
