import { Readable } from 'node:stream';
import { Controller, Get, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { SealExport } from './seal-export.js';
import { SealQueries } from './seal.queries.js';
import { batchBefore, sealView, watchView } from './seal.views.js';
import type { SealView, WatchView } from './seal.views.js';

const PAGE = 20;

/** What the village sees of the seal, and what the administrator watches. */
@Controller()
export class SealPages {
  constructor(
    private readonly queries: SealQueries,
    private readonly exported: SealExport,
    private readonly clock: Clock,
  ) {}

  @Get('seal')
  @Render('seal/seal')
  async seal(@Query('before') before: unknown): Promise<SealView> {
    const last = await this.queries.last();
    return sealView(last, await this.queries.batches(batchBefore(before), PAGE), PAGE);
  }

  /** The heads alone, from the first on: they say that something happened, and not what. */
  @Get('seal/heads.jsonl')
  heads(@Res() reply: FastifyReply): void {
    void reply
      .type('application/jsonl; charset=utf-8')
      .header('content-disposition', 'attachment; filename="seal-heads.jsonl"')
      .header('cache-control', 'no-store')
      .send(Readable.from(endedLines(this.exported.lines({ withRows: false }))));
  }

  @Get('admin/seal')
  @Render('seal/watch')
  async watch(): Promise<WatchView> {
    return watchView(await this.queries.last(), await this.queries.lag(), this.clock.now());
  }
}

async function* endedLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
