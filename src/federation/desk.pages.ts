import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { InvalidInput, parseForm } from '../platform/web/forms.js';
import { SaveViewForm, SubjectForm } from './desk.forms.js';
import { cameFromText } from './domain/desk-filter.js';
import { LeasesService } from './leases.service.js';
import type { Subject } from './leases.service.js';
import { QueueReading } from './queue.reading.js';
import { queueView } from './queue.views.js';
import type { QueueView } from './queue.views.js';
import { SavedViewsService } from './saved-views.service.js';

/** 审核台: what waits for the federation, the most urgent first. Its state is its address. */
@Controller('s/desk')
export class DeskPages {
  constructor(
    private readonly reading: QueueReading,
    private readonly leases: LeasesService,
    private readonly views: SavedViewsService,
  ) {}

  @Get()
  @Render('federation/queue')
  async queue(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<QueueView> {
    return queueView(await this.reading.queue(actor, query));
  }

  @Post('claims')
  async claim(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const subject = await subjectIn(body);
    await this.leases.claim(caller, subject);
    void reply.redirect(pageOf(subject, body), 303);
  }

  @Post('releases')
  async release(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const subject = await subjectIn(body);
    await this.leases.release(caller, subject);
    void reply.redirect(pageOf(subject, body), 303);
  }

  @Post('views')
  async saveView(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(SaveViewForm, body);
    const { filter, query } = cameFromText(form.typed['query']);
    if (!form.ok) {
      const facts = await this.reading.queue(caller.actor, { ...filter, q: filter.text });
      const view = queueView(facts, form.typed, form.errors);
      void reply.status(422).view('federation/queue', view);
      return;
    }
    await this.views.save(caller, form.values.name, filter);
    void reply.redirect(`/s/desk?${query}`, 303);
  }

  @Post('views/:viewId/removal')
  async removeView(
    @From() caller: Caller,
    @Param('viewId', ParseUUIDPipe) viewId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.views.remove(caller, viewId);
    void reply.redirect('/s/desk', 303);
  }
}

async function subjectIn(body: unknown): Promise<Subject> {
  const form = await parseForm(SubjectForm, body);
  if (!form.ok) throw new InvalidInput(form.errors);
  return form.values;
}

/** Back to the page on which the button stood. */
function pageOf({ subjectKind, subjectId }: Subject, body: unknown): string {
  const { query } = cameFromText((body as Record<string, unknown> | null)?.['query']);
  return `${subjectKind === 'grant' ? `/s/desk/cases/${subjectId}` : `/s/relief/${subjectId}/review`}?${query}`;
}
