import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { Cause } from '../kernel/causes.js';
import type { OverrideKind, OverrideReason, OverrideState } from './domain/override.js';

/** A society asks the town to lift one rule for one case. Granted, it is used once. */
@Entity('case_overrides')
@Unique('uq_case_overrides_open', ['openKey'])
@Unique('uq_case_overrides_used', ['usedCaseId', 'kind'])
@Index('ix_case_overrides_society', ['societyId', 'state'])
@Check(
  'ck_case_overrides_kind',
  "kind IN ('SAME_CAUSE', 'PAPERS_OVERDUE') AND (kind = 'SAME_CAUSE') = (cause IS NOT NULL)",
)
@Check('ck_case_overrides_state', "state IN ('ASKED', 'GRANTED', 'REFUSED', 'USED')")
@Check(
  'ck_case_overrides_decided',
  "(state = 'ASKED') = (decided_at IS NULL) AND (state = 'ASKED') = (reason IS NULL)",
)
@Check('ck_case_overrides_used', "(state = 'USED') = (used_case_id IS NOT NULL)")
@Check('ck_case_overrides_open', "(state IN ('ASKED', 'GRANTED')) = (open_key IS NOT NULL)")
export class OverrideRow {
  @KeyColumn('pk_case_overrides')
  readonly id!: string;

  /** The society that asks; the one above it decides. */
  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 16)
  readonly kind!: OverrideKind;

  @IdColumn('person_id')
  readonly personId!: string;

  @IdColumn('household_id')
  readonly householdId!: string;

  @OptionalWordColumn('cause', 12)
  readonly cause!: Cause | null;

  @CountColumn('year')
  readonly year!: number;

  @OptionalIdColumn('asked_by')
  readonly askedBy!: string | null;

  @InstantColumn('asked_at')
  readonly askedAt!: Date;

  @TextColumn('asked_note_sealed')
  readonly askedNoteSealed!: string;

  @WordColumn('state', 8)
  readonly state!: OverrideState;

  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  @OptionalWordColumn('reason', 20)
  readonly reason!: OverrideReason | null;

  @OptionalTextColumn('words_sealed')
  readonly wordsSealed!: string | null;

  @OptionalIdColumn('used_case_id')
  @ForeignKey(() => CaseRow, {
    name: 'fk_case_overrides_used',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly usedCaseId!: string | null;

  /** What it is about while it waits or is granted, null afterwards: unique, so that nobody has two in hand. */
  @OptionalWordColumn('open_key', 80)
  readonly openKey!: string | null;
}
