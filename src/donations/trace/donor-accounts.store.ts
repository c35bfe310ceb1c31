import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { AccountHasDonor } from '../domain/trace.errors.js';
import { Donor } from '../donors/donor.entity.js';
import { DonorWithoutAccount, OfferNotFound } from '../domain/donor-accounts.errors.js';

const ONE_A_SOCIETY = { name: 'uq_donors_account', columns: 'donors.account_id, donors.society_id' };

/** Which account a donor looks at his gifts with. */
@Injectable()
export class DonorAccountsStore {
  constructor(private readonly clock: Clock) {}

  /** An account that was opened for him just now. The row was taken by this unit before: nobody links it meanwhile. */
  async link(tx: Tx, donorId: string, accountId: string): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The donor was linked by another unit'))`
      UPDATE donors SET account_id = ${accountId}, offered_account_id = NULL
      WHERE id = ${donorId} AND account_id IS NULL`;
  }

  /** In place of whichever account was asked before; null asks nobody. The row was taken by this unit before. */
  async offer(tx: Tx, donorId: string, accountId: string | null): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The donor was linked by another unit'))`
      UPDATE donors SET offered_account_id = ${accountId} WHERE id = ${donorId} AND account_id IS NULL`;
  }

  /** The guard is the WHERE: what was offered to somebody else is not found. */
  async accept(tx: Tx, donorId: string, accountId: string): Promise<void> {
    try {
      await tx.changeOne(() => new OfferNotFound())`
        UPDATE donors SET account_id = ${accountId}, offered_account_id = NULL, version = version + 1
        WHERE id = ${donorId} AND offered_account_id = ${accountId} AND account_id IS NULL
          AND merged_into_id IS NULL`;
    } catch (error) {
      throw breaksUnique(error, ONE_A_SOCIETY) ? new AccountHasDonor() : error;
    }
  }

  async decline(tx: Tx, donorId: string, accountId: string): Promise<void> {
    await tx.changeOne(() => new OfferNotFound())`
      UPDATE donors SET offered_account_id = NULL, version = version + 1
      WHERE id = ${donorId} AND offered_account_id = ${accountId} AND account_id IS NULL
        AND merged_into_id IS NULL`;
  }

  async unlink(tx: Tx, donorId: string): Promise<void> {
    await tx.changeOne(() => new DonorWithoutAccount())`
      UPDATE donors SET account_id = NULL, offered_account_id = NULL
      WHERE id = ${donorId} AND account_id IS NOT NULL`;
  }

  /**
   * Whether the account shows gifts to others too, who did not ask for a link. An UPDATE, not a read: whoever accepts
   * an offer meanwhile waits, and spends the link that this unit makes.
   */
  async isElsewhere(tx: Tx, accountId: string, societyId: string): Promise<boolean> {
    const rows = await tx.change`
      UPDATE donors SET version = version + 1 WHERE account_id = ${accountId} AND society_id <> ${societyId}`;
    return rows > 0;
  }

  /** The society that keeps a record, which this unit has changed before. */
  async keeperOf(tx: Tx, donorId: string): Promise<string> {
    const [donor] = await tx.rows.find(Donor, { where: { id: donorId } });
    if (!donor) throw new OfferNotFound();
    return donor.societyId;
  }

  /** All records of one account, of whichever society, in one order for all. */
  recordsOf(tx: Tx, accountId: string): Promise<Donor[]> {
    return tx.rows.find(Donor, { where: { accountId }, order: { id: 'ASC' } });
  }

  /** How he wants to stand in public from now on; what was published before stays as it is. */
  async sign(tx: Tx, accountId: string, publishesName: boolean): Promise<number> {
    return tx.change`
      UPDATE donors SET publishes_name = ${publishesName ? 1 : 0}, asked_at = ${this.clock.now()},
             version = version + 1
      WHERE account_id = ${accountId} AND merged_into_id IS NULL`;
  }
}
