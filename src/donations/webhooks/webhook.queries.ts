import { Injectable } from '@nestjs/common';
import type { AllocationKind } from '../../ledger/index.js';
import type { Day } from '../../kernel/day.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import { WebhookNotFound } from '../domain/webhook.errors.js';
import type { DeliveryState, WebhookEvent } from '../domain/webhook.js';
import type { ReceiptState } from '../domain/gift.js';

export type EndpointRow = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly waiting: number;
  readonly givenUp: number;
};

export type DeliveryRow = {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly nextAt: Date;
  readonly lastStatus: number | null;
  readonly lastWords: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
};

export type UseRow = {
  readonly id: string;
  readonly kind: AllocationKind;
  readonly amountFen: number;
  readonly day: Day;
  readonly giftId: string;
  readonly receiptState: ReceiptState;
  readonly fund: string;
  readonly restriction: string;
};

type Num = number | string;
type RawEndpoint = Omit<EndpointRow, 'events' | 'createdAt' | 'endedAt' | 'waiting' | 'givenUp'> & {
  events: string;
  createdAt: Date | string;
  endedAt: Date | string | null;
  waiting: Num;
  givenUp: Num;
};
type RawDelivery = Omit<DeliveryRow, 'nextAt' | 'createdAt' | 'sentAt'> & {
  nextAt: Date | string;
  createdAt: Date | string;
  sentAt: Date | string | null;
};

const MOST_ON_A_PAGE = 50;
const MOST_AT_ONCE = 50;
const MOST_USES = 200;

@Injectable()
export class WebhookQueries {
  constructor(private readonly reads: Reads) {}

  async endpoints(societyId: string): Promise<EndpointRow[]> {
    const rows = await this.reads.all<RawEndpoint>`
      SELECT e.id AS "id", e.url AS "url", e.events AS "events", e.created_at AS "createdAt", e.ended_at AS "endedAt",
             (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.state = 'WAITING') AS "waiting",
             (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.state = 'GIVEN_UP') AS "givenUp"
      FROM webhook_endpoints e WHERE e.society_id = ${societyId} ORDER BY e.id DESC LIMIT ${MOST_ON_A_PAGE}`;
    return rows.map((row) => ({
      ...row,
      events: row.events.split(','),
      createdAt: instantOf(row.createdAt),
      endedAt: optionalInstantOf(row.endedAt),
      waiting: Number(row.waiting),
      givenUp: Number(row.givenUp),
    }));
  }

  /** Another society's address is not found, like one that never was (D4-69). */
  async endpoint(societyId: string, endpointId: string): Promise<EndpointRow> {
    const found = (await this.endpoints(societyId)).find(({ id }) => id === endpointId);
    if (!found) throw new WebhookNotFound();
    return found;
  }

  /** The newest first, from below `after`. Bodies are not shown: the receiver has them. */
  async deliveries(endpointId: string, after: string | null): Promise<DeliveryRow[]> {
    const rows = await this.reads.all<RawDelivery>`
      SELECT id AS "id", event AS "event", state AS "state", tries AS "tries", next_at AS "nextAt",
             last_status AS "lastStatus", last_words AS "lastWords", created_at AS "createdAt", sent_at AS "sentAt"
      FROM webhook_deliveries WHERE endpoint_id = ${endpointId} AND id < ${after ?? 'z'}
      ORDER BY id DESC LIMIT ${MOST_ON_A_PAGE}`;
    return rows.map((row) => ({
      ...row,
      nextAt: instantOf(row.nextAt),
      createdAt: instantOf(row.createdAt),
      sentAt: optionalInstantOf(row.sentAt),
    }));
  }

  /** For the clock: what is to be sent by now, and nobody is sending, of every society. */
  async due(now: Date): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT d.id AS "id" FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
      WHERE d.state = 'WAITING' AND d.next_at <= ${now} AND (d.leased_until IS NULL OR d.leased_until <= ${now})
        AND e.ended_at IS NULL
      ORDER BY d.next_at, d.id LIMIT ${MOST_AT_ONCE}`;
    return rows.map(({ id }) => id);
  }

  /** For the clock: who wants to know of uses, and from where on. */
  async watching(): Promise<{ id: string; societyId: string; usedAfter: string }[]> {
    return this.reads.all<{ id: string; societyId: string; usedAfter: string }>`
      SELECT id AS "id", society_id AS "societyId", used_after AS "usedAfter" FROM webhook_endpoints
      WHERE ended_at IS NULL AND events IN ('gift.used', 'gift.received,gift.used') ORDER BY id`;
  }

  /** What payments took of gifts, or gave back to them, and this address was not told yet. */
  async usesAfter(societyId: string, endpointId: string, usedAfter: string): Promise<UseRow[]> {
    const rows = await this.reads.all<Omit<UseRow, 'amountFen'> & { amountFen: Num }>`
      SELECT a.id AS "id", a.kind AS "kind", a.amount_fen AS "amountFen", v.day AS "day", g.id AS "giftId",
             g.receipt_state AS "receiptState", f.fund AS "fund", f.restriction AS "restriction"
      FROM lot_allocations a JOIN gift_lots x ON x.lot_id = a.lot_id JOIN gifts g ON g.id = x.gift_id
      JOIN vouchers v ON v.id = a.voucher_id JOIN lots l ON l.id = a.lot_id
      JOIN fund_balances f ON f.id = l.balance_id
      WHERE a.id > ${usedAfter} AND a.order_id IS NOT NULL AND g.society_id = ${societyId} AND g.nature = 'GIFT'
        AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d
                        WHERE d.endpoint_id = ${endpointId} AND d.cause = 'gift.used:' || a.id)
      ORDER BY a.id LIMIT ${MOST_USES}`;
    return rows.map((row) => ({ ...row, amountFen: Number(row.amountFen) }));
  }
}
