import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
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
import { GiftsQueries } from './gifts.queries.js';
import type { GiftRow } from './gifts.queries.js';
import { GiftsService } from './gifts.service.js';
import type { GiftRecorded } from './gifts.service.js';
import { cursorOf, cursorText } from './gifts.views.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donations')
export class GiftsController {
  constructor(
    private readonly gifts: GiftsService,
    private readonly queries: GiftsQueries,
  ) {}

  /** The newest first; `next` is the `after` of the next page. Persons are masked. */
  @Get()
  @ApiOperation({ operationId: 'listDonations' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: readonly GiftRow[]; next: string | null }> {
    const { rows, next } = await this.queries.page(societyOf(actor), cursorOf(after));
    return { items: rows, next: next && cursorText(next) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordDonation' })
  @ApiBody({ type: GiftForm })
  async record(@From() caller: Caller, @Body() body: unknown): Promise<GiftRecorded> {
    return this.gifts.recordGift(caller, giftIn(await parseJson(GiftForm, body)));
  }

  @Post('pledges')
  @HttpCode(201)
  @ApiOperation({ operationId: 'pledgeDonation' })
  @ApiBody({ type: PledgeForm })
  async pledge(@From() caller: Caller, @Body() body: unknown): Promise<{ giftId: string }> {
    return this.gifts.pledgeGift(caller, pledgeIn(await parseJson(PledgeForm, body)));
  }

  /** Money of which nobody knows yet whose it is. */
  @Post('unknown')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordUnknown' })
  @ApiBody({ type: UnknownMoneyForm })
  async recordUnknown(@From() caller: Caller, @Body() body: unknown): Promise<GiftRecorded> {
    return this.gifts.recordUnknown(caller, unknownIn(await parseJson(UnknownMoneyForm, body)));
  }

  @Get(':giftId')
  @ApiOperation({ operationId: 'readDonation' })
  async read(@By() actor: Actor, @Param('giftId', ParseUUIDPipe) giftId: string): Promise<GiftRow> {
    return this.queries.gift(societyOf(actor), giftId);
  }

  @Post(':giftId/receipt-of-pledge')
  @HttpCode(200)
  @ApiOperation({ operationId: 'receivePledge' })
  @ApiBody({ type: PledgeReceiptForm })
  async receivePledge(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
  ): Promise<GiftRecorded> {
    return this.gifts.receivePledge(caller, {
      giftId,
      ...receivedIn(await parseJson(PledgeReceiptForm, body)),
    });
  }

  @Post(':giftId/end-of-pledge')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endPledge' })
  async endPledge(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
  ): Promise<{ giftId: string }> {
    return this.gifts.endPledge(caller, { giftId });
  }

  /** Whose the unknown money is, and what for. */
  @Post(':giftId/owner')
  @HttpCode(200)
  @ApiOperation({ operationId: 'identifyDonation' })
  @ApiBody({ type: GiftOwnerForm })
  async identify(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
  ): Promise<GiftRecorded> {
    const form = await parseJson(GiftOwnerForm, body);
    const { donorId, nature } = form;
    return this.gifts.identifyGift(caller, { ...intentIn(form), giftId, donorId: donorId ?? null, nature });
  }

  /** A mistyped gift, of which nothing has been used and no receipt is out. */
  @Post(':giftId/reversal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'reverseDonation' })
  @ApiBody({ type: GiftReversalForm })
  async reverse(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
  ): Promise<{ giftId: string; voucherNumber: number }> {
    const { reason } = await parseJson(GiftReversalForm, body);
    return this.gifts.reverseGift(caller, { giftId, reason });
  }
}
