import type { Block, Words } from './blocks.js';
import type { FaceChain, Typeface } from './faces.js';
import { lowered, Parts, plain } from './marks.js';
import type { Area, Mark, Part } from './marks.js';
import { sheets } from './sheet.js';
import type { Sheet } from './sheet.js';
import { stripsOf } from './strips.js';
import type { Strip } from './strip.js';

export type Page = {
  readonly marks: readonly Mark[];
  /** Lines of text and rows of tables; neither gaps nor the closing. */
  readonly lineCount: number;
  /** Where the seal goes; nothing but name and date may stand here. */
  readonly sealPlace: Area | null;
  /** The page number, and beside it what the sheet says of itself. */
  readonly pageNumber: readonly Mark[];
};
export type Layout = {
  readonly sheet: Sheet;
  readonly parts: readonly Part[];
  readonly pages: readonly Page[];
  readonly pitchPt: number;
};

/** In parts of the pitch: how far the lines stand apart, and how much air a line has at least below a table. */
type Spacing = { readonly lines: number; readonly belowTable: number };
const NORMAL: Spacing = { lines: 1, belowTable: 0.15 };

/**
 * GB/T 9704, 7.3.5: where the seal does not fit, adjust the spacing. Lines may close up by a tenth; below that the page
 * would look crowded, and two lines of text go over with the signature instead.
 */
const TIGHTER: readonly Spacing[] = [1, 0.98, 0.96, 0.94, 0.92, 0.9].map((lines) => ({
  lines,
  belowTable: 0,
}));

export function layoutOf(blocks: readonly Block[], faces: Typeface, sheet: Sheet = sheets.A4): Layout {
  const at = (spacing: Spacing): Layout => setAt(blocks, faces, sheet, spacing);
  const normal = at(NORMAL);
  const hasClosing = blocks.some(({ kind }) => kind === 'closing');
  if (!hasClosing || normal.pages.length === 1) return normal;
  const savesAPage = (layout: Layout): boolean => layout.pages.length < normal.pages.length;
  if (!savesAPage(at(TIGHTER.at(-1) ?? NORMAL))) return normal;
  for (const spacing of TIGHTER) {
    const tighter = at(spacing);
    if (savesAPage(tighter)) return tighter;
  }
  return normal;
}

function setAt(blocks: readonly Block[], faces: Typeface, sheet: Sheet, spacing: Spacing): Layout {
  const pitchPt = sheet.pitchPt * spacing.lines;
  const parts = new Parts();
  const strips = blocks.flatMap((block) => stripsOf(block, { faces, parts, sheet, pitchPt }));
  const pages = new Paginator(sheet, pitchPt, spacing.belowTable * pitchPt).pagesOf(tieTail(strips));
  return {
    sheet,
    parts: parts.all,
    pages: pages.map((page, i) => ({ ...page, pageNumber: footOf(i + 1, faces.regular, sheet) })),
    pitchPt,
  };
}

/** A page must not hold the signature alone: the two lines of text before it go along. */
function tieTail(strips: readonly Strip[]): Strip[] {
  const closing = strips.findIndex(({ role }) => role === 'closing');
  let first = closing;
  for (let lines = 0; first > 0 && lines < 2; first--) {
    const role = strips[first - 1]?.role;
    if (role === 'line' || role === 'row') lines++;
  }
  return strips.map((strip, i) => (i >= first && i < closing ? { ...strip, staysWithNext: true } : strip));
}

type OpenPage = { marks: Mark[]; lineCount: number; sealPlace: Area | null };

class Paginator {
  private readonly pages: OpenPage[] = [];
  private yPt = Infinity;

  constructor(
    private readonly sheet: Sheet,
    private readonly pitchPt: number,
    private readonly belowTablePt: number,
  ) {}

  pagesOf(strips: readonly Strip[]): readonly OpenPage[] {
    const { textHeightPt } = this.sheet;
    strips.forEach((strip, i) => {
      const before = strips[i - 1];
      if (before?.role === 'row' && strip.role !== 'row') this.yPt = this.nextLineAt(this.yPt, strip);
      const isChained = before?.staysWithNext ?? false;
      const neededPt = isChained ? strip.heightPt : this.chainHeight(strips, i);
      if (this.yPt + neededPt > textHeightPt + 0.01) this.turnOver(strip);
      if (strip.role === 'imprint') this.yPt = textHeightPt - strip.heightPt;
      this.put(strip);
    });
    return this.pages;
  }

  private turnOver(strip: Strip): void {
    this.pages.push({ marks: [], lineCount: 0, sealPlace: null });
    this.yPt = 0;
    if (strip.repeats) this.put(strip.repeats);
  }

  private put(strip: Strip): void {
    const page = this.pages.at(-1);
    if (!page) throw new Error('A strip before the first page');
    const downPt = this.sheet.topPt + this.yPt;
    page.marks.push(...strip.marks.map((mark) => lowered(mark, downPt)));
    if (strip.role === 'line' || strip.role === 'row') page.lineCount++;
    if (strip.seal) page.sealPlace = { ...strip.seal, yPt: strip.seal.yPt + downPt };
    this.yPt += strip.heightPt;
  }

  /** What follows a table stands on the grid again, and a line not right below its last rule. */
  private nextLineAt(yPt: number, { role }: Strip): number {
    const leastPt = yPt + (role === 'line' ? this.belowTablePt : 0);
    return Math.ceil(leastPt / this.pitchPt - 0.01) * this.pitchPt;
  }

  /** How much must fit on the page where this strip begins: itself, and what may not be parted from it. */
  private chainHeight(strips: readonly Strip[], start: number): number {
    let heightPt = 0;
    for (let i = start; i < strips.length; i++) {
      const strip = strips[i];
      if (!strip) break;
      heightPt += strip.heightPt;
      if (!strip.staysWithNext) break;
      if (strip.role === 'row' && strips[i + 1]?.role !== 'row') heightPt += this.pitchPt + this.belowTablePt;
    }
    return heightPt;
  }
}

/**
 * — 1 —, 7 mm below the text block; one character in from the right on odd pages, from the left on even ones. On the
 * other side, what the sheet has to say of itself.
 */
function footOf(number: number, chain: FaceChain, sheet: Sheet): Mark[] {
  const { leftPt, bodyPt, pageNumberPt, imprintPt, note } = sheet;
  const isOdd = number % 2 === 1;
  const baselinePt = sheet.topPt + sheet.textHeightPt + sheet.footPt + pageNumberPt * 0.5;
  const placed = (words: Words, sizePt: number, onRight: boolean): Mark[] => {
    const widthPt = chain.widthOf(words.text, sizePt, words.field);
    const xPt = onRight ? leftPt + sheet.textWidthPt - bodyPt - widthPt : leftPt + bodyPt;
    return plain(words, { chain, sizePt, part: null }, xPt, baselinePt);
  };
  return [
    ...placed({ field: '页码', text: `— ${number} —` }, pageNumberPt, isOdd),
    ...(note === null ? [] : placed({ field: '页脚', text: note }, imprintPt * 1.2, !isOdd)),
  ];
}
