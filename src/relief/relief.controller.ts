import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { CAUSES } from '../kernel/causes.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { RELIEF_STATES } from './domain/relief-procedure.js';
import { ReliefAccountService } from './relief-account.service.js';
import { ReliefEndingForm, ReliefTransferForm } from './relief-decision.forms.js';
import { ReliefReturnForm, returnIn } from './relief-desk.forms.js';
import { ReliefEndingService } from './relief-ending.service.js';
import { PHOTO_FIELDS } from './relief-fields.js';
import { ReliefIntakeService } from './relief-intake.service.js';
import type { Submitted } from './relief-intake.service.js';
import { fromParts } from './relief-lists.js';
import { ReliefTransferService } from './relief-transfer.service.js';
import {
  applicationIn,
  ReliefAccountForm,
  ReliefCompletionForm,
  completionIn,
  filterIn,
  ReliefForm,
} from './relief.forms.js';
import { lineJson, reliefJson } from './relief.json.js';
import type { ReliefJson } from './relief.json.js';
import { ReliefQueries } from './relief.queries.js';
import { ReliefReading } from './relief.reading.js';

type Done = { readonly reliefId: string };

const PHOTO = { type: 'string', format: 'binary' };
const PHOTOS = Object.fromEntries(Object.values(PHOTO_FIELDS).map((name) => [name, PHOTO]));
const INVOICES = {
  type: 'string',
  description: 'JSON: [{"number","amountFen"}]; all of them, where they changed',
};

/** Relief by a fund: handed in, read, sent back and completed, ended. */
@ApiTags('relief')
@ApiBearerAuth()
@Controller('api/v1/relief')
export class ReliefController {
  constructor(
    private readonly intake: ReliefIntakeService,
    private readonly endings: ReliefEndingService,
    private readonly transfers: ReliefTransferService,
    private readonly accounts: ReliefAccountService,
    private readonly queries: ReliefQueries,
    private readonly reading: ReliefReading,
  ) {}

  @Get()
  @ApiQuery({ name: 'state', required: false, enum: RELIEF_STATES })
  @ApiQuery({ name: 'fundId', required: false })
  @ApiQuery({ name: 'homeId', required: false })
  @ApiQuery({ name: 'cause', required: false, enum: CAUSES })
  @ApiQuery({ name: 'after', required: false, description: 'The id of the last one of the page before' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 100, default: 50 } })
  @ApiOperation({ operationId: 'listRelief', summary: '基金救助，新的在前；总会看到全部，一个社看到自己的' })
  async list(
    @By() actor: Actor,
    @Query() query: Record<string, unknown>,
  ): Promise<{ items: ReturnType<typeof lineJson>[]; count: number; next: string | null }> {
    const { items, count, next } = await this.queries.list(societyOf(actor), filterIn(query));
    return { items: items.map(lineJson), count, next };
  }

  @Post()
  @HttpCode(201)
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ type: ReliefForm })
  @ApiOperation({
    operationId: 'applyForRelief',
    summary: '申请基金救助',
    description: `Photos come as multipart, beside the same fields as text and lists as JSON: ${Object.values(PHOTO_FIELDS).join(', ')}.`,
  })
  async apply(
    @From() caller: Caller,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Submitted> {
    const parts = { numbers: ['debtsFen'], flags: ['pledged'], lists: ['consents'] };
    const form = await parseJson(ReliefForm, fromParts(body, parts));
    return this.intake.applyForRelief(caller, applicationIn(form, form.payeeAccountId ?? null, uploads));
  }

  /** Without bytes, names and cards; for the society that asked without what the federation judges by. */
  @Get(':reliefId')
  @ApiOperation({
    operationId: 'readRelief',
    summary: '一件基金救助：事实、算式、材料、付款；总会还看到研判和其他救助',
  })
  async read(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<ReliefJson> {
    return reliefJson(await this.reading.page(actor, reliefId));
  }

  @Post(':reliefId/returns')
  @HttpCode(201)
  @ApiBody({ type: ReliefReturnForm })
  @ApiOperation({ operationId: 'returnRelief', summary: '退回补正：写明缺什么，最多两次' })
  async sendBack(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    return this.intake.returnForCompletion(
      caller,
      returnIn(reliefId, await parseJson(ReliefReturnForm, body)),
    );
  }

  @Post(':reliefId/completion')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { ...PHOTOS, invoices: INVOICES } } })
  @ApiOperation({ operationId: 'completeRelief', summary: '补正：要补的全部照片；发票变了的写全部发票' })
  async complete(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Done> {
    const form = await parseJson(ReliefCompletionForm, body);
    return this.intake.complete(caller, completionIn(reliefId, form, uploads));
  }

  @Post(':reliefId/account')
  @HttpCode(200)
  @ApiBody({ type: ReliefAccountForm })
  @ApiOperation({ operationId: 'nameReliefAccount', summary: '登记家庭的收款账户：提交申请时没有卡的' })
  async nameAccount(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    const { payeeAccountId } = await parseJson(ReliefAccountForm, body);
    return this.accounts.nameAccount(caller, { reliefId, payeeAccountId });
  }

  @Post(':reliefId/transfer')
  @HttpCode(200)
  @ApiBody({ type: ReliefTransferForm })
  @ApiOperation({ operationId: 'transferRelief', summary: '转到户籍地的社' })
  async transfer(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    const { toSocietyId } = await parseJson(ReliefTransferForm, body);
    return this.transfers.transferHome(caller, { reliefId, toSocietyId });
  }

  @Post(':reliefId/ending')
  @HttpCode(200)
  @ApiBody({ type: ReliefEndingForm })
  @ApiOperation({ operationId: 'endRelief', summary: '撤回或终止：一分钱还没付出' })
  async end(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
  ): Promise<Done> {
    const { reason } = await parseJson(ReliefEndingForm, body);
    return this.endings.end(caller, { reliefId, reason });
  }
}
