import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { FoundingForm, foundingOf } from './societies.forms.js';
import { SocietiesQueries } from './societies.queries.js';
import type { SocietyPage } from './societies.queries.js';
import { SocietiesService } from './societies.service.js';

const MOST_ROWS = 100;

@ApiTags('societies')
@Controller('api/v1/societies')
export class SocietiesController {
  constructor(
    private readonly societies: SocietiesService,
    private readonly queries: SocietiesQueries,
  ) {}

  /** In the order of their founding, a hundred at a time; `next` is the `after` of the next page. */
  @Get()
  @ApiOperation({ operationId: 'listSocieties' })
  async list(@Query('after') after: unknown): Promise<SocietyPage> {
    return this.queries.page({ after: typeof after === 'string' ? after : null, limit: MOST_ROWS });
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'foundSociety' })
  @ApiBody({ type: FoundingForm })
  async found(
    @From() caller: Caller,
    @Body() body: unknown,
  ): Promise<{ societyId: string; boardCode: string }> {
    return this.societies.found(caller, foundingOf(await parseJson(FoundingForm, body)));
  }
}
