import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { CorrectedField, CorrectionState } from '../domain/person-correction.js';
import { Household, Person } from '../person.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/**
 * That somebody's name, or the group of a household, was to be put right: by whom, why, and who confirmed it. The rows
 * are the history of the register; none is ever taken away.
 */
@Entity('person_corrections')
@Unique('uq_person_corrections_open', ['openKey'])
@Index('ix_person_corrections_person', ['personId', 'proposedAt'])
@Index('ix_person_corrections_society', ['societyId', 'state', 'proposedAt'])
@Check('ck_person_corrections_field', `field IN ('NAME', 'GROUP')`)
@Check('ck_person_corrections_state', `state IN ('WAITING', 'CONFIRMED', 'DECLINED')`)
@Check('ck_person_corrections_open', `(state = 'WAITING') = (open_key IS NOT NULL)`)
@Check('ck_person_corrections_decided', `(state = 'WAITING') = (decided_at IS NULL)`)
@Check('ck_person_corrections_answer', `(state = 'DECLINED') = (answer_sealed IS NOT NULL)`)
@Check('ck_person_corrections_two', `decided_by IS NULL OR proposed_by IS NULL OR decided_by <> proposed_by`)
export class PersonCorrection {
  @KeyColumn('pk_person_corrections')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_person_corrections_person', ...NO_ACTION })
  readonly personId!: string;

  @IdColumn('household_id')
  @ForeignKey(() => Household, { name: 'fk_person_corrections_household', ...NO_ACTION })
  readonly householdId!: string;

  @WordColumn('field', 5)
  readonly field!: CorrectedField;

  /** Before, after and the reason: sealed, since names stand in them. */
  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  @WordColumn('state', 10)
  readonly state!: CorrectionState;

  @OptionalIdColumn('proposed_by')
  readonly proposedBy!: string | null;

  @OptionalIdColumn('proposed_by_account')
  readonly proposedByAccount!: string | null;

  @InstantColumn('proposed_at')
  readonly proposedAt!: Date;

  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;

  @OptionalIdColumn('decided_by_account')
  readonly decidedByAccount!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  /** Why it was not confirmed. */
  @OptionalTextColumn('answer_sealed')
  readonly answerSealed!: string | null;

  /** The field and whose it is, while it waits: one at a time. */
  @OptionalWordColumn('open_key', 50)
  readonly openKey!: string | null;
}
