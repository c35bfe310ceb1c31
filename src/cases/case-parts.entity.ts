import { Check, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { AmendedField, AmendReason } from './domain/amendment.js';
import type { PaperKind, PaperState } from './domain/papers.js';

const OF_CASE = (name: string): PropertyDecorator =>
  ForeignKey(() => CaseRow, { name, onDelete: 'NO ACTION', onUpdate: 'NO ACTION' });

/** Somebody went and saw. Append-only: two of them make a case verified. */
@Entity('case_visits')
@Unique('uq_case_visits_visitor', ['caseId', 'visitorId'])
export class CaseVisit {
  @KeyColumn('pk_case_visits')
  readonly id!: string;

  @IdColumn('case_id')
  @OF_CASE('fk_case_visits_case')
  readonly caseId!: string;

  @IdColumn('visitor_id')
  readonly visitorId!: string;

  @DayColumn('visited_on')
  readonly visitedOn!: Day;

  @OptionalTextColumn('note_sealed')
  readonly noteSealed!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

/** A paper of the case's file that is there, or waived in writing. A missing one has no row. */
@Entity('case_papers')
@Unique('uq_case_papers_kind', ['caseId', 'kind'])
@Check('ck_case_papers_waiver', "(state = 'WAIVED') = (waiver_sealed IS NOT NULL)")
@Check('ck_case_papers_state', "state IN ('PRESENT', 'WAIVED')")
@Check('ck_case_papers_confirmed', "confirmed_at IS NULL OR (state = 'WAIVED' AND confirmed_by IS NOT NULL)")
export class CasePaper {
  @KeyColumn('pk_case_papers')
  readonly id!: string;

  @IdColumn('case_id')
  @OF_CASE('fk_case_papers_case')
  readonly caseId!: string;

  @WordColumn('kind', 12)
  readonly kind!: PaperKind;

  @WordColumn('state', 8)
  readonly state!: Exclude<PaperState, 'MISSING'>;

  @OptionalTextColumn('waiver_sealed')
  readonly waiverSealed!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  /** The supervisor's answer to a waiver. Another reason or a photo takes it back. */
  @OptionalInstantColumn('confirmed_at')
  readonly confirmedAt!: Date | null;

  @OptionalIdColumn('confirmed_by')
  readonly confirmedBy!: string | null;
}

/** A photo of a paper. Append-only: a better one stands beside the first. */
@Entity('case_files')
@Unique('uq_case_files_file', ['fileId'])
@Index('ix_case_files_case', ['caseId'])
export class CaseFile {
  @KeyColumn('pk_case_files')
  readonly id!: string;

  @IdColumn('case_id')
  @OF_CASE('fk_case_files_case')
  readonly caseId!: string;

  @WordColumn('kind', 12)
  readonly kind!: PaperKind;

  @IdColumn('file_id')
  readonly fileId!: string;

  @InstantColumn('added_at')
  readonly addedAt!: Date;
}

/** One field of a case that was changed after it was taken in. Append-only: what a voided round voted on stays on record. */
@Entity('case_amendments')
@Index('ix_case_amendments_case', ['caseId'])
@Check('ck_case_amendments_field', "field IN ('AMOUNT', 'CAUSE', 'PAYEE', 'METHOD', 'ACCOUNT', 'STORY')")
export class CaseAmendment {
  @KeyColumn('pk_case_amendments')
  readonly id!: string;

  @IdColumn('case_id')
  @OF_CASE('fk_case_amendments_case')
  readonly caseId!: string;

  @WordColumn('field', 12)
  readonly field!: AmendedField;

  @OptionalTextColumn('before_sealed')
  readonly beforeSealed!: string | null;

  @OptionalTextColumn('after_sealed')
  readonly afterSealed!: string | null;

  @WordColumn('reason', 20)
  readonly reason!: AmendReason;

  /** The round that it made void. */
  @OptionalIdColumn('round_id')
  readonly roundId!: string | null;

  @InstantColumn('amended_at')
  readonly amendedAt!: Date;

  @OptionalIdColumn('amended_by')
  readonly amendedBy!: string | null;
}

/** A form half filled in, of one account, kept for seven days. Sealed whole: it is all personal. */
@Entity('case_drafts')
@Index('ix_case_drafts_account', ['accountId', 'expiresAt'])
export class CaseDraft {
  @KeyColumn('pk_case_drafts')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('account_id')
  readonly accountId!: string;

  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  @InstantColumn('saved_at')
  readonly savedAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;
}

const PART_OF_KEY = { length: 36, primaryKeyConstraintName: 'pk_household_years' } as const;

/**
 * What a household has used of its allowance of a year: the row that two rounds opened at the same moment both change,
 * so that the charter's limit holds (architecture.md 3: guard the shared row, never sum and hope).
 */
@Entity('household_years')
@Check('ck_household_years_used', 'used_fen >= 0 AND used_count >= 0')
export class HouseholdYear {
  @PrimaryColumn('varchar', { name: 'society_id', ...PART_OF_KEY })
  readonly societyId!: string;

  @PrimaryColumn('varchar', { name: 'household_id', ...PART_OF_KEY })
  readonly householdId!: string;

  @PrimaryColumn('int', { name: 'year', primaryKeyConstraintName: 'pk_household_years' })
  readonly year!: number;

  @FenColumn('used_fen')
  readonly usedFen!: Fen;

  @CountColumn('used_count')
  readonly usedCount!: number;
}
