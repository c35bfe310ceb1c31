import { Injectable } from '@nestjs/common';
import { CapsService } from '../funds/index.js';
import { fen } from '../kernel/fen.js';
import type { Paid, PaymentSubject, Recovered, Returned, SubjectDescription } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { wholeOf } from './domain/parts.js';
import { ReliefNotInState } from './domain/relief.errors.js';
import { DESK_STATES } from './domain/relief-procedure.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { tieRefusal } from './domain/ties.js';
import { ReliefDescriptions } from './relief-descriptions.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefMoney } from './relief-money.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { ReliefSettlement } from './relief-settlement.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefQueries } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

const NOTHING_PAID: readonly ReliefState[] = ['PANEL', 'OBJECTION_HOLD'];

/** What each payment does to a case, inside the unit that books it. The subject of an order is one payment of the grant. */
@Injectable()
export class PaidRelief implements PaymentSubject {
  constructor(
    private readonly store: ReliefStore,
    private readonly queries: ReliefQueries,
    private readonly ground: ReliefGround,
    private readonly steps: ReliefSteps,
    private readonly seals: ReliefSeals,
    private readonly papers: ReliefPapersMade,
    private readonly descriptions: ReliefDescriptions,
    private readonly caps: CapsService,
    private readonly money: ReliefMoney,
    private readonly settlement: ReliefSettlement,
  ) {}

  mayPay(societyId: string, paymentId: string, personId: string): Promise<string | null> {
    return this.vetoOn(societyId, paymentId, personId);
  }

  mayApprove(societyId: string, paymentId: string, personId: string): Promise<string | null> {
    return this.vetoOn(societyId, paymentId, personId);
  }

  async refuseStopped(tx: Tx, paymentId: string, at: Date): Promise<void> {
    const { reliefId } = await this.store.payment(tx, paymentId);
    await this.steps.refuseStopped(tx, await this.store.getOwn(tx, reliefId), at);
  }

  async isStopped(societyId: string, paymentId: string): Promise<boolean> {
    const known = await this.queries.relief(societyId, await this.queries.reliefOfPayment(paymentId));
    return this.ground.isStopped(known);
  }

  /**
   * With the last of the grant it is paid, and the result is to be published. An advance is said in the pre-notice. While
   * the board votes anew, or an objection is looked into, nothing is paid.
   */
  async paid(tx: Tx, { subjectId, amountFen, paidAt, cashierId }: Paid): Promise<void> {
    await this.store.setPaid(tx, subjectId, paidAt);
    const payment = await this.store.payment(tx, subjectId);
    const row = await this.store.getOwn(tx, payment.reliefId);
    if (NOTHING_PAID.includes(row.state)) throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
    const paidFen = fen(row.paidFen + amountFen);
    if (row.state === 'APPROVED' && paidFen === wholeOf(row)) {
      await this.settlement.allPaid(tx, row, paidFen, { at: paidAt, byPersonId: cashierId });
      return;
    }
    const partly = await this.store.change(tx, row, { paidFen });
    if (payment.kind === 'ADVANCE') await this.papers.reword(tx, partly, this.seals.frozenOf(row));
    await this.steps.heedStop(tx, partly, paidAt);
  }

  /** It stays ordered. */
  failed(): Promise<void> {
    return Promise.resolve();
  }

  /** D4-44: it is owed again. A result that nobody has signed is not published. */
  async returned(tx: Tx, { subjectId, amountFen, returnedAt: at, cashierId }: Returned): Promise<void> {
    await this.store.setPaid(tx, subjectId, null);
    const { reliefId, kind } = await this.store.payment(tx, subjectId);
    const row = await this.store.getOwn(tx, reliefId);
    const paidFen = fen(row.paidFen - amountFen);
    if (row.paidAt === null) {
      const partly = await this.store.change(tx, row, { paidFen });
      if (kind === 'ADVANCE') await this.advanceReturned(tx, partly, subjectId, at);
      await this.steps.heedStop(tx, partly, at);
      return;
    }
    const step = reliefStep('payBack', row);
    const anew = { paidAt: null, closedAt: null, followedUpAt: null, resultEndedAt: null };
    const back = await this.store.step(tx, row, step, { paidFen, ...anew });
    await this.papers.discard(tx, reliefId, 'RELIEF_RESULT');
    await this.steps.undoPayment(tx, reliefId);
    await this.steps.clocks(tx, back, step, { at, byPersonId: cashierId });
    await this.steps.heedStop(tx, back, at); // what was taken back meanwhile stops it now
  }

  /** So much of the cap is free again (D4-7); with the last of it the case goes back to where it was. */
  async recovered(tx: Tx, { subjectId, amountFen, receivedAt: at, cashierId }: Recovered): Promise<void> {
    const payment = await this.store.payment(tx, subjectId);
    await this.store.refunded(tx, subjectId, amountFen);
    await this.caps.restore(tx, payment.claim, amountFen);
    const row = await this.store.getOwn(tx, payment.reliefId);
    const refundedFen = fen(row.refundedFen + amountFen);
    if (row.state !== 'REFUND_DUE' || refundedFen < row.demandedFen) {
      await this.store.change(tx, row, { refundedFen });
      return;
    }
    const isDone = row.followedUpAt !== null && row.resultEndedAt !== null;
    const step = reliefStep('repaid', row, isDone ? 'CLOSED' : 'PAID');
    const repaid = await this.store.step(tx, row, step, { refundedFen, closedAt: isDone ? at : null });
    await this.steps.clocks(tx, repaid, step, { at, byPersonId: cashierId });
  }

  /** It is owed again, and no notice says that it was paid. Where its vote is undone it is owed no more. */
  private async advanceReturned(tx: Tx, row: ReliefRow, paymentId: string, at: Date): Promise<void> {
    if (row.state === 'RETURNED' || DESK_STATES.includes(row.state)) {
      const notPaid = await this.money.callOff(tx, row, '原来的评审已经作废', at);
      await this.store.change(tx, row, { advancedFen: fen(row.advancedFen - notPaid) });
      return;
    }
    await this.papers.reword(tx, row, this.seals.frozenOf(row));
    await this.steps.oweAdvance(tx, row, paymentId, at);
  }

  async describe(societyId: string, paymentId: string): Promise<SubjectDescription> {
    return this.descriptions.describe(societyId, await this.queries.reliefOfPayment(paymentId));
  }

  private async vetoOn(societyId: string, paymentId: string, personId: string): Promise<string | null> {
    const known = await this.queries.relief(societyId, await this.queries.reliefOfPayment(paymentId));
    const tied = await this.ground.tiedOf(known, [personId]);
    return tieRefusal(personId, known.applicantId, tied)?.message ?? null;
  }
}
