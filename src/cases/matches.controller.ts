import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { CasesQueries } from './cases.queries.js';
import type { Disposition } from './domain/match.js';
import { DisposeMatchForm } from './matches.forms.js';
import { MatchesQueries } from './matches.queries.js';
import type { MatchFact, MatchPair } from './matches.queries.js';
import { MatchesService } from './matches.service.js';

@ApiTags('matches')
@ApiBearerAuth()
@Controller('api/v1')
export class MatchesController {
  constructor(
    private readonly matches: MatchesService,
    private readonly queries: MatchesQueries,
    private readonly cases: CasesQueries,
  ) {}

  /** Cases of other societies that may be about the same household: when, how much and why, and nothing that names anybody. */
  @Get('cases/:caseId/matches')
  @ApiOperation({ operationId: 'listCaseMatches' })
  async ofCase(
    @By() actor: Actor,
    @Param('caseId', ParseUUIDPipe) caseId: string,
  ): Promise<{ items: MatchFact[] }> {
    const { id } = await this.cases.case(societyOf(actor), caseId);
    return { items: await this.queries.ofCase(id) };
  }

  /** Of the federation that one acts in: both sides, with names and societies. Empty for everybody else. */
  @Get('matches')
  @ApiOperation({ operationId: 'listMatches' })
  async list(@By() actor: Actor): Promise<{ items: MatchPair[] }> {
    return { items: await this.queries.of(societyOf(actor)) };
  }

  @Post('matches/:matchId/disposition')
  @HttpCode(201)
  @ApiBody({ type: DisposeMatchForm })
  @ApiOperation({ operationId: 'disposeMatch' })
  async dispose(
    @From() caller: Caller,
    @Param('matchId', ParseUUIDPipe) matchId: string,
    @Body() body: unknown,
  ): Promise<{ disposition: Disposition }> {
    const { reason } = await parseJson(DisposeMatchForm, body);
    return this.matches.dispose(caller, { matchId, reason });
  }
}
