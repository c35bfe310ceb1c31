import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { AmountNotPositive } from '../ledger/domain/ledger.errors.js';
import { LedgerService } from '../ledger/index.js';
import type { Booked } from '../ledger/index.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { PayeeAccountSummary } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import type { PreparedFile } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import {
  ApproverIsPayee,
  MayNotPay,
  MethodNotOrdered,
  PaidAtWrong,
  PayeeAccountNeeded,
  PayeeAccountNotTheirs,
  PhotoNeeded,
  WitnessesNeeded,
} from './domain/payment.errors.js';
import { paidAtFault, payeeAccountOf, payerDecision, witnessFault } from './domain/payment-rules.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentsQueries } from './payments.queries.js';
import type { PaymentOrder } from './payments.queries.js';
import { PaymentsStore } from './payments.store.js';

export type OrderDraft = {
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  /** The reservation that the payment spends. */
  readonly purpose: string;
  readonly caseNumber: string;
  readonly amountFen: Fen;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly payeeAccountId: string | null;
  readonly method: 'CARD' | 'CASH';
  readonly approverId: string;
  readonly orderedAt: Date;
};

export type PaymentProof = {
  readonly orderId: string;
  /** Said again by whoever pays; another than the order's is refused. */
  readonly method?: 'CARD' | 'CASH' | undefined;
  readonly paidAt?: Date | undefined;
  readonly bankReference?: string | undefined;
  readonly photo: Buffer | null;
  readonly witnesses?: readonly (string | null | undefined)[] | undefined;
};

/** What was handed in, after the rules: all of it is right, and nothing is done yet. */
type Checked = {
  readonly order: PaymentOrder;
  readonly cashierId: string;
  readonly paidAt: Date;
  readonly bankReference: string | null;
  readonly witnesses: readonly [string, string] | null;
  readonly account: PayeeAccountSummary | null;
  readonly photo: PreparedFile;
};

