import { Injectable } from '@nestjs/common';
import type { Trail } from '../../audit/index.js';
import { MotionAgain } from '../../board/index.js';
import type { BoardSubject, Decision, SubjectDescription } from '../../board/index.js';
import { DutiesService, lastDayOf } from '../../duties/index.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { GiftMoneyService, purseName } from '../../ledger/index.js';
import { countsOf } from '../../notices/domain/resolution-notice.js';
import type { DecisionCounts } from '../../notices/domain/resolution-notice.js';
import type { NoticeFacts, NoticeKind, NoticeSubject, Upholding, Worded } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { ChangesOfUseQueries } from './change-of-use.queries.js';
import { ChangesOfUseService } from './change-of-use.service.js';
import { ChangesOfUseStore } from './change-of-use.store.js';
import type { ChangeRow } from './change-of-use.store.js';
import { ANSWER_DAYS, basisOf, CHANGE_REASON_WORDS } from '../domain/change-of-use.js';
import { freePartsOf } from '../domain/refund.js';
import { USE_CHANGE } from './house-motion.js';

/** What the board resolves about the use of money, carried out inside its own unit, and the notice of it. */
@Injectable()
export class DecidedChange implements BoardSubject, NoticeSubject {
  constructor(
    private readonly store: ChangesOfUseStore,
    private readonly changes: ChangesOfUseService,
    private readonly queries: ChangesOfUseQueries,
    private readonly money: GiftMoneyService,
    private readonly duties: DutiesService,
    private readonly ids: Ids,
    private readonly again: MotionAgain,
  ) {}

  /** Agreed: the rest is held back and the givers are asked; where nobody is to be asked, it moves at once. */
  async decided(tx: Tx, decision: Decision, trail: Trail): Promise<void> {
    const { societyId, subjectId, outcome, decidedAt: at } = decision;
    const change = await this.store.take(tx, societyId, subjectId, 'VOTING');
    if (outcome === 'approved' || outcome === 'rejected') await this.changes.decidedAnew(tx, change, at);
    if (outcome !== 'approved') return this.store.end(tx, change, 'DROPPED', at);
    const { held, givers } = await this.hold(tx, change);
    if (held === 0) return this.store.end(tx, change, 'DROPPED', at);
    const answerBy = givers === 0 ? dayOf(at) : await this.askUntil(tx, change, at);
    const asked = { decision: JSON.stringify(countsOf(decision)), askedOn: dayOf(at), answerBy };
    await this.store.asking(tx, change, asked);
    const words = `冻结 ${yuanText(fen(held))} 元，征求 ${givers} 位捐赠人意见`;
    trail.on('use-change', subjectId, { threadId: subjectId, after: { held, givers }, words });
    if (givers === 0) await this.changes.carryOut(tx, trail, { ...change, ...asked, state: 'ASKING' });
  }

  private async askUntil(tx: Tx, { id, societyId }: ChangeRow, from: Date): Promise<Day> {
    const { dueAt } = await this.duties.open(tx, {
      ...{ societyId, kind: 'ASK_GIVERS', subjectKind: 'use-change', subjectId: id, threadId: id },
      ownerRole: 'accountant',
      rule: { unit: 'natural-days', count: ANSWER_DAYS, from },
    });
    return lastDayOf(dueAt);
  }

  /** Nobody is tied to a purse. */
  maySign(): Promise<string | null> {
    return Promise.resolve(null);
  }

  posted(): Promise<void> {
    return Promise.resolve();
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  async mayInquire(_: string, changeId: string, personId: string): Promise<string | null> {
    const fault = await this.again.faultOf(changeId, personId);
    if (fault !== null) return fault;
    const wrote = await this.queries.recordersOf(changeId);
    return wrote.includes(personId) ? '记过捐赠人答复的人，不能查对它的异议。' : null;
  }

  async wordsNow(
    societyId: string,
    changeId: string,
    { kind }: { readonly kind: NoticeKind },
  ): Promise<Worded | null> {
    const { movedFen, useBefore: from, useAfter: to } = await this.queries.change(societyId, changeId);
    const { issuer, decision } = await this.queries.decided(changeId);
    if (kind !== 'RESOLUTION' || decision === null || movedFen === 0) return null;
    const counts = JSON.parse(decision) as DecisionCounts;
    return this.again.wordsOf(issuer, counts, { about: 'CHANGE_OF_USE', movedFen, from, to });
  }

  /** What is held back still is free again, for what it was given for. What has moved moves back by a change of its own. */
  async upheld(tx: Tx, { societyId, subjectId: changeId }: NoticeFacts, { at }: Upholding): Promise<void> {
    const change = await this.store.get(tx, societyId, changeId);
    if (change.state === 'ASKING') await this.changes.stop(tx, change);
    await this.again.owe(tx, {
      ...{ societyId, subjectKind: USE_CHANGE, subjectId: changeId, threadId: changeId, at },
      ownerRole: 'secretary',
    });
  }

  async describe(societyId: string, changeId: string): Promise<SubjectDescription> {
    const change = await this.queries.change(societyId, changeId);
    const { from, into, reason, planNumber, answerBy } = change;
    return {
      title: `变更用途 ${purseName(from)}`,
      facts: [
        { label: '原来用于', value: purseName(from) },
        { label: '改用于', value: purseName(into) },
        { label: '原因', value: CHANGE_REASON_WORDS[reason] },
        ...(planNumber === null ? [] : [{ label: '重新备案号', value: planNumber }]),
        ...(answerBy === null ? [] : [{ label: '答复期限', value: dayWords(answerBy) }]),
      ],
      href: `/s/donations/changes-of-use/${changeId}`,
    };
  }

  /** As much of each lot as is free now; what came by a campaign whose plan was not filed anew stays as it is. */
  private async hold(tx: Tx, change: ChangeRow): Promise<{ readonly held: number; readonly givers: number }> {
    const { id: changeId, balanceId, planNumber } = change;
    const lots = (await this.store.lotsIn(tx, balanceId)).flatMap((lot) => {
      const basis = basisOf(lot, planNumber);
      return basis === null ? [] : [{ ...lot, basis }];
    });
    const free = new Map(freePartsOf(lots).map(({ lotId, amountFen }) => [lotId, amountFen]));
    const givers = new Map<string, string>();
    let held = 0;
    for (const { lotId, giftId, donorId, basis } of lots) {
      const amountFen = free.get(lotId);
      if (amountFen === undefined || amountFen === 0) continue;
      await this.money.freeze(tx, { lotId, amountFen });
      const giverId =
        basis === 'GIVER' && donorId !== null ? await this.giverOf(tx, changeId, donorId, givers) : null;
      await this.store.insertPart(tx, {
        ...{ id: this.ids.next(), changeId, lotId, giftId, giverId, basis, amountFen },
        ...{ state: 'FROZEN', newLotId: null, refundId: null },
      });
      held += amountFen;
    }
    return { held, givers: givers.size };
  }

  /** One question to each giver, however many gifts of his lie in the purse. */
  private async giverOf(
    tx: Tx,
    changeId: string,
    donorId: string,
    known: Map<string, string>,
  ): Promise<string> {
    const found = known.get(donorId);
    if (found !== undefined) return found;
    const id = this.ids.next();
    await this.store.insertGiver(tx, {
      ...{ id, changeId, donorId, answer: 'WAITING', how: null, paperFileId: null },
      ...{ answeredAt: null, recordedBy: null, tokenHash: null, linkMadeAt: null, version: 1 },
    });
    known.set(donorId, id);
    return id;
  }
}
