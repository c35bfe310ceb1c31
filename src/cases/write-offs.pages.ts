import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { OfficesQueries } from '../offices/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { WriteOffForm } from './write-offs.forms.js';
import { WriteOffsQueries } from './write-offs.queries.js';
import { WriteOffsService } from './write-offs.service.js';
import { writeOffView } from './write-offs.views.js';

/** What villages have still to get back, and the question whether to give it up. */
@Controller('s/town/recoveries/:recoveryId')
export class WriteOffsPages {
  constructor(
    private readonly writeOffs: WriteOffsService,
    private readonly queries: WriteOffsQueries,
    private readonly offices: OfficesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, 200, actor, recoveryId, {}, {});
  }

  @Post()
  async ask(
    @From() caller: Caller,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(WriteOffForm, body);
    if (!form.ok) return this.page(reply, 422, caller.actor, recoveryId, form.typed, form.errors);
    const { reason, recusals } = form.values;
    const { roundId } = await this.writeOffs.ask(caller, { recoveryId, reason, recusals });
    void reply.redirect(`/s/rounds/${roundId}`, 303);
  }

  private async page(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    recoveryId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const unionId = societyOf(actor);
    const owed = await this.queries.below(unionId, recoveryId);
    const directors = await this.offices.directorsOn(unionId, dayOf(this.clock.now()));
    const mayAsk = actor.roles.includes('secretary') || actor.roles.includes('clerk');
    await reply.status(status).view('cases/write-off', writeOffView(owed, directors, mayAsk, typed, errors));
  }
}
