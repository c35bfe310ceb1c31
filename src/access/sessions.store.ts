import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { NotOfThisSociety, SessionNotFound, StepGone } from './domain/access.errors.js';
import { SignInStep } from './second-factor.entity.js';
import { KnownDevice, Session } from './session.entity.js';
import type { LeftBehind } from './sessions.queries.js';

const SAME_DEVICE = {
  name: 'uq_known_devices_token',
  columns: 'known_devices.token_hash, known_devices.account_id',
};

/** Sessions, the devices they lie on, and the step between password and code. */
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

  /** Wherever the account is signed in, or half signed in: after a new password, or when it is disabled. */
  async endAll(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.change`UPDATE sessions SET ended_at = ${at} WHERE account_id = ${accountId} AND ended_at IS NULL`;
    await this.endSteps(tx, accountId, at);
  }

  async see(tx: Tx, sessionId: string, at: Date): Promise<void> {
    await tx.change`UPDATE sessions SET seen_at = ${at} WHERE id = ${sessionId} AND seen_at < ${at}`;
  }

  async choose(tx: Tx, sessionId: string, societyId: string): Promise<void> {
    await tx.changeOne(() => new NotOfThisSociety())`
      UPDATE sessions SET society_id = ${societyId} WHERE id = ${sessionId} AND ended_at IS NULL`;
  }

  /** On a list of one's own: another account's session is not there. */
  async endOwn(tx: Tx, accountId: string, sessionId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new SessionNotFound())`
      UPDATE sessions SET ended_at = ${at}
      WHERE id = ${sessionId} AND account_id = ${accountId} AND ended_at IS NULL`;
    await tx.change`
      DELETE FROM known_devices WHERE account_id = ${accountId}
        AND token_hash = (SELECT s.device_hash FROM sessions s WHERE s.id = ${sessionId})`;
  }

  /** All but one, half ones too, and what the others lie on is known no more. How many sessions ended. */
  async endOthers(tx: Tx, accountId: string, sessionId: string, at: Date): Promise<number> {
    const ended = await tx.change`
      UPDATE sessions SET ended_at = ${at}
      WHERE account_id = ${accountId} AND id <> ${sessionId} AND ended_at IS NULL`;
    await this.endSteps(tx, accountId, at);
    await tx.change`
      DELETE FROM known_devices WHERE account_id = ${accountId}
        AND token_hash <> COALESCE((SELECT s.device_hash FROM sessions s WHERE s.id = ${sessionId}), '-')`;
    return ended;
  }

  /** Wherever the person's account is signed in, or half, in this society or another: what they may do has changed. */
  async endAllOfPerson(tx: Tx, societyId: string, personId: string, at: Date): Promise<void> {
    await tx.change`
      UPDATE sessions SET ended_at = ${at}
      WHERE ended_at IS NULL AND account_id IN
        (SELECT p.account_id FROM account_persons p
         WHERE p.society_id = ${societyId} AND p.person_id = ${personId})`;
    await tx.change`
      UPDATE sign_in_steps SET spent_at = ${at}
      WHERE spent_at IS NULL AND account_id IN
        (SELECT p.account_id FROM account_persons p
         WHERE p.society_id = ${societyId} AND p.person_id = ${personId})`;
  }

  /**
   * The guard of an act that lets somebody in later. Not a read: the UPDATE changes nothing, but finds no session that
   * was ended meanwhile.
   */
  async hold(tx: Tx, sessionId: string): Promise<void> {
    await tx.changeOne(() => new SessionNotFound())`
      UPDATE sessions SET account_id = account_id WHERE id = ${sessionId} AND ended_at IS NULL`;
  }

  async prove(tx: Tx, sessionId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new SessionNotFound())`
      UPDATE sessions SET proved_at = ${at} WHERE id = ${sessionId} AND ended_at IS NULL`;
  }

  /** The device is known to the account from now on, or was seen once more. */
  async seeDevice(tx: Tx, accountId: string, tokenHash: string, at: Date): Promise<void> {
    const seen = await tx.change`
      UPDATE known_devices SET seen_at = ${at} WHERE account_id = ${accountId} AND token_hash = ${tokenHash}`;
    if (seen > 0 || (await tx.rows.findOneBy(KnownDevice, { accountId, tokenHash }))) return;
    try {
      await tx.insert(KnownDevice, { id: this.ids.next(), accountId, tokenHash, createdAt: at, seenAt: at });
    } catch (error) {
      throw breaksUnique(error, SAME_DEVICE) ? new StaleSnapshot('The device became known meanwhile') : error;
    }
  }

  async insertStep(tx: Tx, step: Omit<SignInStep, 'id' | 'spentAt'>): Promise<void> {
    await tx.insert(SignInStep, { ...step, id: this.ids.next(), spentAt: null });
  }

  async spendStep(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.changeOne(() => new StepGone())`
      UPDATE sign_in_steps SET spent_at = ${at}
      WHERE token_hash = ${tokenHash} AND spent_at IS NULL AND expires_at > ${at}`;
  }

  /** Asked again whether it is old: somebody may have tried meanwhile. */
  async forget(tx: Tx, kind: LeftBehind['kind'], id: string, before: Date): Promise<number> {
    switch (kind) {
      case 'tries':
        return tx.change`DELETE FROM sign_in_failures WHERE id = ${id} AND last_at < ${before}`;
      case 'step':
        return tx.change`DELETE FROM sign_in_steps WHERE id = ${id} AND expires_at < ${before}`;
      case 'code':
        return tx.change`DELETE FROM sign_in_codes WHERE id = ${id} AND expires_at < ${before}`;
    }
  }

  private async endSteps(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.change`UPDATE sign_in_steps SET spent_at = ${at} WHERE account_id = ${accountId} AND spent_at IS NULL`;
  }
}
