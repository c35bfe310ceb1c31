import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { AlreadyBooked, PurseNotFound, ReceivedInFuture } from './domain/ledger.errors.js';
import { InflowForm, inflowOf, ReversalForm } from './ledger.forms.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerService } from './ledger.service.js';
import { cursorOf, ledgerView, newInflowView, usualInflow, voucherView } from './ledger.views.js';
import type { LedgerView, VoucherView } from './ledger.views.js';

/** 资金: what the pool holds, every voucher of it, and where the accountant books what came in. */
@Controller('s/ledger')
export class LedgerPages {
  constructor(
    private readonly ledger: LedgerService,
    private readonly queries: LedgerQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('ledger/ledger')
  async fund(@By() actor: Actor, @Query('after') after: unknown): Promise<LedgerView> {
    const societyId = societyOf(actor);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    return ledgerView({
      fund: await this.queries.fund(societyId),
      purses: await this.queries.purses(societyId),
      held: await this.queries.heldFor(societyId),
      heldBy: await this.queries.heldBy(societyId),
      minBalanceFen: charter.minBalanceFen,
      page: await this.queries.vouchers(societyId, { after: cursorOf(after) }),
      lots: await this.queries.latestLots(societyId),
      mayBook: actor.roles.includes('accountant'),
    });
  }

  @Get('inflows/new')
  @Render('ledger/new-inflow')
  async newInflow(@By() actor: Actor): Promise<object> {
    return this.inflowPage(actor, usualInflow(dayOf(this.clock.now())), {});
  }

  @Post('inflows')
  async recordInflow(
    @From() caller: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(InflowForm, body);
    if (!form.ok) {
      const view = await this.inflowPage(caller.actor, form.typed, form.errors);
      void reply.status(422).view('ledger/new-inflow', view);
      return;
    }
    try {
      const { voucherId } = await this.ledger.receive(caller, inflowOf(form.values));
      void reply.redirect(`/s/ledger/vouchers/${voucherId}`, 303);
    } catch (error) {
      const view = await this.inflowPage(caller.actor, form.typed, errorsByField(error));
      void reply.status(422).view('ledger/new-inflow', view);
    }
  }

  @Get('vouchers/:voucherId')
  @Render('ledger/voucher')
  async voucher(
    @By() actor: Actor,
    @Param('voucherId', ParseUUIDPipe) voucherId: string,
  ): Promise<VoucherView> {
    return this.voucherPage(actor, voucherId, {}, {});
  }

  @Post('vouchers/:voucherId/reversal')
  async reverseInflow(
    @From() caller: Caller,
    @Param('voucherId', ParseUUIDPipe) voucherId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReversalForm, body);
    if (!form.ok) {
      const view = await this.voucherPage(caller.actor, voucherId, form.typed, form.errors);
      void reply.status(422).view('ledger/voucher', view);
      return;
    }
    const { reason } = form.values;
    const { voucherId: mirrorId } = await this.ledger.reverseInflow(caller, { voucherId, reason });
    void reply.redirect(`/s/ledger/vouchers/${mirrorId}`, 303);
  }

  private async inflowPage(actor: Actor, typed: Typed, errors: FieldErrors): Promise<object> {
    return newInflowView(await this.queries.purses(societyOf(actor)), typed, errors);
  }

  private async voucherPage(
    actor: Actor,
    voucherId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<VoucherView> {
    const voucher = await this.queries.voucher(societyOf(actor), voucherId);
    return voucherView(voucher, actor.roles.includes('accountant'), typed, errors);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof ReceivedInFuture) return { receivedOn: error.message };
  if (error instanceof PurseNotFound) return { purseId: error.message };
  if (error instanceof AlreadyBooked) return { bankReference: error.message };
  throw error;
}
