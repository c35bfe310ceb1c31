import type { Block } from './blocks.js';
import type { FaceChain, Typeface } from './faces.js';
import { lowered, Parts, plain } from './marks.js';
import type { Area, Mark, Part } from './marks.js';
import { pointsOf, sheet } from './sheet.js';
import { stripsOf } from './strips.js';
import type { Strip } from './strip.js';

export type Page = {
  readonly marks: readonly Mark[];
  /** Lines of text and rows of tables; neither gaps nor the closing. */
  readonly lineCount: number;
  /** Where the seal goes; nothing but name and date may stand here. */
  readonly sealPlace: Area | null;
  readonly pageNumber: readonly Mark[];
};
export type Layout = {
  readonly parts: readonly Part[];
  readonly pages: readonly Page[];
  readonly pitchPt: number;
};

const { leftPt, topPt, textWidthPt, textHeightPt, pitchPt: NORMAL_PITCH_PT, bodyPt, pageNumberPt } = sheet;

/**
 * GB/T 9704, 7.3.5: where the seal does not fit, adjust the spacing. Lines may close up by a tenth; below that the page
 * would look crowded, and two lines of text go over with the signature instead.
 */
const TIGHTER = [0.98, 0.96, 0.94, 0.92, 0.9];

export function layoutOf(blocks: readonly Block[], faces: Typeface): Layout {
  const at = (pitchPt: number): Layout => setAt(blocks, faces, pitchPt);
  const normal = at(NORMAL_PITCH_PT);
  const hasClosing = blocks.some(({ kind }) => kind === 'closing');
  if (!hasClosing || normal.pages.length === 1) return normal;
  const savesAPage = (layout: Layout): boolean => layout.pages.length < normal.pages.length;
  if (!savesAPage(at(NORMAL_PITCH_PT * (TIGHTER.at(-1) ?? 1)))) return normal;
  for (const share of TIGHTER) {
    const tighter = at(NORMAL_PITCH_PT * share);
    if (savesAPage(tighter)) return tighter;
  }
  return normal;
}

function setAt(blocks: readonly Block[], faces: Typeface, pitchPt: number): Layout {
  const parts = new Parts();
  const strips = blocks.flatMap((block) => stripsOf(block, { faces, parts, pitchPt }));
  const pages = new Paginator(pitchPt).pagesOf(tieTail(strips));
  return {
    parts: parts.all,
    pages: pages.map((page, i) => ({ ...page, pageNumber: pageNumberOf(i + 1, faces.regular) })),
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

  constructor(private readonly pitchPt: number) {}

  pagesOf(strips: readonly Strip[]): readonly OpenPage[] {
    strips.forEach((strip, i) => {
      const before = strips[i - 1];
      if (before?.role === 'row' && strip.role !== 'row') this.yPt = this.nextLineAt(this.yPt);
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
    const downPt = topPt + this.yPt;
    page.marks.push(...strip.marks.map((mark) => lowered(mark, downPt)));
    if (strip.role === 'line' || strip.role === 'row') page.lineCount++;
    if (strip.seal) page.sealPlace = { ...strip.seal, yPt: strip.seal.yPt + downPt };
    this.yPt += strip.heightPt;
  }

  /** The text after a table stands on the grid again. */
  private nextLineAt(yPt: number): number {
    return Math.ceil(yPt / this.pitchPt - 0.01) * this.pitchPt;
  }

  /** How much must fit on the page where this strip begins: itself, and what may not be parted from it. */
  private chainHeight(strips: readonly Strip[], start: number): number {
    let heightPt = 0;
    for (let i = start; i < strips.length; i++) {
      const strip = strips[i];
      if (!strip) break;
      heightPt += strip.heightPt;
      if (!strip.staysWithNext) break;
      if (strip.role === 'row' && strips[i + 1]?.role !== 'row') heightPt += this.pitchPt;
    }
    return heightPt;
  }
}

/** — 1 —, 7 mm below the text block; one character in from the right on odd pages, from the left on even ones. */
function pageNumberOf(number: number, chain: FaceChain): Mark[] {
  const words = { field: '页码', text: `— ${number} —` };
  const widthPt = chain.widthOf(words.text, pageNumberPt, words.field);
  const xPt = number % 2 === 1 ? leftPt + textWidthPt - bodyPt - widthPt : leftPt + bodyPt;
  const baselinePt = topPt + textHeightPt + pointsOf(7) + pageNumberPt * 0.5;
  return plain(words, { chain, sizePt: pageNumberPt, part: null }, xPt, baselinePt);
}
