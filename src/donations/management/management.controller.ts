import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { MOST_SHARE_PERCENT } from '../domain/management.js';
import {
  drawTyped,
  ManagementDecisionForm,
  ManagementDrawForm,
  ManagementTermsForm,
  termsTyped,
} from './management.forms.js';
import type { DrawFacts, TermsFacts } from './management.queries.js';
import { ManagementReading } from './management.reading.js';
import { ManagementService } from './management.service.js';
import type { Drawn, TermsAnswer } from './management.service.js';

type ManagementJson = {
  /** The newest first; only the first can stand. */
  readonly terms: readonly Omit<TermsFacts, 'recordedBy'>[];
  readonly draws: readonly DrawFacts[];
};

const TERMS = {
  type: 'object',
  required: ['sharePercent', 'paper'],
  properties: {
    sharePercent: { type: 'integer', minimum: 1, maximum: MOST_SHARE_PERCENT },
    paper: { type: 'string', format: 'binary', description: 'A photo of the written agreement of the giver' },
  },
};

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donations/:giftId/management')
export class ManagementController {
  constructor(
    private readonly management: ManagementService,
    private readonly reading: ManagementReading,
  ) {}

  /** What was agreed about the running of the house and this gift, and what was drawn. */
  @Get()
  @ApiOperation({ operationId: 'readManagement' })
  async read(@By() actor: Actor, @Param('giftId', ParseUUIDPipe) giftId: string): Promise<ManagementJson> {
    const { terms, draws } = await this.reading.of(actor, giftId);
    return {
      draws,
      terms: terms.map(
        ({ id, sharePercent, mostFen, drawnFen, paperFileId, state, recordedAt, decidedAt }) => ({
          ...{ id, sharePercent, mostFen, drawnFen, paperFileId, state, recordedAt, decidedAt },
        }),
      ),
    };
  }

  /** With the photo of the giver's agreement, and so multipart: its share comes as digits. */
  @Post('terms')
  @HttpCode(201)
  @ApiOperation({ operationId: 'recordManagementTerms' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: TERMS })
  async record(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<TermsAnswer> {
    const form = await parseJson(ManagementTermsForm, asNumber(body));
    return this.management.recordTerms(caller, termsTyped(giftId, form, uploads.one('paper')));
  }

  @Post('decision')
  @HttpCode(200)
  @ApiOperation({ operationId: 'decideManagementTerms' })
  @ApiBody({ type: ManagementDecisionForm })
  async decide(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
  ): Promise<TermsAnswer> {
    const { decision } = await parseJson(ManagementDecisionForm, body);
    return this.management.decideTerms(caller, { giftId, agrees: decision === 'yes' });
  }

  /** So much was paid at the bank: Dr 5201, Cr 1002, out of the lots of this gift. */
  @Post('draws')
  @HttpCode(201)
  @ApiOperation({ operationId: 'drawManagement' })
  @ApiBody({ type: ManagementDrawForm })
  async draw(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
  ): Promise<Drawn> {
    return this.management.drawManagement(
      caller,
      drawTyped(giftId, await parseJson(ManagementDrawForm, body)),
    );
  }
}

/** A multipart body holds text: a share is digits there. */
function asNumber(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('sharePercent' in body)) return body;
  const { sharePercent } = body;
  const isDigits = typeof sharePercent === 'string' && /^\d{1,3}$/.test(sharePercent);
  return isDigits ? { ...body, sharePercent: Number(sharePercent) } : body;
}
