import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { OpenRoundForm } from './cases.forms.js';
import { CasesQueries } from './cases.queries.js';
import { SEATS } from './domain/fast-path.js';
import type { Answer, FastPathState, Risk, Seat } from './domain/fast-path.js';
import { FastPathNotFound } from './domain/fast-path.errors.js';
import { OpenFastPathForm, SignFastPathForm } from './fast-path.forms.js';
import { FastPathQueries } from './fast-path.queries.js';
import { FastPathService } from './fast-path.service.js';
import type { FastPathOpened, FastPathSigned, RatificationAsked } from './fast-path.service.js';

type SignatureJson = {
  readonly seat: Seat;
  readonly personId: string;
  readonly answer: Answer | null;
  readonly at: Date | null;
};
type FastPathJson = {
  readonly id: string;
  readonly caseId: string;
  readonly sequence: number;
  readonly risk: Risk;
  readonly state: FastPathState;
  readonly signatures: readonly SignatureJson[];
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly endedAt: Date | null;
  readonly ratificationRoundId: string | null;
  readonly ratifiedAt: Date | null;
  readonly reviewWantedAt: Date | null;
};

@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1')
export class FastPathController {
  constructor(
    private readonly fastPaths: FastPathService,
    private readonly queries: FastPathQueries,
    private readonly cases: CasesQueries,
  ) {}

  @Post('cases/:caseId/fast-path')
  @HttpCode(201)
  @ApiBody({ type: OpenFastPathForm })
  @ApiOperation({
    operationId: 'openFastPath',
    summary: '发起紧急快办：留出钱，请理事长和监事来签；秘书长发起就是同意',
  })
  async openFastPath(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<FastPathOpened> {
    const { risk } = await parseJson(OpenFastPathForm, body);
    return this.fastPaths.open(caller, { caseId, risk });
  }

  @Get('cases/:caseId/fast-path')
  @ApiOperation({ operationId: 'getFastPath', summary: '这个案件最近一次紧急快办' })
  async getFastPath(
    @By() actor: Actor,
    @Param('caseId', ParseUUIDPipe) caseId: string,
  ): Promise<FastPathJson> {
    const { id } = await this.cases.case(societyOf(actor), caseId);
    const path = await this.queries.latest(id);
    if (!path) throw new FastPathNotFound();
    return {
      id: path.id,
      caseId,
      sequence: path.sequence,
      risk: path.risk,
      state: path.state,
      signatures: SEATS.map((seat) => ({
        seat,
        personId: path[`${seat}Id`],
        answer: path[`${seat}Said`],
        at: path[`${seat}At`],
      })),
      openedAt: path.openedAt,
      dueAt: path.dueAt,
      endedAt: path.endedAt,
      ratificationRoundId: path.ratificationRoundId,
      ratifiedAt: path.ratifiedAt,
      reviewWantedAt: path.reviewWantedAt,
    };
  }

  @Post('fast-paths/:fastPathId/signatures')
  @HttpCode(200)
  @ApiBody({ type: SignFastPathForm })
  @ApiOperation({
    operationId: 'signFastPath',
    summary: '签紧急快办：理事长、秘书长同意，监事会签；一人不同意就停下',
  })
  async signFastPath(
    @From() caller: Caller,
    @Param('fastPathId', ParseUUIDPipe) fastPathId: string,
    @Body() body: unknown,
  ): Promise<FastPathSigned> {
    const { answer } = await parseJson(SignFastPathForm, body);
    return this.fastPaths.sign(caller, { fastPathId, answer });
  }

  @Post('cases/:caseId/fast-path/ratification')
  @HttpCode(201)
  @ApiBody({ type: OpenRoundForm })
  @ApiOperation({ operationId: 'askRatification', summary: '请理事追认紧急快办：开一轮，不动钱' })
  async askRatification(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<RatificationAsked> {
    const { recusals } = await parseJson(OpenRoundForm, body);
    return this.fastPaths.askRatification(caller, { caseId, recusals });
  }
}
