import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { NotOfThisSociety } from './domain/access.errors.js';
import type { Turn } from './domain/sign-in-delay.js';
import { KnownDevice, Session, SignInFailure } from './session.entity.js';

const SAME_SUBJECT = { name: 'uq_sign_in_failures_subject', columns: 'sign_in_failures.subject' };

/** Sessions, known devices, and the counting of tries. */
@Injectable()
export class SessionsStore {
  constructor(private readonly ids: Ids) {}

  async insertSession(tx: Tx, session: Omit<Session, 'id' | 'endedAt' | 'seenAt'>): Promise<string> {
    const id = this.ids.next();
    await tx.insert(Session, { ...session, id, seenAt: session.startedAt, endedAt: null });
    return id;
  }

  async end(tx: Tx, sessionId: string, at: Date): Promise<void> {
    await tx.change`UPDATE sessions SET ended_at = ${at} WHERE id = ${sessionId} AND ended_at IS NULL`;
  }

  /** Wherever the account is signed in: after a new password, or when it is disabled. */
  async endAll(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.change`UPDATE sessions SET ended_at = ${at} WHERE account_id = ${accountId} AND ended_at IS NULL`;
  }

  async see(tx: Tx, sessionId: string, at: Date): Promise<void> {
    await tx.change`UPDATE sessions SET seen_at = ${at} WHERE id = ${sessionId} AND seen_at < ${at}`;
  }

  async choose(tx: Tx, sessionId: string, societyId: string): Promise<void> {
    await tx.changeOne(() => new NotOfThisSociety())`
      UPDATE sessions SET society_id = ${societyId} WHERE id = ${sessionId} AND ended_at IS NULL`;
  }

  async insertDevice(tx: Tx, accountId: string, tokenHash: string, at: Date): Promise<void> {
    await tx.insert(KnownDevice, { id: this.ids.next(), accountId, tokenHash, createdAt: at });
  }

  async findTries(tx: Tx, subject: string): Promise<SignInFailure | null> {
    return tx.rows.findOneBy(SignInFailure, { subject });
  }

  /** Counts a try, once: of two who saw the same count, one begins anew and sees the other's. */
  async count(
    tx: Tx,
    subject: string,
    before: SignInFailure | null,
    turn: Turn & { may: true },
    at: Date,
  ): Promise<void> {
    const { tries, blockedUntil } = turn;
    if (before) {
      await tx.changeOne(() => new StaleSnapshot('Somebody else has just tried'))`
        UPDATE sign_in_failures SET tries = ${tries}, last_at = ${at}, blocked_until = ${blockedUntil}
        WHERE id = ${before.id} AND tries = ${before.tries}`;
      return;
    }
    try {
      await tx.insert(SignInFailure, { id: this.ids.next(), subject, tries, lastAt: at, blockedUntil });
    } catch (error) {
      throw breaksUnique(error, SAME_SUBJECT) ? new StaleSnapshot('Somebody else has just tried') : error;
    }
  }

  async forget(tx: Tx, subject: string): Promise<void> {
    await tx.change`DELETE FROM sign_in_failures WHERE subject = ${subject}`;
  }
}
