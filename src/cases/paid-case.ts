import { Injectable } from '@nestjs/common';
import { NoticesService } from '../notices/index.js';
import type { Paid, PaymentSubject } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { caseNumberText } from './domain/case-number.js';
import { grantNotice } from './domain/grant-notice.js';
import type { GrantDecision } from './domain/grant-notice.js';
import { refuseTied } from './domain/recusals.js';

/** What the payment does to a case, inside the unit that books it: papers and notice are owed from this moment. */
@Injectable()
export class PaidCase implements PaymentSubject {
  constructor(
    private readonly store: CasesStore,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly descriptions: CaseDescriptions,
    private readonly notices: NoticesService,
  ) {}

  async paid(tx: Tx, { subjectId, threadId, paidAt, cashierId }: Paid): Promise<void> {
    const row = await this.store.getOwn(tx, subjectId);
    const frozen = this.seals.frozenOf(row);
    refuseTied('打款', cashierId, row.applicantId, frozen.tied);
    const step = stepFor('pay', row);
    await this.store.paid(tx, row.id, step, paidAt);
    const { charter, idPending } = frozen;
    const moment = { at: paidAt, byPersonId: cashierId, charter, idPending };
    await this.steps.clocks(tx, row, step, moment);
    await this.notices.draft(tx, {
      societyId: row.societyId,
      kind: 'GRANT_POST',
      subjectKind: 'case',
      subjectId: row.id,
      threadId,
      author: { accountId: row.registeredByAccount, personId: row.registeredBy },
      words: grantNotice({
        caseNumber: caseNumberText(row),
        cause: row.cause,
        amountFen: row.amountFen,
        method: row.method,
        paidAt,
        decision: decisionOf(row),
        frozen,
      }),
    });
  }

  describe(societyId: string, caseId: string): Promise<CaseDescription> {
    return this.descriptions.describe(societyId, caseId);
  }
}

function decisionOf({ decision }: CaseRow): GrantDecision {
  if (decision === null) throw new Error('A case was paid that nobody had decided');
  return JSON.parse(decision) as GrantDecision;
}
