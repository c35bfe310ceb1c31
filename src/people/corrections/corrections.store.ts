import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { holderMatchOf } from '../domain/payee.js';
import {
  CorrectionDecided,
  CorrectionNotFound,
  CorrectionOvertaken,
  CorrectionPending,
} from '../domain/person-correction.errors.js';
import type { CorrectionState } from '../domain/person-correction.js';
import { initialsOf } from '../pinyin.js';
import { Person } from '../person.entity.js';
import { PayeeAccount } from '../ties.entity.js';
import { PersonCorrection } from './person-correction.entity.js';

const ONE_OPEN = { name: 'uq_person_corrections_open', columns: 'person_corrections.open_key' };

export type CorrectionRow = { readonly [Key in keyof PersonCorrection]: PersonCorrection[Key] };

type Deciding = {
  readonly state: Exclude<CorrectionState, 'WAITING'>;
  readonly by: { readonly personId: string | null; readonly accountId: string | null };
  readonly at: Date;
  readonly answerSealed: string | null;
};
type Changed = { readonly before: string; readonly after: string };

@Injectable()
export class CorrectionsStore {
  async insert(tx: Tx, correction: CorrectionRow): Promise<void> {
    try {
      await tx.insert(PersonCorrection, correction);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new CorrectionPending() : error;
    }
  }

  async get(tx: Tx, societyId: string, id: string): Promise<CorrectionRow> {
    const found = await tx.rows.findOneBy(PersonCorrection, { societyId, id });
    if (!found) throw new CorrectionNotFound();
    return found;
  }

  /** Once, by whoever comes first. */
  async decide(tx: Tx, id: string, { state, by, at, answerSealed }: Deciding): Promise<void> {
    await tx.changeOne(() => new CorrectionDecided())`
      UPDATE person_corrections SET state = ${state}, decided_by = ${by.personId},
             decided_by_account = ${by.accountId}, decided_at = ${at}, answer_sealed = ${answerSealed}, open_key = NULL
      WHERE id = ${id} AND state = 'WAITING'`;
  }

  /** The name, by which people find it, and whether the cards of this person and of its wards are in its name. */
  async rename(tx: Tx, { societyId, personId }: CorrectionRow, { before, after }: Changed): Promise<void> {
    await tx.changeOne(() => new CorrectionOvertaken())`
      UPDATE persons SET name = ${after}, initials = ${initialsOf(after)}
      WHERE society_id = ${societyId} AND id = ${personId} AND name = ${before}`;
    const own = await tx.rows.findOneBy(Person, { societyId, id: personId });
    const wards = await tx.rows.findBy(Person, { societyId, guardianId: personId });
    for (const person of own ? [own, ...wards] : wards) await this.matchCards(tx, person);
  }

  /** Of the whole household: a group is where people live. */
  async moveGroup(
    tx: Tx,
    { societyId, householdId }: CorrectionRow,
    { before, after }: Changed,
  ): Promise<void> {
    await tx.changeOne(() => new CorrectionOvertaken())`
      UPDATE households SET group_name = ${after}
      WHERE society_id = ${societyId} AND id = ${householdId} AND group_name = ${before}`;
  }

  /** Who lives in a household: whom the group is about. */
  async membersOf(tx: Tx, societyId: string, householdId: string): Promise<string[]> {
    const members = await tx.rows.findBy(Person, { societyId, householdId });
    return members.map(({ id }) => id);
  }

  /** Of whom a person is the guardian. */
  async wardsOf(tx: Tx, societyId: string, guardianId: string): Promise<string[]> {
    const wards = await tx.rows.findBy(Person, { societyId, guardianId });
    return wards.map(({ id }) => id);
  }

  private async matchCards(tx: Tx, person: Person): Promise<void> {
    const { societyId, guardianId } = person;
    const guardian =
      guardianId === null ? null : await tx.rows.findOneBy(Person, { societyId, id: guardianId });
    for (const account of await tx.rows.findBy(PayeeAccount, { societyId, personId: person.id })) {
      const match = holderMatchOf(account.holderName, person.name, guardian?.name ?? null);
      if (match === account.holderMatch) continue;
      await tx.changeOne(() => new StaleSnapshot('The card is gone'))`
        UPDATE payee_accounts SET holder_match = ${match} WHERE id = ${account.id}`;
    }
  }
}
