import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DutiesQueries } from '../duties/index.js';
import type { DutyKind } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import type { Fen } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { InvalidInput, parseJson } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import {
  intakeIn,
  OpenRoundForm,
  paperIn,
  PapersForm,
  photosIn,
  RegisterCaseForm,
  VisitForm,
  visitIn,
  waiversIn,
} from './cases.forms.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { CasesService } from './cases.service.js';
import type { PapersRecorded, RoundOpened } from './cases.service.js';
import { readCaseNumber } from './domain/case-number.js';
import type { Cause } from '../kernel/causes.js';
import { CASE_STATES } from './domain/emergency-procedure.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { PAPER_KINDS } from './domain/papers.js';
import { IntakeService } from './intake.service.js';
import type { Registered } from './intake.service.js';

/** A case without identity, story and card: the name masked. */
type CaseJson = {
  readonly id: string;
  readonly number: string;
  readonly state: CaseState;
  readonly applicant: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly method: 'CARD' | 'CASH';
  readonly acceptedAt: Date;
  readonly verifiedAt: Date | null;
  readonly approvedAt: Date | null;
  readonly paidAt: Date | null;
  readonly papersDoneAt: Date | null;
  readonly noticeEndedAt: Date | null;
  readonly closedAt: Date | null;
};
type DutyJson = { readonly kind: DutyKind; readonly dueAt: Date; readonly settledAt: Date | null };
type CasesJson = { readonly items: readonly CaseJson[]; readonly next: string | null };

const PHOTO = { type: 'string', format: 'binary' };
const WAIVER = { type: 'string', maxLength: 200 };

@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/cases')
export class CasesController {
  constructor(
    private readonly cases: CasesService,
    private readonly intake: IntakeService,
    private readonly queries: CasesQueries,
    private readonly duties: DutiesQueries,
    private readonly people: PeopleQueries,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiBody({ type: RegisterCaseForm })
  @ApiOperation({ operationId: 'registerCase', summary: '登记急难；写了两位看过的人，就同时核实' })
  async registerCase(@From() caller: Caller, @Body() body: unknown): Promise<Registered> {
    return this.intake.registerCase(caller, intakeIn(await parseJson(RegisterCaseForm, body)));
  }

  @Get()
  @ApiOperation({ operationId: 'listCases', summary: '案件，新的在前；`before` 接着上一页往下' })
  async listCases(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<CasesJson> {
    const state = CASE_STATES.find((each) => each === query['state']) ?? null;
    const before = typeof query['before'] === 'string' ? readCaseNumber(query['before']) : null;
    const page = await this.queries.page(societyOf(actor), { state, before, limit: 100 });
    return { items: await Promise.all(page.cases.map((row) => this.jsonOf(row))), next: page.next };
  }

  @Get(':caseId')
  @ApiOperation({ operationId: 'getCase', summary: '一个案件和它的时限' })
  async getCase(
    @By() actor: Actor,
    @Param('caseId', ParseUUIDPipe) caseId: string,
  ): Promise<CaseJson & { readonly duties: readonly DutyJson[] }> {
    const row = await this.queries.case(societyOf(actor), caseId);
    const duties = await this.duties.ofThread(caseId);
    return {
      ...(await this.jsonOf(row)),
      duties: duties.map(({ kind, dueAt, settledAt }) => ({ kind, dueAt, settledAt })),
    };
  }

  @Post(':caseId/visits')
  @HttpCode(201)
  @ApiBody({ type: VisitForm })
  @ApiOperation({ operationId: 'verifyCase', summary: '记核实：两个不是亲属的人看过' })
  async verifyCase(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<{ readonly caseId: string }> {
    const form = await parseJson(VisitForm, body);
    if (form.otherVisitor !== undefined)
      throw new InvalidInput({ otherVisitor: '程序请在 visitors 里写两个人的编号' });
    return this.cases.verifyCase(caller, visitIn(caseId, form, form.visitors));
  }

  @Post(':caseId/rounds')
  @HttpCode(201)
  @ApiBody({ type: OpenRoundForm })
  @ApiOperation({ operationId: 'openRound', summary: '请大家表决：留出钱，开一轮；登记了亲属的理事自动回避' })
  async openRound(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
  ): Promise<RoundOpened> {
    const { recusals } = await parseJson(OpenRoundForm, body);
    return this.cases.openRound(caller, { caseId, recusals });
  }

  @Post(':caseId/papers')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        idCard: PHOTO,
        causeProof: PHOTO,
        consent: PHOTO,
        receipt: PHOTO,
        waiverIdCard: WAIVER,
        waiverCauseProof: WAIVER,
        waiverConsent: WAIVER,
        waiverReceipt: WAIVER,
      },
    },
  })
  @ApiOperation({ operationId: 'completePapers', summary: '补材料：照片，或写明原因的免交' })
  async completePapers(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<PapersRecorded> {
    const form = await parseJson(PapersForm, body);
    const papers = { photos: photosIn(uploads), waivers: waiversIn(form) };
    return this.cases.completePapers(caller, { caseId, ...papers });
  }

  @Post(':caseId/papers/:kind/confirmation')
  @HttpCode(200)
  @ApiParam({ name: 'kind', enum: PAPER_KINDS })
  @ApiOperation({ operationId: 'confirmWaiver', summary: '监事确认一种材料可以免交' })
  async confirmWaiver(
    @From() caller: Caller,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Param('kind') kind: string,
  ): Promise<PapersRecorded> {
    return this.cases.confirmWaiver(caller, { caseId, kind: paperIn(kind) });
  }

  private async jsonOf(row: CaseFacts): Promise<CaseJson> {
    const { maskedName } = await this.people.person(row.societyId, row.applicantId);
    const { id, state, cause, amountFen, method, acceptedAt, verifiedAt } = row;
    const { approvedAt, paidAt, papersDoneAt, noticeEndedAt, closedAt } = row;
    return {
      id,
      number: row.text,
      state,
      applicant: maskedName,
      cause,
      amountFen,
      method,
      acceptedAt,
      verifiedAt,
      approvedAt,
      paidAt,
      papersDoneAt,
      noticeEndedAt,
      closedAt,
    };
  }
}
