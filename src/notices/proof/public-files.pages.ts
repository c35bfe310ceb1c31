import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Post,
  Render,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../kernel/clock.js';
import { Files } from '../../platform/files/files.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { sightOf } from '../domain/expiry.js';
import { NoticeClosed } from '../domain/incident.errors.js';
import { readCode } from '../domain/notice-number.js';
import { NoticeNotFound } from '../domain/notices.errors.js';
import {
  FileToVerifyNeeded,
  NoSignedFile,
  PrintCodeUnknown,
  TooManyPrintCodes,
} from '../domain/proof.errors.js';
import { verifyView } from '../public-notices.views.js';
import { sendPdf } from '../send-pdf.js';
import { FileProofs } from './file-proofs.js';
import type { Proof } from './file-proofs.js';
import { NoticePictures } from './notice-pictures.js';
import type { Enlarged } from './notice-pictures.js';
import { PrintCodesService } from './print-codes.service.js';
import { PrintCodeForm } from './proof.forms.js';
import { fileVerdictView, printCodeView } from './proof.views.js';
import type { PrintCodeView } from './proof.views.js';

/** For the village, not for a search engine. */
const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;

/** What anybody may have of a signed notice besides its page, and whether a file is one of ours. No account. */
@Controller()
export class PublicFilesPages {
  constructor(
    private readonly proofs: FileProofs,
    private readonly pictures: NoticePictures,
    private readonly codes: PrintCodesService,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  /** A page to be pressed long and saved. A phone asks each time whether it may still show it, and is answered briefly. */
  @Get('n/:code/pages/:page')
  @Header(...UNLISTED)
  async picture(
    @Param('code') code: string,
    @Param('page') page: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { issue } = await this.open(code);
    const number = Number(/^([1-9]\d?)\.png$/.exec(page)?.[1] ?? 0);
    const tag = `"${this.pictures.nameOf(issue, number) ?? ''}"`;
    void reply.header('cache-control', 'private, no-cache').header('etag', tag);
    if (known === tag && tag !== '""') {
      void reply.status(304).send();
      return;
    }
    const png = await this.pictures.page(issue, number);
    const name = `inline; filename="${issue.code}-${number}.png"`;
    void reply
      .type('image/png')
      .header('content-disposition', name)
      .header('x-content-type-options', 'nosniff')
      .send(png);
  }

  @Get('n/:code/notice-signed.pdf')
  @Header(...UNLISTED)
  async signedPdf(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const { issue, signedFile } = await this.open(code);
    const kept = signedFile && (await this.files.read(signedFile.fileId));
    if (!kept) throw new NoSignedFile();
    sendPdf(reply, { number: `${issue.number}（电子签名）`, code: `${issue.code}-signed` }, kept.bytes);
  }

  @Get('n/:code/poster.pdf')
  @Header(...UNLISTED)
  async poster(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    await this.sendEnlarged(code, 'A3', reply);
  }

  @Get('n/:code/large.pdf')
  @Header(...UNLISTED)
  async large(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    await this.sendEnlarged(code, 'LARGE', reply);
  }

  /** Shown at once and kept nowhere: neither the file nor that somebody asked. */
  @Post('verify/file')
  @HttpCode(200)
  async verifyFile(@Uploads() uploads: UploadedFiles, @Res() reply: FastifyReply): Promise<void> {
    const pdf = uploads.one('pdf');
    if (pdf) {
      const found = await this.proofs.of(pdf);
      void reply.view('notice-pages/file-verdict', fileVerdictView(found, this.clock.now()));
      return;
    }
    const { message, advice } = new FileToVerifyNeeded();
    void reply.status(422).view('notice-pages/verify', verifyView({}, { pdf: `${message}${advice}` }));
  }

  @Get('p')
  @Render('notice-pages/print-code')
  askCode(): PrintCodeView {
    return printCodeView({}, {});
  }

  /** On to the paper itself. What is no print code may be the check code of a paper, and needs no counting. */
  @Post('p')
  async openCode(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PrintCodeForm, body);
    const again = (typed: Typed, errors: FieldErrors): void =>
      void reply.status(422).view('notice-pages/print-code', printCodeView(typed, errors));
    if (!form.ok) {
      again(form.typed, form.errors);
      return;
    }
    try {
      const code = await this.codeOf(form.values.code, request.ip);
      void reply.redirect(`/n/${code}/notice.pdf`, 303);
    } catch (error) {
      if (!(error instanceof PrintCodeUnknown || error instanceof TooManyPrintCodes)) throw error;
      again(form.typed, { code: `${error.message}${error.advice}` });
    }
  }

  private async codeOf(typed: string, address: string): Promise<string> {
    const checkCode = readCode(typed);
    if (checkCode === null) return this.codes.open(typed, address);
    const found = await this.proofs.proofByCode(checkCode);
    if (!found) throw new PrintCodeUnknown();
    return found.issue.code;
  }

  private async sendEnlarged(code: string, variant: Enlarged, reply: FastifyReply): Promise<void> {
    const { issue } = await this.open(code);
    const words = { A3: 'A3大张', LARGE: '大字版' }[variant];
    const named = { number: `${issue.number}（${words}）`, code: `${issue.code}-${variant}` };
    sendPdf(reply, named, await this.pictures.enlarged(issue, variant));
  }

  /** Signed, and still to be read by everybody. */
  private async open(typed: string): Promise<Proof> {
    const code = readCode(typed);
    const proof = code === null ? null : await this.proofs.proofByCode(code);
    if (!proof) throw new NoticeNotFound();
    const sight = sightOf(proof.notice);
    if (sight !== 'OPEN') throw new NoticeClosed(sight);
    return proof;
  }
}
