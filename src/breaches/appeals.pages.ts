import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import { AppealsReading } from './appeals.reading.js';
import { AppealsService } from './appeals.service.js';
import { appealsView, appealView } from './appeals.views.js';
import type { AppealsView, AppealView } from './appeals.views.js';
import { AnswerAppealForm } from './breaches.forms.js';

/** For whoever answers appeals that lie with their own society. */
@Controller('s/breaches/appeals')
export class AppealsPages {
  constructor(
    private readonly appeals: AppealsService,
    private readonly reading: AppealsReading,
  ) {}

  @Get()
  @Render('breaches/appeals')
  async waiting(@By() actor: Actor): Promise<AppealsView> {
    return appealsView(await this.reading.waiting(actor));
  }

  @Get(':appealId')
  @Render('breaches/appeal')
  async one(@By() actor: Actor, @Param('appealId', ParseUUIDPipe) appealId: string): Promise<AppealView> {
    return appealView(await this.reading.one(actor, appealId), {}, {});
  }

  @Post(':appealId/answer')
  async answer(
    @From() caller: Caller,
    @Param('appealId', ParseUUIDPipe) appealId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(AnswerAppealForm, body);
    if (!form.ok) {
      const reading = await this.reading.one(caller.actor, appealId);
      void reply.status(422).view('breaches/appeal', appealView(reading, form.typed, form.errors));
      return;
    }
    const { outcome, words } = form.values;
    await this.appeals.answer(caller, { appealId, outcome, words });
    void reply.redirect(`/s/breaches/appeals/${appealId}`, 303);
  }
}
