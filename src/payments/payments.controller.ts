import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import type { Fen } from '../kernel/fen.js';
import type { Booked } from '../ledger/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { PaymentForm, proofOf } from './payments.forms.js';
import { PaymentsQueries } from './payments.queries.js';
import { PaymentsService } from './payments.service.js';

/** Without name and card: the case knows who it is about. */
type PaymentAnswer = {
  readonly id: string;
  readonly caseNumber: string;
  readonly amountFen: Fen;
  readonly method: 'CARD' | 'CASH';
  readonly state: 'TO_PAY' | 'PAID';
  readonly orderedAt: Date;
  readonly paidAt: Date | null;
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
};

const PROOF = {
  type: 'object',
  required: ['photo'],
  properties: {
    photo: { type: 'string', format: 'binary', description: 'The transfer slip, or the signed slip of cash' },
    method: { enum: ['CARD', 'CASH'] },
    paidAt: { type: 'string', format: 'date-time' },
    bankReference: { type: 'string', maxLength: 60 },
    witnessOne: { type: 'string', format: 'uuid' },
    witnessTwo: { type: 'string', format: 'uuid' },
  },
};

@ApiTags('payments')
@Controller('api/v1/payments')
export class PaymentsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly queries: PaymentsQueries,
  ) {}

  @Get(':orderId')
  @ApiOperation({ operationId: 'readPayment' })
  async read(@By() actor: Actor, @Param('orderId', ParseUUIDPipe) orderId: string): Promise<PaymentAnswer> {
    const order = await this.queries.order(societyOf(actor), orderId);
    const { id, caseNumber, amountFen, method, state, orderedAt, paidAt, voucherId, voucherNumber } = order;
    return { id, caseNumber, amountFen, method, state, orderedAt, paidAt, voucherId, voucherNumber };
  }

  /** With its photo, and so multipart; the fields are those of the page. */
  @Post(':orderId/transfer')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordPayment' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: PROOF })
  async recordPayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Booked> {
    const form = await parseJson(PaymentForm, body);
    return this.payments.recordPayment(caller, proofOf(orderId, form, uploads.one('photo')));
  }
}
