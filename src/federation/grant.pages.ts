import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MatchesService } from '../cases/index.js';
import { MATCH_REASON_KEYS } from '../cases/domain/match.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { InvalidInput, parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { checkView } from './decision.views.js';
import { FindingForm, findingIn } from './desk.forms.js';
import { BadDueDay, ReasonOfAnother } from './domain/desk.errors.js';
import { cameFrom, cameFromText } from './domain/desk-filter.js';
import type { CameFrom } from './domain/desk-filter.js';
import { FindingsService } from './findings.service.js';
import { GrantReading } from './grant.reading.js';
import { grantView } from './grant.views.js';
import { MatchIds } from './match-ids.js';

/** One grant at the desk: its facts in the order they are judged, and beside them what is found of it. */
@Controller('s/desk/cases/:caseId')
export class GrantPages {
  constructor(
    private readonly reading: GrantReading,
    private readonly findings: FindingsService,
    private readonly matches: MatchesService,
    private readonly matchIds: MatchIds,
  ) {}

  @Get()
  async show(
    @By() actor: Actor,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, 200, actor, caseId, cameFrom(query), {}, {}, query['done'] === '1');
  }

  /** 核对一下: nothing is done yet. */
  @Post('check')
  async check(
    @From() { actor }: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(FindingForm, body);
    const from = fromIn(body);
    if (!form.ok) return this.page(reply, 422, actor, caseId, from, form.typed, form.errors);
    const finding = findingIn(caseId, form.values);
    try {
      const grant = await this.findings.check(actor, finding);
      await reply.status(200).view('federation/check', checkView(grant, finding, form.typed, from.query));
    } catch (error) {
      return this.page(reply, 422, actor, caseId, from, form.typed, besideField(error));
    }
  }

  @Post('findings')
  async record(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    const form = await parseForm(FindingForm, body);
    const from = fromIn(body);
    if (!form.ok) return this.page(reply, 422, actor, caseId, from, form.typed, form.errors);
    if (valueIn(body, 'change') !== '') return this.page(reply, 200, actor, caseId, from, form.typed, {});
    try {
      await this.findings.record(caller, findingIn(caseId, form.values));
    } catch (error) {
      return this.page(reply, 422, actor, caseId, from, form.typed, besideField(error));
    }
    void reply.redirect(`/s/desk/cases/${caseId}?${from.query}&done=1`, 303);
  }

  @Post('matches/:matchId')
  async dispose(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Param('matchId', ParseUUIDPipe) matchId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.matchIds.refuseOther(caller.actor, caseId, matchId);
    const reason = MATCH_REASON_KEYS.find((each) => each === valueIn(body, 'reason'));
    if (!reason) throw new InvalidInput({ reason: '请选一条说明' });
    await this.matches.dispose(caller, { matchId, reason });
    void reply.redirect(`/s/desk/cases/${caseId}?${fromIn(body).query}`, 303);
  }

  private async page(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    caseId: string,
    { filter, query, at }: CameFrom,
    typed: Typed = {},
    errors: FieldErrors = {},
    isDone = false,
  ): Promise<void> {
    const facts = await this.reading.grant(actor, caseId, filter, at);
    const looked = { facts, filter, query, roles: actor.roles, isDone };
    await reply.status(status).view('federation/grant', grantView(looked, typed, errors));
  }
}

const fromIn = (body: unknown): CameFrom => cameFromText(valueIn(body, 'query'));

function valueIn(body: unknown, name: string): string {
  const value = (body as Record<string, unknown> | null)?.[name];
  return typeof value === 'string' ? value : '';
}

/** Beside the field that it is about; whatever is about no field is a page of its own. */
function besideField(error: unknown): FieldErrors {
  if (error instanceof BadDueDay) return { dueOn: `${error.message}${error.advice}` };
  if (error instanceof ReasonOfAnother) return { reason: `${error.message}${error.advice}` };
  throw error;
}
