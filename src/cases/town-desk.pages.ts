import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { besideField } from './handovers.pages.js';
import { AnswerForm, answerIn, StoryForm, TakingForm, takingIn } from './handovers.forms.js';
import { HandoversService } from './handovers.service.js';
import { handoverView } from './handovers.views.js';
import { TownDesk } from './town-desk.reading.js';
import { deskView } from './town-desk.views.js';
import type { DeskView } from './town-desk.views.js';

/** The desk of a town union: what the villages handed up, and how they stand. */
@Controller('s/town')
export class TownDeskPages {
  constructor(
    private readonly desk: TownDesk,
    private readonly handovers: HandoversService,
  ) {}

  @Get()
  @Render('cases/town-desk')
  async show(@By() actor: Actor): Promise<DeskView> {
    return deskView(await this.desk.desk(actor));
  }

  @Get('handovers/:handoverId')
  async handover(
    @By() actor: Actor,
    @Param('handoverId', ParseUUIDPipe) handoverId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, 200, actor, handoverId);
  }

  /** The applicant's own words, shown once to whoever says why; the trail keeps the reason. */
  @Post('handovers/:handoverId/story')
  async readStory(
    @From() caller: Caller,
    @Param('handoverId', ParseUUIDPipe) handoverId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(StoryForm, body);
    if (!form.ok) return this.page(reply, 422, caller.actor, handoverId, form.typed, form.errors);
    const words = await this.handovers.readStory(caller.actor, handoverId, form.values.reason);
    return this.page(reply, 200, caller.actor, handoverId, {}, {}, { words: words ?? '没有写经过。' });
  }

  @Post('handovers/:handoverId/case')
  async takeOn(
    @From() caller: Caller,
    @Param('handoverId', ParseUUIDPipe) handoverId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(TakingForm, body);
    if (!form.ok) return this.page(reply, 422, caller.actor, handoverId, form.typed, form.errors);
    const { number } = await this.handovers.takeOn(caller, takingIn(handoverId, form.values));
    void reply.redirect(`/s/cases/${number}`, 303);
  }

  @Post('handovers/:handoverId/answer')
  async answer(
    @From() caller: Caller,
    @Param('handoverId', ParseUUIDPipe) handoverId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(AnswerForm, body);
    if (!form.ok) return this.page(reply, 422, caller.actor, handoverId, form.typed, form.errors);
    try {
      await this.handovers.answer(caller, answerIn(handoverId, form.values));
    } catch (error) {
      return this.page(reply, 422, caller.actor, handoverId, form.typed, besideField(error));
    }
    void reply.redirect('/s/town', 303);
  }

  private async page(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    handoverId: string,
    typed: Typed = {},
    errors: FieldErrors = {},
    story: { readonly words: string } | null = null,
  ): Promise<void> {
    const facts = await this.desk.handover(actor, handoverId);
    await reply.status(status).view('cases/handover', handoverView({ ...facts, story }, typed, errors));
  }
}
