import { Injectable } from '@nestjs/common';
import type { Trail } from '../../audit/index.js';
import { HouseMotion, MotionAgain } from '../../board/index.js';
import type { BoardSubject, Decision, SubjectDescription } from '../../board/index.js';
import { DutiesService } from '../../duties/index.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import { GiftMoneyService, POOL, voucherName } from '../../ledger/index.js';
import { countsOf } from '../../notices/domain/resolution-notice.js';
import type { NoticeFacts, NoticeKind, NoticeSubject, Upholding, Worded } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { UNKNOWN_DAYS } from '../domain/change-of-use.js';
import type { GiftFacts } from '../gifts/gift.entity.js';
import { GiftsStore } from '../gifts/gifts.store.js';
import { UNCLAIMED_MONEY } from './house-motion.js';
import { UnknownMoneyQueries } from './unknown-money.queries.js';
import { UnknownMoneyStore } from './unknown-money.store.js';
import type { MotionRow } from './unknown-money.store.js';

/** What the board resolves about money for which nobody came, and the notice of it. */
@Injectable()
export class DecidedUnclaimed implements BoardSubject, NoticeSubject {
  constructor(
    private readonly store: UnknownMoneyStore,
    private readonly queries: UnknownMoneyQueries,
    private readonly gifts: GiftsStore,
    private readonly money: GiftMoneyService,
    private readonly motion: HouseMotion,
    private readonly duties: DutiesService,
    private readonly again: MotionAgain,
  ) {}

  /** Where its giver was found while the board made up its mind, it is his. */
  async decided(tx: Tx, decision: Decision, trail: Trail): Promise<void> {
    const { societyId, subjectId, outcome, decidedAt: at } = decision;
    const motion = await this.store.get(tx, subjectId);
    const gift = await this.gifts.get(tx, societyId, motion.giftId);
    const isTaken = outcome === 'approved' && gift.state === 'UNKNOWN';
    await this.store.end(tx, motion.id, isTaken ? 'TAKEN' : 'KEPT', at);
    if (!isTaken) return;
    const taken = await this.gifts.take(tx, societyId, gift.id, 'UNKNOWN');
    const voucherNumber = await this.book(tx, taken, at);
    await this.duties.settle(tx, { kind: 'IDENTIFY_MONEY', subjectId: gift.id, at, byPersonId: null });
    await this.publish(tx, motion, taken, decision);
    const words = `${voucherName(voucherNumber)} 无人认领的来款 ${yuanText(gift.amountFen)} 元转作互助支出`;
    trail.on('gift', gift.id, { threadId: motion.id, after: { state: 'RECEIVED', ...POOL }, words });
  }

  maySign(): Promise<string | null> {
    return Promise.resolve(null);
  }

  posted(): Promise<void> {
    return Promise.resolve();
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  async mayInquire(societyId: string, motionId: string, personId: string): Promise<string | null> {
    const { recordedBy } = await this.queries.motion(societyId, motionId);
    if (personId === recordedBy) return '登记这笔来款的人，不能查对它的异议。';
    return this.again.faultOf(motionId, personId);
  }

  async wordsNow(
    societyId: string,
    motionId: string,
    { kind }: { readonly kind: NoticeKind },
  ): Promise<Worded | null> {
    const {
      amountFen: takenFen,
      givenOn: receivedOn,
      issuer,
    } = await this.queries.motion(societyId, motionId);
    const counts = await this.again.countsOf(UNCLAIMED_MONEY, motionId);
    if (kind !== 'RESOLUTION' || counts === null) return null;
    const matter = { about: 'UNCLAIMED_MONEY', takenFen, receivedOn, days: UNKNOWN_DAYS } as const;
    return this.again.wordsOf(issuer, counts, matter);
  }

  /** Somebody may have it back: what is left of it, by the bank's line, as its notice says. */
  async upheld(tx: Tx, { societyId, subjectId }: NoticeFacts, { at }: Upholding): Promise<void> {
    const { giftId } = await this.store.get(tx, subjectId);
    const about = { subjectKind: 'gift', subjectId: giftId, threadId: subjectId } as const;
    await this.again.owe(tx, { ...about, societyId, ownerRole: 'accountant', at });
  }

  async describe(societyId: string, motionId: string): Promise<SubjectDescription> {
    const { giftId, amountFen, givenOn, recordedOn } = await this.queries.motion(societyId, motionId);
    return {
      title: '无人认领的来款',
      facts: [
        { label: '到账日期', value: dayWords(givenOn) },
        { label: '登记日期', value: dayWords(recordedOn) },
        { label: '金额', value: `${yuanText(amountFen)} 元` },
        { label: '转作', value: '不指定用途的互助支出' },
      ],
      href: `/s/donations/${giftId}`,
    };
  }

  /** From now on it is nobody's gift, for everybody: income, in the pool. No receipt is due for it. */
  private async book(tx: Tx, gift: GiftFacts, at: Date): Promise<number> {
    if (gift.lotId === null) throw new Error('Unknown money without its lot');
    const booked = await this.money.claim(tx, {
      ...{ societyId: gift.societyId, lotId: gift.lotId, into: POOL, nature: 'GIFT', day: dayOf(at) },
      cause: `unclaimed:${gift.id}`,
      summary: '无人认领的来款转捐赠收入',
    });
    const received: GiftFacts = {
      ...gift,
      ...POOL,
      ...{ donorId: null, nature: 'GIFT', receiptState: 'NONE', intent: 'UNRESTRICTED' },
      voucherId: booked.voucherId,
    };
    await this.gifts.receive(tx, received, booked.lotId);
    return booked.voucherNumber;
  }

  private publish(
    tx: Tx,
    { id, societyId, openedBy, issuer }: MotionRow,
    { amountFen, givenOn }: GiftFacts,
    decision: Decision,
  ): Promise<void> {
    return this.motion.publish(tx, {
      ...{ societyId, kind: UNCLAIMED_MONEY, id, openedBy, issuer, counts: countsOf(decision) },
      matter: { about: 'UNCLAIMED_MONEY', takenFen: amountFen, receivedOn: givenOn, days: UNKNOWN_DAYS },
    });
  }
}
