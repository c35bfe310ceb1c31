import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import { NoticesService } from '../notices/index.js';
import type {
  NoticeFacts,
  NoticeKind,
  NoticeSubject,
  NoticeToSign,
  Upholding,
  Worded,
} from '../notices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { ConsentsAnswered, IdNumberSupplied, PersonListener } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseSeals } from './case.seals.js';
import { CaseDescriptions } from './case-descriptions.js';
import type { CaseDescription } from './case-descriptions.js';
import { CaseInquiry } from './case-inquiry.js';
import { CaseSteps } from './case-steps.js';
import { CaseWordsNow } from './case-words-now.js';
import { CasesQueries } from './cases.queries.js';
import { CasesStore } from './cases.store.js';
import { noticeStands } from './domain/notice-stands.js';
import { vetoOf } from './domain/recusals.js';
import { grantWordsOf } from './grant-words.js';
import { UpheldCase } from './upheld-case.js';

/** What the other two tracks tell a case: its notice was posted and ran out, a missing ID number came in. */
@Injectable()
export class NoticedCase implements NoticeSubject, PersonListener {
  constructor(
    private readonly store: CasesStore,
    private readonly queries: CasesQueries,
    private readonly steps: CaseSteps,
    private readonly descriptions: CaseDescriptions,
    private readonly duties: DutiesService,
    private readonly people: PeopleQueries,
    private readonly seals: CaseSeals,
    private readonly notices: NoticesService,
    private readonly inquiry: CaseInquiry,
    private readonly upheldCase: UpheldCase,
    private readonly wording: CaseWordsNow,
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

  mayInquire(societyId: string, caseId: string, personId: string): Promise<string | null> {
    return this.inquiry.faultOf(societyId, caseId, personId);
  }

  mayAssign(societyId: string, caseId: string, personId: string): Promise<string | null> {
    return this.inquiry.tieOf(societyId, caseId, personId);
  }

  upheld(tx: Tx, notice: NoticeFacts, by: Upholding): Promise<void> {
    return this.upheldCase.decideAnew(tx, notice, by);
  }

  /** The last objection came to nothing: what its notice had waited for may have been the last of the case. */
  async cleared(tx: Tx, { subjectId, at }: NoticeFacts): Promise<void> {
    await this.steps.closeWhenDone(tx, subjectId, at);
  }

  async stands(tx: Tx, caseId: string, kind: NoticeKind): Promise<boolean> {
    const { state, paidAt } = await this.store.getOwn(tx, caseId);
    return noticeStands(kind, { state, isPaid: paidAt !== null });
  }

  wordsNow(
    societyId: string,
    caseId: string,
    asked: { readonly kind: NoticeKind; readonly numberOnly: boolean },
  ): Promise<Worded | null> {
    return this.wording.wordsOf(societyId, caseId, asked);
  }

  /** D4-33: who does not agree any more to be named stands in what nobody has signed yet by the number of the case. */
  async answered(tx: Tx, { societyId, personId, answers }: ConsentsAnswered): Promise<void> {
    const publish = answers.find(({ purpose }) => purpose === 'PUBLISH');
    if (publish === undefined) return;
    if (!publish.given)
      for (const { id } of await this.store.takenBackOf(tx, societyId, personId))
        await this.notices.unnameDraft(tx, { ...grantOf(id), kind: 'REVOCATION' });
    for (const row of await this.store.paidOf(tx, societyId, personId)) {
      const noticeId = await this.notices.draftOf(tx, grantOf(row.id));
      if (noticeId === null || row.paidAt === null) continue;
      const frozen = this.seals.frozenOf(row);
      const mayPrintName = frozen.mayPrintName && publish.given;
      const words = grantWordsOf(row, { ...frozen, mayPrintName }, row.paidAt);
      await this.notices.redraft(tx, { noticeId, kind: 'GRANT_POST', words });
    }
  }

  /** D4-50: the number was owed with the papers, and may be the last of them. */
  async supplied(tx: Tx, { societyId, personId, at, byPersonId }: IdNumberSupplied): Promise<void> {
    for (const row of await this.store.withOpenPapers(tx, societyId, personId)) {
      await this.duties.settle(tx, { kind: 'ID_NUMBER', subjectId: row.id, at, byPersonId });
      await this.steps.finishPapers(tx, row, { at, byPersonId, idPending: false });
    }
  }
}

const grantOf = (caseId: string) => ({ kind: 'GRANT_POST', subjectKind: 'case', subjectId: caseId }) as const;
