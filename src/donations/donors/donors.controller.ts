import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { DonorLooksService } from './donor-looks.service.js';
import type { DonorSecret } from './donor-secrets.queries.js';
import { DonorsQueries } from './donors.queries.js';
import type { DonorRow } from './donors.queries.js';
import { DonorsService } from './donors.service.js';
import { DonorFindForm, DonorForm, donorIn, DonorMergerForm, DonorRevealForm } from '../gifts/gifts.forms.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donors')
export class DonorsController {
  constructor(
    private readonly donors: DonorsService,
    private readonly queries: DonorsQueries,
    private readonly looks: DonorLooksService,
  ) {}

  /** The newest first; `next` is the `after` of the next page. Persons are masked. */
  @Get()
  @ApiOperation({ operationId: 'listDonors' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: readonly DonorRow[]; next: string | null }> {
    const { rows, next } = await this.queries.page(
      societyOf(actor),
      typeof after === 'string' ? after : null,
    );
    return { items: rows, next };
  }

  /** By the whole name, phone or USCC; by POST, since names must not stand in addresses. */
  @Post('find')
  @HttpCode(200)
  @ApiOperation({ operationId: 'findDonors' })
  @ApiBody({ type: DonorFindForm })
  async find(@By() actor: Actor, @Body() body: unknown): Promise<{ items: readonly DonorRow[] }> {
    const { q } = await parseJson(DonorFindForm, body);
    return { items: await this.queries.find(societyOf(actor), q) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'registerDonor' })
  @ApiBody({ type: DonorForm })
  async register(@From() caller: Caller, @Body() body: unknown): Promise<{ donorId: string }> {
    return this.donors.registerDonor(caller, donorIn(await parseJson(DonorForm, body)));
  }

  @Post(':donorId/changes')
  @HttpCode(200)
  @ApiOperation({ operationId: 'changeDonor' })
  @ApiBody({ type: DonorForm })
  async change(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<{ donorId: string }> {
    const form = await parseJson(DonorForm, body);
    return this.donors.changeDonor(caller, { donorId, version: form.version ?? null, ...donorIn(form) });
  }

  /** Puts another record of the same donor into this one. It cannot be undone. */
  @Post(':donorId/merger')
  @HttpCode(200)
  @ApiOperation({ operationId: 'mergeDonors' })
  @ApiBody({ type: DonorMergerForm })
  async merge(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<{ donorId: string; gifts: number }> {
    const { goneId } = await parseJson(DonorMergerForm, body);
    return this.donors.mergeDonors(caller, { keptId: donorId, goneId });
  }

  /** Name and phone in full, for a reason of the list and within the limits; the look is kept in the trail. */
  @Post(':donorId/reveal')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'revealDonor' })
  @ApiBody({ type: DonorRevealForm })
  async reveal(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
  ): Promise<DonorSecret> {
    const { reason } = await parseJson(DonorRevealForm, body);
    return this.looks.look(caller, { donorId, reason });
  }
}
