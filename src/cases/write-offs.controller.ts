import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { WriteOffForm } from './write-offs.forms.js';
import { WriteOffsService } from './write-offs.service.js';
import type { WriteOffOpened } from './write-offs.service.js';

@ApiTags('recoveries')
@ApiBearerAuth()
@Controller('api/v1/recoveries/:recoveryId/write-off')
export class WriteOffsController {
  constructor(private readonly writeOffs: WriteOffsService) {}

  @Post()
  @HttpCode(201)
  @ApiBody({ type: WriteOffForm })
  @ApiOperation({ operationId: 'askWriteOff', summary: '镇联合社请理事表决核销村里追不回的钱' })
  async ask(
    @From() caller: Caller,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
    @Body() body: unknown,
  ): Promise<WriteOffOpened> {
    const { reason, recusals } = await parseJson(WriteOffForm, body);
    return this.writeOffs.ask(caller, { recoveryId, reason, recusals });
  }
}
