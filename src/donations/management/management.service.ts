import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { GiftMoneyService, voucherName } from '../../ledger/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { FileRefused } from '../../platform/files/files.errors.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import {
  ManagementNotAgreed,
  ManagementPaidOnWrong,
  NothingToManage,
  TermsBySameHands,
  TermsNotFound,
} from '../domain/management.errors.js';
import {
  drawOf,
  MANAGEMENT_PURPOSE_WORDS,
  mostOf,
  refuseOverPlan,
  refuseUnmanageable,
} from '../domain/management.js';
import type { ManagementPurpose, TermsState } from '../domain/management.js';
import type { GiftFacts } from '../gifts/gift.entity.js';
import { GiftsStore } from '../gifts/gifts.store.js';
import { GiftRefundsStore } from '../refunds/gift-refunds.store.js';
import type { ManagementDraw } from './management.entity.js';
import { ManagementStore } from './management.store.js';

export type TermsTyped = {
  readonly giftId: string;
  readonly sharePercent: number;
  /** A photo of the giver's written agreement, as it came over the line. */
  readonly paper: Buffer | null;
};
export type TermsDecision = { readonly giftId: string; readonly agrees: boolean };
export type TermsAnswer = { readonly giftId: string; readonly state: TermsState };
export type DrawTyped = {
  readonly giftId: string;
  readonly amountFen: Fen;
  readonly purpose: ManagementPurpose;
  readonly paidOn: Day;
  readonly bankReference: string;
};
export type Drawn = {
  readonly drawId: string;
  readonly giftId: string;
  readonly drawnFen: Fen;
  readonly voucherNumbers: number[];
};

const AGREE_WORKING_DAYS = 3;

/**
 * A gift pays for the running of the house only as its giver agreed in writing (Charity Law, art. 61; domain.md 3, rule
 * 15): the accountant writes the agreement down, chair or deputy see that it is so, and the accountant books what was
 * paid within it.
 */
@Injectable()
export class ManagementService {
  constructor(
    private readonly store: ManagementStore,
    private readonly gifts: GiftsStore,
    private readonly refunds: GiftRefundsStore,
    private readonly money: GiftMoneyService,
    private readonly duties: DutiesService,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async recordTerms(caller: Caller, typed: TermsTyped): Promise<TermsAnswer> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { giftId, sharePercent } = typed;
    if (typed.paper === null) throw new FileRefused('请拍下捐赠人书面同意的约定。');
    const paper = await this.files.prepareImage(typed.paper);
    const body = { giftId, sharePercent, paper: paper.sha256 };
    return this.commands.run(caller, { act: 'recordManagementTerms', body }, async (tx, trail) => {
      const gift = await this.takeManageable(tx, societyId, giftId);
      refuseOverPlan(sharePercent, await this.store.planPercentOf(tx, gift.campaignId));
      const at = this.clock.now();
      const mostFen = mostOf({ ...gift, refundedFen: fen(0) }, sharePercent);
      if (mostFen === 0) throw new NothingToManage();
      const to = { societyId, purpose: 'donation-agreement', by: actor };
      await this.store.insertTerms(tx, {
        ...{ id: this.ids.next(), societyId, giftId, sharePercent, mostFen, drawnFen: fen(0) },
        paperFileId: await this.files.attach(tx, paper, to),
        ...{ state: 'ASKED', recordedBy: actor.personId, recordedAt: at, decidedBy: null, decidedAt: null },
        openKey: giftId,
      });
      await this.duties.open(tx, {
        ...{ societyId, kind: 'AGREE_MANAGEMENT', subjectKind: 'gift', subjectId: giftId, threadId: giftId },
        ownerRole: 'chair',
        rule: { unit: 'working-days', count: AGREE_WORKING_DAYS, from: at },
      });
      const words = `记管理费用的约定：最多 ${sharePercent}%，${yuanText(mostFen)} 元`;
      trail.on('gift', giftId, { threadId: giftId, after: { sharePercent, mostFen }, words });
      return { giftId, state: 'ASKED' };
    });
  }

