import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import { BoardQueries } from '../board/index.js';
import type { BoardSubject, Decision, SubjectDescription } from '../board/index.js';
import { yuanText } from '../kernel/fen.js';
import type { NoticeKind, NoticeSubject, Worded } from '../notices/index.js';
import { NoticesService } from '../notices/index.js';
import { RecoveriesService } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Charter } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps, stepFor } from './case-steps.js';
import { CasesStore } from './cases.store.js';
import { caseNumberText } from './domain/case-number.js';
import { resolutionNotice } from './domain/case-notices.js';
import type { ResolutionMatter } from './domain/case-notices.js';
import { countsOf } from './decided-case.js';
import { WriteOffStands } from './domain/write-off.js';
import type { CaseWriteOff } from './write-off.entity.js';
import { WRITE_OFF } from './write-offs.service.js';
import { WriteOffsQueries } from './write-offs.queries.js';
import { WriteOffsStore } from './write-offs.store.js';

/** What the board of the town union says of money that a village can't get back, and the notice of it (domain.md 1.6). */
@Injectable()
export class WrittenOffCase implements BoardSubject, NoticeSubject {
  constructor(
    private readonly cases: CasesStore,
    private readonly writeOffs: WriteOffsStore,
    private readonly queries: WriteOffsQueries,
    private readonly steps: CaseSteps,
    private readonly seals: CaseSeals,
    private readonly recoveries: RecoveriesService,
    private readonly notices: NoticesService,
    private readonly board: BoardQueries,
  ) {}

  /** What came back while the board made up its mind is not written off; where all of it came back, nothing is. */
  async decided(tx: Tx, decision: Decision, trail: Trail): Promise<void> {
    const { subjectId, outcome, decidedAt: at } = decision;
    const asked = await this.writeOffs.get(tx, subjectId);
    const row = await this.cases.get(tx, asked.societyId, asked.caseId);
    const isWrittenOff = outcome === 'approved' && row.state === 'REVOKED';
    await this.writeOffs.end(tx, asked.id, isWrittenOff ? 'WRITTEN_OFF' : 'KEPT', at);
    if (!isWrittenOff) return;
    const { recoveryId, societyId } = asked;
    const { writtenOffFen } = await this.recoveries.writeOff(tx, { recoveryId, societyId, at });
    const step = stepFor('writeOff', row);
    await this.cases.moved(tx, row.id, step);
    const { charter } = this.seals.frozenOf(row);
    await this.steps.clocks(tx, row, step, { at, byPersonId: null, charter, idPending: false });
    const { recoveredFen } = row;
    const caseNumber = caseNumberText(row);
    await this.publish(tx, asked, row, decision, {
      about: 'WRITE_OFF',
      societyName: issuerOf(asked).belowName,
      caseNumber,
      recoveredFen,
      writtenOffFen,
      isUpheld: asked.reason === 'UPHELD',
    });
    trail.on('write-off', asked.id, {
      threadId: asked.id,
      after: { writtenOffFen },
      words: `核销 ${yuanText(writtenOffFen)} 元`,
    });
  }

  /** Nobody of the union is tied to a number. */
  maySign(): Promise<string | null> {
    return Promise.resolve(null);
  }

  posted(): Promise<void> {
    return Promise.resolve();
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  /** Whoever of the union asked its board or voted. Of the village nobody is asked: it is the union's notice. */
  async mayInquire(_: string, writeOffId: string, personId: string): Promise<string | null> {
    const hands = await this.board.handsIn(writeOffId);
    return hands.has(personId) ? '发起或者参加过表决的人，不能查对它的异议。' : null;
  }

  /** What was given up is taken all the same whenever it comes: nothing has to be decided for that. */
  upheld(): Promise<void> {
    return Promise.reject(new WriteOffStands());
  }

  async wordsNow(
    unionId: string,
    writeOffId: string,
    { kind }: { readonly kind: NoticeKind },
  ): Promise<Worded | null> {
    const { recoveryId, issuer, reason } = await this.queries.recoveryOf(unionId, writeOffId);
    const rounds = await this.board.roundsOf(WRITE_OFF, writeOffId);
    const round = rounds.find(({ state }) => state === 'APPROVED');
    if (kind !== 'RESOLUTION' || !round?.decidedAt) return null;
    const { caseNumber, recoveredFen, writtenOffFen } = await this.queries.below(unionId, recoveryId);
    const { societyName, charter, belowName } = issuerOf({ issuer });
    const matter = {
      about: 'WRITE_OFF',
      societyName: belowName,
      caseNumber,
      recoveredFen,
      writtenOffFen,
      isUpheld: reason === 'UPHELD',
    } as const;
    const counts = countsOf({ ...round, decidedAt: round.decidedAt });
    return { kind, words: resolutionNotice({ matter, counts, frozen: { societyName, charter, names: [] } }) };
  }

  async describe(unionId: string, writeOffId: string): Promise<SubjectDescription> {
    const { recoveryId } = await this.queries.recoveryOf(unionId, writeOffId);
    const owed = await this.queries.below(unionId, recoveryId);
    return {
      title: `核销 ${owed.societyName} ${owed.caseNumber}`,
      facts: [
        { label: '哪个村', value: owed.societyName },
        { label: '案号', value: owed.caseNumber },
        { label: '应退回', value: `${yuanText(owed.demandedFen)} 元` },
        { label: '已追回', value: `${yuanText(owed.recoveredFen)} 元` },
        { label: '还没追回', value: `${yuanText(owed.outstandingFen)} 元` },
      ],
      href: `/s/town/recoveries/${recoveryId}`,
    };
  }

  /** The union's own decision, on the union's own board: by the number of the village's case. */
  private async publish(
    tx: Tx,
    { id, unionId, openedBy, issuer }: CaseWriteOff,
    row: CaseRow,
    decision: Decision,
    matter: ResolutionMatter,
  ): Promise<void> {
    const { societyName, charter } = issuerOf({ issuer });
    const frozen = { societyName, charter, names: this.seals.frozenOf(row).names };
    const { noticeId } = await this.notices.draft(tx, {
      ...{ societyId: unionId, subjectKind: WRITE_OFF, subjectId: id, threadId: id },
      author: { accountId: null, personId: openedBy },
      kind: 'RESOLUTION',
      words: resolutionNotice({ matter, counts: countsOf(decision), frozen }),
    });
    await this.steps.oweNotice(tx, { id, societyId: unionId }, noticeId, { at: decision.decidedAt, charter });
  }
}

/** Names and charter as they were when the board was asked. */
function issuerOf({ issuer }: Pick<CaseWriteOff, 'issuer'>) {
  return JSON.parse(issuer) as {
    readonly societyName: string;
    readonly charter: Charter;
    readonly belowName: string;
  };
}
