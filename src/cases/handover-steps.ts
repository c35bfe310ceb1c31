import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesService } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CasesStore } from './cases.store.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { ANSWER_WORKING_DAYS, answerOf, freesCause, kindOf } from './domain/handover.js';
import type { HandoverReason } from './domain/handover.js';
import type { HandoverRow } from './handovers.entity.js';
import { HandoversStore } from './handovers.store.js';
import type { Answer } from './handovers.store.js';
import { StepPapers } from './step-papers.js';
import type { GroundFacts } from './step-papers.js';

export type HandedOver = {
  readonly reason: HandoverReason;
  readonly at: Date;
  readonly byPersonId: string | null;
  readonly note: string | null;
  /** What is needed, where that is more than the case asked of the society. */
  readonly askedFen?: Fen | null;
  /** What the letter says that goes along. */
  readonly letter: GroundFacts;
};

/** What becomes of a case that leaves its society, as steps of somebody else's unit of work. */
@Injectable()
export class HandoverSteps {
  constructor(
    private readonly store: HandoversStore,
    private readonly cases: CasesStore,
    private readonly societies: SocietiesService,
    private readonly duties: DutiesService,
    private readonly papers: StepPapers,
    private readonly ids: Ids,
  ) {}

  /**
   * Where every handover begins, whoever decided it. The one above owes an answer, on its own home page; where nobody
   * stands above, and to an office, the letter goes on paper and the society writes down what came back.
   */
  async handOver(
    tx: Tx,
    { id: caseId, societyId }: Pick<CaseRow, 'id' | 'societyId'>,
    { reason, at, byPersonId, note, letter, askedFen = null }: HandedOver,
  ): Promise<{ handoverId: string }> {
    const handoverId = this.ids.next();
    const kind = kindOf(reason);
    const above = kind === 'TOWN' ? await this.societies.townUnionOf(tx, societyId) : null;
    const toSocietyId = above?.id ?? null;
    const opened = { openedAt: at, openedBy: byPersonId };
    await this.store.insert(tx, {
      ...{ id: handoverId, caseId, societyId, kind, reason, toSocietyId, askedFen, note },
      ...opened,
    });
    const present = (await this.cases.papersOf(tx, caseId)).filter(({ state }) => state === 'PRESENT');
    await this.papers.handedOver(tx, { id: caseId, societyId }, letter, {
      reason,
      townUnion: above?.name ?? null,
      enclosures: present.map((paper) => paper.kind),
      at,
      madeBy: byPersonId,
    });
    if (toSocietyId !== null)
      await this.duties.open(tx, {
        societyId: toSocietyId,
        kind: 'ANSWER_HANDOVER',
        subjectKind: 'handover',
        subjectId: handoverId,
        threadId: null,
        ownerRole: 'secretary',
        rule: { unit: 'working-days', count: ANSWER_WORKING_DAYS, from: at },
      });
    return { handoverId };
  }

  /** Called with every step of every case: where it is one that was taken on and is over now, that is the answer. */
  async answeredBy(
    tx: Tx,
    { id }: Pick<CaseRow, 'id'>,
    moment: { readonly to: CaseState; readonly at: Date; readonly byPersonId: string | null },
  ): Promise<void> {
    if (moment.to === 'APPROVED') await this.reopen(tx, id);
    const answer = answerOf(moment.to);
    const waiting = answer && (await this.store.findWaitingFor(tx, id));
    if (!answer || !waiting) return;
    const { amountFen } = await this.cases.getOwn(tx, id);
    const { at, byPersonId } = moment;
    const answeredFen = answer === 'HELPED' ? amountFen : null;
    await this.answered(tx, waiting, { answer, note: null, answeredFen, at, byPersonId });
  }

  /** Ends a handover. A union that had itself handed its case on passes the answer down to the village. */
  async answered(tx: Tx, handover: HandoverRow, answer: Answer): Promise<void> {
    await this.store.answered(tx, handover, answer);
    await this.duties.settle(tx, {
      kind: 'ANSWER_HANDOVER',
      subjectId: handover.id,
      at: answer.at,
      byPersonId: answer.byPersonId,
    });
    if (freesCause(answer.answer)) await this.store.freeCause(tx, handover.caseId);
    const below = await this.store.findWaitingFor(tx, handover.caseId);
    if (below) await this.answered(tx, below, answer);
  }

  /** The bank sent the money back: it has not helped yet, and the town is at it again. */
  private async reopen(tx: Tx, takenCaseId: string): Promise<void> {
    const handover = await this.store.findAnsweredBy(tx, takenCaseId);
    if (!handover) return;
    await this.store.reopened(tx, handover.id);
    await this.reopen(tx, handover.caseId);
  }
}
