import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { AppealsReading } from './appeals.reading.js';
import { AppealsService } from './appeals.service.js';
import type { AppealMade } from './appeals.service.js';
import type { BreachGround } from './breach-grounds.js';
import {
  AnswerAppealForm,
  AppealBreachForm,
  EndBreachForm,
  HearBreachForm,
  heardOf,
  ProposeBreachForm,
} from './breaches.forms.js';
import { BreachesQueries } from './breaches.queries.js';
import type { AppealFacts, AppealLine, BreachFacts, BreachLine } from './breaches.queries.js';
import { BreachesReading } from './breaches.reading.js';
import { BreachesService } from './breaches.service.js';
import type { BreachMade } from './breaches.service.js';
import type { Named } from './breaches.views.js';

/** What whoever answers it reads: names masked, and of the flag what is disputed. */
type AppealJson = AppealFacts & {
  readonly maskedName: string;
  readonly societyName: string;
  readonly breach: Pick<BreachFacts, 'kind' | 'reason' | 'heardHow' | 'statement' | 'untilOn' | 'state'>;
};

@ApiTags('breaches')
@ApiBearerAuth()
@Controller('api/v1/breaches')
export class BreachesController {
  constructor(
    private readonly breaches: BreachesService,
    private readonly appeals: AppealsService,
    private readonly queries: BreachesQueries,
    private readonly reading: BreachesReading,
    private readonly appealsReading: AppealsReading,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listBreaches', summary: '正在办的和有效的失信标记，先提的在前' })
  async open(@By() actor: Actor): Promise<{ items: BreachLine[] }> {
    return { items: (await this.reading.open(actor)).map(unnamed) };
  }

  @Get('grounds')
  @ApiOperation({ operationId: 'listBreachGrounds', summary: '可以提出失信标记的依据' })
  async grounds(@By() actor: Actor): Promise<{ items: BreachGround[] }> {
    return { items: (await this.reading.groundsFor(actor)).map(unnamed) };
  }

  @Get('appeals')
  @ApiOperation({ operationId: 'listBreachAppeals', summary: '等本社答复的申诉，先提的在前' })
  async waiting(@By() actor: Actor): Promise<{ items: AppealLine[] }> {
    return { items: await this.queries.appealsAt(societyOf(actor)) };
  }

  @Get('appeals/:appealId')
  @ApiOperation({
    operationId: 'readBreachAppeal',
    summary: '一件申诉：社里写的情况、本人的说明、申诉的理由',
  })
  async appealed(
    @By() actor: Actor,
    @Param('appealId', ParseUUIDPipe) appealId: string,
  ): Promise<AppealJson> {
    const { appeal, flag, maskedName, societyName } = await this.appealsReading.one(actor, appealId);
    const { kind, reason, heardHow, statement, untilOn, state } = flag;
    return {
      ...appeal,
      maskedName,
      societyName,
      breach: { kind, reason, heardHow, statement, untilOn, state },
    };
  }

  @Post('appeals/:appealId/answer')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'answerBreachAppeal',
    summary: '答复申诉：经手过的人不能答复；成立的，标记撤销',
  })
  @ApiBody({ type: AnswerAppealForm })
  async answer(
    @From() caller: Caller,
    @Param('appealId', ParseUUIDPipe) appealId: string,
    @Body() body: unknown,
  ): Promise<AppealMade> {
    const { outcome, words } = await parseJson(AnswerAppealForm, body);
    return this.appeals.answer(caller, { appealId, outcome, words });
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'proposeBreach', summary: '提出失信标记；本人说明、另一人确认以后才有效' })
  @ApiBody({ type: ProposeBreachForm })
  async propose(@From() caller: Caller, @Body() body: unknown): Promise<BreachMade> {
    const { groundId, reason, months } = await parseJson(ProposeBreachForm, body);
    return this.breaches.propose(caller, { groundId, reason, months });
  }

  @Get(':breachId')
  @ApiOperation({ operationId: 'readBreach', summary: '一条失信标记：情况、本人的说明、申诉和结果' })
  async one(@By() actor: Actor, @Param('breachId', ParseUUIDPipe) breachId: string): Promise<BreachFacts> {
    return this.queries.breach(societyOf(actor), breachId);
  }

  @Post(':breachId/hearing')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'hearBreach',
    summary: '记下本人的说明；期限过了没有说明的，也记一笔；短信没有发出去的，写明怎么通知的',
  })
  @ApiBody({ type: HearBreachForm })
  async hear(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
  ): Promise<BreachMade> {
    return this.breaches.hear(caller, heardOf(breachId, await parseJson(HearBreachForm, body)));
  }

  @Post(':breachId/confirmation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'confirmBreach', summary: '确认失信标记：提出的人不能确认' })
  async confirm(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
  ): Promise<BreachMade> {
    return this.breaches.confirm(caller, { breachId });
  }

  @Post(':breachId/refusal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'dropBreach', summary: '不记失信标记，写明原因；提出的人也可以收回' })
  @ApiBody({ type: EndBreachForm })
  async drop(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
  ): Promise<BreachMade> {
    const { words } = await parseJson(EndBreachForm, body);
    return this.breaches.drop(caller, { breachId, words });
  }

  @Post(':breachId/lifting')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'liftBreach',
    summary: '提前解除失信标记，写明原因；正在申诉的，申诉一并成立',
  })
  @ApiBody({ type: EndBreachForm })
  async lift(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
  ): Promise<BreachMade> {
    const { words } = await parseJson(EndBreachForm, body);
    return this.breaches.lift(caller, { breachId, words });
  }

  @Post(':breachId/appeals')
  @HttpCode(201)
  @ApiOperation({ operationId: 'appealBreach', summary: '记下本人的申诉；答复以前标记不变，注明正在申诉' })
  @ApiBody({ type: AppealBreachForm })
  async appeal(
    @From() caller: Caller,
    @Param('breachId', ParseUUIDPipe) breachId: string,
    @Body() body: unknown,
  ): Promise<AppealMade> {
    const { how, madeOn, said } = await parseJson(AppealBreachForm, body);
    return this.appeals.appeal(caller, { breachId, how, madeOn, words: said });
  }
}

/** A program asks for a person by id where it needs more. */
function unnamed<Of extends object>(of: Named<Of>): Omit<Named<Of>, 'person'> {
  const { person, ...rest } = of;
  return { ...rest, personId: person.id };
}
