import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ClassConstructor } from 'class-transformer';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { AppealsService } from './appeals.service.js';
import {
  AppealBreachForm,
  EndBreachForm,
  HearBreachForm,
  heardOf,
  ProposeBreachForm,
} from './breaches.forms.js';
import { BreachesReading } from './breaches.reading.js';
import { BreachesService } from './breaches.service.js';
import { breachesView, breachView, newBreachView } from './breaches.views.js';
import type { BreachesView, NewBreachView } from './breaches.views.js';
import {
  AppealDayUnfit,
  HearingTimeRuns,
  SilenceBeforeTold,
  SilenceByProposer,
} from './domain/breach.errors.js';

/** 失信标记: the list, one that is proposed, and one from its hearing to its end. */
@Controller('s/breaches')
export class BreachesPages {
  constructor(
    private readonly breaches: BreachesService,
    private readonly appeals: AppealsService,
    private readonly reading: BreachesReading,
  ) {}

  @Get()
  @Render('breaches/list')
  async list(@By() actor: Actor): Promise<BreachesView> {
    return breachesView(await this.reading.open(actor), this.reading.today(), actor);
  }

  @Get('new')
  @Render('breaches/new')
  async newBreach(@By() actor: Actor): Promise<NewBreachView> {
    return newBreachView(await this.reading.groundsFor(actor), {}, {});
  }

  @Post()
  async propose(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(ProposeBreachForm, body);
    if (!form.ok) {
      const grounds = await this.reading.groundsFor(caller.actor);
      void reply.status(422).view('breaches/new', newBreachView(grounds, form.typed, form.errors));
      return;
    }
    const { groundId, reason, months } = form.values;
    const { breachId } = await this.breaches.propose(caller, { groundId, reason, months });
    void reply.redirect(`/s/breaches/${breachId}`, 303);
  }

  @Get(':breachId')
  async one(
    @By() actor: Actor,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, 200, actor, breachId, {}, {});
  }

  @Post(':breachId/hearing')
  async hear(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take(HearBreachForm, body, { reply, caller, breachId }, (form) =>
      this.breaches.hear(caller, heardOf(breachId, form)),
    );
  }

  @Post(':breachId/confirmation')
  async confirm(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.breaches.confirm(caller, { breachId });
    void reply.redirect(`/s/breaches/${breachId}`, 303);
  }

  @Post(':breachId/refusal')
  async drop(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take(EndBreachForm, body, { reply, caller, breachId }, ({ words }) =>
      this.breaches.drop(caller, { breachId, words }),
    );
  }

  @Post(':breachId/lifting')
  async lift(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take(EndBreachForm, body, { reply, caller, breachId }, ({ words }) =>
      this.breaches.lift(caller, { breachId, words }),
    );
  }

  @Post(':breachId/appeals')
  async appeal(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take(AppealBreachForm, body, { reply, caller, breachId }, ({ how, madeOn, said }) =>
      this.appeals.appeal(caller, { breachId, how, madeOn, words: said }),
    );
  }

  /** What was typed is done, and the page shown anew; or shown again with what is wrong beside its field. */
  private async take<Form extends object>(
    of: ClassConstructor<Form>,
    body: unknown,
    { reply, caller, breachId }: { reply: FastifyReply; caller: Caller; breachId: string },
    act: (values: Form) => Promise<unknown>,
  ): Promise<void> {
    const form = await parseForm(of, body);
    const errors = form.ok ? await faultsOf(act(form.values)) : form.errors;
    if (errors !== null) return this.page(reply, 422, caller.actor, breachId, form.typed, errors);
    void reply.redirect(`/s/breaches/${breachId}`, 303);
  }

  private async page(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    breachId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const facts = await this.reading.one(actor, breachId);
    await reply.status(status).view('breaches/one', breachView(facts, typed, errors));
  }
}

/** Null where it was done. */
async function faultsOf(done: Promise<unknown>): Promise<FieldErrors | null> {
  try {
    await done;
    return null;
  } catch (error) {
    if (error instanceof HearingTimeRuns) return { how: `${error.message}${error.advice}` };
    if (error instanceof SilenceByProposer) return { how: `${error.message}${error.advice}` };
    if (error instanceof SilenceBeforeTold) return { toldHow: `${error.message}${error.advice}` };
    if (error instanceof AppealDayUnfit) return { madeOn: `${error.message}${error.advice}` };
    throw error;
  }
}
