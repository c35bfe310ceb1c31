import { paddedTo4, trueTypeFileOf } from './truetype.js';
import type { TrueTypeFile } from './truetype.js';

/** What pdfkit asks of a subset. Our glyphs carry their code point as id: two code points may share one outline. */
export type Subset = {
  includeGlyph(codePoint: number): number;
  encode(): Buffer;
};

/** Flags of a compound glyph's part. */
const WORDS = 1;
const SCALE = 8;
const MORE = 32;
const TWO_SCALES = 64;
const MATRIX = 128;

/**
 * A subset that copies outlines as bytes: nothing is decoded, so it costs little, and the same characters in the same
 * order give the same bytes everywhere.
 */
export function subsetOf(file: TrueTypeFile, glyphOf: (codePoint: number) => number): Subset {
  const glyphs = [0]; // .notdef comes first in every font
  const placeOfCodePoint = new Map<number, number>();
  const placeOfPart = new Map<number, number>();
  const place = (known: Map<number, number>, key: number, glyph: number): number => {
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, glyphs.length);
    return glyphs.push(glyph) - 1;
  };
  return {
    includeGlyph: (codePoint) =>
      codePoint === 0 ? 0 : place(placeOfCodePoint, codePoint, glyphOf(codePoint)),
    encode: () => encoded(file, glyphs, (part) => place(placeOfPart, part, part)),
  };
}

function encoded(file: TrueTypeFile, glyphs: readonly number[], placeOf: (part: number) => number): Buffer {
  const outlines: Buffer[] = [];
  // A compound glyph brings its parts, so that the list grows while it is walked.
  for (const glyph of glyphs) outlines.push(withPartsRenumbered(file.outlineOf(glyph), placeOf));
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  let end = 0;
  outlines.forEach((outline, i) => loca.writeUInt32BE((end += outline.length), (i + 1) * 4));
  const tables = new Map<string, Buffer>([
    ['glyf', Buffer.concat(outlines)],
    ['head', patched(patched(file.get('head'), 8, 0, 4), 50, 1, 2)],
    ['hhea', patched(file.get('hhea'), 34, glyphs.length, 2)],
    ['hmtx', Buffer.concat(glyphs.map((glyph) => file.metricOf(glyph)))],
    ['loca', loca],
    ['maxp', patched(file.get('maxp'), 4, glyphs.length, 2)],
  ]);
  for (const tag of ['cvt ', 'fpgm', 'prep']) {
    const table = file.find(tag);
    if (table) tables.set(tag, table);
  }
  return trueTypeFileOf(tables);
}

function withPartsRenumbered(outline: Buffer, placeOf: (part: number) => number): Buffer {
  const copy = paddedTo4(outline);
  const isCompound = outline.length > 0 && outline.readInt16BE(0) < 0;
  if (!isCompound) return copy;
  for (let at = 10, flags = MORE; flags & MORE;) {
    flags = outline.readUInt16BE(at);
    copy.writeUInt16BE(placeOf(outline.readUInt16BE(at + 2)), at + 2);
    const turned = flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
    at += 4 + (flags & WORDS ? 4 : 2) + turned;
  }
  return copy;
}

function patched(table: Buffer, at: number, value: number, bytes: number): Buffer {
  const copy = Buffer.from(table);
  copy.writeUIntBE(value, at, bytes);
  return copy;
}
