import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../kernel/actor.js';
import { From } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { OwnUseAnswerForm } from './change-of-use.forms.js';
import { ChangesOfUseService } from './change-of-use.service.js';
import type { AnswerGiven } from './change-of-use.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/my-gifts/questions')
export class UseQuestionsController {
  constructor(private readonly changes: ChangesOfUseService) {}

  /** What the owner of the account says to another use of his gifts; `listMyGifts` holds what he is asked. */
  @Post(':giverId/answer')
  @HttpCode(200)
  @ApiOperation({ operationId: 'answerUseQuestion' })
  @ApiBody({ type: OwnUseAnswerForm })
  async answer(
    @From() caller: Caller,
    @Param('giverId', ParseUUIDPipe) giverId: string,
    @Body() body: unknown,
  ): Promise<AnswerGiven> {
    const { answer } = await parseJson(OwnUseAnswerForm, body);
    return this.changes.answerAsOwner(caller, { giverId, answer });
  }
}
