import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import { Transactions } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { TooManyWebhooks } from '../domain/webhook.errors.js';
import { freeSlot, MOST_ENDPOINTS, readWebhookUrl, WEBHOOK_EVENTS } from '../domain/webhook.js';
import type { WebhookEvent } from '../domain/webhook.js';
import { secretPlace } from './webhook.seals.js';
import { WebhookStore } from './webhook.store.js';

export type WebhookTyped = { readonly url: string; readonly events: readonly WebhookEvent[] };

/** `secret` once, to whoever made it; null from then on. */
export type WebhookMade = { readonly endpointId: string; readonly secret: string | null };

/** Where other programs are told of gifts: made, ended, and told again. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly store: WebhookStore,
    private readonly commands: Commands,
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async addWebhook(caller: Caller, typed: WebhookTyped): Promise<WebhookMade> {
    const societyId = societyOf(caller.actor);
    const url = readWebhookUrl(typed.url, { allowsPlain: this.config.webhooksToPrivate });
    const events = WEBHOOK_EVENTS.filter((event) => typed.events.includes(event)).join(',');
    const { endpointId } = await this.commands.run(
      caller,
      { act: 'addWebhook', body: typed },
      async (tx, trail) => {
        const slot = freeSlot(await this.store.slotsOf(tx, societyId));
        if (slot === null) throw new TooManyWebhooks(MOST_ENDPOINTS);
        const id = this.ids.next();
        // Its bytes in the form of Standard Webhooks.
        const secret = `whsec_${Buffer.from(this.ids.token(), 'base64url').toString('base64')}`;
        const createdAt = this.clock.now();
        await this.store.insertEndpoint(tx, {
          ...{ id, societyId, url, events, secretSealed: this.sealing.seal(secret, secretPlace(id)) },
          // What was used before is not told: the address asks from now on.
          ...{ shownAt: null, usedAfter: id, createdBy: caller.actor.personId, createdAt, endedAt: null },
          slot,
        });
        trail.on('webhook', id, { after: { events }, words: '登记通知地址' });
        return { endpointId: id };
      },
    );
    return { endpointId, secret: await this.secretOnce(societyId, endpointId) };
  }

  /** From now on nothing is sent there. */
  async endWebhook(caller: Caller, asked: { readonly endpointId: string }): Promise<{ endpointId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'endWebhook', body: asked }, async (tx, trail) => {
      await this.store.endEndpoint(tx, societyId, asked.endpointId, this.clock.now());
      trail.on('webhook', asked.endpointId, { words: '停用通知地址' });
      return { endpointId: asked.endpointId };
    });
  }

  /** Tells one event again, under the same id; the receiver knows it again by that. */
  async replayDelivery(
    caller: Caller,
    asked: { readonly deliveryId: string },
  ): Promise<{ deliveryId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'replayDelivery', body: asked }, async (tx, trail) => {
      await this.store.replay(tx, societyId, asked.deliveryId, this.clock.now());
      trail.on('webhook-delivery', asked.deliveryId, { words: '再送一次通知' });
      return { deliveryId: asked.deliveryId };
    });
  }

  /** The same for all that never arrived there. */
  async replayFailed(caller: Caller, asked: { readonly endpointId: string }): Promise<{ replayed: number }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'replayWebhook', body: asked }, async (tx, trail) => {
      const { id } = await this.store.endpoint(tx, societyId, asked.endpointId);
      const replayed = await this.store.replayFailed(tx, id, this.clock.now());
      trail.on('webhook', id, { words: `再送 ${replayed} 条没送到的通知` });
      return { replayed };
    });
  }

  /** Apart from the command, whose answer is kept: a secret is not. */
  private async secretOnce(societyId: string, endpointId: string): Promise<string | null> {
    return this.transactions.run(async (tx) => {
      if (!(await this.store.show(tx, endpointId, this.clock.now()))) return null;
      const { secretSealed } = await this.store.endpoint(tx, societyId, endpointId);
      return this.sealing.open(secretSealed, secretPlace(endpointId));
    });
  }
}
