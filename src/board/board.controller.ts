import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { InvalidInput, parseJson } from '../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../platform/web/uploads.js';
import { RecusalForm, ShowOfHandsForm } from './board.forms.js';
import { BoardQueries } from './board.queries.js';
import type { RoundView } from './board.queries.js';
import { mayClose } from './domain/closing.js';
import { resultWords, sumWords } from './domain/vote-words.js';
import { RoundsService } from './rounds.service.js';
import type { RoundAnswer } from './rounds.service.js';

/** The round with the sum in words, as the page shows it. */
type RoundJson = RoundView & { readonly sum: string; readonly mayClose: boolean };

@ApiTags('rounds')
@ApiBearerAuth()
@Controller('api/v1/rounds/:roundId')
export class BoardController {
  constructor(
    private readonly rounds: RoundsService,
    private readonly queries: BoardQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getRound', summary: '一轮表决：谁能投、谁投了什么、现在的结果' })
  async getRound(@By() actor: Actor, @Param('roundId', ParseUUIDPipe) roundId: string): Promise<RoundJson> {
    return jsonOf(await this.queries.round(societyOf(actor), roundId));
  }

  @Post('show-of-hands')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['presiderId', 'hands', 'sheet'],
      properties: {
        presiderId: { type: 'string', format: 'uuid' },
        hands: { type: 'string', description: 'JSON: [{"directorId","choice":"yes|no|abstain"}]' },
        place: { type: 'string', maxLength: 80 },
        sheet: { type: 'string', format: 'binary' },
      },
    },
  })
  @ApiOperation({ operationId: 'recordShowOfHands', summary: '记举手表决，附主持人签字的签到表照片' })
  async recordShowOfHands(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<RoundAnswer> {
    const { presiderId, hands, place = null } = await parseJson(ShowOfHandsForm, body);
    const sheet = uploads.one('sheet');
    if (!sheet) throw new InvalidInput({ sheet: '请附上签到表的照片' });
    return this.rounds.recordShowOfHands(caller, { roundId, presiderId, hands, place, sheet });
  }

  @Post('recusals')
  @HttpCode(200)
  @ApiBody({ type: RecusalForm })
  @ApiOperation({ operationId: 'declareRecusal', summary: '一位理事回避，人数和票数重新算' })
  async declareRecusal(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
  ): Promise<RoundAnswer> {
    const { directorId, reason } = await parseJson(RecusalForm, body);
    return this.rounds.recuse(caller, { roundId, directorId, reason });
  }

  @Post('closing')
  @HttpCode(200)
  @ApiOperation({ operationId: 'closeRound', summary: '结束表决：没投的票不能再改变结果，或已到截止时间' })
  async closeRound(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
  ): Promise<RoundAnswer> {
    return this.rounds.close(caller, { roundId });
  }
}

function jsonOf(round: RoundView): RoundJson {
  const { rule, recused, counts, electors } = round;
  const sum = { rule, directors: round.directors.length, recused, counts };
  const open = round.state === 'OPEN';
  return {
    ...round,
    sum: open ? sumWords(sum) : resultWords(sum),
    mayClose: open && mayClose(rule, electors, counts),
  };
}
