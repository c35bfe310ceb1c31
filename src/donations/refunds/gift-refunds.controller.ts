import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { REFUND_REASONS } from '../domain/refund.js';
import {
  refundAsked,
  refundDecision,
  RefundDecisionForm,
  RefundEndForm,
  RefundForm,
  RefundPaymentForm,
  refundProof,
} from './gift-refunds.forms.js';
import { GiftRefundsQueries } from './gift-refunds.queries.js';
import type { RefundFacts, RefundPartFacts } from './gift-refunds.queries.js';
import { GiftRefundsService } from './gift-refunds.service.js';
import type { RefundAnswer, RefundPaid } from './gift-refunds.service.js';
import { UnknownMoneyService } from '../change-of-use/unknown-money.service.js';
import type { UnclaimedAsked } from '../change-of-use/unknown-money.service.js';

/** Without the words of those who asked and decided: they may name somebody. */
type RefundItem = Omit<RefundFacts, 'words' | 'decisionWords' | 'societyId' | 'askedBy' | 'decidedBy'>;

const ASKED = {
  type: 'object',
  required: ['reason', 'amountFen', 'words'],
  properties: {
    reason: { enum: [...REFUND_REASONS] },
    amountFen: { type: 'integer', minimum: 1, description: 'Whole fen, in digits' },
    words: { type: 'string', minLength: 2, maxLength: 120 },
    paper: {
      type: 'string',
      format: 'binary',
      description: 'A photo of the written agreement of the giver; asked for where the purpose failed',
    },
  },
};

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1')
export class GiftRefundsController {
  constructor(
    private readonly refunds: GiftRefundsService,
    private readonly queries: GiftRefundsQueries,
    private readonly unknown: UnknownMoneyService,
  ) {}

  /** What is open first, then the newest. */
  @Get('refunds')
  @ApiOperation({ operationId: 'listRefunds' })
  async list(@By() actor: Actor): Promise<{ items: RefundItem[] }> {
    return { items: (await this.queries.latest(societyOf(actor))).map(itemOf) };
  }

  @Get('refunds/:refundId')
  @ApiOperation({ operationId: 'readRefund' })
  async read(
    @By() actor: Actor,
    @Param('refundId', ParseUUIDPipe) refundId: string,
  ): Promise<RefundItem & { parts: RefundPartFacts[] }> {
    const refund = await this.queries.refund(societyOf(actor), refundId);
    return { ...itemOf(refund), parts: await this.queries.partsOf(refundId) };
  }

  /** With the photo of the giver's agreement, where there is one, and so multipart: its amount comes as digits. */
  @Post('donations/:giftId/refunds')
  @HttpCode(201)
  @ApiOperation({ operationId: 'askRefund' })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody({ schema: ASKED })
  async ask(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<RefundAnswer> {
    const form = await parseJson(RefundForm, inFen(body));
    return this.refunds.askRefund(caller, refundAsked(giftId, form, uploads.one('paper')));
  }

  @Post('refunds/:refundId/decision')
  @HttpCode(200)
  @ApiOperation({ operationId: 'decideRefund' })
  @ApiBody({ type: RefundDecisionForm })
  async decide(
    @From() caller: Caller,
    @Param('refundId', ParseUUIDPipe) refundId: string,
    @Body() body: unknown,
  ): Promise<RefundAnswer> {
    const form = await parseJson(RefundDecisionForm, body);
    return this.refunds.decideRefund(caller, refundDecision(refundId, form));
  }

  /** One transfer; `togetherWith` are other refunds of the same giver that it paid, and then `lineFen` is its amount. */
  @Post('refunds/:refundId/payment')
  @HttpCode(200)
  @ApiOperation({ operationId: 'payRefund' })
  @ApiBody({ type: RefundPaymentForm })
  async pay(
    @From() caller: Caller,
    @Param('refundId', ParseUUIDPipe) refundId: string,
    @Body() body: unknown,
  ): Promise<RefundPaid> {
    return this.refunds.payRefund(caller, refundProof(refundId, await parseJson(RefundPaymentForm, body)));
  }

  @Post('refunds/:refundId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'callOffRefund' })
  @ApiBody({ type: RefundEndForm })
  async end(
    @From() caller: Caller,
    @Param('refundId', ParseUUIDPipe) refundId: string,
    @Body() body: unknown,
  ): Promise<RefundAnswer> {
    const { endWords } = await parseJson(RefundEndForm, body);
    return this.refunds.callOffRefund(caller, { refundId, words: endWords });
  }

  /** Puts it to the board whether money for which nobody came in ninety days shall serve everybody. */
  @Post('donations/:giftId/unclaimed')
  @HttpCode(201)
  @ApiOperation({ operationId: 'askUnclaimed' })
  async askUnclaimed(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
  ): Promise<UnclaimedAsked> {
    return this.unknown.askUnclaimed(caller, { giftId });
  }
}

function itemOf(refund: RefundFacts): RefundItem {
  const { id, giftId, changeId, shownName, giftFen, givenOn, giftMethod, giftBankReference } = refund;
  const { reason, amountFen, paperFileId, state, askedAt, decidedAt, paidOn, bankReference, endedAt } =
    refund;
  const { lineFen, lineRefunds } = refund;
  return {
    ...{ id, giftId, changeId, shownName, giftFen, givenOn, giftMethod, giftBankReference },
    ...{ reason, amountFen, paperFileId, state, askedAt, decidedAt, paidOn, bankReference, endedAt },
    ...{ lineFen, lineRefunds },
  };
}

/** A multipart body holds text: whole fen are digits there. */
function inFen(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('amountFen' in body)) return body;
  const { amountFen } = body;
  const isDigits = typeof amountFen === 'string' && /^\d{1,12}$/.test(amountFen);
  return isDigits ? { ...body, amountFen: Number(amountFen) } : body;
}
