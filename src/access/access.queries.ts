import { Injectable } from '@nestjs/common';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';

export type KnownAccount = {
  readonly id: string;
  readonly login: string | null;
  readonly passwordHash: string | null;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
};

/** A session that was not ended, with the account that it belongs to. Whether it is still alive is a rule. */
export type OpenSession = {
  readonly id: string;
  readonly accountId: string;
  /** Empty for whoever has no password, and signs in with a texted code. */
  readonly login: string;
  readonly isAdmin: boolean;
  /** Null when none was chosen, or when the account has no part in it any more. */
  readonly societyId: string | null;
  readonly personId: string | null;
  readonly kept: boolean;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly provedAt: Date;
  /** Of the society; null when none was chosen. */
  readonly societyKind: string | null;
  readonly hasFactor: boolean;
};

export type ListedAccount = {
  readonly id: string;
  readonly login: string | null;
  readonly personId: string | null;
  readonly isDisabled: boolean;
  readonly hasFactor: boolean;
  /** The last four digits of the phone that it signs in with. */
  readonly phoneTail: string | null;
  /** Whether an identity of the federation's provider signs in to it. */
  readonly hasIdentity: boolean;
  readonly lastSeenAt: Date | null;
};

export type ChoosableSociety = { readonly id: string; readonly name: string };

type RawSession = Omit<
  OpenSession,
  'isAdmin' | 'kept' | 'startedAt' | 'seenAt' | 'provedAt' | 'hasFactor'
> & {
  isAdmin: number | string;
  kept: number | string;
  startedAt: Date | string;
  seenAt: Date | string;
  provedAt: Date | string;
  factorAt: Date | string | null;
};
type RawAccount = Omit<KnownAccount, 'isAdmin' | 'isDisabled'> & {
  isAdmin: number | string;
  disabledAt: Date | string | null;
};
type RawListed = Omit<ListedAccount, 'isDisabled' | 'hasFactor' | 'hasIdentity' | 'lastSeenAt'> & {
  identityAt: Date | string | null;
  factorAt: Date | string | null;
  disabledAt: Date | string | null;
  lastSeenAt: Date | string | null;
};

const MOST_ROWS = 500;
const flag = (value: number | string) => Number(value) === 1;

@Injectable()
export class AccessQueries {
  constructor(private readonly reads: Reads) {}

  async accountByLogin(login: string): Promise<KnownAccount | null> {
    const row = await this.reads.one<RawAccount>`
      SELECT id AS "id", login AS "login", password_hash AS "passwordHash", is_admin AS "isAdmin",
             disabled_at AS "disabledAt"
      FROM accounts WHERE login = ${login}`;
    return row && accountOf(row);
  }

  /** The account that a link opens, if the link is still good. Reading it spends nothing. */
  async accountOfLink(tokenHash: string, now: Date): Promise<KnownAccount | null> {
    const row = await this.reads.one<RawAccount>`
      SELECT a.id AS "id", a.login AS "login", a.password_hash AS "passwordHash", a.is_admin AS "isAdmin",
             a.disabled_at AS "disabledAt"
      FROM one_time_links l JOIN accounts a ON a.id = l.account_id
      WHERE l.token_hash = ${tokenHash} AND l.spent_at IS NULL AND l.expires_at > ${now} AND a.disabled_at IS NULL`;
    return row && accountOf(row);
  }

  async openSession(tokenHash: string, origin: string): Promise<OpenSession | null> {
    const row = await this.reads.one<RawSession>`
      SELECT s.id AS "id", a.id AS "accountId", COALESCE(a.login, '') AS "login", a.is_admin AS "isAdmin",
             CASE WHEN a.is_admin = 1 OR p.person_id IS NOT NULL THEN s.society_id END AS "societyId",
             p.person_id AS "personId", s.kept AS "kept", s.started_at AS "startedAt", s.seen_at AS "seenAt",
             s.proved_at AS "provedAt", o.kind AS "societyKind", f.confirmed_at AS "factorAt"
      FROM sessions s
      JOIN accounts a ON a.id = s.account_id
      LEFT JOIN organisations o ON o.id = s.society_id
      LEFT JOIN second_factors f ON f.account_id = a.id
      LEFT JOIN account_persons p ON p.account_id = a.id AND p.society_id = s.society_id
      WHERE s.token_hash = ${tokenHash} AND s.origin = ${origin} AND s.ended_at IS NULL AND a.disabled_at IS NULL`;
    if (!row) return null;
    const { isAdmin, kept, startedAt, seenAt, provedAt, factorAt, ...rest } = row;
    return {
      ...rest,
      isAdmin: flag(isAdmin),
      kept: flag(kept),
      startedAt: instantOf(startedAt),
      seenAt: instantOf(seenAt),
      provedAt: instantOf(provedAt),
      hasFactor: factorAt !== null,
    };
  }

