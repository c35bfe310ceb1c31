import { Check, Entity, Index, Unique, PrimaryColumn } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { TemplateId } from '../kernel/message-templates.js';
import type { MessageState } from './domain/delivery.js';
import type { DigestKind } from './domain/digest.js';
import type { MessageEvent } from './domain/event-messages.js';

/**
 * One text for one reader: written in the unit of what it tells of, and sent afterwards. Number and parameters are sealed
 * together, opened only to be sent, and erased when they were; of the number the last four digits stay.
 */
@Entity('messages')
@Unique('uq_messages_once', ['cause', 'recipientId', 'template'])
@Index('ix_messages_due', ['state', 'nextAt'])
@Index('ix_messages_society', ['societyId', 'state'])
@Index('ix_messages_subject', ['subjectId', 'state'])
@Check(
  'ck_messages_event',
  `event IN ('round.opened', 'ballot.link', 'case.accepted', 'case.paid', 'gift.used', 'duties', 'hearing.asked', 'result.known')`,
)
@Check('ck_messages_state', `state IN ('WAITING', 'SENT', 'FAILED', 'DROPPED')`)
@Check('ck_messages_lease', '(lease IS NULL) = (leased_until IS NULL)')
@Check('ck_messages_waiting', `state <> 'WAITING' OR body_sealed IS NOT NULL`)
@Check('ck_messages_erased', `state NOT IN ('SENT', 'DROPPED') OR body_sealed IS NULL`)
@Check('ck_messages_sent', `(state = 'SENT') = (sent_at IS NOT NULL)`)
export class MessageRow {
  @KeyColumn('pk_messages')
  readonly id!: string;

  /** Null for the group, which watches over all. */
  @OptionalIdColumn('society_id')
  readonly societyId!: string | null;

  @WordColumn('event', 20)
  readonly event!: MessageEvent;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  /** The event by a name of its own, so that each reader is told once. */
  @WordColumn('cause', 80)
  readonly cause!: string;

  /** A person, a donor, or the group. */
  @IdColumn('recipient_id')
  readonly recipientId!: string;

  @WordColumn('template', 30)
  readonly template!: TemplateId;

  /** JSON of number and parameters. */
  @OptionalTextColumn('body_sealed')
  readonly bodySealed!: string | null;

  /** The last four digits; null for the group. */
  @OptionalWordColumn('tail', 4)
  readonly tail!: string | null;

  @WordColumn('state', 10)
  readonly state!: MessageState;

  /** What kept it from being sent, in words for the office; null as long as nothing did. */
  @OptionalWordColumn('why', 80)
  readonly why!: string | null;

  @CountColumn('tries')
  readonly tries!: number;

  @InstantColumn('next_at')
  readonly nextAt!: Date;

  @OptionalInstantColumn('expires_at')
  readonly expiresAt!: Date | null;

  /** Whoever sends it just now. */
  @OptionalWordColumn('lease', 36)
  readonly lease!: string | null;

  @OptionalInstantColumn('leased_until')
  readonly leasedUntil!: Date | null;

  /** The operator's own number of it. */
  @OptionalWordColumn('reference', 80)
  readonly reference!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @OptionalInstantColumn('sent_at')
  readonly sentAt!: Date | null;
}

/** What the owner of a number said to a society about texts; the last word counts. */
@Entity('message_choices')
@Check('ck_message_choices_choice', `choice IN ('YES', 'NO')`)
export class MessageChoice {
  @PrimaryColumn('varchar', {
    name: 'society_id',
    length: 36,
    primaryKeyConstraintName: 'pk_message_choices',
  })
  readonly societyId!: string;

  /** By which the number is found, and which tells nobody the number. */
  @PrimaryColumn('varchar', {
    name: 'number_index',
    length: 64,
    primaryKeyConstraintName: 'pk_message_choices',
  })
  readonly numberIndex!: string;

  @WordColumn('tail', 4)
  readonly tail!: string;

  @WordColumn('choice', 3)
  readonly choice!: 'YES' | 'NO';

  @InstantColumn('said_at')
  readonly saidAt!: Date;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;
}

/** How many texts went to a number on a day: one row, moved by guarded updates. Forgotten after two days. */
@Entity('message_days')
@Index('ix_message_days_day', ['day'])
@Check('ck_message_days_sent', 'sent BETWEEN 0 AND 10')
export class MessageDay {
  @PrimaryColumn('varchar', { name: 'number_index', length: 64, primaryKeyConstraintName: 'pk_message_days' })
  readonly numberIndex!: string;

  @PrimaryColumn('varchar', { name: 'day', length: 10, primaryKeyConstraintName: 'pk_message_days' })
  readonly day!: string;

  @CountColumn('sent')
  readonly sent!: number;
}

/** How far the sum of a day has come, society by society: what was summed up once is not summed up again. */
@Entity('message_digests')
@Check('ck_message_digests_kind', `kind IN ('duties', 'gifts')`)
@Check('ck_message_digests_span', 'from_at < until_at')
export class MessageDigest {
  @PrimaryColumn('varchar', { name: 'kind', length: 10, primaryKeyConstraintName: 'pk_message_digests' })
  readonly kind!: DigestKind;

  @PrimaryColumn('varchar', { name: 'day', length: 10, primaryKeyConstraintName: 'pk_message_digests' })
  readonly day!: string;

  @InstantColumn('from_at')
  readonly fromAt!: Date;

  @InstantColumn('until_at')
  readonly untilAt!: Date;

  /** The last society that is done; '' before the first. */
  @WordColumn('after_id', 36)
  readonly afterId!: string;

  @OptionalInstantColumn('done_at')
  readonly doneAt!: Date | null;
}
