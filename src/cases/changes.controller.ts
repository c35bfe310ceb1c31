import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From, societyOf } from '../platform/web/caller.js';
import { InvalidInput, parseJson } from '../platform/web/forms.js';
import { AmendmentsService } from './amendments.service.js';
import type { Amended } from './amendments.service.js';
import { CasesQueries } from './cases.queries.js';
import {
  amendmentIn,
  AmendmentForm,
  RevocationForm,
  revocationIn,
  TerminationForm,
  WithdrawalForm,
} from './changes.forms.js';
import { EndingsService } from './endings.service.js';
import { RevocationsService } from './revocations.service.js';
import type { RevocationOpened } from './revocations.service.js';

@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/cases/:caseId')
export class ChangesController {
  constructor(
    private readonly endings: EndingsService,
    private readonly amendments: AmendmentsService,
    private readonly revocations: RevocationsService,
    private readonly queries: CasesQueries,
  ) {}

  @Post('withdrawal')
  @HttpCode(200)
  @ApiBody({ type: WithdrawalForm })
  @ApiOperation({ operationId: 'withdrawCase', summary: '申请人撤回：钱还没打出' })
  async withdraw(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<{ readonly caseId: string }> {
    const { reason, note = null } = await parseJson(WithdrawalForm, body);
    return this.endings.withdraw(caller, { caseId, reason, note });
  }

  @Post('termination')
  @HttpCode(200)
  @ApiBody({ type: TerminationForm })
  @ApiOperation({ operationId: 'terminateCase', summary: '终止：申请人去世、重复或不再需要' })
  async terminate(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<{ readonly caseId: string }> {
    const { reason, note = null } = await parseJson(TerminationForm, body);
    return this.endings.terminate(caller, { caseId, reason, note });
  }

  @Post('amendments')
  @HttpCode(200)
  @ApiBody({ type: AmendmentForm })
  @ApiOperation({ operationId: 'amendCase', summary: '改案件：改了表决过的内容，原来的表决作废' })
  async amend(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<Amended> {
    const form = await parseJson(AmendmentForm, body);
    if (form.payeeName !== undefined) throw new InvalidInput({ payeeName: '程序请在 payeeId 里写编号' });
    const { applicantId } = await this.queries.case(societyOf(caller.actor), caseId);
    return this.amendments.amend(caller, amendmentIn(caseId, form, form.payeeId ?? applicantId));
  }

  @Post('revocations')
  @HttpCode(201)
  @ApiBody({ type: RevocationForm })
  @ApiOperation({ operationId: 'askRevocation', summary: '请理事表决撤销已打款的救助，或者变更为较少的金额' })
  async askRevocation(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<RevocationOpened> {
    const form = await parseJson(RevocationForm, body);
    return this.revocations.askRevocation(caller, revocationIn(caseId, form));
  }
}
