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
import { lookedView, lookFieldIn, LookForm, lookView } from '../people/index.js';
import type { LookPlace, LookView } from '../people/index.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import { ReliefLooks } from './relief-looks.js';

/** 查看完整: why first, then the value, once, on a page that no cache keeps. */
@Controller('s/relief/:reliefId/look')
export class ReliefLooksPages {
  constructor(private readonly looks: ReliefLooks) {}

  @Get()
  @Render('people/look')
  async ask(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Query('field') field: unknown,
  ): Promise<LookView> {
    const asking = await this.looks.asked(actor, reliefId, lookFieldIn(field));
    return lookView(placeOf(reliefId), asking, {}, {});
  }

  @Post()
  @HttpCode(200)
  async look(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(LookForm, body);
    if (!form.ok) {
      const field = lookFieldIn(textIn(form.typed, 'field'));
      const asking = await this.looks.asked(caller.actor, reliefId, field);
      const view = lookView(placeOf(reliefId), asking, form.typed, form.errors);
      void reply.status(422).view('people/look', view);
      return;
    }
    const { field, reason, note = null } = form.values;
    const looked = await this.looks.look(caller, reliefId, { field, reason, note });
    void reply.header('cache-control', 'no-store').view('people/look', lookedView(placeOf(reliefId), looked));
  }
}

const placeOf = (reliefId: string): LookPlace => ({
  back: `/s/relief/${reliefId}`,
  action: `/s/relief/${reliefId}/look`,
});
