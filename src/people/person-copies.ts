import { Injectable } from '@nestjs/common';
import { readCardNumber } from '../kernel/chinese/card-number.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { PayeeAccountNotFound, PersonAlreadyRegistered } from './domain/people.errors.js';
import type { PersonFacts } from './domain/person-draft.js';
import { isMinor } from './domain/person.js';
import type { Residence } from './domain/person.js';
import { Household, Person, PersonTag } from './person.entity.js';
import { PeopleSeals } from './people.seals.js';
import { PeopleStore } from './people.store.js';
import { TiesStore } from './ties.store.js';
import { PayeeAccount } from './ties.entity.js';

/** From one register into another: the town union takes on what a village handed up. */
export type Copying = {
  readonly fromSocietyId: string;
  readonly toSocietyId: string;
  /** Said before the group, since a town has a 三组 in each of its villages: 柳溪村. */
  readonly place: string;
  /** Makes the number of a household of one village unlike that of another. */
  readonly numberPrefix: string;
};

export type CopiedPerson = {
  readonly id: string;
  readonly householdId: string;
  readonly residence: Residence;
  readonly isMinor: boolean;
  readonly guardianId: string | null;
};

const LONGEST_GROUP = 40;
const LONGEST_NUMBER = 40;

/**
 * Copies a person with what is sealed: opened and sealed again for the new row inside one unit, so that nothing of it
 * is ever outside. Whom the other register knows already is found by the same rules as in one register (D4-50).
 */
@Injectable()
export class PersonCopies {
  constructor(
    private readonly people: PeopleStore,
    private readonly ties: TiesStore,
    private readonly seals: PeopleSeals,
    private readonly clock: Clock,
  ) {}

  async person(tx: Tx, personId: string, copying: Copying): Promise<CopiedPerson> {
    const { fromSocietyId, toSocietyId } = copying;
    const original = await this.people.getPerson(tx, fromSocietyId, personId);
    const home = await this.people.getHousehold(tx, fromSocietyId, original.householdId);
    const group = `${copying.place}${home.group}`.slice(0, LONGEST_GROUP);
    const idNumber = this.opened('id-number', original.id, original.idNumberSealed);
    const known = await this.known(tx, toSocietyId, original, idNumber, group);
    if (known) return this.copied(known);

    const guardianId =
      original.guardianId === null ? null : (await this.person(tx, original.guardianId, copying)).id;
    const { community, grid, building, home: door } = home;
    const householdId = await this.people.placeHousehold(tx, toSocietyId, {
      number: numberOf(copying.numberPrefix, home),
      group,
      address: { community, grid, building, home: door },
    });
    const facts: PersonFacts = {
      name: original.name,
      idNumber,
      bornOn: original.bornOn,
      sex: original.sex,
      phone: this.opened('phone', original.id, original.phoneSealed),
      residence: original.residence,
      category: original.category,
      tags: (await tx.rows.findBy(PersonTag, { personId })).map(({ tag }) => tag),
      origin: original.origin,
    };
    const id = await this.inserted(tx, toSocietyId, facts, { householdId, guardianId });
    return this.copied(await this.people.getPerson(tx, toSocietyId, id));
  }

  /** The same card for the copy of its person; null for none. */
  async payeeAccount(
    tx: Tx,
    payeeAccountId: string,
    to: Pick<Copying, 'fromSocietyId' | 'toSocietyId'> & { readonly personId: string },
  ): Promise<string> {
    const { fromSocietyId: societyId, toSocietyId, personId } = to;
    const original = await tx.rows.findOneBy(PayeeAccount, { id: payeeAccountId, societyId });
    if (!original) throw new PayeeAccountNotFound();
    const card = readCardNumber(this.seals.open('card', original.id, original.cardSealed));
    if (!card.ok) throw new Error('A card was kept that cannot be read');
    const cardIndex = this.seals.index('card', toSocietyId, card.number);
    const known = await tx.rows.findOneBy(PayeeAccount, { personId, cardIndex });
    if (known) return known.id;
    const person = await this.people.getPerson(tx, toSocietyId, personId);
    const { guardianId } = person;
    const guardian = guardianId === null ? null : await this.people.getPerson(tx, toSocietyId, guardianId);
    const { holderName, bankName } = original;
    const { id } = await this.ties.insertPayeeAccount(tx, person, guardian, { holderName, bankName, card });
    return id;
  }

  /** By number; where one of the two has none, by name, birth and place. */
  private async known(
    tx: Tx,
    societyId: string,
    original: Person,
    idNumber: string | null,
    group: string,
  ): Promise<Person | null> {
    const idNumberIndex = idNumber === null ? null : this.seals.index('id-number', societyId, idNumber);
    const byNumber = idNumberIndex && (await tx.rows.findOneBy(Person, { societyId, idNumberIndex }));
    if (byNumber) return byNumber;
    const { name, bornOn } = original;
    if (bornOn === null) return null;
    for (const alike of await tx.rows.findBy(Person, { societyId, name, bornOn })) {
      if (alike.idNumberIndex !== null && idNumberIndex !== null) continue;
      const home = await tx.rows.findOneBy(Household, { id: alike.householdId });
      if (home?.group === group) return alike;
    }
    return null;
  }

  /** Somebody copied the same person since this unit's snapshot: a new unit finds them. */
  private async inserted(
    tx: Tx,
    societyId: string,
    facts: PersonFacts,
    to: { readonly householdId: string; readonly guardianId: string | null },
  ): Promise<string> {
    try {
      return await this.people.insertPerson(tx, societyId, facts, to);
    } catch (error) {
      throw error instanceof PersonAlreadyRegistered
        ? new StaleSnapshot('The person was just copied')
        : error;
    }
  }

  private opened(field: 'id-number' | 'phone', personId: string, sealed: string | null): string | null {
    return sealed === null ? null : this.seals.open(field, personId, sealed);
  }

  private copied({ id, householdId, residence, guardianId, bornOn, category }: Person): CopiedPerson {
    const minor = isMinor({ bornOn, category }, dayOf(this.clock.now()));
    return { id, householdId, residence, guardianId, isMinor: minor };
  }
}

/** Who lives together in the village does so in the town's register, and has one allowance there. */
function numberOf(prefix: string, { id, number }: Household): string {
  const whole = `${prefix}-${number}`;
  return whole.length <= LONGEST_NUMBER ? whole : id;
}
