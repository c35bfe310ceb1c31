import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, endOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { GoodsMoneyService, voucherName } from '../../ledger/index.js';
import { Files } from '../../platform/files/files.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { CampaignGuard } from '../campaigns/campaign-guard.js';
import { DonorsStore } from '../donors/donors.store.js';
import { GivenInFuture } from '../domain/donations.errors.js';
import {
  GoodsLineWrong,
  KinNotExcluded,
  RecipientNotApproved,
  RecipientNotFound,
} from '../domain/goods.errors.js';
import {
  checkInspected,
  isDueForCheck,
  isNothingAccepted,
  refuseInspection,
  valueOf,
  worthOf,
} from '../domain/goods.js';
import type { Evidence, GoodsLine, Inspected } from '../domain/goods.js';
import { GiftsService } from '../gifts/gifts.service.js';
import { GoodsItem } from './goods.entity.js';
import type { GoodsMove } from './goods.entity.js';
import { GoodsQueries } from './goods.queries.js';
import { GoodsRecipients } from './goods-recipients.js';
import { GoodsStore } from './goods.store.js';

export type GoodsTyped = {
  readonly donorId: string | null;
  readonly campaignId: string | null;
  readonly receivedOn: Day;
  readonly intentWords: string;
  readonly lines: readonly GoodsLine[];
};

export type UnitValue = { readonly unitValueFen: Fen; readonly evidence: Evidence };

export type GoodsOut = {
  readonly itemId: string;
  readonly quantity: number;
  readonly caseNumber: string;
  /** Whoever hands it out has looked: no near kin of the donor or of his own (Charity Law, art. 40). */
  readonly isNoKin: boolean;
  /** The slip that the recipient signed, as a photo. */
  readonly slip: Buffer | null;
};

const NOTHING = fen(0);
const SLIP = 'donation-goods-slip';

