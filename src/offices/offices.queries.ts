import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { inOrder, isAtWork, isDirector, OFFICES } from './domain/office.js';
import type { Office, Term } from './domain/office.js';

export type Holder = {
  readonly personId: string;
  readonly name: string;
  readonly maskedName: string;
  readonly offices: readonly Office[];
};

export type Director = { readonly personId: string; readonly name: string };

export type ListedTerm = Term & { readonly id: string; readonly personId: string };
export type NamedTerm = ListedTerm & { readonly person: PersonSummary };

const MOST_ROWS = 300;

@Injectable()
export class OfficesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly people: PeopleQueries,
  ) {}

  async officesOf(personId: string, societyId: string, on: Day): Promise<Office[]> {
    const rows = await this.reads.all<{ office: Office }>`
      SELECT office AS "office" FROM office_terms
      WHERE person_id = ${personId} AND society_id = ${societyId}
        AND from_on <= ${on} AND until_on >= ${on} AND (ended_on IS NULL OR ended_on > ${on})`;
    return inOrder(rows.map(({ office }) => office));
  }

  /** Everybody whose office has something to do on that day, the chair first: whoever audits is no hand of the house. */
  async holdersOn(societyId: string, on: Day): Promise<Holder[]> {
    const rows = await this.reads.all<{ personId: string; office: Office }>`
      SELECT person_id AS "personId", office AS "office" FROM office_terms
      WHERE society_id = ${societyId}
        AND from_on <= ${on} AND until_on >= ${on} AND (ended_on IS NULL OR ended_on > ${on})
      ORDER BY id`;
    const officesOf = (personId: string) =>
      inOrder(atWork.filter((row) => row.personId === personId).map(({ office }) => office));
    const atWork = rows.filter(({ office }) => isAtWork(office));
    const personIds = [...new Set(atWork.map(({ personId }) => personId))];
    const persons = await this.people.persons(societyId, personIds);
    const holders = persons.map(({ id, name, maskedName }) => ({
      personId: id,
      name,
      maskedName,
      offices: officesOf(id),
    }));
    const rank = ({ offices }: Holder) => rankOf(offices[0]);
    return holders.sort((a, b) => rank(a) - rank(b));
  }

  /** Who votes: chair, deputies, directors. A secretary-general only when also elected a director. */
  async directorsOn(societyId: string, on: Day): Promise<Director[]> {
    const holders = await this.holdersOn(societyId, on);
    return holders
      .filter(({ offices }) => isDirector(offices))
      .map(({ personId, name }) => ({ personId, name }));
  }

  /** Running and coming terms first, then those that are over, the latest first. */
  async terms(societyId: string): Promise<NamedTerm[]> {
    const rows = await this.reads.all<ListedTerm>`
      SELECT id AS "id", person_id AS "personId", office AS "office", from_on AS "fromOn", until_on AS "untilOn",
             ended_on AS "endedOn"
      FROM office_terms WHERE society_id = ${societyId}
      ORDER BY CASE WHEN ended_on IS NULL THEN until_on ELSE ended_on END DESC, id LIMIT ${MOST_ROWS}`;
    const persons = await this.people.persons(societyId, [...new Set(rows.map(({ personId }) => personId))]);
    const byId = new Map(persons.map((person) => [person.id, person]));
    return rows.flatMap((row) => {
      const person = byId.get(row.personId);
      return person ? [{ ...row, person }] : [];
    });
  }
}

function rankOf(first: Office | undefined): number {
  return first === undefined ? OFFICES.length : OFFICES.indexOf(first);
}
