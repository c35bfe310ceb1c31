import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalCountColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { DeliveryState, WebhookEvent } from '../domain/webhook.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** An address of another program that is told of gifts. Its secret is sealed, and was shown once. */
@Entity('webhook_endpoints')
@Unique('uq_webhook_endpoints_slot', ['societyId', 'slot'])
@Index('ix_webhook_endpoints_society', ['societyId', 'endedAt'])
@Check(
  'ck_webhook_endpoints_slot',
  '(slot IS NULL) = (ended_at IS NOT NULL) AND COALESCE(slot, 1) BETWEEN 1 AND 5',
)
@Check('ck_webhook_endpoints_events', `events IN ('gift.received', 'gift.used', 'gift.received,gift.used')`)
export class WebhookEndpoint {
  @KeyColumn('pk_webhook_endpoints')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_webhook_endpoints_society', ...NO_ACTION })
  readonly societyId!: string;

  @WordColumn('url', 500)
  readonly url!: string;

  /** One of them or both, in their order. */
  @WordColumn('events', 60)
  readonly events!: string;

  @TextColumn('secret_sealed')
  readonly secretSealed!: string;

  @OptionalInstantColumn('shown_at')
  readonly shownAt!: Date | null;

  /** Uses before this one are told already; those right behind it may be. */
  @IdColumn('used_after')
  readonly usedAfter!: string;

  @OptionalIdColumn('created_by')
  readonly createdBy!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** One of the few that a society may have at once; null once it is ended, and free for another. */
  @OptionalCountColumn('slot')
  readonly slot!: number | null;
}

/** One event for one address: written in the unit of what it tells of, and sent afterwards, at least once. */
@Entity('webhook_deliveries')
@Unique('uq_webhook_deliveries_cause', ['endpointId', 'cause'])
@Index('ix_webhook_deliveries_due', ['state', 'nextAt'])
@Check('ck_webhook_deliveries_event', `event IN ('gift.received', 'gift.used')`)
@Check('ck_webhook_deliveries_state', `state IN ('WAITING', 'SENT', 'GIVEN_UP')`)
@Check('ck_webhook_deliveries_lease', '(lease IS NULL) = (leased_until IS NULL)')
@Check('ck_webhook_deliveries_sent', `state <> 'SENT' OR sent_at IS NOT NULL`)
export class WebhookDelivery {
  /** The `webhook-id`: the same at each try and each replay, so that the receiver knows it again. */
  @KeyColumn('pk_webhook_deliveries')
  readonly id!: string;

  @IdColumn('endpoint_id')
  @ForeignKey(() => WebhookEndpoint, { name: 'fk_webhook_deliveries_endpoint', ...NO_ACTION })
  readonly endpointId!: string;

  @WordColumn('event', 20)
  readonly event!: WebhookEvent;

  /** The event by a name of its own, so that it is told once. */
  @WordColumn('cause', 80)
  readonly cause!: string;

  @TextColumn('body')
  readonly body!: string;

  @WordColumn('state', 10)
  readonly state!: DeliveryState;

  @CountColumn('tries')
  readonly tries!: number;

  @InstantColumn('next_at')
  readonly nextAt!: Date;

  /** Whoever sends it just now. */
  @OptionalWordColumn('lease', 36)
  readonly lease!: string | null;

  @OptionalInstantColumn('leased_until')
  readonly leasedUntil!: Date | null;

  @OptionalCountColumn('last_status')
  readonly lastStatus!: number | null;

  @OptionalWordColumn('last_words', 60)
  readonly lastWords!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @OptionalInstantColumn('sent_at')
  readonly sentAt!: Date | null;
}
