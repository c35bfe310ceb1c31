import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { DomainError } from '../kernel/domain-error.js';
import { Config } from '../platform/config.js';
import { Sealing } from '../platform/crypto/sealing.js';
import type { Tx } from '../platform/database/transactions.js';
import { AccessQueries } from './access.queries.js';
import type { KnownAccount } from './access.queries.js';
import { AccountDisabled, FactorMissing, SessionNotFound } from './domain/access.errors.js';
import {
  countsAsSecondFactor,
  mayUseIdentity,
  proofAgeMs,
  signedInOnTheWay,
  welcomeOf,
} from './domain/identity.js';
import type { IdentityClaims } from './domain/identity.js';
import {
  IdentityForStaff,
  IdentityRefused,
  IdentityStepGone,
  IdentityUnknown,
  NoIdentityProvider,
  ProviderDown,
} from './domain/identity.errors.js';
import { IdentitiesQueries } from './identities.queries.js';
import { IdentitiesStore } from './identities.store.js';
import { IdentityFlows } from './identity-flows.js';
import type { Binder, Flow } from './identity-flows.js';
import { IdentityProvider } from './identity-provider.js';
import { RoleSources } from './role-sources.js';
import { SessionOpener } from './session-opener.js';
import type { Entrance } from './session-opener.js';
import { SessionsQueries } from './sessions.queries.js';
import type { Visitor } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { SignInService } from './sign-in.service.js';
import type { FirstStep } from './sign-in.service.js';
import { Throttle } from './throttle.service.js';
import type { Counted } from './throttle.service.js';

/** What the provider answered by way of the browser, and what the browser carried. */
export type ProviderAnswer = {
  readonly sealed: string;
  readonly query: URLSearchParams;
  readonly address: string | null;
};

type Leave = { readonly address: URL; readonly sealed: string };

type Vouched = {
  readonly flow: Flow;
  readonly claims: IdentityClaims;
  readonly identityIndex: string;
  readonly counted: readonly Counted[];
};

/**
 * Signing in through the federation's own identity provider, for its staff. An identity opens the one account whose owner
 * bound it, and never makes one; no name and no address of the provider is asked for or believed.
 */
