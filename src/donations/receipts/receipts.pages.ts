import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import { sendPrivatePdf } from '../../platform/web/private-pdf.js';
import { ReceiptPapers } from './receipt-papers.js';
import { ReceiptRightsQueries } from './receipt-rights.queries.js';
import { ReceiptReversalForm, ReceiptWaiverForm } from './receipts.forms.js';
import { mayIssueReceipts, mayReadReceiptPapers } from './receipts.permissions.js';
import { ReceiptsQueries } from './receipts.queries.js';
import { ReceiptsService } from './receipts.service.js';
import { RECEIPTS, receiptsView, receiptView, waiverView } from './receipts.views.js';
import type { ReceiptsView, ReceiptView } from './receipts.views.js';

/** 捐赠票据: issued, waived, taken back. */
@Controller('s/donations')
export class ReceiptsPages {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly queries: ReceiptsQueries,
    private readonly rights: ReceiptRightsQueries,
    private readonly papers: ReceiptPapers,
    private readonly clock: Clock,
  ) {}

  @Get('receipts')
  @Render('donations/receipts')
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
    @Query('issued') issued: unknown,
    @Query('refused') refused: unknown,
  ): Promise<ReceiptsView> {
    const societyId = societyOf(actor);
    return receiptsView({
      societyId,
      page: await this.queries.page(societyId, typeof after === 'string' ? after : null),
      due: await this.queries.dueList(societyId),
      counts: await this.queries.due(societyId),
      issuing: await this.rights.issuing(societyId, dayOf(this.clock.now())),
      mayIssue: mayIssueReceipts(actor),
      done: isCount(issued)
        ? { issued: Number(issued), refused: isCount(refused) ? Number(refused) : 0 }
        : null,
    });
  }

  /** 给待开的都开上 */
  @Post('receipts')
  async issueDue(@From() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { issued, refused } = await this.receipts.issueDue(caller);
    reply.redirect(`${RECEIPTS}?issued=${issued.length}&refused=${refused.length}`, 303);
  }

  @Get('receipts/:receiptId')
  @Render('donations/receipt')
  async read(@By() actor: Actor, @Param('receiptId', ParseUUIDPipe) receiptId: string): Promise<ReceiptView> {
    return this.view(actor, receiptId);
  }

  @Get('receipts/:receiptId/paper')
  async paper(
    @By() actor: Actor,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `receipt-${receiptId}`, await this.papers.receipt(actor, receiptId));
  }

  @Get('receipts/:receiptId/thanks')
  async thanks(
    @By() actor: Actor,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `thanks-${receiptId}`, await this.papers.thanks(actor, receiptId));
  }

  @Post('receipts/:receiptId/reversal')
  async reverse(
    @From() caller: Caller,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReceiptReversalForm, body);
    if (!form.ok) {
      const view = await this.view(caller.actor, receiptId, { typed: form.typed, errors: form.errors });
      void reply.status(422).view('donations/receipt', view);
      return;
    }
    const { cause, reason, returned } = form.values;
    const { giftId } = await this.receipts.reverseReceipt(caller, { receiptId, cause, reason, returned });
    reply.redirect(`/s/donations/${giftId}`, 303);
  }

  @Post(':giftId/receipt')
  async issue(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { receiptId } = await this.receipts.issueReceipt(caller, { giftId });
    reply.redirect(`${RECEIPTS}/${receiptId}`, 303);
  }

  @Post(':giftId/receipt-waiver')
  async waive(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReceiptWaiverForm, body);
    if (!form.ok) {
      const view = waiverView(giftId, form.typed, form.errors);
      void reply.status(422).view('donations/receipt-waiver', view);
      return;
    }
    await this.receipts.waiveReceipt(caller, { giftId, reason: form.values.waiver });
    reply.redirect(`/s/donations/${giftId}`, 303);
  }

  private async view(
    actor: Actor,
    receiptId: string,
    again: Pick<Parameters<typeof receiptView>[0], 'typed' | 'errors'> = {},
  ): Promise<ReceiptView> {
    const receipt = await this.queries.receipt(societyOf(actor), receiptId);
    return receiptView({
      receipt,
      isOwn: receipt.societyId === actor.societyId,
      mayIssue: mayIssueReceipts(actor),
      mayPrint: mayReadReceiptPapers(actor),
      ...again,
    });
  }
}

const isCount = (value: unknown): value is string => typeof value === 'string' && /^\d{1,3}$/.test(value);
