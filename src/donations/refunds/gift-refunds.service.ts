import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { GiftMoneyService, voucherName } from '../../ledger/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { AskerPays, RefundPaidOnWrong, SameHands } from '../domain/refund.errors.js';
import {
  lineAmountOf,
  REFUND_REASON_WORDS,
  refundPartsOf,
  refuseUnrefundable,
  refuseWithoutPaper,
} from '../domain/refund.js';
import type { FreePart, RefundReason, RefundState } from '../domain/refund.js';
import type { GiftFacts } from '../gifts/gift.entity.js';
import { GiftRefundsStore, nextOf } from './gift-refunds.store.js';
import type { RefundRow } from './gift-refunds.store.js';
import type { GiftRefundLine } from './gift-refund.entity.js';
import { GiftsStore } from '../gifts/gifts.store.js';

export type RefundAsked = {
  readonly giftId: string;
  readonly reason: RefundReason;
  readonly words: string;
  readonly amountFen: Fen;
  /** A photo of the giver's written agreement, as it came over the line. */
  readonly paper: Buffer | null;
};
export type RefundDecision = {
  readonly refundId: string;
  readonly approves: boolean;
  readonly words: string | null;
};
export type RefundProof = {
  readonly refundId: string;
  readonly paidOn: Day;
  readonly bankReference: string;
  /** Other refunds of the same giver that the same transfer paid. */
  readonly togetherWith?: readonly string[];
  /** What the bank slip says. */
  readonly lineFen?: Fen | null;
};
export type RefundEnding = { readonly refundId: string; readonly words: string };
/** All that one transfer paid. */
export type RefundPaid = RefundAnswer & {
  readonly voucherNumbers: number[];
  readonly refundIds: string[];
};
export type RefundAnswer = { readonly refundId: string; readonly state: RefundState };

/** What a change of use hands on: a giver's rest that is held back already, and wanted back. */
export type WantedBack = {
  readonly societyId: string;
  readonly giftId: string;
  readonly changeId: string;
  readonly parts: readonly FreePart[];
  readonly paperFileId: string | null;
};

const APPROVE_WORKING_DAYS = 3;
const PAY_WORKING_DAYS = 5;

/**
 * What is unspent of a gift goes back to its giver (domain.md 2.4): the accountant asks, chair or deputy agrees, the
 * cashier pays it to the account it came from. From the agreement on so much is held back, so that no case is promised it.
 */
@Injectable()
export class GiftRefundsService {
  constructor(
    private readonly store: GiftRefundsStore,
    private readonly gifts: GiftsStore,
    private readonly money: GiftMoneyService,
    private readonly duties: DutiesService,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async askRefund(caller: Caller, asked: RefundAsked): Promise<RefundAnswer> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { giftId, reason, words, amountFen } = asked;
    refuseWithoutPaper(reason, asked.paper !== null);
    const paper = asked.paper && (await this.files.prepareImage(asked.paper));
    const body = { ...asked, paper: paper?.sha256 ?? null };
    return this.commands.run(caller, { act: 'askRefund', body }, async (tx, trail) => {
      const gift = await this.takeRefundable(tx, societyId, giftId);
      refundPartsOf(gift, amountFen, await this.store.leftOf(tx, giftId));
      const to = { societyId, purpose: 'donation-agreement', by: actor };
      const at = this.clock.now();
      const refund: RefundRow = {
        ...this.blank(gift, { reason, words, amountFen }),
        paperFileId: paper && (await this.files.attach(tx, paper, to)),
        askedBy: actor.personId,
        openKey: giftId,
      };
      await this.store.insert(tx, refund, []);
      await this.owe(tx, refund, 'APPROVE_REFUND', at);
      await this.duties.settle(tx, {
        kind: 'DECIDE_ANEW',
        subjectId: giftId,
        at,
        byPersonId: actor.personId,
      });
      trail.on('gift-refund', refund.id, {
        threadId: giftId,
        after: traceable(refund),
        words: `提出退还捐款 ${yuanText(amountFen)} 元：${REFUND_REASON_WORDS[reason]}`,
      });
      return { refundId: refund.id, state: refund.state };
    });
  }

