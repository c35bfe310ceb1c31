import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { WriteOffAlreadyOpen } from './domain/write-off.js';
import { CaseWriteOff } from './write-off.entity.js';

const ONE_OPEN = { name: 'uq_case_write_offs_open', columns: 'case_write_offs.open_key' };

@Injectable()
export class WriteOffsStore {
  async insert(tx: Tx, writeOff: CaseWriteOff): Promise<void> {
    try {
      await tx.insert(CaseWriteOff, writeOff);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new WriteOffAlreadyOpen() : error;
    }
  }

  /** Whether somebody was right about the case, and it is still to be decided anew, as this unit sees it. */
  async isObjected(tx: Tx, caseId: string): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM duties WHERE open_key = ${`DECIDE_ANEW:${caseId}`}`;
    return rows.length > 0;
  }

  async get(tx: Tx, writeOffId: string): Promise<CaseWriteOff> {
    return tx.rows.findOneByOrFail(CaseWriteOff, { id: writeOffId });
  }

  /** The board has said, once. */
  async end(tx: Tx, writeOffId: string, state: 'WRITTEN_OFF' | 'KEPT', at: Date): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('The write-off has ended'))`
      UPDATE case_write_offs SET state = ${state}, ended_at = ${at}, open_key = NULL
      WHERE id = ${writeOffId} AND state = 'OPEN'`;
  }
}
