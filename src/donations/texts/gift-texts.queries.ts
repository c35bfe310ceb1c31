import { Injectable } from '@nestjs/common';
import { uuidv7 } from '../../kernel/ids.js';
import { listOf, Reads } from '../../platform/database/reads.js';

/** Money of a donor's gift that a payment took, and the case it was for. */
export type DonorUse = {
  readonly societyId: string;
  readonly donorId: string;
  readonly hasAccount: boolean;
  readonly phoneSealed: string;
  readonly threadId: string;
};

type Span = { readonly fromAt: Date; readonly untilAt: Date };

/** Rows carry the moment of their making in their keys: those made in the span lie between two of them. */
const keyAt = (at: Date): string => uuidv7(at, new Uint8Array(10));

/** Which donors' money was used in a span of time, by what the lots say. */
@Injectable()
export class GiftTextsQueries {
  constructor(private readonly reads: Reads) {}

  /** The next societies in which money of a donor with a phone was used, in the order of their ids. */
  async societies(afterId: string, { fromAt, untilAt }: Span, most: number): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT DISTINCT g.society_id AS "id"
      FROM lot_allocations a JOIN gift_lots x ON x.lot_id = a.lot_id JOIN gifts g ON g.id = x.gift_id
      JOIN donors d ON d.id = g.donor_id
      WHERE a.id >= ${keyAt(fromAt)} AND a.id < ${keyAt(untilAt)} AND a.kind = 'PAID' AND g.nature = 'GIFT'
        AND d.phone_sealed IS NOT NULL AND g.society_id > ${afterId}
      ORDER BY g.society_id LIMIT ${most}`;
    return rows.map(({ id }) => id);
  }

  /** Under which numbers the gifts of an account are kept, a record a society. */
  async numbersOf(accountId: string): Promise<{ id: string; societyId: string; phoneSealed: string }[]> {
    return this.reads.all<{ id: string; societyId: string; phoneSealed: string }>`
      SELECT id AS "id", society_id AS "societyId", phone_sealed AS "phoneSealed" FROM donors
      WHERE account_id = ${accountId} AND phone_sealed IS NOT NULL ORDER BY id`;
  }

  /** What of it stands: a payment that came back in the same span used nothing. */
  async uses(societyIds: readonly string[], { fromAt, untilAt }: Span): Promise<DonorUse[]> {
    const rows = await this.reads.among<Omit<DonorUse, 'hasAccount'> & { accountId: string | null }>`
      SELECT g.society_id AS "societyId", d.id AS "donorId", d.account_id AS "accountId",
             d.phone_sealed AS "phoneSealed", o.thread_id AS "threadId"
      FROM lot_allocations a JOIN gift_lots x ON x.lot_id = a.lot_id JOIN gifts g ON g.id = x.gift_id
      JOIN donors d ON d.id = g.donor_id JOIN payment_orders o ON o.id = a.order_id
      WHERE a.id >= ${keyAt(fromAt)} AND a.id < ${keyAt(untilAt)} AND a.kind IN ('PAID', 'RETURNED')
        AND g.nature = 'GIFT' AND d.phone_sealed IS NOT NULL AND g.society_id IN ${listOf(societyIds)}
      GROUP BY g.society_id, d.id, d.account_id, d.phone_sealed, o.thread_id
      HAVING SUM(a.amount_fen) > 0
      ORDER BY g.society_id, d.id`;
    return rows.map(({ accountId, ...use }) => ({ ...use, hasAccount: accountId !== null }));
  }
}
