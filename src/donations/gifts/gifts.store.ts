import { Injectable } from '@nestjs/common';
import { breaksUnique } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { GIFT_STATE_WORDS } from '../domain/gift.js';
import type { GiftEnding, GiftState, ReceiptState } from '../domain/gift.js';
import { BankLineTaken, GiftMovedOn, GiftNotFound } from '../domain/donations.errors.js';
import { Gift, GiftLot } from './gift.entity.js';
import type { GiftFacts } from './gift.entity.js';

const ONE_LINE = { name: 'uq_gifts_bank_line', columns: 'gifts.society_id, gifts.bank_key' };

/** Rows of gifts; another society's gift is not found. Each change says from which state it may be made. */
@Injectable()
export class GiftsStore {
  async insert(tx: Tx, gift: GiftFacts): Promise<void> {
    await unlessTaken(() => tx.insert(Gift, gift));
    if (gift.lotId !== null) await this.addLot(tx, gift.id, gift.lotId);
  }

  async get(tx: Tx, societyId: string, giftId: string): Promise<GiftFacts> {
    const row = await tx.rows.findOneBy(Gift, { id: giftId, societyId });
    if (!row) throw new GiftNotFound();
    return row;
  }

  /** Takes a gift for this unit in the state that it must be in: a second that comes at the same moment is refused. */
  async take(tx: Tx, societyId: string, giftId: string, state: GiftState): Promise<GiftFacts> {
    const taken = await tx.change`
      UPDATE gifts SET version = version + 1 WHERE id = ${giftId} AND society_id = ${societyId} AND state = ${state}`;
    const row = await this.get(tx, societyId, giftId);
    if (taken !== 1) throw new GiftMovedOn(GIFT_STATE_WORDS[row.state]);
    return row;
  }

  /** A pledge came in, or the giver of unknown money was found. */
  async receive(tx: Tx, { id, ...now }: Omit<GiftFacts, 'state'>, lotId: string): Promise<void> {
    await unlessTaken(
      () => tx.changeOne(() => new GiftMovedOn(GIFT_STATE_WORDS.RECEIVED))`
        UPDATE gifts SET state = 'RECEIVED', donor_id = ${now.donorId}, nature = ${now.nature},
               receipt_state = ${now.receiptState}, amount_fen = ${now.amountFen}, given_on = ${now.givenOn},
               method = ${now.method}, bank_reference = ${now.bankReference}, bank_key = ${now.bankKey},
               intent = ${now.intent}, intent_words = ${now.intentWords}, fund = ${now.fund},
               restriction = ${now.restriction}, lot_id = ${lotId}, voucher_id = ${now.voucherId},
               received_by = ${now.receivedBy}, recorded_by = ${now.recordedBy}, recorded_at = ${now.recordedAt}
        WHERE id = ${id} AND state IN ('PLEDGED', 'UNKNOWN')`,
    );
    await this.addLot(tx, id, lotId);
  }

  async end(tx: Tx, gift: GiftFacts, ending: GiftEnding, at: Date): Promise<void> {
    await tx.changeOne(() => new GiftMovedOn(GIFT_STATE_WORDS.ENDED))`
      UPDATE gifts SET state = 'ENDED', ending = ${ending}, ended_at = ${at}, bank_key = NULL, receipt_state = 'NONE'
      WHERE id = ${gift.id} AND state = ${gift.state}`;
  }

  /** DUE → ISSUED or WAIVED, ISSUED → DUE: a second that comes at the same moment finds it moved on. */
  async changeReceipt(tx: Tx, giftId: string, from: ReceiptState, to: ReceiptState): Promise<boolean> {
    const changed = await tx.change`
      UPDATE gifts SET receipt_state = ${to} WHERE id = ${giftId} AND receipt_state = ${from} AND state = 'RECEIVED'`;
    return changed === 1;
  }

  /** Some of it is about to go back: what a receipt would say is not known yet, and it is no slip of the pen. */
  async isRefunding(tx: Tx, giftId: string): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM gift_refunds WHERE gift_id = ${giftId} AND state IN ('ASKED', 'APPROVED') LIMIT 1`;
    return rows.length > 0;
  }

  async addLot(tx: Tx, giftId: string, lotId: string): Promise<void> {
    await tx.insert(GiftLot, { giftId, lotId });
  }

  async lotsOf(tx: Tx, giftId: string): Promise<string[]> {
    const rows = await tx.rows.find(GiftLot, { where: { giftId }, order: { lotId: 'ASC' } });
    return rows.map(({ lotId }) => lotId);
  }
}

async function unlessTaken(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw breaksUnique(error, ONE_LINE) ? new BankLineTaken() : error;
  }
}
