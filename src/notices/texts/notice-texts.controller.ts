import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { NoticeTextForm, textKeyOf, textTypedOf } from './notice-texts.forms.js';
import { NoticeTextsReading } from './notice-texts.reading.js';
import type { TextNow } from './notice-texts.reading.js';
import { NoticeTextsService } from './notice-texts.service.js';
import type { TextSet } from './notice-texts.service.js';

@ApiTags('notices')
@ApiBearerAuth()
@Controller('api/v1/notices/texts')
export class NoticeTextsController {
  constructor(
    private readonly texts: NoticeTextsService,
    private readonly reading: NoticeTextsReading,
  ) {}

  /** How the notices of this organisation speak today, where each text comes from, and all that was set here. */
  @Get()
  @ApiOperation({ operationId: 'listNoticeTexts' })
  async list(@By() actor: Actor): Promise<{ items: readonly TextNow[] }> {
    return { items: await this.reading.all(societyOf(actor)) };
  }

  /** Sets a text for the notices drafted from that day on, or takes the own one back. */
  @Post(':textKey')
  @HttpCode(201)
  @ApiOperation({ operationId: 'setNoticeText' })
  @ApiBody({ type: NoticeTextForm })
  async set(
    @From() caller: Caller,
    @Param('textKey') textKey: string,
    @Body() body: unknown,
  ): Promise<TextSet> {
    const form = await parseJson(NoticeTextForm, body);
    return this.texts.setText(caller, textTypedOf(textKeyOf(textKey), form));
  }
}
