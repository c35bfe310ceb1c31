import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { day, dayOf } from '../kernel/day.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { AppointmentForm, EndForm } from './offices.forms.js';
import { OfficesQueries } from './offices.queries.js';
import type { Holder } from './offices.queries.js';
import { OfficesService } from './offices.service.js';

@ApiTags('offices')
@Controller('api/v1/offices')
export class OfficesController {
  constructor(
    private readonly offices: OfficesService,
    private readonly queries: OfficesQueries,
    private readonly clock: Clock,
  ) {}

  /** Everybody in office today. */
  @Get()
  @ApiOperation({ operationId: 'listOffices' })
  async list(@By() actor: Actor): Promise<{ items: Holder[] }> {
    return { items: await this.queries.holdersOn(societyOf(actor), dayOf(this.clock.now())) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'appointOfficer' })
  @ApiBody({ type: AppointmentForm })
  async appoint(@From() caller: Caller, @Body() body: unknown): Promise<{ termId: string }> {
    const { personId, office, fromOn, untilOn } = await parseJson(AppointmentForm, body);
    const societyId = societyOf(caller.actor);
    return this.offices.appoint(caller, {
      societyId,
      personId,
      office,
      fromOn: day(fromOn),
      untilOn: day(untilOn),
    });
  }

  @Post(':termId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endOffice' })
  @ApiBody({ type: EndForm })
  async end(
    @From() caller: Caller,
    @Param('termId', ParseUUIDPipe) termId: string,
    @Body() body: unknown,
  ): Promise<{ termId: string }> {
    const { endedOn } = await parseJson(EndForm, body);
    return this.offices.endTerm(caller, {
      societyId: societyOf(caller.actor),
      termId,
      endedOn: day(endedOn),
    });
  }
}
