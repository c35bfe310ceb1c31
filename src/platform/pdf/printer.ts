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
import { pictureOf } from './picture.js';
import type { PaperFacts } from './metadata.js';
import { qrDrawingOf } from './qr.js';
import { sheets } from './sheet.js';
import type { Variant } from './sheet.js';
import { watermarkOf } from './watermark.js';

/** Every word that is printed stands in `content`, ready: the template adds only what all papers of its kind say. */
export type Paper = {
  /** `notices/grant-post`: a file of `templates/`. */
  readonly template: string;
  /** `verifyUrl`, where it stands in the content, becomes the QR. */
  readonly content: Readonly<Record<string, unknown>>;
};
export type PaperToShow = Paper & {
  /** A4 where none is named: the paper of record. */
  readonly variant?: Variant;
};
export type PaperToPrint = PaperToShow & {
  readonly facts: PaperFacts;
  /** Across every page of a paper that is none yet. */
  readonly watermark?: string;
};
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
  async print({ template, content, facts, variant = 'A4', watermark }: PaperToPrint): Promise<Printed> {
    const html = this.html({ template, content });
    const layout = layoutOf(blocksOf(html), this.faces(), sheets[variant]);
    const across =
      watermark === undefined ? null : watermarkOf(watermark, this.faces().heading, layout.sheet);
    const pdf = await paint(layout, facts, across);
    return { html, pdf, contentHash: hashOf(content), pages: layout.pages.length };
  }

  /** One page as PNG, for a phone that cannot open a PDF: the same layout, drawn without a font on the phone. */
  async picture({ template, content, variant = 'A4' }: PaperToShow, page = 1): Promise<Buffer> {
    const blocks = blocksOf(this.html({ template, content }));
    return pictureOf(layoutOf(blocks, this.faces(), sheets[variant]), page);
  }

  /** The page's face: markup of our own making, every word in it escaped. */
  html({ template, content }: Paper): string {
    const { verifyUrl } = content;
    const qr = typeof verifyUrl === 'string' ? qrDrawingOf(verifyUrl) : null;
    const contentHash = groupsOfHash(hashOf(content));
    // What a frozen content does not say at all, the frame must be told that nobody says.
    return this.templates.render(template, { closing: null, seal: null, ...content, contentHash, qr });
  }

  /** Read at the first print and kept: a font of 15 MB is not opened for each paper. */
  private faces(): Typeface {
    this.typeface ??= typefaceOf(fontFilesOf(this.config));
    return this.typeface;
  }
}

/** For the eye: four groups that can be compared aloud. */
export const groupsOfHash = (hash: string): string => (hash.match(/.{1,16}/g) ?? []).join(' ');
