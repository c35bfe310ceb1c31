import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import {
  GuardianNotAdult,
  HouseholdNotFound,
  IdNumberAlreadyKnown,
  PersonAlreadyRegistered,
  PersonNotFound,
} from './domain/people.errors.js';
import { addressKey } from './domain/person-draft.js';
import type { HouseholdFacts, Identity, PersonFacts } from './domain/person-draft.js';
import { isMinor } from './domain/person.js';
import type { Tag } from './domain/person.js';
import { Household, Person, PersonTag } from './person.entity.js';
import { PeopleSeals } from './people.seals.js';
import { initialsOf } from './pinyin.js';

const UNIQUE_ID = { name: 'uq_persons_id_number', columns: 'persons.society_id, persons.id_number_index' };
const UNIQUE_NUMBER = { name: 'uq_households_number', columns: 'households.society_id, households.number' };

/** Rows of persons and their households. */
@Injectable()
export class PeopleStore {
  constructor(
    private readonly seals: PeopleSeals,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async getPerson(tx: Tx, societyId: string, personId: string): Promise<Person> {
    const person = await tx.rows.findOneBy(Person, { societyId, id: personId });
    if (!person) throw new PersonNotFound();
    return person;
  }

  async getHousehold(tx: Tx, societyId: string, householdId: string): Promise<Household> {
    const household = await tx.rows.findOneBy(Household, { societyId, id: householdId });
    if (!household) throw new HouseholdNotFound();
    return household;
  }

  /** A guardian acts for another: of the same register, of age, and under nobody's care (Civil Code, art. 27 and 34). */
  async getGuardian(tx: Tx, societyId: string, guardianId: string): Promise<Person> {
    const guardian = await this.getPerson(tx, societyId, guardianId);
    if (guardian.guardianId !== null || isMinor(guardian, dayOf(this.clock.now())))
      throw new GuardianNotAdult();
    return guardian;
  }

  /** The household with the number given, or a new one. Whoever gives the same number joins the same household. */
  async placeHousehold(tx: Tx, societyId: string, facts: HouseholdFacts): Promise<string> {
    if (facts.number !== null) {
      const known = await tx.rows.findOneBy(Household, { societyId, number: facts.number });
      if (known) return known.id;
    }
    const row = this.householdRow(societyId, facts);
    try {
      await tx.insert(Household, row);
    } catch (error) {
      // Made by another unit since this one's snapshot: only a new unit can see that row.
      throw breaksUnique(error, UNIQUE_NUMBER)
        ? Object.assign(new Error('The household was just made'), { errno: 1213 })
        : error;
    }
    return row.id;
  }

  async insertPerson(
    tx: Tx,
    societyId: string,
    facts: PersonFacts,
    to: { readonly householdId: string; readonly guardianId: string | null },
  ): Promise<string> {
    const row = this.personRow(societyId, facts, to.householdId, to.guardianId);
    await this.unlessRegistered(() => tx.insert(Person, row));
    await tx.insert(PersonTag, tagRows(row.id, facts.tags));
    return row.id;
  }

  /** A number that was owed (D4-50): written once, and never over another. */
  async supplyIdNumber(tx: Tx, societyId: string, personId: string, facts: Identity): Promise<void> {
    const sealed = this.seals.seal('id-number', personId, facts.idNumber);
    const index = this.seals.index('id-number', societyId, facts.idNumber);
    await this.unlessRegistered(
      () => tx.changeOne(() => new IdNumberAlreadyKnown())`
        UPDATE persons SET id_state = 'KNOWN', id_number_sealed = ${sealed}, id_number_index = ${index},
               born_on = ${facts.bornOn}, sex = ${facts.sex}
        WHERE society_id = ${societyId} AND id = ${personId} AND id_state = 'PENDING'`,
    );
  }

  async setGuardian(tx: Tx, societyId: string, personId: string, guardianId: string): Promise<void> {
    await tx.changeOne(() => new PersonNotFound())`
      UPDATE persons SET guardian_id = ${guardianId} WHERE society_id = ${societyId} AND id = ${personId}`;
  }

  householdRow(societyId: string, facts: HouseholdFacts): Household {
    const key = addressKey(facts.address);
    return {
      id: this.ids.next(),
      societyId,
      number: facts.number ?? this.ids.code(),
      group: facts.group,
      ...facts.address,
      addressIndex: key === null ? null : this.seals.index('address', societyId, key),
      createdAt: this.clock.now(),
    };
  }

  personRow(societyId: string, facts: PersonFacts, householdId: string, guardianId: string | null): Person {
    const id = this.ids.next();
    const { idNumber, phone } = facts;
    return {
      id,
      societyId,
      householdId,
      name: facts.name,
      initials: initialsOf(facts.name),
      bornOn: facts.bornOn,
      sex: facts.sex,
      idState: idNumber === null ? 'PENDING' : 'KNOWN',
      idNumberSealed: idNumber === null ? null : this.seals.seal('id-number', id, idNumber),
      idNumberIndex: idNumber === null ? null : this.seals.index('id-number', societyId, idNumber),
      phoneSealed: phone === null ? null : this.seals.seal('phone', id, phone),
      phoneIndex: phone === null ? null : this.seals.index('phone', societyId, phone),
      phoneTail: phone === null ? null : phone.slice(-4),
      category: facts.category,
      residence: facts.residence,
      origin: facts.origin,
      guardianId,
      consentsCount: 0,
      createdAt: this.clock.now(),
    };
  }

  private async unlessRegistered(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw breaksUnique(error, UNIQUE_ID) ? new PersonAlreadyRegistered() : error;
    }
  }
}

export function tagRows(personId: string, tags: readonly Tag[]): PersonTag[] {
  return tags.map((tag) => ({ personId, tag }));
}
