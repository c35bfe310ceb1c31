import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { ClockWatch } from '../platform/clock-watch.js';
import { Config } from '../platform/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { AccessQueries } from './access.queries.js';
import type { OpenSession } from './access.queries.js';
import { isStaff } from './domain/proof.js';
import { isAlive, isToBeSeen } from './domain/session-life.js';
import { RoleSources } from './role-sources.js';
import { isToken, tokenHash } from './secrets.js';
import { SessionOpener } from './session-opener.js';
import type { Origin, SignedIn } from './session-opener.js';
import { SessionsQueries } from './sessions.queries.js';
import type { ListedSession } from './sessions.queries.js';
import { SessionsStore } from './sessions.store.js';
import { SignInService } from './sign-in.service.js';
import type { Attempt } from './sign-in.service.js';

/** Who asks: the actor for everything below, the session for the pages of access itself. */
export type Visitor = {
  readonly actor: Actor;
  readonly sessionId: string;
  readonly login: string;
  /** When they last proved who they are. */
  readonly provedAt: Date;
  readonly hasFactor: boolean;
  /** Staff who have not set up their code yet, where the settings require one. */
  readonly mustEnrol: boolean;
};

/** Who is signed in where, as what, and how they leave. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
    private readonly sessions: SessionsStore,
    private readonly queries: AccessQueries,
    private readonly asked: SessionsQueries,
    private readonly opener: SessionOpener,
    private readonly entering: SignInService,
    private readonly roles: RoleSources,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
    private readonly ids: Ids,
  ) {}

  /** Password and code together, as a program sends them. */
  async signIn(attempt: Attempt): Promise<SignedIn> {
    return this.entering.signIn(attempt);
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
    await this.opener.refuseStranger(actor.accountId ?? '', actor.roles.includes('system-admin'), societyId);
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
    const now = this.watch.now();
    if (!session) return null;
    const { isAdmin, societyKind, hasFactor, provedAt } = session;
    const isConsole = this.config.staffTotp && (isAdmin || societyKind === 'FEDERATION');
    const life = { ...session, isConsole };
    if (!isAlive(life, now)) return null;
    const isToBeKept = isToBeSeen(life, now) && this.watch.doubt() === null; // who only reads is served all the same
    if (isToBeKept) await this.transactions.run((tx) => this.sessions.see(tx, session.id, now));
    const { id: sessionId, accountId, login, societyId, personId } = session;
    const roles = await this.rolesOf(session, now);
    const mustEnrol = this.config.staffTotp && !hasFactor && isStaff({ isAdmin, societyKind, roles });
    const actor = { accountId, personId, societyId, roles, origin };
    return { actor, sessionId, login, provedAt, hasFactor, mustEnrol };
  }

  /** Where the account is signed in now, this session first. */
  async devices(visitor: Visitor): Promise<(ListedSession & { readonly isThis: boolean })[]> {
    const now = this.clock.now();
    const { actor, sessionId } = visitor;
    const isConsole = this.config.staffTotp && actor.roles.includes('system-admin');
    const open = await this.asked.sessionsOf(actor.accountId ?? '');
    return open
      .filter((each) => isAlive({ ...each, isConsole }, now))
      .map((each) => ({ ...each, isThis: each.id === sessionId }))
      .sort((one, other) => Number(other.isThis) - Number(one.isThis));
  }

  /** Ends one of one's own: a phone that was lost is out from its next request on, and known no more. */
  async endOne(caller: Caller, sessionId: string): Promise<void> {
    const accountId = caller.actor.accountId ?? '';
    await this.commands.run(caller, { act: 'endSession', body: { sessionId } }, async (tx, trail) => {
      await this.sessions.endOwn(tx, accountId, sessionId, this.clock.now());
      trail.on('session', sessionId, { words: '退出一台设备' });
      return null;
    });
  }

  /** Ends all of one's own but this one. */
  async endOthers(caller: Caller, visitor: Visitor): Promise<{ ended: number }> {
    const { sessionId } = visitor;
    const accountId = caller.actor.accountId ?? '';
    return this.commands.run(caller, { act: 'endOtherSessions', body: { sessionId } }, async (tx, trail) => {
      const ended = await this.sessions.endOthers(tx, accountId, sessionId, this.clock.now());
      trail.on('session', sessionId, { words: '退出其他设备' });
      return { ended };
    });
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
}