@Injectable()
export class IdentitySignIn {
  constructor(
    private readonly commands: Commands,
    private readonly provider: IdentityProvider,
    private readonly flows: IdentityFlows,
    private readonly store: IdentitiesStore,
    private readonly queries: IdentitiesQueries,
    private readonly accounts: AccessQueries,
    private readonly sessions: SessionsStore,
    private readonly asked: SessionsQueries,
    private readonly entering: SignInService,
    private readonly opener: SessionOpener,
    private readonly roles: RoleSources,
    private readonly throttle: Throttle,
    private readonly sealing: Sealing,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Where to send the browser, and what it carries meanwhile. */
  async begin(next: string | null): Promise<Leave> {
    return this.leave(null, next);
  }

  /** The same for whoever is signed in and wants to bind an identity. */
  async beginBinding(visitor: Visitor): Promise<Leave> {
    await this.refuseBinding(visitor);
    return this.leave(binderOf(visitor), null);
  }

  /** Back from the provider: in, or asked for the account's own code, as after a password. */
  async enter(
    answer: ProviderAnswer,
    entrance: Omit<Entrance, 'keep'>,
  ): Promise<FirstStep & { next: string | null }> {
    const { flow, claims, identityIndex, counted } = await this.vouched(answer, null);
    const account = await this.accountOf(identityIndex);
    if (!account) return this.refuse(null, identityIndex, new IdentityUnknown());
    const factor = await this.asked.factor(account.id);
    const welcome = welcomeOf({
      isDisabled: account.isDisabled,
      mayUse: await this.mayUse(account),
      hasFactor: factor?.confirmedAt != null,
      wasAskedThere: countsAsSecondFactor(claims),
    });
    if (welcome === 'disabled') return this.refuse(account.id, identityIndex, new AccountDisabled());
    if (welcome === 'not-staff') return this.refuse(account.id, identityIndex, new IdentityForStaff());
    const within = async (tx: Tx): Promise<void> => {
      await this.store.hold(tx, account.id, identityIndex);
      await this.throttle.giveBack(tx, counted);
    };
    if (welcome === 'code')
      return { done: false, step: await this.entering.takeStep(account.id, false, within), next: flow.next };
    const how = { words: '用单位账号登录', proofAgeMs: proofAgeMs(claims) };
    const signedIn = await this.opener.open(account, { ...entrance, keep: false }, within, how);
    return { done: true, signedIn, next: flow.next };
  }

  /**
   * Back from the provider to bind: what was found waits for the person's word. Nothing is bound by coming back, and
   * nobody is found who did not sign in there on this very way: the browser may be another's there.
   */
  async find(answer: ProviderAnswer, visitor: Visitor): Promise<string> {
    const binder = binderOf(visitor);
    const { flow, claims, identityIndex, counted } = await this.vouched(answer, binder);
    if (!signedInOnTheWay(claims, this.clock.now().getTime() - flow.begunAtMs))
      return this.refuse(binder.accountId, identityIndex, new IdentityRefused());
    await this.throttle.forgive(counted);
    return this.flows.keepFound({ ...binder, identityIndex });
  }

  /** From now on the identity signs in to the account; the account's other sessions are over. */
  async bind(caller: Caller, visitor: Visitor, sealed: string): Promise<void> {
    await this.refuseBinding(visitor);
    const binder = binderOf(visitor);
    const found = this.flows.found(sealed, binder);
    if (!found) throw new IdentityStepGone();
    const { accountId, identityIndex } = found;
    const body = { accountId, identityIndex };
    await this.commands.run(caller, { act: 'bindIdentity', body }, async (tx, trail) => {
      const createdAt = this.clock.now();
      await this.store.bind(tx, { accountId, identityIndex, createdAt });
      await this.sessions.hold(tx, binder.sessionId);
      await this.sessions.endOthers(tx, accountId, binder.sessionId, createdAt);
      trail.on('account', accountId, { words: '连上单位账号' });
      return null;
    });
  }

  /** By the person or by an administrator: whoever came in by it is out, but for the session that asks. */
  async unbind(caller: Caller, accountId: string, ownSessionId: string | null): Promise<void> {
    await this.commands.run(caller, { act: 'unbindIdentity', body: { accountId } }, async (tx, trail) => {
      const at = this.clock.now();
      await this.store.unbind(tx, accountId);
      if (ownSessionId === null) await this.sessions.endAll(tx, accountId, at);
      else await this.sessions.endOthers(tx, accountId, ownSessionId, at);
      trail.on('account', accountId, { words: '断开单位账号' });
      return null;
    });
  }

  /** Whether this browser went to the provider to bind an identity, and not to sign in. */
  isBinding(sealed: string): boolean {
    return this.flows.underWay(sealed)?.binder != null;
  }

  /** Whether the provider vouched for somebody in this very session, whose word is waited for. */
  wasFound(visitor: Visitor, sealed: string): boolean {
    return this.flows.found(sealed, binderOf(visitor)) !== null;
  }

  /** Of one's own account. */
  async stateOf(accountId: string): Promise<{ boundAt: Date | null; mayBind: boolean }> {
    const account = this.config.oidc === null ? null : await this.accounts.account(accountId);
    const mayBind = account !== null && (await this.mayUse(account));
    return { boundAt: await this.queries.boundAt(accountId), mayBind };
  }

  private async leave(binder: Binder | null, next: string | null): Promise<Leave> {
    const { flow, sealed } = this.flows.begin(binder, next);
    return { address: await this.provider.address(flow, binder !== null), sealed };
  }

  /** Why this person binds none now: a provider, a part in a federation, and their own code where it is required. */
  private async refuseBinding({ actor, mustEnrol }: Pick<Visitor, 'actor' | 'mustEnrol'>): Promise<void> {
    if (this.config.oidc === null) throw new NoIdentityProvider();
    const account = await this.accounts.account(actor.accountId ?? '');
    if (!account || !(await this.mayUse(account))) throw new IdentityForStaff();
    if (mustEnrol) throw new FactorMissing();
  }

  /** Whether the owner of the account may bind an identity: the staff of a federation and administrators. */
  private async mayUse({ id, isAdmin }: Pick<KnownAccount, 'id' | 'isAdmin'>): Promise<boolean> {
    const at = this.clock.now();
    const places = isAdmin ? [] : await this.queries.placesOf(id);
    const parts = places.map(async ({ societyId, societyKind, personId }) => ({
      societyKind,
      roles: societyKind === 'FEDERATION' ? await this.roles.rolesOf(personId, societyId, at) : [],
    }));
    return mayUseIdentity(isAdmin, await Promise.all(parts));
  }

  /**
   * The browser's own flow first: who has none asks the provider nothing. Then the network is counted, then the provider
   * is asked.
   */
  private async vouched({ sealed, query, address }: ProviderAnswer, binder: Binder | null): Promise<Vouched> {
    const flow = this.flows.flowOf(sealed, query.get('state'));
    const isTheirs =
      flow.binder?.accountId === binder?.accountId && flow.binder?.sessionId === binder?.sessionId;
    if (!isTheirs) throw new IdentityStepGone();
    const counted = await this.throttle.take({ subject: null, knownDevice: null, address });
    try {
      const claims = await this.provider.claims(query, flow);
      const identity = JSON.stringify([claims.issuer, claims.subject]);
      return { flow, claims, counted, identityIndex: this.sealing.blindIndex('access/identity', identity) };
    } catch (error) {
      // Nothing was guessed at where nobody answered.
      if (error instanceof ProviderDown) await this.throttle.forgive(counted);
      // A stranger with a made-up code leaves a line in the log, and no row for each.
      if (binder && error instanceof IdentityRefused) await this.note(binder.accountId, '-', error);
      throw error;
    }
  }

  private async accountOf(identityIndex: string): Promise<KnownAccount | null> {
    const accountId = await this.queries.accountOf(identityIndex);
    return accountId === null ? null : this.accounts.account(accountId);
  }

  private async refuse(
    accountId: string | null,
    identityIndex: string,
    refusal: DomainError,
  ): Promise<never> {
    await this.note(accountId, identityIndex, refusal);
    throw refusal;
  }

  private async note(accountId: string | null, subject: string, { code }: DomainError): Promise<void> {
    const actor: Actor = { accountId, personId: null, societyId: null, roles: ['anonymous'], origin: 'web' };
    await this.commands.recordRefusal(actor, 'signInByIdentity', subject, code);
  }
}

function binderOf({ actor, sessionId }: Visitor): Binder {
  if (actor.accountId === null) throw new SessionNotFound();
  return { accountId: actor.accountId, sessionId };
}
