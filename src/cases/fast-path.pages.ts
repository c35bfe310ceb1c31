import { Body, Controller, Get, Param, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { roundFormView } from './case-forms.views.js';
import type { RoundFormView } from './case-forms.views.js';
import { CaseReading } from './case-reading.js';
import { OpenRoundForm } from './cases.forms.js';
import { OpenFastPathForm, SignOnPageForm } from './fast-path.forms.js';
import { FastPathReading } from './fast-path.reading.js';
import type { FastPathFacts } from './fast-path.reading.js';
import { FastPathService } from './fast-path.service.js';
import { fastPathView } from './fast-path.views.js';
import type { FastPathView } from './fast-path.views.js';

/** 紧急快办: one page for whoever opens, signs, or asks the board to stand by it. */
@Controller('s/cases/:number/fast-path')
export class FastPathPages {
  constructor(
    private readonly fastPaths: FastPathService,
    private readonly reading: FastPathReading,
    private readonly cases: CaseReading,
  ) {}

  @Get()
  @Render('cases/fast-path')
  async show(@By() actor: Actor, @Param('number') number: string): Promise<FastPathView> {
    return this.page(actor, number, {}, {});
  }

  @Post()
  async open(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row } = await this.cases.caseAndApplicant(caller.actor, number);
    const form = await parseForm(OpenFastPathForm, body);
    if (!form.ok) return this.again(reply, caller.actor, number, form.typed, form.errors);
    await this.fastPaths.open(caller, { caseId: row.id, risk: form.values.risk });
    this.back(reply, number);
  }

  @Post('signatures')
  async sign(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.cases.caseAndApplicant(caller.actor, number);
    const form = await parseForm(SignOnPageForm, body);
    if (!form.ok) return this.again(reply, caller.actor, number, form.typed, form.errors);
    const { fastPathId, answer } = form.values;
    await this.fastPaths.sign(caller, { fastPathId, answer });
    this.back(reply, number);
  }

  @Post('ratification')
  async askRatification(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row } = await this.cases.caseAndApplicant(caller.actor, number);
    const form = await parseForm(OpenRoundForm, body);
    if (!form.ok) return this.again(reply, caller.actor, number, form.typed, form.errors);
    const { recusals } = form.values;
    const { roundId } = await this.fastPaths.askRatification(caller, { caseId: row.id, recusals });
    void reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  private back(reply: FastifyReply, number: string): void {
    void reply.redirect(`/s/cases/${number}/fast-path`, 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    number: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    void reply.status(422).view('cases/fast-path', await this.page(actor, number, typed, errors));
  }

  private async page(actor: Actor, number: string, typed: Typed, errors: FieldErrors): Promise<FastPathView> {
    const { row, applicant } = await this.cases.caseAndApplicant(actor, number);
    const facts = await this.reading.page(actor, row, applicant);
    return fastPathView(facts, await this.roundOf(actor, number, facts, typed, errors), typed, errors);
  }

  /** Whom the board would be, for the office while nobody has asked it yet. */
  private async roundOf(
    actor: Actor,
    number: string,
    { path }: FastPathFacts,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<Pick<RoundFormView, 'bound' | 'recusals'> | null> {
    const isOffice = actor.roles.includes('secretary') || actor.roles.includes('clerk');
    if (!isOffice || path?.state !== 'APPROVED' || path.ratificationRoundId !== null) return null;
    const { bound, recusals } = roundFormView(await this.cases.roundForm(actor, number), typed, errors);
    return { bound, recusals };
  }
}
