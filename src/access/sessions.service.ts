import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { sha256 } from '../platform/crypto/hash.js';
import { Transactions } from '../platform/database/transactions.js';
import { SocietiesQueries } from '../societies/index.js';
import { AccessQueries } from './access.queries.js';
import type { KnownAccount, OpenSession } from './access.queries.js';
import { AccountDisabled, NotOfThisSociety, TooManyTries, WrongCredentials } from './domain/access.errors.js';
import { readLogin } from './domain/credentials.js';
import { isAlive, isToBeSeen } from './domain/session-life.js';
import { turnAt } from './domain/sign-in-delay.js';
import { RoleSources } from './role-sources.js';
import { isToken, Passwords, tokenHash } from './secrets.js';
import { SessionsStore } from './sessions.store.js';

export type Origin = 'web' | 'api';

export type Attempt = {
  readonly login: string;
  readonly password: string;
  readonly origin: Origin;
  /** “This phone is my own.” */
  readonly keep: boolean;
  /** The secret of a device that signed in before, as its cookie gives it. */
  readonly device: string | null;
  /** For programs, which say at once where they act. */
  readonly societyId: string | null;
};

export type SignedIn = {
  readonly token: string;
  readonly accountId: string;
  readonly isAdmin: boolean;
  /** Null when there are several to choose from, or none. */
  readonly societyId: string | null;
  /** What the account is outside any society. */
  readonly roles: readonly Role[];
  /** For the device's cookie; null when it is known already, or was a program. */
  readonly newDevice: string | null;
};

/** Who asks: the actor for everything below, the session for the pages of access itself. */
export type Visitor = { readonly actor: Actor; readonly sessionId: string; readonly login: string };

@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
    private readonly sessions: SessionsStore,
    private readonly queries: AccessQueries,
    private readonly societies: SocietiesQueries,
    private readonly roles: RoleSources,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Counts the try, looks at the password, opens a session. An unknown login takes the same road and the same time as
   * a known one, and is told the same.
   */
  async signIn(attempt: Attempt): Promise<SignedIn> {
    const login = readLogin(attempt.login) ?? '';
    const account = await this.queries.accountByLogin(login);
    const isKnown = account !== null && (await this.isKnownDevice(account.id, attempt.device));
    const subject = isKnown ? `device/${tokenHash(attempt.device ?? '')}` : `login/${sha256(login)}`;
    await this.takeTurn(subject);
    const fits = await this.passwords.matches(account?.passwordHash ?? null, attempt.password);
    if (!fits || !account) throw new WrongCredentials();
    if (account.isDisabled) throw new AccountDisabled();
    return this.open(account, attempt, subject, isKnown);
  }

  async signOut(visitor: Visitor): Promise<void> {
    const caller = { actor: visitor.actor, key: this.ids.next() };
    await this.commands.run(caller, { act: 'signOut', body: null }, async (tx, trail) => {
      await this.sessions.end(tx, visitor.sessionId, this.clock.now());
      trail.on('session', visitor.sessionId, { words: '退出登录' });
      return null;
    });
  }

  /** From the next request on the account acts in that society, and in no other. */
  async chooseSociety(visitor: Visitor, societyId: string): Promise<void> {
    const { actor, sessionId } = visitor;
    await this.refuseStranger(actor.accountId ?? '', actor.roles.includes('system-admin'), societyId);
    const caller = { actor, key: this.ids.next() };
    await this.commands.run(caller, { act: 'chooseSociety', body: { societyId } }, async (tx, trail) => {
      await this.sessions.choose(tx, sessionId, societyId);
      trail.on('society', societyId, { words: '进入互助社' });
      return null;
    });
  }

  /** Who holds this secret, with the roles of this moment; null for whoever is not, or no longer, signed in. */
  async visitorOf(token: unknown, origin: Origin): Promise<Visitor | null> {
    if (!isToken(token)) return null;
    const session = await this.queries.openSession(tokenHash(token), origin);
    const now = this.clock.now();
    if (!session || !isAlive(session, now)) return null;
    if (isToBeSeen(session, now)) await this.transactions.run((tx) => this.sessions.see(tx, session.id, now));
    const { id: sessionId, accountId, login, societyId, personId } = session;
    const roles = await this.rolesOf(session, now);
    return { actor: { accountId, personId, societyId, roles, origin }, sessionId, login };
  }

  /** The administrator sets societies up, and has no part in what they do. */
  private async rolesOf(
    { accountId, isAdmin, societyId, personId }: OpenSession,
    now: Date,
  ): Promise<Role[]> {
    if (isAdmin) return ['signed-in', 'system-admin'];
    const own: Role[] = ['signed-in', ...(await this.roles.rolesOfAccount(accountId))];
    if (societyId === null || personId === null) return own;
    return [...own, ...(await this.roles.rolesOf(personId, societyId, now))];
  }

  private async isKnownDevice(accountId: string, device: string | null): Promise<boolean> {
    return isToken(device) && this.queries.isKnownDevice(accountId, tokenHash(device));
  }

  private async takeTurn(subject: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const now = this.clock.now();
      const before = await this.sessions.findTries(tx, subject);
      const turn = turnAt(now, before);
      if (!turn.may) throw new TooManyTries(turn.waitSeconds);
      await this.sessions.count(tx, subject, before, turn, now);
    });
  }

  private async open(
    account: KnownAccount,
    attempt: Attempt,
    subject: string,
    isKnown: boolean,
  ): Promise<SignedIn> {
    const { id: accountId, isAdmin } = account;
    const { origin, keep } = attempt;
    const societyId = await this.firstSociety(account, attempt.societyId);
    const token = this.ids.token();
    const newDevice = isKnown || origin === 'api' ? null : this.ids.token();
    const actor: Actor = { accountId, personId: null, societyId, roles: ['signed-in'], origin };
    const command = { act: 'signIn', body: { accountId, origin } };
    await this.commands.run({ actor, key: this.ids.next() }, command, async (tx, trail) => {
      const startedAt = this.clock.now();
      const session = { tokenHash: tokenHash(token), accountId, societyId, origin, kept: keep, startedAt };
      const sessionId = await this.sessions.insertSession(tx, session);
      if (newDevice) await this.sessions.insertDevice(tx, accountId, tokenHash(newDevice), startedAt);
      await this.sessions.forget(tx, subject);
      trail.on('session', sessionId, { words: '登录' });
      return null;
    });
    const roles = isAdmin ? [] : await this.roles.rolesOfAccount(accountId);
    return { token, accountId, isAdmin, societyId, roles, newDevice };
  }

  /** The one that was asked for; else the only one there is. */
  private async firstSociety(account: KnownAccount, asked: string | null): Promise<string | null> {
    if (asked !== null) {
      await this.refuseStranger(account.id, account.isAdmin, asked);
      return asked;
    }
    const [first, second] = account.isAdmin ? [] : await this.queries.societiesOf(account.id);
    return first && !second ? first.id : null;
  }

  private async refuseStranger(accountId: string, isAdmin: boolean, societyId: string): Promise<void> {
    if (isAdmin) await this.societies.society(societyId);
    else {
      const own = await this.queries.societiesOf(accountId);
      if (!own.some(({ id }) => id === societyId)) throw new NotOfThisSociety();
    }
  }
}
