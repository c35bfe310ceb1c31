import { Body, Controller, Get, Header, Param, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { hashOf } from '../platform/crypto/hash.js';
import { Files } from '../platform/files/files.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { readCode, sameNumber } from './domain/notice-number.js';
import { BoardNotFound, NoticeNotFound, PhotoNotFound } from './domain/notices.errors.js';
import { NoticePapers } from './notice-papers.js';
import { VerifyForm } from './notices.forms.js';
import { NoticesQueries } from './notices.queries.js';
import type { Issue, Notice } from './notices.queries.js';
import { boardView, publicNoticeView, verifyView } from './public-notices.views.js';
import type { BoardView, PublicNoticeView, VerifyView } from './public-notices.views.js';
import { sendPdf } from './send-pdf.js';

/** For the village, not for a search engine: who was once in need is not to be found by a name for ever. */
const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;

/** What the village sees: the board of a society, one notice by its code, and whether a paper is genuine. */
@Controller()
export class PublicNoticesPages {
  constructor(
    private readonly queries: NoticesQueries,
    private readonly papers: NoticePapers,
    private readonly societies: SocietiesQueries,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  @Get('b/:boardCode')
  @Header(...UNLISTED)
  @Render('notice-pages/board')
  async board(@Param('boardCode') typed: string): Promise<BoardView> {
    const code = readCode(typed);
    const society = code && (await this.societies.byBoardCode(code));
    if (!society) throw new BoardNotFound();
    const now = this.clock.now();
    const charter = await this.societies.charterOn(society.id, dayOf(now));
    return boardView(society, charter, await this.queries.board(society.id), now);
  }

  @Get('n/:code')
  @Header(...UNLISTED)
  @Render('notice-pages/public')
  async notice(@Param('code') code: string): Promise<PublicNoticeView> {
    const { notice, issue } = await this.signed(code);
    const now = this.clock.now();
    const { societyId } = notice;
    return publicNoticeView({
      notice,
      issue,
      society: await this.societies.society(societyId),
      charter: await this.societies.charterOn(societyId, dayOf(now)),
      isIntact: hashOf(issue.content) === issue.contentHash,
      html: this.papers.html(issue.content),
      now,
    });
  }

  @Get('n/:code/notice.pdf')
  @Header(...UNLISTED)
  async pdf(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const { issue } = await this.signed(code);
    sendPdf(reply, issue, await this.papers.getPdf(issue));
  }

  /** Only what was photographed for the public: the paper on its wall, by its place in the row. */
  @Get('n/:code/photos/:place')
  @Header(...UNLISTED)
  async photo(
    @Param('code') code: string,
    @Param('place') place: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { notice } = await this.signed(code);
    const photos = notice.photos.filter(({ moment }) => moment === 'POSTING');
    const photo = /^[1-9]\d?$/.test(place) ? photos[Number(place) - 1] : undefined;
    const file = photo && (await this.files.read(photo.fileId));
    if (!file) throw new PhotoNotFound();
    void reply.type(file.mime).header('x-content-type-options', 'nosniff').send(file.bytes);
  }

  @Get('verify')
  @Render('notice-pages/verify')
  ask(): VerifyView {
    return verifyView({}, {});
  }

  /** Number and code must belong together: a code alone could have been copied onto another paper. */
  @Post('verify')
  async verify(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(VerifyForm, body);
    if (!form.ok) {
      again(reply, form.typed, form.errors);
      return;
    }
    const code = readCode(form.values.code);
    const notice = code === null ? null : await this.findSigned(code);
    if (notice && sameNumber(form.values.number, notice.issue.number))
      void reply.redirect(`/n/${notice.issue.code}`, 303);
    else again(reply, form.typed, { number: NO_SUCH });
  }

  private async signed(typed: string): Promise<{ notice: Notice; issue: Issue }> {
    const code = readCode(typed);
    const found = code === null ? null : await this.findSigned(code);
    if (!found) throw new NoticeNotFound();
    return found;
  }

  private async findSigned(code: string): Promise<{ notice: Notice; issue: Issue } | null> {
    const notice = await this.queries.findByCode(code);
    return notice?.issue ? { notice, issue: notice.issue } : null;
  }
}

const NO_SUCH = '没有文号和校验码都相符的公示。请对照纸上再输一次；还是没有，这张公示就不是真的。';

function again(reply: FastifyReply, typed: Typed, errors: FieldErrors): void {
  void reply.status(422).view('notice-pages/verify', verifyView(typed, errors));
}
