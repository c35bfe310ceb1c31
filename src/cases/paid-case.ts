import { Injectable } from '@nestjs/common';
import { NoticesService } from '../notices/index.js';
import type { Paid, PaymentSubject, Recovered, Returned } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { CaseNotInState } from './domain/case.errors.js';
import { caseNumberText } from './domain/case-number.js';
import { STATE_WORDS } from './domain/case-words.js';
import { grantNotice } from './domain/grant-notice.js';
import type { GrantDecision } from './domain/grant-notice.js';
import { refuseTied, vetoOf } from './domain/recusals.js';

/** What the payment does to a case, inside the unit that books it: papers and notice are owed from this moment. */
@Injectable()
export class PaidCase implements PaymentSubject {
  constructor(
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly people: PeopleQueries,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly descriptions: CaseDescriptions,
    private readonly notices: NoticesService,
  ) {}

  mayPay(societyId: string, caseId: string, personId: string): Promise<string | null> {
    return this.vetoOn('打款', societyId, caseId, personId);
  }

  mayApprove(societyId: string, caseId: string, personId: string): Promise<string | null> {
    return this.vetoOn('同意付款', societyId, caseId, personId);
  }

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

  /** The order stays to be paid, and so does the case. */
  failed(): Promise<void> {
    return Promise.resolve();
  }

  async returned(tx: Tx, { subjectId }: Returned): Promise<void> {
    await this.refuseMoneyBack(tx, subjectId);
  }

  async recovered(tx: Tx, { subjectId }: Recovered): Promise<void> {
    await this.refuseMoneyBack(tx, subjectId);
  }

  describe(societyId: string, caseId: string): Promise<CaseDescription> {
    return this.descriptions.describe(societyId, caseId);
  }

  /** D4-19 and kin, by the register of this moment: who was tied when the round opened is not all who is tied now. */
  private async vetoOn(
    act: '打款' | '同意付款',
    societyId: string,
    caseId: string,
    personId: string,
  ): Promise<string | null> {
    const { applicantId } = await this.queries.case(societyId, caseId);
    const reasons = await this.people.related(societyId, applicantId, personId);
    return vetoOf(act, personId, applicantId, reasons)?.message ?? null;
  }

  /** The table of the procedure has no way back from a payment, so that the unit that would bring money back is refused. */
  private async refuseMoneyBack(tx: Tx, caseId: string): Promise<never> {
    const { state } = await this.store.getOwn(tx, caseId);
    throw new CaseNotInState(STATE_WORDS[state]);
  }
}

function decisionOf({ decision }: CaseRow): GrantDecision {
  if (decision === null) throw new Error('A case was paid that nobody had decided');
  return JSON.parse(decision) as GrantDecision;
}
