import { Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { NameNotToQuote, NothingToCorrect } from '../domain/correction.errors.js';
import type { CorrectedText } from '../domain/notice-words.js';
import { NoticesQueries } from '../notices.queries.js';
import { CorrectionsService } from './corrections.service.js';
import { correctionView } from './corrections.views.js';
import type { CorrectionFacts, CorrectionView } from './corrections.views.js';

/** 更正: both versions are looked at, and then the correction is drafted; it is signed and posted like every notice. */
@Controller('s/notices/:noticeId/correction')
export class CorrectionsPages {
  constructor(
    private readonly corrections: CorrectionsService,
    private readonly queries: NoticesQueries,
  ) {}

  @Get()
  @Render('notice-corrections/correction')
  async check(
    @By() actor: Actor,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
  ): Promise<CorrectionView> {
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    const found = await this.corrections.textsToCorrect(notice).then(checked, refused);
    return correctionView({ notice, ...found });
  }

  @Post()
  async correct(
    @From() caller: Caller,
    @Param('noticeId', ParseUUIDPipe) noticeId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const drafted = await this.corrections.correct(caller, { noticeId });
    void reply.redirect(`/s/notices/${drafted.noticeId}`, 303);
  }
}

type Found = Omit<CorrectionFacts, 'notice'>;

function checked({ changes }: { readonly changes: readonly CorrectedText[] }): Found {
  return changes.length > 0
    ? { changes, refusal: null, mustTakeDown: false }
    : refused(new NothingToCorrect());
}

function refused(error: unknown): Found {
  if (!(error instanceof DomainError)) throw error;
  const refusal = `${error.message}${error.advice}`;
  return { changes: [], refusal, mustTakeDown: error instanceof NameNotToQuote };
}
