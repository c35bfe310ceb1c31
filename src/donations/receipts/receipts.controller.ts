import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { sendPrivatePdf } from '../../platform/web/private-pdf.js';
import { ReceiptPapers } from './receipt-papers.js';
import { ReceiptReversalForm, ReceiptWaiverForm } from './receipts.forms.js';
import { ReceiptsQueries } from './receipts.queries.js';
import type { ReceiptRow } from './receipts.queries.js';
import { ReceiptsService } from './receipts.service.js';
import type { ReceiptIssued, ReceiptsIssued } from './receipts.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1')
export class ReceiptsController {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly queries: ReceiptsQueries,
    private readonly papers: ReceiptPapers,
  ) {}

  /** The newest first, of the society's own gifts and issued in its name; `next` is the `after` of the next page. */
  @Get('receipts')
  @ApiOperation({ operationId: 'listReceipts' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: readonly ReceiptRow[]; next: string | null }> {
    const { rows, next } = await this.queries.page(
      societyOf(actor),
      typeof after === 'string' ? after : null,
    );
    return { items: rows, next };
  }

  /** Issues what is due to donors who are known, up to 200 at a time, each for itself. */
  @Post('receipts')
  @HttpCode(200)
  @ApiOperation({ operationId: 'issueDueReceipts' })
  async issueDue(@From() caller: Caller): Promise<ReceiptsIssued> {
    return this.receipts.issueDue(caller);
  }

  @Get('receipts/:receiptId')
  @ApiOperation({ operationId: 'readReceipt' })
  async read(@By() actor: Actor, @Param('receiptId', ParseUUIDPipe) receiptId: string): Promise<ReceiptRow> {
    return this.queries.receipt(societyOf(actor), receiptId);
  }

  /** The paper, as PDF: the same bytes each time. It names the donor, and the look is kept in the trail. */
  @Get('receipts/:receiptId/paper')
  @ApiOperation({ operationId: 'printReceipt' })
  @ApiProduces('application/pdf')
  async paper(
    @By() actor: Actor,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `receipt-${receiptId}`, await this.papers.receipt(actor, receiptId));
  }

  /** The letter of thanks for a receipt that stands, as PDF. */
  @Get('receipts/:receiptId/thanks')
  @ApiOperation({ operationId: 'printThanks' })
  @ApiProduces('application/pdf')
  async thanks(
    @By() actor: Actor,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `thanks-${receiptId}`, await this.papers.thanks(actor, receiptId));
  }

  /** Takes the receipt back with a red one; the gift is due another, unless all of it was refunded. */
  @Post('receipts/:receiptId/reversal')
  @HttpCode(201)
  @ApiOperation({ operationId: 'reverseReceipt' })
  @ApiBody({ type: ReceiptReversalForm })
  async reverse(
    @From() caller: Caller,
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Body() body: unknown,
  ): Promise<ReceiptIssued> {
    const { cause, reason, returned } = await parseJson(ReceiptReversalForm, body);
    return this.receipts.reverseReceipt(caller, { receiptId, cause, reason, returned });
  }

  @Post('donations/:giftId/receipt')
  @HttpCode(201)
  @ApiOperation({ operationId: 'issueReceipt' })
  async issue(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
  ): Promise<ReceiptIssued> {
    return this.receipts.issueReceipt(caller, { giftId });
  }

  /** The donor wants none. One may be issued later all the same. */
  @Post('donations/:giftId/receipt-waiver')
  @HttpCode(200)
  @ApiOperation({ operationId: 'waiveReceipt' })
  @ApiBody({ type: ReceiptWaiverForm })
  async waive(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
  ): Promise<{ giftId: string }> {
    const { waiver } = await parseJson(ReceiptWaiverForm, body);
    return this.receipts.waiveReceipt(caller, { giftId, reason: waiver });
  }
}
