import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { sendPrivatePdf } from '../../platform/web/private-pdf.js';
import { AccountHasDonor } from '../domain/trace.errors.js';
import { DonorAccountsService } from './donor-accounts.service.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';
import { accountOf } from './my-gifts.account.js';
import { OfferAnswerForm } from './my-gifts.forms.js';
import { MyGiftsQueries } from './my-gifts.queries.js';
import type { MyGifts } from './my-gifts.queries.js';
import { myGiftsSheet } from './my-gifts.sheet.js';
import {
  MY_GIFTS,
  OFFER_TWICE,
  myGiftsView,
  myGiftView,
  pageOf,
  sharedOf,
  shareView,
  sheetName,
} from './my-gifts.views.js';
import type { MyGiftsView, MyGiftView, ShareView } from './my-gifts.views.js';
import { ReceiptPapers } from '../receipts/receipt-papers.js';
import { SharePictures } from './share-pictures.js';
import { StatementsReading } from '../receipts/statements.reading.js';
import type { ToldGift } from './trace.reading.js';
import { DonorSignatureForm } from './trace.forms.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 我的捐赠: what an account gave, wherever it gave it. Everything is asked for by the account, and nothing by an address. */
@Controller('d')
export class MyGiftsPages {
  constructor(
    private readonly queries: MyGiftsQueries,
    private readonly accounts: DonorAccountsService,
    private readonly papers: ReceiptPapers,
    private readonly pictures: SharePictures,
    private readonly statements: StatementsReading,
    private readonly secrets: DonorSecrets,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/my-gifts')
  async list(@By() actor: Actor, @Query('page') page: unknown): Promise<MyGiftsView> {
    return myGiftsView(await this.queries.home(accountOf(actor)), pageOf(page), {}, {});
  }

  @Get('gifts/:giftId')
  @Render('donations/my-gift')
  async gift(@By() actor: Actor, @Param('giftId', ParseUUIDPipe) giftId: string): Promise<MyGiftView> {
    return myGiftView((await this.queries.gift(accountOf(actor), giftId)).told);
  }

  @Get('gifts/:giftId/share.png')
  async giftPicture(
    @By() actor: Actor,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Query('amount') amount: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { told, all } = await this.queries.gift(accountOf(actor), giftId);
    await this.sendPicture(reply, [told], all, amount === 'yes');
  }

  @Get('share')
  @Render('donations/share')
  share(): ShareView {
    return shareView;
  }

  /** The amount is left out unless it is asked for: many give in quiet. */
  @Get('share.png')
  async picture(
    @By() actor: Actor,
    @Query('amount') amount: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const all = await this.queries.all(accountOf(actor));
    await this.sendPicture(reply, all.gifts, all, amount === 'yes');
  }

  @Get('lines.xlsx')
  async lines(@By() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    const { gifts } = await this.queries.all(accountOf(actor));
    const name = sheetName(dayOf(this.clock.now()));
    void reply
      .type(XLSX)
      .header('content-disposition', `attachment; filename="${name}.xlsx"`)
      .header('cache-control', 'no-store')
      .send(await myGiftsSheet(gifts));
  }

  /** His own paper, with his own name on it; that it was looked at stands in the trail of whoever issued it. */
  @Get('receipts/:receiptId/receipt.pdf')
  async receipt(
    @By() actor: Actor,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { societyId, number } = await this.queries.receipt(accountOf(actor), receiptId);
    const pdf = await this.papers.receipt({ ...actor, societyId }, receiptId);
    sendPrivatePdf(reply, `receipt-${number}`, pdf);
  }

  /** What he gave to one society in a year, as a paper of that society, which keeps the look in its trail. */
  @Get('statements/:donorId/:year/statement.pdf')
  async statement(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Param('year') year: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { societyId } = await this.queries.record(accountOf(actor), donorId);
    const pdf = await this.statements.printFor({ ...actor, societyId }, societyId, donorId, year);
    sendPrivatePdf(reply, `statement-${year}`, pdf);
  }

  @Post('signature')
  async sign(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(DonorSignatureForm, body);
    if (!form.ok) {
      await this.again(caller, reply, 422, form.errors, form.typed);
      return;
    }
    await this.accounts.signGifts(caller, { publishesName: form.values.signature === 'NAME' });
    reply.redirect(MY_GIFTS, 303);
  }

  /** Back by the door: who said “不是我” to all may have nothing here any more. */
  @Post('offers/:donorId')
  async answer(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OfferAnswerForm, body);
    if (!form.ok) {
      await this.again(caller, reply, 422, { offers: form.errors['answer'] ?? '' });
      return;
    }
    try {
      const { linked } = await this.accounts.answerOffer(caller, {
        donorId,
        answer: form.values.answer,
      });
      reply.redirect(linked ? MY_GIFTS : '/', 303);
    } catch (error) {
      if (!(error instanceof AccountHasDonor)) throw error;
      await this.again(caller, reply, 409, { offers: OFFER_TWICE });
    }
  }

  private async again(
    { actor }: Caller,
    reply: FastifyReply,
    status: number,
    errors: FieldErrors,
    typed: Typed = {},
  ): Promise<void> {
    const mine = await this.queries.home(accountOf(actor));
    void reply.status(status).view('donations/my-gifts', myGiftsView(mine, 1, typed, errors));
  }

  private async sendPicture(
    reply: FastifyReply,
    gifts: readonly ToldGift[],
    all: MyGifts,
    showsAmount: boolean,
  ): Promise<void> {
    const shared = sharedOf(gifts, await this.signatureOf(all));
    void reply
      .type('image/png')
      .header('content-disposition', 'inline; filename="share.png"')
      .header('cache-control', 'no-store')
      .send(await this.pictures.png(shared, showsAmount));
  }

  /** The full name, where every record of his agrees that it is public. */
  private async signatureOf({ records }: MyGifts): Promise<string | null> {
    const [first] = records;
    if (!first || records.some(({ publishesName }) => !publishesName)) return null;
    return (await this.secrets.of(first.societyId, first.donorId)).name;
  }
}
