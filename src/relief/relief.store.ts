import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Clock } from '../kernel/clock.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Invoice } from './domain/invoices.js';
import type { PolicyChecked } from './domain/policies.js';
import { RELIEF_ENDS } from './domain/relief-procedure.js';
import type { ReliefStep } from './domain/relief-procedure.js';
import { reliefNumberText } from './domain/relief-words.js';
import type { ReliefEnd } from './domain/relief-words.js';
import { InvoiceUsed, ReliefNotFound, ReliefNotInState } from './domain/relief.errors.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import {
  ReliefAdvance,
  ReliefAssessment,
  ReliefFollowUp,
  ReliefHold,
  ReliefInvoice,
  ReliefPaperRow,
  ReliefPayment,
  ReliefPolicy,
  ReliefRefund,
  ReliefReturn,
  ReliefReview,
  ReliefScore,
} from './relief-parts.entity.js';
import { ReliefRow } from './relief.entity.js';

const INVOICE_USED = { name: 'uq_relief_invoices_used', columns: 'relief_invoices.used_key' };
const ONE_REVIEW = {
  name: 'uq_relief_reviews_reviewer',
  columns: 'relief_reviews.relief_id, relief_reviews.lap, relief_reviews.reviewer_id',
};

/** What a step may change beside the state. */
export type ReliefChange = Partial<
  Omit<ReliefRow, 'id' | 'societyId' | 'state' | 'version' | 'year' | 'number'>
>;

const moved = (): Error => new StaleSnapshot('The relief case has moved on');

/** Rows of relief. The guard of every step is the version of the case that it was read at. */
@Injectable()
export class ReliefStore {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async get(tx: Tx, societyId: string, reliefId: string): Promise<ReliefRow> {
    const row = await tx.rows.findOneBy(ReliefRow, { id: reliefId, societyId });
    if (!row) throw new ReliefNotFound();
    return row;
  }

  async getOwn(tx: Tx, reliefId: string): Promise<ReliefRow> {
    const row = await tx.rows.findOneBy(ReliefRow, { id: reliefId });
    if (!row) throw new ReliefNotFound();
    return row;
  }

  /** Cases of this person, in the register of the federation or of the home, that did not end without a grant. */
  livingOf(tx: Tx, societyId: string, personId: string): Promise<ReliefRow[]> {
    const state = Not(In([...RELIEF_ENDS]));
    return tx.rows.findBy(ReliefRow, [
      { societyId, applicantId: personId, state },
      { homeSocietyId: societyId, originPersonId: personId, state },
    ]);
  }

  /** Everything about these persons, whatever became of it: of the federation's register, or of the home's. */
  about(tx: Tx, societyId: string, personIds: readonly string[]): Promise<ReliefRow[]> {
    return tx.rows.findBy(ReliefRow, [
      { societyId, applicantId: In([...personIds]) },
      { homeSocietyId: societyId, originPersonId: In([...personIds]) },
    ]);
  }

  /** What was refused to a person of the home. */
  refusedOf(tx: Tx, homeSocietyId: string, originPersonId: string): Promise<ReliefRow[]> {
    return tx.rows.findBy(ReliefRow, { homeSocietyId, originPersonId, state: 'REJECTED' });
  }

  insert(tx: Tx, row: ReliefRow): Promise<void> {
    return tx.insert(ReliefRow, row);
  }

  /** The one way in which a case changes: by a row of the procedure, from the version that was read. */
  async step(tx: Tx, row: ReliefRow, step: ReliefStep, change: ReliefChange = {}): Promise<ReliefRow> {
    if (step.from !== row.state) throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
    return this.write(tx, row, { ...change, state: step.to });
  }

  /** Figures that change within a state. */
  change(tx: Tx, row: ReliefRow, change: ReliefChange): Promise<ReliefRow> {
    return this.write(tx, row, change);
  }

  private async write(
    tx: Tx,
    row: ReliefRow,
    change: ReliefChange & { state?: ReliefRow['state'] },
  ): Promise<ReliefRow> {
    const { id, version } = row;
    const { affected } = await tx.rows
      .createQueryBuilder()
      .update(ReliefRow)
      .set({ ...change, version: version + 1 })
      .where('id = :id AND version = :version', { id, version })
      .execute();
    if (affected !== 1) throw moved();
    return Object.assign(new ReliefRow(), row, change, { version: version + 1 });
  }

