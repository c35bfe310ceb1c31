import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalTextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { LookField, LookReason } from '../domain/look.js';
import { Person } from '../person.entity.js';

/** One look at one sealed field, with its reason and without the value. Append-only. */
@Entity('looks')
@Unique('uq_looks_sequence', ['accountId', 'sequence'])
@Index('ix_looks_person', ['personId', 'at'])
@Index('ix_looks_subject', ['subjectId', 'at'])
@Check('ck_looks_field', `field IN ('ID_NUMBER', 'PHONE', 'PAYEE_PHONE', 'CARD', 'STORY')`)
@Check(
  'ck_looks_reason',
  `reason IN ('VERIFY_IDENTITY', 'VERIFY_ACCOUNT', 'CONTACT', 'CORRECTION', 'OVERSIGHT')`,
)
@Check('ck_looks_sequence', 'sequence > 0')
export class LookRow {
  @KeyColumn('pk_looks')
  readonly id!: string;

  /** Where whoever looked acted. */
  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('account_id')
  readonly accountId!: string;

  /** The how-manieth of this account, from its first day on. */
  @CountColumn('sequence')
  readonly sequence!: number;

  @OptionalIdColumn('looker_id')
  readonly lookerId!: string | null;

  /** Whose it is. */
  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_looks_person', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly personId!: string;

  @WordColumn('field', 11)
  readonly field!: LookField;

  @WordColumn('reason', 15)
  readonly reason!: LookReason;

  /** In the words of whoever looked: sealed, since anything may stand there. */
  @OptionalTextColumn('note_sealed')
  readonly noteSealed!: string | null;

  /** `case` or `relief`. */
  @WordColumn('subject_kind', 20)
  readonly subjectKind!: string;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  /** As people say it: 2026-0012. */
  @WordColumn('subject_number', 30)
  readonly subjectNumber!: string;

  @InstantColumn('at')
  readonly at!: Date;
}
