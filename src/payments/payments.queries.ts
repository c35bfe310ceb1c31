import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
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
  readonly payeeId: string;
  readonly payeeName: string;
  readonly payeeAccountId: string | null;
  readonly approverId: string;
  readonly orderedAt: Date;
  readonly state: 'TO_PAY' | 'PAID';
  readonly version: number;
  readonly paidAt: Date | null;
  readonly cashierId: string | null;
  readonly bankReference: string | null;
  readonly photoFileId: string | null;
  readonly witnessIds: readonly string[];
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
};

type RawOrder = Omit<PaymentOrder, 'amountFen' | 'orderedAt' | 'paidAt' | 'witnessIds'> & {
  amountFen: number | string;
  orderedAt: Date | string;
  paidAt: Date | string | null;
  witnessOne: string | null;
  witnessTwo: string | null;
};

const ORDER = `
  SELECT id AS "id", society_id AS "societyId", subject_kind AS "subjectKind", subject_id AS "subjectId",
         thread_id AS "threadId", purpose AS "purpose", case_number AS "caseNumber", amount_fen AS "amountFen",
         method AS "method", payee_id AS "payeeId", payee_name AS "payeeName",
         payee_account_id AS "payeeAccountId", approver_id AS "approverId", ordered_at AS "orderedAt",
         state AS "state", version AS "version", paid_at AS "paidAt", cashier_id AS "cashierId",
         bank_reference AS "bankReference", photo_file_id AS "photoFileId", witness_one_id AS "witnessOne",
         witness_two_id AS "witnessTwo", voucher_id AS "voucherId", voucher_number AS "voucherNumber"
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

  async ofSubject(subjectKind: string, subjectId: string): Promise<PaymentOrder | null> {
    const [order] = await this.orders`WHERE subject_kind = ${subjectKind} AND subject_id = ${subjectId}`;
    return order ?? null;
  }

  /** What the cashier still has to pay, the oldest first. */
  async toPay(societyId: string): Promise<PaymentOrder[]> {
    return this.orders`WHERE society_id = ${societyId} AND state = 'TO_PAY' ORDER BY ordered_at, id`;
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
    orderedAt: instantOf(row.orderedAt),
    paidAt: optionalInstantOf(row.paidAt),
    witnessIds: [witnessOne, witnessTwo].filter((id) => id !== null),
  };
}
