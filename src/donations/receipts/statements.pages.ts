import { Controller, Get, Param, ParseUUIDPipe, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { By, societyOf } from '../../platform/web/caller.js';
import { sendPrivatePdf } from '../../platform/web/private-pdf.js';
import { mayReadReceiptPapers } from './receipts.permissions.js';
import { StatementsReading } from './statements.reading.js';
import { statementView } from './statements.views.js';
import type { StatementView } from './statements.views.js';

/** 年度捐赠清单 of one donor. */
@Controller('s/donors/:donorId/statements/:year')
export class StatementsPages {
  constructor(private readonly reading: StatementsReading) {}

  @Get()
  @Render('donations/statement')
  async read(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Param('year') year: string,
  ): Promise<StatementView> {
    return statementView(await this.reading.of(societyOf(actor), donorId, year), mayReadReceiptPapers(actor));
  }

  @Get('paper')
  async paper(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Param('year') year: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.reading.printFor(actor, societyOf(actor), donorId, year);
    sendPrivatePdf(reply, `statement-${donorId}`, pdf);
  }
}
