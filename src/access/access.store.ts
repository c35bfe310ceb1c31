import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { Account, AccountPerson, OneTimeLink } from './account.entity.js';
import { AccountExists, AccountNotFound, LastAdmin, LinkSpent, LoginTaken } from './domain/access.errors.js';

const SAME_LOGIN = { name: 'uq_accounts_login', columns: 'accounts.login' };
const SAME_PERSON = {
  name: 'uq_account_persons_person',
  columns: 'account_persons.society_id, account_persons.person_id',
};
const SAME_SOCIETY = {
  name: 'uq_account_persons_society',
  columns: 'account_persons.account_id, account_persons.society_id',
};

export type Credentials = { readonly login: string; readonly passwordHash: string };

/** Accounts, the persons behind them, and the links that make them usable. */
@Injectable()
export class AccessStore {
  constructor(private readonly ids: Ids) {}

  async insertAccount(tx: Tx, isAdmin: boolean, credentials: Credentials | null, at: Date): Promise<string> {
    const id = this.ids.next();
    const { login, passwordHash } = credentials ?? { login: null, passwordHash: null };
    const row: Account = { id, login, passwordHash, isAdmin, disabledAt: null, createdAt: at };
    try {
      await tx.insert(Account, row);
    } catch (error) {
      throw breaksUnique(error, SAME_LOGIN) ? new LoginTaken() : error;
    }
    return id;
  }

  /** A link made before would open more than whoever holds it was given: it is spent. */
  async joinPerson(tx: Tx, accountId: string, societyId: string, personId: string, at: Date): Promise<void> {
    try {
      await tx.insert(AccountPerson, { id: this.ids.next(), accountId, societyId, personId, createdAt: at });
    } catch (error) {
      const known = breaksUnique(error, SAME_PERSON) || breaksUnique(error, SAME_SOCIETY);
      throw known ? new AccountExists() : error;
    }
    await this.spendLinks(tx, accountId, at);
  }

  async findByLogin(tx: Tx, login: string): Promise<Account | null> {
    return tx.rows.findOneBy(Account, { login });
  }

  async getUsable(tx: Tx, id: string): Promise<Account> {
    const account = await tx.rows.findOneBy(Account, { id });
    if (!account || account.disabledAt) throw new AccountNotFound();
    return account;
  }

  /**
   * Whether persons act with the account. Not a read: the UPDATE changes nothing, but whoever joins one meanwhile waits,
   * and spends the link that this unit makes.
   */
  async takesPersons(tx: Tx, accountId: string): Promise<boolean> {
    return (
      (await tx.change`UPDATE account_persons SET account_id = account_id WHERE account_id = ${accountId}`) >
      0
    );
  }

  /** The open ones, of which there is one at most. */
  async spendLinks(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.change`
      UPDATE one_time_links SET spent_at = ${at} WHERE account_id = ${accountId} AND spent_at IS NULL`;
  }

  /** A new link puts every older one of the account out of use. */
  async insertLink(
    tx: Tx,
    link: Pick<OneTimeLink, 'tokenHash' | 'accountId' | 'createdAt' | 'expiresAt'>,
  ): Promise<void> {
    await this.spendLinks(tx, link.accountId, link.createdAt);
    await tx.insert(OneTimeLink, { ...link, id: this.ids.next(), spentAt: null });
  }

  /** The guard is the WHERE: of two who use the link at once, one is told that it is spent. */
  async spendLink(tx: Tx, hash: string, at: Date): Promise<string> {
    await tx.changeOne(() => new LinkSpent())`
      UPDATE one_time_links SET spent_at = ${at}
      WHERE token_hash = ${hash} AND spent_at IS NULL AND expires_at > ${at}`;
    const link = await tx.rows.findOneByOrFail(OneTimeLink, { tokenHash: hash });
    return link.accountId;
  }

  async setCredentials(tx: Tx, accountId: string, { login, passwordHash }: Credentials): Promise<void> {
    try {
      await tx.changeOne(() => new LinkSpent())`
        UPDATE accounts SET login = ${login}, password_hash = ${passwordHash}
        WHERE id = ${accountId} AND disabled_at IS NULL`;
    } catch (error) {
      throw breaksUnique(error, SAME_LOGIN) ? new LoginTaken() : error;
    }
  }

  /** Nothing where the account was never disabled. Whether it was. */
  async reopen(tx: Tx, accountId: string, passwordHash: string): Promise<boolean> {
    const reopened = await tx.change`
      UPDATE accounts SET disabled_at = NULL, password_hash = CASE WHEN login IS NULL THEN NULL ELSE ${passwordHash} END
      WHERE id = ${accountId} AND disabled_at IS NOT NULL`;
    return reopened > 0;
  }

  async disable(tx: Tx, accountId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new AccountNotFound())`
      UPDATE accounts SET disabled_at = ${at} WHERE id = ${accountId} AND disabled_at IS NULL`;
    await this.spendLinks(tx, accountId, at);
  }

  /**
   * For good, an account that no person acts with: its login goes too, which may be a name. Not a read: whoever joins a
   * person meanwhile waits. Whether it was such an account.
   */
  async closeBare(tx: Tx, accountId: string, at: Date): Promise<boolean> {
    if (await this.takesPersons(tx, accountId)) return false;
    const closed = await tx.change`
      UPDATE accounts SET login = NULL, password_hash = NULL, disabled_at = COALESCE(disabled_at, ${at})
      WHERE id = ${accountId} AND is_admin = 0`;
    if (closed === 0) return false;
    await tx.change`DELETE FROM sign_in_codes WHERE account_id = ${accountId}`;
    await this.spendLinks(tx, accountId, at);
    return true;
  }

  /**
   * Somebody must be left who can let others in. Not a read: two administrators who disable each other at the same
   * moment would each still see the other. The UPDATE changes nothing, but takes the other rows as they are now.
   */
  async keepAnotherAdmin(tx: Tx, accountId: string): Promise<void> {
    const others = await tx.change`
      UPDATE accounts SET is_admin = 1
      WHERE is_admin = 1 AND disabled_at IS NULL AND login IS NOT NULL AND id <> ${accountId}`;
    if (others === 0) throw new LastAdmin();
  }
}
