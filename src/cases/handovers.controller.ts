import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import {
  AnswerForm,
  answerIn,
  EscalationForm,
  escalationIn,
  ReferralForm,
  referralIn,
  ReviewForm,
  reviewIn,
  TakingForm,
  takingIn,
} from './handovers.forms.js';
import { HandoversService } from './handovers.service.js';
import type { Handed } from './handovers.service.js';
import type { Registered } from './intake.service.js';

@ApiTags('handovers')
@ApiBearerAuth()
@Controller('api/v1')
export class HandoversController {
  constructor(private readonly handovers: HandoversService) {}

  @Post('cases/:caseId/escalation')
  @HttpCode(201)
  @ApiBody({ type: EscalationForm })
  @ApiOperation({ operationId: 'escalateCase', summary: '本社办不了的，转上级镇联合社' })
  async escalateCase(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<Handed> {
    return this.handovers.escalate(caller, escalationIn(caseId, await parseJson(EscalationForm, body)));
  }

  @Post('cases/:caseId/review')
  @HttpCode(201)
  @ApiBody({ type: ReviewForm })
  @ApiOperation({ operationId: 'askReview', summary: '没有通过的，申请人 30 天内要求复核' })
  async askReview(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<Handed> {
    return this.handovers.askReview(caller, reviewIn(caseId, await parseJson(ReviewForm, body)));
  }

  @Post('cases/:caseId/referral')
  @HttpCode(201)
  @ApiBody({ type: ReferralForm })
  @ApiOperation({ operationId: 'referCase', summary: '不归互助社管的，转别的部门' })
  async referCase(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<Handed> {
    return this.handovers.refer(caller, referralIn(caseId, await parseJson(ReferralForm, body)));
  }

  @Post('handovers/:handoverId/case')
  @HttpCode(201)
  @ApiBody({ type: TakingForm })
  @ApiOperation({ operationId: 'takeOnCase', summary: '镇联合社接过来办：登记成本社的案件' })
  async takeOnCase(
    @From() caller: Caller,
    @Param('handoverId', ParseUUIDPipe) handoverId: string,
    @Body() body: unknown,
  ): Promise<Registered> {
    return this.handovers.takeOn(caller, takingIn(handoverId, await parseJson(TakingForm, body)));
  }

  @Post('handovers/:handoverId/answer')
  @HttpCode(201)
  @ApiBody({ type: AnswerForm })
  @ApiOperation({
    operationId: 'recordHandoverAnswer',
    summary: '答复转来的件；转到别处、纸面来往的，由转出的社记下答复',
  })
  async recordHandoverAnswer(
    @From() caller: Caller,
    @Param('handoverId', ParseUUIDPipe) handoverId: string,
    @Body() body: unknown,
  ): Promise<Handed> {
    return this.handovers.answer(caller, answerIn(handoverId, await parseJson(AnswerForm, body)));
  }
}
