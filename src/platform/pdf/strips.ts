import type { Block, Text, Title, Words } from './blocks.js';
import { closingStrip, imprintStrip } from './closing.js';
import type { FaceChain } from './faces.js';
import { linesOf } from './line-breaker.js';
import { marksOf, plain, rule } from './marks.js';
import type { Mark } from './marks.js';
import { baselineIn, sheet } from './sheet.js';
import { gap, strip } from './strip.js';
import type { Setup, Strip } from './strip.js';
import { tableStrips } from './table.js';

const { leftPt, textWidthPt, bodyPt, titlePt } = sheet;
const SIGN_RULE_PT = 9 * bodyPt;

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
      return [{ ...centredStrip(block, setup), staysWithNext: true }, gap(0.5, setup)];
    case 'centered':
      return [centredStrip(block, setup)];
    case 'sign':
      return [signStrip(block, setup)];
    case 'heading':
      return lineStrips(block, setup).map((strip) => ({ ...strip, staysWithNext: true }));
    case 'paragraph':
    case 'flush':
      return lineStrips(block, setup);
  }
}

function titleStrips(title: Title, setup: Setup): Strip[] {
  const chain = setup.faces.title;
  const part = setup.parts.add('H1');
  const lines = balanced(title.pieces, (text) => chain.widthOf(text, titlePt, title.field), textWidthPt);
  return [
    ...lines.map((text) => {
      const marks = centred({ field: title.field, text }, chain, titlePt, part, setup.pitchPt);
      return { ...strip('line', setup.pitchPt, marks), staysWithNext: true };
    }),
    gap(0.5, setup),
  ];
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

function centredStrip(words: Words, { faces, parts, pitchPt }: Setup): Strip {
  return strip('line', pitchPt, centred(words, faces.regular, bodyPt, parts.add('P'), pitchPt));
}

function centred(words: Words, chain: FaceChain, sizePt: number, part: number, pitchPt: number): Mark[] {
  const xPt = leftPt + (textWidthPt - chain.widthOf(words.text, sizePt, words.field)) / 2;
  return plain(words, { chain, sizePt, part }, xPt, baselineIn(pitchPt, sizePt));
}

function lineStrips(text: Text, { faces, parts, pitchPt }: Setup): Strip[] {
  const isHeading = text.kind === 'heading';
  const chain = isHeading ? faces.bold : faces.regular;
  const set = { chain, sizePt: bodyPt, part: parts.add(isHeading ? 'H2' : 'P') };
  const shape = {
    widthPt: textWidthPt,
    sizePt: bodyPt,
    indentPt: text.kind === 'flush' ? 0 : 2 * bodyPt,
    justified: true,
  };
  const lines = linesOf(text.text, (char) => chain.widthOf(char, bodyPt, text.field), shape);
  return lines.map((line) =>
    strip('line', pitchPt, marksOf(line, set, text.field, leftPt, baselineIn(pitchPt, bodyPt))),
  );
}

/** A label and a rule to sign on. */
function signStrip(text: Text, { faces, parts, pitchPt }: Setup): Strip {
  const heightPt = 1.5 * pitchPt;
  const baselinePt = baselineIn(heightPt, bodyPt) + pitchPt / 4;
  const xPt = leftPt + 2 * bodyPt;
  const set = { chain: faces.regular, sizePt: bodyPt, part: parts.add('P') };
  const endPt = xPt + faces.regular.widthOf(text.text, bodyPt, text.field);
  const widthPt = Math.min(SIGN_RULE_PT, leftPt + textWidthPt - endPt);
  const marks = [...plain(text, set, xPt, baselinePt), rule(endPt, baselinePt + 3, widthPt, 0.5)];
  return strip('line', heightPt, marks);
}
