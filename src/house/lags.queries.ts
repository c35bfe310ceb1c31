import { Injectable } from '@nestjs/common';
import { SealQueries } from '../audit/index.js';
import { Clock } from '../kernel/clock.js';
import { instantOf, Reads } from '../platform/database/reads.js';

type Sum = number | string;

/** How much of a kind waits, and for how long the oldest has been due. */
export type Waiting = { readonly count: number; readonly oldestMs: number };
export type Lags = {
  readonly messages: Waiting;
  readonly webhooks: Waiting;
  /** Rows that the seal has not got to. */
  readonly seal: Waiting;
  readonly overdueDuties: readonly { readonly kind: string; readonly count: number }[];
};

/** What is behind: for `/readyz`, `/metrics` and `doctor`. Counts and ages, no row. */
@Injectable()
export class LagsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: SealQueries,
    private readonly clock: Clock,
  ) {}

  async outbox(): Promise<{ readonly messages: Waiting; readonly webhooks: Waiting }> {
    const now = this.clock.now();
    const row = await this.reads.one<{
      texts: Sum;
      textSince: Date | string | null;
      calls: Sum;
      callSince: Date | string | null;
    }>`
      SELECT (SELECT COUNT(*) FROM messages WHERE state = 'WAITING' AND next_at <= ${now}) AS "texts",
             (SELECT MIN(next_at) FROM messages WHERE state = 'WAITING' AND next_at <= ${now}) AS "textSince",
             (SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'WAITING' AND next_at <= ${now}) AS "calls",
             (SELECT MIN(next_at) FROM webhook_deliveries WHERE state = 'WAITING' AND next_at <= ${now}) AS "callSince"`;
    const waiting = (count: Sum | undefined, since: Date | string | null | undefined): Waiting => ({
      count: Number(count ?? 0),
      oldestMs: since ? Math.max(0, now.getTime() - instantOf(since).getTime()) : 0,
    });
    return {
      messages: waiting(row?.texts, row?.textSince),
      webhooks: waiting(row?.calls, row?.callSince),
    };
  }

  async all(): Promise<Lags> {
    const { rows, oldestMs } = await this.seals.lag();
    const overdue = await this.reads.all<{ kind: string; count: Sum }>`
      SELECT kind AS "kind", COUNT(*) AS "count" FROM duties
      WHERE open_key IS NOT NULL AND due_at < ${this.clock.now()} GROUP BY kind ORDER BY kind`;
    return {
      ...(await this.outbox()),
      seal: { count: rows, oldestMs },
      overdueDuties: overdue.map(({ kind, count }) => ({ kind, count: Number(count) })),
    };
  }
}
