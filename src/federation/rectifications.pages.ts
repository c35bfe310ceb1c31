import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Commands } from '../audit/index.js';
import { CasesQueries } from '../cases/index.js';
import { PAID_STATES } from '../cases/domain/emergency-procedure.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { FileRefused } from '../platform/files/files.errors.js';
import { Files } from '../platform/files/files.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { sendPrivateFile } from '../platform/web/private-file.js';
import { AnswerForm, answerIn } from './desk.forms.js';
import { DeskGround } from './desk-ground.js';
import { RectificationNotFound } from './domain/desk.errors.js';
import { RectificationsService } from './rectifications.service.js';
import { rectificationView } from './rectifications.views.js';
import { ReviewQueries } from './review.queries.js';

/** What the federation asks of a society about one of its grants, and the answer. */
@Controller('s')
export class RectificationsPages {
  constructor(
    private readonly rectifications: RectificationsService,
    private readonly queries: ReviewQueries,
    private readonly cases: CasesQueries,
    private readonly ground: DeskGround,
    private readonly files: Files,
    private readonly commands: Commands,
  ) {}

  @Get('rectifications/:rectificationId')
  async show(
    @By() actor: Actor,
    @Param('rectificationId', ParseUUIDPipe) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.page(reply, 200, actor, id, {}, {});
  }

  @Post('rectifications/:rectificationId')
  async answer(
    @From() caller: Caller,
    @Param('rectificationId', ParseUUIDPipe) id: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(AnswerForm, body);
    if (!form.ok) return this.page(reply, 422, caller.actor, id, form.typed, form.errors);
    try {
      await this.rectifications.answer(caller, answerIn(id, form.values, uploads));
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      return this.page(reply, 422, caller.actor, id, form.typed, { photo: error.message });
    }
    void reply.redirect(`/s/rectifications/${id}`, 303);
  }

  /** The society's photo, for the federation that asked; each look is in the trail. */
  @Get('desk/photos/:rectificationId')
  async photo(
    @By() actor: Actor,
    @Param('rectificationId', ParseUUIDPipe) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { fileId, caseId } = await this.queries.photoOf(await this.ground.federationOf(actor), id);
    const file = await this.files.read(fileId);
    if (!file) throw new RectificationNotFound();
    await this.commands.recordRead(actor, 'file', fileId, { threadId: caseId, words: '看整改照片' });
    sendPrivateFile(reply, file);
  }

  private async page(
    reply: FastifyReply,
    status: number,
    actor: Actor,
    id: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const societyId = societyOf(actor);
    const outcome = await this.queries.rectification(societyId, id);
    const { state } = await this.cases.case(societyId, outcome.caseId);
    const isPaid = PAID_STATES.includes(state);
    await reply
      .status(status)
      .view('federation/rectification', rectificationView(outcome, actor.roles, isPaid, typed, errors));
  }
}
