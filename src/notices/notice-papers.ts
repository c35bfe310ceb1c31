import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { sha256 } from '../platform/crypto/hash.js';
import { Files } from '../platform/files/files.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import type { PaperToPrint, Printed } from '../platform/pdf/printer.js';
import { draftContentOf } from './domain/notice-content.js';
import type { NoticeContent } from './domain/notice-content.js';
import type { Issue, NoticeLine } from './notices.queries.js';

/** Where the number will stand. */
const NOT_SIGNED = '（样稿·未签发，签发时编号）';

/** The two faces of a notice: the page and the paper. */
@Injectable()
export class NoticePapers {
  constructor(
    private readonly printer: PaperPrinter,
    private readonly files: Files,
    private readonly config: Config,
  ) {}

  /** Frozen into the notice: it stands in the QR on the wall. */
  verifyUrlOf(code: string): string {
    return `${this.config.publicUrl}/n/${code}`;
  }

  /** The same bytes for the same content and moment, whenever and wherever it is printed. */
  print(content: NoticeContent, signedAt: Date): Promise<Printed> {
    return this.printer.print(this.paperOf(content, signedAt));
  }

  /** What a printer is given, wherever it prints. */
  paperOf(content: NoticeContent, signedAt: Date): PaperToPrint {
    const { template, title, issuer } = content;
    return { template, content, facts: { title: title.join(''), author: issuer, at: signedAt } };
  }

  html(content: NoticeContent): string {
    return this.printer.html({ template: content.template, content });
  }

  /** A draft on the page, with what only the signature knows left open. It leads no scanner anywhere. */
  draftHtml(notice: NoticeLine, period: string): string {
    return this.html({ ...draftContentOf(notice), period, number: '（签发时编号）' });
  }

  /** The draft as it would hang, marked on every page for what it is. The same bytes as long as nobody changes a word. */
  async draftPdf(notice: NoticeLine, period: string): Promise<Buffer> {
    const content = { ...draftContentOf(notice), period };
    const { pdf } = await this.printSample(content, notice.createdAt);
    return pdf;
  }

  /** A paper that is none yet: it bears no number and no code, and leads no scanner anywhere. */
  printSample(content: NoticeContent, at: Date): Promise<Printed> {
    const { template, title, issuer } = content;
    return this.printer.print({
      template,
      content: { ...content, number: NOT_SIGNED },
      facts: { title: `样稿：${title.join('')}`, author: issuer, at },
      watermark: '样稿·未签发',
    });
  }

  /**
   * The signed PDF: the bytes kept at the signature, or, where the file is lost or altered, the same bytes printed anew
   * from the frozen content. Null when neither has the hash of the record: then nothing is shown for genuine.
   */
  async findPdf(issue: Issue): Promise<Buffer | null> {
    const kept = await this.findKeptPdf(issue);
    if (kept) return kept;
    const { pdf } = await this.print(issue.content, issue.signedAt);
    return sha256(pdf) === issue.pdfSha256 ? pdf : null;
  }

  /** The signed PDF, or a fault of ours: what cannot be proved is not handed out. */
  async getPdf(issue: Issue): Promise<Buffer> {
    const pdf = await this.findPdf(issue);
    if (!pdf)
      throw new Error(`The paper of notice ${issue.code} is neither kept nor printable with its hash`);
    return pdf;
  }

  /** The bytes kept at the signature; null where they are lost or altered. */
  async findKeptPdf(issue: Issue): Promise<Buffer | null> {
    try {
      const file = await this.files.read(issue.pdfFileId);
      return file && sha256(file.bytes) === issue.pdfSha256 ? file.bytes : null;
    } catch {
      return null; // lost, or sealed by a key that is gone: the content can still be printed
    }
  }
}