  /** D4-11. Who used it first is for the desk alone. */
  async addInvoices(
    tx: Tx,
    { id: reliefId, fundId }: Pick<ReliefRow, 'id' | 'fundId'>,
    invoices: readonly Invoice[],
    mayKnow: boolean,
  ): Promise<void> {
    const addedAt = this.clock.now();
    for (const [at, { number, amountFen }] of invoices.entries()) {
      const usedKey = invoiceKeyOf(fundId, number);
      const used = await tx.rows.findOneBy(ReliefInvoice, { usedKey });
      if (used) throw new InvoiceUsed(at + 1, mayKnow ? await this.numberOf(tx, used.reliefId) : null);
      const row = { id: this.ids.next(), reliefId, number, amountFen, usedKey, addedAt, removedAt: null };
      try {
        await tx.insert(ReliefInvoice, row);
      } catch (error) {
        throw breaksUnique(error, INVOICE_USED) ? new StaleSnapshot('The invoice was just used') : error;
      }
    }
  }

  async removeInvoices(tx: Tx, reliefId: string): Promise<void> {
    await tx.change`
      UPDATE relief_invoices SET used_key = ${null}, removed_at = ${this.clock.now()}
      WHERE relief_id = ${reliefId} AND removed_at IS NULL`;
  }

  /** They may be claimed by again: nothing was given for them. */
  async freeInvoices(tx: Tx, reliefId: string): Promise<void> {
    await tx.change`UPDATE relief_invoices SET used_key = ${null} WHERE relief_id = ${reliefId}`;
  }

  async insertPolicies(
    tx: Tx,
    { id: reliefId, lap }: Pick<ReliefRow, 'id' | 'lap'>,
    policies: readonly PolicyChecked[],
    checkedBy: string | null,
  ): Promise<void> {
    const checkedAt = this.clock.now();
    await tx.insert(
      ReliefPolicy,
      policies.map((each) => ({ ...each, id: this.ids.next(), reliefId, lap, checkedAt, checkedBy })),
    );
  }

  policiesOf(tx: Tx, { id: reliefId, lap }: Pick<ReliefRow, 'id' | 'lap'>): Promise<ReliefPolicy[]> {
    return tx.rows.find(ReliefPolicy, { where: { reliefId, lap }, order: { id: 'ASC' } });
  }

  async insertPapers(
    tx: Tx,
    reliefId: string,
    papers: readonly Pick<ReliefPaperRow, 'kind' | 'fileId'>[],
    addedBy: string | null,
  ): Promise<void> {
    if (papers.length === 0) return;
    const addedAt = this.clock.now();
    await tx.insert(
      ReliefPaperRow,
      papers.map((paper) => ({ ...paper, id: this.ids.next(), reliefId, addedAt, addedBy })),
    );
  }

  papersOf(tx: Tx, reliefId: string): Promise<ReliefPaperRow[]> {
    return tx.rows.findBy(ReliefPaperRow, { reliefId });
  }

  insertAssessment(tx: Tx, row: ReliefAssessment): Promise<void> {
    return tx.insert(ReliefAssessment, row);
  }

  insertScores(tx: Tx, rows: readonly Omit<ReliefScore, 'id'>[]): Promise<void> {
    return tx.insert(
      ReliefScore,
      rows.map((row) => ({ ...row, id: this.ids.next() })),
    );
  }

  async insertReview(tx: Tx, row: ReliefReview): Promise<void> {
    try {
      await tx.insert(ReliefReview, row);
    } catch (error) {
      throw breaksUnique(error, ONE_REVIEW) ? new StaleSnapshot('The reviewer has just reviewed') : error;
    }
  }

  reviewsOf(tx: Tx, { id: reliefId, lap }: Pick<ReliefRow, 'id' | 'lap'>): Promise<ReliefReview[]> {
    return tx.rows.find(ReliefReview, { where: { reliefId, lap }, order: { id: 'ASC' } });
  }

  insertReturn(tx: Tx, row: ReliefReturn): Promise<void> {
    return tx.insert(ReliefReturn, row);
  }

  async openReturn(tx: Tx, reliefId: string): Promise<ReliefReturn> {
    const row = await tx.rows.findOneBy(ReliefReturn, { reliefId, answeredAt: IsNull() });
    if (!row) throw new Error('A returned case has no open return');
    return row;
  }

