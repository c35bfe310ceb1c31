import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { FileRefused } from '../../platform/files/files.errors.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { sendPrivatePdf } from '../../platform/web/private-pdf.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { sendPrivateFile } from '../../platform/web/private-file.js';
import {
  HandedTimeWrong,
  InquirersUnfit,
  OutcomeUnfit,
  ReceivedTimeWrong,
  WithdrawalPaperNeeded,
} from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import { HandingsService } from './handings.service.js';
import { InquiriesService } from './inquiries.service.js';
import { ObjectionReading } from './objection-reading.js';
import {
  assignmentOf,
  ObjectionAssignmentForm,
  ObjectionExtensionForm,
  ObjectionFindingForm,
  ObjectionReassignmentForm,
  ObjectionRegistrationForm,
  ObjectionStandingForm,
  ObjectionVerdictForm,
  proposalOf,
  ReplyHandingForm,
  registrationOf,
  verdictOf,
} from './objections.forms.js';
import { mayRegisterObjection } from './objections.permissions.js';
import { ObjectionsQueries } from './objections.queries.js';
import { ObjectionsService } from './objections.service.js';
import {
  listView,
  objectionView,
  placeOf,
  placeText,
  registeredView,
  registrationView,
} from './objections.views.js';
import type { ObjectionListView, ObjectionView, RegistrationView } from './objections.views.js';
import { StandingService } from './standing.service.js';
import { ReassignmentsService } from './reassignments.service.js';
import { WithdrawalsService } from './withdrawals.service.js';

const PAGE = 30;

/** 异议和投诉: the office takes them down, the supervisor names two, the two find out and answer. */
@Controller('s')
export class ObjectionsPages {
  constructor(
    private readonly objections: ObjectionsService,
    private readonly inquiries: InquiriesService,
    private readonly reassignments: ReassignmentsService,
    private readonly withdrawals: WithdrawalsService,
    private readonly standing: StandingService,
    private readonly handings: HandingsService,
    private readonly reading: ObjectionReading,
    private readonly queries: ObjectionsQueries,
    private readonly notices: NoticesQueries,
    private readonly clock: Clock,
  ) {}

  @Get('objections')
  @Render('notice-objections/list')
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<ObjectionListView> {
    const looker = { societyId: societyOf(actor), personId: actor.personId };
    const rows = await this.queries.page(looker, { after: placeOf(after), limit: PAGE + 1 });
    const shown = rows.slice(0, PAGE);
    const last = shown.at(-1);
    return listView(shown, this.clock.now(), rows.length > PAGE && last ? placeText(last) : null);
  }

  @Get('objections/:objectionId')
  @Render('notice-objections/objection')
  async show(
    @By() actor: Actor,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
  ): Promise<ObjectionView> {
    return this.viewOf(actor, objectionId, {}, {});
  }

  @Get('notices/:noticeId/objections/new')
  @Render('notice-objections/registration')
  async form(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<RegistrationView> {
    const notice = await this.notices.notice(societyOf(actor), noticeId);
    return registrationView(notice, this.clock.now(), {}, {});
  }

  @Post('notices/:noticeId/objections')
  async register(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionRegistrationForm, body);
    const again = async (errors: FieldErrors) => {
      const notice = await this.notices.notice(societyOf(caller.actor), noticeId);
      const view = registrationView(notice, this.clock.now(), form.typed, errors);
      void reply.status(422).view('notice-objections/registration', view);
    };
    if (!form.ok) return again(form.errors);
    try {
      const asked = registrationOf(noticeId, form.values, uploads.one('letter'));
      const raised = await this.objections.register(caller, asked);
      await reply.view('notice-objections/registered', registeredView(raised));
    } catch (error) {
      await again(errorsByField(error, 'letter'));
    }
  }

