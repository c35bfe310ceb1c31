import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { TraceNotFound } from '../domain/trace.errors.js';
import { ReceiptsQueries } from '../receipts/receipts.queries.js';
import { TraceReading } from './trace.reading.js';
import { traceJson } from './trace.json.js';
import type { ReceiptTraceJson } from './trace.json.js';

@ApiTags('donations')
@Controller('api/v1/trace')
export class TraceController {
  constructor(
    private readonly receipts: ReceiptsQueries,
    private readonly reading: TraceReading,
  ) {}

  /** What became of one gift, by the number and the check code of its receipt; nobody has to sign in, and nobody is named. */
  @Get()
  @ApiOperation({ operationId: 'traceDonation' })
  @ApiQuery({ name: 'number', type: String })
  @ApiQuery({ name: 'code', type: String })
  async trace(@Query('number') number: unknown, @Query('code') code: unknown): Promise<ReceiptTraceJson> {
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    const receipt = await this.receipts.findPublic(text(number), text(code));
    if (!receipt) throw new TraceNotFound();
    const { issuedOn, amountFen, state } = receipt;
    const told = await this.reading.ofGift(receipt.societyId, receipt.giftId);
    return { receipt: { number: receipt.number, issuedOn, amountFen, state }, ...traceJson(told) };
  }
}
