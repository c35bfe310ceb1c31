import { Injectable } from '@nestjs/common';
import type { BoardSubject, Decision, SubjectDescription } from '../board/index.js';
import { countsOf } from '../cases/index.js';
import type { Worksheet } from '../funds/domain/worksheet.js';
import { CapsService } from '../funds/index.js';
import { fen } from '../kernel/fen.js';
import { LedgerService } from '../ledger/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { heldClaimOf } from './domain/parts.js';
import { ReliefDescriptions } from './relief-descriptions.js';
import { ReliefMoney } from './relief-money.js';
import { groundOf, ReliefPapersMade } from './relief-papers-made.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefSeals } from './relief.seals.js';
import { endOf, ReliefStore } from './relief.store.js';

/** What the vote of the panel does to a case, inside the unit of the last ballot (architecture.md 1). */
@Injectable()
export class DecidedRelief implements BoardSubject {
  constructor(
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly seals: ReliefSeals,
    private readonly papers: ReliefPapersMade,
    private readonly money: ReliefMoney,
    private readonly descriptions: ReliefDescriptions,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
  ) {}

  async decided(tx: Tx, decision: Decision): Promise<void> {
    const row = await this.store.get(tx, decision.societyId, decision.subjectId);
    if (decision.outcome === 'approved') await this.carry(tx, row, decision);
    else if (decision.outcome === 'rejected') await this.reject(tx, row, decision);
    else await this.lapse(tx, row, decision);
  }

  async tiedOf(tx: Tx, reliefId: string): Promise<readonly string[]> {
    const row = await this.store.getOwn(tx, reliefId);
    return [row.applicantId, ...this.seals.frozenOf(row).tied.map(({ personId }) => personId)];
  }

  describe(societyId: string, reliefId: string): Promise<SubjectDescription> {
    return this.descriptions.describe(societyId, reliefId);
  }

  /** Money and room stay held: nothing is owed before the notice has hung (domain.md 2.2). */
  private async carry(tx: Tx, row: ReliefRow, decision: Decision): Promise<void> {
    const step = reliefStep('carry', row);
    const counts = JSON.stringify(countsOf(decision));
    const carried = await this.store.step(tx, row, step, { decision: counts });
    await this.papers.carried(tx, carried, this.seals.frozenOf(carried));
    await this.steps.clocks(tx, carried, step, { at: decision.decidedAt, byPersonId: null });
  }

  /** Room, money and invoices are free again; what was advanced on an earlier panel is demanded back. */
  private async reject(tx: Tx, row: ReliefRow, decision: Decision): Promise<void> {
    const step = reliefStep('reject', row);
    const { decidedAt: at } = decision;
    await this.release(tx, row);
    const sheet = JSON.parse(row.sheet ?? '') as Worksheet;
    const ended = await this.store.step(tx, row, step, { ...endOf('REJECTED', at), claim: null });
    await this.store.freeInvoices(tx, row.id);
    await this.steps.clocks(tx, ended, step, { at, byPersonId: null });
    const frozen = this.seals.frozenOf(row);
    await this.papers.rejected(tx, ended, frozen, {
      ...{ reason: 'REJECTED', sheet, at },
      counts: countsOf(decision),
    });
    const paid = await this.money.demandAdvance(tx, ended, at);
    await this.papers.advanceDemanded(tx, ended, groundOf(ended, frozen, at), paid);
  }

  /** Too few came, or too few were left: nothing was decided, and the panel is asked again. */
  private async lapse(tx: Tx, row: ReliefRow, { decidedAt: at }: Decision): Promise<void> {
    const step = reliefStep('lapse', row);
    await this.release(tx, row);
    const notPaid = await this.money.callOff(tx, row, '评审没有开成', at);
    const advancedFen = fen(row.advancedFen - notPaid);
    const back = await this.store.step(tx, row, step, { claim: null, advancedFen });
    await this.steps.clocks(tx, back, step, { at, byPersonId: null });
  }

  private async release(tx: Tx, row: ReliefRow): Promise<void> {
    if (row.claim === null) throw new Error('A panel decides on a case for which nothing is held');
    const claim = heldClaimOf(row);
    if (claim === null) return;
    await this.caps.release(tx, claim);
    await this.ledger.release(tx, { purpose: claim });
  }
}
