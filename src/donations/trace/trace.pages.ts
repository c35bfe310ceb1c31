import { Controller, Get, Header, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { parseForm } from '../../platform/web/forms.js';
import { TraceNotFound } from '../domain/trace.errors.js';
import { ReceiptsQueries } from '../receipts/receipts.queries.js';
import { traceBody } from './goods-trace.views.js';
import { TraceForm } from './trace.forms.js';
import { TraceReading } from './trace.reading.js';
import { askTraceView, publicTraceView } from './trace.views.js';

/** 查捐款去向: one gift by what is printed on its receipt, for whoever holds it. No account, and no name. */
@Controller('t')
export class TracePages {
  constructor(
    private readonly receipts: ReceiptsQueries,
    private readonly reading: TraceReading,
  ) {}

  /** Without anything the form; with a number and a code, as the QR gives them, what became of the money. */
  @Get()
  @Header('x-robots-tag', 'noindex, noarchive')
  async trace(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const { no = '', code = '' } = query;
    if (no === '' && code === '') {
      void reply.view('donations/trace', askTraceView({}, {}));
      return;
    }
    const form = await parseForm(TraceForm, { no, code });
    if (!form.ok) {
      void reply.status(422).view('donations/trace', askTraceView(form.typed, form.errors));
      return;
    }
    const receipt = await this.receipts.findPublic(form.values.no, form.values.code);
    if (!receipt) {
      const { message, advice } = new TraceNotFound();
      const view = askTraceView(form.typed, { no: `${message}${advice}` });
      void reply.status(404).view('donations/trace', view);
      return;
    }
    const told = await this.reading.ofGift(receipt.societyId, receipt.giftId);
    void reply.view('donations/trace', publicTraceView(told, receipt, traceBody(told)));
  }
}
