import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { faultsOf, sent } from './relief-answers.js';
import { ReliefMergerForm, ReliefPanelForm, partsTyped } from './relief-decision.forms.js';
import { ReliefDecisionService } from './relief-decision.service.js';
import { approvalView, mergerView, panelView, planView } from './relief-decision.views.js';
import { PlainForm } from './relief-desk.forms.js';
import { ReliefDeskService } from './relief-desk.service.js';
import { ReliefFormsReading } from './relief-forms.reading.js';
import { ReliefMergerService } from './relief-merger.service.js';
import { ReliefPanelService } from './relief-panel.service.js';
import { ReliefQueries } from './relief.queries.js';

/** From the panel to the approval. */
@Controller('s/relief/:reliefId')
export class ReliefDecisionPages {
  constructor(
    private readonly desk: ReliefDeskService,
    private readonly panels: ReliefPanelService,
    private readonly decisions: ReliefDecisionService,
    private readonly mergers: ReliefMergerService,
    private readonly reading: ReliefFormsReading,
    private readonly queries: ReliefQueries,
  ) {}

  @Get('panel')
  @Render('relief/panel')
  async panel(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return this.panelPage(actor, reliefId, {}, {});
  }

  @Post('panel')
  async openPanel(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefPanelForm, body), {
      template: 'relief/panel',
      page: (typed, errors) => this.panelPage(caller.actor, reliefId, typed, errors),
      work: async ({ recusals }) => {
        const { roundId } = await this.panels.openPanel(caller, { reliefId, recusals });
        return `/s/rounds/${roundId}`;
      },
    });
  }

  @Post('second-review')
  async askSecondReview(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.desk.askSecondReview(caller, { reliefId });
    void reply.redirect(`/s/relief/${reliefId}`, 303);
  }

  @Post('refusal')
  async refuse(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.panels.refuse(caller, { reliefId });
    void reply.redirect(`/s/relief/${reliefId}`, 303);
  }

  @Get('merger')
  @Render('relief/merger')
  async merger(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return mergerView(await this.reading.merger(actor, reliefId), {}, {});
  }

  @Post('merger')
  async lookAtMerger(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefMergerForm, body), {
      template: 'relief/merger',
      page: async (typed, errors) =>
        mergerView(await this.reading.merger(caller.actor, reliefId), typed, errors),
      work: async ({ finding }) => {
        await this.mergers.lookAtMerger(caller, { reliefId, finding });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('plan')
  @Render('relief/plan')
  async plan(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return planView(await this.reading.pay(actor, reliefId, 'plan'), null, {});
  }

  @Post('plan')
  async planPayments(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(PlainForm, body), {
      template: 'relief/plan',
      page: async (typed, errors) =>
        planView(await this.reading.pay(caller.actor, reliefId, 'plan'), typed, errors),
      check: (typed) => faultsOf(() => partsTyped(typed)),
      work: async (_values, typed) => {
        await this.decisions.planPayments(caller, { reliefId, parts: partsTyped(typed) });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('approval')
  @Render('relief/approval')
  async approval(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return approvalView(await this.reading.pay(actor, reliefId, 'approval'));
  }

  @Post('approval')
  async approve(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.decisions.approve(caller, { reliefId });
    void reply.redirect(`/s/relief/${reliefId}`, 303);
  }

  private async panelPage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const facts = await this.reading.panel(actor, reliefId);
    const invoices = await this.queries.invoices(reliefId);
    const policies = await this.queries.policies(facts.known);
    return panelView({ ...facts, invoices, policies }, typed, errors);
  }
}
