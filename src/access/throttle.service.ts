import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { DomainError } from '../kernel/domain-error.js';
import { sha256 } from '../platform/crypto/hash.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { TooManyTries } from './domain/access.errors.js';
import { networkOf } from './domain/network.js';
import { OF_A_NETWORK, OF_AN_ACCOUNT, turnAt } from './domain/sign-in-delay.js';
import type { DelayRule, Tries } from './domain/sign-in-delay.js';
import { tokenHash } from './secrets.js';
import { SessionsQueries } from './sessions.queries.js';
import { TriesStore } from './tries.store.js';

/** What a try was counted under, to be taken back when it was none of a guesser. */
export type Counted = {
  readonly subject: string;
  readonly isKnown: boolean;
  readonly tries: number;
  readonly blockedBefore: Date | null;
};

type Whose = {
  /** What is guessed at: `login/…`, `code/…`. Null where nothing is: the network alone is counted. */
  readonly subject: string | null;
  /** A device that signed in to this very account before; null for all others. */
  readonly knownDevice: string | null;
  readonly address: string | null;
  /** How the count slows down; that of an account unless it is said otherwise. */
  readonly rule?: DelayRule;
  /** What is said of the subject when there were too many; a network is always told of tries. */
  readonly refusal?: Refusal;
};

type Refusal = new (waitSeconds: number) => DomainError;
type Asked = readonly [subject: string, rule: DelayRule, refusal: Refusal];

/**
 * Counts guesses, each before it is looked at (quality.md G18). A stranger and the rightful person never draw on the
 * same count: a device that is known to the account has its own, and no network is asked of it.
 */
@Injectable()
export class Throttle {
  constructor(
    private readonly transactions: Transactions,
    private readonly tries: TriesStore,
    private readonly queries: SessionsQueries,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** One try, counted; refused with the seconds to wait when there were too many. */
  async take({
    subject,
    knownDevice,
    address,
    rule = OF_AN_ACCOUNT,
    refusal = TooManyTries,
  }: Whose): Promise<Counted[]> {
    const network = knownDevice === null ? networkOf(address) : null;
    const asked: Asked[] = [];
    if (subject !== null && knownDevice === null) asked.push([subject, rule, refusal]);
    if (subject !== null && knownDevice !== null)
      asked.push([`device/${sha256(`${subject}/${tokenHash(knownDevice)}`)}`, rule, refusal]);
    if (network !== null)
      asked.push([
        `network/${this.sealing.blindIndex('access/network', network)}`,
        OF_A_NETWORK,
        TooManyTries,
      ]);
    await this.refuseEarly(asked);
    return this.transactions.run(async (tx) => {
      const counted: Counted[] = [];
      for (const each of asked) counted.push(await this.count(tx, each, knownDevice !== null));
      return counted;
    });
  }

  /**
   * The try was the rightful person's. On a known device all slips are forgotten. Elsewhere this one try is taken back,
   * and no other: else whoever guesses would have ten more after each time that the person signs in.
   */
  async giveBack(tx: Tx, counted: readonly Counted[]): Promise<void> {
    for (const each of counted) {
      if (each.isKnown) await this.tries.forget(tx, each.subject);
      else await this.tries.takeBack(tx, each.subject, each.tries, each.blockedBefore ?? this.clock.now());
    }
  }

  /** The same in a unit of its own. */
  async forgive(counted: readonly Counted[]): Promise<void> {
    await this.transactions.run((tx) => this.giveBack(tx, counted));
  }

  /** Thousands of guesses that come too early are read away, and keep nobody from writing. */
  private async refuseEarly(asked: readonly Asked[]): Promise<void> {
    for (const [subject, rule, Refused] of asked) {
      const turn = turnAt(this.clock.now(), await this.queries.tries(subject), rule);
      if (!turn.may) throw new Refused(turn.waitSeconds);
    }
  }

  private async count(tx: Tx, [subject, rule, Refused]: Asked, isKnown: boolean): Promise<Counted> {
    const now = this.clock.now();
    const before: (Tries & { id: string }) | null = await this.tries.find(tx, subject);
    const turn = turnAt(now, before, rule);
    if (!turn.may) throw new Refused(turn.waitSeconds);
    await this.tries.count(tx, subject, before, turn, now);
    return { subject, isKnown, tries: turn.tries, blockedBefore: before?.blockedUntil ?? null };
  }
}
