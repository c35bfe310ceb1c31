import { Injectable } from '@nestjs/common';
import type { BoardSubject, Decision } from '../board/index.js';
import { countsOf } from '../notices/domain/resolution-notice.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseApproval } from './case-approval.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import type { Frozen } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { CaseChangedSinceVote } from './domain/case.errors.js';
import { MOST_ROUNDS } from './domain/emergency-procedure.js';
import type { CaseAct, Step } from './domain/emergency-procedure.js';
import { HandoverSteps } from './handover-steps.js';
import { letterFactsOf, StepPapers } from './step-papers.js';

export { countsOf };

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
    private readonly approval: CaseApproval,
    private readonly handovers: HandoverSteps,
    private readonly papers: StepPapers,
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
    if (decision.amountFen !== row.amountFen) throw new CaseChangedSinceVote();
    await this.approval.approve(tx, row, stepFor('approve', row), frozen, {
      purpose: roundId,
      decision: { via: 'ROUND', ...countsOf(decision) },
      approverId,
      at,
      byPersonId: null,
    });
  }

  /**
   * Rejected, lapsed or escalated: the money that was set aside and the allowance of the household are free again. A
   * case with too few electors is not voted on again.
   */
  private async refuse(tx: Tx, row: CaseRow, frozen: Frozen, decision: Decision): Promise<void> {
    const step = stepFor(refusalAct(decision.outcome, row), row);
    await this.leave(tx, row, step, frozen, decision);
    await this.approval.giveBack(tx, row, decision.roundId);
    await this.steps.clocks(tx, row, step, momentOf(frozen, decision.decidedAt));
    if (step.act === 'reject')
      await this.papers.rejected(tx, row, frozen, countsOf(decision), decision.decidedAt);
  }

  private async leave(
    tx: Tx,
    row: CaseRow,
    step: Step,
    frozen: Frozen,
    { decidedAt: at, outcome }: Decision,
  ): Promise<void> {
    if (step.to === 'ESCALATED') {
      const reason = escalationOf(outcome);
      await this.store.ended(tx, row, step, { reason, note: null, at });
      const letter = letterFactsOf(row, frozen, at);
      await this.handovers.handOver(tx, row, { reason, at, byPersonId: null, note: null, letter });
    } else if (step.to === 'LAPSED') await this.store.lapsed(tx, row, step);
    else await this.store.rejected(tx, row, step);
  }
}

function momentOf({ charter, idPending }: Frozen, at: Date) {
  return { at, byPersonId: null, charter, idPending };
}

const escalationOf = (outcome: Decision['outcome']) =>
  outcome === 'escalated' ? 'TOO_FEW_ELECTORS' : 'LAPSED_TWICE';

/** Too few once: the board is asked again. Too few twice: the town union (domain.md 2.1). */
function refusalAct(outcome: Decision['outcome'], { roundsLapsed }: CaseRow): CaseAct {
  if (outcome === 'escalated') return 'escalate';
  if (outcome === 'lapsed') return roundsLapsed + 1 < MOST_ROUNDS ? 'lapse' : 'lapseAgain';
  return 'reject';
}
