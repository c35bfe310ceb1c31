import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { ReliefAdvanceService } from './relief-advance.service.js';
import { ReliefAfterService } from './relief-after.service.js';
import { advanceView, followUpView, refundView } from './relief-after.views.js';
import { sent } from './relief-answers.js';
import {
  AdvancePageForm,
  ReliefFollowUpForm,
  followUpIn,
  institutionTyped,
  ReliefRefundForm,
  refundIn,
  ReliefTransferForm,
} from './relief-decision.forms.js';
import { ReliefFormsReading } from './relief-forms.reading.js';
import { transferView } from './relief-home.views.js';
import { ReliefTransferService } from './relief-transfer.service.js';

/** Rare and late acts: a part before the notice has ended, a visit afterwards, money that comes back, another home. */
@Controller('s/relief/:reliefId')
export class ReliefAfterPages {
  constructor(
    private readonly advances: ReliefAdvanceService,
    private readonly after: ReliefAfterService,
    private readonly transfers: ReliefTransferService,
    private readonly reading: ReliefFormsReading,
    private readonly clock: Clock,
  ) {}

  @Get('advance')
  @Render('relief/advance')
  async advance(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return this.advancePage(actor, reliefId, {}, {});
  }

  @Post('advance')
  async askAdvance(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(AdvancePageForm, body), {
      template: 'relief/advance',
      page: (typed, errors) => this.advancePage(caller.actor, reliefId, typed, errors),
      work: async (values) => {
        const institutionId = institutionTyped(values);
        const asked = { amountFen: values.amountFen, institutionId, statement: uploads.one('statement') };
        await this.advances.askAdvance(caller, { reliefId, ...asked });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Post('advance/signature')
  async signAdvance(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.advances.signAdvance(caller, { reliefId });
    void reply.redirect(`/s/relief/${reliefId}`, 303);
  }

  @Get('follow-up')
  @Render('relief/follow-up')
  async followUp(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    const typed = { seenOn: dayOf(this.clock.now()) };
    return followUpView(await this.reading.desk(actor, reliefId, 'follow-up'), typed, {});
  }

  @Post('follow-up')
  async recordFollowUp(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefFollowUpForm, body), {
      template: 'relief/follow-up',
      page: async (typed, errors) =>
        followUpView(await this.reading.desk(caller.actor, reliefId, 'follow-up'), typed, errors),
      work: async (values) => {
        await this.after.followUp(caller, followUpIn(reliefId, values));
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('refund')
  @Render('relief/refund')
  async refund(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return refundView(await this.reading.desk(actor, reliefId, 'refund'), {}, {});
  }

  @Post('refund')
  async demandRefund(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefRefundForm, body), {
      template: 'relief/refund',
      page: async (typed, errors) =>
        refundView(await this.reading.desk(caller.actor, reliefId, 'refund'), typed, errors),
      work: async (values) => {
        await this.after.demandRefund(caller, refundIn(reliefId, values));
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('transfer')
  @Render('relief/transfer')
  async transfer(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return transferView(await this.reading.transfer(actor, reliefId), {}, {});
  }

  @Post('transfer')
  async transferHome(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefTransferForm, body), {
      template: 'relief/transfer',
      page: async (typed, errors) =>
        transferView(await this.reading.transfer(caller.actor, reliefId), typed, errors),
      work: async ({ toSocietyId }) => {
        await this.transfers.transferHome(caller, { reliefId, toSocietyId });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  private async advancePage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const facts = await this.reading.pay(actor, reliefId, 'advance');
    return advanceView({ ...facts, roles: actor.roles, personId: actor.personId }, typed, errors);
  }
}
