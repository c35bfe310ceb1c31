import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { InvalidInput, parseJson } from '../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../platform/web/uploads.js';
import { BallotLinksService } from './ballot-links.service.js';
import type { MadeLink } from './ballot-links.service.js';
import { BallotsService } from './ballots.service.js';
import { BallotForm, JointMeetingForm, LinksForm, RecusalForm, ShowOfHandsForm } from './board.forms.js';
import { BoardQueries } from './board.queries.js';
import type { RoundView } from './board.queries.js';
import { NotYourBallot } from './domain/board.errors.js';
import { mayClose } from './domain/closing.js';
import { endIn } from './domain/round-state.js';
import { resultWords, sumWords } from './domain/vote-words.js';
import type { RoundAnswer } from './held-rounds.js';
import { RoundsService } from './rounds.service.js';

/** The round with the sum in words, as the page shows it. */
type RoundJson = RoundView & { readonly sum: string; readonly mayClose: boolean };

@ApiTags('rounds')
@ApiBearerAuth()
@Controller('api/v1/rounds/:roundId')
export class BoardController {
  constructor(
    private readonly rounds: RoundsService,
    private readonly ballots: BallotsService,
    private readonly links: BallotLinksService,
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

  @Post('ballots')
  @HttpCode(200)
  @ApiBody({ type: BallotForm })
  @ApiOperation({
    operationId: 'castBallot',
    summary: '投自己的一票，或代录一位理事在电话里说的票；截止前可以改',
  })
  async castBallot(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
  ): Promise<RoundAnswer> {
    const { directorId = caller.actor.personId, choice, why = null } = await parseJson(BallotForm, body);
    if (directorId === null) throw new NotYourBallot();
    return this.ballots.castBallot(caller, { roundId, directorId, choice, why });
  }

  @Post('joint-meeting')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['presiderId', 'presentIds', 'outcome', 'minutes'],
      properties: {
        presiderId: { type: 'string', format: 'uuid' },
        presentIds: { type: 'string', description: 'JSON: the ids of all who signed' },
        outcome: { enum: ['approved', 'rejected'] },
        place: { type: 'string', maxLength: 80 },
        minutes: { type: 'string', format: 'binary' },
      },
    },
  })
  @ApiOperation({
    operationId: 'recordJointMeeting',
    summary: '记一事一议，附到会理事都签了字的会议记录照片',
  })
  async recordJointMeeting(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<RoundAnswer> {
    const { place = null, ...meeting } = await parseJson(JointMeetingForm, body);
    const minutes = uploads.one('minutes');
    if (!minutes) throw new InvalidInput({ minutes: '请附上会议记录的照片' });
    return this.rounds.recordJointMeeting(caller, { ...meeting, roundId, place, minutes });
  }

  @Post('links')
  @HttpCode(200)
  @ApiBody({ type: LinksForm })
  @ApiOperation({
    operationId: 'makeBallotLinks',
    summary: '给理事做一次性投票链接：不写是谁，就给还没投的；只在这次回答里出现',
  })
  async makeBallotLinks(
    @From() caller: Caller,
    @Param('roundId', ParseUUIDPipe) roundId: string,
    @Body() body: unknown,
  ): Promise<{ readonly roundId: string; readonly links: readonly MadeLink[] }> {
    const { directorIds } = await parseJson(LinksForm, body);
    const asked = { roundId, directorIds: directorIds.length === 0 ? null : directorIds };
    return { roundId, links: await this.links.makeLinks(caller, asked) };
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
  const end = endIn(round.state);
  return {
    ...round,
    sum: end === null ? sumWords(sum) : resultWords(sum, end),
    mayClose: end === null && mayClose(rule, electors, counts),
  };
}
