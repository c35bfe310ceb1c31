import { Injectable } from '@nestjs/common';
import { fen } from '../../kernel/fen.js';
import { day } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { UnlistedGift } from '../domain/donation-list.js';
import { DonationListNotFound, DonationListSigned } from '../domain/donation-list.errors.js';
import { DonationList, DonationListGift } from './donation-list.entity.js';

const LISTED_ONCE = { name: 'uq_donation_list_gifts_once', columns: 'donation_list_gifts.gift_key' };

/** Rows of lists of donors; another society's list is not found. */
@Injectable()
export class DonationListStore {
  constructor(private readonly ids: Ids) {}

  /** Gifts in money and in goods that stand in no list, up to that day; what went back to a giver is taken off. */
  async waiting(tx: Tx, societyId: string, until: Day): Promise<UnlistedGift[]> {
    const rows = await tx.read<Omit<UnlistedGift, 'amountFen'> & { amountFen: number | string }>`
      SELECT g.id AS "giftId", g.donor_id AS "donorId", g.given_on AS "givenOn", g.form AS "form",
             g.amount_fen - (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x
                             JOIN lot_allocations a ON a.lot_id = x.lot_id
                             WHERE x.gift_id = g.id AND a.kind = 'REFUNDED') AS "amountFen"
      FROM gifts g
      WHERE g.society_id = ${societyId} AND g.state = 'RECEIVED' AND g.nature = 'GIFT'
        AND g.given_on <= ${until}
        AND NOT EXISTS (SELECT 1 FROM donation_list_gifts l WHERE l.gift_key = g.id)`;
    return rows.map((row) => ({
      ...row,
      givenOn: day(row.givenOn),
      amountFen: fen(Number(row.amountFen)),
    }));
  }

  /** Of ten who list the same gifts at once, one does; the others begin anew and find none. The gifts are taken by it. */
  async insert(
    tx: Tx,
    list: Omit<DonationList, 'withdrawnAt'>,
    gifts: readonly UnlistedGift[],
  ): Promise<void> {
    await tx.insert(DonationList, { ...list, withdrawnAt: null });
    const rows = gifts.map(({ giftId, amountFen }) => ({
      id: this.ids.next(),
      listId: list.id,
      giftId,
      giftKey: giftId,
      amountFen,
    }));
    try {
      await tx.insert(DonationListGift, rows);
    } catch (error) {
      throw breaksUnique(error, LISTED_ONCE) ? new StaleSnapshot('A gift was listed meanwhile') : error;
    }
    await tx.change`
      UPDATE gifts SET version = version + 1
      WHERE id IN (SELECT gift_id FROM donation_list_gifts WHERE list_id = ${list.id})`;
  }

  /** Ends a list that nobody has signed, and lets its gifts go; a second time it is refused. */
  async withdraw(tx: Tx, societyId: string, listId: string, at: Date): Promise<void> {
    const known = await tx.rows.countBy(DonationList, { id: listId, societyId });
    if (known === 0) throw new DonationListNotFound();
    await tx.changeOne(() => new DonationListSigned())`
      UPDATE donation_lists SET withdrawn_at = ${at} WHERE id = ${listId} AND withdrawn_at IS NULL`;
    await tx.change`UPDATE donation_list_gifts SET gift_key = NULL WHERE list_id = ${listId}`;
  }
}
