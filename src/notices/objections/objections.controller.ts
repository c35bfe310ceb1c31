import { Body, Controller, Get, HttpCode, Ip, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { InvalidInput, parseForm, parseJson } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { GROUNDS } from '../domain/objection.js';
import { HandingsService } from './handings.service.js';
import { InquiriesService } from './inquiries.service.js';
import type { DecisionAnswer, InquiryAnswer } from './inquiries.service.js';
import { ObjectionReading } from './objection-reading.js';
import {
  assignmentOf,
  ObjectionAssignmentForm,
  ObjectionExtensionForm,
  ObjectionFindingForm,
  ObjectionReassignmentForm,
  ObjectionForm,
  ObjectionRegistrationForm,
  ObjectionStandingForm,
  ObjectionVerdictForm,
  proposalOf,
  ReplyHandingForm,
  registrationOf,
  saidIn,
  verdictOf,
} from './objections.forms.js';
import { ObjectionsQueries } from './objections.queries.js';
import type { ObjectionFacts } from './objections.queries.js';
import type { Said } from './objections.seals.js';
import { ObjectionsService } from './objections.service.js';
import type { Raised } from './objections.service.js';
import { placeOf, placeText } from './objections.views.js';
import { StandingService } from './standing.service.js';
import { ReassignmentsService } from './reassignments.service.js';
import { WithdrawalsService } from './withdrawals.service.js';

/** Where it stands: neither what was said, nor whose hands it lies in. */
type ObjectionItem = Omit<
  ObjectionFacts,
  'registeredBy' | 'letterFileId' | 'withdrawalFileId' | 'withdrawalBy'
>;
type ObjectionJson = ObjectionItem & {
  /** Null for whoever may not read it. */
  readonly said: Said | null;
  readonly correctionId: string | null;
};

const PAGE = 50;
const PHOTO = { type: 'string', format: 'binary' };
const REGISTRATION = {
  type: 'object',
  required: ['how', 'receivedAt', 'ground', 'words'],
  properties: {
    how: { enum: ['PHONE', 'PAPER'] },
    receivedAt: { type: 'string', format: 'date-time' },
    ground: { enum: [...GROUNDS] },
    words: { type: 'string', minLength: 2, maxLength: 1000 },
    name: { type: 'string', maxLength: 30 },
    phone: { type: 'string', maxLength: 30 },
    letter: PHOTO,
  },
};

@ApiTags('objections')
@ApiBearerAuth()
@Controller('api/v1')
export class ObjectionsController {
  constructor(
    private readonly objections: ObjectionsService,
    private readonly inquiries: InquiriesService,
    private readonly reassignments: ReassignmentsService,
    private readonly withdrawals: WithdrawalsService,
    private readonly standing: StandingService,
    private readonly handings: HandingsService,
    private readonly reading: ObjectionReading,
    private readonly queries: ObjectionsQueries,
  ) {}

  @Get('objections')
  @ApiOperation({ operationId: 'listObjections', summary: '异议和投诉，没办结的在前；next 是下一页的 after' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: ObjectionItem[]; next: string | null }> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const rows = await this.queries.page(looker, { after: placeOf(after), limit: PAGE + 1 });
    const items = rows.slice(0, PAGE);
    const last = items.at(-1);
    return { items: items.map(itemOf), next: rows.length > PAGE && last ? placeText(last) : null };
  }

  @Get('objections/:objectionId')
  @ApiOperation({ operationId: 'getObjection', summary: '一件异议；说了什么只给查的两个人和安排的人' })
  async get(
    @By() actor: Actor,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
  ): Promise<ObjectionJson> {
    const { objection, inquiry } = await this.reading.read(actor, objectionId);
    return { ...itemOf(objection), said: objection.said, correctionId: inquiry?.correctionId ?? null };
  }

  @Post('notices/:noticeId/objections')
  @HttpCode(201)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: REGISTRATION })
  @ApiOperation({ operationId: 'registerObjection', summary: '登记电话或者书面提出的异议' })
  async register(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<Raised> {
    const form = await parseForm(ObjectionRegistrationForm, body);
    if (!form.ok) throw new InvalidInput(form.errors);
    return this.objections.register(caller, registrationOf(noticeId, form.values, uploads.one('letter')));
  }

  @Post('objections/:objectionId/assignment')
  @HttpCode(200)
  @ApiBody({ type: ObjectionAssignmentForm })
  @ApiOperation({ operationId: 'assignObjection', summary: '安排两个和此事无关的人查' })
  async assign(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<InquiryAnswer> {
    const form = await parseJson(ObjectionAssignmentForm, body);
    return this.inquiries.assign(caller, assignmentOf(objectionId, form));
  }

  @Post('objections/:objectionId/reassignment')
  @HttpCode(200)
  @ApiBody({ type: ObjectionReassignmentForm })
  @ApiOperation({ operationId: 'reassignObjection', summary: '换人查：原来的两个人查不了' })
  async reassign(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<InquiryAnswer> {
    const { inquirers } = await parseJson(ObjectionReassignmentForm, body);
    return this.reassignments.reassign(caller, { objectionId, inquirers });
  }

  @Post('objections/:objectionId/extension')
  @HttpCode(200)
  @ApiBody({ type: ObjectionExtensionForm })
  @ApiOperation({ operationId: 'extendObjection', summary: '答复延长一次' })
  async extend(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<InquiryAnswer> {
    const { reason } = await parseJson(ObjectionExtensionForm, body);
    return this.inquiries.extend(caller, { objectionId, reason });
  }

  @Post('objections/:objectionId/findings')
  @HttpCode(200)
  @ApiBody({ type: ObjectionFindingForm })
  @ApiOperation({ operationId: 'proposeFinding', summary: '写查明的情况和结论，等另一位确认' })
  async propose(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<InquiryAnswer> {
    const form = await parseJson(ObjectionFindingForm, body);
    return this.inquiries.propose(caller, proposalOf(objectionId, form));
  }

  @Post('objections/:objectionId/decision')
  @HttpCode(200)
  @ApiBody({ type: ObjectionVerdictForm })
  @ApiOperation({ operationId: 'decideObjection', summary: '确认或者退回另一位的结论' })
  async decide(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<DecisionAnswer> {
    const form = await parseJson(ObjectionVerdictForm, body);
    if (form.agrees === 'no' && form.words === undefined)
      throw new InvalidInput({ words: '请写明为什么退回' });
    return this.inquiries.decide(caller, verdictOf(objectionId, form));
  }

  @Post('objections/:objectionId/standing')
  @HttpCode(200)
  @ApiBody({ type: ObjectionStandingForm })
  @ApiOperation({ operationId: 'letDecisionStand', summary: '异议成立以后重新看过，这件事维持原样' })
  async letStand(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<{ readonly objectionId: string }> {
    const { reason } = await parseJson(ObjectionStandingForm, body);
    return this.standing.letStand(caller, { objectionId, reason });
  }

  @Post('objections/:objectionId/handing')
  @HttpCode(200)
  @ApiBody({ type: ReplyHandingForm })
  @ApiOperation({ operationId: 'recordReplyHanded', summary: '记答复书已经交给提出人：什么时候、怎么交的' })
  async recordHanded(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
  ): Promise<{ readonly objectionId: string }> {
    const { how, handedAt } = await parseJson(ReplyHandingForm, body);
    return this.handings.recordHanded(caller, { objectionId, how, handedAt });
  }

  @Post('objections/:objectionId/withdrawal')
  @HttpCode(204)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['paper'], properties: { paper: PHOTO } } })
  @ApiOperation({ operationId: 'withdrawObjection', summary: '收提出人签名的撤回条子，等另一个人核对' })
  async withdraw(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Uploads() uploads: UploadedFiles,
  ): Promise<void> {
    await this.withdrawals.handIn(caller, { objectionId, paper: uploads.one('paper') });
  }

  @Post('objections/:objectionId/withdrawal/confirmation')
  @HttpCode(204)
  @ApiOperation({ operationId: 'confirmWithdrawal', summary: '另一个人核对撤回的条子，同意撤回' })
  async confirmWithdrawal(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
  ): Promise<void> {
    await this.withdrawals.confirm(caller, { objectionId });
  }
}

@ApiTags('objections')
@Controller('api/v1/public')
export class PublicObjectionsController {
  constructor(private readonly objections: ObjectionsService) {}

  /** Nobody has to sign in; who is signed in is not asked. */
  @Post('notices/:code/objections')
  @HttpCode(201)
  @ApiBody({ type: ObjectionForm })
  @ApiOperation({ operationId: 'raiseObjection', summary: '对一张公示提异议，可以匿名' })
  async raise(
    @From() { key, actor }: Caller,
    @Param('code') code: string,
    @Body() body: unknown,
    @Ip() address: string,
  ): Promise<Omit<Raised, 'objectionId'>> {
    const form = await parseJson(ObjectionForm, body);
    const asked = { code, ground: form.ground, said: saidIn(form) };
    const { origin } = actor;
    const { number, code: own, inTime } = await this.objections.raise({ key, origin, address }, asked);
    return { number, code: own, inTime };
  }
}

function itemOf(objection: ObjectionFacts): ObjectionItem {
  const { id, societyId, deskSocietyId, noticeId, noticeNumber, noticeCode, number, how, ground } = objection;
  const { inTime, isNamed, receivedAt, registeredAt, inquiryId, state, outcome, reason, endedAt, dueAt } =
    objection;
  const { handedAt, handedHow } = objection;
  return {
    ...{ id, societyId, deskSocietyId, noticeId, noticeNumber, noticeCode, number, how, ground, inTime },
    ...{ isNamed, receivedAt, registeredAt, inquiryId, state, outcome, reason, endedAt, dueAt },
    ...{ handedAt, handedHow },
  };
}
