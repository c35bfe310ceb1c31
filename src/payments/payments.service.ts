import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { DomainError } from '../kernel/domain-error.js';
import { yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { AmountNotPositive } from '../ledger/domain/ledger.errors.js';
import { LedgerService } from '../ledger/index.js';
import type { Booked } from '../ledger/index.js';
import { grantPaid, MessagesOutbox } from '../messages/index.js';
import { PeopleQueries } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import type { PreparedFile } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { InstitutionByTransferOnly, InstitutionNotFound } from './domain/institution.errors.js';
import type { PayeeKind } from './domain/payee.js';
import {
  AlreadyPaid,
  ApproverIsPayee,
  MethodNotOrdered,
  MomentWrong,
  OrderCancelled,
  PayeeAccountNeeded,
  PayeeAccountNotTheirs,
  PhotoNeeded,
  WitnessesNeeded,
} from './domain/payment.errors.js';
import { momentFault, witnessFault } from './domain/payment-rules.js';
import type { MomentFault } from './domain/payment-rules.js';
import { InstitutionsStore } from './institutions.store.js';
import { PayeesQueries } from './payees.queries.js';
import type { PayeeAccount } from './payees.queries.js';
import type { PaymentOrderRow } from './payment-order.entity.js';
import { PaymentDuties } from './payment-duties.js';
import { PaymentRights, personOf } from './payment-rights.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentsQueries } from './payments.queries.js';
import type { PaymentOrder } from './payments.queries.js';
import { openKeyOf, PaymentsStore } from './payments.store.js';
import type { Subject } from './payments.store.js';

export type OrderDraft = {
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  /** The reservation that the payment spends. */
  readonly purpose: string;
  readonly caseNumber: string;
  readonly amountFen: Fen;
  /** A person, unless it says otherwise. */
  readonly payeeKind?: PayeeKind;
  /** A person of the register; or an institution in use, whose account has the same id. */
  readonly payeeId: string;
  /** That of an institution is taken from its own row. */
  readonly payeeName: string;
  readonly payeeAccountId: string | null;
  readonly method: 'CARD' | 'CASH';
  /** Null where nobody presided over the decision: the chair or a deputy then approves the order itself. */
  readonly approverId: string | null;
  /** Within how many hours somebody must approve it, where nobody has yet. */
  readonly approveHours?: number;
  readonly orderedAt: Date;
};

export type Cancellation = Subject & {
  readonly at: Date;
  /** Few words for the file, no name: 申请人撤回. */
  readonly reason: string;
};

export type AccountChange = (Subject | { readonly orderId: string }) & {
  /** Of an order to an institution: another one, in use. */
  readonly payeeAccountId: string | null;
  readonly method: 'CARD' | 'CASH';
  readonly byPersonId?: string | null;
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

/** What was handed in, after the rules: nothing is done yet. */
type Checked = {
  /** What speaks against it as the order stands. Said in the unit: one that is done already is answered first. */
  readonly refusal: DomainError | null;
  readonly order: PaymentOrder;
  readonly cashierId: string;
  readonly paidAt: Date;
  readonly bankReference: string | null;
  readonly witnesses: readonly [string, string] | null;
  readonly account: PayeeAccount | null;
  readonly photo: PreparedFile;
};

/** An order that is addressed to another institution is approved again within a day. */
const HOURS_TO_APPROVE_AGAIN = 24;

const NOTHING_DONE = {
  version: 1,
  attempts: 0,
  cancelledAt: null,
  cancelReason: null,
  paidAt: null,
  recordedAt: null,
  cashierId: null,
  bankReference: null,
  photoFileId: null,
  witnessOneId: null,
  witnessTwoId: null,
  voucherId: null,
  voucherNumber: null,
} as const satisfies Partial<PaymentOrderRow>;

/** Whether an order is to be paid, by whom it is approved, and that it was paid (domain.md 2.1, pay track). */
@Injectable()
export class PaymentsService {
  constructor(
    private readonly store: PaymentsStore,
    private readonly institutions: InstitutionsStore,
    private readonly payees: PayeesQueries,
    private readonly queries: PaymentsQueries,
    private readonly subjects: PaymentSubjects,
    private readonly ledger: LedgerService,
    private readonly duties: DutiesService,
    private readonly owed: PaymentDuties,
    private readonly messages: MessagesOutbox,
    private readonly people: PeopleQueries,
    private readonly rights: PaymentRights,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Orders a payment: a step of the unit of work that decides it. Where nobody approved it, somebody is asked to. */
  async order(
    tx: Tx,
    { approveHours, payeeKind = 'PERSON', ...draft }: OrderDraft,
  ): Promise<{ orderId: string }> {
    if (draft.amountFen <= 0) throw new AmountNotPositive(draft.amountFen);
    if (draft.approverId === draft.payeeId) throw new ApproverIsPayee();
    if (draft.method === 'CARD' && draft.payeeAccountId === null) throw new PayeeAccountNeeded();
    const payeeName = payeeKind === 'PERSON' ? draft.payeeName : await this.institutionOf(tx, draft);
    const orderId = this.ids.next();
    const { approverId, orderedAt } = draft;
    await this.store.insert(tx, {
      ...draft,
      ...NOTHING_DONE,
      id: orderId,
      payeeKind,
      payeeName,
      state: approverId === null ? 'TO_APPROVE' : 'TO_PAY',
      approvedAt: approverId === null ? null : orderedAt,
      openKey: openKeyOf(draft),
    });
    if (approverId !== null) return { orderId };
    if (approveHours === undefined) throw new Error('An order to be approved says by when');
    await this.owed.askApproval(tx, { ...draft, id: orderId }, approveHours, orderedAt);
    return { orderId };
  }

  /** The chair or a deputy answers for the payment: a ballot is no approval (会计法 25, domain.md 1.8). */
  async approvePayment(caller: Caller, asked: { readonly orderId: string }): Promise<{ orderId: string }> {
    const order = await this.queries.order(societyOf(caller.actor), asked.orderId);
    const approverId = personOf(await this.rights.toApprove(caller.actor, order));
    return this.commands.run(caller, { act: 'approvePayment', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      await this.store.claim(tx, order, 'TO_APPROVE');
      await this.subjects.of(order.subjectKind).refuseStopped(tx, order.subjectId, at);
      await this.store.approve(tx, order.id, approverId, at);
      await this.owed.approved(tx, order, { at, byPersonId: approverId });
      const words = `同意付款 ${yuanText(order.amountFen)} 元`;
      trail.on('payment', order.id, { threadId: order.threadId, after: { approverId, at }, words });
      return { orderId: order.id };
    });
  }

  /**
   * Calls an order off before it is paid: a step of the unit of work that withdraws or amends what it was for. What was
   * set aside and accrued belongs to that unit too. Money that has left is not called off, but demanded back.
   */
  async cancel(
    tx: Tx,
    { at, reason, ...subject }: Cancellation,
  ): Promise<{ orderId: string; purpose: string }> {
    const order = await this.unpaid(tx, await this.store.getOf(tx, subject));
    await this.store.cancel(tx, order.id, at, reason);
    await this.owed.callOff(tx, order);
    return { orderId: order.id, purpose: order.purpose };
  }

  /**
   * Another card, or cash, while it is not paid: whose card it is, is asked when it is paid (domain.md 1.10). What goes to
   * an institution goes to another one of the society, and is approved anew.
   */
  async changePayeeAccount(tx: Tx, change: AccountChange): Promise<void> {
    const { payeeAccountId, method, byPersonId = null } = change;
    const found = 'orderId' in change ? this.store.get(tx, change.orderId) : this.store.getOf(tx, change);
    const order = await this.unpaid(tx, await found);
    if (order.payeeKind === 'INSTITUTION') {
      await this.changeInstitution(tx, order, change);
    } else {
      if (method === 'CARD' && payeeAccountId === null) throw new PayeeAccountNeeded();
      await this.store.changeAccount(tx, order.id, method, method === 'CARD' ? payeeAccountId : null);
    }
    await this.owed.fixed(tx, order, { at: this.clock.now(), byPersonId });
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
      if (checked.refusal) throw checked.refusal;
      const { societyId, purpose, threadId, amountFen, method, subjectId } = order;
      const attempt = order.attempts + 1;
      await this.store.claim(tx, order, 'TO_PAY');
      await this.subjects.of(order.subjectKind).refuseStopped(tx, subjectId, paidAt);
      const to = { societyId, purpose: 'payment-proof', by: caller.actor };
      const photoFileId = await this.files.attach(tx, photo, to);
      const summary = `支付救助款 ${order.caseNumber}`;
      const about = { orderId: order.id, attempt, threadId, amountFen };
      const payment = { ...about, societyId, purpose, method, paidAt, summary };
      const booked = await this.ledger.pay(tx, payment);
      if (order.payeeKind === 'INSTITUTION')
        await this.institutions.payTo(tx, { societyId, institutionId: order.payeeId }, paidAt);
      const recordedAt = this.clock.now();
      const done = { paidAt, recordedAt, cashierId, bankReference, photoFileId, witnesses };
      await this.store.close(tx, order.id, { ...done, ...booked });
      await this.store.insertAttempt(tx, {
        societyId,
        orderId: order.id,
        number: attempt,
        outcome: 'PAID',
        at: paidAt,
        reason: null,
        note: null,
        bankReference,
        photoFileId,
        voucherId: booked.voucherId,
        recordedBy: cashierId,
        recordedAt,
      });
      const settled = { at: paidAt, byPersonId: cashierId };
      await this.duties.settle(tx, { kind: 'PAY', subjectId, ...settled });
      await this.owed.fixed(tx, order, settled);
      await this.subjects.of(order.subjectKind).paid(tx, {
        ...about,
        subjectId,
        paidAt,
        method,
        voucherNumber: booked.voucherNumber,
        cashierId,
      });
      await this.tellPayee(tx, checked, attempt);
      trail.on('payment', order.id, { threadId, after: { ...done, ...booked }, words: wordsOf(checked) });
      return booked;
    });
  }

  /** An institution is told by its own bank. */
  private async tellPayee(tx: Tx, { order, account, paidAt }: Checked, attempt: number): Promise<void> {
    if (order.payeeKind !== 'PERSON') return;
    const { id: orderId, threadId: caseId, amountFen } = order;
    const draft = grantPaid({ caseId, orderId, attempt, amountFen, paidAt, tail: account?.tail ?? null });
    await this.messages.tellPerson(tx, order.societyId, order.payeeId, draft);
  }

  /** The order taken for this unit, if it has not been paid or called off. */
  private async unpaid(tx: Tx, order: PaymentOrderRow): Promise<PaymentOrderRow> {
    if (order.state === 'PAID') throw new AlreadyPaid();
    if (order.state === 'CANCELLED') throw new OrderCancelled();
    await this.store.claim(tx, order, order.state);
    return order;
  }

  private async check(caller: Caller, proof: PaymentProof): Promise<Checked> {
    const societyId = societyOf(caller.actor);
    const order = await this.queries.order(societyId, proof.orderId);
    const cashierId = personOf(await this.rights.toPay(caller.actor, order));
    const account = await this.payees.accountOf(order);
    const witnessing = order.method === 'CASH' ? await this.witnessesOf(proof, order, cashierId) : null;
    const paidAt = proof.paidAt ?? this.clock.now();
    const fault = momentFault(paidAt, order.approvedAt ?? order.orderedAt, this.clock.now());
    const unseen = witnessing instanceof DomainError ? witnessing : null;
    const witnesses = witnessing instanceof DomainError ? null : witnessing;
    const refusal = refusalAsItStands(proof, order, account, fault) ?? unseen;
    if (!proof.photo) throw new PhotoNeeded(order.method);
    const photo = await this.files.prepareImage(proof.photo);
    const reference = proof.bankReference?.trim() ?? '';
    const bankReference = reference === '' ? null : reference;
    return { refusal, order, cashierId, paidAt, bankReference, witnesses, account, photo };
  }

  /** The institution that a draft names, in use and with its name as it is: taken for this unit. */
  private async institutionOf(tx: Tx, draft: OrderDraft): Promise<string> {
    const { societyId, payeeId, payeeAccountId, method } = draft;
    if (method !== 'CARD') throw new InstitutionByTransferOnly();
    if (payeeAccountId !== payeeId) throw new Error('An institution is paid to its own account');
    return (await this.institutions.address(tx, { societyId, institutionId: payeeId })).name;
  }

  private async changeInstitution(
    tx: Tx,
    { id, societyId, threadId, state }: PaymentOrderRow,
    { method, payeeAccountId }: AccountChange,
  ): Promise<void> {
    if (method !== 'CARD') throw new InstitutionByTransferOnly();
    if (payeeAccountId === null) throw new InstitutionNotFound();
    const another = await this.institutions.address(tx, { societyId, institutionId: payeeAccountId });
    await this.store.changeInstitution(tx, id, another);
    const order = { id, societyId, threadId };
    if (state !== 'TO_APPROVE')
      await this.owed.askApproval(tx, order, HOURS_TO_APPROVE_AGAIN, this.clock.now());
  }

  private async witnessesOf(
    { witnesses = [] }: PaymentProof,
    { societyId, payeeId }: PaymentOrder,
    cashierId: string,
  ): Promise<readonly [string, string] | DomainError> {
    const fault = witnessFault(witnesses, { cashierId, payeeId });
    const [one, two] = witnesses;
    if (fault || !one || !two) return new WitnessesNeeded(fault ?? 'two-needed');
    await this.people.persons(societyId, [one, two]); // both must be known to this society
    return [one, two];
  }
}

function refusalAsItStands(
  { method }: PaymentProof,
  order: PaymentOrder,
  account: PayeeAccount | null,
  fault: MomentFault | null,
): DomainError | null {
  if (method && method !== order.method) return new MethodNotOrdered(order.method);
  if (order.method === 'CARD' && !account) return new PayeeAccountNotTheirs();
  return fault && new MomentWrong('paidAt', fault);
}

function wordsOf({ order, account }: Checked): string {
  const amount = `${yuanText(order.amountFen)} 元`;
  return account ? `记打款 ${amount} 尾号 ${account.tail}` : `付现金 ${amount}，见证人 2 名`;
}
