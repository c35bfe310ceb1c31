import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { sha256 } from '../platform/crypto/hash.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { AccessQueries } from './access.queries.js';
import type { KnownAccount } from './access.queries.js';
import { AccountDisabled, CodeNeeded, StepGone, WrongCredentials } from './domain/access.errors.js';
import { readLogin } from './domain/credentials.js';
import { SecondFactorService } from './second-factor.service.js';
import { isToken, Passwords, tokenHash } from './secrets.js';
import { SessionOpener } from './session-opener.js';
import type { Entrance, SignedIn } from './session-opener.js';
import { SessionsQueries } from './sessions.queries.js';
import { SessionsStore } from './sessions.store.js';
import { Throttle } from './throttle.service.js';
import type { Counted } from './throttle.service.js';

/** From the password to the code: long enough to find the phone. */
export const STEP_MINUTES = 10;

export type Attempt = Entrance & {
  readonly login: string;
  readonly password: string;
  /** Of the app or the sheet, from a program, which sends all at once. */
  readonly code?: string | null;
};

/** Signed in, or asked for the code with a secret that says who has come so far. */
export type FirstStep =
  { readonly done: true; readonly signedIn: SignedIn } | { readonly done: false; readonly step: string };

type Passed = {
  readonly account: KnownAccount;
  readonly knownDevice: string | null;
  readonly counted: Counted[];
};

/** Signing in with login and password, and with a code where the account has one. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly opener: SessionOpener,
    private readonly sessions: SessionsStore,
    private readonly queries: AccessQueries,
    private readonly asked: SessionsQueries,
    private readonly factors: SecondFactorService,
    private readonly passwords: Passwords,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** For programs: password and code together. */
  async signIn(attempt: Attempt): Promise<SignedIn> {
    const passed = await this.passPassword(attempt);
    if (!(await this.hasFactor(passed.account.id))) return this.enter(passed, attempt);
    if (!attempt.code) {
      await this.giveBack(passed.counted);
      throw new CodeNeeded();
    }
    return this.enterWithCode(passed, attempt, attempt.code, null);
  }

  /** For people: the password first, and the code on a page of its own. */
  async begin(attempt: Attempt): Promise<FirstStep> {
    const passed = await this.passPassword(attempt);
    if (!(await this.hasFactor(passed.account.id)))
      return { done: true, signedIn: await this.enter(passed, attempt) };
    const step = await this.takeStep(passed.account.id, attempt.keep, (tx) =>
      this.throttle.giveBack(tx, passed.counted),
    );
    return { done: false, step };
  }

  /** For whoever has shown as much as a password shows: the secret that the code goes with. `within` is of the same unit. */
  async takeStep(accountId: string, kept: boolean, within: (tx: Tx) => Promise<void>): Promise<string> {
    const step = this.ids.token();
    await this.transactions.run(async (tx) => {
      const createdAt = this.clock.now();
      const expiresAt = new Date(createdAt.getTime() + STEP_MINUTES * 60_000);
      await within(tx);
      await this.sessions.insertStep(tx, {
        tokenHash: tokenHash(step),
        accountId,
        kept,
        createdAt,
        expiresAt,
      });
    });
    return step;
  }

  /** The code after the password. The step is good until it is used or ten minutes have passed. */
  async finish(step: string, code: string, entrance: Omit<Entrance, 'keep'>): Promise<SignedIn> {
    const open = isToken(step) ? await this.asked.openStep(tokenHash(step), this.clock.now()) : null;
    const account = open && (await this.queries.account(open.accountId));
    if (!open || !account) throw new StepGone();
    if (account.isDisabled) throw new AccountDisabled();
    const knownDevice = await this.opener.knownDevice(account.id, entrance.device);
    const passed = { account, knownDevice, counted: [] };
    return this.enterWithCode(passed, { ...entrance, keep: open.kept }, code, step);
  }

  /**
   * Counts the try, then looks at the password. An unknown login takes the same road and the same time as a known one,
   * and is told the same.
   */
  private async passPassword(attempt: Attempt): Promise<Passed> {
    const login = readLogin(attempt.login) ?? '';
    const account = await this.queries.accountByLogin(login);
    const knownDevice = await this.opener.knownDevice(account?.id ?? null, attempt.device);
    const { address = null } = attempt;
    const counted = await this.throttle.take({ subject: `login/${sha256(login)}`, knownDevice, address });
    const fits = await this.passwords.matches(account?.passwordHash ?? null, attempt.password);
    if (!fits || !account) throw new WrongCredentials();
    if (account.isDisabled) throw new AccountDisabled();
    return { account, knownDevice, counted };
  }

  private async enter({ account, counted }: Passed, entrance: Entrance): Promise<SignedIn> {
    return this.opener.open(account, entrance, (tx) => this.throttle.giveBack(tx, counted));
  }

  /** Codes are counted on their own: whoever has the password has a million codes to guess, ten of them an hour. */
  private async enterWithCode(
    { account, knownDevice, counted: before }: Passed,
    entrance: Entrance,
    code: string,
    step: string | null,
  ): Promise<SignedIn> {
    const whose = { subject: `code/${account.id}`, knownDevice, address: entrance.address ?? null };
    const counted = await this.throttle.take(whose);
    return this.opener.open(account, entrance, async (tx) => {
      if (step !== null) await this.sessions.spendStep(tx, tokenHash(step), this.clock.now());
      await this.factors.spend(tx, account.id, code);
      await this.throttle.giveBack(tx, [...before, ...counted]);
    });
  }

  private async giveBack(counted: readonly Counted[]): Promise<void> {
    await this.transactions.run((tx) => this.throttle.giveBack(tx, counted));
  }

  private async hasFactor(accountId: string): Promise<boolean> {
    return (await this.asked.factor(accountId))?.confirmedAt != null;
  }
}
