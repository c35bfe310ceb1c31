import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Render,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { day, dayOf } from '../kernel/day.js';
import { DomainError } from '../kernel/domain-error.js';
import { PeopleQueries } from '../people/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { APPOINTERS, OVERSEERS } from './offices.permissions.js';
import { AppointmentForm, EndForm, FindPersonForm } from './offices.forms.js';
import { OfficerPledgesQueries } from './officer-pledges.queries.js';
import { OfficesQueries } from './offices.queries.js';
import { OfficesService } from './offices.service.js';
import { appointView, officesView } from './offices.views.js';
import type { Ending } from './offices.views.js';

const MOST_FOUND = 20;

/** Who holds which office. */
@Controller('s/offices')
export class OfficesPages {
  constructor(
    private readonly offices: OfficesService,
    private readonly queries: OfficesQueries,
    private readonly people: PeopleQueries,
    private readonly pledges: OfficerPledgesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('offices/list')
  async list(@By() actor: Actor, @Query('end') end: unknown): Promise<object> {
    const typed = { endedOn: dayOf(this.clock.now()) };
    return this.listing(actor, typeof end === 'string' ? { termId: end, typed, errors: {} } : null);
  }

  @Get('new')
  @Render('offices/new')
  ask(): object {
    return appointView('', [], { fromOn: dayOf(this.clock.now()) }, {});
  }

  /** Finds whom to appoint. By POST, since names must not stand in addresses. */
  @Post('new')
  @HttpCode(200)
  async find(@By() actor: Actor, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(FindPersonForm, body);
    const text = form.ok ? (form.values.q ?? '') : '';
    const found = text === '' ? [] : await this.people.search(societyOf(actor), text, MOST_FOUND);
    const only = found.length === 1 ? (found[0]?.id ?? '') : '';
    const typed = { personId: only, fromOn: dayOf(this.clock.now()) };
    void reply.status(form.ok ? 200 : 422);
    void reply.view('offices/new', appointView(text, found, typed, form.ok ? {} : form.errors));
  }

  @Post()
  async appoint(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(AppointmentForm, body);
    if (!form.ok) {
      await this.again(caller.actor, reply, form.typed, form.errors);
      return;
    }
    const { personId, office, fromOn, untilOn, pledged } = form.values;
    const societyId = societyOf(caller.actor);
    const appointment = { societyId, personId, office, fromOn: day(fromOn), untilOn: day(untilOn), pledged };
    try {
      await this.offices.appoint(caller, appointment);
      reply.redirect('/s/offices', 303);
    } catch (error) {
      await this.again(caller.actor, reply, form.typed, besideField(error));
    }
  }

  @Post(':termId/end')
  async end(
    @From() caller: Caller,
    @Param('termId', ParseUUIDPipe) termId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(EndForm, body);
    if (!form.ok) {
      const ending = { termId, typed: form.typed, errors: form.errors };
      void reply.status(422);
      void reply.view('offices/list', await this.listing(caller.actor, ending));
      return;
    }
    const endedOn = day(form.values.endedOn);
    await this.offices.endTerm(caller, { societyId: societyOf(caller.actor), termId, endedOn });
    reply.redirect('/s/offices', 303);
  }

  private async listing(actor: Actor, ending: Ending | null): Promise<object> {
    const societyId = societyOf(actor);
    const today = dayOf(this.clock.now());
    const terms = await this.queries.terms(societyId);
    const owing = (await this.pledges.owing(societyId, today)).map(({ id }) => id);
    const mayAppoint = APPOINTERS.some((role) => actor.roles.includes(role));
    const oversees = OVERSEERS.some((role) => actor.roles.includes(role));
    return officesView({ terms, owing, today, mayAppoint, oversees, ending });
  }

  /** The person chosen stays chosen: only what was wrong is asked again. */
  private async again(actor: Actor, reply: FastifyReply, typed: Typed, errors: FieldErrors): Promise<void> {
    const { personId = '' } = typed;
    const known = typeof personId === 'string' && /^[\da-f-]{36}$/i.test(personId);
    const found = known ? [await this.people.person(societyOf(actor), personId)] : [];
    void reply.status(422);
    void reply.view('offices/new', appointView(found[0]?.name ?? '', found, typed, errors));
  }
}

const FIELD_OF: Readonly<Record<string, string>> = {
  INCOMPATIBLE_OFFICES: 'office',
  OFFICE_ALREADY_HELD: 'office',
  MINOR_IN_OFFICE: 'personId',
  TERM_UPSIDE_DOWN: 'untilOn',
};

function besideField(error: unknown): FieldErrors {
  const field = error instanceof DomainError ? FIELD_OF[error.code] : undefined;
  if (!(error instanceof DomainError) || field === undefined) throw error;
  return { [field]: `${error.message}${error.advice}` };
}
