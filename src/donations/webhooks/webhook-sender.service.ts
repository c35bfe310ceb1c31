import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../../kernel/clock.js';
import { fen } from '../../kernel/fen.js';
import { Ids, uuidv7 } from '../../kernel/ids.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import { breaksUnique } from '../../platform/database/errors.js';
import { Reads } from '../../platform/database/reads.js';
import { Transactions } from '../../platform/database/transactions.js';
import { stackOf } from '../../platform/observability/stack.js';
import { UnderWay } from '../../platform/under-way.js';
import { ANSWER_MS, LEASE_MS, nextTryAt, outcomeOf } from '../domain/webhook.js';
import { WebhookOutbox } from './webhook-outbox.js';
import { WebhookPost } from './webhook-post.js';
import type { Posted } from './webhook-post.js';
import { WebhookQueries } from './webhook.queries.js';
import { secretPlace } from './webhook.seals.js';
import { WebhookStore } from './webhook.store.js';
import type { Leased } from './webhook.store.js';

/** A unit may be under way so long, and its rows be older than rows that were seen before it. */
const LATECOMERS_MS = 15 * 60_000;
const AT_ONCE = 10;

const TOLD_ONCE = {
  name: 'uq_webhook_deliveries_cause',
  columns: 'webhook_deliveries.endpoint_id, webhook_deliveries.cause',
};

/** Sends what is to be told, by the clock alone: at least once, signed, and by one program at a time. */
@Injectable()
export class WebhookSender implements BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhookSender.name);
  private readonly underWay = new UnderWay();

  constructor(
    private readonly store: WebhookStore,
    private readonly queries: WebhookQueries,
    private readonly outbox: WebhookOutbox,
    private readonly poster: WebhookPost,
    private readonly sealing: Sealing,
    private readonly reads: Reads,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Payments know nothing of gifts: what they took of them is read from the lots, and written into the outbox. The
   * mark stays a quarter of an hour behind, for units that commit late; that each use is told once the database holds.
   */
  async collectUses(now: Date): Promise<number> {
    let collected = 0;
    const behind = uuidv7(new Date(now.getTime() - LATECOMERS_MS), new Uint8Array(10));
    for (const { id, societyId, usedAfter } of await this.queries.watching()) {
      const uses = await this.queries.usesAfter(societyId, id, usedAfter);
      const rows = uses.map(({ id: of, ...use }) =>
        this.outbox.delivery(id, 'gift.used', of, {
          ...use,
          form: 'MONEY',
          amountFen: fen(use.amountFen),
        }),
      );
      if (rows.length === 0 && behind <= usedAfter) continue;
      const last = uses.at(-1)?.id ?? behind;
      try {
        await this.transactions.run(async (tx) => {
          await this.store.insert(tx, rows);
          // A full page may end before the mark: then the rest comes with the next turn.
          await this.store.moveOn(tx, id, last < behind ? last : behind);
        });
        collected += rows.length;
      } catch (error) {
        // Another program woke at the same moment, and wrote them down.
        if (!breaksUnique(error, TOLD_ONCE)) throw error;
      }
    }
    return collected;
  }

  /** Sends what is due, a few at a time. */
  async sendDue(now: Date, patienceMs = ANSWER_MS): Promise<number> {
    if (this.underWay.isEnding) return 0;
    return this.underWay.run(() => this.sendSome(now, patienceMs));
  }

  /** What another program is about to answer still comes into its row. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.underWay.end();
  }

  private async sendSome(now: Date, patienceMs: number): Promise<number> {
    const due = await this.queries.due(now);
    let sent = 0;
    for (let at = 0; at < due.length && !this.underWay.isEnding; at += AT_ONCE) {
      const some = due.slice(at, at + AT_ONCE);
      const taken = await Promise.all(some.map((id) => this.send(id, patienceMs)));
      sent += taken.filter(Boolean).length;
    }
    return sent;
  }

  private async send(id: string, patienceMs: number): Promise<boolean> {
    const lease = this.ids.next();
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const leased = await this.transactions.run((tx) => this.store.lease(tx, id, lease, now, until));
    if (!leased) return false; // another program is sending it
    const posted = await this.post(leased, now, patienceMs);
    return this.settle(leased, lease, posted);
  }

  private async post(leased: Leased, at: Date, patienceMs: number): Promise<Posted> {
    const endpoint = await this.reads.one<{ url: string; secret: string }>`
      SELECT url AS "url", secret_sealed AS "secret" FROM webhook_endpoints
      WHERE id = ${leased.endpointId} AND ended_at IS NULL`;
    if (!endpoint) return { status: 410, words: null };
    const secret = this.sealing.open(endpoint.secret, secretPlace(leased.endpointId));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Huzhu-Webhooks/1',
      'webhook-id': leased.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(leased.id, at, leased.body),
    };
    try {
      return await this.poster.post(endpoint.url, headers, leased.body, patienceMs);
    } catch (error) {
      this.logger.error('A webhook could not be posted', stackOf(error));
      return { status: null, words: '连不上' };
    }
  }

  private async settle({ id, tries }: Leased, lease: string, posted: Posted): Promise<boolean> {
    const now = this.clock.now();
    const outcome = outcomeOf(posted.status);
    const next = outcome === 'gone' ? null : nextTryAt(tries, now);
    const failed = { state: next ? 'WAITING' : 'GIVEN_UP', nextAt: next ?? now, sentAt: null } as const;
    const to = outcome === 'taken' ? ({ state: 'SENT', nextAt: now, sentAt: now } as const) : failed;
    await this.transactions.run((tx) =>
      this.store.settle(tx, id, lease, { ...to, status: posted.status, words: posted.words }),
    );
    return outcome === 'taken';
  }
}
