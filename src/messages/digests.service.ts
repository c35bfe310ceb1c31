import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Day } from '../kernel/day.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import { Reads } from '../platform/database/reads.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { digestDay, spanOf } from './domain/digest.js';
import type { DigestKind } from './domain/digest.js';
import { MessageDigest } from './messages.entity.js';

export type DigestSpan = { readonly day: Day; readonly fromAt: Date; readonly untilAt: Date };

/** How the day of one kind is summed up: which societies come next, and what is written of some of them. */
export type Digest = {
  readonly kind: DigestKind;
  next(afterId: string, span: DigestSpan, most: number): Promise<readonly string[]>;
  /** Asks before the unit, and answers with what is to be written inside it. */
  prepare(societyIds: readonly string[], span: DigestSpan): Promise<(tx: Tx) => Promise<void>>;
};

/** So many societies in one unit. */
const AT_ONCE = 50;
const ONE = { name: 'PRIMARY', columns: 'message_digests.kind, message_digests.day' };

/** Another program did this part of the sum at the same moment. */
class SummedUpMeanwhile extends Error {}

/**
 * Sums up a day once, some societies at a time: the mark of how far it came moves in the unit that writes, so that
 * neither two programs nor a second start tell anybody twice.
 */
@Injectable()
export class DigestsService {
  constructor(
    private readonly reads: Reads,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** True where the day is summed up by now, by whomever. */
  async run(digest: Digest, now: Date): Promise<boolean> {
    const day = digestDay(digest.kind, now);
    if (day === null) return false;
    if (await this.isDone(digest.kind, day)) return true;
    try {
      for (;;) {
        const mark = await this.markOf(digest.kind, day, now);
        if (mark.doneAt !== null) return true;
        await this.step(digest, mark, { day, fromAt: mark.fromAt, untilAt: mark.untilAt });
      }
    } catch (error) {
      if (error instanceof SummedUpMeanwhile) return false;
      throw error;
    }
  }

  /** Asked first, and outside any unit: the clock comes by all day long. */
  private async isDone(kind: DigestKind, day: Day): Promise<boolean> {
    const row = await this.reads.one<{ isDone: number | string }>`
      SELECT 1 AS "isDone" FROM message_digests WHERE kind = ${kind} AND day = ${day} AND done_at IS NOT NULL`;
    return row !== null;
  }

  private async step(digest: Digest, { afterId }: MessageDigest, span: DigestSpan): Promise<void> {
    const { kind } = digest;
    const societyIds = await digest.next(afterId, span, AT_ONCE);
    const write = await digest.prepare(societyIds, span);
    const last = societyIds.at(-1);
    await this.transactions.run(async (tx) => {
      const doneAt = last === undefined ? this.clock.now() : null;
      await tx.changeOne(() => new SummedUpMeanwhile())`
        UPDATE message_digests SET after_id = ${last ?? afterId}, done_at = ${doneAt}
        WHERE kind = ${kind} AND day = ${span.day} AND after_id = ${afterId} AND done_at IS NULL`;
      await write(tx);
    });
  }

  private async markOf(kind: DigestKind, day: Day, now: Date): Promise<MessageDigest> {
    return this.transactions.run(async (tx) => {
      const known = await tx.rows.findOneBy(MessageDigest, { kind, day });
      if (known) return known;
      const [last] = await tx.rows.find(MessageDigest, { where: { kind }, order: { day: 'DESC' }, take: 1 });
      const begun = { kind, day, ...spanOf(now, last?.untilAt ?? null), afterId: '', doneAt: null };
      try {
        await tx.insert(MessageDigest, begun);
      } catch (error) {
        throw breaksUnique(error, ONE) ? new StaleSnapshot('The sum was just begun') : error;
      }
      return begun;
    });
  }
}
