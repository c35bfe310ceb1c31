import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import { BallotLinksService } from './ballot-links.service.js';
import { LinksForm } from './board.forms.js';
import { BoardQueries } from './board.queries.js';
import { RoundAlreadyClosed } from './domain/board.errors.js';
import { linksMadeView, linksView } from './links.views.js';

/** 发给理事: links to vote by, shown once, each under the director's name, ready to be copied into a message. */
@Controller('s/rounds/:roundId/links')
export class LinksPages {
  constructor(
    private readonly links: BallotLinksService,
    private readonly queries: BoardQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  async ask(
    @By() actor: Actor,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const round = await this.queries.round(societyOf(actor), roundId);
    if (round.state !== 'OPEN') throw new RoundAlreadyClosed();
    await reply.view('board/links', linksView(round, {}));
  }

  @Post()
  @HttpCode(200)
  async make(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const round = await this.queries.round(societyOf(caller.actor), roundId);
    const form = await parseForm(LinksForm, body);
    if (!form.ok || form.values.directorIds.length === 0) {
      const errors = form.ok ? { directorIds: '请选至少一位理事' } : form.errors;
      await reply.status(422).view('board/links', linksView(round, errors));
      return;
    }
    const made = await this.links.makeLinks(caller, { roundId, directorIds: form.values.directorIds });
    await reply.view('board/links-made', linksMadeView(round, made, this.clock.now()));
  }
}