  /** Agreeing holds so much back; refusing needs a reason, and changes nothing of the money. */
  async decideRefund(caller: Caller, decision: RefundDecision): Promise<RefundAnswer> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { refundId, approves, words } = decision;
    const act = approves ? 'approve' : 'refuse';
    return this.commands.run(caller, { act: 'decideRefund', body: decision }, async (tx, trail) => {
      const refund = await this.store.get(tx, societyId, refundId);
      const state = nextOf(refund, act);
      if (refund.askedBy !== null && refund.askedBy === actor.personId) throw new SameHands('ASKED');
      if (approves) await this.hold(tx, refund);
      const at = this.clock.now();
      await this.store.decide(tx, refund, act, { by: actor.personId, words, at });
      await this.settle(tx, 'APPROVE_REFUND', refundId, actor.personId);
      if (approves) await this.owe(tx, refund, 'PAY_REFUND', at);
      this.mark(trail, refund, state, approves ? '同意退还捐款' : '没有同意退还捐款');
      return { refundId, state };
    });
  }

  /**
   * The money is out, to the account that it came from: what was held back leaves the books in the same unit. One
   * transfer may have paid several refunds of one giver; then all of them are paid, or none.
   */
  async payRefund(caller: Caller, proof: RefundProof): Promise<RefundPaid> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { refundId, paidOn, bankReference, lineFen = null } = proof;
    const refundIds = [...new Set([refundId, ...(proof.togetherWith ?? [])])].sort();
    return this.commands.run(caller, { act: 'payRefund', body: proof }, async (tx, trail) => {
      // All of them are looked up first: what is said of one must not depend on which of the ids is the smaller.
      const refunds: RefundRow[] = [];
      for (const id of refundIds) refunds.push(await this.store.get(tx, societyId, id));
      const due: { readonly refund: RefundRow; readonly gift: GiftFacts }[] = [];
      for (const refund of refunds) {
        this.refuseUnpayable(refund, actor, paidOn);
        due.push({ refund, gift: await this.takeRefundable(tx, societyId, refund.giftId) });
      }
      const paid = due.map(({ refund, gift }) => ({ amountFen: refund.amountFen, donorId: gift.donorId }));
      const line = {
        ...{ id: this.ids.next(), societyId, bankReference, amountFen: lineAmountOf(paid, lineFen), paidOn },
        ...{ paidBy: actor.personId, recordedAt: this.clock.now() },
      };
      await this.store.insertLine(tx, line);
      const voucherNumbers: number[] = [];
      for (const each of due) voucherNumbers.push(...(await this.payOne(tx, trail, each, line)));
      return { refundId, state: 'PAID', voucherNumbers, refundIds };
    });
  }

  private async payOne(
    tx: Tx,
    trail: Trail,
    { refund, gift }: { readonly refund: RefundRow; readonly gift: GiftFacts },
    { id: lineId, societyId, paidOn: day, paidBy }: GiftRefundLine,
  ): Promise<number[]> {
    await this.store.pay(tx, refund, { lineId, at: this.clock.now() });
    const voucherNumbers: number[] = [];
    for (const part of await this.store.partsOf(tx, refund.id)) {
      const { id, lotId, amountFen } = part;
      await this.money.thaw(tx, { lotId, amountFen });
      const out = { societyId, lotId, amountFen, day };
      const named = { cause: `gift-refund:${refund.id}:${lotId}`, summary: '退还捐款' };
      const booked = await this.money.refund(tx, { ...out, ...named });
      await this.store.booked(tx, id, booked.voucherId);
      voucherNumbers.push(booked.voucherNumber);
    }
    await this.settle(tx, 'PAY_REFUND', refund.id, paidBy);
    await this.endReceiptOf(tx, gift);
    this.mark(trail, refund, 'PAID', `${voucherNumbers.map(voucherName).join('、')} 退还捐款`);
    return voucherNumbers;
  }

  /** Before the money is out: what was held back is free again. */
  async callOffRefund(caller: Caller, ending: RefundEnding): Promise<RefundAnswer> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { refundId, words } = ending;
    return this.commands.run(caller, { act: 'callOffRefund', body: ending }, async (tx, trail) => {
      const refund = await this.store.get(tx, societyId, refundId);
      const state = nextOf(refund, 'callOff');
      const held = await this.store.partsOf(tx, refundId);
      await this.store.decide(tx, refund, 'callOff', { by: actor.personId, words, at: this.clock.now() });
      for (const part of held) await this.money.thaw(tx, part);
      await this.duties.cancel(tx, { subjectId: refundId });
      this.mark(trail, refund, state, '撤回退款');
      return { refundId, state };
    });
  }

  /** A step of a change of use: its giver wants his rest back, and the board has agreed to that with the change. */
  async returnRest(tx: Tx, trail: Trail, wanted: WantedBack): Promise<{ refundId: string }> {
    const { societyId, giftId, changeId, parts, paperFileId } = wanted;
    const gift = await this.gifts.take(tx, societyId, giftId, 'RECEIVED');
    const at = this.clock.now();
    const refund: RefundRow = {
      ...this.blank(gift, {
        reason: 'PURPOSE_FAILED',
        words: '变更用途时捐赠人要求退回',
        amountFen: sumOf(parts.map(({ amountFen }) => amountFen)),
      }),
      ...{ changeId, paperFileId, state: 'APPROVED', decidedAt: at },
    };
    const withKey = { ...refund, openKey: refund.id };
    await this.store.insert(tx, withKey, parts);
    await this.owe(tx, withKey, 'PAY_REFUND', at);
    this.mark(trail, withKey, 'APPROVED', '捐赠人不同意改用，退还捐款');
    return { refundId: refund.id };
  }

  /** The gift, taken for this unit, so that receipts and other refunds of it wait. */
  private async takeRefundable(tx: Tx, societyId: string, giftId: string): Promise<GiftFacts> {
    refuseUnrefundable(await this.gifts.get(tx, societyId, giftId));
    const gift = await this.gifts.take(tx, societyId, giftId, 'RECEIVED');
    refuseUnrefundable(gift);
    return gift;
  }

  private async hold(tx: Tx, { id, societyId, giftId, amountFen }: RefundRow): Promise<void> {
    const gift = await this.takeRefundable(tx, societyId, giftId);
    const parts = refundPartsOf(gift, amountFen, await this.store.leftOf(tx, giftId));
    for (const part of parts) await this.money.freeze(tx, part);
    await this.store.insertParts(tx, id, parts);
  }

  private refuseUnpayable(refund: RefundRow, { personId }: Actor, paidOn: Day): void {
    const { askedBy, decidedBy, decidedAt, askedAt } = refund;
    nextOf(refund, 'pay');
    if (askedBy !== null && askedBy === personId) throw new AskerPays();
    if (decidedBy !== null && decidedBy === personId) throw new SameHands('APPROVED');
    const from = dayOf(decidedAt ?? askedAt);
    const today = dayOf(this.clock.now());
    if (paidOn < from || paidOn > today) throw new RefundPaidOnWrong(from, today);
  }

  /** Nothing of it is left in the society's hands: no receipt is due for it any more. */
  private async endReceiptOf(tx: Tx, gift: GiftFacts): Promise<void> {
    const refunded = await this.store.refundedOf(tx, gift.id);
    if (refunded < gift.amountFen || gift.receiptState !== 'DUE') return;
    await this.gifts.changeReceipt(tx, gift.id, 'DUE', 'NONE');
    await this.duties.cancel(tx, { kind: 'ISSUE_RECEIPT', subjectId: gift.id });
  }

  private blank(
    gift: Pick<GiftFacts, 'id' | 'societyId'>,
    asked: Pick<RefundRow, 'reason' | 'words' | 'amountFen'>,
  ): RefundRow {
    return {
      ...asked,
      id: this.ids.next(),
      societyId: gift.societyId,
      giftId: gift.id,
      changeId: null,
      paperFileId: null,
      state: 'ASKED',
      askedBy: null,
      askedAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      decisionWords: null,
      lineId: null,
      endedAt: null,
      openKey: null,
      version: 1,
    };
  }

  private async owe(
    tx: Tx,
    { id, societyId, giftId }: RefundRow,
    kind: 'APPROVE_REFUND' | 'PAY_REFUND',
    from: Date,
  ): Promise<void> {
    const [ownerRole, count] =
      kind === 'PAY_REFUND'
        ? (['cashier', PAY_WORKING_DAYS] as const)
        : (['chair', APPROVE_WORKING_DAYS] as const);
    await this.duties.open(tx, {
      ...{ societyId, kind, subjectKind: 'gift-refund', subjectId: id, threadId: giftId, ownerRole },
      rule: { unit: 'working-days', count, from },
    });
  }

  private async settle(
    tx: Tx,
    kind: 'APPROVE_REFUND' | 'PAY_REFUND',
    refundId: string,
    byPersonId: string | null,
  ): Promise<void> {
    await this.duties.settle(tx, { kind, subjectId: refundId, at: this.clock.now(), byPersonId });
  }

  private mark(trail: Trail, refund: RefundRow, state: RefundState, what: string): void {
    trail.on('gift-refund', refund.id, {
      threadId: refund.giftId,
      before: traceable(refund),
      after: { ...traceable(refund), state },
      words: `${what} ${yuanText(refund.amountFen)} 元`,
    });
  }
}

/** What of a refund the trail keeps: none of the words. */
function traceable({ giftId, changeId, reason, amountFen, state }: RefundRow) {
  return { giftId, changeId, reason, amountFen, state };
}
