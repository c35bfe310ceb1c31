import { Injectable } from '@nestjs/common';
import { breaksUnique } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { SealBatch, SealRow } from './seal.entity.js';

/** Another sealer was first: what it left is for the next round. */
export class SealedElsewhere extends Error {}

const GUARDS = [
  { name: 'uq_seal_batches_number', columns: 'seal_batches.number' },
  { name: 'uq_seal_batches_previous', columns: 'seal_batches.previous' },
  { name: 'uq_seal_rows_row', columns: 'seal_rows.source, seal_rows.row_id' },
];

@Injectable()
export class SealStore {
  async last(tx: Tx): Promise<SealBatch | null> {
    const [last] = await tx.rows.find(SealBatch, { order: { number: 'DESC' }, take: 1 });
    return last ?? null;
  }

  /** Two sealers may have read the same rows: the numbers of the batches and the rows let one of them through. */
  async insert(tx: Tx, batch: SealBatch, rows: SealRow[]): Promise<void> {
    try {
      await tx.insert(SealBatch, batch);
      await tx.insert(SealRow, rows);
    } catch (error) {
      throw GUARDS.some((guard) => breaksUnique(error, guard)) ? new SealedElsewhere() : error;
    }
  }
}
