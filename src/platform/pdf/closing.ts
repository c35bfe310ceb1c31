import type { Closing, Imprint, Words } from './blocks.js';
import type { FaceChain } from './faces.js';
import { linesOf } from './line-breaker.js';
import { marksOf, plain, qrMarks, rule } from './marks.js';
import type { Area, Mark } from './marks.js';
import { QUIET_MODULES, qrOf } from './qr.js';
import { baselineIn, sheet } from './sheet.js';
import { strip } from './strip.js';
import type { Setup, Strip } from './strip.js';

const { leftPt, textWidthPt, bodyPt, sealPt, qrPt } = sheet;
const rightPt = leftPt + textWidthPt;
const CAPTION_PT = 10.5;
const IMPRINT_PT = 8.5;
const IMPRINT_LINE_PT = 13;

/**
 * The end of the text: the QR on the left, name and date under the seal's place on the right. Side by side, since one
 * above the other they would drive most notices onto a second page.
 */
export function closingStrip(closing: Closing, setup: Setup): Strip {
  const { marks, seal, endPt } = signatureOf(closing, setup);
  const qr = closing.qr ? qrBlockOf(closing.qr, setup) : { marks: [], endPt: 0 };
  return {
    ...strip('closing', Math.max(endPt, qr.endPt), [...qr.marks, ...marks]),
    staysWithNext: true,
    seal,
  };
}

/**
 * GB/T 9704, 7.3.5: the date stands four characters from the right, the name is centred above it, and both lie a little
 * below the middle of the seal, whose top is within one line of the text. A name too long for its side of the sheet
 * takes two lines.
 */
function signatureOf(closing: Closing, setup: Setup): { marks: Mark[]; seal: Area; endPt: number } {
  const { faces, parts, pitchPt } = setup;
  const chain = faces.regular;
  const roomPt = closing.qr ? textWidthPt - qrPt - 2 * bodyPt : textWidthPt;
  const names = nameLines(closing.name, chain, roomPt);
  const dateWidthPt = chain.widthOf(closing.date.text, bodyPt, closing.date.field);
  const dateXPt = rightPt - 4 * bodyPt - dateWidthPt;
  const middlePt = dateXPt + dateWidthPt / 2;
  const baselinePt = baselineIn(pitchPt, bodyPt);
  const named = { chain, sizePt: bodyPt, part: parts.add('P') };
  const dated = { chain, sizePt: bodyPt, part: parts.add('P') };
  const marks = names.flatMap((name, i) => {
    const widthPt = chain.widthOf(name.text, bodyPt, name.field);
    return plain(
      name,
      named,
      Math.min(middlePt - widthPt / 2, rightPt - widthPt),
      (2 + i) * pitchPt + baselinePt,
    );
  });
  marks.push(...plain(closing.date, dated, dateXPt, (2 + names.length) * pitchPt + baselinePt));
  const topPt = (names.length === 1 ? 0.55 : 0.95) * pitchPt;
  return {
    marks,
    seal: { xPt: middlePt - sealPt / 2, yPt: topPt, widthPt: sealPt, heightPt: sealPt },
    endPt: Math.max(topPt + sealPt, (3 + names.length) * pitchPt) + 0.05 * pitchPt,
  };
}

/** Two lines of nearly the same length where one does not fit. */
function nameLines(name: Words, chain: FaceChain, roomPt: number): Words[] {
  const widthPt = chain.widthOf(name.text, bodyPt, name.field);
  if (widthPt <= roomPt) return [name];
  const shape = { widthPt: widthPt / 2 + bodyPt, sizePt: bodyPt, indentPt: 0, justified: false };
  const lines = linesOf(name.text, (char) => chain.widthOf(char, bodyPt, name.field), shape);
  return lines.map(({ text }) => ({ field: name.field, text }));
}

/** The symbol alone is 35 mm wide; its margin of four modules is kept clear around it. */
function qrBlockOf(
  qr: NonNullable<Closing['qr']>,
  { faces, parts }: Setup,
): { marks: Mark[]; endPt: number } {
  const quietPt = (qrPt / qrOf(qr.text).size) * QUIET_MODULES;
  const chain = faces.regular;
  const linePt = CAPTION_PT * 1.4;
  const topPt = quietPt + 2;
  const figure = parts.add('Figure', null, `二维码：${qr.text}`);
  const captionTopPt = topPt + qrPt + quietPt;
  const captions = qr.captions.flatMap((words, i) => {
    const set = { chain, sizePt: CAPTION_PT, part: parts.add('P') };
    const xPt = leftPt + (qrPt - chain.widthOf(words.text, CAPTION_PT, words.field)) / 2;
    return plain(
      words,
      set,
      Math.max(xPt, leftPt),
      captionTopPt + i * linePt + baselineIn(linePt, CAPTION_PT),
    );
  });
  return {
    marks: [...qrMarks(qr.text, { xPt: leftPt, yPt: topPt, sizePt: qrPt }, figure), ...captions],
    endPt: captionTopPt + qr.captions.length * linePt + 4,
  };
}

/** What proves the paper, small, between two rules at the foot of the last page. */
export function imprintStrip(imprint: Imprint, { faces, parts }: Setup): Strip {
  const list = parts.add('L');
  const termXPt = leftPt + 4;
  const marks: Mark[] = [];
  const padPt = 4;
  let yPt = padPt;
  for (const { term, value } of imprint.terms) {
    const item = parts.add('LI', list);
    const baselinePt = baselineIn(IMPRINT_LINE_PT, IMPRINT_PT);
    const termed = { chain: faces.bold, sizePt: IMPRINT_PT, part: parts.add('Lbl', item) };
    marks.push(...plain(term, termed, termXPt, yPt + baselinePt));
    const set = { chain: faces.regular, sizePt: IMPRINT_PT, part: parts.add('LBody', item) };
    const xPt =
      termXPt + Math.max(4.6 * IMPRINT_PT, faces.bold.widthOf(term.text, IMPRINT_PT, term.field) + 4);
    const shape = { widthPt: rightPt - 4 - xPt, sizePt: IMPRINT_PT, indentPt: 0, justified: false };
    for (const line of linesOf(
      value.text,
      (char) => faces.regular.widthOf(char, IMPRINT_PT, value.field),
      shape,
    )) {
      marks.push(...marksOf(line, set, value.field, xPt, yPt + baselinePt));
      yPt += IMPRINT_LINE_PT;
    }
  }
  const heightPt = yPt + padPt;
  const rules = [rule(leftPt, 0, textWidthPt, 0.75), rule(leftPt, heightPt - 0.75, textWidthPt, 0.75)];
  return strip('imprint', heightPt, [...marks, ...rules]);
}
