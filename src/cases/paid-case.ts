import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import { NoticesService } from '../notices/index.js';
import type { Paid, PaymentSubject, Recovered, Returned } from '../payments/index.js';
import { mayGoOn } from '../people/domain/consent.js';
import { PeopleQueries } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { ConsentStops } from './consent-stops.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { grantWordsOf } from './grant-words.js';
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
    private readonly duties: DutiesService,
    private readonly stops: ConsentStops,
  ) {}

  mayPay(societyId: string, caseId: string, personId: string): Promise<string | null> {
    return this.vetoOn('打款', societyId, caseId, personId);
  }

  mayApprove(societyId: string, caseId: string, personId: string): Promise<string | null> {
    return this.vetoOn('同意付款', societyId, caseId, personId);
  }

  async refuseStopped(tx: Tx, caseId: string, at: Date): Promise<void> {
    await this.stops.refuseSince(tx, await this.store.getOwn(tx, caseId), at);
  }

  async isStopped(societyId: string, caseId: string): Promise<boolean> {
    const { applicantId } = await this.queries.case(societyId, caseId);
    return !mayGoOn(await this.people.consentsOf(societyId, applicantId));
  }

  async paid(tx: Tx, { subjectId, threadId, paidAt, cashierId, attempt }: Paid): Promise<void> {
    const row = await this.store.getOwn(tx, subjectId);
    const frozen = this.seals.frozenOf(row);
    refuseTied('打款', cashierId, row.applicantId, frozen.tied);
    const step = stepFor('pay', row);
    await this.store.paid(tx, row.id, step, paidAt);
    const { charter, idPending } = frozen;
    const moment = { at: paidAt, byPersonId: cashierId, charter, idPending };
    await this.steps.clocks(tx, row, step, moment);
    await this.stops.release(tx, row); // taken back after the money had left: there is nothing to end any more
    if (attempt > 1)
      for (const duty of ['PAPERS', 'POST_NOTICE'] as const) await this.steps.oweAnew(tx, row, duty, moment);
    await this.notices.draft(tx, {
      societyId: row.societyId,
      kind: 'GRANT_POST',
      subjectKind: 'case',
      subjectId: row.id,
      threadId,
      author: { accountId: row.registeredByAccount, personId: row.registeredBy },
      words: grantWordsOf(row, frozen, paidAt),
    });
  }

  /** The order stays to be paid, and so does the case. */
  failed(): Promise<void> {
    return Promise.resolve();
  }

  /** D4-44: it is owed again. What nobody has signed about the payment is not published, and its receipt is void. */
  async returned(tx: Tx, { subjectId, returnedAt: at, cashierId: byPersonId }: Returned): Promise<void> {
    const row = await this.store.getOwn(tx, subjectId);
    const step = stepFor('payBack', row);
    await this.store.paidBack(tx, row, step);
    await this.steps.reopenPapers(tx, row);
    const grant = { kind: 'GRANT_POST', subjectKind: 'case', subjectId } as const;
    if (await this.notices.discardDraft(tx, grant))
      await this.duties.cancel(tx, { kind: 'SIGN_NOTICE', subjectId });
    const { charter } = this.seals.frozenOf(row);
    await this.steps.clocks(tx, row, step, { at, byPersonId, charter, idPending: false });
    await this.stops.cameBack(tx, row, at);
  }

  /**
   * So much of the household's year is free again (D4-72); with the last of it the case is over. A case that was written
   * off stays so, whatever comes in after all: the decision of the union stands.
   */
  async recovered(
    tx: Tx,
    { subjectId, amountFen, outstandingFen, receivedAt, cashierId }: Recovered,
  ): Promise<void> {
    const row = await this.store.getOwn(tx, subjectId);
    const isAll = row.recoveredFen + amountFen === row.amountFen;
    if (row.state === 'WRITTEN_OFF') {
      await this.store.recovered(tx, row, amountFen, isAll);
      return;
    }
    const step = stepFor('recover', row);
    await this.store.recovered(tx, row, amountFen, isAll);
    if (outstandingFen > 0) return;
    await this.store.moved(tx, row.id, step);
    const { charter } = this.seals.frozenOf(row);
    await this.steps.clocks(tx, row, step, {
      at: receivedAt,
      byPersonId: cashierId,
      charter,
      idPending: false,
    });
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
    const refusal = vetoOf(act, personId, applicantId, reasons);
    return refusal?.message ?? null;
  }
}
