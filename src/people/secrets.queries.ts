import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import { PayeeAccountNotFound, PersonNotFound } from './domain/people.errors.js';
import { PeopleSeals } from './people.seals.js';

/**
 * Opens single sealed fields. Used by `LooksService` and `PeopleService`, which write every look into the trail, and by
 * `MarksQueries`, which hands out nothing that could be looked at.
 */
@Injectable()
export class SecretsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: PeopleSeals,
  ) {}

  async card(societyId: string, payeeAccountId: string): Promise<string> {
    const row = await this.reads.one<{ sealed: string }>`
      SELECT card_sealed AS "sealed" FROM payee_accounts
      WHERE society_id = ${societyId} AND id = ${payeeAccountId}`;
    if (!row) throw new PayeeAccountNotFound();
    return this.seals.open('card', payeeAccountId, row.sealed);
  }

  async idNumber(societyId: string, personId: string): Promise<string | null> {
    const { idNumber } = await this.sealedOf(societyId, personId);
    return idNumber === null ? null : this.seals.open('id-number', personId, idNumber);
  }

  async phone(societyId: string, personId: string): Promise<string | null> {
    const { phone } = await this.sealedOf(societyId, personId);
    return phone === null ? null : this.seals.open('phone', personId, phone);
  }

  private async sealedOf(
    societyId: string,
    personId: string,
  ): Promise<{ idNumber: string | null; phone: string | null }> {
    const row = await this.reads.one<{ idNumber: string | null; phone: string | null }>`
      SELECT id_number_sealed AS "idNumber", phone_sealed AS "phone" FROM persons
      WHERE society_id = ${societyId} AND id = ${personId}`;
    if (!row) throw new PersonNotFound();
    return row;
  }
}
