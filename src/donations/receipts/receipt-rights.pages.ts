import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import {
  FederationNeedsRight,
  FederationOfItself,
  RightBeforeLast,
  TicketCodeInvalid,
} from '../domain/receipt.errors.js';
import { ReceiptRightsReading } from './receipt-rights.reading.js';
import { ReceiptRightsService } from './receipt-rights.service.js';
import { ReceiptRightForm, rightIn } from './receipts.forms.js';
import { mayGiveRights } from './receipts.permissions.js';
import { rightsView, rightView } from './receipt-rights.views.js';
import type { RightsView, RightView } from './receipt-rights.views.js';
import { RIGHTS } from './receipts.views.js';

/** 谁能开什么票据: written down by the federation, for itself and those below it. */
@Controller('s/donations/receipt-rights')
export class ReceiptRightsPages {
  constructor(
    private readonly rights: ReceiptRightsService,
    private readonly reading: ReceiptRightsReading,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @By() actor: Actor,
    @Query('q') q: unknown,
    @Query('after') after: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const societyId = societyOf(actor);
    const { kind } = await this.societies.society(societyId);
    if (kind !== 'FEDERATION') {
      void reply.view('donations/receipt-right', await this.view(actor, societyId));
      return;
    }
    const text = typeof q === 'string' ? q.trim() : '';
    const place = { text, after: typeof after === 'string' ? after : '' };
    const page = await this.reading.page(societyId, dayOf(this.clock.now()), place);
    void reply.view('donations/receipt-rights', rightsView(page, text) satisfies RightsView);
  }

  @Get(':organisationId')
  @Render('donations/receipt-right')
  async read(
    @By() actor: Actor,
    @Param('organisationId', ParseUUIDPipe) organisationId: string,
  ): Promise<RightView> {
    return this.view(actor, organisationId);
  }

  @Post(':organisationId')
  async give(
    @From() caller: Caller,
    @Param('organisationId', ParseUUIDPipe) organisationId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReceiptRightForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view(
          'donations/receipt-right',
          await this.view(caller.actor, organisationId, { typed: form.typed, errors }),
        );
    if (!form.ok) return again(form.errors);
    try {
      await this.rights.giveRight(caller, rightIn(organisationId, form.values));
      reply.redirect(`${RIGHTS}/${organisationId}`, 303);
    } catch (error) {
      await again(rightFaults(error));
    }
  }

  private async view(
    actor: Actor,
    organisationId: string,
    again: { typed?: Typed; errors?: FieldErrors } = {},
  ): Promise<RightView> {
    const today = dayOf(this.clock.now());
    const { one, issuing, versions, isFederation } = await this.reading.one(
      societyOf(actor),
      organisationId,
      today,
    );
    const mayGive = isFederation && mayGiveRights(actor);
    return rightView({ one, issuing, versions, isFederation, mayGive, today, ...again });
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function rightFaults(error: unknown): FieldErrors {
  if (error instanceof TicketCodeInvalid) return { ticketCode: `${error.message}${error.advice}` };
  if (error instanceof RightBeforeLast) return { validFrom: `${error.message}${error.advice}` };
  if (error instanceof FederationNeedsRight || error instanceof FederationOfItself)
    return { mode: `${error.message}${error.advice}` };
  throw error;
}
