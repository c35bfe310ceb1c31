import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { CaseReading } from './case-reading.js';
import { DisposeMatchForm } from './matches.forms.js';
import { MatchesQueries } from './matches.queries.js';
import { MatchesService } from './matches.service.js';
import { caseMatchesView, matchesView, matchView } from './matches.views.js';

/** 可能重复: the society explains what it was told without a name; the federation compares both sides. */
@Controller('s')
export class MatchesPages {
  constructor(
    private readonly matches: MatchesService,
    private readonly queries: MatchesQueries,
    private readonly reading: CaseReading,
  ) {}

  @Get('cases/:number/matches')
  @Render('cases/case-matches')
  async ofCase(
    @By() actor: Actor,
    @Param('number') number: string,
    @Query('open') open: unknown,
  ): Promise<object> {
    return this.casePage(actor, number, typeof open === 'string' ? open : null, {});
  }

  @Post('cases/:number/matches/:matchId')
  async explain(
    @From() caller: Caller,
    @Param('number') number: string,
    @Param('matchId', ParseUUIDPipe) matchId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DisposeMatchForm, body);
    if (!form.ok) {
      const view = await this.casePage(caller.actor, number, matchId, form.errors);
      void reply.status(422).view('cases/case-matches', view);
      return;
    }
    await this.matches.dispose(caller, { matchId, reason: form.values.reason });
    void reply.redirect(`/s/cases/${number}/matches`, 303);
  }

  @Get('matches')
  @Render('cases/matches')
  async list(@By() actor: Actor): Promise<object> {
    return matchesView(await this.queries.of(societyOf(actor)));
  }

  @Get('matches/:matchId')
  @Render('cases/match')
  async one(@By() actor: Actor, @Param('matchId', ParseUUIDPipe) matchId: string): Promise<object> {
    return matchView(await this.queries.pair(societyOf(actor), matchId), {});
  }

  @Post('matches/:matchId')
  async dispose(
    @From() caller: Caller,
    @Param('matchId', ParseUUIDPipe) matchId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DisposeMatchForm, body);
    if (!form.ok) {
      const pair = await this.queries.pair(societyOf(caller.actor), matchId);
      void reply.status(422).view('cases/match', matchView(pair, form.errors));
      return;
    }
    await this.matches.dispose(caller, { matchId, reason: form.values.reason });
    void reply.redirect('/s/matches', 303);
  }

  private async casePage(
    actor: Actor,
    number: string,
    open: string | null,
    errors: FieldErrors,
  ): Promise<object> {
    const { row } = await this.reading.caseAndApplicant(actor, number);
    return caseMatchesView(row.text, await this.queries.ofCase(row.id), open, errors);
  }
}
