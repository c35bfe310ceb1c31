import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import type { BankReason } from './domain/order-state.js';

/** The order that something happened to, and whose it is. */
type OrderFacts = {
  readonly orderId: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly amountFen: Fen;
  /** Which try of the order, from 1. */
  readonly attempt: number;
};

export type Paid = OrderFacts & {
  readonly paidAt: Date;
  readonly method: 'CARD' | 'CASH';
  readonly voucherNumber: number;
  readonly cashierId: string;
};

/** The bank refused a transfer before any money left. */
export type Failed = OrderFacts & {
  readonly failedAt: Date;
  readonly reason: BankReason;
  readonly cashierId: string;
};

/** The bank sent a transfer back: the order is to be paid again, and the money is held for it again. */
export type Returned = OrderFacts & {
  readonly returnedAt: Date;
  readonly reason: BankReason;
  readonly voucherNumber: number;
  readonly cashierId: string;
};

/** A part of what was demanded back came in; nothing outstanding means that all of it is back. */
export type Recovered = {
  readonly recoveryId: string;
  readonly orderId: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly amountFen: Fen;
  readonly outstandingFen: Fen;
  readonly receivedAt: Date;
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
  /** Why this person may not pay, or approve the payment, by what the register says now; null when they may. */
  mayPay(societyId: string, subjectId: string, personId: string): Promise<string | null>;
  mayApprove(societyId: string, subjectId: string, personId: string): Promise<string | null>;
  /**
   * Throws where what is paid for was stopped before that moment, at which its payment is approved or the money left. A
   * step of the unit itself; what had happened before is written down all the same.
   */
  refuseStopped(tx: Tx, subjectId: string, at: Date): Promise<void>;
  /** Whether it is stopped as things stand, for the page of the payment. */
  isStopped(societyId: string, subjectId: string): Promise<boolean>;
  /** Steps of the payment's own unit of work: the case goes on from here. */
  paid(tx: Tx, paid: Paid): Promise<void>;
  failed(tx: Tx, failed: Failed): Promise<void>;
  returned(tx: Tx, returned: Returned): Promise<void>;
  recovered(tx: Tx, recovered: Recovered): Promise<void>;
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
