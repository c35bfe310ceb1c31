import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { FileRefused } from '../../platform/files/files.errors.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Parsed, Typed } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { SocietiesQueries } from '../../societies/index.js';
import { GapWrong, MomentWrong, NoPeriodRuns, NotTakenDown } from '../domain/incident.errors.js';
import { readCode } from '../domain/notice-number.js';
import { NoticeNotFound, PhotoNeeded } from '../domain/notices.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { GapsService } from './gaps.service.js';
import { IncidentsReach } from './incidents-reach.js';
import {
  GapForm,
  gapOf,
  IncidentNoteForm,
  noteOf,
  PaperDownForm,
  paperDownOf,
  ReissueForm,
  SuspensionForm,
  suspensionOf,
} from './incidents.forms.js';
import { IncidentsQueries } from './incidents.queries.js';
import { IncidentsService } from './incidents.service.js';
import { gapView, incidentView, takedownView } from './incidents.views.js';
import type { GapView, IncidentView, TakedownView } from './incidents.views.js';
import { ReissuesService } from './reissues.service.js';

/** 撤下, 重发 and 中断: what goes wrong with a notice in public, and how it is put right. */
@Controller('s')
export class IncidentsPages {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly reissues: ReissuesService,
    private readonly gapsService: GapsService,
    private readonly reach: IncidentsReach,
    private readonly records: IncidentsQueries,
    private readonly queries: NoticesQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  /** By the code on the paper: whoever stands before it has nothing else. */
  @Get('takedowns/:code')
  @Render('notice-incidents/takedown')
  async takedown(@By() actor: Actor, @Param('code') code: string): Promise<TakedownView> {
    return this.takedownOf(actor, await this.byCode(actor, code), {}, {});
  }

  @Post('takedowns/:code')
  async suspend(
    @From() caller: Caller,
    @Param('code') code: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const notice = await this.byCode(caller.actor, code);
    const form = await parseForm(SuspensionForm, body);
    const again = async (errors: FieldErrors): Promise<void> => {
      const view = await this.takedownOf(caller.actor, notice, form.typed, errors);
      void reply.status(422).view('notice-incidents/takedown', view);
    };
    if (!form.ok) return again(form.errors);
    try {
      await this.incidents.suspend(caller, suspensionOf(notice.id, form.values));
    } catch (error) {
      return again(beside('noticedAt', error));
    }
    const isOwn = notice.societyId === societyOf(caller.actor);
    void reply.redirect(isOwn ? incidentOf(notice.id) : `/n/${notice.issue?.code ?? ''}`, 303);
  }

  @Get('notices/:noticeId/incident')
  @Render('notice-incidents/incident')
  async incident(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<IncidentView> {
    return this.incidentView(actor, noticeId, {}, {});
  }

  @Post('notices/:noticeId/paper-down')
  async paperDown(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PaperDownForm, body);
    const photo = uploads.one('photo');
    await this.orAgain(reply, caller.actor, noticeId, { form, moment: 'downAt' }, (values) =>
      this.incidents.recordPaperDown(caller, paperDownOf(noticeId, values, photo)),
    );
  }

  @Post('notices/:noticeId/incident-notes')
  async note(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(IncidentNoteForm, body);
    await this.orAgain(reply, caller.actor, noticeId, { form, moment: 'at' }, (values) =>
      this.incidents.note(caller, noteOf(noticeId, values)),
    );
  }

  @Post('notices/:noticeId/reissue')
  async reissue(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReissueForm, body);
    if (!form.ok) return this.again(reply, caller.actor, noticeId, form.typed, form.errors);
    const { numberOnly } = form.values;
    const drafted = await this.reissues.reissue(caller, { noticeId, numberOnly });
    void reply.redirect(`/s/notices/${drafted.noticeId}`, 303);
  }

  @Get('notices/:noticeId/gap')
  @Render('notice-incidents/gap')
  async gap(@By() actor: Actor, @Param('noticeId', ParseUUIDPipe) noticeId: string): Promise<GapView> {
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    if (notice.state !== 'RUNNING') throw new NoPeriodRuns();
    return this.gapsOf(notice, {}, {});
  }

  @Post('notices/:noticeId/gap')
  async recordGap(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(GapForm, body);
    const again = async (errors: FieldErrors): Promise<void> => {
      const notice = await this.queries.notice(societyOf(caller.actor), noticeId);
      const view = await this.gapsOf(notice, form.typed, errors);
      void reply.status(422).view('notice-incidents/gap', view);
    };
    if (!form.ok) return again(form.errors);
    try {
      await this.gapsService.recordGap(caller, gapOf(noticeId, form.values, uploads.one('photo')));
    } catch (error) {
      return again(beside('goneAt', error));
    }
    void reply.redirect(`/s/notices/${noticeId}`, 303);
  }

  /** What was written down stands in the log; what cannot be stands beside its field. */
  private async orAgain<Form>(
    reply: FastifyReply,
    actor: Actor,
    noticeId: string,
    { form, moment }: { readonly form: Parsed<Form>; readonly moment: string },
    act: (values: Form) => Promise<unknown>,
  ): Promise<void> {
    if (!form.ok) return this.again(reply, actor, noticeId, form.typed, form.errors);
    try {
      await act(form.values);
    } catch (error) {
      return this.again(reply, actor, noticeId, form.typed, beside(moment, error));
    }
    void reply.redirect(incidentOf(noticeId), 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    noticeId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const view = await this.incidentView(actor, noticeId, typed, errors);
    void reply.status(422).view('notice-incidents/incident', view);
  }

  private byCode(actor: Actor, typed: string): Promise<Notice> {
    const code = readCode(typed);
    if (code === null) throw new NoticeNotFound();
    return this.reach.byCode(actor, code);
  }

  private async takedownOf(
    actor: Actor,
    notice: Notice,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<TakedownView> {
    const { name: society } = await this.societies.society(notice.societyId);
    const isOwn = notice.societyId === societyOf(actor);
    return takedownView({ notice, society, isOwn, now: this.clock.now() }, typed, errors);
  }

  private async incidentView(
    actor: Actor,
    noticeId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<IncidentView> {
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    const incident = await this.records.ofNotice(noticeId);
    if (!incident) throw new NotTakenDown();
    const { subjectKind, subjectId, kind, version } = notice;
    const latest = await this.queries.ofSubject(subjectKind, subjectId, kind);
    const facts = {
      notice,
      incident,
      related: await this.queries.relationsOf(noticeId),
      isReplaced: (latest?.version ?? 0) > version,
      isByOthers: incident.bySocietyId !== notice.societyId,
      roles: actor.roles,
      now: this.clock.now(),
    };
    return incidentView(facts, typed, errors);
  }

  private async gapsOf(notice: Notice, typed: Typed, errors: FieldErrors): Promise<GapView> {
    const gaps = await this.records.gaps(notice.id);
    return gapView({ notice, gaps, now: this.clock.now() }, typed, errors);
  }
}

const incidentOf = (noticeId: string): string => `/s/notices/${noticeId}/incident`;

/** A refusal about a moment or a photo stands beside its field; others go on to the filter. */
function beside(moment: string, error: unknown): FieldErrors {
  if (error instanceof MomentWrong) return { [moment]: error.message };
  if (error instanceof GapWrong) return { [GAP_FIELDS[error.why]]: error.message };
  if (error instanceof PhotoNeeded || error instanceof FileRefused) return { photo: error.message };
  throw error;
}

const GAP_FIELDS = {
  future: 'upAt',
  'before-posting': 'goneAt',
  backwards: 'upAt',
  overlap: 'goneAt',
} as const;
