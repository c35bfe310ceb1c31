import { Injectable } from '@nestjs/common';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import { excessAdvanceOf } from './domain/parts.js';
import { ReliefMoney } from './relief-money.js';
import { groundOf, ReliefPapersMade } from './relief-papers-made.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { Moment } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

/** What follows once all of a grant is out, with its last payment or, where it was advanced whole, with the approval. */
@Injectable()
export class ReliefSettlement {
  constructor(
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly seals: ReliefSeals,
    private readonly papers: ReliefPapersMade,
    private readonly money: ReliefMoney,
  ) {}

  /** The result is to be published, and what was advanced beyond the grant comes back (domain.md 2.2, REFUND_DUE). */
  async allPaid(tx: Tx, row: ReliefRow, paidFen: Fen, moment: Moment): Promise<ReliefRow> {
    const step = reliefStep('pay', row);
    const paid = await this.store.step(tx, row, step, { paidFen, paidAt: moment.at });
    await this.steps.clocks(tx, paid, step, moment);
    await this.steps.heedStop(tx, paid, moment.at); // taken back after the money had left: nothing is left to be ended
    await this.papers.paid(tx, paid, this.seals.frozenOf(paid));
    const excessFen = excessAdvanceOf(paid);
    return excessFen === 0 ? paid : this.demandExcess(tx, paid, excessFen, moment);
  }

  private async demandExcess(tx: Tx, row: ReliefRow, excessFen: Fen, moment: Moment): Promise<ReliefRow> {
    const step = reliefStep('demand', row);
    const demandedFen = await this.money.demandBack(tx, row, excessFen, moment.at);
    if (demandedFen !== excessFen)
      throw new Error('Of an advance that was paid not all can be demanded back');
    const due = await this.store.step(tx, row, step, { demandedFen, closedAt: null });
    await this.steps.clocks(tx, due, step, moment);
    await this.money.keepDemand(tx, due, 'LESS_GRANTED', demandedFen, moment);
    const ground = groundOf(due, this.seals.frozenOf(due), moment.at);
    await this.papers.demanded(tx, due, ground, {
      reason: 'LESS_GRANTED',
      paidFen: due.paidFen,
      excessFen: demandedFen,
    });
    return due;
  }
}