  async account(accountId: string): Promise<KnownAccount | null> {
    const row = await this.reads.one<RawAccount>`
      SELECT id AS "id", login AS "login", password_hash AS "passwordHash", is_admin AS "isAdmin",
             disabled_at AS "disabledAt"
      FROM accounts WHERE id = ${accountId}`;
    return row && accountOf(row);
  }

  /** Where the account's person has a place in the register. */
  async societiesOf(accountId: string): Promise<ChoosableSociety[]> {
    return this.reads.all<ChoosableSociety>`
      SELECT o.id AS "id", o.name AS "name"
      FROM account_persons p JOIN organisations o ON o.id = p.society_id
      WHERE p.account_id = ${accountId} ORDER BY o.id`;
  }

  /** The accounts of one society, or those of the system administrators when none is named. */
  async accounts(societyId: string | null): Promise<ListedAccount[]> {
    const rows =
      societyId === null
        ? await this.reads.all<RawListed>`
            SELECT a.id AS "id", a.login AS "login", NULL AS "personId", a.disabled_at AS "disabledAt",
                   (SELECT f.confirmed_at FROM second_factors f WHERE f.account_id = a.id) AS "factorAt",
                   (SELECT t.phone_tail FROM account_phones t WHERE t.account_id = a.id) AS "phoneTail",
                   (SELECT i.created_at FROM account_identities i WHERE i.account_id = a.id) AS "identityAt",
                   (SELECT MAX(s.seen_at) FROM sessions s WHERE s.account_id = a.id) AS "lastSeenAt"
            FROM accounts a WHERE a.is_admin = 1 ORDER BY a.id LIMIT ${MOST_ROWS}`
        : await this.reads.all<RawListed>`
            SELECT a.id AS "id", a.login AS "login", p.person_id AS "personId", a.disabled_at AS "disabledAt",
                   (SELECT f.confirmed_at FROM second_factors f WHERE f.account_id = a.id) AS "factorAt",
                   (SELECT t.phone_tail FROM account_phones t WHERE t.account_id = a.id) AS "phoneTail",
                   (SELECT i.created_at FROM account_identities i WHERE i.account_id = a.id) AS "identityAt",
                   (SELECT MAX(s.seen_at) FROM sessions s WHERE s.account_id = a.id) AS "lastSeenAt"
            FROM account_persons p JOIN accounts a ON a.id = p.account_id
            WHERE p.society_id = ${societyId} ORDER BY a.id LIMIT ${MOST_ROWS}`;
    return rows.map(({ disabledAt, factorAt, identityAt, lastSeenAt, ...rest }) => ({
      ...rest,
      isDisabled: disabledAt !== null,
      hasFactor: factorAt !== null,
      hasIdentity: identityAt !== null,
      lastSeenAt: optionalInstantOf(lastSeenAt),
    }));
  }

  async hasAdmin(): Promise<boolean> {
    const row = await this.reads.one<object>`
      SELECT id FROM accounts WHERE is_admin = 1 AND disabled_at IS NULL AND login IS NOT NULL LIMIT 1`;
    return row !== null;
  }

  /** The administrator's account that still waits for its first link to be used. */
  async waitingAdmin(): Promise<string | null> {
    const row = await this.reads.one<{ id: string }>`
      SELECT id AS "id" FROM accounts WHERE is_admin = 1 AND disabled_at IS NULL AND login IS NULL
      ORDER BY id LIMIT 1`;
    return row?.id ?? null;
  }
}

function accountOf({ isAdmin, disabledAt, ...rest }: RawAccount): KnownAccount {
  return { ...rest, isAdmin: flag(isAdmin), isDisabled: disabledAt !== null };
}
