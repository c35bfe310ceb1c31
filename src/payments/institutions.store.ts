import { Injectable } from '@nestjs/common';
import { tailOf } from '../kernel/chinese/card-number.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import {
  InstitutionAlreadyKnown,
  InstitutionEnded,
  InstitutionNotFound,
} from './domain/institution.errors.js';
import { InstitutionSeals } from './institutions.seals.js';
import { PayeeInstitution } from './payee-institution.entity.js';

const ONE_ACCOUNT = {
  name: 'uq_payee_institutions_account',
  columns: 'payee_institutions.society_id, payee_institutions.account_index',
};

/** An institution of a society; another society's is not found. */
export type Place = { readonly societyId: string; readonly institutionId: string };

export type NewInstitution = Pick<
  PayeeInstitution,
  'societyId' | 'name' | 'bankName' | 'createdAt' | 'createdBy'
> & { readonly account: string };

@Injectable()
export class InstitutionsStore {
  constructor(
    private readonly seals: InstitutionSeals,
    private readonly ids: Ids,
  ) {}

  async insert(tx: Tx, { account, ...facts }: NewInstitution): Promise<PayeeInstitution> {
    const id = this.ids.next();
    const row: PayeeInstitution = {
      ...facts,
      id,
      accountSealed: this.seals.seal(id, account),
      accountIndex: this.seals.index(facts.societyId, account),
      accountTail: tailOf(account),
      version: 1,
      endedAt: null,
    };
    try {
      await tx.insert(PayeeInstitution, row);
    } catch (error) {
      throw breaksUnique(error, ONE_ACCOUNT) ? new InstitutionAlreadyKnown() : error;
    }
    return row;
  }

  /** Takes it for the order of this unit: it is in use, and cannot be ended before the unit is in the books. */
  async address(tx: Tx, place: Place): Promise<PayeeInstitution> {
    const taken = await tx.change`
      UPDATE payee_institutions SET version = version + 1
      WHERE id = ${place.institutionId} AND society_id = ${place.societyId} AND ended_at IS NULL`;
    return taken === 1 ? this.get(tx, place) : this.refuse(tx, place);
  }

  /** The same for money that left at `paidAt`: what was sent before it was ended may be written down afterwards. */
  async payTo(tx: Tx, place: Place, paidAt: Date): Promise<void> {
    const taken = await tx.change`
      UPDATE payee_institutions SET version = version + 1
      WHERE id = ${place.institutionId} AND society_id = ${place.societyId}
        AND (ended_at IS NULL OR ended_at >= ${paidAt})`;
    if (taken !== 1) await this.refuse(tx, place);
  }

  async end(tx: Tx, place: Place, endedAt: Date): Promise<void> {
    const ended = await tx.change`
      UPDATE payee_institutions SET ended_at = ${endedAt}, account_index = NULL, version = version + 1
      WHERE id = ${place.institutionId} AND society_id = ${place.societyId} AND ended_at IS NULL`;
    if (ended !== 1) await this.refuse(tx, place);
  }

  private async get(tx: Tx, { societyId, institutionId }: Place): Promise<PayeeInstitution> {
    const row = await tx.rows.findOneBy(PayeeInstitution, { id: institutionId, societyId });
    if (!row) throw new InstitutionNotFound();
    return row;
  }

  private async refuse(tx: Tx, place: Place): Promise<never> {
    const { endedAt } = await this.get(tx, place);
    throw endedAt === null ? new StaleSnapshot('The institution has moved on') : new InstitutionEnded();
  }
}
