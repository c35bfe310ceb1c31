import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import type { DomainError } from '../kernel/domain-error.js';
import { yuanText } from '../kernel/fen.js';
import { MoneyBackService } from '../ledger/index.js';
import type { Booked } from '../ledger/index.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { BANK_REASONS } from './domain/order-state.js';
import type { BankReason } from './domain/order-state.js';
import {
  BankNoteNeeded,
  MomentWrong,
  NotATransfer,
  PhotoNeeded,
  RecoveryUnderway,
  RefusalKnown,
} from './domain/payment.errors.js';
import { isSameRefusal, momentFault } from './domain/payment-rules.js';
import { PaymentDuties } from './payment-duties.js';
import { PaymentRights, personOf } from './payment-rights.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentsQueries } from './payments.queries.js';
import type { PaymentOrder } from './payments.queries.js';
import { PaymentsStore } from './payments.store.js';
import { RecoveriesStore } from './recoveries.store.js';

type BankAnswer = {
  readonly orderId: string;
  readonly reason: BankReason;
  readonly note?: string | undefined;
};

export type BankRefusal = BankAnswer & { readonly failedAt?: Date | undefined };

export type BankReturn = BankAnswer & {
  readonly returnedAt?: Date | undefined;
  readonly bankReference?: string | undefined;
  /** The bank's line or slip. */
  readonly photo: Buffer | null;
};

/** The order, who answers for it, and what speaks against it as it stands now: that is said in the unit. */
type Checked = {
  readonly order: PaymentOrder;
  readonly cashierId: string;
  readonly refusal: DomainError | null;
};

/** What a bank says to a transfer beside yes: it refuses it, or sends back what had left (D4-44). The cashier writes it down. */
@Injectable()
export class BankAnswersService {
  constructor(
    private readonly store: PaymentsStore,
    private readonly recoveries: RecoveriesStore,
    private readonly queries: PaymentsQueries,
    private readonly subjects: PaymentSubjects,
    private readonly ledger: MoneyBackService,
    private readonly owed: PaymentDuties,
    private readonly rights: PaymentRights,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /**
   * No money left: nothing is booked, the order stays to be paid, and somebody puts the account right. One refusal counts
   * once where two write down the minute of its slip.
   */
  async recordFailedPayment(caller: Caller, answer: BankRefusal): Promise<{ readonly attempt: number }> {
    const { order, cashierId, refusal } = await this.check(caller, answer);
    const failedAt = answer.failedAt ?? this.clock.now();
    const fault = momentFault(failedAt, order.approvedAt ?? order.orderedAt, this.clock.now());
    const known = await this.queries.refusalsOf(order.id);
    const body = { ...answer, failedAt: answer.failedAt?.toISOString() ?? null };
    return this.commands.run(caller, { act: 'recordFailedPayment', body }, async (tx, trail) => {
      if (refusal) throw refusal; // not sooner: asked again, it is answered as before
      if (fault) throw new MomentWrong('failedAt', fault);
      const { id: orderId, societyId, subjectKind, subjectId, threadId, amountFen } = order;
      const { reason, note = null } = answer;
      const attempt = order.attempts + 1;
      await this.store.claim(tx, order, 'TO_PAY');
      if (isSameRefusal(failedAt, known)) throw new RefusalKnown();
      await this.store.countFailure(tx, orderId);
      await this.store.insertAttempt(tx, {
        societyId,
        orderId,
        number: attempt,
        outcome: 'FAILED',
        at: failedAt,
        reason,
        note,
        bankReference: null,
        photoFileId: null,
        voucherId: null,
        recordedBy: cashierId,
        recordedAt: this.clock.now(),
      });
      await this.owed.askFix(tx, order, failedAt);
      const about = { orderId, subjectId, threadId, amountFen, attempt };
      await this.subjects.of(subjectKind).failed(tx, { ...about, failedAt, reason, cashierId });
      const words = `打款没成功：${BANK_REASONS[reason]}`;
      trail.on('payment', orderId, { threadId, after: { attempt, reason, failedAt }, words });
      return { attempt };
    });
  }

  /**
   * The money lies in the fund again, promised to the same purpose; it is owed as before, and the lots have back what
   * was theirs. The order is to be paid once more, perhaps to another account.
   */
  async recordReturnedPayment(caller: Caller, answer: BankReturn): Promise<Booked> {
    const { order, cashierId, refusal } = await this.check(caller, answer);
    const returnedAt = answer.returnedAt ?? this.clock.now();
    const fault = momentFault(returnedAt, order.paidAt ?? order.orderedAt, this.clock.now());
    if (!answer.photo) throw new PhotoNeeded('CARD');
    const photo = await this.files.prepareImage(answer.photo);
    const reference = answer.bankReference?.trim() ?? '';
    const bankReference = reference === '' ? null : reference;
    const body = { ...answer, photo: photo.sha256, returnedAt: answer.returnedAt?.toISOString() ?? null };
    return this.commands.run(caller, { act: 'recordReturnedPayment', body }, async (tx, trail) => {
      // Not sooner: asked again, it is answered as before, although the order may have been paid once more since.
      if (refusal) throw refusal;
      if (fault) throw new MomentWrong('returnedAt', fault);
      const { id: orderId, societyId, subjectKind, subjectId, threadId, purpose, amountFen } = order;
      const { reason, note = null } = answer;
      const attempt = order.attempts;
      await this.store.claim(tx, order, 'PAID');
      if (await this.recoveries.findOfOrder(tx, orderId)) throw new RecoveryUnderway();
      const to = { societyId, purpose: 'payment-return', by: caller.actor };
      const photoFileId = await this.files.attach(tx, photo, to);
      const about = { orderId, attempt, threadId, amountFen };
      const summary = `银行退回救助款 ${order.caseNumber}`;
      const back = { ...about, societyId, purpose, at: returnedAt, summary };
      const booked = await this.ledger.payBack(tx, back);
      await this.store.reopen(tx, orderId);
      await this.store.insertAttempt(tx, {
        societyId,
        orderId,
        number: attempt,
        outcome: 'RETURNED',
        at: returnedAt,
        reason,
        note,
        bankReference,
        photoFileId,
        voucherId: booked.voucherId,
        recordedBy: cashierId,
        recordedAt: this.clock.now(),
      });
      await this.owed.askFix(tx, order, returnedAt);
      const { voucherNumber } = booked;
      const told = { ...about, subjectId, returnedAt, reason, voucherNumber, cashierId };
      await this.subjects.of(subjectKind).returned(tx, told);
      const words = `银行退回 ${yuanText(amountFen)} 元：${BANK_REASONS[reason]}`;
      trail.on('payment', orderId, { threadId, after: { ...told, ...booked }, words });
      return booked;
    });
  }

  /** An order of this society, and a cashier who may answer for it. */
  private async check(caller: Caller, { orderId, reason, note = '' }: BankAnswer): Promise<Checked> {
    const order = await this.queries.order(societyOf(caller.actor), orderId);
    const cashierId = personOf(await this.rights.toPay(caller.actor, order));
    if (reason === 'OTHER' && note.trim() === '') throw new BankNoteNeeded();
    return { order, cashierId, refusal: order.method === 'CARD' ? null : new NotATransfer() };
  }
}
