import { Injectable } from '@nestjs/common';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { AlreadyPaid, BankReferenceUsed, PaymentAlreadyOrdered } from './domain/payment.errors.js';
import { PaymentOrderRow } from './payment-order.entity.js';

const ONE_ORDER = [
  {
    name: 'uq_payment_orders_subject',
    columns: 'payment_orders.subject_kind, payment_orders.subject_id',
  },
  { name: 'uq_payment_orders_purpose', columns: 'payment_orders.purpose' },
];
const ONE_REFERENCE = {
  name: 'uq_payment_orders_reference',
  columns: 'payment_orders.society_id, payment_orders.bank_reference',
};

export type Claim = { readonly id: string; readonly societyId: string; readonly version: number };

/** What the cashier says was done, and the voucher that it was booked by. */
export type Done = {
  readonly paidAt: Date;
  readonly recordedAt: Date;
  readonly cashierId: string;
  readonly bankReference: string | null;
  readonly photoFileId: string;
  readonly witnesses: readonly [string, string] | null;
  readonly voucherId: string;
  readonly voucherNumber: number;
};

@Injectable()
export class PaymentsStore {
  async insert(tx: Tx, order: PaymentOrderRow): Promise<void> {
    try {
      await tx.insert(PaymentOrderRow, order);
    } catch (error) {
      if (ONE_ORDER.some((constraint) => breaksUnique(error, constraint))) throw new PaymentAlreadyOrdered();
      throw error;
    }
  }

  /** Takes the order for this unit, once: ten clerks who press together queue here, and nine find it taken. */
  async claim(tx: Tx, { id, societyId, version }: Claim): Promise<void> {
    await tx.changeOne(() => new AlreadyPaid())`
      UPDATE payment_orders SET version = version + 1
      WHERE id = ${id} AND society_id = ${societyId} AND state = 'TO_PAY' AND version = ${version}`;
  }

  async close(tx: Tx, { id, version }: Claim, done: Done): Promise<void> {
    try {
      await tx.changeOne(() => new AlreadyPaid())`
        UPDATE payment_orders
        SET state = 'PAID', paid_at = ${done.paidAt}, recorded_at = ${done.recordedAt},
            cashier_id = ${done.cashierId}, bank_reference = ${done.bankReference},
            photo_file_id = ${done.photoFileId}, witness_one_id = ${done.witnesses?.[0] ?? null},
            witness_two_id = ${done.witnesses?.[1] ?? null}, voucher_id = ${done.voucherId},
            voucher_number = ${done.voucherNumber}
        WHERE id = ${id} AND state = 'TO_PAY' AND version = ${version + 1}`;
    } catch (error) {
      throw breaksUnique(error, ONE_REFERENCE) ? new BankReferenceUsed() : error;
    }
  }
}
