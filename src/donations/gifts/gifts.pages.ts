import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { LedgerQueries } from '../../ledger/index.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { CampaignQueries } from '../campaigns/campaign.queries.js';
import { giftFaults } from '../donations.faults.js';
import { mayKeepGifts } from '../donations.permissions.js';
import { DonorsQueries } from '../donors/donors.queries.js';
import {
  GiftForm,
  giftIn,
  GiftOwnerForm,
  GiftReversalForm,
  intentIn,
  PledgeForm,
  pledgeIn,
  PledgeReceiptForm,
  receivedIn,
  UnknownMoneyForm,
  unknownIn,
} from './gifts.forms.js';
import { ReceiptBlocks } from '../receipts/receipt-block.js';
import type { ReceiptBlockView } from '../receipts/receipt-block.js';
import { GiftsQueries } from './gifts.queries.js';
import { GiftsService } from './gifts.service.js';
import {
  cursorOf,
  DONATIONS,
  giftsView,
  giftView,
  newGiftView,
  newPledgeView,
  newUnknownView,
  usualGift,
} from './gifts.views.js';
import type { GiftsView, GiftView, NewGiftView, NewPledgeView, NewUnknownView } from './gifts.views.js';

/** What is known of its receipts stands there once it came in. */
type GiftPage = GiftView & { readonly receipt: ReceiptBlockView | null };

/** 捐赠: what was given, and what becomes of it. */
@Controller('s/donations')
export class GiftsPages {
  constructor(
    private readonly gifts: GiftsService,
    private readonly queries: GiftsQueries,
    private readonly donors: DonorsQueries,
    private readonly ledger: LedgerQueries,
    private readonly campaigns: CampaignQueries,
    private readonly clock: Clock,
    private readonly receipts: ReceiptBlocks,
  ) {}

  @Get()
  @Render('donations/gifts')
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<GiftsView> {
    const societyId = societyOf(actor);
    const page = await this.queries.page(societyId, cursorOf(after));
    return giftsView(page, await this.queries.totals(societyId), mayKeepGifts(actor));
  }

  @Get('new')
  @Render('donations/new-gift')
  async ask(@By() actor: Actor, @Query('donor') donorId: unknown): Promise<NewGiftView> {
    return this.newGift(actor, usualGift(dayOf(this.clock.now()), donorId), {});
  }

