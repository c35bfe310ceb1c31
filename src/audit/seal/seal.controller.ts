import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { SealQueries } from './seal.queries.js';
import { batchBefore, batchJson } from './seal.views.js';
import type { BatchJson } from './seal.views.js';

const PAGE = 100;

/** The heads for programs: whoever keeps them can prove later that nothing was rewritten. No account. */
@ApiTags('seal')
@Controller('api/v1/seal')
export class SealController {
  constructor(private readonly queries: SealQueries) {}

  @Get()
  @ApiOperation({
    operationId: 'readSealHead',
    summary: '最近一次封存：批次、链头、时间；还没有封存时是空的',
  })
  async readSealHead(): Promise<{ readonly last: BatchJson | null }> {
    const last = await this.queries.last();
    return { last: last && batchJson(last) };
  }

  @Get('batches')
  @ApiOperation({
    operationId: 'listSealBatches',
    summary: '每一批的链头，新的在前；`next` 是下一页的 `before`',
  })
  @ApiQuery({ name: 'before', required: false, type: Number })
  async listSealBatches(
    @Query('before') before: unknown,
  ): Promise<{ readonly batches: readonly BatchJson[]; readonly next: number | null }> {
    const batches = await this.queries.batches(batchBefore(before), PAGE);
    const last = batches.at(-1);
    return {
      batches: batches.map(batchJson),
      next: batches.length === PAGE && last && last.number > 1 ? last.number : null,
    };
  }
}
