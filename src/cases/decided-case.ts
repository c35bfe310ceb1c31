import { Injectable } from '@nestjs/common';
import type { BoardSubject, Decision } from '../board/index.js';
import { LedgerService } from '../ledger/index.js';
import { PaymentsService } from '../payments/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import type { Frozen } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { CaseChangedSinceVote } from './domain/case.errors.js';
import { caseNumberText } from './domain/case-number.js';
import { MOST_ROUNDS } from './domain/emergency-procedure.js';
import type { DecisionCounts } from './domain/grant-notice.js';
import { revisionText } from './domain/revision.js';

/**
 * What the board's decision does to a case, inside the unit of the last ballot (architecture.md 1). It reads the case
 * and what was frozen when the round opened, and nothing else, so that no unit waits here for a second connection.
 */
@Injectable()
export class DecidedCase implements BoardSubject {
  constructor(
    private readonly store: CasesStore,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly descriptions: CaseDescriptions,
    private readonly ledger: LedgerService,
    private readonly payments: PaymentsService,
  ) {}

  async decided(tx: Tx, decision: Decision): Promise<void> {
    const row = await this.store.get(tx, decision.societyId, decision.subjectId);
    const frozen = this.seals.frozenOf(row);
    if (decision.outcome === 'approved') await this.approve(tx, row, frozen, decision);
    else await this.refuse(tx, row, frozen, decision);
  }

  /** The applicant, and whom the register tied to the applicant when the round opened: they write down no ballots. */
  async tiedOf(tx: Tx, caseId: string): Promise<readonly string[]> {
    const row = await this.store.getOwn(tx, caseId);
    return [row.applicantId, ...this.seals.frozenOf(row).tied.map(({ personId }) => personId)];
  }

  describe(societyId: string, caseId: string): Promise<CaseDescription> {
    return this.descriptions.describe(societyId, caseId);
  }

  /** From now on it is owed, ordered to be paid, and the three clocks run. */
  private async approve(tx: Tx, row: CaseRow, frozen: Frozen, decision: Decision): Promise<void> {
    const { decidedAt: at, roundId, approverId } = decision;
    if (hashOf(revisionText(row)) !== row.revision || decision.amountFen !== row.amountFen)
      throw new CaseChangedSinceVote();
    if (approverId === null) throw new Error('A round was approved that nobody presided over');
    const step = stepFor('approve', row);
    await this.store.approved(tx, row.id, step, at, countsOf(decision));
    const { societyId, amountFen, method, payeeId, payeeAccountId } = row;
    const caseNumber = caseNumberText(row);
    await this.ledger.accrue(tx, {
      societyId,
      threadId: row.id,
      cause: `accrual:${roundId}`,
      amountFen,
      at,
      summary: `批准救助 ${caseNumber}`,
    });
    await this.payments.order(tx, {
      societyId,
      subjectKind: 'case',
      subjectId: row.id,
      threadId: row.id,
      purpose: roundId,
      caseNumber,
      amountFen,
      payeeId,
      payeeName: frozen.payeeName,
      payeeAccountId,
      method,
      approverId,
      orderedAt: at,
    });
    await this.steps.clocks(tx, row, step, momentOf(row, frozen, at));
  }

  /**
   * Rejected, lapsed or escalated: the money that was set aside and the allowance of the household are free again. A
   * case with too few electors is not voted on again.
   */
  private async refuse(tx: Tx, row: CaseRow, frozen: Frozen, decision: Decision): Promise<void> {
    const escalated = decision.outcome === 'escalated';
    const roundsOpened = escalated ? MOST_ROUNDS : row.roundsOpened;
    const step = stepFor(decision.outcome === 'rejected' ? 'reject' : 'lapse', row);
    await this.store.refused(tx, row, step, decision.outcome === 'lapsed' && roundsOpened < MOST_ROUNDS);
    if (row.countedYear === null) throw new Error('A round was held on a case that took no allowance');
    const household = { societyId: row.societyId, householdId: row.householdId, year: row.countedYear };
    await this.store.giveBackAllowance(tx, household, row.amountFen);
    await this.ledger.release(tx, { purpose: decision.roundId });
    const moment = { ...momentOf(row, frozen, decision.decidedAt), roundsOpened };
    await this.steps.clocks(tx, row, step, moment);
  }
}

function momentOf(row: CaseRow, { charter, idPending }: Frozen, at: Date) {
  return { at, byPersonId: null, charter, idPending, roundsOpened: row.roundsOpened };
}

function countsOf(decision: Decision): DecisionCounts {
  const { decisionNumber, directors, recused, electors, present, yes, no, abstain } = decision;
  const decidedAt = decision.decidedAt.toISOString();
  return { decidedAt, decisionNumber, directors, recused, electors, present, yes, no, abstain };
}
