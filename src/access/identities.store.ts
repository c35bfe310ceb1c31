import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import {
  IdentityAlreadyBound,
  IdentityNotBound,
  IdentityTaken,
  IdentityUnknown,
} from './domain/identity.errors.js';
import { AccountIdentity } from './identity.entity.js';

const SAME_IDENTITY = {
  name: 'uq_account_identities_identity',
  columns: 'account_identities.identity_index',
};
const SAME_ACCOUNT = { name: 'uq_account_identities_account', columns: 'account_identities.account_id' };

/** Which identity signs in to which account. */
@Injectable()
export class IdentitiesStore {
  constructor(private readonly ids: Ids) {}

  /** Of two who bind one identity at once, the unique key lets one. */
  async bind(tx: Tx, identity: Omit<AccountIdentity, 'id'>): Promise<void> {
    try {
      await tx.insert(AccountIdentity, { ...identity, id: this.ids.next() });
    } catch (error) {
      if (breaksUnique(error, SAME_IDENTITY)) throw new IdentityTaken();
      throw breaksUnique(error, SAME_ACCOUNT) ? new IdentityAlreadyBound() : error;
    }
  }

  /**
   * The guard of whoever signs in by it. Not a read: the UPDATE changes nothing, but whoever takes the identity away
   * meanwhile waits, and ends the session that this unit opens.
   */
  async hold(tx: Tx, accountId: string, identityIndex: string): Promise<void> {
    await tx.changeOne(() => new IdentityUnknown())`
      UPDATE account_identities SET account_id = account_id
      WHERE account_id = ${accountId} AND identity_index = ${identityIndex}`;
  }

  async unbind(tx: Tx, accountId: string): Promise<void> {
    await tx.changeOne(
      () => new IdentityNotBound(),
    )`DELETE FROM account_identities WHERE account_id = ${accountId}`;
  }

  /** With an account that is disabled, or a password set anew, its identity goes too, and does not come back with it. */
  async shut(tx: Tx, accountId: string): Promise<void> {
    await tx.change`DELETE FROM account_identities WHERE account_id = ${accountId}`;
  }
}
