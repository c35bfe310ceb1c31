import { Injectable } from '@nestjs/common';
import { Transactions } from '../platform/database/transactions.js';
import { SessionsQueries } from './sessions.queries.js';
import { SessionsStore } from './sessions.store.js';

/** Longer than any count is remembered, and than any step or code is good. */
const KEPT_MS = 25 * 3_600_000;

/**
 * Forgets what signing in left behind: counts of guesses at names that nobody has, steps that were not finished, codes
 * that were not typed. Without it, whoever guesses fills the disk.
 */
@Injectable()
export class AccessSweep {
  constructor(
    private readonly transactions: Transactions,
    private readonly queries: SessionsQueries,
    private readonly sessions: SessionsStore,
  ) {}

  /** How many the next sweep meets; changes nothing. */
  async countOld(now: Date): Promise<number> {
    return (await this.queries.leftBehind(new Date(now.getTime() - KEPT_MS))).length;
  }

  /** A few hundred at a time, so that nobody who signs in waits for it. How many went. */
  async forgetOld(now: Date): Promise<number> {
    const before = new Date(now.getTime() - KEPT_MS);
    const old = await this.queries.leftBehind(before);
    if (old.length === 0) return 0;
    return this.transactions.run(async (tx) => {
      let gone = 0;
      for (const { kind, id } of old) gone += await this.sessions.forget(tx, kind, id, before);
      return gone;
    });
  }
}
