import { Body, Controller, Get, Header, Param, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SealQueries } from '../audit/index.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { Config } from '../platform/config.js';
import { hashOf } from '../platform/crypto/hash.js';
import { Files } from '../platform/files/files.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { expiresAt, namesSomebody } from './domain/expiry.js';
import { readObjectionNumber } from './domain/objection.js';
import { sameNumber } from './domain/notice-number.js';
import { PhotoNotFound } from './domain/notices.errors.js';
import { IncidentsQueries } from './incidents/incidents.queries.js';
import { NoticePapers } from './notice-papers.js';
import { VerifyForm } from './notices.forms.js';
import type { Notice } from './notices.queries.js';
import { ObjectionsQueries } from './objections/objections.queries.js';
import { publicNoticeView, verifyView } from './public-notices.views.js';
import type { PublicFacts, PublicNoticeView, VerifyView } from './public-notices.views.js';
import { FileProofs } from './proof/file-proofs.js';
import { PublicNotices } from './public-notices.js';
import { sendPdf } from './send-pdf.js';

/** For the village, not for a search engine: who was once in need is not to be found by a name for ever. */
const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;

/** What the village sees: one notice by its code, and whether a paper is genuine. */
@Controller()
export class PublicNoticesPages {
  constructor(
    private readonly notices: PublicNotices,
    private readonly incidents: IncidentsQueries,
    private readonly objections: ObjectionsQueries,
    private readonly papers: NoticePapers,
    private readonly societies: SocietiesQueries,
    private readonly proofs: FileProofs,
    private readonly seals: SealQueries,
    private readonly files: Files,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Get('n/:code')
  @Header(...UNLISTED)
  @Render('notice-pages/public')
  async notice(@Param('code') code: string, @Query('objections') after: unknown): Promise<PublicNoticeView> {
    const { notice, issue, sight } = await this.notices.get(code);
    const now = this.clock.now();
    const { societyId } = notice;
    return publicNoticeView({
      ...{ notice, issue, sight, expiresAt: this.expiryOf(notice) },
      gaps: await this.incidents.gaps(notice.id),
      ...(await this.objectionsTo(notice.id, after)),
      ...(await this.proofs.besides(notice)),
      society: await this.societies.society(societyId),
      charter: await this.societies.charterOn(societyId, dayOf(now)),
      isIntact: hashOf(issue.content) === issue.contentHash,
      html: sight === 'OPEN' ? this.papers.html(issue.content) : '',
      now,
    });
  }

  @Get('n/:code/notice.pdf')
  @Header(...UNLISTED)
  async pdf(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const { issue } = await this.notices.open(code);
    void reply.header('cache-control', 'private, no-cache');
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
    const { notice } = await this.notices.open(code);
    const photos = notice.photos.filter(({ moment }) => moment === 'POSTING');
    const photo = /^[1-9]\d?$/.test(place) ? photos[Number(place) - 1] : undefined;
    const file = photo && (await this.files.read(photo.fileId));
    if (!file) throw new PhotoNotFound();
    void reply
      .type(file.mime)
      .header('cache-control', 'private, no-cache')
      .header('x-content-type-options', 'nosniff')
      .send(file.bytes);
  }

  @Get('verify')
  @Render('notice-pages/verify')
  async ask(): Promise<VerifyView> {
    return verifyView({}, {}, await this.seals.printedHead());
  }

  /** Number and code must belong together: a code alone could have been copied onto another paper. */
  @Post('verify')
  async verify(@Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(VerifyForm, body);
    if (!form.ok) {
      again(reply, form.typed, form.errors);
      return;
    }
    const notice = await this.notices.find(form.values.code);
    if (notice && sameNumber(form.values.number, notice.issue.number))
      void reply.redirect(`/n/${notice.issue.code}`, 303);
    else again(reply, form.typed, { number: NO_SUCH });
  }

  private async objectionsTo(
    noticeId: string,
    after: unknown,
  ): Promise<Pick<PublicFacts, 'objections' | 'objectionsGoOn'>> {
    const asked = { after: readObjectionNumber(after), limit: MOST_OBJECTIONS + 1 };
    const rows = await this.objections.publicOf(noticeId, asked);
    return { objections: rows.slice(0, MOST_OBJECTIONS), objectionsGoOn: rows.length > MOST_OBJECTIONS };
  }

  private expiryOf(notice: Notice): Date | null {
    const { endedAt } = notice;
    return endedAt && namesSomebody(notice) ? expiresAt(endedAt, this.config.noticeOnlineDays) : null;
  }
}

/** On one page; the number of the last leads on to the next. */
const MOST_OBJECTIONS = 50;

const NO_SUCH = '没有文号和校验码都相符的公示。请对照纸上再输一次；还是没有，这张公示就不是真的。';

function again(reply: FastifyReply, typed: Typed, errors: FieldErrors): void {
  void reply.status(422).view('notice-pages/verify', verifyView(typed, errors));
}
