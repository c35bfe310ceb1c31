import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { OrderState } from './domain/order-state.js';
import {
  BankReferenceUsed,
  PaymentAlreadyOrdered,
  PaymentOrderNotFound,
  refusalOf,
} from './domain/payment.errors.js';
import { PaymentAttempt } from './payment-attempt.entity.js';
import { PaymentOrderRow } from './payment-order.entity.js';
import type { PayMethod } from './payment-order.entity.js';

const ONE_ORDER = [
  { name: 'uq_payment_orders_open', columns: 'payment_orders.open_key' },
  { name: 'uq_payment_orders_purpose', columns: 'payment_orders.purpose' },
];
const ONE_REFERENCE = {
  name: 'uq_payment_attempts_reference',
  columns: 'payment_attempts.society_id, payment_attempts.outcome, payment_attempts.bank_reference',
};

export type Claim = { readonly id: string; readonly societyId: string; readonly version: number };
export type Subject = { readonly subjectKind: string; readonly subjectId: string };

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

export function openKeyOf({ subjectKind, subjectId }: Subject): string {
  return `${subjectKind}:${subjectId}`;
}

@Injectable()
export class PaymentsStore {
  constructor(private readonly ids: Ids) {}

  async insert(tx: Tx, order: PaymentOrderRow): Promise<void> {
    try {
      await tx.insert(PaymentOrderRow, order);
    } catch (error) {
      if (ONE_ORDER.some((constraint) => breaksUnique(error, constraint))) throw new PaymentAlreadyOrdered();
      throw error;
    }
  }

  async get(tx: Tx, orderId: string): Promise<PaymentOrderRow> {
    const row = await tx.rows.findOneBy(PaymentOrderRow, { id: orderId });
    if (!row) throw new PaymentOrderNotFound();
    return row;
  }

  /** The order of a subject that stands; else the last of those that were called off. */
  async getOf(tx: Tx, subject: Subject): Promise<PaymentOrderRow> {
    const { subjectKind, subjectId } = subject;
    const [last] = await tx.rows.find(PaymentOrderRow, {
      where: { subjectKind, subjectId },
      order: { openKey: 'DESC', id: 'DESC' }, // NULL comes last
      take: 1,
    });
    if (!last) throw new PaymentOrderNotFound();
    return last;
  }

  /**
   * Takes the order for this unit, once: ten clerks who press together queue here, and nine find that it has moved on.
   * `version` is that of the order on which the rules were checked, so that none of it has changed since.
   */
  async claim(tx: Tx, { id, societyId, version }: Claim, from: OrderState): Promise<void> {
    const claimed = await tx.change`
      UPDATE payment_orders SET version = version + 1
      WHERE id = ${id} AND society_id = ${societyId} AND state = ${from} AND version = ${version}`;
    if (claimed === 1) return;
    const found = await this.get(tx, id);
    if (found.state === from && found.version === version) throw new StaleSnapshot('The order has moved on');
    throw refusalOf(from, found.state);
  }

  /** The steps after the claim: the order belongs to this unit, and stands as it did when the rules were checked. */
  async approve(tx: Tx, orderId: string, approverId: string, at: Date): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders SET state = 'TO_PAY', approver_id = ${approverId}, approved_at = ${at}
      WHERE id = ${orderId} AND state = 'TO_APPROVE'`;
  }

  async close(tx: Tx, orderId: string, done: Done): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders
      SET state = 'PAID', attempts = attempts + 1, paid_at = ${done.paidAt}, recorded_at = ${done.recordedAt},
          cashier_id = ${done.cashierId}, bank_reference = ${done.bankReference},
          photo_file_id = ${done.photoFileId}, witness_one_id = ${done.witnesses?.[0] ?? null},
          witness_two_id = ${done.witnesses?.[1] ?? null}, voucher_id = ${done.voucherId},
          voucher_number = ${done.voucherNumber}
      WHERE id = ${orderId} AND state = 'TO_PAY'`;
  }

  async countFailure(tx: Tx, orderId: string): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders SET attempts = attempts + 1 WHERE id = ${orderId} AND state = 'TO_PAY'`;
  }

  /** The bank sent it back: it is to be paid again. What stood there is kept in the attempts. */
  async reopen(tx: Tx, orderId: string): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders
      SET state = 'TO_PAY', paid_at = NULL, recorded_at = NULL, cashier_id = NULL, bank_reference = NULL,
          photo_file_id = NULL, witness_one_id = NULL, witness_two_id = NULL, voucher_id = NULL, voucher_number = NULL
      WHERE id = ${orderId} AND state = 'PAID'`;
  }

  async cancel(tx: Tx, orderId: string, at: Date, reason: string): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders
      SET state = 'CANCELLED', open_key = NULL, cancelled_at = ${at}, cancel_reason = ${reason}
      WHERE id = ${orderId} AND state IN ('TO_APPROVE', 'TO_PAY')`;
  }

  async changeAccount(tx: Tx, orderId: string, method: PayMethod, accountId: string | null): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders SET method = ${method}, payee_account_id = ${accountId}
      WHERE id = ${orderId} AND state IN ('TO_APPROVE', 'TO_PAY')`;
  }

  /** To another institution than the one that was named: what somebody approved was for that one, so it is asked again. */
  async changeInstitution(
    tx: Tx,
    orderId: string,
    { id, name }: { readonly id: string; readonly name: string },
  ): Promise<void> {
    await this.step(tx)`
      UPDATE payment_orders
      SET payee_id = ${id}, payee_account_id = ${id}, payee_name = ${name}, state = 'TO_APPROVE', approver_id = NULL,
          approved_at = NULL
      WHERE id = ${orderId} AND payee_kind = 'INSTITUTION' AND state IN ('TO_APPROVE', 'TO_PAY')`;
  }

  async insertAttempt(tx: Tx, attempt: Omit<PaymentAttempt, 'id'>): Promise<void> {
    try {
      await tx.insert(PaymentAttempt, { ...attempt, id: this.ids.next() });
    } catch (error) {
      throw breaksUnique(error, ONE_REFERENCE) ? new BankReferenceUsed() : error;
    }
  }

  private step(tx: Tx) {
    return tx.changeOne(() => new Error('An order that this unit had claimed was moved by another'));
  }
}
