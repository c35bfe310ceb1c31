import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { DomainError } from '../kernel/domain-error.js';
import { From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  CharterNotAcceptable,
  NobodyHoldsTheMoney,
  ParentNotAbove,
  RegionNotFound,
  SocietyAlreadyFounded,
  UsccWrong,
} from './domain/societies.errors.js';
import { FoundingForm, foundingOf } from './societies.forms.js';
import { SocietiesQueries } from './societies.queries.js';
import { SocietiesService } from './societies.service.js';
import { usualTyped } from './charter.views.js';
import { newSocietyView, societiesView, societyView } from './societies.views.js';

const ROWS = 50;

/** The system administrator's list of societies, and where a new one is founded. */
@Controller('admin/societies')
export class SocietiesPages {
  constructor(
    private readonly societies: SocietiesService,
    private readonly queries: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('societies/list')
  async list(@Query('q') q: unknown, @Query('after') after: unknown): Promise<object> {
    const text = typeof q === 'string' ? q.trim() : '';
    const page = await this.queries.page({
      text,
      after: typeof after === 'string' ? after : null,
      limit: ROWS,
    });
    return societiesView(page, text);
  }

  @Get('new')
  @Render('societies/new')
  async newSociety(): Promise<object> {
    return newSocietyView(await this.queries.above(), usualTyped(dayOf(this.clock.now())), {});
  }

  @Post()
  async found(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(FoundingForm, body);
    if (!form.ok) {
      await this.again(reply, form.typed, form.errors);
      return;
    }
    try {
      const { societyId } = await this.societies.found(caller, foundingOf(form.values));
      reply.redirect(`/admin/societies/${societyId}`, 303);
    } catch (error) {
      await this.again(reply, form.typed, errorsByField(error));
    }
  }

  @Get(':societyId')
  @Render('societies/one')
  async one(@Param('societyId', ParseUUIDPipe) societyId: string): Promise<object> {
    const society = await this.queries.society(societyId);
    const { regionId, parentId } = society;
    return societyView({
      society,
      parent: parentId === null ? null : await this.queries.society(parentId),
      place: await this.queries.place(regionId, dayOf(this.clock.now())),
      codes: await this.queries.codesOf(regionId),
      charters: await this.queries.charters(societyId),
    });
  }

  private async again(reply: FastifyReply, typed: Typed, errors: FieldErrors): Promise<void> {
    void reply.status(422);
    void reply.view('societies/new', newSocietyView(await this.queries.above(), typed, errors));
  }
}

/** A refusal about one field stands beside it, so that the long form need not be typed again; others go on. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof CharterNotAcceptable)
    return Object.fromEntries(error.faults.map(({ term, words }) => [term, words]));
  if (!(error instanceof DomainError)) throw error;
  if (error instanceof RegionNotFound) return { regionCode: error.message };
  if (error instanceof UsccWrong) return { uscc: error.message };
  if (error instanceof NobodyHoldsTheMoney) return { custody: `${error.message}${error.advice}` };
  if (error instanceof ParentNotAbove) return { parentId: error.message };
  if (error instanceof SocietyAlreadyFounded) return { name: error.message };
  throw error;
}
