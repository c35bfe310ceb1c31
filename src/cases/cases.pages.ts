import { Body, Controller, Get, Param, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { casesListView, papersView, roundFormView, visitView } from './case-forms.views.js';
import type { CasesListView, PapersView, RoundFormView, VisitView } from './case-forms.views.js';
import { CaseReading } from './case-reading.js';
import { caseView } from './case.views.js';
import type { CasePageView } from './case.views.js';
import {
  OpenRoundForm,
  paperIn,
  PapersForm,
  photosIn,
  VisitForm,
  visitIn,
  waiversIn,
} from './cases.forms.js';
import { CasesQueries } from './cases.queries.js';
import { CasesService } from './cases.service.js';
import { readCaseNumber } from './domain/case-number.js';
import { CASE_STATES } from './domain/emergency-procedure.js';
import { fieldFaults } from './intake.faults.js';
import { visitorsIn } from './named-people.js';

/** One case: its page, and the acts of the office on it. */
@Controller('s/cases')
export class CasesPages {
  constructor(
    private readonly cases: CasesService,
    private readonly queries: CasesQueries,
    private readonly reading: CaseReading,
    private readonly people: PeopleQueries,
    private readonly offices: OfficesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('cases/list')
  async list(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<CasesListView> {
    const state = CASE_STATES.find((each) => each === query['state']) ?? null;
    const before = typeof query['before'] === 'string' ? readCaseNumber(query['before']) : null;
    const page = await this.queries.page(societyOf(actor), { state, before, limit: 50 });
    return casesListView(await this.reading.named(page.cases), state, page.next);
  }

  @Get(':number')
  @Render('cases/case')
  async case(@By() actor: Actor, @Param('number') number: string): Promise<CasePageView> {
    return caseView(await this.reading.page(actor, number));
  }

  @Get(':number/visits')
  @Render('cases/visit')
  async visits(@By() actor: Actor, @Param('number') number: string): Promise<VisitView> {
    return this.visitPage(actor, number, { visitedOn: dayOf(this.clock.now()) }, {});
  }

  @Post(':number/visits')
  async verifyCase(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    const { row } = await this.reading.caseAndApplicant(actor, number);
    const form = await parseForm(VisitForm, body);
    const again = async (errors: FieldErrors) => {
      void reply.status(422).view('cases/visit', await this.visitPage(actor, number, form.typed, errors));
    };
    if (!form.ok) return again(form.errors);
    try {
      const { visitors: ticked, otherVisitor = '' } = form.values;
      const visitors = await visitorsIn(this.people, row.societyId, ticked, otherVisitor);
      await this.cases.verifyCase(caller, visitIn(row.id, form.values, visitors));
    } catch (error) {
      return again(fieldFaults(error));
    }
    void reply.redirect(`/s/cases/${number}/rounds/new`, 303);
  }

  @Get(':number/rounds/new')
  @Render('cases/round')
  async newRound(@By() actor: Actor, @Param('number') number: string): Promise<RoundFormView> {
    return roundFormView(await this.reading.roundForm(actor, number), {}, {});
  }

  @Post(':number/rounds')
  async openRound(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row } = await this.reading.caseAndApplicant(caller.actor, number);
    const form = await parseForm(OpenRoundForm, body);
    if (!form.ok) {
      const facts = await this.reading.roundForm(caller.actor, number);
      void reply.status(422).view('cases/round', roundFormView(facts, form.typed, form.errors));
      return;
    }
    const { recusals } = form.values;
    const { roundId } = await this.cases.openRound(caller, { caseId: row.id, recusals });
    void reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  @Get(':number/papers')
  @Render('cases/papers')
  async papers(@By() actor: Actor, @Param('number') number: string): Promise<PapersView> {
    return this.papersPage(actor, number, {}, {});
  }

  @Post(':number/papers')
  async completePapers(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    const { row } = await this.reading.caseAndApplicant(actor, number);
    const form = await parseForm(PapersForm, body);
    const again = async (errors: FieldErrors) => {
      void reply.status(422).view('cases/papers', await this.papersPage(actor, number, form.typed, errors));
    };
    if (!form.ok) return again(form.errors);
    const [photos, waivers] = [photosIn(uploads), waiversIn(form.values)];
    try {
      await this.cases.completePapers(caller, { caseId: row.id, photos, waivers });
    } catch (error) {
      return again(fieldFaults(error));
    }
    void reply.redirect(`/s/cases/${number}`, 303);
  }

  @Post(':number/papers/:kind/confirmation')
  async confirmWaiver(
    @From() caller: Caller,
    @Param('number') number: string,
    @Param('kind') kind: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row } = await this.reading.caseAndApplicant(caller.actor, number);
    await this.cases.confirmWaiver(caller, { caseId: row.id, kind: paperIn(kind) });
    void reply.redirect(`/s/cases/${number}`, 303);
  }

  private async visitPage(
    actor: Actor,
    number: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<VisitView> {
    const facts = await this.reading.caseAndApplicant(actor, number);
    const holders = await this.offices.holdersOn(facts.row.societyId, dayOf(this.clock.now()));
    return visitView({ ...facts, holders }, typed, errors);
  }

  private async papersPage(
    actor: Actor,
    number: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<PapersView> {
    const facts = await this.reading.caseAndApplicant(actor, number);
    const papers = await this.queries.papers(facts.row.id);
    return papersView({ ...facts, papers, roles: actor.roles }, typed, errors);
  }
}
