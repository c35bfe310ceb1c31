import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { AccessQueries } from './access.queries.js';
import { WrongCode, WrongProof } from './domain/access.errors.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { SecondFactorService } from './second-factor.service.js';
import type { Enrolment } from './second-factor.service.js';
import { Passwords } from './secrets.js';
import type { Visitor } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { Throttle } from './throttle.service.js';
import type { Counted } from './throttle.service.js';

/** What a person types to prove that they are still the one who signed in. */
export type Proof = {
  readonly password: string | null;
  /** Of the app, or texted. */
  readonly code: string | null;
  /** The secret that a texted code goes with. */
  readonly challenge?: string | null;
};

/** By what somebody proves it: the code of their app, else the password, else a texted code. */
export type ProofWay = 'app' | 'password' | 'text';

/**
 * Who is signed in proves it again: before acts with money, payees, exports and offices (quality.md T5), and before the
 * code beside the password is set up. Each try is counted, since a session may be somebody else's by now.
 */
@Injectable()
export class Proofs {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
    private readonly sessions: SessionsStore,
    private readonly queries: AccessQueries,
    private readonly factors: SecondFactorService,
    private readonly phones: PhoneSignIn,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** By the one way that the account has. From now on it holds for ten minutes. */
  async proveAgain(caller: Caller, visitor: Visitor, proof: Proof): Promise<void> {
    const accountId = caller.actor.accountId ?? '';
    const { sessionId } = visitor;
    const spend = await this.looked(accountId, wayOf(visitor), proof);
    await this.commands.run(caller, { act: 'proveAgain', body: { sessionId } }, async (tx, trail) => {
      await spend(tx);
      await this.sessions.prove(tx, sessionId, this.clock.now());
      trail.on('session', sessionId, { words: '再次验证身份' });
      return null;
    });
  }

  /** Each try is counted and looked at; what comes back spends the proof in the unit that it is for. */
  private async looked(accountId: string, way: ProofWay, proof: Proof): Promise<(tx: Tx) => Promise<void>> {
    const { code, challenge = null } = proof;
    if (way === 'text') return this.phones.lookAtProof(accountId, challenge ?? '', code ?? '');
    if (way === 'app') {
      if (code === null) throw new WrongCode();
      const counted = await this.countCode(accountId);
      return async (tx) => {
        await this.factors.spend(tx, accountId, code);
        await this.throttle.giveBack(tx, counted);
      };
    }
    const counted = await this.password(accountId, proof.password);
    return (tx) => this.throttle.giveBack(tx, counted);
  }

  /** Begins to set the code up, for the password: a session left open must not be enough. */
  async beginFactor(caller: Caller, visitor: Visitor, password: string): Promise<Enrolment | null> {
    const accountId = caller.actor.accountId ?? '';
    const counted = await this.password(accountId, password);
    await this.transactions.run((tx) => this.throttle.giveBack(tx, counted));
    await this.factors.begin(caller, accountId);
    return this.factors.enrolment(accountId, visitor.login);
  }

  /** New codes for a lost phone, for a code. */
  async renewCodes(caller: Caller, typed: string): Promise<string[] | null> {
    const accountId = caller.actor.accountId ?? '';
    const counted = await this.countCode(accountId);
    const codes = await this.factors.renewCodes(caller, accountId, typed);
    await this.transactions.run((tx) => this.throttle.giveBack(tx, counted));
    return codes;
  }

  private async countCode(accountId: string): Promise<Counted[]> {
    return this.throttle.take({ subject: `proof-code/${accountId}`, knownDevice: null, address: null });
  }

  private async password(accountId: string, typed: string | null): Promise<Counted[]> {
    const counted = await this.throttle.take({
      subject: `proof/${accountId}`,
      knownDevice: null,
      address: null,
    });
    const account = await this.queries.account(accountId);
    if (!(await this.passwords.matches(account?.passwordHash ?? null, typed ?? ''))) throw new WrongProof();
    return counted;
  }
}

export function wayOf({ hasFactor, login }: Pick<Visitor, 'hasFactor' | 'login'>): ProofWay {
  if (hasFactor) return 'app';
  return login === '' ? 'text' : 'password';
}
