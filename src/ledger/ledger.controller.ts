import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import type { Booked } from './domain/voucher.js';
import { InflowForm, inflowOf, ReversalForm } from './ledger.forms.js';
import { LedgerQueries } from './ledger.queries.js';
import type { Fund, HeldRow, PurseRow, VoucherRow } from './ledger.queries.js';
import { LedgerService } from './ledger.service.js';
import { cursorOf, cursorText } from './ledger.views.js';

type LedgerAnswer = {
  readonly fund: Fund;
  readonly purses: readonly PurseRow[];
  /** Of a federation: what it holds for others. */
  readonly held: readonly HeldRow[];
  readonly vouchers: readonly VoucherRow[];
  readonly next: string | null;
};

@ApiTags('ledger')
@Controller('api/v1/ledger')
export class LedgerController {
  constructor(
    private readonly ledger: LedgerService,
    private readonly queries: LedgerQueries,
  ) {}

  /** What the pool holds, what every purse does, and the vouchers, the newest first; `next` is the `after` of the next page. */
  @Get()
  @ApiOperation({ operationId: 'readLedger' })
  async read(@By() actor: Actor, @Query('after') after: unknown): Promise<LedgerAnswer> {
    const societyId = societyOf(actor);
    const { rows, next } = await this.queries.vouchers(societyId, { after: cursorOf(after) });
    const fund = await this.queries.fund(societyId);
    const purses = await this.queries.purses(societyId);
    const held = await this.queries.heldFor(societyId);
    return { fund, purses, held, vouchers: rows, next: next && cursorText(next) };
  }

  @Post('inflows')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordInflow' })
  @ApiBody({ type: InflowForm })
  async recordInflow(@From() caller: Caller, @Body() body: unknown): Promise<Booked> {
    return this.ledger.receive(caller, inflowOf(await parseJson(InflowForm, body)));
  }
  /** A mistyped inflow, of which nothing has been used. */
  @Post('vouchers/:voucherId/reversal')
  @HttpCode(201)
  @ApiOperation({ operationId: 'reverseInflow' })
  @ApiBody({ type: ReversalForm })
  async reverseInflow(
    @From() caller: Caller,
    @Param('voucherId', ParseUUIDPipe) voucherId: string,
    @Body() body: unknown,
  ): Promise<Booked> {
    const { reason } = await parseJson(ReversalForm, body);
    return this.ledger.reverseInflow(caller, { voucherId, reason });
  }
}
