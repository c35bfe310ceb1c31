import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DutiesQueries } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { FileRefused } from '../../platform/files/files.errors.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import {
  AgreementNeeded,
  RefundLineDiffers,
  RefundLineTaken,
  RefundLineUnsaid,
  RefundOverUnspent,
  RefundPaidOnWrong,
  RefundsOfSeveral,
} from '../domain/refund.errors.js';
import {
  refundAsked,
  refundDecision,
  RefundDecisionForm,
  RefundEndForm,
  RefundForm,
  RefundPaymentForm,
  refundProof,
} from './gift-refunds.forms.js';
import { mayAskRefund, mayDecideRefund, mayPayRefund, mayProposeChange } from './gift-refunds.permissions.js';
import { GiftRefundsQueries } from './gift-refunds.queries.js';
import type { RefundFacts } from './gift-refunds.queries.js';
import { GiftRefundsService } from './gift-refunds.service.js';
import { newRefundView, REFUNDS, refundsView, refundView, unclaimedView } from './gift-refunds.views.js';
import type { NewRefundView, RefundsView, RefundView, UnclaimedView } from './gift-refunds.views.js';
import { GiftsQueries } from '../gifts/gifts.queries.js';
import { UnknownMoneyQueries } from '../change-of-use/unknown-money.queries.js';
import { UnknownMoneyService } from '../change-of-use/unknown-money.service.js';

/** 退款: what goes back to whoever gave it. And 待认领来款, for which nobody came. */
@Controller('s/donations')
export class GiftRefundsPages {
  constructor(
    private readonly refunds: GiftRefundsService,
    private readonly queries: GiftRefundsQueries,
    private readonly gifts: GiftsQueries,
    private readonly unknown: UnknownMoneyService,
    private readonly unknownQueries: UnknownMoneyQueries,
    private readonly duties: DutiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get('refunds')
  @Render('donations/refunds')
  async list(@By() actor: Actor): Promise<RefundsView> {
    return refundsView(await this.queries.latest(societyOf(actor)));
  }

  @Get('refunds/:refundId')
  @Render('donations/refund')
  async read(@By() actor: Actor, @Param('refundId', ParseUUIDPipe) refundId: string): Promise<RefundView> {
    return this.page(actor, refundId, {}, {});
  }

  @Get(':giftId/refunds/new')
  @Render('donations/refund-new')
  async askForm(@By() actor: Actor, @Param('giftId', ParseUUIDPipe) giftId: string): Promise<NewRefundView> {
    return newRefundView(await this.gifts.gift(societyOf(actor), giftId), {}, {});
  }

  @Post(':giftId/refunds')
  async ask(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RefundForm, body);
    const again = async (errors: FieldErrors) => {
      const gift = await this.gifts.gift(societyOf(caller.actor), giftId);
      void reply.status(422).view('donations/refund-new', newRefundView(gift, form.typed, errors));
    };
    if (!form.ok) return again(form.errors);
    try {
      const asked = refundAsked(giftId, form.values, uploads.one('paper'));
      const { refundId } = await this.refunds.askRefund(caller, asked);
      reply.redirect(`${REFUNDS}/${refundId}`, 303);
    } catch (error) {
      await again(faultsByField(error));
    }
  }

  @Post('refunds/:refundId/decision')
  async decide(
    @From() caller: Caller,
    @Param('refundId', ParseUUIDPipe) refundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RefundDecisionForm, body);
    if (!form.ok) return this.again(reply, caller.actor, refundId, form);
    if (form.values.decision === 'no' && form.values.decisionWords === undefined) {
      const errors = { decisionWords: '请写明为什么不同意' };
      return this.again(reply, caller.actor, refundId, { typed: form.typed, errors });
    }
    await this.refunds.decideRefund(caller, refundDecision(refundId, form.values));
    reply.redirect(`${REFUNDS}/${refundId}`, 303);
  }

  @Post('refunds/:refundId/payment')
  async pay(
    @From() caller: Caller,
    @Param('refundId', ParseUUIDPipe) refundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RefundPaymentForm, body);
    if (!form.ok) return this.again(reply, caller.actor, refundId, form);
    try {
      await this.refunds.payRefund(caller, refundProof(refundId, form.values));
    } catch (error) {
      const errors = faultsByField(error);
      return this.again(reply, caller.actor, refundId, { typed: form.typed, errors });
    }
    reply.redirect(`${REFUNDS}/${refundId}`, 303);
  }

  @Post('refunds/:refundId/end')
  async end(
    @From() caller: Caller,
    @Param('refundId', ParseUUIDPipe) refundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RefundEndForm, body);
    if (!form.ok) return this.again(reply, caller.actor, refundId, form);
    await this.refunds.callOffRefund(caller, { refundId, words: form.values.endWords });
    reply.redirect(`${REFUNDS}/${refundId}`, 303);
  }

  @Get('unclaimed')
  @Render('donations/refund-unclaimed')
  async waiting(@By() actor: Actor): Promise<UnclaimedView> {
    const rows = await this.unknownQueries.waiting(societyOf(actor));
    return unclaimedView(rows, mayProposeChange(actor), dayOf(this.clock.now()));
  }

  @Post(':giftId/unclaimed')
  async askUnclaimed(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { roundId } = await this.unknown.askUnclaimed(caller, { giftId });
    reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    refundId: string,
    { typed, errors }: { readonly typed: Typed; readonly errors: FieldErrors },
  ): Promise<void> {
    void reply.status(422).view('donations/refund', await this.page(actor, refundId, typed, errors));
  }

  /** What the same transfer paid too, or may pay. */
  private async besideOf(refund: RefundFacts): Promise<RefundFacts[]> {
    if (refund.state === 'PAID') return this.queries.paidBeside(refund);
    return refund.state === 'APPROVED' ? this.queries.payableBeside(refund) : [];
  }

  private async page(actor: Actor, refundId: string, typed: Typed, errors: FieldErrors): Promise<RefundView> {
    const refund = await this.queries.refund(societyOf(actor), refundId);
    const duties = (await this.duties.ofThread(refund.giftId)).filter(
      ({ subjectId }) => subjectId === refundId,
    );
    return refundView({
      refund,
      gift: await this.gifts.gift(refund.societyId, refund.giftId),
      parts: await this.queries.partsOf(refundId),
      beside: await this.besideOf(refund),
      duties,
      // Nobody agrees to what he asked for, nor pays what he agreed to.
      mayDecide: mayDecideRefund(actor) && (refund.askedBy === null || refund.askedBy !== actor.personId),
      mayPay: mayPayRefund(actor) && (refund.decidedBy === null || refund.decidedBy !== actor.personId),
      mayEnd: mayAskRefund(actor),
      now: this.clock.now(),
      ...{ typed, errors },
    });
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function faultsByField(error: unknown): FieldErrors {
  if (error instanceof RefundOverUnspent) return { amountFen: `${error.message}${error.advice}` };
  if (error instanceof AgreementNeeded) return { paper: `${error.message}${error.advice}` };
  if (error instanceof FileRefused) return { paper: error.message };
  if (error instanceof RefundPaidOnWrong) return { paidOn: `${error.message}${error.advice}` };
  if (error instanceof RefundsOfSeveral) return { 'togetherWith[]': `${error.message}${error.advice}` };
  if (error instanceof RefundLineUnsaid || error instanceof RefundLineDiffers)
    return { lineFen: `${error.message}${error.advice}` };
  if (error instanceof RefundLineTaken) return { bankReference: `${error.message}${error.advice}` };
  throw error;
}
