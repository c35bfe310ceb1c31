import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import type { Issuing } from '../domain/receipt.js';
import type { RightOfOne, RightRow } from './receipt-rights.queries.js';
import { ReceiptRightsReading } from './receipt-rights.reading.js';
import { ReceiptRightsService } from './receipt-rights.service.js';
import { ReceiptRightForm, rightIn } from './receipts.forms.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/receipt-rights')
export class ReceiptRightsController {
  constructor(
    private readonly rights: ReceiptRightsService,
    private readonly reading: ReceiptRightsReading,
    private readonly clock: Clock,
  ) {}

  /** For a federation itself and all below it, with what each may issue today; for others their own alone. */
  @Get()
  @ApiOperation({ operationId: 'listReceiptRights' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
    @Query('q') q: unknown,
  ): Promise<{ items: readonly RightOfOne[]; next: string | null }> {
    const place = {
      after: typeof after === 'string' ? after : '',
      text: typeof q === 'string' ? q.trim() : '',
    };
    const { rows, next } = await this.reading.page(societyOf(actor), dayOf(this.clock.now()), place);
    return { items: rows, next };
  }

  /** What holds today, and every version, the oldest first. */
  @Get(':organisationId')
  @ApiOperation({ operationId: 'readReceiptRight' })
  async read(
    @By() actor: Actor,
    @Param('organisationId', ParseUUIDPipe) organisationId: string,
  ): Promise<{ today: Issuing; versions: readonly RightRow[] }> {
    const today = dayOf(this.clock.now());
    const { issuing, versions } = await this.reading.one(societyOf(actor), organisationId, today);
    return { today: issuing, versions };
  }

  /** Writes a new version down, from its day on; those before it stay as they are. A federation only. */
  @Post(':organisationId')
  @HttpCode(201)
  @ApiOperation({ operationId: 'giveReceiptRight' })
  @ApiBody({ type: ReceiptRightForm })
  async give(
    @From() caller: Caller,
    @Param('organisationId', ParseUUIDPipe) organisationId: string,
    @Body() body: unknown,
  ): Promise<{ organisationId: string; version: number }> {
    return this.rights.giveRight(caller, rightIn(organisationId, await parseJson(ReceiptRightForm, body)));
  }
}
