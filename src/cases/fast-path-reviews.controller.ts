import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { RestoringForm } from './fast-path-reviews.forms.js';
import { FastPathReviewsService } from './fast-path-reviews.service.js';
import type { Restored } from './fast-path-reviews.service.js';

@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/fast-paths/:fastPathId/restorations')
export class FastPathReviewsController {
  constructor(private readonly reviews: FastPathReviewsService) {}

  @Post()
  @HttpCode(201)
  @ApiBody({ type: RestoringForm })
  @ApiOperation({ operationId: 'restoreFastPath', summary: '镇联合社复核没有追认的紧急快办，恢复一人签字' })
  async restore(
    @From() caller: Caller,
    @Param('fastPathId', ParseUUIDPipe) fastPathId: string,
    @Body() body: unknown,
  ): Promise<Restored> {
    const { seat, reason } = await parseJson(RestoringForm, body);
    return this.reviews.restore(caller, { fastPathId, seat, reason });
  }
}
