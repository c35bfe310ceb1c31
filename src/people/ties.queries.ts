import { Injectable } from '@nestjs/common';
import { readIdNumber } from '../kernel/chinese/id-number.js';
import { readMobile } from '../kernel/chinese/phone.js';
import type { Day } from '../kernel/day.js';
import { Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import type { Relation } from './domain/kin.js';
import { PersonNotFound } from './domain/people.errors.js';
import { tidyName } from './domain/person-draft.js';
import { samenessOf } from './domain/same-identity.js';
import type { IdentityFacts, SameWhy } from './domain/same-identity.js';
import { tiesOf } from './domain/ties.js';
import type { TieReason } from './domain/ties.js';
import { PeopleSeals } from './people.seals.js';

export type SamePerson = { readonly personId: string; readonly why: SameWhy };

/** Whom somebody not yet in the register might be. */
export type LookAlike = {
  readonly name: string;
  readonly group: string;
  readonly idNumber?: string | null;
  readonly bornOn?: Day | null;
  readonly phone?: string | null;
  readonly origin?: string | null;
};

/** Committed rows, or those that a unit of work sees. */
type Rows = Pick<Reads, 'all'>;

type Facts = Omit<IdentityFacts, 'id' | 'householdId'> & {
  readonly id: string;
  readonly householdId: string;
  readonly guardianId: string | null;
  readonly addressIndex: string | null;
};

const FACTS = `
  SELECT p.id AS "id", p.name AS "name", p.born_on AS "bornOn", p.origin AS "origin", p.household_id AS "householdId",
         p.id_number_index AS "idIndex", p.phone_index AS "phoneIndex", p.guardian_id AS "guardianId",
         h.group_name AS "group", h.address_index AS "addressIndex"
  FROM persons p JOIN households h ON h.id = p.household_id `;

/** Who is tied to whom, and who may be the same as whom: by declared kin and by blind indexes, opening nothing. */
@Injectable()
export class TiesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: PeopleSeals,
  ) {}

  async related(societyId: string, a: string, b: string): Promise<TieReason[]> {
    const [found] = await this.relatedAmong(societyId, a, [b]);
    return found ? [...found.reasons] : [];
  }

  /** The ties of one person to each of `others`; an empty list of reasons is no tie. */
  async relatedAmong(
    societyId: string,
    personId: string,
    others: readonly string[],
  ): Promise<{ readonly personId: string; readonly reasons: readonly TieReason[] }[]> {
    const person = await this.get(societyId, personId);
    return Promise.all(
      others.map(async (otherId) => {
        const other = await this.get(societyId, otherId);
        return {
          personId: otherId,
          reasons: tiesOf(person, other, await this.declared(societyId, personId, otherId)),
        };
      }),
    );
  }

  /** Who else of the register may be this person or share a purse with them (D4-50). */
  async sameIdentity(societyId: string, personId: string): Promise<SamePerson[]> {
    const person = await this.get(societyId, personId);
    return this.like(this.reads, societyId, person, personId);
  }

  /** The same, of somebody not yet registered: asked before a name is taken down a second time. */
  async lookAlikes(societyId: string, who: LookAlike, rows: Rows = this.reads): Promise<SamePerson[]> {
    const id = readIdNumber(who.idNumber ?? '');
    const phone = readMobile(who.phone ?? '');
    const facts: IdentityFacts = {
      id: null,
      name: tidyName(who.name),
      bornOn: id.ok ? id.bornOn : (who.bornOn ?? null),
      group: who.group,
      origin: who.origin ?? null,
      idIndex: id.ok ? this.seals.index('id-number', societyId, id.number) : null,
      phoneIndex: phone.ok ? this.seals.index('phone', societyId, phone.number) : null,
      householdId: null,
      cardIndexes: [],
    };
    return this.like(rows, societyId, facts, '');
  }

  private async like(
    rows: Rows,
    societyId: string,
    facts: IdentityFacts,
    except: string,
  ): Promise<SamePerson[]> {
    const candidates = await this.facts(rows)`
      WHERE p.society_id = ${societyId} AND p.id <> ${except}
        AND (p.household_id = ${facts.householdId} OR p.phone_index = ${facts.phoneIndex}
          OR p.id_number_index = ${facts.idIndex} OR (p.name = ${facts.name} AND p.born_on = ${facts.bornOn})
          OR p.id IN (SELECT theirs.person_id FROM payee_accounts mine
                      JOIN payee_accounts theirs
                        ON theirs.society_id = mine.society_id AND theirs.card_index = mine.card_index
                      WHERE mine.society_id = ${societyId} AND mine.person_id = ${except}))
      ORDER BY p.id`;
    return candidates.flatMap((other) =>
      samenessOf(facts, other).map((why) => ({ personId: other.id, why })),
    );
  }

  private async get(societyId: string, personId: string): Promise<Facts> {
    const [found] = await this.facts(this.reads)`WHERE p.society_id = ${societyId} AND p.id = ${personId}`;
    if (!found) throw new PersonNotFound();
    return found;
  }

  private async declared(societyId: string, a: string, b: string): Promise<Relation[]> {
    const rows = await this.reads.all<{ relation: Relation }>`
      SELECT relation AS "relation" FROM kin_ties
      WHERE society_id = ${societyId} AND ((one_id = ${a} AND other_id = ${b}) OR (one_id = ${b} AND other_id = ${a}))`;
    return rows.map(({ relation }) => relation);
  }

  private facts(rows: Rows) {
    return async (text: TemplateStringsArray, ...values: Value[]): Promise<Facts[]> => {
      const [head = '', ...rest] = text;
      const whole = Object.assign([FACTS + head, ...rest], { raw: [] });
      const found: Facts[] = [];
      for (const row of await rows.all<Omit<Facts, 'cardIndexes'>>(whole, ...values))
        found.push({ ...row, cardIndexes: await cardsOf(rows, row.id) });
      return found;
    };
  }
}

async function cardsOf(rows: Rows, personId: string): Promise<string[]> {
  const cards = await rows.all<{ index: string }>`
    SELECT card_index AS "index" FROM payee_accounts WHERE person_id = ${personId}`;
  return cards.map(({ index }) => index);
}