  @Post()
  async record(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(GiftForm, body);
    const again = async (errors: FieldErrors) =>
      void reply.status(422).view('donations/new-gift', await this.newGift(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { giftId } = await this.gifts.recordGift(caller, giftIn(form.values));
      reply.redirect(`${DONATIONS}/${giftId}`, 303);
    } catch (error) {
      await again(giftFaults(error));
    }
  }

  @Get('pledges/new')
  @Render('donations/new-pledge')
  async askPledge(@By() actor: Actor): Promise<NewPledgeView> {
    const typed = { pledgedOn: dayOf(this.clock.now()), intent: 'UNRESTRICTED' };
    return this.newPledge(actor, typed, {});
  }

  @Post('pledges')
  async pledge(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(PledgeForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('donations/new-pledge', await this.newPledge(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { giftId } = await this.gifts.pledgeGift(caller, pledgeIn(form.values));
      reply.redirect(`${DONATIONS}/${giftId}`, 303);
    } catch (error) {
      await again(giftFaults(error));
    }
  }

  @Get('unknown/new')
  @Render('donations/new-unknown')
  askUnknown(): NewUnknownView {
    return newUnknownView({ receivedOn: dayOf(this.clock.now()) }, {});
  }

  @Post('unknown')
  async recordUnknown(
    @From() caller: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(UnknownMoneyForm, body);
    const again = (errors: FieldErrors) =>
      void reply.status(422).view('donations/new-unknown', newUnknownView(form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { giftId } = await this.gifts.recordUnknown(caller, unknownIn(form.values));
      reply.redirect(`${DONATIONS}/${giftId}`, 303);
    } catch (error) {
      again(giftFaults(error));
    }
  }

  @Get(':giftId')
  @Render('donations/gift')
  async read(@By() actor: Actor, @Param('giftId', ParseUUIDPipe) giftId: string): Promise<GiftPage> {
    return this.page(actor, giftId, {}, {});
  }

  @Post(':giftId/receipt-of-pledge')
  async receivePledge(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PledgeReceiptForm, body);
    if (!form.ok) return this.again(reply, caller.actor, giftId, form);
    await this.orAgain(reply, caller.actor, giftId, form.typed, () =>
      this.gifts.receivePledge(caller, { giftId, ...receivedIn(form.values) }),
    );
  }

  @Post(':giftId/end-of-pledge')
  async endPledge(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.gifts.endPledge(caller, { giftId });
    reply.redirect(`${DONATIONS}/${giftId}`, 303);
  }

  @Post(':giftId/owner')
  async identify(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GiftOwnerForm, body);
    if (!form.ok) return this.again(reply, caller.actor, giftId, form);
    const { donorId, nature } = form.values;
    await this.orAgain(reply, caller.actor, giftId, form.typed, () =>
      this.gifts.identifyGift(caller, {
        ...intentIn(form.values),
        giftId,
        donorId: donorId ?? null,
        nature,
      }),
    );
  }

  @Post(':giftId/reversal')
  async reverse(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GiftReversalForm, body);
    if (!form.ok) return this.again(reply, caller.actor, giftId, form);
    await this.gifts.reverseGift(caller, { giftId, reason: form.values.reason });
    reply.redirect(`${DONATIONS}/${giftId}`, 303);
  }

  /** The act, and back to the gift; a refusal about one field stands beside it. */
  private async orAgain(
    reply: FastifyReply,
    actor: Actor,
    giftId: string,
    typed: Typed,
    act: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await act();
      reply.redirect(`${DONATIONS}/${giftId}`, 303);
    } catch (error) {
      await this.again(reply, actor, giftId, { typed, errors: giftFaults(error) });
    }
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    giftId: string,
    { typed, errors }: { readonly typed: Typed; readonly errors: FieldErrors },
  ): Promise<void> {
    void reply.status(422).view('donations/gift', await this.page(actor, giftId, typed, errors));
  }

  private async page(actor: Actor, giftId: string, typed: Typed, errors: FieldErrors): Promise<GiftPage> {
    const societyId = societyOf(actor);
    const gift = await this.queries.gift(societyId, giftId);
    const mayKeep = mayKeepGifts(actor);
    const asks = mayKeep && gift.state === 'UNKNOWN';
    const view = giftView({
      gift,
      donors: asks ? await this.donors.latest(societyId) : [],
      purses: asks ? await this.ledger.purses(societyId) : [],
      today: dayOf(this.clock.now()),
      ...{ mayKeep, typed, errors },
    });
    const came = gift.state !== 'PLEDGED' && gift.state !== 'UNKNOWN';
    return { ...view, receipt: came ? await this.receipts.of(actor, gift) : null };
  }

  private async newGift(actor: Actor, typed: Typed, errors: FieldErrors): Promise<NewGiftView> {
    const campaigns = await this.campaigns.unreported(societyOf(actor));
    return newGiftView({ ...(await this.choices(actor, typed)), campaigns, typed, errors });
  }

  private async newPledge(actor: Actor, typed: Typed, errors: FieldErrors): Promise<NewPledgeView> {
    return newPledgeView({ ...(await this.choices(actor, typed)), typed, errors });
  }

  /** The donor whose page led here is among them, however long ago he was registered. */
  private async choices(actor: Actor, { donorId }: Typed) {
    const societyId = societyOf(actor);
    const named = typeof donorId === 'string' && donorId !== '' ? donorId : null;
    return {
      donors: await this.donors.latest(societyId, named),
      purses: await this.ledger.purses(societyId),
    };
  }
}
