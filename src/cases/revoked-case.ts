import { Injectable } from '@nestjs/common';
import type { BoardSubject, Decision } from '../board/index.js';
import { RecoveriesService } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { countsOf } from './decided-case.js';
import { RevocationsQueries } from './revocations.queries.js';
import { RevocationsStore } from './revocations.store.js';
import { StepPapers } from './step-papers.js';

/** What the board says of a revocation: with a yes the money is demanded back in the same unit (D4-41). */
@Injectable()
export class RevokedCase implements BoardSubject {
  constructor(
    private readonly store: CasesStore,
    private readonly revocations: RevocationsStore,
    private readonly queries: RevocationsQueries,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly descriptions: CaseDescriptions,
    private readonly recoveries: RecoveriesService,
    private readonly papers: StepPapers,
  ) {}

  async decided(tx: Tx, decision: Decision): Promise<void> {
    const { subjectId, societyId, outcome, decidedAt: at } = decision;
    const { caseId, reason } = await this.revocations.get(tx, subjectId);
    await this.revocations.end(tx, subjectId, outcome === 'approved' ? 'REVOKED' : 'KEPT', at);
    if (outcome !== 'approved') return;
    const row = await this.store.get(tx, societyId, caseId);
    const frozen = this.seals.frozenOf(row);
    const { charter } = frozen;
    const step = stepFor('revoke', row);
    await this.store.revoked(tx, row, step);
    const counts = countsOf(decision);
    const revoked = { reason, counts, demandedFen: row.amountFen, at };
    const { noticeId } = await this.papers.revoked(tx, row, frozen, revoked);
    const moment = { at, byPersonId: null, charter, idPending: false, noticeId };
    await this.steps.clocks(tx, row, step, moment); // what was owed ends here; what is owed back begins after it
    await this.recoveries.demand(tx, {
      subjectKind: 'case',
      subjectId: row.id,
      payerId: row.payeeId,
      amountFen: row.amountFen,
      at,
    });
  }

  /** Whoever was tied when the case was decided stays tied now. */
  async tiedOf(tx: Tx, revocationId: string): Promise<readonly string[]> {
    const { caseId } = await this.revocations.get(tx, revocationId);
    const row = await this.store.getOwn(tx, caseId);
    return [row.applicantId, ...this.seals.frozenOf(row).tied.map(({ personId }) => personId)];
  }

  async describe(societyId: string, revocationId: string): Promise<CaseDescription> {
    const { caseId } = await this.queries.revocation(societyId, revocationId);
    return this.descriptions.describe(societyId, caseId);
  }
}
