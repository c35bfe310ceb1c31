import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { RevocationAlreadyOpen } from './domain/revocation.js';
import { CaseRevocation } from './revocation.entity.js';

const ONE_OPEN = { name: 'uq_case_revocations_open', columns: 'case_revocations.open_key' };

@Injectable()
export class RevocationsStore {
  async insert(tx: Tx, revocation: CaseRevocation): Promise<void> {
    try {
      await tx.insert(CaseRevocation, revocation);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new RevocationAlreadyOpen() : error;
    }
  }

  async get(tx: Tx, revocationId: string): Promise<CaseRevocation> {
    return tx.rows.findOneByOrFail(CaseRevocation, { id: revocationId });
  }

  /** By which somebody may be flagged as having said what was untrue. */
  async untrueOf(tx: Tx, caseId: string): Promise<string[]> {
    const found = await tx.rows.findBy(CaseRevocation, { caseId, state: 'REVOKED', reason: 'FALSE_FACTS' });
    return found.map(({ id }) => id);
  }

  /** The board has said, once. */
  async end(tx: Tx, revocationId: string, state: 'REVOKED' | 'KEPT', at: Date): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The revocation has ended'))`
      UPDATE case_revocations SET state = ${state}, ended_at = ${at}, open_key = NULL
      WHERE id = ${revocationId} AND state = 'OPEN'`;
  }
}
