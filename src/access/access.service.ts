import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { PeopleQueries, PhonesStore } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { AccessQueries } from './access.queries.js';
import { AccessStore } from './access.store.js';
import type { Credentials } from './access.store.js';
import {
  AccountNotFound,
  AccountNotYours,
  AccountWithoutOwner,
  LinkSpent,
  LoginWrong,
  PasswordTooWeak,
} from './domain/access.errors.js';
import { passwordFault, readLogin } from './domain/credentials.js';
import { IdentitiesStore } from './identities.store.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { Passwords, tokenHash } from './secrets.js';
import { SessionsStore } from './sessions.store.js';

export const LINK_HOURS = 72;
const HOUR_MS = 3_600_000;

/** A person of a society, or an administrator. With a password at once (command line, demo), or by a link to set one. */
export type NewAccount = {
  readonly societyId?: string | null;
  readonly personId?: string | null;
  readonly admin?: boolean;
  readonly login?: string | null;
  readonly password?: string | null;
};

/** The path of the link, `/link/…`. Null when this answer is a repeated one: the secret was shown once, and is not kept. */
export type Opened = { readonly accountId: string; readonly link: string | null };

/** Who acts when nobody can have signed in yet. */
const HOUSE: Actor = {
  accountId: null,
  personId: null,
  societyId: null,
  roles: ['system-admin'],
  origin: 'cli',
};

