import type { Block, Text, Title, Words } from './blocks.js';
import { closingStrip, imprintStrip } from './closing.js';
import type { FaceChain, Typeface } from './faces.js';
import { linesOf } from './line-breaker.js';
import { marksOf, plain, rule } from './marks.js';
import type { Mark, Setting, Tag } from './marks.js';
import { baselineIn } from './sheet.js';
import { gap, strip } from './strip.js';
import type { Setup, Strip } from './strip.js';
import { tableStrips } from './table.js';

/** Characters: a rule to sign on. */
const SIGN_RULE = 9;
/** A line of so few characters is no line: it does not stand alone at the head of a page. */
const TOO_FEW = 4;

export function stripsOf(block: Block, setup: Setup): Strip[] {
  switch (block.kind) {
    case 'title':
      return titleStrips(block, setup);
    case 'table':
      return tableStrips(block, setup);
    case 'closing':
      return [closingStrip(block, setup)];
    case 'imprint':
      return [imprintStrip(block, setup)];
    case 'number':
      return [...tied(centredStrips(block, setup)), gap(0.5, setup)];
    case 'centered':
      return centredStrips(block, setup);
    case 'sign':
      return [signStrip(block, setup)];
    case 'heading':
    case 'subheading':
      return tied(lineStrips(block, setup));
    case 'paragraph':
    case 'flush':
      return lineStrips(block, setup);
  }
}

/** None of them is the last on its page. */
const tied = (strips: readonly Strip[]): Strip[] =>
  strips.map((strip) => ({ ...strip, staysWithNext: true }));

function titleStrips(title: Title, setup: Setup): Strip[] {
  const { sheet, pitchPt } = setup;
  const chain = setup.faces.title;
  const set = { chain, sizePt: sheet.titlePt, part: setup.parts.add('H1') };
  const widthOf = (text: string): number => chain.widthOf(text, sheet.titlePt, title.field);
  const pieces = title.pieces.flatMap((piece) => cutToFit({ ...title, text: piece }, set, setup));
  const lines = balanced(pieces, widthOf, sheet.textWidthPt);
  const strips = lines.map((text) =>
    strip('line', pitchPt, centred({ field: title.field, text }, set, setup)),
  );
  return [...tied(strips), gap(0.5, setup)];
}

/** A piece without a joint that no line could hold is cut like any text, in lines nearly alike: over the edge it could not be read. */
function cutToFit({ field, text }: Words, { chain, sizePt }: Setting, { sheet }: Setup): string[] {
  const lines = chain.widthOf(text, sizePt, field) / sheet.textWidthPt;
  if (lines <= 1) return [text];
  const widthPt = Math.min(sheet.textWidthPt, (lines / Math.ceil(lines)) * sheet.textWidthPt + 0.9 * sizePt);
  const shape = { widthPt, sizePt, indentPt: 0, justified: false };
  return linesOf(text, (char) => chain.widthOf(char, sizePt, field), shape).map((line) => line.text);
}

/**
 * Cuts words at their own joints into lines that differ least, as few as fit; of equals, the one whose upper line is
 * the shorter: the trapezoid of GB/T 9704.
 */
export function balanced(
  pieces: readonly string[],
  widthOf: (text: string) => number,
  roomPt: number,
): string[] {
  let best = [pieces.join('')];
  let bestPrice = best.every((line) => widthOf(line) <= roomPt) ? 0 : Infinity;
  for (let cuts = 1; cuts < 2 ** (pieces.length - 1) && bestPrice > 0; cuts++) {
    const lines = cutAt(pieces, cuts);
    const widths = lines.map(widthOf);
    const widest = Math.max(...widths);
    if (widest > roomPt) continue;
    const shape = (widths[0] ?? 0) > (widths.at(-1) ?? 0) ? 0.5 : 0;
    const price = lines.length * 1000 + widest - Math.min(...widths) + shape;
    if (price < bestPrice) [best, bestPrice] = [lines, price];
  }
  return best;
}

/** Bit n of `cuts` says whether a line ends before piece n + 1. */
function cutAt(pieces: readonly string[], cuts: number): string[] {
  const lines: string[] = [];
  pieces.forEach((piece, i) => {
    if (i === 0 || cuts & (1 << (i - 1))) lines.push(piece);
    else lines.push(`${lines.pop() ?? ''}${piece}`);
  });
  return lines;
}

function centredStrips(words: Words, setup: Setup): Strip[] {
  const { faces, parts, sheet, pitchPt } = setup;
  const set = { chain: faces.regular, sizePt: sheet.bodyPt, part: parts.add('P') };
  return cutToFit(words, set, setup).map((text) =>
    strip('line', pitchPt, centred({ field: words.field, text }, set, setup)),
  );
}

function centred(words: Words, set: Setting, { sheet, pitchPt }: Setup): Mark[] {
  const widthPt = set.chain.widthOf(words.text, set.sizePt, words.field);
  const xPt = sheet.leftPt + (sheet.textWidthPt - widthPt) / 2;
  return plain(words, set, xPt, baselineIn(pitchPt, set.sizePt));
}

/** 一、 in 黑体, （一） in 楷体, everything below in the face of the text. */
const SETTINGS: Readonly<Partial<Record<Text['kind'], { tag: Tag; face: keyof Typeface }>>> = {
  heading: { tag: 'H2', face: 'heading' },
  subheading: { tag: 'H3', face: 'subheading' },
};

function lineStrips(text: Text, { faces, parts, sheet, pitchPt }: Setup): Strip[] {
  const { tag, face } = SETTINGS[text.kind] ?? { tag: 'P', face: 'regular' };
  const { bodyPt, leftPt } = sheet;
  const chain: FaceChain = faces[face];
  const set = { chain, sizePt: bodyPt, part: parts.add(tag) };
  const shape = {
    widthPt: sheet.textWidthPt,
    sizePt: bodyPt,
    indentPt: text.kind === 'flush' ? 0 : 2 * bodyPt,
    justified: true,
  };
  const lines = linesOf(text.text, (char) => chain.widthOf(char, bodyPt, text.field), shape);
  const lastIsShort = (lines.at(-1)?.text.length ?? 0) <= TOO_FEW;
  return lines.map((line, i) => ({
    ...strip('line', pitchPt, marksOf(line, set, text.field, leftPt, baselineIn(pitchPt, bodyPt))),
    staysWithNext: lastIsShort && i === lines.length - 2,
  }));
}

/** A label and a rule to sign on. */
function signStrip(text: Text, { faces, parts, sheet, pitchPt }: Setup): Strip {
  const { leftPt, textWidthPt, bodyPt } = sheet;
  const heightPt = 1.5 * pitchPt;
  const baselinePt = baselineIn(heightPt, bodyPt) + pitchPt / 4;
  const xPt = leftPt + 2 * bodyPt;
  const set = { chain: faces.regular, sizePt: bodyPt, part: parts.add('P') };
  const endPt = xPt + faces.regular.widthOf(text.text, bodyPt, text.field);
  const widthPt = Math.min(SIGN_RULE * bodyPt, leftPt + textWidthPt - endPt);
  const marks = [...plain(text, set, xPt, baselinePt), rule(endPt, baselinePt + 3, widthPt, 0.5)];
  return strip('line', heightPt, marks);
}
