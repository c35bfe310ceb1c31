import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesQueries } from '../societies/index.js';
import { AccessQueries } from './access.queries.js';
import type { KnownAccount } from './access.queries.js';
import { NotOfThisSociety } from './domain/access.errors.js';
import { deviceWords } from './domain/device-words.js';
import { maskedAddress } from './domain/network.js';
import { RoleSources } from './role-sources.js';
import { isToken, tokenHash } from './secrets.js';
import { SessionsQueries } from './sessions.queries.js';
import { SessionsStore } from './sessions.store.js';

export type Origin = 'web' | 'api';

/** Whence somebody comes in, whatever they prove themselves by. */
export type Entrance = {
  readonly origin: Origin;
  /** “This phone is my own.” */
  readonly keep: boolean;
  /** The secret of a device that signed in before, as its cookie gives it. */
  readonly device: string | null;
  /** For programs, which say at once where they act. */
  readonly societyId: string | null;
  /** Of the network; where it is unknown, the account alone is counted. */
  readonly address?: string | null;
  readonly userAgent?: string | null;
};

export type SignedIn = {
  readonly token: string;
  readonly accountId: string;
  readonly isAdmin: boolean;
  /** Null when there are several to choose from, or none. */
  readonly societyId: string | null;
  /** What the account is outside any society. */
  readonly roles: readonly Role[];
  /** “This phone is my own”, as it was said at the first step. */
  readonly kept: boolean;
  /** For the device's cookie, which is given anew each time; null for a program. */
  readonly device: string | null;
};

/** By what somebody came in: for the trail, and how old what they showed is. */
type How = { readonly words: string; readonly proofAgeMs: number };
const SHOWN_NOW: How = { words: '登录', proofAgeMs: 0 };

const DEVICE_KNOWN_MS = 365 * 24 * 3_600_000;

/** Opens a session for somebody who has proved who they are. */
@Injectable()
export class SessionOpener {
  constructor(
    private readonly commands: Commands,
    private readonly sessions: SessionsStore,
    private readonly queries: AccessQueries,
    private readonly asked: SessionsQueries,
    private readonly societies: SocietiesQueries,
    private readonly roles: RoleSources,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The device, if it signed in to this very account within a year. Asked of unknown accounts too, for equal time. */
  async knownDevice(accountId: string | null, device: string | null): Promise<string | null> {
    if (!isToken(device)) return null;
    const since = new Date(this.clock.now().getTime() - DEVICE_KNOWN_MS);
    return (await this.asked.isKnownDevice(accountId ?? '-', tokenHash(device), since)) ? device : null;
  }

  /** `within` does in the same unit what lets the person in: a code is spent, a count taken back. */
  async open(
    account: KnownAccount,
    entrance: Entrance,
    within: (tx: Tx) => Promise<void>,
    { words, proofAgeMs }: How = SHOWN_NOW,
  ): Promise<SignedIn> {
    const { id: accountId, isAdmin } = account;
    const { origin, keep } = entrance;
    const societyId = await this.firstSociety(account, entrance.societyId);
    const token = this.ids.token();
    const device = origin === 'api' ? null : await this.deviceOf(entrance.device);
    const deviceHash = device === null ? null : tokenHash(device);
    const actor: Actor = { accountId, personId: null, societyId, roles: ['signed-in'], origin };
    const command = { act: 'signIn', body: { accountId, origin } };
    await this.commands.run({ actor, key: this.ids.next() }, command, async (tx, trail) => {
      const startedAt = this.clock.now();
      await within(tx);
      const sessionId = await this.sessions.insertSession(tx, {
        ...{ tokenHash: tokenHash(token), accountId, societyId, origin, kept: keep },
        provedAt: new Date(startedAt.getTime() - proofAgeMs),
        ...{ startedAt, deviceHash, place: maskedAddress(entrance.address ?? null) },
        deviceWords: origin === 'api' ? null : deviceWords(entrance.userAgent ?? null),
      });
      if (deviceHash !== null) await this.sessions.seeDevice(tx, accountId, deviceHash, startedAt);
      trail.on('session', sessionId, { words });
      return null;
    });
    const roles = isAdmin ? [] : await this.roles.rolesOfAccount(accountId);
    return { token, accountId, isAdmin, societyId, roles, kept: keep, device };
  }

  /** The account acts there, or is an administrator's and the society exists. */
  async refuseStranger(accountId: string, isAdmin: boolean, societyId: string): Promise<void> {
    if (isAdmin) await this.societies.society(societyId);
    else {
      const own = await this.queries.societiesOf(accountId);
      if (!own.some(({ id }) => id === societyId)) throw new NotOfThisSociety();
    }
  }

  /** One secret a browser, known to each account that signed in there; none that was not made here is taken. */
  private async deviceOf(given: string | null): Promise<string> {
    const isOurs = isToken(given) && (await this.asked.isDevice(tokenHash(given)));
    return isOurs ? given : this.ids.token();
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
}
