import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import {
  answerTyped,
  ChangeOfUseForm,
  changeTyped,
  UseAnswerForm,
  UseLinkForm,
} from './change-of-use.forms.js';
import { ChangesOfUseQueries } from './change-of-use.queries.js';
import type { ChangeFacts, GiverFacts, UnaskedFacts } from './change-of-use.queries.js';
import { ChangesOfUseService } from './change-of-use.service.js';
import type { AnswerGiven, ChangeOpened, ChangeSettled, LinkMade } from './change-of-use.service.js';
import { ANSWERS, tallyOf } from '../domain/change-of-use.js';
import type { Tally } from '../domain/change-of-use.js';

type ChangeItem = Omit<ChangeFacts, 'societyId'>;
type ChangeAnswer = ChangeItem & {
  /** The silent apart from those who said something. */
  readonly tally: readonly Tally[];
  readonly givers: readonly GiverFacts[];
  readonly unasked: readonly UnaskedFacts[];
};

const ANSWER = {
  type: 'object',
  required: ['giverId', 'answer'],
  properties: {
    giverId: { type: 'string', format: 'uuid' },
    answer: { enum: [...ANSWERS] },
    paper: {
      type: 'string',
      format: 'binary',
      description: 'A photo of the signed answer: asked for unless the giver still thinks',
    },
  },
};

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/changes-of-use')
export class ChangesOfUseController {
  constructor(
    private readonly changes: ChangesOfUseService,
    private readonly queries: ChangesOfUseQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listChangesOfUse' })
  async list(@By() actor: Actor): Promise<{ items: ChangeItem[] }> {
    return { items: (await this.queries.latest(societyOf(actor))).map(itemOf) };
  }

  /** Puts it to the board; nothing is held back before it has agreed. */
  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'proposeChangeOfUse' })
  @ApiBody({ type: ChangeOfUseForm })
  async propose(@From() caller: Caller, @Body() body: unknown): Promise<ChangeOpened> {
    return this.changes.proposeChange(caller, changeTyped(await parseJson(ChangeOfUseForm, body)));
  }

  @Get(':changeId')
  @ApiOperation({ operationId: 'readChangeOfUse' })
  async read(@By() actor: Actor, @Param('changeId', ParseUUIDPipe) changeId: string): Promise<ChangeAnswer> {
    const change = await this.queries.change(societyOf(actor), changeId);
    const givers = await this.queries.giversOf(changeId);
    const unasked = await this.queries.unaskedOf(changeId);
    return { ...itemOf(change), tally: tallyOf(givers), givers, unasked };
  }

  @Post(':changeId/answers')
  @HttpCode(200)
  @ApiOperation({ operationId: 'recordUseAnswer' })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody({ schema: ANSWER })
  async answer(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<AnswerGiven> {
    const form = await parseJson(UseAnswerForm, body);
    return this.changes.recordAnswer(caller, answerTyped(changeId, form, uploads.one('paper')));
  }

  /** The only answer that ever holds the link: it is shown once, and only its hash is kept. */
  @Post(':changeId/links')
  @HttpCode(201)
  @ApiOperation({ operationId: 'makeUseLink' })
  @ApiBody({ type: UseLinkForm })
  async link(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
    @Body() body: unknown,
  ): Promise<LinkMade> {
    const { giverId } = await parseJson(UseLinkForm, body);
    return this.changes.makeLink(caller, { changeId, giverId });
  }

  @Post(':changeId/settlement')
  @HttpCode(200)
  @ApiOperation({ operationId: 'settleChangeOfUse' })
  async settle(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
  ): Promise<ChangeSettled> {
    return this.changes.settleChange(caller, { changeId });
  }

  @Post(':changeId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'callOffChangeOfUse' })
  async end(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
  ): Promise<ChangeSettled> {
    return this.changes.callOffChange(caller, { changeId });
  }
}

function itemOf(change: ChangeFacts): ChangeItem {
  const { id, from, into, reason, useBefore, useAfter, planNumber, state } = change;
  const { openedAt, askedOn, answerBy, endedAt, roundId, decisionNumber } = change;
  const { frozenFen, movedFen, returnedFen, thawedFen } = change;
  return {
    ...{ id, from, into, reason, useBefore, useAfter, planNumber, state },
    ...{ openedAt, askedOn, answerBy, endedAt, roundId, decisionNumber },
    ...{ frozenFen, movedFen, returnedFen, thawedFen },
  };
}
