import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { day, dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import type { PledgeWay } from '../people/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { AppointmentForm, EndForm, OfficerPledgeForm } from './offices.forms.js';
import { OfficerPledgesQueries } from './officer-pledges.queries.js';
import { OfficerPledgesService } from './officer-pledges.service.js';
import { OfficesQueries } from './offices.queries.js';
import type { Holder } from './offices.queries.js';
import type { Office } from './domain/office.js';
import { OfficesService } from './offices.service.js';

type OfficerPledge = {
  readonly termId: string;
  readonly personId: string;
  readonly office: Office;
  readonly dueOn: Day;
  /** Null while it is owed. */
  readonly signedAt: Date | null;
  readonly how: PledgeWay | null;
  readonly textVersion: string | null;
};

@ApiTags('offices')
@Controller('api/v1/offices')
export class OfficesController {
  constructor(
    private readonly offices: OfficesService,
    private readonly queries: OfficesQueries,
    private readonly pledged: OfficerPledgesQueries,
    private readonly pledges: OfficerPledgesService,
    private readonly clock: Clock,
  ) {}

  /** Everybody in office today. */
  @Get()
  @ApiOperation({ operationId: 'listOffices' })
  async list(@By() actor: Actor): Promise<{ items: Holder[] }> {
    return { items: await this.queries.holdersOn(societyOf(actor), dayOf(this.clock.now())) };
  }

  /** Of everybody in office: what they signed, or until when they are to. */
  @Get('pledges')
  @ApiOperation({ operationId: 'listOfficerPledges', summary: '在任的人签没签诚信自律承诺书' })
  async listPledges(@By() actor: Actor): Promise<{ items: OfficerPledge[] }> {
    const terms = await this.pledged.running(societyOf(actor), dayOf(this.clock.now()));
    return {
      items: terms.map(({ id: termId, personId, office, dueOn, pledge }) => ({
        ...{ termId, personId, office, dueOn },
        signedAt: pledge?.at ?? null,
        how: pledge?.how ?? null,
        textVersion: pledge?.textVersion ?? null,
      })),
    };
  }

  @Post(':termId/pledge')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'signOfficerPledge',
    summary: '签诚信自律承诺书：本人确认，或者登记纸上签好的',
  })
  @ApiBody({ type: OfficerPledgeForm })
  async signPledge(
    @From() caller: Caller,
    @Param('termId', ParseUUIDPipe) termId: string,
    @Body() body: unknown,
  ): Promise<{ pledgeId: string }> {
    const { how } = await parseJson(OfficerPledgeForm, body);
    return this.pledges.sign(caller, { termId, how });
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'appointOfficer' })
  @ApiBody({ type: AppointmentForm })
  async appoint(@From() caller: Caller, @Body() body: unknown): Promise<{ termId: string }> {
    const { personId, office, fromOn, untilOn, pledged } = await parseJson(AppointmentForm, body);
    const societyId = societyOf(caller.actor);
    return this.offices.appoint(caller, {
      societyId,
      personId,
      office,
      fromOn: day(fromOn),
      untilOn: day(untilOn),
      pledged,
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
