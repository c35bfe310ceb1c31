import { Injectable } from '@nestjs/common';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Tries } from './domain/sign-in-delay.js';

/** One line of the list of devices: enough to know one's own again. */
export type ListedSession = {
  readonly id: string;
  readonly origin: string;
  readonly kept: boolean;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly deviceWords: string | null;
  readonly place: string | null;
};

export type FactorState = {
  /** Null while it waits for its first code. */
  readonly confirmedAt: Date | null;
  readonly codesLeft: number;
};

/** Somebody between password and code. */
export type OpenStep = { readonly accountId: string; readonly kept: boolean };

/** A row that signing in left behind. */
export type LeftBehind = { readonly kind: 'tries' | 'step' | 'code'; readonly id: string };

type RawListed = Omit<ListedSession, 'kept' | 'startedAt' | 'seenAt'> & {
  kept: number | string;
  startedAt: Date | string;
  seenAt: Date | string;
};
type RawTries = { tries: number | string; lastAt: Date | string; blockedUntil: Date | string };

const MOST_ROWS = 100;
const flag = (value: number | string) => Number(value) === 1;

/** What is asked while somebody signs in, and of the sessions they have. */
@Injectable()
export class SessionsQueries {
  constructor(private readonly reads: Reads) {}

  async tries(subject: string): Promise<Tries | null> {
    const row = await this.reads.one<RawTries>`
      SELECT tries AS "tries", last_at AS "lastAt", blocked_until AS "blockedUntil"
      FROM sign_in_failures WHERE subject = ${subject}`;
    if (!row) return null;
    const { tries, lastAt, blockedUntil } = row;
    return { tries: Number(tries), lastAt: instantOf(lastAt), blockedUntil: instantOf(blockedUntil) };
  }

  async isKnownDevice(accountId: string, tokenHash: string, since: Date): Promise<boolean> {
    const row = await this.reads.one<object>`
      SELECT id FROM known_devices
      WHERE token_hash = ${tokenHash} AND account_id = ${accountId} AND seen_at > ${since}`;
    return row !== null;
  }

  /** Whether this secret of a device was made here, for whichever account. */
  async isDevice(tokenHash: string): Promise<boolean> {
    const row = await this.reads.one<object>`
      SELECT id FROM known_devices WHERE token_hash = ${tokenHash} LIMIT 1`;
    return row !== null;
  }

  /** Not ended, the last used first. Whether one is still alive is a rule. */
  async sessionsOf(accountId: string): Promise<ListedSession[]> {
    const rows = await this.reads.all<RawListed>`
      SELECT id AS "id", origin AS "origin", kept AS "kept", started_at AS "startedAt", seen_at AS "seenAt",
             device_words AS "deviceWords", place AS "place"
      FROM sessions WHERE account_id = ${accountId} AND ended_at IS NULL
      ORDER BY seen_at DESC, id DESC LIMIT ${MOST_ROWS}`;
    return rows.map(({ kept, startedAt, seenAt, ...rest }) => ({
      ...rest,
      kept: flag(kept),
      startedAt: instantOf(startedAt),
      seenAt: instantOf(seenAt),
    }));
  }

  /** Null when nobody has begun to set it up. */
  async factor(accountId: string): Promise<FactorState | null> {
    const row = await this.reads.one<{ confirmedAt: Date | string | null; codesLeft: number | string }>`
      SELECT f.confirmed_at AS "confirmedAt",
             (SELECT COUNT(*) FROM recovery_codes c
              WHERE c.account_id = f.account_id AND c.spent_at IS NULL) AS "codesLeft"
      FROM second_factors f WHERE f.account_id = ${accountId}`;
    if (!row) return null;
    return { confirmedAt: optionalInstantOf(row.confirmedAt), codesLeft: Number(row.codesLeft) };
  }

  /** The secret that waits for its first code, if it was made since: it is shown until then, and never after. */
  async waitingSecret(accountId: string, since: Date): Promise<string | null> {
    const row = await this.reads.one<{ sealed: string }>`
      SELECT secret_sealed AS "sealed" FROM second_factors
      WHERE account_id = ${accountId} AND confirmed_at IS NULL AND created_at > ${since}`;
    return row?.sealed ?? null;
  }

  async openStep(tokenHash: string, now: Date): Promise<OpenStep | null> {
    const row = await this.reads.one<{ accountId: string; kept: number | string }>`
      SELECT account_id AS "accountId", kept AS "kept" FROM sign_in_steps
      WHERE token_hash = ${tokenHash} AND spent_at IS NULL AND expires_at > ${now}`;
    return row && { accountId: row.accountId, kept: flag(row.kept) };
  }

  /** Some of each, the oldest keys first. */
  async leftBehind(before: Date): Promise<LeftBehind[]> {
    const tries = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM sign_in_failures
      WHERE last_at < ${before} AND blocked_until < ${before} ORDER BY id LIMIT ${MOST_ROWS}`;
    const steps = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM sign_in_steps WHERE expires_at < ${before} ORDER BY id LIMIT ${MOST_ROWS}`;
    const codes = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM sign_in_codes WHERE expires_at < ${before} ORDER BY id LIMIT ${MOST_ROWS}`;
    const of = (kind: LeftBehind['kind'], rows: { id: string }[]) => rows.map(({ id }) => ({ kind, id }));
    return [...of('tries', tries), ...of('step', steps), ...of('code', codes)];
  }
}