/** Accounts: opened, linked, given a new password, disabled. */
@Injectable()
export class AccessService {
  constructor(
    private readonly commands: Commands,
    private readonly access: AccessStore,
    private readonly sessions: SessionsStore,
    private readonly queries: AccessQueries,
    private readonly people: PeopleQueries,
    private readonly register: PhonesStore,
    private readonly phones: PhoneSignIn,
    private readonly identities: IdentitiesStore,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Opens an account. Without a password it waits for its one-time link, where the person sets login and password. */
  async openAccount(caller: Caller, account: NewAccount): Promise<Opened> {
    const { societyId = null, personId = null, admin = false } = account;
    if (admin ? societyId !== null || personId !== null : societyId === null || personId === null)
      throw new AccountWithoutOwner();
    if (societyId !== null && personId !== null) await this.people.person(societyId, personId);
    const credentials = await this.credentialsOf(account.login ?? null, account.password ?? null);
    const body = { societyId, personId, admin, login: credentials?.login ?? null };
    let link: string | null = null;
    const accountId = await this.commands.run(caller, { act: 'openAccount', body }, async (tx, trail) => {
      const at = this.clock.now();
      const id = await this.access.insertAccount(tx, admin, credentials, at);
      if (societyId !== null && personId !== null) await this.joinRegister(tx, id, societyId, personId, at);
      if (!credentials) link = await this.newLink(tx, id, at);
      trail.on('account', id, { words: admin ? '开管理员账号' : '开账号' });
      return id;
    });
    return { accountId, link };
  }

  /** One person, two societies, one account: lets a login that exists act in another society too. */
  async joinAccount(
    caller: Caller,
    { login, societyId, personId }: { login: string; societyId: string; personId: string },
  ): Promise<{ accountId: string }> {
    await this.people.person(societyId, personId);
    const body = { login, societyId, personId };
    return this.commands.run(caller, { act: 'joinAccount', body }, async (tx, trail) => {
      const accountId = await this.accountOfLogin(tx, login);
      if (accountId === null) throw new AccountNotFound();
      const at = this.clock.now();
      await this.access.joinPerson(tx, accountId, societyId, personId, at);
      await this.sessions.endAll(tx, accountId, at);
      trail.on('account', accountId, { words: '账号加入另一个互助社' });
      return { accountId };
    });
  }

  /**
   * A new link for whoever forgot the password; every older one of the account is spent. A disabled account is usable
   * again, by this link only: its old password is no more, nor are its phone and its identity.
   */
  async issueLink(caller: Caller, accountId: string): Promise<Opened> {
    const nobodys = await this.passwords.hash(this.ids.token());
    let link: string | null = null;
    await this.commands.run(caller, { act: 'issueLink', body: { accountId } }, async (tx, trail) => {
      if (await this.access.reopen(tx, accountId, nobodys)) await this.shutWays(tx, accountId);
      await this.access.getUsable(tx, accountId);
      link = await this.newLink(tx, accountId, this.clock.now());
      trail.on('account', accountId, { words: '发登录链接' });
      return null;
    });
    return { accountId, link };
  }

  /**
   * Sets login and password by a link, once, and signs the account out wherever it was signed in. Its identity goes too:
   * whoever knew the password from before may have bound one.
   */
  async useLink(caller: Caller, token: string, typed: { login: string; password: string }): Promise<void> {
    const hash = tokenHash(token);
    const credentials = await this.credentialsOf(typed.login, typed.password);
    if (!credentials) throw new LoginWrong();
    const body = { link: hash, login: credentials.login };
    await this.commands.run(caller, { act: 'useLink', body }, async (tx, trail) => {
      const at = this.clock.now();
      const accountId = await this.access.spendLink(tx, hash, at);
      const { login } = await this.access.getUsable(tx, accountId);
      if (login !== null && login !== credentials.login) throw new LinkSpent();
      await this.access.setCredentials(tx, accountId, credentials);
      await this.identities.shut(tx, accountId);
      await this.sessions.endAll(tx, accountId, at);
      trail.on('account', accountId, { words: '设置密码' });
      return null;
    });
  }

  /** From the next request on the account is nobody (quality.md G11). */
  async disable(caller: Caller, accountId: string): Promise<void> {
    await this.commands.run(caller, { act: 'disableAccount', body: { accountId } }, async (tx, trail) => {
      const at = this.clock.now();
      const { isAdmin } = await this.access.getUsable(tx, accountId);
      if (isAdmin) await this.access.keepAnotherAdmin(tx, accountId);
      await this.access.disable(tx, accountId, at);
      await this.shutWays(tx, accountId);
      await this.sessions.endAll(tx, accountId, at);
      trail.on('account', accountId, { words: '停用账号' });
      return null;
    });
  }

  /** A step of the unit that gives or takes an office: the person signs in again, wherever they were (quality.md T15). */
  async signOutPerson(tx: Tx, societyId: string, personId: string): Promise<void> {
    await this.sessions.endAllOfPerson(tx, societyId, personId, this.clock.now());
  }

  /**
   * A step of another context's unit: an account of nobody's register, such as a donor's, and its one-time link. The
   * link is no part of any answer that is kept.
   */
  async openWithLink(tx: Tx): Promise<{ accountId: string; link: string }> {
    const at = this.clock.now();
    const accountId = await this.access.insertAccount(tx, false, null, at);
    return { accountId, link: await this.newLink(tx, accountId, at) };
  }

  /**
   * A step of the unit that erases whom such an account showed gifts to: it is closed, with its login, phone and sessions.
   * One that acts in a society, or runs the house, stays. Whether it was closed.
   */
  async closeBare(tx: Tx, accountId: string): Promise<boolean> {
    const at = this.clock.now();
    if (!(await this.access.closeBare(tx, accountId, at))) return false;
    await this.shutWays(tx, accountId);
    await this.sessions.endAll(tx, accountId, at);
    return true;
  }

  /** Another link for such an account. One that acts in a society too belongs to the administrator's care. */
  async linkAgain(tx: Tx, accountId: string): Promise<string> {
    const { isAdmin } = await this.access.getUsable(tx, accountId);
    if (isAdmin || (await this.access.takesPersons(tx, accountId))) throw new AccountNotYours();
    return this.newLink(tx, accountId, this.clock.now());
  }

  /** For whoever makes an account show more than before: links from before are out of use. */
  async spendLinks(tx: Tx, accountId: string): Promise<void> {
    await this.access.spendLinks(tx, accountId, this.clock.now());
  }

  /** The usable account of a login, and no administrator's; null for all others alike. */
  async accountOfLogin(tx: Tx, login: string): Promise<string | null> {
    const account = await this.access.findByLogin(tx, readLogin(login) ?? '');
    return !account || account.disabledAt || account.isAdmin ? null : account.id;
  }

  /** For the command line of whoever runs the machine: another administrator, who sets their own password. */
  async createAdminLink(caller: Caller): Promise<string> {
    const { link } = await this.openAccount(caller, { admin: true });
    if (link === null) throw new LinkSpent();
    return link;
  }

  /** Printed when the program starts and nobody can sign in yet; null as soon as an administrator is there. */
  async firstAdminLink(): Promise<string | null> {
    if (await this.queries.hasAdmin()) return null;
    const caller = { actor: HOUSE, key: this.ids.next() };
    const waiting = await this.queries.waitingAdmin();
    const { link } = await (waiting === null
      ? this.openAccount(caller, { admin: true })
      : this.issueLink(caller, waiting));
    return link;
  }

  /** What opens an account beside its password: gone when it is disabled, and not back with it. */
  private async shutWays(tx: Tx, accountId: string): Promise<void> {
    await this.phones.shut(tx, accountId);
    await this.identities.shut(tx, accountId);
  }

  /** The number that the register has of the person signs in too, from the day that the account is opened. */
  private async joinRegister(
    tx: Tx,
    accountId: string,
    societyId: string,
    personId: string,
    at: Date,
  ): Promise<void> {
    await this.access.joinPerson(tx, accountId, societyId, personId, at);
    await this.phones.bindIfFree(tx, accountId, await this.register.own(tx, societyId, personId));
  }

  private async newLink(tx: Tx, accountId: string, at: Date): Promise<string> {
    const token = this.ids.token();
    const expiresAt = new Date(at.getTime() + LINK_HOURS * HOUR_MS);
    await this.access.insertLink(tx, { tokenHash: tokenHash(token), accountId, createdAt: at, expiresAt });
    return `/link/${token}`;
  }

  /** Slow, and so before the unit of work. */
  private async credentialsOf(
    typedLogin: string | null,
    password: string | null,
  ): Promise<Credentials | null> {
    if (typedLogin === null && password === null) return null;
    const login = readLogin(typedLogin ?? '');
    if (login === null) throw new LoginWrong();
    const fault = passwordFault(password ?? '', login);
    if (fault !== null) throw new PasswordTooWeak(fault);
    return { login, passwordHash: await this.passwords.hash(password ?? '') };
  }
}
