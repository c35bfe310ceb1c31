import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { MyTextsForm } from './my-texts.forms.js';
import { MyTextsService } from './my-texts.service.js';
import type { TextChoice } from './my-texts.service.js';

/** Whether the donor hears by a text what became of his gifts. */
@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/my-gifts/texts')
export class MyTextsController {
  constructor(private readonly texts: MyTextsService) {}

  @Get()
  @ApiOperation({ operationId: 'readGiftTexts' })
  async read(@By() actor: Actor): Promise<{ choice: TextChoice; hasNumber: boolean }> {
    return this.texts.choiceOf(accountOf(actor));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'chooseGiftTexts' })
  @ApiBody({ type: MyTextsForm })
  async choose(@From() caller: Caller, @Body() body: unknown): Promise<{ records: number }> {
    return this.texts.chooseTexts(caller, await parseJson(MyTextsForm, body));
  }
}
