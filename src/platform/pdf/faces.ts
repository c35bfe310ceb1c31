import * as fontkit from 'fontkit';
import type { Font } from 'fontkit';
import { fontBytesIn } from './font-bytes.js';
import { MissingGlyph } from './pdf.errors.js';
import { subsetOf } from './subset.js';
import { TrueTypeFile } from './truetype.js';

type Outline = {
  scale(x: number, y: number): Outline;
  translate(x: number, y: number): Outline;
  toSVG(): string;
};
type Glyph = { readonly id: number; readonly advanceWidth: number };

/** One font, read once in the life of the process. */
export class Face {
  readonly name: string;
  private readonly font: Font;
  private readonly unitsPerEm: number;
  private readonly file: TrueTypeFile;
  private readonly glyphs = new Map<number, Glyph | null>();

  constructor(path: string) {
    const bytes = fontBytesIn(path);
    this.file = new TrueTypeFile(bytes, path);
    this.font = fontkit.create(bytes) as Font;
    this.name = this.font.postscriptName;
    this.unitsPerEm = this.font.unitsPerEm; // a getter that walks the file each time
  }

  has(codePoint: number): boolean {
    return this.find(codePoint) !== null;
  }

  /** In parts of the size of the letter. */
  advanceOf(char: string): number {
    return this.get(char.codePointAt(0) ?? 0).advanceWidth / this.unitsPerEm;
  }

  /** The letter as the path of an SVG, standing on the baseline at `x`, `y`: a picture then needs no font where it is drawn. */
  outlineOf(char: string, size: number, x: number, y: number): string {
    const { path } = this.font.getGlyph(this.get(char.codePointAt(0) ?? 0).id) as unknown as {
      path: Outline;
    };
    const scale = size / this.unitsPerEm;
    return path.scale(scale, -scale).translate(x, y).toSVG();
  }

  /**
   * What pdfkit takes for a font, made anew for each document. Without GSUB and GPOS: Chinese on a grid needs neither,
   * and they cost a third of the time.
   */
  forPdfkit(): object {
    const { postscriptName, unitsPerEm, ascent, descent, lineGap, capHeight, xHeight, bbox, italicAngle } =
      this.font;
    const {
      'OS/2': os2,
      post,
      head,
    } = this.font as unknown as Readonly<Record<'OS/2' | 'post' | 'head', unknown>>;
    return {
      layout: (text: string) => this.layout(text),
      createSubset: () => subsetOf(this.file, (codePoint) => this.get(codePoint).id),
      getGlyph: () => ({ advanceWidth: (this.file.metricOf(0).readUInt16BE(0) * 1000) / unitsPerEm }),
      ...{ postscriptName, unitsPerEm, ascent, descent, lineGap, capHeight, xHeight, bbox, italicAngle },
      ...{ 'OS/2': os2, post, head },
    };
  }

  private layout(text: string): object {
    const glyphs = Array.from(text, (char) => {
      const codePoint = char.codePointAt(0) ?? 0;
      return { id: codePoint, codePoints: [codePoint], advanceWidth: this.get(codePoint).advanceWidth };
    });
    const positions = glyphs.map(({ advanceWidth }) => ({
      xAdvance: advanceWidth,
      yAdvance: 0,
      xOffset: 0,
      yOffset: 0,
    }));
    return { glyphs, positions, advanceWidth: glyphs.reduce((sum, each) => sum + each.advanceWidth, 0) };
  }

  private find(codePoint: number): Glyph | null {
    const known = this.glyphs.get(codePoint);
    if (known !== undefined) return known;
    const glyph = this.font.hasGlyphForCodePoint(codePoint) ? this.font.glyphForCodePoint(codePoint) : null;
    const kept = glyph && { id: glyph.id, advanceWidth: glyph.advanceWidth };
    this.glyphs.set(codePoint, kept);
    return kept;
  }

  private get(codePoint: number): Glyph {
    const glyph = this.find(codePoint);
    if (!glyph)
      throw new Error(`${this.name} was asked for U+${codePoint.toString(16)}, which it does not have`);
    return glyph;
  }
}

/** Faces in order of preference: the first that has a character draws it. */
export class FaceChain {
  constructor(private readonly faces: readonly Face[]) {}

  faceOf(char: string, field: string): Face {
    const codePoint = char.codePointAt(0) ?? 0;
    const face = this.faces.find((each) => each.has(codePoint));
    if (!face) throw new MissingGlyph(char, field);
    return face;
  }

  /** The text cut where another face takes over. */
  piecesOf(text: string, field: string): { readonly face: Face; readonly text: string }[] {
    const pieces: { face: Face; text: string }[] = [];
    for (const char of text) {
      const face = this.faceOf(char, field);
      const last = pieces.at(-1);
      if (last?.face === face) last.text += char;
      else pieces.push({ face, text: char });
    }
    return pieces;
  }

  widthOf(text: string, sizePt: number, field: string): number {
    return Array.from(text).reduce((sum, char) => sum + this.faceOf(char, field).advanceOf(char) * sizePt, 0);
  }
}

/** Or what stands in for them where the office has no licence. */
export type Typeface = {
  /** 小标宋 */
  readonly title: FaceChain;
  /** 仿宋 */
  readonly regular: FaceChain;
  /** 黑体: 一、, the heads of tables, what leads a line. */
  readonly heading: FaceChain;
  /** 楷体: （一） */
  readonly subheading: FaceChain;
  /** The face of the text, heavy: for pictures, since an official document emphasises nothing. */
  readonly bold: FaceChain;
};
export type FontFiles = Readonly<Record<keyof Typeface, readonly string[]>>;

const openFaces = new Map<string, Face>();

function faceIn(path: string): Face {
  const face = openFaces.get(path) ?? new Face(path);
  openFaces.set(path, face);
  return face;
}

export function typefaceOf(files: FontFiles): Typeface {
  const chain = (paths: readonly string[]): FaceChain => new FaceChain(paths.map(faceIn));
  return {
    title: chain(files.title),
    regular: chain(files.regular),
    heading: chain(files.heading),
    subheading: chain(files.subheading),
    bold: chain(files.bold),
  };
}
