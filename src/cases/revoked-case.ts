import { Injectable } from '@nestjs/common';
import type { BoardSubject, Decision } from '../board/index.js';
import { DutiesService } from '../duties/index.js';
import { RecoveriesService } from '../payments/index.js';
import { PeopleService } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { countsOf } from './decided-case.js';
import { demandedOf } from './domain/revocation.js';
import { RevocationsQueries } from './revocations.queries.js';
import { RevocationsStore } from './revocations.store.js';
import { StepPapers } from './step-papers.js';

/** What the board says of a revocation: with a yes what is too much is demanded back in the same unit (D4-41). */
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
    private readonly duties: DutiesService,
    private readonly papers: StepPapers,
    private readonly people: PeopleService,
  ) {}

  async decided(tx: Tx, decision: Decision): Promise<void> {
    const { subjectId, societyId, outcome, decidedAt: at } = decision;
    const { caseId, reason, keptFen } = await this.revocations.get(tx, subjectId);
    await this.revocations.end(tx, subjectId, outcome === 'approved' ? 'REVOKED' : 'KEPT', at);
    if (outcome === 'approved' || outcome === 'rejected')
      await this.duties.settle(tx, { kind: 'DECIDE_ANEW', subjectId: caseId, at, byPersonId: null });
    if (outcome === 'rejected') await this.steps.closeWhenDone(tx, caseId, at);
    if (outcome !== 'approved') return;
    const row = await this.store.get(tx, societyId, caseId);
    const frozen = this.seals.frozenOf(row);
    const { charter } = frozen;
    const step = stepFor('revoke', row);
    const demandedFen = demandedOf(row.amountFen, keptFen);
    await this.store.revoked(tx, row, step, keptFen);
    const revoked = { reason, counts: countsOf(decision), demandedFen, at };
    // Agreed when it was granted, and perhaps no more: nobody could sign it then.
    const agrees = await this.people.mayBePublished(tx, societyId, row.applicantId);
    const today = { ...frozen, mayPrintName: frozen.mayPrintName && agrees };
    const { noticeId } = await this.papers.revoked(tx, row, today, revoked);
    const moment = { at, byPersonId: null, charter, idPending: false, noticeId };
    await this.steps.clocks(tx, row, step, moment); // what was owed ends here; what is owed back begins after it
    await this.recoveries.demand(tx, {
      subjectKind: 'case',
      subjectId: row.id,
      payerId: row.payeeId,
      amountFen: demandedFen,
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
