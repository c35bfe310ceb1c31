import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../../platform/web/uploads.js';
import { CampaignQueries } from '../campaigns/campaign.queries.js';
import { DonorsQueries } from '../donors/donors.queries.js';
import { goodsFaults } from './goods.faults.js';
import {
  foundIn,
  GoodsDisposalForm,
  GoodsForm,
  goodsIn,
  GoodsInspectionForm,
  GoodsIssueForm,
  GoodsValueForm,
  valuesIn,
} from './goods.forms.js';
import {
  mayDisposeGoods,
  mayInspectGoods,
  mayIssueGoods,
  mayReceiveGoods,
  mayValueGoods,
} from './goods.permissions.js';
import { GoodsQueries } from './goods.queries.js';
import { GoodsService } from './goods.service.js';
import { deliveryView, GOODS, goodsView, itemView, newGoodsView } from './goods.views.js';
import type { DeliveryView, GoodsView, ItemView, NewGoodsView } from './goods.views.js';

/** 捐赠物资: from the door to the family. */
@Controller('s/goods')
export class GoodsPages {
  constructor(
    private readonly goods: GoodsService,
    private readonly queries: GoodsQueries,
    private readonly donors: DonorsQueries,
    private readonly campaigns: CampaignQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/goods')
  async list(@By() actor: Actor): Promise<GoodsView> {
    const societyId = societyOf(actor);
    return goodsView({
      waiting: await this.queries.waiting(societyId),
      stock: await this.queries.stock(societyId),
      done: await this.queries.done(societyId),
      mayReceive: mayReceiveGoods(actor),
      today: this.today(),
    });
  }

  @Get('new')
  @Render('donations/goods-new')
  async ask(@By() actor: Actor): Promise<NewGoodsView> {
    return this.newGoods(actor, { receivedOn: this.today() }, {});
  }

  @Post()
  async receive(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(GoodsForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('donations/goods-new', await this.newGoods(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { deliveryId } = await this.goods.receiveGoods(caller, goodsIn(form.values));
      reply.redirect(`${GOODS}/${deliveryId}`, 303);
    } catch (error) {
      const faults = goodsFaults(error, { line: 'lines', count: 'lines' });
      if (!faults) throw error;
      await again(faults);
    }
  }

  @Get('items/:itemId')
  @Render('donations/goods-item')
  async item(@By() actor: Actor, @Param('itemId', ParseUUIDPipe) itemId: string): Promise<ItemView> {
    return this.itemPage(actor, itemId, {}, {});
  }

  @Post('items/:itemId/issues')
  async issue(
    @From() caller: Caller,
    @Param('itemId', ParseUUIDPipe) itemId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GoodsIssueForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('donations/goods-item', await this.itemPage(caller.actor, itemId, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { quantity, caseNumber, isNoKin } = form.values;
      const out = { itemId, quantity, caseNumber, isNoKin, slip: uploads.one('slip') };
      await this.goods.issueGoods(caller, out);
      reply.redirect(`${GOODS}/items/${itemId}`, 303);
    } catch (error) {
      const faults = goodsFaults(error, { line: 'quantity', count: 'quantity' });
      if (!faults) throw error;
      await again(faults);
    }
  }

  @Post('items/:itemId/disposals')
  async dispose(
    @From() caller: Caller,
    @Param('itemId', ParseUUIDPipe) itemId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GoodsDisposalForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('donations/goods-item', await this.itemPage(caller.actor, itemId, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { gone, reason } = form.values;
      await this.goods.disposeGoods(caller, { itemId, quantity: gone, reason });
      reply.redirect(`${GOODS}/items/${itemId}`, 303);
    } catch (error) {
      const faults = goodsFaults(error, { line: 'gone', count: 'gone' });
      if (!faults) throw error;
      await again(faults);
    }
  }

  @Get(':deliveryId')
  @Render('donations/goods-delivery')
  async read(
    @By() actor: Actor,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<DeliveryView> {
    return this.page(actor, deliveryId, {}, {});
  }

  @Post(':deliveryId/inspection')
  async inspect(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GoodsInspectionForm, body);
    const found = form.ok ? foundIn(form.values) : null;
    if (!form.ok) return this.again(reply, caller.actor, deliveryId, form.typed, form.errors);
    if (!found) {
      const errors = { 'accepted-1': '收下多少填整数，到期日填成 2027-01-31 这样' };
      return this.again(reply, caller.actor, deliveryId, form.typed, errors);
    }
    await this.orAgain(reply, caller.actor, deliveryId, form.typed, 'accepted-1', () =>
      this.goods.inspectGoods(caller, { deliveryId, found, finding: form.values.finding ?? null }),
    );
  }

  @Post(':deliveryId/value')
  async value(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GoodsValueForm, body);
    const values = form.ok ? valuesIn(form.values) : null;
    if (!form.ok) return this.again(reply, caller.actor, deliveryId, form.typed, form.errors);
    if (!values) {
      const errors = { 'unitValue-1': '单价按元填，如 60 或 12.50；依据选一种' };
      return this.again(reply, caller.actor, deliveryId, form.typed, errors);
    }
    await this.orAgain(reply, caller.actor, deliveryId, form.typed, 'unitValue-1', () =>
      this.goods.valueGoods(caller, { deliveryId, values }),
    );
  }

  @Post(':deliveryId/stock')
  async stock(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.goods.stockGoods(caller, { deliveryId });
    reply.redirect(`${GOODS}/${deliveryId}`, 303);
  }

  private async orAgain(
    reply: FastifyReply,
    actor: Actor,
    deliveryId: string,
    typed: Typed,
    line: string,
    act: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await act();
      reply.redirect(`${GOODS}/${deliveryId}`, 303);
    } catch (error) {
      const faults = goodsFaults(error, { line, count: line });
      if (!faults) throw error;
      await this.again(reply, actor, deliveryId, typed, faults);
    }
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    deliveryId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    void reply
      .status(422)
      .view('donations/goods-delivery', await this.page(actor, deliveryId, typed, errors));
  }

  private async page(
    actor: Actor,
    deliveryId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<DeliveryView> {
    const delivery = await this.queries.delivery(societyOf(actor), deliveryId);
    return deliveryView({
      delivery,
      items: await this.queries.items(deliveryId),
      mayInspect: mayInspectGoods(actor),
      isOwn: actor.personId !== null && actor.personId === delivery.recordedBy,
      mayValue: mayValueGoods(actor),
      ...{ typed, errors },
    });
  }

  private async itemPage(actor: Actor, itemId: string, typed: Typed, errors: FieldErrors): Promise<ItemView> {
    return itemView({
      item: await this.queries.item(societyOf(actor), itemId),
      moves: await this.queries.moves(itemId),
      today: this.today(),
      mayIssue: mayIssueGoods(actor),
      mayDispose: mayDisposeGoods(actor),
      ...{ typed, errors },
    });
  }

  private async newGoods(actor: Actor, typed: Typed, errors: FieldErrors): Promise<NewGoodsView> {
    const societyId = societyOf(actor);
    return newGoodsView({
      donors: await this.donors.latest(societyId),
      campaigns: await this.campaigns.unreported(societyId),
      ...{ typed, errors },
    });
  }

  private today() {
    return dayOf(this.clock.now());
  }
}
