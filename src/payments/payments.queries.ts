import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { AttemptOutcome, BankReason, OrderState } from './domain/order-state.js';
import type { PayeeKind } from './domain/payee.js';
import { PaymentOrderNotFound } from './domain/payment.errors.js';

export type PaymentOrder = {
  readonly id: string;
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly purpose: string;
  readonly caseNumber: string;
  readonly amountFen: Fen;
  readonly method: 'CARD' | 'CASH';
  readonly payeeKind: PayeeKind;
  /** A person of the register, or an institution: its account has then the same id. */
  readonly payeeId: string;
  readonly payeeName: string;
  readonly payeeAccountId: string | null;
  readonly approverId: string | null;
  readonly approvedAt: Date | null;
  readonly orderedAt: Date;
  readonly state: OrderState;
  readonly version: number;
  readonly attempts: number;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly paidAt: Date | null;
  readonly cashierId: string | null;
  readonly bankReference: string | null;
  readonly photoFileId: string | null;
  readonly witnessIds: readonly string[];
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
};

type RawOrder = Omit<
  PaymentOrder,
  'amountFen' | 'approvedAt' | 'orderedAt' | 'cancelledAt' | 'paidAt' | 'witnessIds'
> & {
  amountFen: number | string;
  approvedAt: Date | string | null;
  orderedAt: Date | string;
  cancelledAt: Date | string | null;
  paidAt: Date | string | null;
  witnessOne: string | null;
  witnessTwo: string | null;
};

/** One line of what became of an order: a failure, a payment, or the return of one. */
export type Attempt = {
  readonly number: number;
  readonly outcome: AttemptOutcome;
  readonly at: Date;
  readonly reason: BankReason | null;
  readonly note: string | null;
  readonly bankReference: string | null;
  readonly photoFileId: string | null;
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
};

const ORDER = `
  SELECT id AS "id", society_id AS "societyId", subject_kind AS "subjectKind", subject_id AS "subjectId",
         thread_id AS "threadId", purpose AS "purpose", case_number AS "caseNumber", amount_fen AS "amountFen",
         method AS "method", payee_kind AS "payeeKind", payee_id AS "payeeId", payee_name AS "payeeName",
         payee_account_id AS "payeeAccountId", approver_id AS "approverId", approved_at AS "approvedAt",
         ordered_at AS "orderedAt", state AS "state", version AS "version", attempts AS "attempts",
         cancelled_at AS "cancelledAt", cancel_reason AS "cancelReason", paid_at AS "paidAt",
         cashier_id AS "cashierId", bank_reference AS "bankReference", photo_file_id AS "photoFileId",
         witness_one_id AS "witnessOne", witness_two_id AS "witnessTwo", voucher_id AS "voucherId",
         voucher_number AS "voucherNumber"
  FROM payment_orders `;

@Injectable()
export class PaymentsQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's order is not found, like one that never was (D4-69). */
  async order(societyId: string, orderId: string): Promise<PaymentOrder> {
    const [order] = await this.orders`WHERE society_id = ${societyId} AND id = ${orderId}`;
    if (!order) throw new PaymentOrderNotFound();
    return order;
  }

  /** The order that stands, of which there is one at most; else the last of those that were called off. */
  async ofSubject(subjectKind: string, subjectId: string): Promise<PaymentOrder | null> {
    const [order] = await this.orders`
      WHERE subject_kind = ${subjectKind} AND subject_id = ${subjectId}
      ORDER BY CASE WHEN open_key IS NULL THEN 1 ELSE 0 END, id DESC LIMIT 1`;
    return order ?? null;
  }

  /** What the cashier still has to pay, the oldest first. */
  async toPay(societyId: string): Promise<PaymentOrder[]> {
    return this.orders`WHERE society_id = ${societyId} AND state = 'TO_PAY' ORDER BY ordered_at, id`;
  }

  /** What became of an order so far, in the order of writing. */
  async attemptsOf(orderId: string): Promise<Attempt[]> {
    const rows = await this.reads.all<Omit<Attempt, 'at'> & { at: Date | string }>`
      SELECT a.number AS "number", a.outcome AS "outcome", a.at AS "at", a.reason AS "reason", a.note AS "note",
             a.bank_reference AS "bankReference", a.photo_file_id AS "photoFileId", a.voucher_id AS "voucherId",
             v.number AS "voucherNumber"
      FROM payment_attempts a LEFT JOIN vouchers v ON v.id = a.voucher_id
      WHERE a.order_id = ${orderId} ORDER BY a.id`;
    return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
  }

  /** When the bank has refused to carry it out. */
  async refusalsOf(orderId: string): Promise<Date[]> {
    const attempts = await this.attemptsOf(orderId);
    return attempts.filter(({ outcome }) => outcome === 'FAILED').map(({ at }) => at);
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async orders(text: TemplateStringsArray, ...values: (string | number)[]): Promise<PaymentOrder[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([ORDER + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawOrder>(whole, ...values);
    return rows.map(orderOf);
  }
}

function orderOf({ witnessOne, witnessTwo, ...row }: RawOrder): PaymentOrder {
  return {
    ...row,
    amountFen: fen(Number(row.amountFen)),
    approvedAt: optionalInstantOf(row.approvedAt),
    orderedAt: instantOf(row.orderedAt),
    cancelledAt: optionalInstantOf(row.cancelledAt),
    paidAt: optionalInstantOf(row.paidAt),
    witnessIds: [witnessOne, witnessTwo].filter((id) => id !== null),
  };
}
