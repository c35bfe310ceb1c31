import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { readMobile } from '../kernel/chinese/phone.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { Config } from '../platform/config.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { MessageDriver } from '../platform/messages/index.js';
import { UnderWay } from '../platform/under-way.js';
import { AccessQueries } from './access.queries.js';
import {
  AccountDisabled,
  OnlyWayIn,
  PhoneNotBound,
  PhoneWrong,
  TextedCodeGone,
  TextsNotCarried,
  TooManyTexts,
  WrongTextedCode,
} from './domain/access.errors.js';
import { OF_BINDINGS, OF_TEXTS } from './domain/sign-in-delay.js';
import type { CodePurpose } from './phone.entity.js';
import { PhonesQueries } from './phones.queries.js';
import type { OpenCode } from './phones.queries.js';
import { AccountPhonesStore } from './phones.store.js';
import { isToken, tokenHash } from './secrets.js';
import { SessionOpener } from './session-opener.js';
import type { Entrance, SignedIn } from './session-opener.js';
import type { Visitor } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';
import { carriesTexts } from './texts.js';
import { Throttle } from './throttle.service.js';
import type { Counted } from './throttle.service.js';

/** How long a texted code is good. The text says so too. */
export const CODE_MINUTES = 5;

type Asked = {
  readonly purpose: CodePurpose;
  readonly phone: string;
  /** Null: nobody is to be told a code, and the answer is the same. */
  readonly accountId: string | null;
  readonly keep: boolean;
  readonly knownDevice: string | null;
  readonly address: string | null;
};

/**
 * Signing in with a code texted to one's phone, for the officers of villages. Whether a number belongs to an account can
 * be told from nothing: answer, time and limits are the same.
 */
@Injectable()
export class PhoneSignIn implements OnApplicationShutdown {
  private readonly logger = new Logger(PhoneSignIn.name);
  private readonly underWay = new UnderWay();

