import { Injectable } from '@nestjs/common';
import { PaperPrinter } from '../../platform/pdf/printer.js';
import { PageOfNoticeNotFound } from '../domain/proof.errors.js';
import { NoticePapers } from '../notice-papers.js';
import type { Issue } from '../notices.queries.js';

/** 放大张贴件, and the one for weak eyes. */
export type Enlarged = 'A3' | 'LARGE';

/** Pictures that a village just looked at: a page of a notice is asked for by many phones in one hour. */
const MOST_KEPT = 60;

/**
 * The same paper in other shapes: a page as a picture, for a phone that opens no PDF, and the two enlarged papers. They
 * are drawn anew from the frozen content and are no record.
 */
@Injectable()
export class NoticePictures {
  private readonly kept = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly printer: PaperPrinter,
    private readonly papers: NoticePapers,
  ) {}

  /** Null for what is no page of it. Named by what it shows: another content has another name. */
  nameOf({ contentHash, pages }: Issue, page: number): string | null {
    return Number.isInteger(page) && page >= 1 && page <= pages ? `${contentHash}-${page}` : null;
  }

  async page(issue: Issue, page: number): Promise<Buffer> {
    const name = this.nameOf(issue, page);
    if (name === null) throw new PageOfNoticeNotFound();
    const known = this.kept.get(name);
    if (known) return known;
    const drawn = this.printer.picture({ template: issue.content.template, content: issue.content }, page);
    this.keep(name, drawn);
    return drawn;
  }

  async enlarged({ content, signedAt }: Issue, variant: Enlarged): Promise<Buffer> {
    return (await this.printer.print({ ...this.papers.paperOf(content, signedAt), variant })).pdf;
  }

  /** The oldest goes first; what could not be drawn is not kept. */
  private keep(name: string, drawn: Promise<Buffer>): void {
    this.kept.set(name, drawn);
    drawn.catch(() => this.kept.delete(name));
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}