  async decideTerms(caller: Caller, decision: TermsDecision): Promise<TermsAnswer> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { giftId, agrees } = decision;
    return this.commands.run(caller, { act: 'decideManagementTerms', body: decision }, async (tx, trail) => {
      await this.gifts.take(tx, societyId, giftId, 'RECEIVED');
      const terms = await this.store.findOpen(tx, giftId);
      if (terms?.state !== 'ASKED') throw new TermsNotFound();
      if (terms.recordedBy !== null && terms.recordedBy === actor.personId) throw new TermsBySameHands();
      const at = this.clock.now();
      await this.store.decide(tx, terms, { agrees, by: actor.personId, at });
      const settled = { kind: 'AGREE_MANAGEMENT', subjectId: giftId, at } as const;
      await this.duties.settle(tx, { ...settled, byPersonId: actor.personId });
      const state = agrees ? 'AGREED' : 'REFUSED';
      const words = agrees ? '同意管理费用的约定' : '没有同意管理费用的约定';
      trail.on('gift', giftId, { threadId: giftId, after: { state }, words });
      return { giftId, state };
    });
  }

  /** So much was paid at the bank: within the share that was agreed, and of what nobody else was promised. */
  async drawManagement(caller: Caller, typed: DrawTyped): Promise<Drawn> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { giftId, amountFen, purpose, paidOn, bankReference } = typed;
    return this.commands.run(caller, { act: 'drawManagement', body: typed }, async (tx, trail) => {
      const gift = await this.takeManageable(tx, societyId, giftId);
      const terms = await this.store.findOpen(tx, giftId);
      if (terms?.state !== 'AGREED' || terms.decidedAt === null) throw new ManagementNotAgreed();
      this.refuseWrongDay(dayOf(terms.decidedAt), paidOn);
      const refundedFen = await this.refunds.refundedOf(tx, giftId);
      const { sharePercent, drawnFen } = terms;
      const agreed = { amountFen: gift.amountFen, refundedFen, sharePercent, drawnFen };
      const { lots } = await this.refunds.leftOf(tx, giftId);
      const { parts, mostFen } = drawOf(amountFen, agreed, lots);
      await this.store.draw(tx, terms, amountFen, mostFen);
      const draw = {
        ...{ id: this.ids.next(), societyId, termsId: terms.id, amountFen, purpose, paidOn, bankReference },
        ...{ recordedBy: actor.personId, recordedAt: this.clock.now() },
      };
      await this.store.insertDraw(tx, draw);
      const voucherNumbers: number[] = [];
      for (const part of parts) voucherNumbers.push(await this.bookPart(tx, draw, part));
      const names = voucherNumbers.map(voucherName).join('、');
      const words = `${names} 付管理费用 ${yuanText(amountFen)} 元：${MANAGEMENT_PURPOSE_WORDS[purpose]}`;
      trail.on('gift', giftId, { threadId: giftId, after: { amountFen, purpose, paidOn }, words });
      return { drawId: draw.id, giftId, drawnFen: fen(drawnFen + amountFen), voucherNumbers };
    });
  }

  private async bookPart(
    tx: Tx,
    { id: drawId, societyId, purpose, paidOn: day }: ManagementDraw,
    { lotId, amountFen }: { readonly lotId: string; readonly amountFen: Fen },
  ): Promise<number> {
    const { voucherId, voucherNumber } = await this.money.manage(tx, {
      ...{ societyId, lotId, amountFen, day },
      cause: `management:${drawId}:${lotId}`,
      summary: `管理费用：${MANAGEMENT_PURPOSE_WORDS[purpose]}`,
    });
    await this.store.insertPart(tx, { id: this.ids.next(), drawId, lotId, amountFen, voucherId });
    return voucherNumber;
  }

  /** The gift, taken for this unit, so that refunds and other draws of it wait. */
  private async takeManageable(tx: Tx, societyId: string, giftId: string): Promise<GiftFacts> {
    refuseUnmanageable(await this.gifts.get(tx, societyId, giftId));
    const gift = await this.gifts.take(tx, societyId, giftId, 'RECEIVED');
    refuseUnmanageable(gift);
    return gift;
  }

  private refuseWrongDay(from: Day, paidOn: Day): void {
    const today = dayOf(this.clock.now());
    if (paidOn < from || paidOn > today) throw new ManagementPaidOnWrong(from, today);
  }
}
