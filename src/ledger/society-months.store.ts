import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { isNothing, monthMoveOf } from './domain/month.js';
import type { DraftVoucher } from './domain/voucher.js';
import { SocietyMonth } from './society-month.entity.js';

const KEY = { name: 'PRIMARY', columns: 'society_months.society_id, society_months.month' };

/** One row for a society and a month: whoever books in another society never waits for it (quality.md 3, R4). */
@Injectable()
export class SocietyMonthsStore {
  /**
   * What a voucher moved, in the unit that books it. The row is looked for first, without a lock: an UPDATE that meets none
   * would lock the gap in which the neighbours open theirs on the first of the month.
   */
  async add(tx: Tx, draft: Pick<DraftVoucher, 'day' | 'lines' | 'reversalOf'>): Promise<void> {
    const move = monthMoveOf(draft);
    const [societyId, month] = [draft.lines[0]?.societyId ?? '', draft.day.slice(0, 7)];
    if (isNothing(move)) return;
    const { inFen, outFen, grants } = move;
    const [known] = await tx.read<object>`
      SELECT month FROM society_months WHERE society_id = ${societyId} AND month = ${month}`;
    if (!known) return this.open(tx, { societyId, month, ...move });
    await tx.changeOne(() => new Error(`The month ${month} of a society has no row`))`
      UPDATE society_months
      SET in_fen = in_fen + ${inFen}, out_fen = out_fen + ${outFen}, grants = grants + ${grants}, pending = 1
      WHERE society_id = ${societyId} AND month = ${month}`;
  }

  private async open(
    tx: Tx,
    row: Pick<SocietyMonth, 'societyId' | 'month' | 'inFen' | 'outFen' | 'grants'>,
  ): Promise<void> {
    const untold = { rolledInFen: fen(0), rolledOutFen: fen(0), rolledGrants: 0, pending: true };
    try {
      await tx.insert(SocietyMonth, { ...row, ...untold });
    } catch (error) {
      throw breaksUnique(error, KEY) ? new StaleSnapshot(`The month ${row.month} was just opened`) : error;
    }
  }
}