/** Goods from the door to the family: four eyes at the door, fair value in the books, and never a piece too many. */
@Injectable()
export class GoodsService {
  constructor(
    private readonly store: GoodsStore,
    private readonly queries: GoodsQueries,
    private readonly donors: DonorsStore,
    private readonly gifts: GiftsService,
    private readonly campaigns: CampaignGuard,
    private readonly money: GoodsMoneyService,
    private readonly recipients: GoodsRecipients,
    private readonly duties: DutiesService,
    private readonly files: Files,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What came, as it was counted at the door. Nothing is booked before it is looked over and valued. */
  async receiveGoods(caller: Caller, typed: GoodsTyped): Promise<{ deliveryId: string }> {
    const societyId = societyOf(caller.actor);
    const now = this.clock.now();
    if (typed.receivedOn > dayOf(now)) throw new GivenInFuture();
    return this.commands.run(caller, { act: 'receiveGoods', body: typed }, async (tx, trail) => {
      const { donorId, campaignId, receivedOn, intentWords, lines } = typed;
      const donor = donorId === null ? null : await this.donors.take(tx, societyId, donorId);
      // Asked at the door, once: what was accepted there gets to the shelf whatever becomes of the campaign.
      if (campaignId !== null) {
        const raised = { nature: 'GIFT', receivedOn, purse: null, donorGroup: donor?.group ?? null } as const;
        await this.campaigns.accepts(tx, societyId, campaignId, raised);
      }
      const id = this.ids.next();
      const by = { receivedBy: caller.actor.personId, recordedBy: caller.actor.personId, recordedAt: now };
      const later = { inspectedBy: null, inspectedAt: null, finding: null, valuedBy: null, giftId: null };
      const delivery = {
        ...{ id, societyId, donorId, campaignId, state: 'RECEIVED' as const, receivedOn, intentWords },
        ...by,
        ...{ ...later, voucherId: null, stockedAt: null, version: 1 },
      };
      const items = lines.map((line, at): GoodsItem => ({
        ...{ id: this.ids.next(), deliveryId: id, societyId, position: at + 1, ...line },
        ...{ accepted: null, unitValueFen: null, evidence: null, inStock: 0, checkedAt: null },
      }));
      await this.store.insert(tx, delivery, items);
      trail.on('goods', id, { after: { receivedOn, lines }, words: `收到捐赠物资 ${lines.length} 种` });
      return { deliveryId: id };
    });
  }

  /** Another person counts, and looks at the days printed on it. Where nothing can be taken, the delivery ends here. */
  async inspectGoods(
    caller: Caller,
    typed: {
      readonly deliveryId: string;
      readonly found: readonly Inspected[];
      readonly finding: string | null;
    },
  ): Promise<{ deliveryId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'inspectGoods', body: typed }, async (tx, trail) => {
      const delivery = await this.store.take(tx, societyId, typed.deliveryId, ['RECEIVED']);
      const by = caller.actor.personId;
      refuseInspection(delivery, by);
      const items = await this.store.itemsOf(tx, delivery.id);
      const at = this.clock.now();
      checkInspected(items, typed.found, dayOf(at));
      const isRefused = isNothingAccepted(typed.found);
      const state = isRefused ? 'REFUSED' : 'INSPECTED';
      await this.store.inspect(tx, delivery, { state, by, at, finding: typed.finding });
      for (const [place, item] of items.entries()) {
        const found = typed.found[place];
        if (found) await this.store.accept(tx, item, found);
      }
      const words = isRefused ? '验收物资，没有收下' : '验收物资';
      trail.on('goods', delivery.id, { after: typed, words });
      return { deliveryId: delivery.id };
    });
  }

  /** What one piece of each is worth, and what says so. It may be corrected until the goods are on the shelf. */
  async valueGoods(
    caller: Caller,
    typed: { readonly deliveryId: string; readonly values: readonly UnitValue[] },
  ): Promise<{ deliveryId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'valueGoods', body: typed }, async (tx, trail) => {
      const delivery = await this.store.take(tx, societyId, typed.deliveryId, ['INSPECTED', 'VALUED']);
      const taken = takenOf(await this.store.itemsOf(tx, delivery.id));
      if (taken.length !== typed.values.length)
        throw new GoodsLineWrong(typed.values.length + 1, '收下的每一种都要估价');
      const valued = taken.map(({ item, accepted }, at) => ({
        ...{ item, accepted },
        value: typed.values[at] ?? { unitValueFen: NOTHING, evidence: 'MARKET' as const },
      }));
      const whole = valueOf(
        valued.map(({ accepted, value }) => ({ accepted, unitValueFen: value.unitValueFen })),
      );
      for (const { item, value } of valued) await this.store.value(tx, item, value);
      await this.store.valued(tx, delivery, caller.actor.personId);
      trail.on('goods', delivery.id, { after: typed, words: `物资估价 ${yuanText(whole)} 元` });
      return { deliveryId: delivery.id };
    });
  }

  /** Takes the goods in: from now on they are a gift at that value, in the books and on the shelf. */
  async stockGoods(
    caller: Caller,
    typed: { readonly deliveryId: string },
  ): Promise<{ deliveryId: string; giftId: string; voucherNumber: number }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'stockGoods', body: typed }, async (tx, trail) => {
      const delivery = await this.store.take(tx, societyId, typed.deliveryId, ['VALUED']);
      const now = this.clock.now();
      const today = dayOf(now);
      const taken = takenOf(await this.store.itemsOf(tx, delivery.id));
      const amountFen = valueOf(
        taken.map(({ item, accepted }) => ({ accepted, unitValueFen: item.unitValueFen ?? NOTHING })),
      );
      const cause = `goods:${delivery.id}`;
      const event = { societyId, amountFen, day: today, cause, summary: '捐赠物资入库', threadId: null };
      const booked = await this.money.receive(tx, event);
      const { donorId, campaignId, receivedOn, intentWords, receivedBy } = delivery;
      const of = { donorId, campaignId, receivedOn, intentWords, receivedBy, amountFen };
      const { giftId } = await this.gifts.receiveGoods(tx, trail, caller, of, booked);
      await this.store.stocked(tx, delivery, { giftId, voucherId: booked.voucherId, at: now });
      for (const { item, accepted } of taken) {
        await this.store.putOnShelf(tx, item, accepted);
        const worth = worthOf(accepted, item.unitValueFen ?? NOTHING);
        const { voucherId } = booked;
        await this.move(tx, caller, item, {
          kind: 'STOCKED',
          quantity: accepted,
          amountFen: worth,
          voucherId,
        });
        if (isDueForCheck(item.expiresOn, today)) await this.askForCheck(tx, item);
      }
      const words = `${voucherName(booked.voucherNumber)} 捐赠物资入库，估价 ${yuanText(amountFen)} 元`;
      trail.on('goods', delivery.id, { after: { amountFen, giftId }, words });
      return { deliveryId: delivery.id, giftId, voucherNumber: booked.voucherNumber };
    });
  }

  /** So many pieces go to a case, beside its money: never more than is there, and nothing that is past its day. */
  async issueGoods(
    caller: Caller,
    { slip, ...typed }: GoodsOut,
  ): Promise<{ moveId: string; inStock: number }> {
    const societyId = societyOf(caller.actor);
    if (!typed.isNoKin) throw new KinNotExcluded();
    const photo = slip && (await this.files.prepareImage(slip));
    const body = { ...typed, slip: photo?.sha256 ?? null };
    return this.commands.run(caller, { act: 'issueGoods', body }, async (tx, trail) => {
      const recipient = await this.recipients.find(tx, societyId, typed.caseNumber);
      if (!recipient) throw new RecipientNotFound();
      if (!recipient.mayReceive) throw new RecipientNotApproved(recipient.stateWords);
      const day = dayOf(this.clock.now());
      const item = await this.store.issue(tx, societyId, typed.itemId, typed.quantity, day);
      const moveId = this.ids.next();
      const amountFen = worthOf(typed.quantity, item.unitValueFen ?? NOTHING);
      const { threadId, number } = recipient;
      const summary = `发放物资 ${number}`;
      const event = { societyId, amountFen, day, cause: `goods-issue:${moveId}`, summary, threadId };
      const booked = amountFen === 0 ? null : await this.money.issue(tx, event);
      const to = { societyId, purpose: SLIP, by: caller.actor };
      const slipId = photo && (await this.files.attach(tx, photo, to));
      const voucherId = booked?.voucherId ?? null;
      const out = { kind: 'ISSUED', quantity: typed.quantity, amountFen, voucherId } as const;
      await this.move(tx, caller, item, { ...out, id: moveId, threadId, number, slipId });
      await this.settleIfGone(tx, caller, item);
      const words = `发放物资 ${item.name} ${typed.quantity} ${item.unit}，${number}`;
      trail.on('goods-item', item.id, { after: { ...body, amountFen }, words, threadId });
      return { moveId, inStock: item.inStock };
    });
  }

  /** What expired or broke leaves the shelf, with its reason. */
  async disposeGoods(
    caller: Caller,
    typed: { readonly itemId: string; readonly quantity: number; readonly reason: string },
  ): Promise<{ moveId: string; inStock: number }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'disposeGoods', body: typed }, async (tx, trail) => {
      const item = await this.store.dispose(tx, societyId, typed.itemId, typed.quantity);
      const moveId = this.ids.next();
      const amountFen = worthOf(typed.quantity, item.unitValueFen ?? NOTHING);
      const day = dayOf(this.clock.now());
      const cause = `goods-disposal:${moveId}`;
      const event = { societyId, amountFen, day, cause, summary: '处置捐赠物资', threadId: null };
      const booked = amountFen === 0 ? null : await this.money.dispose(tx, event);
      const { quantity, reason } = typed;
      const out = { kind: 'DISPOSED', quantity, amountFen, voucherId: booked?.voucherId ?? null } as const;
      await this.move(tx, caller, item, { ...out, id: moveId, reason });
      await this.settleIfGone(tx, caller, item);
      const words = `处置物资 ${item.name} ${quantity} ${item.unit}`;
      trail.on('goods-item', item.id, { after: { ...typed, amountFen }, words });
      return { moveId, inStock: item.inStock };
    });
  }

  /** What expires within thirty days is somebody's duty from then on; each piece once. */
  async checkDue(now: Date): Promise<number> {
    let asked = 0;
    for (const itemId of await this.queries.expiring(dayOf(now)))
      await this.commands.timer('checkGoods', async (tx, trail) => {
        const item = await tx.rows.findOneByOrFail(GoodsItem, { id: itemId });
        if (await this.askForCheck(tx, item)) asked++;
        trail.on('goods-item', itemId, { words: '物资快到期，请处理' });
      });
    return asked;
  }

  private async askForCheck(tx: Tx, item: GoodsItem): Promise<boolean> {
    const now = this.clock.now();
    if (item.expiresOn === null || !(await this.store.markForCheck(tx, item.id, now))) return false;
    const hours = Math.ceil((endOfDay(item.expiresOn).getTime() - now.getTime()) / 3_600_000);
    await this.duties.open(tx, {
      ...{ societyId: item.societyId, kind: 'CHECK_GOODS', subjectKind: 'goods-item', subjectId: item.id },
      ...{ threadId: item.id, ownerRole: 'secretary' },
      rule: { unit: 'hours', count: Math.max(hours, 1), from: now },
    });
    return true;
  }

  private async settleIfGone(tx: Tx, caller: Caller, item: GoodsItem): Promise<void> {
    if (item.inStock > 0) return;
    const settled = { kind: 'CHECK_GOODS', subjectId: item.id, at: this.clock.now() } as const;
    await this.duties.settle(tx, { ...settled, byPersonId: caller.actor.personId });
  }

  private async move(
    tx: Tx,
    { actor }: Caller,
    { id }: GoodsItem,
    move: Pick<GoodsMove, 'kind' | 'quantity' | 'amountFen' | 'voucherId'> & Partial<GoodsMove>,
  ): Promise<void> {
    const movedAt = this.clock.now();
    const blank = { id: this.ids.next(), threadId: null, number: null, reason: null, slipId: null };
    const by = { movedOn: dayOf(movedAt), movedBy: actor.personId, movedAt };
    await this.store.insertMove(tx, { ...blank, itemId: id, ...by, ...move });
  }
}

function takenOf(items: readonly GoodsItem[]): { readonly item: GoodsItem; readonly accepted: number }[] {
  return items.flatMap((item) =>
    item.accepted !== null && item.accepted > 0 ? [{ item, accepted: item.accepted }] : [],
  );
}
