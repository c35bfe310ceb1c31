import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { dayOf } from '../kernel/day.js';
import { By, societyOf } from '../platform/web/caller.js';
import { sendPrivatePdf } from '../platform/web/private-pdf.js';
import { NoDraftAnyMore } from './domain/notices.errors.js';
import { NoticePapers } from './notice-papers.js';
import { NoticesQueries } from './notices.queries.js';
import { NoticesService } from './notices.service.js';

/** 样稿: the paper of a draft as it would hang, marked across every page, for whoever may see the draft. */
@Controller('s/notices')
export class DraftPapersPages {
  constructor(
    private readonly notices: NoticesService,
    private readonly queries: NoticesQueries,
    private readonly papers: NoticePapers,
  ) {}

  /** The period is counted from the day of the draft, so that the same draft is the same paper on every day. */
  @Get(':noticeId/draft.pdf')
  async draft(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    if (notice.state !== 'DRAFT') throw new NoDraftAnyMore();
    const { createdAt } = notice;
    const period = await this.notices.plannedPeriod(notice, dayOf(createdAt), createdAt);
    sendPrivatePdf(reply, 'draft', await this.papers.draftPdf(notice, period));
  }
}
