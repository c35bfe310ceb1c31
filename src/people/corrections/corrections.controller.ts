import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { CorrectionDeclinedForm, PersonCorrectionForm } from './corrections.forms.js';
import { CorrectionsQueries } from './corrections.queries.js';
import type { CorrectionFacts } from './corrections.queries.js';
import { CorrectionsService } from './corrections.service.js';
import type { CorrectionMade } from './corrections.service.js';

@ApiTags('people')
@ApiBearerAuth()
@Controller('api/v1/people')
export class PersonCorrectionsController {
  constructor(
    private readonly corrections: CorrectionsService,
    private readonly queries: CorrectionsQueries,
  ) {}

  @Get('corrections')
  @ApiOperation({ operationId: 'listPersonCorrections', summary: '等第二个人确认的更正，先提的在前' })
  async waiting(@By() actor: Actor): Promise<{ items: CorrectionFacts[] }> {
    return { items: await this.queries.waiting(societyOf(actor)) };
  }

  @Post(':personId/corrections')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'proposePersonCorrection',
    summary: '提出更正姓名或村民小组；另一人确认后才改',
  })
  @ApiBody({ type: PersonCorrectionForm })
  async propose(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
  ): Promise<CorrectionMade> {
    const { field, after, reason } = await parseJson(PersonCorrectionForm, body);
    return this.corrections.propose(caller, { personId, field, after, reason });
  }

  @Post('corrections/:correctionId/confirmation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'confirmPersonCorrection', summary: '确认更正：提出的人不能确认' })
  async confirm(
    @From() caller: Caller,
    @Param('correctionId', ParseUUIDPipe) correctionId: string,
  ): Promise<CorrectionMade> {
    return this.corrections.confirm(caller, { correctionId });
  }

  @Post('corrections/:correctionId/refusal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'declinePersonCorrection', summary: '退回更正，写明原因' })
  @ApiBody({ type: CorrectionDeclinedForm })
  async decline(
    @From() caller: Caller,
    @Param('correctionId', ParseUUIDPipe) correctionId: string,
    @Body() body: unknown,
  ): Promise<CorrectionMade> {
    const { words } = await parseJson(CorrectionDeclinedForm, body);
    return this.corrections.decline(caller, { correctionId, words });
  }
}