  async answerReturn(tx: Tx, returnId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE relief_returns SET answered_at = ${this.clock.now()} WHERE id = ${returnId} AND answered_at IS NULL`;
  }

  insertHold(tx: Tx, row: ReliefHold): Promise<void> {
    return tx.insert(ReliefHold, row);
  }

  async openHold(tx: Tx, reliefId: string): Promise<ReliefHold> {
    const row = await tx.rows.findOneBy(ReliefHold, { reliefId, outcome: IsNull() });
    if (!row) throw new Error('A case on hold has no objection');
    return row;
  }

  async decideHold(
    tx: Tx,
    holdId: string,
    decided: { outcome: 'DISMISSED' | 'UPHELD'; at: Date; by: string | null },
  ): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE relief_holds SET outcome = ${decided.outcome}, decided_at = ${decided.at}, decided_by = ${decided.by}
      WHERE id = ${holdId} AND outcome IS NULL`;
  }

  insertAdvance(tx: Tx, row: ReliefAdvance): Promise<void> {
    return tx.insert(ReliefAdvance, row);
  }

  advanceOf(tx: Tx, reliefId: string): Promise<ReliefAdvance | null> {
    return tx.rows.findOneBy(ReliefAdvance, { reliefId });
  }

  async signAdvance(tx: Tx, advanceId: string, as: 'chair' | 'supervisor', by: string): Promise<void> {
    const at = this.clock.now();
    if (as === 'chair')
      await tx.changeOne(moved)`
        UPDATE relief_advances SET chair_id = ${by}, chair_at = ${at} WHERE id = ${advanceId} AND chair_id IS NULL`;
    else
      await tx.changeOne(moved)`
        UPDATE relief_advances SET supervisor_id = ${by}, supervisor_at = ${at}
        WHERE id = ${advanceId} AND supervisor_id IS NULL`;
  }

  async insertPayment(
    tx: Tx,
    payment: Pick<ReliefPayment, 'id' | 'reliefId' | 'kind' | 'amountFen' | 'institutionId' | 'claim'>,
  ): Promise<void> {
    const seq = (await this.paymentsOf(tx, payment.reliefId)).length + 1;
    const orderedAt = this.clock.now();
    await tx.insert(ReliefPayment, {
      ...payment,
      ...{ seq, state: 'ORDERED', orderedAt, paidAt: null, refundedFen: fen(0) },
    });
  }

  paymentsOf(tx: Tx, reliefId: string): Promise<ReliefPayment[]> {
    return tx.rows.find(ReliefPayment, { where: { reliefId }, order: { seq: 'ASC' } });
  }

  async payment(tx: Tx, paymentId: string): Promise<ReliefPayment> {
    const row = await tx.rows.findOneBy(ReliefPayment, { id: paymentId });
    if (!row) throw new ReliefNotFound();
    return row;
  }

  async callOff(tx: Tx, paymentId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE relief_payments SET state = 'OFF' WHERE id = ${paymentId} AND state = 'ORDERED'`;
  }

  async setPaid(tx: Tx, paymentId: string, paidAt: Date | null): Promise<void> {
    const [from, to] = paidAt === null ? ['PAID', 'ORDERED'] : ['ORDERED', 'PAID'];
    await tx.changeOne(moved)`
      UPDATE relief_payments SET state = ${to}, paid_at = ${paidAt} WHERE id = ${paymentId} AND state = ${from}`;
  }

  async refunded(tx: Tx, paymentId: string, amountFen: Fen): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE relief_payments SET refunded_fen = refunded_fen + ${amountFen}
      WHERE id = ${paymentId} AND refunded_fen + ${amountFen} <= amount_fen`;
  }

  insertFollowUp(tx: Tx, row: ReliefFollowUp): Promise<void> {
    return tx.insert(ReliefFollowUp, row);
  }

  insertRefund(tx: Tx, row: ReliefRefund): Promise<void> {
    return tx.insert(ReliefRefund, row);
  }

  refundsOf(tx: Tx, reliefId: string): Promise<ReliefRefund[]> {
    return tx.rows.findBy(ReliefRefund, { reliefId });
  }

  private async numberOf(tx: Tx, reliefId: string): Promise<string> {
    return reliefNumberText(await this.getOwn(tx, reliefId));
  }
}

export const invoiceKeyOf = (fundId: string, number: string): string => `${fundId}:${number}`;

/** What an end writes, whichever step it is. */
export const endOf = (reason: ReliefEnd, at: Date): ReliefChange => ({ endReason: reason, endedAt: at });
