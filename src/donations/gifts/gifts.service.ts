import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import {
  AlreadyBooked,
  GiftMoneyService,
  LedgerQueries,
  POOL,
  UNCLAIMED,
  voucherName,
} from '../../ledger/index.js';
import type { Booked, GiftBooked, GiftNature, Purse } from '../../ledger/index.js';
import { PeopleQueries } from '../../people/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { CampaignGuard } from '../campaigns/campaign-guard.js';
import { BankLineTaken, GivenInFuture, GiftNotMistyped, GiftMovedOn } from '../domain/donations.errors.js';
import { GIFT_STATE_WORDS, purseOf } from '../domain/gift.js';
import type { Intent } from '../domain/gift.js';
import { DonorsStore } from '../donors/donors.store.js';
import type { GiftFacts } from './gift.entity.js';
import { GiftsStore } from './gifts.store.js';
import { WebhookOutbox } from '../webhooks/webhook-outbox.js';

/** What the donor wants it used for, as he wrote it. */
export type IntentTyped = {
  readonly intent: Intent;
  readonly intentWords: string;
  /** One of `purses` of the ledger, for a fund or a project. */
  readonly purseId: string | null;
  /** For a purpose within the pool, such as 火灾. */
  readonly purpose: string | null;
};

export type PledgeTyped = IntentTyped & {
  readonly donorId: string | null;
  readonly amountFen: Fen;
  readonly pledgedOn: Day;
};

export type ReceivedTyped = {
  readonly amountFen: Fen;
  readonly receivedOn: Day;
  readonly method: 'BANK' | 'CASH';
  readonly bankReference: string | null;
  /** The officer who took it; whoever records it where nobody is named. */
  readonly receivedBy: string | null;
};

/** `donorId` null: somebody who did not say who he is. */
export type GiftTyped = IntentTyped &
  ReceivedTyped & {
    readonly donorId: string | null;
    readonly nature: GiftNature;
    /** The campaign that it was given in answer to. */
    readonly campaignId?: string | null;
  };

export type UnknownTyped = Pick<ReceivedTyped, 'amountFen' | 'receivedOn' | 'bankReference'> & {
  readonly note: string;
};

/** Goods that were looked over and valued. */
export type GoodsGiven = Pick<
  GiftFacts,
  'donorId' | 'campaignId' | 'amountFen' | 'intentWords' | 'receivedBy'
> & { readonly receivedOn: Day };

export type GiftRecorded = { readonly giftId: string; readonly voucherNumber: number };

/** How long a receipt may take (domain.md 2.4), and how long money may wait for its giver. */
const RECEIPT_WORKING_DAYS = 5;
const UNKNOWN_DAYS = 90;

/**
 * What is given, from the pledge to the books (domain.md 2.4). The intent decides the purse at the moment of booking,
 * and no later step changes it without the donor.
 */
