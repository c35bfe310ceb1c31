import { Injectable } from '@nestjs/common';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { DueRule } from '../../duties/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { NoticeSubjects } from '../notice-subjects.js';
import { NoticesService } from '../notices.service.js';
import { NoticesStore } from '../notices.store.js';
import type { NoticeLine } from '../notices.queries.js';
import { objectionNoun } from '../domain/objection.js';
import type { ObjectionFacts } from './objections.queries.js';
import { ObjectionRow } from './objection.entity.js';
import { ObjectionsStore } from './objections.store.js';

/** What an objection does to its notice and to what the notice is about: steps of the units of work that move it. */
@Injectable()
export class ObjectionSteps {
  constructor(
    private readonly store: ObjectionsStore,
    private readonly notices: NoticesService,
    private readonly noticesStore: NoticesStore,
    private readonly subjects: NoticeSubjects,
    private readonly duties: DutiesService,
  ) {}

  /**
   * Whether it came in time, and so holds the end up: by the moment at which it was received, also where the timer has
   * ended the notice before anybody wrote it down (D4-40), or somebody has taken it down.
   */
  async holdUp(tx: Tx, noticeId: string, receivedAt: Date): Promise<boolean> {
    return (
      (await this.noticesStore.holdUp(tx, noticeId, receivedAt)) ||
      (await this.noticesStore.reopen(tx, noticeId, receivedAt)) ||
      this.noticesStore.holdDown(tx, noticeId, receivedAt)
    );
  }

  /**
   * The end is owed again, when the answer is due: where it had been written down already, from now on. What was taken down
   * has no end any more.
   */
  async endLater(tx: Tx, notice: NoticeLine, rule: DueRule): Promise<void> {
    const { id: subjectId, societyId, threadId } = notice;
    if (await this.noticesStore.isDown(tx, subjectId)) return;
    const duty = { kind: 'END_NOTICE', subjectId, rule } as const;
    if (await this.duties.restart(tx, duty)) return;
    await this.duties.open(tx, {
      ...duty,
      societyId,
      threadId,
      subjectKind: 'notice',
      ownerRole: 'secretary',
    });
  }

  /** The first one that holds the notice up: what is not paid yet waits. */
  async objected(tx: Tx, notice: NoticeLine, at: Date): Promise<void> {
    await this.subjects.of(notice.subjectKind).objected?.(tx, await this.notices.factsNow(tx, notice, at));
  }

  /**
   * So many of those that came in time are over. With the last of them what waited goes on, unless it is the one by which
   * the matter is decided anew; where an earlier one was that, the subject knows how far it has come (ADR 17).
   */
  async letGo(
    tx: Tx,
    notice: NoticeLine,
    { count, at, redecides }: { readonly count: number; readonly at: Date; readonly redecides: boolean },
  ): Promise<void> {
    for (let left = count; left > 0; left--) await this.noticesStore.letGo(tx, notice.id);
    if (count > 0 && !redecides) await this.goOn(tx, notice, at);
  }

  /** Nobody waits for an answer any more: what waited goes on. */
  async goOn(tx: Tx, notice: NoticeLine, at: Date): Promise<void> {
    if (await this.noticesStore.isHeldUp(tx, notice.id)) return;
    await this.subjects.of(notice.subjectKind).cleared?.(tx, await this.notices.factsNow(tx, notice, at));
  }

  /** Its row says already that it was taken back, by the code or by two hands on paper. */
  async takenBack(
    tx: Tx,
    trail: Trail,
    { objection, notice, at }: { objection: ObjectionFacts; notice: NoticeLine; at: Date },
  ): Promise<void> {
    const { id, inTime, number } = objection;
    await this.leave(tx, id, at);
    if (inTime) await this.letGo(tx, notice, { count: 1, at, redecides: false });
    const words = `${objectionNoun(inTime)} ${number} 由提出人撤回`;
    trail.on('objection', id, { threadId: notice.threadId, after: { state: 'WITHDRAWN' }, words });
  }

  /** One that was taken back is looked into no more; when it was the last of its inquiry, nobody owes an answer. */
  private async leave(tx: Tx, objectionId: string, at: Date): Promise<void> {
    await this.duties.cancel(tx, { kind: 'ASSIGN_OBJECTION', subjectId: objectionId });
    const { inquiryId } = await tx.rows.findOneByOrFail(ObjectionRow, { id: objectionId });
    if (inquiryId === null || !(await this.store.takeBackFrom(tx, inquiryId))) return;
    await this.store.endInquiry(tx, inquiryId, 'DROPPED', at, null);
    await this.duties.cancel(tx, { kind: 'ANSWER_OBJECTION', subjectId: inquiryId });
  }
}
