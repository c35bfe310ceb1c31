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
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { Disposition, MatchReason } from './domain/match.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** By what a case is found again among all societies of one federation. Append-only. */
@Entity('case_marks')
@Unique('uq_case_marks_mark', ['caseId', 'kind', 'mark'])
@Index('ix_case_marks_found', ['scopeId', 'mark'])
@Check('ck_case_marks_kind', `kind IN ('PERSON', 'HOUSEHOLD', 'CARD')`)
export class CaseMark {
  @KeyColumn('pk_case_marks')
  readonly id!: string;

  /** The federation within which it means something. */
  @IdColumn('scope_id')
  readonly scopeId!: string;

  @IdColumn('case_id')
  @ForeignKey(() => CaseRow, { name: 'fk_case_marks_case', ...NO_ACTION })
  readonly caseId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 10)
  readonly kind!: 'PERSON' | 'HOUSEHOLD' | 'CARD';

  @WordColumn('mark', 64)
  readonly mark!: string;

  @InstantColumn('made_at')
  readonly madeAt!: Date;
}

/** That a case of another society may be about the same household, and what somebody said of it. */
@Entity('case_matches')
@Unique('uq_case_matches_pair', ['caseId', 'otherCaseId'])
@Index('ix_case_matches_scope', ['scopeId', 'foundAt'])
@Check('ck_case_matches_pair', 'case_id <> other_case_id')
@Check(
  'ck_case_matches_disposed',
  '(disposition IS NULL) = (reason IS NULL) AND (disposition IS NULL) = (disposed_at IS NULL)',
)
@Check(
  'ck_case_matches_disposition',
  `disposition IS NULL OR disposition IN ('DIFFERENT_PERSON', 'ALLOWED_SECOND', 'REPEAT_CLAIM', 'OPEN')`,
)
@Check(
  'ck_case_matches_expiry',
  `(expires_on IS NULL) = (COALESCE(disposition, 'OPEN') <> 'DIFFERENT_PERSON')`,
)
export class CaseMatch {
  @KeyColumn('pk_case_matches')
  readonly id!: string;

  @IdColumn('scope_id')
  readonly scopeId!: string;

  @IdColumn('case_id')
  @ForeignKey(() => CaseRow, { name: 'fk_case_matches_case', ...NO_ACTION })
  readonly caseId!: string;

  @IdColumn('other_case_id')
  @ForeignKey(() => CaseRow, { name: 'fk_case_matches_other', ...NO_ACTION })
  readonly otherCaseId!: string;

  /** One or more of MATCH_WHYS, by commas. */
  @WordColumn('why', 40)
  readonly why!: string;

  @InstantColumn('found_at')
  readonly foundAt!: Date;

  @OptionalWordColumn('disposition', 20)
  readonly disposition!: Disposition | null;

  @OptionalWordColumn('reason', 20)
  readonly reason!: MatchReason | null;

  @OptionalInstantColumn('disposed_at')
  readonly disposedAt!: Date | null;

  @OptionalIdColumn('disposed_by')
  readonly disposedBy!: string | null;

  /** The same two people are held against each other again from this day on. */
  @OptionalDayColumn('expires_on')
  readonly expiresOn!: Day | null;

  @CountColumn('version')
  readonly version!: number;
}
