import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Turn } from './domain/sign-in-delay.js';
import { SignInFailure } from './session.entity.js';

const SAME_SUBJECT = { name: 'uq_sign_in_failures_subject', columns: 'sign_in_failures.subject' };
const BESIDE = () => new StaleSnapshot('Somebody else has just tried');

/** The counting of tries. */
@Injectable()
export class TriesStore {
  constructor(private readonly ids: Ids) {}

  async find(tx: Tx, subject: string): Promise<SignInFailure | null> {
    return tx.rows.findOneBy(SignInFailure, { subject });
  }

  /** Counts a try, once: of two who saw the same count, one begins anew and sees the other's. */
  async count(
    tx: Tx,
    subject: string,
    before: Pick<SignInFailure, 'id' | 'tries'> | null,
    turn: Turn & { may: true },
    at: Date,
  ): Promise<void> {
    const { tries, blockedUntil } = turn;
    if (before) {
      await tx.changeOne(BESIDE)`
        UPDATE sign_in_failures SET tries = ${tries}, last_at = ${at}, blocked_until = ${blockedUntil}
        WHERE id = ${before.id} AND tries = ${before.tries}`;
      return;
    }
    try {
      await tx.insert(SignInFailure, { id: this.ids.next(), subject, tries, lastAt: at, blockedUntil });
    } catch (error) {
      throw breaksUnique(error, SAME_SUBJECT) ? BESIDE() : error;
    }
  }

  /**
   * One try less. The wait ends as it was before it, unless somebody has tried since. (The wait first: MariaDB reads the
   * new count in what follows it.)
   */
  async takeBack(tx: Tx, subject: string, tries: number, blockedBefore: Date): Promise<void> {
    await tx.change`
      UPDATE sign_in_failures
      SET blocked_until = CASE WHEN tries = ${tries} THEN ${blockedBefore} ELSE blocked_until END, tries = tries - 1
      WHERE subject = ${subject} AND tries > 0`;
  }

  async forget(tx: Tx, subject: string): Promise<void> {
    await tx.change`DELETE FROM sign_in_failures WHERE subject = ${subject}`;
  }
}
