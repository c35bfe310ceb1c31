import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { DonorCopies } from './donor-copy.reading.js';
import type { DonorCopy } from './donor-copy.reading.js';
import { DonorRequestDeclinedForm, DonorRequestForm } from './donor-rights.forms.js';
import { DonorRightsService } from './donor-rights.service.js';
import type { DonorRequestMade } from './donor-rights.service.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';
import { waitingRequest } from './donor-rights.views.js';
import type { WaitingRequest } from './donor-rights.views.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donors')
export class DonorRightsController {
  constructor(
    private readonly rights: DonorRightsService,
    private readonly copies: DonorCopies,
    private readonly queries: DonorRequestsQueries,
  ) {}

  @Get('requests')
  @ApiOperation({
    operationId: 'listDonorRequests',
    summary: '捐赠人要看、要改或者要删除信息、还没有办的请求',
  })
  async waiting(@By() actor: Actor): Promise<{ items: WaitingRequest[] }> {
    return { items: (await this.queries.waiting(societyOf(actor))).map(waitingRequest) };
  }

  @Post(':donorId/requests')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'recordDonorRequest',
    summary: '记下捐赠人的请求：要一份信息，改正，或者删除',
  })
  @ApiBody({ type: DonorRequestForm })
  async record(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<DonorRequestMade> {
    const { kind, how, askedOn, wish } = await parseJson(DonorRequestForm, body);
    return this.rights.record(caller, { donorId, kind, how, askedOn, wish: wish ?? null });
  }

  @Get('requests/:requestId/copy')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'copyDonor',
    summary: '没有账号的捐赠人的全部信息，只在请求还没有办时；记下请求的人要等另一个人核实过',
  })
  async copy(@By() actor: Actor, @Param('requestId', ParseUUIDPipe) requestId: string): Promise<DonorCopy> {
    return this.copies.forOffice(actor, requestId);
  }

  @Post('requests/:requestId/voucher')
  @HttpCode(200)
  @ApiOperation({ operationId: 'vouchDonorRequest', summary: '另一个人问过捐赠人，确实要这一份副本' })
  async vouch(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<DonorRequestMade> {
    return this.rights.vouch(caller, { requestId });
  }

  @Post('requests/:requestId/handing')
  @HttpCode(200)
  @ApiOperation({ operationId: 'handDonorCopy', summary: '信息副本已经交给捐赠人' })
  async handOver(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<DonorRequestMade> {
    return this.rights.handOver(caller, { requestId });
  }

  @Post('requests/:requestId/correction')
  @HttpCode(200)
  @ApiOperation({ operationId: 'settleDonorCorrection', summary: '捐赠人要改的已经改好；以前开的票据不变' })
  async corrected(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<DonorRequestMade> {
    return this.rights.corrected(caller, { requestId });
  }

  @Post('requests/:requestId/erasure')
  @HttpCode(200)
  @ApiOperation({ operationId: 'eraseDonor', summary: '确认删除：记下请求的人和本人都不能确认' })
  async erase(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<DonorRequestMade> {
    return this.rights.erase(caller, { requestId });
  }

  @Post('requests/:requestId/refusal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'declineDonorRequest', summary: '不同意捐赠人的请求，写明原因' })
  @ApiBody({ type: DonorRequestDeclinedForm })
  async decline(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: unknown,
  ): Promise<DonorRequestMade> {
    const { words } = await parseJson(DonorRequestDeclinedForm, body);
    return this.rights.decline(caller, { requestId, words });
  }
}
