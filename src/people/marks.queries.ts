import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import { PeopleSeals } from './people.seals.js';
import { SecretsQueries } from './secrets.queries.js';

/** What a value is by a name that opens nothing, and means nothing in another scope. */
export type Mark = {
  /** The applicant's own ID number, that of somebody in the household, or the card that the money goes to. */
  readonly kind: 'PERSON' | 'HOUSEHOLD' | 'CARD';
  readonly mark: string;
};

export type Marked = {
  readonly societyId: string;
  readonly personId: string;
  readonly householdId: string;
  readonly payeeAccountId: string | null;
};

/**
 * Marks by which a household is found again among all societies of one federation. They are made for whoever asks for
 * help, under a purpose of their own: the indexes of the registers stay useless outside their society (quality.md T16).
 */
@Injectable()
export class MarksQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: PeopleSeals,
    private readonly secrets: SecretsQueries,
  ) {}

  async marksOf(
    scope: string,
    { societyId, personId, householdId, payeeAccountId }: Marked,
  ): Promise<Mark[]> {
    const persons = await this.reads.all<{ id: string; sealed: string }>`
      SELECT id AS "id", id_number_sealed AS "sealed" FROM persons
      WHERE society_id = ${societyId} AND household_id = ${householdId} AND id_number_sealed IS NOT NULL`;
    const marks = persons.map(({ id, sealed }): Mark => {
      const plain = this.seals.open('id-number', id, sealed);
      return {
        kind: id === personId ? 'PERSON' : 'HOUSEHOLD',
        mark: this.seals.index('id-number', scope, plain),
      };
    });
    if (payeeAccountId === null) return marks;
    const plain = await this.secrets.card(societyId, payeeAccountId);
    return [...marks, { kind: 'CARD', mark: this.seals.index('card', scope, plain) }];
  }
}