  @Post('objections/:objectionId/assignment')
  async assign(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionAssignmentForm, body);
    await this.orAgain(reply, caller.actor, objectionId, form, (values) =>
      this.inquiries.assign(caller, assignmentOf(objectionId, values)),
    );
  }

  @Post('objections/:objectionId/reassignment')
  async reassign(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionReassignmentForm, body);
    await this.orAgain(reply, caller.actor, objectionId, form, ({ inquirers }) =>
      this.reassignments.reassign(caller, { objectionId, inquirers }),
    );
  }

  @Post('objections/:objectionId/extension')
  async extend(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionExtensionForm, body);
    await this.orAgain(reply, caller.actor, objectionId, form, ({ reason }) =>
      this.inquiries.extend(caller, { objectionId, reason }),
    );
  }

  @Post('objections/:objectionId/findings')
  async propose(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionFindingForm, body);
    await this.orAgain(reply, caller.actor, objectionId, form, (values) =>
      this.inquiries.propose(caller, proposalOf(objectionId, values)),
    );
  }

  @Post('objections/:objectionId/decision')
  async decide(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionVerdictForm, body);
    if (form.ok && form.values.agrees === 'no' && form.values.words === undefined) {
      const errors = { words: '请写明为什么退回' };
      return this.again(reply, caller.actor, objectionId, form.typed, errors);
    }
    await this.orAgain(reply, caller.actor, objectionId, form, (values) =>
      this.inquiries.decide(caller, verdictOf(objectionId, values)),
    );
  }

  @Post('objections/:objectionId/standing')
  async letStand(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ObjectionStandingForm, body);
    await this.orAgain(reply, caller.actor, objectionId, form, ({ reason }) =>
      this.standing.letStand(caller, { objectionId, reason }),
    );
  }

  @Post('objections/:objectionId/handing')
  async recordHanded(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReplyHandingForm, body);
    await this.orAgain(reply, caller.actor, objectionId, form, ({ how, handedAt }) =>
      this.handings.recordHanded(caller, { objectionId, how, handedAt }),
    );
  }

  @Post('objections/:objectionId/withdrawal')
  async withdraw(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = { ok: true, values: uploads.one('paper'), typed: {} } as const;
    await this.orAgain(reply, caller.actor, objectionId, form, (paper) =>
      this.withdrawals.handIn(caller, { objectionId, paper }),
    );
  }

  @Post('objections/:objectionId/withdrawal/confirmation')
  async confirmWithdrawal(
    @From() caller: Caller,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.withdrawals.confirm(caller, { objectionId });
    reply.redirect(`/s/objections/${objectionId}`, 303);
  }

  @Get('objections/:objectionId/receipt.pdf')
  async receipt(
    @By() actor: Actor,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `receipt-${objectionId}`, await this.reading.print(actor, objectionId, 'RECEIPT'));
  }

  @Get('objections/:objectionId/reply.pdf')
  async answer(
    @By() actor: Actor,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `reply-${objectionId}`, await this.reading.print(actor, objectionId, 'REPLY'));
  }

  @Get('objections/:objectionId/photos/:which')
  async photo(
    @By() actor: Actor,
    @Param('objectionId', ParseUUIDPipe) objectionId: string,
    @Param('which') which: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { mime, bytes } = await this.reading.photo(actor, objectionId, which);
    sendPrivateFile(reply, { mime, bytes });
  }

  private async orAgain<Values>(
    reply: FastifyReply,
    actor: Actor,
    objectionId: string,
    form: Form<Values>,
    act: (values: Values) => Promise<unknown>,
  ): Promise<void> {
    if (!form.ok) return this.again(reply, actor, objectionId, form.typed, form.errors);
    try {
      await act(form.values);
    } catch (error) {
      return this.again(reply, actor, objectionId, form.typed, errorsByField(error, 'paper'));
    }
    reply.redirect(`/s/objections/${objectionId}`, 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    objectionId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const view = await this.viewOf(actor, objectionId, typed, errors);
    await reply.status(422).view('notice-objections/objection', view);
  }

  private async viewOf(
    actor: Actor,
    objectionId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<ObjectionView> {
    const { roles, personId } = actor;
    const reading = await this.reading.read(actor, objectionId);
    const facts = {
      reading,
      isOurs: reading.objection.societyId === actor.societyId,
      isRegistrar: mayRegisterObjection(roles),
      personId,
      now: this.clock.now(),
    };
    return objectionView(facts, typed, errors);
  }
}

type Form<Values> =
  | { readonly ok: true; readonly values: Values; readonly typed: Typed }
  | { readonly ok: false; readonly errors: FieldErrors; readonly typed: Typed };

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown, file: 'letter' | 'paper'): FieldErrors {
  if (error instanceof ReceivedTimeWrong) return { receivedAt: `${error.message}${error.advice}` };
  if (error instanceof HandedTimeWrong) return { handedAt: error.message };
  if (error instanceof InquirersUnfit) return { inquirers: `${error.message}${error.advice}` };
  if (error instanceof OutcomeUnfit) return { reason: `${error.message}${error.advice}` };
  if (error instanceof WithdrawalPaperNeeded) return { paper: `${error.message}${error.advice}` };
  if (error instanceof FileRefused) return { [file]: error.message };
  throw error;
}
