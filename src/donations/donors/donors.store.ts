import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DonorMerged, DonorNotFound, UsccAlreadyKnown } from '../domain/donations.errors.js';
import { DonorErased } from '../domain/donor-right.errors.js';
import { shownName } from '../domain/donor.js';
import type { Contact, DonorDraft } from '../domain/donor.js';
import { Donor } from './donor.entity.js';
import { DonorSeals } from './donor.seals.js';

const ONE_USCC = { name: 'uq_donors_uscc', columns: 'donors.society_id, donors.uscc_key' };

/** Rows of donors; another society's donor is not found. */
@Injectable()
export class DonorsStore {
  constructor(
    private readonly seals: DonorSeals,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async insert(tx: Tx, societyId: string, draft: DonorDraft): Promise<Donor> {
    const id = this.ids.next();
    const now = this.clock.now();
    const row: Donor = {
      id,
      societyId,
      ...this.factsOf(id, societyId, draft),
      kind: draft.kind,
      publishesName: draft.publishesName,
      askedAt: now,
      accountId: null,
      offeredAccountId: null,
      mergedIntoId: null,
      mergedAt: null,
      version: 1,
      createdAt: now,
    };
    await this.unlessKnown(() => tx.insert(Donor, row));
    return row;
  }

  async get(tx: Tx, societyId: string, donorId: string): Promise<Donor> {
    const row = await tx.rows.findOneBy(Donor, { id: donorId, societyId });
    if (!row) throw new DonorNotFound();
    return row;
  }

  /** Takes a donor for a gift of this unit: whoever merges him meanwhile waits. */
  async take(tx: Tx, societyId: string, donorId: string): Promise<Donor> {
    const taken = await tx.change`
      UPDATE donors SET version = version + 1
      WHERE id = ${donorId} AND society_id = ${societyId} AND merged_into_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM donor_erasures e WHERE e.donor_id = donors.id AND e.name_gone = 1)`;
    const row = await this.get(tx, societyId, donorId);
    if (taken === 1) return row;
    throw await this.whyNot(tx, row);
  }

  /** Nothing was written: the record is none any more, or another unit was faster, and a new one sees what it did. */
  private async whyNot(tx: Tx, { id, mergedIntoId }: Donor): Promise<Error> {
    if (mergedIntoId !== null) return new DonorMerged();
    return (await this.isEmptied(tx, id)) ? new DonorErased() : new StaleSnapshot('The donor has moved on');
  }

  contactOf({ id, phoneSealed, homePlace }: Donor): Contact {
    return { phone: phoneSealed === null ? null : this.seals.open('phone', id, phoneSealed), homePlace };
  }

  /** What the donor changes himself, in the records of his account: the phone, and where he comes from. */
  async changeContact(
    tx: Tx,
    { id, societyId }: Donor,
    accountId: string,
    { phone, homePlace }: Contact,
  ): Promise<void> {
    const sealed = phone === null ? null : this.seals.seal('phone', id, phone);
    const index = phone === null ? null : this.seals.index('phone', societyId, phone);
    await tx.changeOne(() => new StaleSnapshot('The donor was taken from the account'))`
      UPDATE donors SET phone_sealed = ${sealed}, phone_index = ${index}, home_place = ${homePlace}, version = version + 1
      WHERE id = ${id} AND account_id = ${accountId} AND merged_into_id IS NULL`;
  }

  private async isEmptied(tx: Tx, donorId: string): Promise<boolean> {
    const [row] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM donor_erasures WHERE donor_id = ${donorId} AND name_gone = 1 LIMIT 1`;
    return row !== undefined;
  }

  /** The record of an account, taken like any other; nobody else's is found. */
  async ofAccount(tx: Tx, donorId: string, accountId: string | null): Promise<Donor> {
    const row = accountId === null ? null : await tx.rows.findOneBy(Donor, { id: donorId, accountId });
    if (!row) throw new DonorNotFound();
    return this.take(tx, row.societyId, donorId);
  }

  /** Changes what is known of a donor; that the name may be public is asked anew with it. */
  async change(tx: Tx, donor: Donor, draft: DonorDraft): Promise<void> {
    const { id, societyId } = donor;
    const { group, nameSealed, nameIndex, shownName: shown, ...rest } = this.factsOf(id, societyId, draft);
    const publishes = draft.publishesName ? 1 : 0;
    let changed = 0;
    await this.unlessKnown(async () => {
      changed = await tx.change`
        UPDATE donors SET category = ${group}, name_sealed = ${nameSealed}, name_index = ${nameIndex},
               shown_name = ${shown}, uscc = ${rest.uscc}, uscc_key = ${rest.usccKey},
               phone_sealed = ${rest.phoneSealed}, phone_index = ${rest.phoneIndex}, home_place = ${rest.homePlace},
               publishes_name = ${publishes}, asked_at = ${this.clock.now()}, version = version + 1
        WHERE id = ${id} AND society_id = ${societyId} AND version = ${donor.version} AND merged_into_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM donor_erasures e WHERE e.donor_id = donors.id AND e.name_gone = 1)`;
    });
    if (changed === 0) throw await this.whyNot(tx, donor);
  }

  /** Ends one record in favour of another: its gifts are the other's from now on. Says how many there were. */
  async merge(tx: Tx, gone: Donor, kept: Donor): Promise<number> {
    const at = this.clock.now();
    await tx.changeOne(() => new DonorMerged())`
      UPDATE donors SET merged_into_id = ${kept.id}, merged_at = ${at}, uscc_key = NULL, account_id = NULL,
             version = version + 1
      WHERE id = ${gone.id} AND merged_into_id IS NULL`;
    // Who was refused once to be named is not named by a merger: the narrower word counts (Charity Law, art. 82).
    if (!gone.publishesName) await tx.change`UPDATE donors SET publishes_name = 0 WHERE id = ${kept.id}`;
    // Whoever looked at the gifts under the old record looks at them under this one.
    await tx.change`
      UPDATE donors SET account_id = ${gone.accountId} WHERE id = ${kept.id} AND account_id IS NULL`;
    await tx.change`UPDATE goods_deliveries SET donor_id = ${kept.id} WHERE donor_id = ${gone.id}`;
    return tx.change`UPDATE gifts SET donor_id = ${kept.id}, version = version + 1 WHERE donor_id = ${gone.id}`;
  }

  private factsOf(id: string, societyId: string, draft: DonorDraft) {
    const { group, name, uscc, phone, homePlace } = draft;
    return {
      group,
      nameSealed: this.seals.seal('name', id, name),
      nameIndex: this.seals.index('name', societyId, name),
      shownName: shownName(draft),
      uscc,
      usccKey: uscc,
      phoneSealed: phone === null ? null : this.seals.seal('phone', id, phone),
      phoneIndex: phone === null ? null : this.seals.index('phone', societyId, phone),
      homePlace,
    };
  }

  private async unlessKnown(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw breaksUnique(error, ONE_USCC) ? new UsccAlreadyKnown() : error;
    }
  }
}
