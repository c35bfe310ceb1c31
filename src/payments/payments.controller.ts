import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import type { Fen } from '../kernel/fen.js';
import type { Booked } from '../ledger/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { BankAnswersService } from './bank-answers.service.js';
import { BANK_REASON_CODES } from './domain/order-state.js';
import type { OrderState } from './domain/order-state.js';
import type { PayeeKind } from './domain/payee.js';
import {
  BankRefusalForm,
  BankReturnForm,
  PaymentForm,
  proofOf,
  refusalTyped,
  returnTyped,
} from './payments.forms.js';
import { PaymentsQueries } from './payments.queries.js';
import type { Attempt } from './payments.queries.js';
import { PaymentsService } from './payments.service.js';

/** Without name and card: the case knows who it is about. */
type PaymentAnswer = {
  readonly id: string;
  readonly caseNumber: string;
  readonly amountFen: Fen;
  readonly method: 'CARD' | 'CASH';
  readonly payeeKind: PayeeKind;
  readonly state: OrderState;
  readonly orderedAt: Date;
  readonly approvedAt: Date | null;
  readonly paidAt: Date | null;
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
  /** Each try and each return, in the order of writing. */
  readonly attempts: readonly Omit<Attempt, 'note' | 'photoFileId' | 'bankReference'>[];
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

const RETURN = {
  type: 'object',
  required: ['reason', 'photo'],
  properties: {
    reason: { enum: [...BANK_REASON_CODES] },
    note: { type: 'string', maxLength: 120 },
    returnedAt: { type: 'string', format: 'date-time' },
    bankReference: { type: 'string', maxLength: 60 },
    photo: { type: 'string', format: 'binary', description: 'The line of the bank statement' },
  },
};

@ApiTags('payments')
@Controller('api/v1/payments')
export class PaymentsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly answers: BankAnswersService,
    private readonly queries: PaymentsQueries,
  ) {}

  @Get(':orderId')
  @ApiOperation({ operationId: 'readPayment' })
  async read(@By() actor: Actor, @Param('orderId', ParseUUIDPipe) orderId: string): Promise<PaymentAnswer> {
    const order = await this.queries.order(societyOf(actor), orderId);
    const { id, caseNumber, amountFen, method, payeeKind, state, orderedAt, approvedAt, paidAt } = order;
    const { voucherId, voucherNumber } = order;
    const attempts = (await this.queries.attemptsOf(id)).map(attemptAnswer);
    const told = { id, caseNumber, amountFen, method, payeeKind, state, orderedAt, approvedAt, paidAt };
    return { ...told, voucherId, voucherNumber, attempts };
  }

  /** By the chair or a deputy, where nobody presided over the decision. */
  @Post(':orderId/approval')
  @HttpCode(201)
  @ApiOperation({ operationId: 'approvePayment' })
  async approvePayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
  ): Promise<{ orderId: string }> {
    return this.payments.approvePayment(caller, { orderId });
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

  /** The bank refused the transfer: no money left. */
  @Post(':orderId/failures')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordFailedPayment' })
  @ApiBody({ type: BankRefusalForm })
  async recordFailedPayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: unknown,
  ): Promise<{ attempt: number }> {
    const form = await parseJson(BankRefusalForm, body);
    return this.answers.recordFailedPayment(caller, refusalTyped(orderId, form));
  }

  /** The bank sent back what had left. With its photo, and so multipart. */
  @Post(':orderId/return')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordReturnedPayment' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: RETURN })
  async recordReturnedPayment(
    @From() caller: Caller,
    @Param('orderId', ParseUUIDPipe) orderId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Booked> {
    const form = await parseJson(BankReturnForm, body);
    return this.answers.recordReturnedPayment(caller, returnTyped(orderId, form, uploads.one('photo')));
  }
}

function attemptAnswer({ number, outcome, at, reason, voucherId, voucherNumber }: Attempt) {
  return { number, outcome, at, reason, voucherId, voucherNumber };
}
