import { Check, Entity, Index, Unique } from 'typeorm';
import type { Role } from '../kernel/actor.js';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { StoredRule } from './domain/due.js';
import type { DutyKind } from './domain/duty-kinds.js';

/** One thing that somebody owes by a date. Overdue is derived from the hour, and stored nowhere. */
@Entity('duties')
@Unique('uq_duties_open', ['openKey'])
@Index('ix_duties_society', ['societyId', 'dueAt'])
@Index('ix_duties_thread', ['threadId'])
@Index('ix_duties_subject', ['subjectId'])
@Check('ck_duties_ends_once', 'settled_at IS NULL OR cancelled_at IS NULL')
@Check('ck_duties_open', '(settled_at IS NULL AND cancelled_at IS NULL) = (open_key IS NOT NULL)')
@Check('ck_duties_settled_by', 'settled_by IS NULL OR settled_at IS NOT NULL')
export class DutyRow {
  @KeyColumn('pk_duties')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 20)
  readonly kind!: DutyKind;

  @WordColumn('subject_kind', 20)
  readonly subjectKind!: string;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  /** The case whose road the duty belongs to. */
  @OptionalIdColumn('thread_id')
  readonly threadId!: string | null;

  @WordColumn('owner_role', 20)
  readonly ownerRole!: Role;

  /** Kept beside its result, so that a calendar published later can be applied to it (D4-25). */
  @JsonColumn('rule')
  readonly rule!: StoredRule;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @InstantColumn('due_at')
  readonly dueAt!: Date;

  @FlagColumn('provisional')
  readonly provisional!: boolean;

  @OptionalInstantColumn('settled_at')
  readonly settledAt!: Date | null;

  @OptionalIdColumn('settled_by')
  readonly settledBy!: string | null;

  @OptionalInstantColumn('cancelled_at')
  readonly cancelledAt!: Date | null;

  /** Kind and subject while the duty is open, null afterwards: unique, so that one thing has one clock. */
  @OptionalWordColumn('open_key', 60)
  readonly openKey!: string | null;
}
