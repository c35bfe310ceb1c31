import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { AskOverrideForm, decisionIn, DecideOverrideForm, overrideIn } from './overrides.forms.js';
import { OverridesService } from './overrides.service.js';

@ApiTags('overrides')
@ApiBearerAuth()
@Controller('api/v1/overrides')
export class OverridesController {
  constructor(private readonly overrides: OverridesService) {}

  @Post()
  @HttpCode(201)
  @ApiBody({ type: AskOverrideForm })
  @ApiOperation({
    operationId: 'askOverride',
    summary: '请上级镇联合社批准：同一原因今年第二次，或材料过期再救助',
  })
  async askOverride(@From() caller: Caller, @Body() body: unknown): Promise<{ readonly overrideId: string }> {
    return this.overrides.ask(caller, overrideIn(await parseJson(AskOverrideForm, body)));
  }

  @Post(':overrideId/decision')
  @HttpCode(201)
  @ApiBody({ type: DecideOverrideForm })
  @ApiOperation({ operationId: 'decideOverride', summary: '镇联合社批准或不批准，写明理由；批准只管一次' })
  async decideOverride(
    @From() caller: Caller,
    @Param('overrideId', ParseUUIDPipe) overrideId: string,
    @Body() body: unknown,
  ): Promise<{ readonly overrideId: string }> {
    return this.overrides.decide(caller, decisionIn(overrideId, await parseJson(DecideOverrideForm, body)));
  }
}
