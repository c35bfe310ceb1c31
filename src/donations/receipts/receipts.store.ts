import { Injectable } from '@nestjs/common';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { breaksUnique } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { ReceiptState } from '../domain/gift.js';
import { ReceiptAlreadyReversed, ReceiptNotFound } from '../domain/receipt.errors.js';
import { Receipt, ReceiptRight, ReceiptWaiver } from './receipt.entity.js';

const REVERSED_ONCE = { name: 'uq_receipts_reversed_once', columns: 'receipts.reverses_id' };

const ONE_VERSION = {
  name: 'uq_receipt_rights_version',
  columns: 'receipt_rights.organisation_id, receipt_rights.version',
};

export class VersionTaken extends Error {}

/** Rows of receipts and rights: added to, never changed. What moves is the state of the gift. */
@Injectable()
export class ReceiptsStore {
  async insert(tx: Tx, receipt: Receipt): Promise<void> {
    try {
      await tx.insert(Receipt, receipt);
    } catch (error) {
      throw breaksUnique(error, REVERSED_ONCE) ? new ReceiptAlreadyReversed() : error;
    }
  }

  /** Of the society's own gifts; another society's is not found. */
  async get(tx: Tx, societyId: string, receiptId: string): Promise<Receipt> {
    const row = await tx.rows.findOneBy(Receipt, { id: receiptId, societyId });
    if (!row) throw new ReceiptNotFound();
    return row;
  }

  async isReversed(tx: Tx, receiptId: string): Promise<boolean> {
    return (await tx.rows.findOneBy(Receipt, { reversesId: receiptId })) !== null;
  }

  async insertWaiver(tx: Tx, waiver: ReceiptWaiver): Promise<void> {
    await tx.insert(ReceiptWaiver, waiver);
  }

  /** The gift leaves one state of its receipt for another: whoever comes second finds it moved on. */
  async move(
    tx: Tx,
    giftId: string,
    from: ReceiptState,
    to: ReceiptState,
    refusal: () => Error,
  ): Promise<void> {
    await tx.changeOne(refusal)`
      UPDATE gifts SET receipt_state = ${to}, version = version + 1
      WHERE id = ${giftId} AND state = 'RECEIVED' AND receipt_state = ${from}`;
  }

  /** What of a gift went back to its giver, from all its lots. */
  async refunded(tx: Tx, giftId: string): Promise<Fen> {
    const [row] = await tx.read<{ sum: number | string }>`
      SELECT COALESCE(SUM(a.amount_fen), 0) AS "sum" FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id
      WHERE x.gift_id = ${giftId} AND a.kind = 'REFUNDED'`;
    return fen(Number(row?.sum ?? 0));
  }

  /** What was written down for an organisation, the oldest first. */
  async rightsOf(tx: Tx, organisationId: string): Promise<ReceiptRight[]> {
    return tx.rows.find(ReceiptRight, { where: { organisationId }, order: { version: 'ASC' } });
  }

  async insertRight(tx: Tx, right: ReceiptRight): Promise<void> {
    try {
      await tx.insert(ReceiptRight, right);
    } catch (error) {
      throw breaksUnique(error, ONE_VERSION)
        ? new VersionTaken('The next version was just written down')
        : error;
    }
  }
}
