import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/transactions.js';
import { webhookBody } from '../domain/webhook.js';
import type { WebhookEvent } from '../domain/webhook.js';
import type { GiftFacts } from '../gifts/gift.entity.js';
import type { WebhookDelivery } from './webhook.entity.js';
import { WebhookStore } from './webhook.store.js';

type Said = Parameters<typeof webhookBody>[2];

/** Writes down what is to be told, in the unit of what it tells of: committed together, or not at all. */
@Injectable()
export class WebhookOutbox {
  constructor(
    private readonly store: WebhookStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async giftReceived(tx: Tx, gift: GiftFacts): Promise<void> {
    if (gift.nature !== 'GIFT') return;
    const { id: giftId, societyId, form, receiptState, amountFen, givenOn: day, fund, restriction } = gift;
    const said = { giftId, form, receiptState, amountFen, day, fund, restriction };
    const endpoints = await this.store.inUse(tx, societyId);
    const rows = endpoints
      .filter(({ events }) => events.split(',').includes('gift.received'))
      .map(({ id }) => this.delivery(id, 'gift.received', giftId, said));
    if (rows.length > 0) await this.store.insert(tx, rows);
  }

  delivery(endpointId: string, event: WebhookEvent, of: string, said: Said): WebhookDelivery {
    const now = this.clock.now();
    return {
      ...{ id: this.ids.next(), endpointId, event, cause: `${event}:${of}` },
      body: webhookBody(event, now, said),
      ...{ state: 'WAITING', tries: 0, nextAt: now, lease: null, leasedUntil: null },
      ...{ lastStatus: null, lastWords: null, createdAt: now, sentAt: null },
    };
  }
}
