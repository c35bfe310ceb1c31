import { Entity, Index, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';

/** A command that was done, under the key of whoever asked: asked again, it is answered, not done again. */
@Entity('commands')
@Unique('uq_commands_key', ['scope', 'act', 'commandKey'])
export class CommandRow {
  @KeyColumn('pk_commands')
  readonly id!: string;

  /** Society and account: nobody meets another's keys. */
  @WordColumn('scope', 80)
  readonly scope!: string;

  @WordColumn('act', 60)
  readonly act!: string;

  @WordColumn('command_key', 80)
  readonly commandKey!: string;

  @WordColumn('body_hash', 64)
  readonly bodyHash!: string;

  /** JSON; null only inside the unit that is doing it. */
  @OptionalTextColumn('answer')
  readonly answer!: string | null;

  @InstantColumn('done_at')
  readonly doneAt!: Date;
}

/** One act, or one refused look. Append-only; no personal data beyond ids. */
@Entity('audit_acts')
@Index('ix_audit_acts_thread', ['threadId', 'at'])
@Index('ix_audit_acts_society', ['societyId', 'at'])
export class AuditAct {
  @KeyColumn('pk_audit_acts')
  readonly id!: string;

  @InstantColumn('at')
  readonly at!: Date;

  @WordColumn('act', 60)
  readonly act!: string;

  /** Short Chinese words for the timeline of a case. */
  @OptionalWordColumn('words', 200)
  readonly words!: string | null;

  @OptionalIdColumn('society_id')
  readonly societyId!: string | null;

  @OptionalIdColumn('account_id')
  readonly accountId!: string | null;

  @OptionalIdColumn('person_id')
  readonly personId!: string | null;

  @WordColumn('roles', 200)
  readonly roles!: string;

  @WordColumn('origin', 40)
  readonly origin!: string;

  @WordColumn('subject_kind', 40)
  readonly subjectKind!: string;

  @WordColumn('subject_id', 120)
  readonly subjectId!: string;

  /** The case whose road this act belongs to. */
  @OptionalIdColumn('thread_id')
  readonly threadId!: string | null;

  @OptionalWordColumn('before_hash', 64)
  readonly beforeHash!: string | null;

  @OptionalWordColumn('after_hash', 64)
  readonly afterHash!: string | null;

  @IdColumn('command_id')
  readonly commandId!: string;
}
