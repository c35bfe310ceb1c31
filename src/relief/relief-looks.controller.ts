import { Body, Controller, Header, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { LookForm } from '../people/index.js';
import type { Looked } from '../people/index.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { ReliefLooks } from './relief-looks.js';

@ApiTags('relief')
@ApiBearerAuth()
@Controller('api/v1/relief')
export class ReliefLooksController {
  constructor(private readonly looks: ReliefLooks) {}

  @Post(':reliefId/looks')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiBody({ type: LookForm })
  @ApiOperation({
    operationId: 'lookAtRelief',
    summary: '查看一项完整的个人信息：要有理由和新的验证，有次数上限，每次都记下来',
  })
  async look(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Looked> {
    const { field, reason, note = null } = await parseJson(LookForm, body);
    return this.looks.look(caller, reliefId, { field, reason, note });
  }
}
