import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { CaseSeals } from './case.seals.js';
import { LeadAlreadyCase, LeadNotFound } from './domain/case.errors.js';
import type { LeadSource } from './domain/case-words.js';
import { LeadRow } from './lead.entity.js';

export type NewLead = {
  readonly id: string;
  readonly societyId: string;
  readonly source: LeadSource;
  readonly place: string;
  readonly contact: string;
  readonly words: string | null;
  readonly receivedAt: Date;
  readonly receivedBy: string | null;
};

@Injectable()
export class LeadsStore {
  constructor(private readonly seals: CaseSeals) {}

  async insert(tx: Tx, { contact, words, ...lead }: NewLead): Promise<void> {
    await tx.insert(LeadRow, {
      ...lead,
      contactSealed: this.seals.sealLead(lead.id, 'contact', contact),
      wordsSealed: words === null ? null : this.seals.sealLead(lead.id, 'words', words),
      caseId: null,
    });
  }

  /** One lead becomes one case: the guard is the WHERE. */
  async becomeCase(tx: Tx, societyId: string, leadId: string, caseId: string): Promise<void> {
    const known = await tx.rows.countBy(LeadRow, { id: leadId, societyId });
    if (known === 0) throw new LeadNotFound();
    await tx.changeOne(() => new LeadAlreadyCase())`
      UPDATE leads SET case_id = ${caseId}
      WHERE id = ${leadId} AND society_id = ${societyId} AND case_id IS NULL`;
  }
}
