import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { ReliefAdvanceService } from './relief-advance.service.js';
import type { AdvanceSigned } from './relief-advance.service.js';
import { ReliefAfterService } from './relief-after.service.js';
import type { Refunding } from './relief-after.service.js';
import {
  AdvanceForm,
  ReliefFollowUpForm,
  followUpIn,
  ReliefRefundForm,
  refundIn,
} from './relief-decision.forms.js';
import { fromParts } from './relief-lists.js';

type Done = { readonly reliefId: string };

const ADVANCE = {
  type: 'object',
  required: ['amountFen', 'statement'],
  properties: {
    amountFen: { type: 'integer', description: 'Whole fen, as digits' },
    institutionId: { type: 'string', format: 'uuid', description: 'Without it, to the family' },
    statement: { type: 'string', format: 'binary' },
  },
};

/** A part before the notice has ended, the visit afterwards, and what is to come back. */
@ApiTags('relief')
@ApiBearerAuth()
@Controller('api/v1/relief/:reliefId')
export class ReliefAfterController {
  constructor(
    private readonly advances: ReliefAdvanceService,
    private readonly after: ReliefAfterService,
  ) {}

  @Post('advance')
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: ADVANCE })
  @ApiOperation({ operationId: 'askAdvance', summary: '申请先行拨付，附医院的催款单' })
  async ask(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Done> {
    const form = await parseJson(AdvanceForm, fromParts(body, { numbers: ['amountFen'] }));
    const { amountFen, institutionId = null } = form;
    const statement = uploads.one('statement');
    return this.advances.askAdvance(caller, { reliefId, amountFen, institutionId, statement });
  }

  @Post('advance/signature')
  @HttpCode(200)
  @ApiOperation({ operationId: 'signAdvance', summary: '同意先行拨付：理事长和监事各签一次' })
  async sign(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
  ): Promise<AdvanceSigned> {
    return this.advances.signAdvance(caller, { reliefId });
  }

  @Post('follow-ups')
  @HttpCode(201)
  @ApiBody({ type: ReliefFollowUpForm })
  @ApiOperation({ operationId: 'followUpRelief', summary: '记回访：钱用在了正处没有' })
  async followUp(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    return this.after.followUp(caller, followUpIn(reliefId, await parseJson(ReliefFollowUpForm, body)));
  }

  @Post('refunds')
  @HttpCode(201)
  @ApiBody({ type: ReliefRefundForm })
  @ApiOperation({ operationId: 'demandReliefRefund', summary: '要求退款：后来又报销了，或者没有用在正处' })
  async demandRefund(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Refunding> {
    return this.after.demandRefund(caller, refundIn(reliefId, await parseJson(ReliefRefundForm, body)));
  }
}
