import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';
import { hashOf } from '../crypto/hash.js';
import { Templates } from '../web/templates.js';
import { blocksOf } from './blocks.js';
import { typefaceOf } from './faces.js';
import type { Typeface } from './faces.js';
import { fontFilesOf } from './font-files.js';
import { layoutOf } from './layout.js';
import { paint } from './painter.js';
import type { PaperFacts } from './painter.js';
import { qrDrawingOf } from './qr.js';

/** Every word that is printed stands in `content`, ready: the template adds only what all papers of its kind say. */
export type Paper = {
  /** `notices/grant-post`: a file of `templates/`. */
  readonly template: string;
  /** `verifyUrl`, where it stands in the content, becomes the QR. */
  readonly content: Readonly<Record<string, unknown>>;
};
export type PaperToPrint = Paper & { readonly facts: PaperFacts };
export type Printed = {
  readonly html: string;
  readonly pdf: Buffer;
  readonly contentHash: string;
  readonly pages: number;
};

/**
 * One template, two faces: the page shows its HTML, the paper is drawn from the same HTML, so that they cannot differ
 * in a word. Printing is a pure function of content and facts: the same bytes on every machine and every run.
 */
@Injectable()
export class PaperPrinter {
  private typeface: Typeface | null = null;

  constructor(
    private readonly config: Config,
    private readonly templates: Templates,
  ) {}

  /** Throws `MissingGlyph`. Takes some milliseconds of the processor: never inside a unit of work. */
  async print({ template, content, facts }: PaperToPrint): Promise<Printed> {
    const html = this.html({ template, content });
    const layout = layoutOf(blocksOf(html), this.faces());
    const pdf = await paint(layout, facts);
    return { html, pdf, contentHash: hashOf(content), pages: layout.pages.length };
  }

  /** The page's face: markup of our own making, every word in it escaped. */
  html({ template, content }: Paper): string {
    const { verifyUrl } = content;
    const qr = typeof verifyUrl === 'string' ? qrDrawingOf(verifyUrl) : null;
    const contentHash = groupsOfHash(hashOf(content));
    return this.templates.render(template, { ...content, contentHash, qr });
  }

  /** Read at the first print and kept: a font of 15 MB is not opened for each paper. */
  private faces(): Typeface {
    this.typeface ??= typefaceOf(fontFilesOf(this.config));
    return this.typeface;
  }
}

/** For the eye: four groups that can be compared aloud. */
export const groupsOfHash = (hash: string): string => (hash.match(/.{1,16}/g) ?? []).join(' ');
