import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import type { NoticeFacts, NoticeSubject, NoticeToSign } from '../notices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { IdNumberListener, IdNumberSupplied } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import { CaseSteps } from './case-steps.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { vetoOf } from './domain/recusals.js';

/** What the other two tracks tell a case: its notice was posted and ran out, a missing ID number came in. */
@Injectable()
export class NoticedCase implements NoticeSubject, IdNumberListener {
  constructor(
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly steps: CaseSteps,
    private readonly descriptions: CaseDescriptions,
    private readonly duties: DutiesService,
    private readonly people: PeopleQueries,
  ) {}

  /** D4-19, and nobody signs that a relative was helped. A name is printed only while its owner still agrees. */
  async maySign(
    societyId: string,
    caseId: string,
    personId: string,
    { printsName }: NoticeToSign,
  ): Promise<string | null> {
    const { applicantId } = await this.queries.case(societyId, caseId);
    const reasons = await this.people.related(societyId, applicantId, personId);
    const refusal = vetoOf('签发公示', personId, applicantId, reasons);
    if (refusal) return refusal.message;
    const { publish } = await this.people.consentsOf(societyId, applicantId);
    return printsName && publish !== true ? '申请人已经撤回公示的同意，写着姓名的这一张不能签。' : null;
  }

  /** The notice settles its own duties; the case goes on when the period of its grant is over. */
  posted(): Promise<void> {
    return Promise.resolve();
  }

  async ended(tx: Tx, { kind, subjectId, at, superseded }: NoticeFacts): Promise<void> {
    if (kind !== 'GRANT_POST' || superseded) return;
    await this.store.noticeEnded(tx, subjectId, at);
    await this.steps.closeWhenDone(tx, subjectId, at);
  }

  describe(societyId: string, caseId: string): Promise<CaseDescription> {
    return this.descriptions.describe(societyId, caseId);
  }

  /** D4-50: the number was owed with the papers, and may be the last of them. */
  async supplied(tx: Tx, { societyId, personId, at, byPersonId }: IdNumberSupplied): Promise<void> {
    for (const row of await this.store.withOpenPapers(tx, societyId, personId)) {
      await this.duties.settle(tx, { kind: 'ID_NUMBER', subjectId: row.id, at, byPersonId });
      await this.steps.finishPapers(tx, row, { at, byPersonId, idPending: false });
    }
  }
}
