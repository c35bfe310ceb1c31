import { Injectable } from '@nestjs/common';
import { LedgerService } from '../ledger/index.js';
import { PaymentsService } from '../payments/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import type { Tx } from '../platform/database/transactions.js';
import type { CaseRow } from './case.entity.js';
import type { Frozen } from './case.seals.js';
import { CaseSteps } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { CaseChangedSinceVote } from './domain/case.errors.js';
import { caseNumberText } from './domain/case-number.js';
import type { Step } from './domain/emergency-procedure.js';
import type { GrantDecision } from './domain/grant-notice.js';
import { revisionText } from './domain/revision.js';

export type Approval = {
  /** Under which the money was set aside: the round, or the fast path. */
  readonly purpose: string;
  readonly decision: GrantDecision;
  /** The chair or the deputy: whoever pays is somebody else. */
  readonly approverId: string | null;
  readonly at: Date;
  readonly byPersonId: string | null;
};

/** What a yes and a no do to the money of a case, whoever said it: the board, or the three of the fast path. */
@Injectable()
export class CaseApproval {
  constructor(
    private readonly store: CasesStore,
    private readonly steps: CaseSteps,
    private readonly ledger: LedgerService,
    private readonly payments: PaymentsService,
  ) {}

  /** From now on it is owed, ordered to be paid, and the clocks of the step run. */
  async approve(tx: Tx, row: CaseRow, step: Step, frozen: Frozen, approval: Approval): Promise<void> {
    const { purpose, decision, approverId, at, byPersonId } = approval;
    const { charter, idPending } = frozen;
    if (hashOf(revisionText(row)) !== row.revision) throw new CaseChangedSinceVote();
    await this.store.approved(tx, row.id, step, at, decision);
    const { societyId, amountFen, method, payeeId, payeeAccountId } = row;
    const caseNumber = caseNumberText(row);
    await this.ledger.accrue(tx, {
      societyId,
      threadId: row.id,
      purpose,
      cause: `accrual:${purpose}`,
      amountFen,
      at,
      summary: `批准救助 ${caseNumber}`,
    });
    await this.payments.order(tx, {
      societyId,
      subjectKind: 'case',
      subjectId: row.id,
      threadId: row.id,
      purpose,
      caseNumber,
      amountFen,
      payeeId,
      payeeName: frozen.payeeName,
      payeeAccountId,
      method,
      approverId,
      approveHours: charter.payHours,
      orderedAt: at,
    });
    await this.steps.clocks(tx, row, step, { at, byPersonId, charter, idPending });
  }

  /** What was set aside, and the allowance of the household, are free again. */
  async giveBack(tx: Tx, row: CaseRow, purpose: string): Promise<void> {
    await this.giveBackAllowance(tx, row);
    await this.ledger.release(tx, { purpose });
  }

  async giveBackAllowance(tx: Tx, row: CaseRow): Promise<void> {
    if (row.countedYear === null) throw new Error('A case gives back an allowance that it never took');
    const household = { societyId: row.societyId, householdId: row.householdId, year: row.countedYear };
    await this.store.giveBackAllowance(tx, household, row.amountFen);
  }
}
