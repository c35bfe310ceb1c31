import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { Sealing } from '../platform/crypto/sealing.js';
import type { Tx } from '../platform/database/transactions.js';
import { FactorAlreadyOn, FactorTooLate, OwnFactor, WrongCode } from './domain/access.errors.js';
import { base32, otpauthUri, readCode, shownRecoveryCode } from './domain/totp.js';
import { SecondFactorStore } from './second-factor.store.js';
import { SessionsQueries } from './sessions.queries.js';
import { SessionsStore } from './sessions.store.js';
import { matchingStep, SECRET_BYTES } from './totp.js';

const RECOVERY_CODES = 10;
/** Whoever finds a session left open must not find the secret on its page too. */
const WAITS_MS = 10 * 60_000;
const ISSUER = '互助';

/** What an app is given, by a picture or by typing. Shown until the first code, and never after. */
export type Enrolment = { readonly uri: string; readonly secret: string };

/**
 * The code beside the password (RFC 6238): set up by the person, taken away by another administrator only. What is
 * typed is counted by whoever asks for it (`Proofs`), before it comes here.
 */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly commands: Commands,
    private readonly store: SecondFactorStore,
    private readonly sessions: SessionsStore,
    private readonly queries: SessionsQueries,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes a secret and waits for its first code. The caller has just proved to know the password. */
  async begin(caller: Caller, accountId: string): Promise<void> {
    const bytes = Buffer.from(this.ids.token(), 'base64url').subarray(0, SECRET_BYTES);
    const sealed = this.sealing.seal(bytes.toString('base64'), placeOf(accountId));
    await this.commands.run(caller, { act: 'beginSecondFactor', body: { accountId } }, async (tx, trail) => {
      await this.store.begin(tx, accountId, sealed, this.clock.now());
      trail.on('account', accountId, { words: '开始设置动态验证码' });
      return null;
    });
  }

  /** What waits for its first code, for ten minutes; null when nothing does. */
  async enrolment(accountId: string, login: string): Promise<Enrolment | null> {
    const sealed = await this.queries.waitingSecret(accountId, this.waitingSince());
    if (sealed === null) return null;
    const secret = this.secretIn(sealed, accountId);
    return { uri: otpauthUri(ISSUER, login, secret), secret: base32(secret) };
  }

  /**
   * The first code shows that the app has the secret: from now on every sign-in asks for one. Answers with the codes for
   * a lost phone; null when this answer is a repeated one, since they are shown once and not kept. Other sessions, which
   * began without a code, are over.
   */
  async confirm(
    caller: Caller,
    { actor, sessionId }: { readonly actor: Actor; readonly sessionId: string },
    typed: string,
  ): Promise<string[] | null> {
    const accountId = actor.accountId ?? '';
    let codes: string[] | null = null;
    await this.commands.run(
      caller,
      { act: 'confirmSecondFactor', body: { accountId } },
      async (tx, trail) => {
        const factor = await this.store.get(tx, accountId);
        if (factor.confirmedAt) throw new FactorAlreadyOn();
        if (factor.createdAt <= this.waitingSince()) throw new FactorTooLate();
        const at = this.clock.now();
        const step = this.stepIn(factor.secretSealed, accountId, typed, factor.lastStep, at);
        await this.store.confirm(tx, factor.id, step, at);
        codes = await this.newCodes(tx, accountId, at);
        await this.sessions.endOthers(tx, accountId, sessionId, at);
        trail.on('account', accountId, { words: '设好动态验证码' });
        return null;
      },
    );
    return codes;
  }

  /** Ten new codes for a lost phone, for one code of the app; those from before are good no more. */
  async renewCodes(caller: Caller, accountId: string, typed: string): Promise<string[] | null> {
    let codes: string[] | null = null;
    await this.commands.run(caller, { act: 'renewRecoveryCodes', body: { accountId } }, async (tx, trail) => {
      const at = this.clock.now();
      await this.spend(tx, accountId, typed);
      codes = await this.newCodes(tx, accountId, at);
      trail.on('account', accountId, { words: '换了备用码' });
      return null;
    });
    return codes;
  }

  /** A step of whoever lets somebody in: takes a code of the app or of the sheet, once. */
  async spend(tx: Tx, accountId: string, typed: string): Promise<void> {
    const at = this.clock.now();
    const read = readCode(typed);
    if (!read) throw new WrongCode();
    if (read.kind === 'recovery') {
      await this.store.spendRecoveryCode(tx, accountId, this.hashOf(accountId, read.code), at);
      return;
    }
    const factor = await this.store.get(tx, accountId);
    const step = this.stepIn(factor.secretSealed, accountId, read.code, factor.lastStep, at);
    await this.store.spendStep(tx, factor.id, step);
  }

  /** For whoever lost phone and sheet. Another administrator does it, and the account is signed out everywhere. */
  async remove(caller: Caller, accountId: string): Promise<void> {
    if (caller.actor.accountId === accountId) throw new OwnFactor();
    await this.commands.run(caller, { act: 'removeSecondFactor', body: { accountId } }, async (tx, trail) => {
      await this.store.remove(tx, accountId);
      await this.sessions.endAll(tx, accountId, this.clock.now());
      trail.on('account', accountId, { words: '取消动态验证码' });
      return null;
    });
  }

  private waitingSince(): Date {
    return new Date(this.clock.now().getTime() - WAITS_MS);
  }

  private async newCodes(tx: Tx, accountId: string, at: Date): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => this.ids.code());
    const hashes = codes.map((code) => this.hashOf(accountId, code));
    await this.store.replaceRecoveryCodes(tx, accountId, hashes, at);
    return codes.map(shownRecoveryCode);
  }

  private stepIn(sealed: string, accountId: string, typed: string, lastStep: number, at: Date): number {
    const read = readCode(typed);
    const code = read?.kind === 'app' ? read.code : '';
    const step = matchingStep(this.secretIn(sealed, accountId), code, at, lastStep);
    if (step === null) throw new WrongCode();
    return step;
  }

  private secretIn(sealed: string, accountId: string): Buffer {
    return Buffer.from(this.sealing.open(sealed, placeOf(accountId)), 'base64');
  }

  /** Keyed: eight characters could be tried through by whoever held a copy of the database. */
  private hashOf(accountId: string, code: string): string {
    return this.sealing.blindIndex('access/recovery-code', `${accountId}/${code}`);
  }
}

/** The secret opens on the row of its own account only. */
function placeOf(accountId: string): string {
  return `second_factors/secret/${accountId}`;
}
