import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { addDays, dayOf, startOfDay } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { optionalInstantOf } from '../platform/database/reads.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { GroupDriver, MessageDriver, UNKNOWN_WORDS } from '../platform/messages/index.js';
import type { Sent } from '../platform/messages/index.js';
import { stackOf } from '../platform/observability/stack.js';
import { UnderWay } from '../platform/under-way.js';
import { FAILED_KEPT_DAYS, LEASE_MS, nextTryAt, sendableFrom, tomorrowMorning } from './domain/delivery.js';
import { MessageSeals } from './message.seals.js';
import type { MessageBody } from './message.seals.js';
import { MessagesQueries } from './messages.queries.js';
import { MessagesStore } from './messages.store.js';
import type { LeasedMessage } from './messages.store.js';

const AT_ONCE = 5;

type Ready = { readonly leased: LeasedMessage; readonly body: MessageBody };

/**
 * Sends what was written down, by the clock alone and by one program at a time. Each event is told once; only where a
 * program dies between an operator's answer and the row that says so is a text sent again, when its lease is over. A text
 * of which nobody knows whether the operator has it is left to a person.
 */
@Injectable()
export class MessagesSender implements BeforeApplicationShutdown {
  private readonly logger = new Logger(MessagesSender.name);
  private readonly underWay = new UnderWay();

  constructor(
    private readonly store: MessagesStore,
    private readonly queries: MessagesQueries,
    private readonly seals: MessageSeals,
    private readonly phones: MessageDriver,
    private readonly group: GroupDriver,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Sends what is due, a few at a time; says how many an operator took. At night it sends nothing. */
  async sendDue(now: Date): Promise<number> {
    if (this.underWay.isEnding || sendableFrom(now) > now) return 0;
    return this.underWay.run(() => this.sendSome(now));
  }

  /** What an operator is about to answer still comes into its row. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.underWay.end();
  }

  private async sendSome(now: Date): Promise<number> {
    const due = await this.queries.due(now);
    let sent = 0;
    for (let at = 0; at < due.length && !this.underWay.isEnding; at += AT_ONCE) {
      const taken = await Promise.all(due.slice(at, at + AT_ONCE).map((id) => this.send(id)));
      sent += taken.filter(Boolean).length;
    }
    return sent;
  }

  /** Texts that failed long ago keep neither number nor words, and who got how much is forgotten. */
  async forget(now: Date): Promise<number> {
    const failedBefore = startOfDay(addDays(dayOf(now), -FAILED_KEPT_DAYS));
    return this.transactions.run((tx) => this.store.forget(tx, failedBefore, addDays(dayOf(now), -1)));
  }

  /** One that cannot go on holds up none of the others. */
  private async send(id: string): Promise<boolean> {
    const lease = this.ids.next();
    try {
      const ready = await this.transactions.run((tx) => this.take(tx, id, lease));
      if (!ready) return false;
      return await this.settle(ready, lease, await this.handOver(ready));
    } catch (error) {
      this.logger.error(`The text ${id} could not be sent`, stackOf(error));
      return false;
    }
  }

  /** Leases a text that may go now; one that may not is put off or dropped in the same unit. */
  private async take(tx: Tx, id: string, lease: string): Promise<Ready | null> {
    const now = this.clock.now();
    const leased = await this.store.lease(tx, id, lease, now, new Date(now.getTime() + LEASE_MS));
    if (!leased) return null; // another program is sending it
    const expiresAt = optionalInstantOf(leased.expiresAt);
    const isLateAt = (at: Date) => expiresAt !== null && expiresAt <= at;
    const body = this.opened(leased);
    if (body === null) {
      await this.store.unopened(tx, id, lease, now);
      return null;
    }
    const { to } = body;
    if (isLateAt(now)) await this.store.drop(tx, id, lease, 'LATE');
    else if (to === null || leased.societyId === null) return { leased, body };
    else if ((await this.choiceOf(tx, leased.societyId, to)) === 'NO')
      await this.store.drop(tx, id, lease, 'REFUSED');
    else if (await this.store.count(tx, this.seals.dayIndex(to), dayOf(now))) return { leased, body };
    else if (isLateAt(tomorrowMorning(now))) await this.store.drop(tx, id, lease, 'FULL');
    else await this.store.postpone(tx, id, lease, tomorrowMorning(now));
    return null;
  }

  /** Null where it does not open: a key that is missing, a row that was touched. */
  private opened({ id, bodySealed }: LeasedMessage): MessageBody | null {
    try {
      return this.seals.open(id, bodySealed);
    } catch (error) {
      this.logger.error(`The text ${id} does not open`, error instanceof Error ? error.name : '');
      return null;
    }
  }

  private choiceOf(tx: Tx, societyId: string, number: string) {
    return this.store.choiceOf(tx, societyId, this.seals.choiceIndex(societyId, number));
  }

  private async handOver({ leased: { template }, body: { to, parameters } }: Ready): Promise<Sent> {
    try {
      return to === null
        ? await this.group.send({ template, parameters })
        : await this.phones.send({ to, template, parameters });
    } catch (error) {
      this.logger.error('A text could not be handed over', stackOf(error));
      return { outcome: 'unknown', words: `${UNKNOWN_WORDS}（短信通道出了错）` };
    }
  }

  private async settle({ leased, body: { to } }: Ready, lease: string, sent: Sent): Promise<boolean> {
    const { id, tries } = leased;
    const now = this.clock.now();
    // The lease is what the unit claims: done twice, the second time it finds no row of its own.
    await this.transactions.run(
      async (tx) => {
        if (sent.outcome === 'taken') {
          await this.store.sent(tx, id, lease, now, sent.reference?.slice(0, 80) ?? null);
          return;
        }
        const isRefused = sent.outcome === 'refused';
        const nextAt = isRefused && sent.again ? nextTryAt(tries, now) : null;
        const why = sent.words.slice(0, 80);
        const isOurs = await this.store.failed(tx, id, lease, { at: now, nextAt, why });
        // What may have arrived stays counted.
        if (isOurs && isRefused && to !== null)
          await this.store.uncount(tx, this.seals.dayIndex(to), dayOf(now));
      },
      { onLostCommit: 'repeat' },
    );
    return sent.outcome === 'taken';
  }
}
