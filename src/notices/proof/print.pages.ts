import { Controller, Get, Headers, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Config } from '../../platform/config.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { sightOf } from '../domain/expiry.js';
import { nextActOf } from '../domain/notice-state.js';
import { NotSignedYet } from '../domain/notices.errors.js';
import { NoticePapers } from '../notice-papers.js';
import { NoticesQueries } from '../notices.queries.js';
import { PrintCodesService } from './print-codes.service.js';
import { ProofQueries } from './proof.queries.js';
import { printView } from './proof.views.js';
import type { PrintView } from './proof.views.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** 打印公示单: every way out of a phone, before the posting and after. */
@Controller('s/notices')
export class PrintPages {
  constructor(
    private readonly codes: PrintCodesService,
    private readonly queries: NoticesQueries,
    private readonly proofs: ProofQueries,
    private readonly papers: NoticePapers,
    private readonly societies: SocietiesQueries,
    private readonly config: Config,
  ) {}

  @Get(':noticeId/print')
  @Render('notice-pages/print')
  async print(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Query('code') printCodeId: unknown,
    @Headers('user-agent') program: string | undefined,
  ): Promise<PrintView> {
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    const { issue } = notice;
    if (!issue) throw new NotSignedYet();
    const isCode = typeof printCodeId === 'string' && UUID.test(printCodeId);
    return printView({
      notice,
      issue,
      society: (await this.societies.society(notice.societyId)).name,
      publicUrl: this.config.publicUrl,
      hasSignedFile: (await this.proofs.signedFile(noticeId)) !== null,
      isOpen: sightOf(notice) === 'OPEN',
      inWeChat: /MicroMessenger/i.test(program ?? ''),
      code: isCode ? await this.codes.shown(noticeId, printCodeId) : null,
      mayPost: nextActOf(notice.state, actor.roles) === 'recordPosting',
      html: this.papers.html(issue.content),
    });
  }

  @Post(':noticeId/print-codes')
  async makeCode(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { printCodeId } = await this.codes.make(caller, noticeId);
    void reply.redirect(`/s/notices/${noticeId}/print?code=${printCodeId}#print-code`, 303);
  }
}
