import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { FileRefused } from '../platform/files/files.errors.js';
import { MissingGlyph } from '../platform/pdf/pdf.errors.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { SocietiesQueries } from '../societies/index.js';
import {
  NoticeNotClean,
  NotSignedYet,
  PhotoNeeded,
  PlannedPostingWrong,
  PostingTimeWrong,
} from './domain/notices.errors.js';
import { NoticePapers } from './notice-papers.js';
import { NoticeSubjects } from './notice-subjects.js';
import { DiscardsService } from './corrections/discards.service.js';
import { DiscardForm, PostingForm, postingDayOf, postingOf, SignatureForm } from './notices.forms.js';
import { NoticesQueries } from './notices.queries.js';
import type { Notice } from './notices.queries.js';
import { NoticesService } from './notices.service.js';
import { listView, noticeView, placeOf, placeText, postingView } from './notices.views.js';
import type { ListView, NoticeView, PostingView } from './notices.views.js';
import { sendPdf } from './send-pdf.js';

const PAGE = 30;

/** 公示 of the society: the chair signs, the secretary prints, posts and photographs. */
@Controller('s/notices')
export class NoticesPages {
  constructor(
    private readonly notices: NoticesService,
    private readonly discards: DiscardsService,
    private readonly queries: NoticesQueries,
    private readonly papers: NoticePapers,
    private readonly subjects: NoticeSubjects,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('notice-pages/list')
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<ListView> {
    const societyId = societyOf(actor);
    const { boardCode } = await this.societies.society(societyId);
    const rows = await this.queries.page(societyId, { after: placeOf(after), limit: PAGE + 1 });
    const shown = rows.slice(0, PAGE);
    const last = shown.at(-1);
    const older = rows.length > PAGE && last ? placeText(last) : null;
    return listView(shown, { roles: actor.roles, now: this.clock.now(), boardCode }, older);
  }

  @Get(':noticeId')
  @Render('notice-pages/notice')
  async show(@By() actor: Actor, @Param('noticeId', ParseUUIDPipe) noticeId: string): Promise<NoticeView> {
    return this.viewOf(actor, await this.noticeOf(actor, noticeId), {}, {});
  }

  @Post(':noticeId/signature')
  async sign(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(SignatureForm, body);
    if (!form.ok) {
      await this.again(reply, caller.actor, noticeId, form.typed, form.errors);
      return;
    }
    try {
      await this.notices.sign(caller, { noticeId, plannedPostingOn: postingDayOf(form.values) });
    } catch (error) {
      await this.again(reply, caller.actor, noticeId, form.typed, errorsByField(error));
      return;
    }
    void reply.redirect(`/s/notices/${noticeId}`, 303);
  }

  @Get(':noticeId/notice.pdf')
  async pdf(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { issue } = await this.noticeOf(actor, noticeId);
    if (!issue) throw new NotSignedYet();
    sendPdf(reply, issue, await this.papers.getPdf(issue));
  }

  @Get(':noticeId/postings')
  @Render('notice-pages/posting')
  async posting(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<PostingView> {
    const notice = await this.noticeOf(actor, noticeId);
    if (!notice.issue) throw new NotSignedYet();
    return postingView(notice, this.clock.now(), {}, {});
  }

  @Post(':noticeId/postings')
  async recordPosting(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PostingForm, body);
    const again = async (errors: FieldErrors): Promise<void> => {
      const notice = await this.noticeOf(caller.actor, noticeId);
      const view = postingView(notice, this.clock.now(), form.typed, errors);
      void reply.status(422).view('notice-pages/posting', view);
    };
    if (!form.ok) {
      await again(form.errors);
      return;
    }
    try {
      await this.notices.recordPosting(caller, postingOf(noticeId, form.values, uploads.one('photo')));
    } catch (error) {
      await again(errorsByField(error));
      return;
    }
    void reply.redirect(`/s/notices/${noticeId}`, 303);
  }

  @Post(':noticeId/posting-photo')
  async addPhoto(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const photo = uploads.one('photo');
    await this.orAgain(reply, caller.actor, noticeId, () =>
      this.notices.addPostingPhoto(caller, { noticeId, photo }),
    );
  }

  @Post(':noticeId/archive')
  async archive(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const endPhoto = uploads.one('photo');
    await this.orAgain(reply, caller.actor, noticeId, () =>
      this.notices.archive(caller, { noticeId, endPhoto }),
    );
  }

  @Post(':noticeId/discard')
  async discard(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DiscardForm, body);
    if (!form.ok) return this.again(reply, caller.actor, noticeId, form.typed, form.errors);
    await this.discards.discard(caller, { noticeId, reason: form.values.reason });
    void reply.redirect(`/s/notices/${noticeId}`, 303);
  }

  private async orAgain(
    reply: FastifyReply,
    actor: Actor,
    noticeId: string,
    act: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await act();
    } catch (error) {
      await this.again(reply, actor, noticeId, {}, errorsByField(error));
      return;
    }
    void reply.redirect(`/s/notices/${noticeId}`, 303);
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    noticeId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const view = await this.viewOf(actor, await this.noticeOf(actor, noticeId), typed, errors);
    void reply.status(422).view('notice-pages/notice', view);
  }

  private noticeOf(actor: Actor, noticeId: string): Promise<Notice> {
    return this.queries.notice(societyOf(actor), noticeId);
  }

  private async viewOf(actor: Actor, notice: Notice, typed: Typed, errors: FieldErrors): Promise<NoticeView> {
    const now = this.clock.now();
    const isDraft = notice.issue === null;
    const refusal = isDraft ? await this.notices.signerRefusal(actor, notice) : null;
    const facts = {
      notice,
      subject: await this.subjects.of(notice.subjectKind).describe(notice.societyId, notice.subjectId),
      hits: isDraft ? await this.notices.hitsIn(notice) : [],
      cannotSign: refusal && `${refusal.message}${refusal.advice}`,
      isDiscardable: await this.discards.isDiscardable(notice),
      roles: actor.roles,
      now,
      html: await this.htmlOf(notice, now),
    };
    return noticeView(facts, typed, errors);
  }

  private async htmlOf(notice: Notice, now: Date): Promise<string> {
    if (notice.issue) return this.papers.html(notice.issue.content);
    return this.papers.draftHtml(notice, await this.notices.plannedPeriod(notice, dayOf(now), now));
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof PlannedPostingWrong) return { plannedPostingOn: error.message };
  if (error instanceof PostingTimeWrong) return { postedAt: error.message };
  if (error instanceof PhotoNeeded || error instanceof FileRefused) return { photo: error.message };
  if (error instanceof NoticeNotClean || error instanceof MissingGlyph)
    return { notice: `${error.message}${error.advice}` };
  throw error;
}