@Injectable()
export class PaymentsService {
  constructor(
    private readonly store: PaymentsStore,
    private readonly queries: PaymentsQueries,
    private readonly subjects: PaymentSubjects,
    private readonly ledger: LedgerService,
    private readonly duties: DutiesService,
    private readonly people: PeopleQueries,
    private readonly offices: OfficesQueries,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Orders a payment: a step of the unit of work that approves it. */
  async order(tx: Tx, draft: OrderDraft): Promise<{ orderId: string }> {
    if (draft.amountFen <= 0) throw new AmountNotPositive(draft.amountFen);
    if (draft.approverId === draft.payeeId) throw new ApproverIsPayee();
    if (draft.method === 'CARD' && draft.payeeAccountId === null) throw new PayeeAccountNeeded();
    const orderId = this.ids.next();
    await this.store.insert(tx, {
      ...draft,
      id: orderId,
      state: 'TO_PAY',
      version: 1,
      paidAt: null,
      recordedAt: null,
      cashierId: null,
      bankReference: null,
      photoFileId: null,
      witnessOneId: null,
      witnessTwoId: null,
      voucherId: null,
      voucherNumber: null,
    });
    return { orderId };
  }

  /**
   * Records that the money left: order, voucher, lots, reservation, duty and case in one unit of work. A second
   * payment is refused, never repeated. What is asked of people and offices is read before, outside the unit.
   */
  async recordPayment(caller: Caller, proof: PaymentProof): Promise<Booked> {
    const checked = await this.check(caller, proof);
    const { order, cashierId, paidAt, bankReference, witnesses, photo } = checked;
    const body = { ...proof, photo: photo.sha256, paidAt: proof.paidAt?.toISOString() ?? null };
    return this.commands.run(caller, { act: 'recordPayment', body }, async (tx, trail) => {
      const { societyId, purpose, threadId, amountFen, method, subjectId } = order;
      await this.store.claim(tx, order);
      const to = { societyId, purpose: 'payment-proof', by: caller.actor };
      const photoFileId = await this.files.attach(tx, photo, to);
      const summary = `支付救助款 ${order.caseNumber}`;
      const payment = { societyId, purpose, orderId: order.id, threadId, amountFen, method, paidAt, summary };
      const booked = await this.ledger.pay(tx, payment);
      const done = { paidAt, recordedAt: this.clock.now(), cashierId, bankReference, photoFileId, witnesses };
      await this.store.close(tx, order, { ...done, ...booked });
      await this.duties.settle(tx, { kind: 'PAY', subjectId, at: paidAt, byPersonId: cashierId });
      await this.subjects.of(order.subjectKind).paid(tx, {
        orderId: order.id,
        subjectId,
        threadId,
        amountFen,
        paidAt,
        method,
        voucherNumber: booked.voucherNumber,
        cashierId,
      });
      trail.on('payment', order.id, { threadId, after: { ...done, ...booked }, words: wordsOf(checked) });
      return booked;
    });
  }

  private async check(caller: Caller, proof: PaymentProof): Promise<Checked> {
    const societyId = societyOf(caller.actor);
    const order = await this.queries.order(societyId, proof.orderId);
    const cashierId = await this.cashierOf(caller, order);
    if (proof.method && proof.method !== order.method) throw new MethodNotOrdered(order.method);
    const account = order.method === 'CARD' ? await this.findAccount(order) : null;
    if (order.method === 'CARD' && !account) throw new PayeeAccountNotTheirs();
    const witnesses = order.method === 'CASH' ? await this.witnessesOf(proof, order, cashierId) : null;
    const paidAt = proof.paidAt ?? this.clock.now();
    const fault = paidAtFault(paidAt, order.orderedAt, this.clock.now());
    if (fault) throw new PaidAtWrong(fault);
    if (!proof.photo) throw new PhotoNeeded(order.method);
    const photo = await this.files.prepareImage(proof.photo);
    const reference = proof.bankReference?.trim() ?? '';
    const bankReference = reference === '' ? null : reference;
    return { order, cashierId, paidAt, bankReference, witnesses, account, photo };
  }

  private async cashierOf({ actor }: Caller, order: PaymentOrder): Promise<string> {
    const { personId } = actor;
    const today = dayOf(this.clock.now());
    const offices = personId ? await this.offices.officesOf(personId, order.societyId, today) : [];
    const decision = payerDecision({ personId, offices }, order);
    if (decision !== 'may-pay' || personId === null)
      throw new MayNotPay(decision === 'may-pay' ? 'not-cashier' : decision);
    return personId;
  }

  /** The card that the order names, if it is the payee's or the guardian's: else null, and nothing is paid to it. */
  async findAccount(order: PaymentOrder): Promise<PayeeAccountSummary | null> {
    const { societyId, payeeId, payeeAccountId } = order;
    const { guardianId } = await this.people.person(societyId, payeeId);
    const owners = guardianId === null ? [payeeId] : [payeeId, guardianId];
    const accounts = await Promise.all(owners.map((id) => this.people.payeeAccounts(societyId, id)));
    return payeeAccountOf(payeeAccountId, accounts.flat());
  }

  private async witnessesOf(
    { witnesses = [] }: PaymentProof,
    { societyId, payeeId }: PaymentOrder,
    cashierId: string,
  ): Promise<readonly [string, string]> {
    const fault = witnessFault(witnesses, { cashierId, payeeId });
    const [one, two] = witnesses;
    if (fault || !one || !two) throw new WitnessesNeeded(fault ?? 'two-needed');
    await this.people.persons(societyId, [one, two]); // both must be known to this society
    return [one, two];
  }
}

function wordsOf({ order, account }: Checked): string {
  const amount = `${yuanText(order.amountFen)} 元`;
  return account ? `记打款 ${amount} 尾号 ${account.cardTail}` : `付现金 ${amount}，见证人 2 名`;
}
