import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { PERIODS, RETENTION_KINDS } from '../domain/retention.js';
import type { Period, RetentionKind } from '../domain/retention.js';
import { PersonRequestForm, RequestDeclinedForm } from './rights.forms.js';
import { RightsQueries } from './rights.queries.js';
import type { RequestFacts } from './rights.queries.js';
import { PersonRightsService } from './rights.service.js';
import type { PersonCopy, RequestMade } from './rights.service.js';

@ApiTags('people')
@ApiBearerAuth()
@Controller('api/v1/people')
export class PersonRightsController {
  constructor(
    private readonly rights: PersonRightsService,
    private readonly queries: RightsQueries,
  ) {}

  @Get('requests')
  @ApiOperation({ operationId: 'listPersonRequests', summary: '本人要看或者要删除信息、还没有办的请求' })
  async waiting(@By() actor: Actor): Promise<{ items: RequestFacts[] }> {
    return { items: await this.queries.waiting(societyOf(actor)) };
  }

  @Get('retention')
  @ApiOperation({ operationId: 'listRetentionPeriods', summary: '每一类信息保存多久，依据是什么' })
  periods(): { items: ({ readonly kind: RetentionKind } & Period)[] } {
    return { items: RETENTION_KINDS.map((kind) => ({ kind, ...PERIODS[kind] })) };
  }

  @Post(':personId/requests')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordPersonRequest', summary: '记下本人的请求：要一份信息，或者删除信息' })
  @ApiBody({ type: PersonRequestForm })
  async record(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
  ): Promise<RequestMade> {
    const { kind, how, askedOn } = await parseJson(PersonRequestForm, body);
    return this.rights.record(caller, { personId, kind, how, askedOn });
  }

  @Get('requests/:requestId/copy')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    operationId: 'copyPerson',
    summary: '本人的全部信息，只在请求还没有办时；记下请求的人要等另一个人核实过',
  })
  async copy(
    @By() actor: Actor,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<Omit<PersonCopy, 'person'>> {
    const { on, sections, kept } = await this.rights.copy(actor, requestId);
    return { on, sections, kept };
  }

  @Post('requests/:requestId/voucher')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'vouchPersonRequest',
    summary: '另一个人问过本人，确实要这一份副本：记下请求的人从此可以打开',
  })
  async vouch(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<RequestMade> {
    return this.rights.vouch(caller, { requestId });
  }

  @Post('requests/:requestId/handing')
  @HttpCode(200)
  @ApiOperation({ operationId: 'handPersonCopy', summary: '信息副本已经交给本人' })
  async handOver(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<RequestMade> {
    return this.rights.handOver(caller, { requestId });
  }

  @Post('requests/:requestId/erasure')
  @HttpCode(200)
  @ApiOperation({ operationId: 'erasePerson', summary: '确认删除：记下请求的人不能确认' })
  async erase(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<RequestMade> {
    return this.rights.erase(caller, { requestId });
  }

  @Post('requests/:requestId/refusal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'declinePersonRequest', summary: '不同意请求，写明原因' })
  @ApiBody({ type: RequestDeclinedForm })
  async decline(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: unknown,
  ): Promise<RequestMade> {
    const { words } = await parseJson(RequestDeclinedForm, body);
    return this.rights.decline(caller, { requestId, words });
  }
}
