import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import type { Invoice } from './domain/invoices.js';
import { reliefNumberText } from './domain/relief-words.js';

/** The case in which an invoice counts. */
export type InvoiceUse = {
  readonly reliefId: string;
  /** 慈救2026-0003 */
  readonly number: string;
  readonly homeSocietyId: string;
  readonly originPersonId: string;
  readonly nodeId: string;
  readonly isSameAmount: boolean;
  /** How many invoices that case has. */
  readonly invoices: number;
};

/** Whether the rows of a sheet have been submitted before. Told to nobody as it is (D4-11). */
@Injectable()
export class ReliefImportQueries {
  constructor(private readonly reads: Reads) {}

  /** In the order asked; null for an invoice that counts nowhere in this fund. */
  async usesOf(fundId: string, invoices: readonly Invoice[]): Promise<(InvoiceUse | null)[]> {
    const uses: (InvoiceUse | null)[] = [];
    for (const invoice of invoices) uses.push(await this.useOf(fundId, invoice));
    return uses;
  }

  private async useOf(fundId: string, { number, amountFen }: Invoice): Promise<InvoiceUse | null> {
    const row = await this.reads.one<
      Pick<InvoiceUse, 'reliefId' | 'homeSocietyId' | 'originPersonId' | 'nodeId'> &
        Record<'year' | 'number' | 'amountFen' | 'invoices', number | string>
    >`
      SELECT r.id AS "reliefId", r.year AS "year", r.number AS "number", r.home_society_id AS "homeSocietyId",
             r.origin_person_id AS "originPersonId", r.node_id AS "nodeId", i.amount_fen AS "amountFen",
             (SELECT COUNT(*) FROM relief_invoices o WHERE o.relief_id = r.id AND o.used_key IS NOT NULL) AS "invoices"
      FROM relief_invoices i JOIN relief_cases r ON r.id = i.relief_id
      WHERE r.fund_id = ${fundId} AND i.number = ${number} AND i.used_key IS NOT NULL`;
    if (!row) return null;
    const { year, number: serial, amountFen: amount, invoices, ...use } = row;
    return {
      ...use,
      number: reliefNumberText({ year: Number(year), number: Number(serial) }),
      isSameAmount: Number(amount) === amountFen,
      invoices: Number(invoices),
    };
  }
}
