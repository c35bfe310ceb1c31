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
import type { CaseAct, Step } from './domain/emergency-procedure.js';
import type { DecisionCounts } from './domain/grant-notice.js';
import { revisionText } from './domain/revision.js';
import { HandoverSteps } from './handover-steps.js';

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
    private readonly handovers: HandoverSteps,
  ) {}

  async decided(tx: Tx, decision: Decision): Promise<void> {
    const row = await this.store.get(tx, decision.societyId, decision.subjectId);
    const frozen = this.seals.frozenOf(row);
    if (decision.outcome === 'approved') await this.approve(tx, row, frozen, decision);
    else await this.refuse(tx, row, frozen, decision);
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
    await this.steps.clocks(tx, row, step, momentOf(frozen, at));
  }

  /** Rejected or lapsed: the money that was set aside and the allowance of the household are free again. */
  private async refuse(tx: Tx, row: CaseRow, frozen: Frozen, decision: Decision): Promise<void> {
    const step = stepFor(refusalAct(decision.outcome, row), row);
    await this.leave(tx, row, step, decision);
    if (row.countedYear === null) throw new Error('A round was held on a case that took no allowance');
    const household = { societyId: row.societyId, householdId: row.householdId, year: row.countedYear };
    await this.store.giveBackAllowance(tx, household, row.amountFen);
    await this.ledger.release(tx, { purpose: decision.roundId });
    await this.steps.clocks(tx, row, step, momentOf(frozen, decision.decidedAt));
  }

  private async leave(tx: Tx, row: CaseRow, step: Step, { decidedAt: at }: Decision): Promise<void> {
    if (step.to === 'ESCALATED') {
      await this.store.ended(tx, row, step, { reason: 'LAPSED_TWICE', note: null, at });
      await this.handovers.handOver(tx, row, { reason: 'LAPSED_TWICE', at, byPersonId: null, note: null });
    } else if (step.to === 'LAPSED') await this.store.lapsed(tx, row, step);
    else await this.store.rejected(tx, row, step);
  }
}

function momentOf({ charter, idPending }: Frozen, at: Date) {
  return { at, byPersonId: null, charter, idPending };
}

/** Too few once: the board is asked again. Too few twice: the town union (domain.md 2.1). */
function refusalAct(outcome: Decision['outcome'], { roundsLapsed }: CaseRow): CaseAct {
  if (outcome === 'lapsed') return roundsLapsed + 1 < MOST_ROUNDS ? 'lapse' : 'lapseAgain';
  return 'reject';
}

function countsOf(decision: Decision): DecisionCounts {
  const { decisionNumber, directors, recused, electors, present, yes, no, abstain } = decision;
  const decidedAt = decision.decidedAt.toISOString();
  return { decidedAt, decisionNumber, directors, recused, electors, present, yes, no, abstain };
}
