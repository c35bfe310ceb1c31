import { Injectable } from '@nestjs/common';
import type { Fen } from '../../kernel/fen.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { ManagementLineTaken, TermsAlreadyThere, TermsNotFound } from '../domain/management.errors.js';
import { ManagementDraw, ManagementDrawPart, ManagementTerms } from './management.entity.js';

const ONE_OPEN = { name: 'uq_management_terms_open', columns: 'management_terms.open_key' };
const ONE_LINE = {
  name: 'uq_management_draws_bank',
  columns: 'management_draws.society_id, management_draws.bank_reference',
};

/** Rows of terms and draws. Whoever writes here has taken the gift for his unit before. */
@Injectable()
export class ManagementStore {
  /** What the plan of the campaign that a gift came by says of its costs; null for a gift by none. */
  async planPercentOf(tx: Tx, campaignId: string | null): Promise<number | null> {
    if (campaignId === null) return null;
    const [row] = await tx.read<{ percent: number | string }>`
      SELECT admin_percent AS "percent" FROM campaigns WHERE id = ${campaignId}`;
    return row ? Number(row.percent) : 0;
  }

  async insertTerms(tx: Tx, terms: ManagementTerms): Promise<void> {
    try {
      await tx.insert(ManagementTerms, terms);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new TermsAlreadyThere() : error;
    }
  }

  /** What waits for the chair's word, or stands. */
  findOpen(tx: Tx, giftId: string): Promise<ManagementTerms | null> {
    return tx.rows.findOneBy(ManagementTerms, { openKey: giftId });
  }

  async decide(
    tx: Tx,
    { id, giftId }: ManagementTerms,
    said: { readonly agrees: boolean; readonly by: string | null; readonly at: Date },
  ): Promise<void> {
    await tx.changeOne(() => new TermsNotFound())`
      UPDATE management_terms
      SET state = ${said.agrees ? 'AGREED' : 'REFUSED'}, decided_by = ${said.by}, decided_at = ${said.at},
          open_key = ${said.agrees ? giftId : null}
      WHERE id = ${id} AND state = 'ASKED'`;
  }

  /** The guard is the WHERE: of ten who draw at once, no two get the last fen of the share. */
  async draw(tx: Tx, { id }: ManagementTerms, amountFen: Fen, mostFen: Fen): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('Something was drawn at the same moment'))`
      UPDATE management_terms SET drawn_fen = drawn_fen + ${amountFen}
      WHERE id = ${id} AND state = 'AGREED' AND drawn_fen + ${amountFen} <= ${mostFen}`;
  }

  async insertDraw(tx: Tx, draw: ManagementDraw): Promise<void> {
    try {
      await tx.insert(ManagementDraw, draw);
    } catch (error) {
      throw breaksUnique(error, ONE_LINE) ? new ManagementLineTaken() : error;
    }
  }

  async insertPart(tx: Tx, part: ManagementDrawPart): Promise<void> {
    await tx.insert(ManagementDrawPart, part);
  }
}
