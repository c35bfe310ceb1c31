import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { RestoringForm } from './fast-path-reviews.forms.js';
import { FastPathReviewsQueries } from './fast-path-reviews.queries.js';
import { FastPathReviewsService } from './fast-path-reviews.service.js';
import { fastPathReviewView } from './fast-path-reviews.views.js';

/** The town union looks at a fast path that the board of a village did not stand by. */
@Controller('s/town/fast-paths/:fastPathId')
export class FastPathReviewsPages {
  constructor(
    private readonly reviews: FastPathReviewsService,
    private readonly queries: FastPathReviewsQueries,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('fastPathId', ParseUUIDPipe) fastPathId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, 200, actor, fastPathId, {}, {});
  }

  @Post()
  async restore(
    @From() caller: Caller,
    @Param('fastPathId', ParseUUIDPipe) fastPathId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RestoringForm, body);
    if (!form.ok) return this.page(reply, 422, caller.actor, fastPathId, form.typed, form.errors);
    const { seat, reason } = form.values;
    await this.reviews.restore(caller, { fastPathId, seat, reason });
    void reply.redirect(`/s/town/fast-paths/${fastPathId}`, 303);
  }

  private async page(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    fastPathId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const below = await this.queries.below(societyOf(actor), fastPathId);
    const mayRestore = actor.roles.includes('chair') || actor.roles.includes('secretary');
    const view = fastPathReviewView(below, mayRestore, typed, errors);
    await reply.status(status).view('cases/fast-path-review', view);
  }
}
