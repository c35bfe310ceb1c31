import type { Words } from './blocks.js';
import type { Face, FaceChain } from './faces.js';
import type { Line } from './line-breaker.js';
import { qrOf } from './qr.js';

export type Tag =
  'H1' | 'H2' | 'H3' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure' | 'L' | 'LI' | 'Lbl' | 'LBody';

/** A part of the tagged document, as a screen reader walks it; `of` is the part above it, null at the top. */
export type Part = {
  readonly tag: Tag;
  readonly of: number | null;
  /** What a picture says. */
  readonly alt?: string;
  /** What a head of a table is the head of. */
  readonly scope?: 'Column' | 'Row';
};
type Traits = Pick<Part, 'alt' | 'scope'>;

/** The parts so far; a part is named by its place in the list. */
export class Parts {
  readonly all: Part[] = [];

  add(tag: Tag, of: number | null = null, traits: Traits = {}): number {
    return this.all.push({ tag, of, ...traits }) - 1;
  }
}

export type TextMark = {
  readonly kind: 'text';
  readonly part: number | null;
  readonly face: Face;
  readonly sizePt: number;
  readonly text: string;
  readonly xPt: number;
  readonly baselinePt: number;
  readonly spacingPt: number;
};
export type Area = {
  readonly xPt: number;
  readonly yPt: number;
  readonly widthPt: number;
  readonly heightPt: number;
};
export type BoxMark = Area & { readonly kind: 'box'; readonly part: number | null };

/** What is drawn. A mark without a part is decoration and is not read aloud. */
export type Mark = TextMark | BoxMark;

export type Setting = { readonly chain: FaceChain; readonly sizePt: number; readonly part: number | null };

/** One line as marks, cut again where a character needs another face. */
export function marksOf(line: Line, set: Setting, field: string, xPt: number, baselinePt: number): Mark[] {
  const { part, sizePt } = set;
  const marks: TextMark[] = [];
  for (const { text, xPt: fromPt, spacingPt } of line.runs) {
    let atPt = xPt + fromPt;
    for (const { face, text: piece } of set.chain.piecesOf(text, field)) {
      marks.push({ kind: 'text', part, face, sizePt, text: piece, xPt: atPt, baselinePt, spacingPt });
      for (const char of piece) atPt += face.advanceOf(char) * sizePt + spacingPt;
    }
  }
  return marks;
}

/** Words as they fall, in one line. */
export function plain(words: Words, set: Setting, xPt: number, baselinePt: number): Mark[] {
  const line = { text: words.text, widthPt: 0, runs: [{ text: words.text, xPt: 0, spacingPt: 0 }] };
  return marksOf(line, set, words.field, xPt, baselinePt);
}

export function rule(xPt: number, yPt: number, widthPt: number, heightPt: number): Mark {
  return { kind: 'box', part: null, xPt, yPt, widthPt, heightPt };
}

export function qrMarks(
  text: string,
  at: { xPt: number; yPt: number; sizePt: number },
  part: number,
): Mark[] {
  const { size, stretches } = qrOf(text);
  const modulePt = at.sizePt / size;
  return stretches.map(({ row, from, length }) => ({
    kind: 'box',
    part,
    xPt: at.xPt + from * modulePt,
    yPt: at.yPt + row * modulePt,
    widthPt: length * modulePt,
    heightPt: modulePt,
  }));
}

/** The same mark, further down. */
export function lowered(mark: Mark, byPt: number): Mark {
  return mark.kind === 'text'
    ? { ...mark, baselinePt: mark.baselinePt + byPt }
    : { ...mark, yPt: mark.yPt + byPt };
}