@Injectable()
export class GiftsService {
  constructor(
    private readonly store: GiftsStore,
    private readonly donors: DonorsStore,
    private readonly campaigns: CampaignGuard,
    private readonly webhooks: WebhookOutbox,
    private readonly money: GiftMoneyService,
    private readonly ledger: LedgerQueries,
    private readonly people: PeopleQueries,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A pledge books nothing. */
  async pledgeGift(caller: Caller, typed: PledgeTyped): Promise<{ giftId: string }> {
    const societyId = societyOf(caller.actor);
    const purse = await this.purseOf(societyId, typed);
    this.refuseFuture(typed.pledgedOn);
    return this.commands.run(caller, { act: 'pledgeDonation', body: typed }, async (tx, trail) => {
      if (typed.donorId !== null) await this.donors.take(tx, societyId, typed.donorId);
      const gift: GiftFacts = {
        ...this.blank(caller, societyId),
        ...intentOf(typed, purse),
        donorId: typed.donorId,
        state: 'PLEDGED',
        amountFen: typed.amountFen,
        givenOn: typed.pledgedOn,
        pledgedOn: typed.pledgedOn,
      };
      await this.store.insert(tx, gift);
      trail.on('gift', gift.id, { after: traceable(gift), words: `登记认捐 ${yuanText(gift.amountFen)} 元` });
      return { giftId: gift.id };
    });
  }

  /** A gift came in, by a line of the bank or in cash; a fee too, which is booked as one (D4-56). */
  async recordGift(caller: Caller, typed: GiftTyped): Promise<GiftRecorded> {
    const societyId = societyOf(caller.actor);
    const purse = await this.purseOf(societyId, typed);
    this.refuseFuture(typed.receivedOn);
    // Whoever took the cash issues no receipt for it: a name from outside the register would lift that.
    if (typed.receivedBy !== null) await this.people.person(societyId, typed.receivedBy);
    return this.commands.run(caller, { act: 'recordDonation', body: typed }, (tx, trail) =>
      this.receiveGift(tx, trail, caller, typed, purse),
    );
  }

  /** The same as a step of a unit that takes in many gifts, such as a sheet of them. */
  async receiveGift(
    tx: Tx,
    trail: Trail,
    caller: Caller,
    typed: GiftTyped,
    purse: Purse,
  ): Promise<GiftRecorded> {
    const societyId = societyOf(caller.actor);
    this.refuseFuture(typed.receivedOn);
    const donor = typed.donorId === null ? null : await this.donors.take(tx, societyId, typed.donorId);
    const { nature, receivedOn, campaignId = null } = typed;
    if (campaignId !== null) {
      const raised = { nature, receivedOn, purse, donorGroup: donor?.group ?? null };
      await this.campaigns.accepts(tx, societyId, campaignId, raised);
    }
    const received = this.receivedOf(caller, typed, purse);
    const gift: GiftFacts = { ...this.blank(caller, societyId), ...received, campaignId };
    const booked = await this.book(tx, gift);
    await this.store.insert(tx, { ...gift, lotId: booked.lotId, voucherId: booked.voucherId });
    return this.recorded(tx, trail, gift, booked);
  }

  /** Goods at their value, in the unit that takes them in. They open no lot: no payment takes of them. */
  async receiveGoods(
    tx: Tx,
    trail: Trail,
    caller: Caller,
    goods: GoodsGiven,
    booked: Booked,
  ): Promise<{ giftId: string }> {
    const societyId = societyOf(caller.actor);
    const { donorId, campaignId, amountFen, receivedOn, intentWords, receivedBy } = goods;
    if (donorId !== null) await this.donors.take(tx, societyId, donorId);
    const gift: GiftFacts = {
      ...this.blank(caller, societyId),
      ...{ donorId, campaignId, amountFen, intentWords, receivedBy, givenOn: receivedOn },
      ...{ form: 'GOODS', state: 'RECEIVED', receiptState: 'DUE', voucherId: booked.voucherId },
    };
    await this.store.insert(tx, gift);
    await this.webhooks.giftReceived(tx, gift);
    await this.owe(tx, gift, 'ISSUE_RECEIPT', { unit: 'working-days', count: RECEIPT_WORKING_DAYS });
    const words = `收到捐赠物资，估价 ${yuanText(amountFen)} 元`;
    trail.on('gift', gift.id, { after: { ...traceable(gift), voucherId: booked.voucherId }, words });
    return { giftId: gift.id };
  }

  /** What was pledged came in: what counts is what the bank says, not what was promised. */
  async receivePledge(
    caller: Caller,
    { giftId, ...typed }: ReceivedTyped & { readonly giftId: string },
  ): Promise<GiftRecorded> {
    const societyId = societyOf(caller.actor);
    this.refuseFuture(typed.receivedOn);
    const body = { giftId, ...typed };
    return this.commands.run(caller, { act: 'receivePledge', body }, async (tx, trail) => {
      const pledge = await this.store.take(tx, societyId, giftId, 'PLEDGED');
      const { fund, restriction, ...of } = pledge;
      const typedAll = { ...of, ...typed, purpose: null, purseId: null };
      const gift = { ...pledge, ...this.receivedOf(caller, typedAll, { fund, restriction }) };
      const booked = await this.book(tx, gift);
      await this.store.receive(tx, { ...gift, voucherId: booked.voucherId }, booked.lotId);
      return this.recorded(tx, trail, gift, booked);
    });
  }

  /** The donor took the pledge back, or it will not come: nothing was booked. */
  async endPledge(caller: Caller, asked: { readonly giftId: string }): Promise<{ giftId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'endPledge', body: asked }, async (tx, trail) => {
      const pledge = await this.store.take(tx, societyId, asked.giftId, 'PLEDGED');
      await this.store.end(tx, pledge, 'PLEDGE_WITHDRAWN', this.clock.now());
      const words = `取消认捐 ${yuanText(pledge.amountFen)} 元`;
      trail.on('gift', pledge.id, { after: { ending: 'PLEDGE_WITHDRAWN' }, words });
      return { giftId: pledge.id };
    });
  }

  /** Money on the bank statement of which nobody knows whose it is: owed, and promised to nobody (D4-57). */
  async recordUnknown(caller: Caller, typed: UnknownTyped): Promise<GiftRecorded> {
    const societyId = societyOf(caller.actor);
    this.refuseFuture(typed.receivedOn);
    return this.commands.run(caller, { act: 'recordUnknown', body: typed }, async (tx, trail) => {
      const { amountFen, receivedOn, bankReference, note } = typed;
      const gift: GiftFacts = {
        ...this.blank(caller, societyId),
        ...UNCLAIMED,
        state: 'UNKNOWN',
        amountFen,
        givenOn: receivedOn,
        method: 'BANK',
        bankReference,
        bankKey: bankReference,
        intentWords: note,
      };
      const booked = await this.asGift(() =>
        this.money.receiveUnknown(tx, {
          societyId,
          amountFen,
          receivedOn,
          cause: `unknown:${gift.id}`,
          bankReference,
          summary: '收到待认领来款',
          note: '',
        }),
      );
      await this.store.insert(tx, { ...gift, lotId: booked.lotId, voucherId: booked.voucherId });
      await this.owe(tx, gift, 'IDENTIFY_MONEY', { unit: 'natural-days', count: UNKNOWN_DAYS });
      const words = `${voucherName(booked.voucherNumber)} 收到待认领来款 ${yuanText(amountFen)} 元`;
      trail.on('gift', gift.id, { after: traceable(gift), words });
      return { giftId: gift.id, voucherNumber: booked.voucherNumber };
    });
  }

  /** Whose it is was found: from now on it is his gift, for what he wants it used. */
  async identifyGift(
    caller: Caller,
    typed: IntentTyped & {
      readonly giftId: string;
      readonly donorId: string | null;
      readonly nature: GiftNature;
    },
  ): Promise<GiftRecorded> {
    const societyId = societyOf(caller.actor);
    const purse = await this.purseOf(societyId, typed);
    return this.commands.run(caller, { act: 'identifyDonation', body: typed }, async (tx, trail) => {
      if (typed.donorId !== null) await this.donors.take(tx, societyId, typed.donorId);
      const found = await this.store.take(tx, societyId, typed.giftId, 'UNKNOWN');
      if (found.lotId === null) throw new Error('Unknown money without its lot');
      const { donorId, nature } = typed;
      const gift: GiftFacts = {
        ...found,
        ...intentOf(typed, purse),
        donorId,
        nature,
        receiptState: receiptStateOf(nature),
        receivedBy: caller.actor.personId,
      };
      const booked = await this.money.claim(tx, {
        societyId,
        lotId: found.lotId,
        into: purse,
        nature,
        day: dayOf(this.clock.now()),
        cause: `claimed:${gift.id}`,
        summary: nature === 'GIFT' ? '待认领来款转捐赠收入' : '待认领来款转会费收入',
      });
      await this.store.receive(tx, { ...gift, voucherId: booked.voucherId }, booked.lotId);
      const settled = { kind: 'IDENTIFY_MONEY', subjectId: gift.id, at: this.clock.now() } as const;
      await this.duties.settle(tx, { ...settled, byPersonId: caller.actor.personId });
      return this.recorded(tx, trail, gift, booked);
    });
  }

  /** A mistyped gift is taken back whole while nothing of it is used and no receipt is out. */
  async reverseGift(
    caller: Caller,
    asked: { readonly giftId: string; readonly reason: string },
  ): Promise<{ giftId: string; voucherNumber: number }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'reverseDonation', body: asked }, async (tx, trail) => {
      const gift = await this.takeStanding(tx, societyId, asked.giftId);
      const lots = await this.store.lotsOf(tx, gift.id);
      const [lotId] = lots;
      if (lots.length !== 1 || lotId === undefined || gift.receiptState === 'ISSUED')
        throw new GiftNotMistyped();
      if (await this.store.isRefunding(tx, gift.id)) throw new GiftNotMistyped();
      const booked = await this.money.strike(tx, { societyId, lotId, reason: asked.reason });
      await this.store.end(tx, gift, 'MISTYPED', this.clock.now());
      await this.duties.cancel(tx, { subjectId: gift.id });
      const words = `冲销记错的捐赠 ${yuanText(gift.amountFen)} 元`;
      trail.on('gift', gift.id, { before: traceable(gift), after: { ending: 'MISTYPED' }, words });
      return { giftId: gift.id, voucherNumber: booked.voucherNumber };
    });
  }

  private async takeStanding(tx: Tx, societyId: string, giftId: string): Promise<GiftFacts> {
    const gift = await this.store.get(tx, societyId, giftId);
    if (gift.state !== 'RECEIVED' && gift.state !== 'UNKNOWN')
      throw new GiftMovedOn(GIFT_STATE_WORDS[gift.state]);
    return this.store.take(tx, societyId, giftId, gift.state);
  }

  private async purseOf(societyId: string, { intent, purseId, purpose }: IntentTyped): Promise<Purse> {
    const purses = purseId === null ? [] : await this.ledger.purses(societyId);
    return purseOf({ intent, purpose, purse: purses.find(({ id }) => id === purseId) ?? null });
  }

  private refuseFuture(on: Day): void {
    if (on > dayOf(this.clock.now())) throw new GivenInFuture();
  }

  private receivedOf(
    { actor }: Caller,
    typed: GiftTyped | (ReceivedTyped & Pick<GiftFacts, 'donorId' | 'nature' | 'intent' | 'intentWords'>),
    purse: Purse,
  ): Omit<
    GiftFacts,
    'id' | 'societyId' | 'form' | 'pledgedOn' | 'campaignId' | 'lotId' | 'voucherId' | 'version'
  > {
    const { donorId, nature, amountFen, receivedOn, method, bankReference, receivedBy } = typed;
    return {
      ...intentOf(typed, purse),
      donorId,
      nature,
      state: 'RECEIVED',
      receiptState: receiptStateOf(nature),
      amountFen,
      givenOn: receivedOn,
      method,
      bankReference,
      bankKey: bankReference,
      receivedBy: receivedBy ?? actor.personId,
      recordedBy: actor.personId,
      recordedAt: this.clock.now(),
      ending: null,
      endedAt: null,
    };
  }

  private blank({ actor }: Caller, societyId: string): GiftFacts {
    return {
      id: this.ids.next(),
      societyId,
      donorId: null,
      nature: 'GIFT',
      form: 'MONEY',
      state: 'PLEDGED',
      receiptState: 'NONE',
      amountFen: fen(0),
      givenOn: dayOf(this.clock.now()),
      pledgedOn: null,
      method: null,
      bankReference: null,
      bankKey: null,
      intent: 'UNRESTRICTED',
      intentWords: '',
      ...POOL,
      campaignId: null,
      lotId: null,
      voucherId: null,
      receivedBy: null,
      recordedBy: actor.personId,
      recordedAt: this.clock.now(),
      ending: null,
      endedAt: null,
      version: 1,
    };
  }

  private book(tx: Tx, gift: GiftFacts): Promise<GiftBooked> {
    const { id, societyId, fund, restriction, nature, method, amountFen, givenOn } = gift;
    return this.asGift(() =>
      this.money.receive(tx, {
        societyId,
        purse: { fund, restriction },
        nature,
        method: method ?? 'BANK',
        amountFen,
        receivedOn: givenOn,
        cause: `gift:${id}`,
        bankReference: gift.bankReference,
        summary: nature === 'GIFT' ? '收到捐款' : '收到会费',
        note: '',
      }),
    );
  }

  /** The same line of the bank statement, booked before as income or as another gift. */
  private async asGift(book: () => Promise<GiftBooked>): Promise<GiftBooked> {
    try {
      return await book();
    } catch (error) {
      throw error instanceof AlreadyBooked ? new BankLineTaken() : error;
    }
  }

  private async recorded(tx: Tx, trail: Trail, gift: GiftFacts, booked: GiftBooked): Promise<GiftRecorded> {
    await this.webhooks.giftReceived(tx, gift);
    if (gift.receiptState === 'DUE')
      await this.owe(tx, gift, 'ISSUE_RECEIPT', { unit: 'working-days', count: RECEIPT_WORKING_DAYS });
    const what = gift.nature === 'GIFT' ? '收到捐款' : '收到会费';
    const words = `${voucherName(booked.voucherNumber)} ${what} ${yuanText(gift.amountFen)} 元，记在${gift.fund}`;
    trail.on('gift', gift.id, { after: { ...traceable(gift), voucherId: booked.voucherId }, words });
    return { giftId: gift.id, voucherNumber: booked.voucherNumber };
  }

  private async owe(
    tx: Tx,
    { id, societyId }: GiftFacts,
    kind: 'ISSUE_RECEIPT' | 'IDENTIFY_MONEY',
    rule: { readonly unit: 'working-days' | 'natural-days'; readonly count: number },
  ): Promise<void> {
    await this.duties.open(tx, {
      societyId,
      kind,
      subjectKind: 'gift',
      subjectId: id,
      threadId: id,
      ownerRole: 'accountant',
      rule: { ...rule, from: this.clock.now() },
    });
  }
}

const receiptStateOf = (nature: GiftNature) => (nature === 'GIFT' ? 'DUE' : 'NONE');

function intentOf(
  { intent, intentWords }: Pick<IntentTyped, 'intent' | 'intentWords'>,
  { fund, restriction }: Purse,
): Pick<GiftFacts, 'intent' | 'intentWords' | 'fund' | 'restriction'> {
  return { intent, intentWords, fund, restriction };
}

/** What of a gift the trail keeps: the donor by id, and none of his words. */
function traceable({ donorId, nature, state, amountFen, givenOn, intent, fund, restriction }: GiftFacts) {
  return { donorId, nature, state, amountFen, givenOn, intent, fund, restriction };
}
