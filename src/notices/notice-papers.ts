import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config.js';
import { sha256 } from '../platform/crypto/hash.js';
import { Files } from '../platform/files/files.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import type { Printed } from '../platform/pdf/printer.js';
import { draftContentOf } from './domain/notice-content.js';
import type { NoticeContent } from './domain/notice-content.js';
import type { Issue, NoticeLine } from './notices.queries.js';

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
    const { template, title, issuer } = content;
    return this.printer.print({
      template,
      content,
      facts: { title: title.join(''), author: issuer, at: signedAt },
    });
  }

  html(content: NoticeContent): string {
    return this.printer.html({ template: content.template, content });
  }

  /** A draft on the page, with what only the signature knows left open. It leads no scanner anywhere. */
  draftHtml(notice: NoticeLine, period: string): string {
    return this.html({ ...draftContentOf(notice), period, number: '（签发时编号）' });
  }

  /**
   * The signed PDF: the bytes kept at the signature, or, where the file is lost or altered, the same bytes printed anew
   * from the frozen content. Null when neither has the hash of the record: then nothing is shown for genuine.
   */
  async findPdf(issue: Issue): Promise<Buffer | null> {
    const kept = await this.keptPdf(issue);
    if (kept && sha256(kept) === issue.pdfSha256) return kept;
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

  private async keptPdf(issue: Issue): Promise<Buffer | null> {
    try {
      const file = await this.files.read(issue.pdfFileId);
      return file?.bytes ?? null;
    } catch {
      return null; // lost, or sealed by a key that is gone: the content can still be printed
    }
  }
}
