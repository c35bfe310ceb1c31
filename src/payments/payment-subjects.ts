import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';

export type Paid = {
  readonly orderId: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly amountFen: Fen;
  readonly paidAt: Date;
  readonly method: 'CARD' | 'CASH';
  readonly voucherNumber: number;
  readonly cashierId: string;
};

export type SubjectDescription = {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Its own page. */
  readonly href: string;
};

export type PaymentSubject = {
  /** A step of the payment's own unit of work: the case goes on from here. */
  paid(tx: Tx, paid: Paid): Promise<void>;
  describe(societyId: string, subjectId: string): Promise<SubjectDescription>;
};

/** What is paid for belongs to a context below; it registers here at the start, so that no arrow points down. */
@Injectable()
export class PaymentSubjects {
  private readonly subjects = new Map<string, PaymentSubject>();

  register(kind: string, subject: PaymentSubject): void {
    if (this.subjects.has(kind)) throw new Error(`Two contexts are paid for as ${kind}`);
    this.subjects.set(kind, subject);
  }

  of(kind: string): PaymentSubject {
    const subject = this.subjects.get(kind);
    if (!subject) throw new Error(`Nobody is paid for as ${kind}`);
    return subject;
  }
}
