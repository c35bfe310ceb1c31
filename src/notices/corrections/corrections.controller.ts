import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import type { CorrectedText } from '../domain/notice-words.js';
import { NoticesQueries } from '../notices.queries.js';
import { CorrectionsService } from './corrections.service.js';

@ApiTags('notices')
@ApiBearerAuth()
@Controller('api/v1/notices/:noticeId/correction')
export class CorrectionsController {
  constructor(
    private readonly corrections: CorrectionsService,
    private readonly queries: NoticesQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'compareNotice', summary: '公示和现在的登记哪里不一样，两版都列出' })
  async compare(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<{ changes: readonly CorrectedText[] }> {
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    const { changes } = await this.corrections.textsToCorrect(notice);
    return { changes };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'correctNotice', summary: '起草更正公告；起草的人不能签发' })
  async correct(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<{ noticeId: string }> {
    return this.corrections.correct(caller, { noticeId });
  }
}
