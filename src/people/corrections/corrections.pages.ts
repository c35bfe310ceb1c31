import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { mayHandle } from '../people.permissions.js';
import { PeopleQueries } from '../people.queries.js';
import { CorrectionDeclinedForm } from './corrections.forms.js';
import { CorrectionsQueries } from './corrections.queries.js';
import { CorrectionsService } from './corrections.service.js';
import { correctionsView, correctionView } from './corrections.views.js';
import type { CorrectionsView, CorrectionView } from './corrections.views.js';

/** What of the register is to be put right, for the second person who looks at it. */
@Controller('s/people/corrections')
export class PersonCorrectionsPages {
  constructor(
    private readonly corrections: CorrectionsService,
    private readonly queries: CorrectionsQueries,
    private readonly people: PeopleQueries,
  ) {}

  @Get()
  @Render('people/corrections')
  async waiting(@By() actor: Actor): Promise<CorrectionsView> {
    return correctionsView(await this.queries.waiting(societyOf(actor)), mayHandle(actor));
  }

  @Get(':correctionId')
  @Render('people/correction')
  async one(
    @By() actor: Actor,
    @Param('correctionId', ParseUUIDPipe) correctionId: string,
  ): Promise<CorrectionView> {
    return this.page(actor, correctionId, {}, {});
  }

  @Post(':correctionId/confirmation')
  async confirm(
    @From() caller: Caller,
    @Param('correctionId', ParseUUIDPipe) correctionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.corrections.confirm(caller, { correctionId });
    void reply.redirect(`/s/people/corrections/${correctionId}`, 303);
  }

  @Post(':correctionId/refusal')
  async decline(
    @From() caller: Caller,
    @Param('correctionId', ParseUUIDPipe) correctionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(CorrectionDeclinedForm, body);
    if (!form.ok) {
      const view = await this.page(caller.actor, correctionId, form.typed, form.errors);
      void reply.status(422).view('people/correction', view);
      return;
    }
    await this.corrections.decline(caller, { correctionId, words: form.values.words });
    void reply.redirect(`/s/people/corrections/${correctionId}`, 303);
  }

  private async page(
    actor: Actor,
    correctionId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<CorrectionView> {
    const societyId = societyOf(actor);
    const correction = await this.queries.correction(societyId, correctionId);
    const person = await this.people.person(societyId, correction.personId);
    return correctionView({ correction, person, actor, mayHandle: mayHandle(actor) }, typed, errors);
  }
}
