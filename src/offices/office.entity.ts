import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import {
  DayColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { Office } from './domain/office.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** One person in one office of one society, from a first to a last day. */
@Entity('office_terms')
@Check('ck_office_terms_span', 'until_on >= from_on')
@Check('ck_office_terms_ended', 'ended_on IS NULL OR (ended_on >= from_on AND ended_on <= until_on)')
@Index('ix_office_terms_society', ['societyId', 'untilOn'])
@Index('ix_office_terms_person', ['personId', 'societyId'])
export class OfficeTerm {
  @KeyColumn('pk_office_terms')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_office_terms_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey('persons', { name: 'fk_office_terms_person', ...NO_ACTION })
  readonly personId!: string;

  @WordColumn('office', 20)
  readonly office!: Office;

  @DayColumn('from_on')
  readonly fromOn!: Day;

  @DayColumn('until_on')
  readonly untilOn!: Day;

  /** The first day on which it is no longer held, when it ended early. */
  @OptionalDayColumn('ended_on')
  readonly endedOn!: Day | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/**
 * What a running term occupies: one slot for each pair of incompatible offices that its office is part of. The UNIQUE
 * is the law; the rule in the domain only says it in words.
 */
@Entity('office_slots')
@Unique('uq_office_slots_slot', ['societyId', 'personId', 'slot'])
@Index('ix_office_slots_term', ['termId'])
export class OfficeSlot {
  @KeyColumn('pk_office_slots')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  readonly personId!: string;

  @WordColumn('slot', 40)
  readonly slot!: string;

  @IdColumn('term_id')
  @ForeignKey(() => OfficeTerm, { name: 'fk_office_slots_term', ...NO_ACTION })
  readonly termId!: string;

  /** The last day of the term: a slot of a term that is over is given up when the next one is entered. */
  @DayColumn('held_until')
  readonly heldUntil!: Day;
}
