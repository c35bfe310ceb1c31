import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { CAUSES } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { OVERRIDE_KINDS, OverrideNotFound } from './domain/override.js';
import type { OverrideKind } from './domain/override.js';
import { OverrideReading } from './override-reading.js';
import { AskOverrideForm, decisionIn, DecideOverrideForm, overrideIn } from './overrides.forms.js';
import { OverridesService } from './overrides.service.js';
import { askOverrideHref, askOverrideView, decideOverrideView } from './overrides.views.js';

type About = { readonly kind: OverrideKind; readonly personId: string; readonly cause: Cause | null };

/** A village asks the town to let one case through; the town says yes or no. */
@Controller('s')
export class OverridesPages {
  constructor(
    private readonly overrides: OverridesService,
    private readonly reading: OverrideReading,
  ) {}

  @Get('overrides/new')
  async form(
    @By() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const about = aboutIn(query['kind'], query['person'], query['cause']);
    await this.askPage(reply, 200, actor, about, {}, {});
  }

  @Post('overrides')
  async ask(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(AskOverrideForm, body);
    if (!form.ok) {
      const typed = (name: string) => textIn(form.typed, name);
      const about = aboutIn(typed('kind'), typed('personId'), typed('cause'));
      await this.askPage(reply, 422, caller.actor, about, form.typed, form.errors);
      return;
    }
    const asked = overrideIn(form.values);
    await this.overrides.ask(caller, asked);
    void reply.redirect(askOverrideHref(asked.kind, asked.personId, asked.cause), 303);
  }

  @Get('town/overrides/:overrideId')
  async show(
    @By() actor: Actor,
    @Param('overrideId', ParseUUIDPipe) overrideId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.decisionPage(reply, 200, actor, overrideId, {}, {});
  }

  @Post('town/overrides/:overrideId/decision')
  async decide(
    @From() caller: Caller,
    @Param('overrideId', ParseUUIDPipe) overrideId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DecideOverrideForm, body);
    if (!form.ok) {
      await this.decisionPage(reply, 422, caller.actor, overrideId, form.typed, form.errors);
      return;
    }
    await this.overrides.decide(caller, decisionIn(overrideId, form.values));
    void reply.redirect(`/s/town/overrides/${overrideId}`, 303);
  }

  private async askPage(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    { kind, personId, cause }: About,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const facts = await this.reading.asking(societyOf(actor), kind, personId, cause);
    await reply.status(status).view('cases/override', askOverrideView(facts, typed, errors));
  }

  private async decisionPage(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    overrideId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const facts = await this.reading.deciding(actor, overrideId);
    await reply.status(status).view('cases/override', decideOverrideView(facts, typed, errors));
  }
}

/** The address names rule, person and cause; whoever wrote another one finds nothing. */
function aboutIn(kindText: unknown, personId: unknown, causeText: unknown): About {
  const kind = OVERRIDE_KINDS.find((each) => each === kindText);
  const cause = CAUSES.find((each) => each === causeText) ?? null;
  if (!kind || !isUUID(personId) || (kind === 'SAME_CAUSE') !== (cause !== null))
    throw new OverrideNotFound();
  return { kind, personId: String(personId), cause };
}
