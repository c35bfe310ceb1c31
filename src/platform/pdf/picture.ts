import sharp from 'sharp';
import type { Face } from './faces.js';
import type { Layout, Page } from './layout.js';
import type { BoxMark, Mark, TextMark } from './marks.js';
import { NoSuchPage } from './pdf.errors.js';

/** A4 becomes 1240 × 1754: enough for a print shop, and small enough for a chat. */
const DOTS_PER_INCH = 150;
/** Black, white and what lies between them at the edge of a letter. */
const GREYS = 16;
/** Outlines are taken at this size and scaled where they are used, so that each is written once. */
const EM = 1000;

/** A page as PNG, drawn by the marks that the PDF is drawn by. `page` counts from 1. */
export async function pictureOf(layout: Layout, page: number): Promise<Buffer> {
  const marked = layout.pages[page - 1];
  if (!marked) throw new NoSuchPage(page, layout.pages.length);
  return sharp(Buffer.from(svgOf(layout, marked)))
    .flatten({ background: '#fff' })
    .toColourspace('b-w')
    .png({ palette: true, colours: GREYS, dither: 0, effort: 1, compressionLevel: 9 })
    .toBuffer();
}

/** The page as SVG. Letters are outlines, so that no font has to be where it is shown. */
export function svgOf({ sheet }: Layout, page: Page): string {
  const marks: readonly Mark[] = [...page.marks, ...page.pageNumber];
  const boxes = marks.filter((mark): mark is BoxMark => mark.kind === 'box');
  const glyphs = new Glyphs();
  const uses = marks.filter((mark): mark is TextMark => mark.kind === 'text').map((mark) => glyphs.use(mark));
  const [width, height] = [dots(sheet.widthPt), dots(sheet.heightPt)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${short(sheet.widthPt)} ${short(sheet.heightPt)}">`,
    `<defs>${glyphs.definitions()}</defs>`,
    `<path d="${boxes.map(boxPath).join('')}"/>`,
    ...uses,
    '</svg>',
  ].join('');
}

const dots = (pt: number): number => Math.round((pt / 72) * DOTS_PER_INCH);
const short = (value: number): number => Math.round(value * 1000) / 1000;

function boxPath({ xPt, yPt, widthPt, heightPt }: BoxMark): string {
  const [width, height] = [short(widthPt), short(heightPt)];
  return `M${short(xPt)} ${short(yPt)}h${width}v${height}h${-width}z`;
}

class Glyphs {
  private readonly ids = new Map<Face, Map<string, string>>();
  private readonly paths: string[] = [];

  use({ face, sizePt, text, xPt, baselinePt, spacingPt }: TextMark): string {
    const scale = sizePt / EM;
    let atPt = xPt;
    const uses = Array.from(text, (char) => {
      const use = `<use href="#${this.idOf(face, char)}" x="${short((atPt - xPt) / scale)}"/>`;
      atPt += face.advanceOf(char) * sizePt + spacingPt;
      return use;
    });
    return `<g transform="translate(${short(xPt)} ${short(baselinePt)}) scale(${scale})">${uses.join('')}</g>`;
  }

  definitions(): string {
    return this.paths.join('');
  }

  private idOf(face: Face, char: string): string {
    const known = this.ids.get(face) ?? new Map<string, string>();
    this.ids.set(face, known);
    const id = known.get(char) ?? `g${this.paths.length}`;
    if (!known.has(char)) {
      known.set(char, id);
      this.paths.push(`<path id="${id}" d="${face.outlineOf(char, EM, 0, 0)}"/>`);
    }
    return id;
  }
}
