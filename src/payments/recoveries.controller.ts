import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import type { Booked } from '../ledger/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import type { RecoveryState } from './domain/recovery-rules.js';
import { InstalmentForm, instalmentTyped } from './recoveries.forms.js';
import { RecoveriesQueries } from './recoveries.queries.js';
import type { InstalmentFacts } from './recoveries.queries.js';
import { RecoveriesService } from './recoveries.service.js';

/** Without the name of who owes it: the case knows. */
type RecoveryAnswer = {
  readonly id: string;
  readonly caseNumber: string;
  readonly orderId: string;
  readonly state: RecoveryState;
  readonly demandedFen: Fen;
  readonly recoveredFen: Fen;
  readonly writtenOffFen: Fen;
  readonly outstandingFen: Fen;
  readonly recoveredLateFen: Fen;
  readonly writtenOffOn: Day | null;
  readonly demandedAt: Date;
  readonly dueOn: Day;
  readonly instalments: readonly InstalmentAnswer[];
};
type InstalmentAnswer = Omit<InstalmentFacts, 'bankReference' | 'photoFileId'>;

const INSTALMENT = {
  type: 'object',
  required: ['amountFen', 'photo'],
  properties: {
    amountFen: { type: 'integer', minimum: 1, description: 'Whole fen, in digits' },
    receivedAt: { type: 'string', format: 'date-time' },
    bankReference: { type: 'string', maxLength: 60 },
    photo: { type: 'string', format: 'binary', description: 'The slip of the bank' },
  },
};

@ApiTags('payments')
@Controller('api/v1/recoveries')
export class RecoveriesController {
  constructor(
    private readonly recoveries: RecoveriesService,
    private readonly queries: RecoveriesQueries,
  ) {}

  @Get(':recoveryId')
  @ApiOperation({ operationId: 'getRecovery' })
  async read(
    @By() actor: Actor,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
  ): Promise<RecoveryAnswer> {
    const facts = await this.queries.recovery(societyOf(actor), recoveryId);
    const { id, caseNumber, orderId, state, demandedAt, dueOn } = facts;
    const { demandedFen, recoveredFen, writtenOffFen, outstandingFen, recoveredLateFen, writtenOffOn } =
      facts;
    const amounts = { demandedFen, recoveredFen, writtenOffFen, outstandingFen, recoveredLateFen };
    const instalments = (await this.queries.instalmentsOf(recoveryId)).map(instalmentAnswer);
    return { id, caseNumber, orderId, state, ...amounts, writtenOffOn, demandedAt, dueOn, instalments };
  }

  /** With the photo of the bank's slip, and so multipart: its amount comes as digits. */
  @Post(':recoveryId/instalments')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordInstalment' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: INSTALMENT })
  async recordInstalment(
    @From() caller: Caller,
    @Param('recoveryId', ParseUUIDPipe) recoveryId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Booked> {
    const form = await parseJson(InstalmentForm, inFen(body));
    return this.recoveries.recordInstalment(caller, instalmentTyped(recoveryId, form, uploads.one('photo')));
  }
}

function instalmentAnswer(instalment: InstalmentFacts): InstalmentAnswer {
  const { amountFen, receivedAt, voucherId, voucherNumber } = instalment;
  return { amountFen, receivedAt, voucherId, voucherNumber };
}

/** A multipart body holds text: whole fen are digits there. */
function inFen(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('amountFen' in body)) return body;
  const { amountFen } = body;
  const isDigits = typeof amountFen === 'string' && /^\d{1,12}$/.test(amountFen);
  return isDigits ? { ...body, amountFen: Number(amountFen) } : body;
}