  constructor(
    private readonly transactions: Transactions,
    private readonly commands: Commands,
    private readonly opener: SessionOpener,
    private readonly accounts: AccessQueries,
    private readonly queries: PhonesQueries,
    private readonly store: AccountPhonesStore,
    private readonly sessions: SessionsStore,
    private readonly throttle: Throttle,
    private readonly sealing: Sealing,
    private readonly driver: MessageDriver,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Texts a code to the phone, if it belongs to an account. Answers with the secret that the code goes with. */
  async ask(typed: string, entrance: Pick<Entrance, 'keep' | 'device' | 'address'>): Promise<string> {
    this.refuseWithoutTexts();
    const phone = phoneIn(typed);
    const accountId = await this.queries.accountOfPhone(this.indexOf(phone));
    const knownDevice = await this.opener.knownDevice(accountId, entrance.device);
    const { keep, address = null } = entrance;
    return this.text({ purpose: 'SIGN_IN', phone, accountId, keep, knownDevice, address });
  }

  /** The number may have been taken away, or become another's, since the code was texted to it. */
  async enter(challenge: string, typed: string, entrance: Omit<Entrance, 'keep'>): Promise<SignedIn> {
    const { code, counted } = await this.look(challenge, typed, 'SIGN_IN', entrance);
    const account = code.accountId === null ? null : await this.accounts.account(code.accountId);
    if (!account) throw new WrongTextedCode();
    if (account.isDisabled) throw new AccountDisabled();
    if ((await this.queries.accountOfPhone(code.phoneIndex)) !== account.id) throw new WrongTextedCode();
    return this.opener.open(account, { ...entrance, keep: code.kept }, (tx) => this.spend(tx, code, counted));
  }

  /** Texts a code to whoever is signed in, to prove it again. */
  async askProof(accountId: string): Promise<string> {
    const bound = await this.queries.phoneOf(accountId);
    if (!bound) throw new PhoneNotBound();
    const phone = this.sealing.open(bound.sealed, placeOf(accountId));
    return this.text({ purpose: 'PROOF', phone, accountId, keep: false, knownDevice: null, address: null });
  }

  /** Looks at the code of a proof; what comes back spends it in the unit of the proof. */
  async lookAtProof(accountId: string, challenge: string, typed: string): Promise<(tx: Tx) => Promise<void>> {
    const { code, counted } = await this.look(challenge, typed, 'PROOF', { device: null });
    if (code.accountId !== accountId) throw new WrongTextedCode();
    return (tx) => this.spend(tx, code, counted);
  }

  /** Texts a code to a phone that is to be bound: it shows that the person holds it. */
  async askBinding(accountId: string, typed: string, address: string | null): Promise<string> {
    this.refuseWithoutTexts();
    const phone = phoneIn(typed);
    return this.text({ purpose: 'PHONE', phone, accountId, keep: false, knownDevice: null, address });
  }

  /** The phone signs in to the account from now on, in the place of the one from before; other sessions are over. */
  async bind(
    caller: Caller,
    { sessionId }: Pick<Visitor, 'sessionId'>,
    challenge: string,
    typed: string,
  ): Promise<void> {
    const accountId = caller.actor.accountId ?? '';
    const { code, counted } = await this.look(challenge, typed, 'PHONE', { device: null });
    if (code.accountId !== accountId || code.phoneSealed === null) throw new WrongTextedCode();
    const phone = this.sealing.open(code.phoneSealed, placeOf(accountId));
    await this.commands.run(caller, { act: 'bindPhone', body: { codeId: code.id } }, async (tx, trail) => {
      await this.spend(tx, code, counted);
      const at = this.clock.now();
      await this.store.endCodes(tx, accountId, at);
      await this.bindIn(tx, accountId, phone);
      await this.sessions.endOthers(tx, accountId, sessionId, at);
      trail.on('account', accountId, { words: '换登录用的手机号' });
      return null;
    });
  }

  /** A step of the unit that opens an account: the number of the register, unless another account has it. */
  async bindIfFree(tx: Tx, accountId: string, phone: string | null): Promise<void> {
    if (phone === null || !readMobile(phone).ok) return;
    if (await this.store.isTaken(tx, this.indexOf(phone))) return;
    await this.bindIn(tx, accountId, phone);
  }

  /** A step of the unit that disables an account or opens it again: its phone opens it no more. */
  async shut(tx: Tx, accountId: string): Promise<void> {
    await this.store.shut(tx, accountId, this.clock.now());
  }

  /**
   * By the person, who must have a password left, or by the administrator: a number that was given up is another's soon,
   * and whoever came in by it is out.
   */
  async unbind(caller: Caller, accountId: string): Promise<void> {
    const isOwn = caller.actor.accountId === accountId;
    if (isOwn && (await this.accounts.account(accountId))?.login === null) throw new OnlyWayIn();
    await this.commands.run(caller, { act: 'unbindPhone', body: { accountId } }, async (tx, trail) => {
      const at = this.clock.now();
      await this.store.endCodes(tx, accountId, at);
      await this.store.unbind(tx, accountId);
      if (!isOwn) await this.sessions.endAll(tx, accountId, at);
      trail.on('account', accountId, { words: '取消手机号登录' });
      return null;
    });
  }

  /** Until every text that was begun is handed to the operator: for the end of the program, and for tests. */
  async settled(): Promise<void> {
    await this.underWay.settled();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.underWay.end();
  }

  private async bindIn(tx: Tx, accountId: string, phone: string): Promise<void> {
    await this.store.bind(tx, {
      ...{ accountId, phoneIndex: this.indexOf(phone), phoneTail: phone.slice(-4) },
      phoneSealed: this.sealing.seal(phone, placeOf(accountId)),
      createdAt: this.clock.now(),
    });
  }

  /** Counts the text, keeps the code, and hands it to the operator when the row is there; nobody waits for that. */
  private async text({ purpose, phone, accountId, keep, knownDevice, address }: Asked): Promise<string> {
    const phoneIndex = this.indexOf(phone);
    const { texts: subject } = countsOf(purpose, accountId, phoneIndex);
    await this.throttle.take({ subject, knownDevice, address, rule: OF_TEXTS, refusal: TooManyTexts });
    if (purpose === 'PHONE') await this.countBinding(accountId ?? '');
    const challenge = this.ids.token();
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const createdAt = this.clock.now();
    const phoneSealed =
      purpose === 'PHONE' && accountId !== null ? this.sealing.seal(phone, placeOf(accountId)) : null;
    await this.transactions.run((tx) =>
      this.store.insertCode(tx, {
        ...{ purpose, accountId, phoneIndex, phoneSealed, kept: keep, createdAt },
        ...{ tokenHash: tokenHash(challenge), codeHash: this.hashOf(challenge, code) },
        expiresAt: new Date(createdAt.getTime() + CODE_MINUTES * 60_000),
      }),
    );
    if (accountId !== null) this.send(phone, code);
    return challenge;
  }

  /** Beside the wait between two texts: the numbers that one account types in a day. */
  private async countBinding(accountId: string): Promise<void> {
    const subject = `binding/${accountId}`;
    const whose = { subject, knownDevice: null, address: null };
    await this.throttle.take({ ...whose, rule: OF_BINDINGS, refusal: TooManyTexts });
  }

  private refuseWithoutTexts(): void {
    if (!carriesTexts(this.config)) throw new TextsNotCarried();
  }

  /** Not waited for: how long an operator takes would tell that the number belongs to somebody. */
  private send(phone: string, code: string): void {
    void this.underWay.run(async () => {
      try {
        const sent = await this.driver.sendCode(phone, code);
        if (sent.outcome !== 'taken') this.logger.warn(`A code was not taken: ${sent.words}`);
      } catch (error) {
        this.logger.error('A code could not be sent', error instanceof Error ? error.name : '');
      }
    });
  }

  /** Counts the try, in a unit of its own that stays whatever comes of it, then compares. */
  private async look(
    challenge: string,
    typed: string,
    purpose: CodePurpose,
    { device, address = null }: Pick<Entrance, 'device' | 'address'>,
  ): Promise<{ code: OpenCode; counted: Counted[] }> {
    const now = this.clock.now();
    const code = isToken(challenge) ? await this.queries.openCode(tokenHash(challenge), purpose, now) : null;
    if (!code) throw new TextedCodeGone();
    const knownDevice = await this.opener.knownDevice(code.accountId, device);
    const { codes: subject } = countsOf(purpose, code.accountId, code.phoneIndex);
    const counted = await this.throttle.take({ subject, knownDevice, address });
    await this.transactions.run((tx) => this.store.countTry(tx, code.id, now));
    const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
    const [given, right] = [Buffer.from(this.hashOf(challenge, digits)), Buffer.from(code.codeHash)];
    if (!timingSafeEqual(given, right) || code.accountId === null) throw new WrongTextedCode();
    return { code, counted };
  }

  private async spend(tx: Tx, code: OpenCode, counted: readonly Counted[]): Promise<void> {
    await this.store.spendCode(tx, code.id, this.clock.now());
    await this.throttle.giveBack(tx, counted);
  }

  private indexOf(phone: string): string {
    return this.sealing.blindIndex('access/phone', phone);
  }

  private hashOf(challenge: string, code: string): string {
    return this.sealing.blindIndex('access/texted-code', `${challenge}/${code}`);
  }
}

function phoneIn(typed: string): string {
  const read = readMobile(typed);
  if (!read.ok) throw new PhoneWrong();
  return read.number;
}

/**
 * Under what texts and typed codes are counted. At the door by the number, which says nothing of accounts; for whoever is
 * signed in by the account, so that a stranger who asks for codes for a number keeps nobody from proving.
 */
function countsOf(
  purpose: CodePurpose,
  accountId: string | null,
  phoneIndex: string,
): { texts: string; codes: string } {
  if (purpose === 'SIGN_IN' || accountId === null)
    return { texts: `text/${phoneIndex}`, codes: `texted/${phoneIndex}` };
  const kind = purpose === 'PROOF' ? 'proof' : 'binding';
  return { texts: `${kind}-text/${accountId}`, codes: `${kind}-texted/${accountId}` };
}

function placeOf(accountId: string): string {
  return `account_phones/phone/${accountId}`;
}
