import { Injectable } from '@nestjs/common';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { InstitutionNotFound } from './domain/institution.errors.js';

/** Of the account its last four digits, and no more. */
export type Institution = {
  readonly id: string;
  readonly societyId: string;
  readonly name: string;
  readonly bankName: string;
  readonly accountTail: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  /** Null while it is in use. */
  readonly endedAt: Date | null;
};

type Raw = Omit<Institution, 'createdAt' | 'endedAt'> & {
  createdAt: Date | string;
  endedAt: Date | string | null;
};

const INSTITUTION = `
  SELECT id AS "id", society_id AS "societyId", name AS "name", bank_name AS "bankName",
         account_tail AS "accountTail", created_at AS "createdAt", created_by AS "createdBy", ended_at AS "endedAt"
  FROM payee_institutions `;

/** The institutions that a society pays to. */
@Injectable()
export class InstitutionsQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's institution is not found, like one that never was (D4-69). */
  async institution(societyId: string, institutionId: string): Promise<Institution> {
    const [found] = await this.institutions`WHERE society_id = ${societyId} AND id = ${institutionId}`;
    if (!found) throw new InstitutionNotFound();
    return found;
  }

  /** What an order may be addressed to, by name. */
  async inUse(societyId: string): Promise<Institution[]> {
    return this.institutions`WHERE society_id = ${societyId} AND ended_at IS NULL ORDER BY name, id`;
  }

  /** Those that have ended too. */
  async all(societyId: string): Promise<Institution[]> {
    return this.institutions`WHERE society_id = ${societyId} ORDER BY name, id`;
  }

  /** How many orders wait to be paid to it. */
  async waiting(societyId: string, institutionId: string): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM payment_orders
      WHERE society_id = ${societyId} AND state IN ('TO_APPROVE', 'TO_PAY')
        AND payee_kind = 'INSTITUTION' AND payee_id = ${institutionId}`;
    return Number(row?.count ?? 0);
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async institutions(text: TemplateStringsArray, ...values: Value[]): Promise<Institution[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([INSTITUTION + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      createdAt: instantOf(row.createdAt),
      endedAt: optionalInstantOf(row.endedAt),
    }));
  }
}
