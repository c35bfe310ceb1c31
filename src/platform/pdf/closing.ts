import type { Closing, Imprint, Words } from './blocks.js';
import type { FaceChain } from './faces.js';
import { linesOf } from './line-breaker.js';
import { marksOf, plain, qrMarks, rule } from './marks.js';
import type { Area, Mark } from './marks.js';
import { QUIET_MODULES, qrOf } from './qr.js';
import { baselineIn } from './sheet.js';
import { strip } from './strip.js';
import type { Setup, Strip } from './strip.js';

/** In sizes of its letters: the distance of two lines of the imprint, and the least width of what leads one. */
const IMPRINT_LINE = 1.53;
const IMPRINT_LABEL = 4.6;
const CAPTION_LINE = 1.4;

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
  const { faces, parts, sheet, pitchPt } = setup;
  const { bodyPt, sealPt, linesAboveName } = sheet;
  const rightPt = sheet.leftPt + sheet.textWidthPt;
  const chain = faces.regular;
  const roomPt = closing.qr ? sheet.textWidthPt - sheet.qrPt - 2 * bodyPt : sheet.textWidthPt;
  const names = nameLines(closing.name, chain, bodyPt, roomPt);
  const dateWidthPt = chain.widthOf(closing.date.text, bodyPt, closing.date.field);
  const dateXPt = rightPt - 4 * bodyPt - dateWidthPt;
  const middlePt = dateXPt + dateWidthPt / 2;
  const baselinePt = baselineIn(pitchPt, bodyPt) + linesAboveName * pitchPt;
  const named = { chain, sizePt: bodyPt, part: parts.add('P') };
  const dated = { chain, sizePt: bodyPt, part: parts.add('P') };
  const marks = names.flatMap((name, i) => {
    const widthPt = chain.widthOf(name.text, bodyPt, name.field);
    const xPt = Math.min(middlePt - widthPt / 2, rightPt - widthPt);
    return plain(name, named, xPt, i * pitchPt + baselinePt);
  });
  marks.push(...plain(closing.date, dated, dateXPt, names.length * pitchPt + baselinePt));
  const topPt = (names.length === 1 ? 0.55 : 0.95) * pitchPt;
  return {
    marks,
    seal: { xPt: middlePt - sealPt / 2, yPt: topPt, widthPt: sealPt, heightPt: sealPt },
    endPt: Math.max(topPt + sealPt, (linesAboveName + names.length + 1) * pitchPt) + 0.05 * pitchPt,
  };
}

/** Lines of nearly the same length where one does not fit: two, or more where two do not. */
function nameLines(name: Words, chain: FaceChain, sizePt: number, roomPt: number): Words[] {
  const widthPt = chain.widthOf(name.text, sizePt, name.field);
  if (widthPt <= roomPt) return [name];
  const shape = {
    widthPt: Math.min(widthPt / 2 + sizePt, roomPt),
    sizePt,
    indentPt: 0,
    justified: false,
  };
  const lines = linesOf(name.text, (char) => chain.widthOf(char, sizePt, name.field), shape);
  return lines.map(({ text }) => ({ field: name.field, text }));
}

/** The symbol alone is as wide as the sheet says; its margin of four modules is kept clear around it. */
function qrBlockOf(
  qr: NonNullable<Closing['qr']>,
  { faces, parts, sheet }: Setup,
): { marks: Mark[]; endPt: number } {
  const { leftPt, qrPt, captionPt } = sheet;
  const quietPt = (qrPt / qrOf(qr.text).size) * QUIET_MODULES;
  const chain = faces.regular;
  const linePt = captionPt * CAPTION_LINE;
  const topPt = quietPt + captionPt * 0.2;
  const figure = parts.add('Figure', null, { alt: `二维码：${qr.text}` });
  const captionTopPt = topPt + qrPt + quietPt;
  const captions = qr.captions.flatMap((words, i) => {
    const set = { chain, sizePt: captionPt, part: parts.add('P') };
    const xPt = leftPt + (qrPt - chain.widthOf(words.text, captionPt, words.field)) / 2;
    const baselinePt = captionTopPt + i * linePt + baselineIn(linePt, captionPt);
    return plain(words, set, Math.max(xPt, leftPt), baselinePt);
  });
  return {
    marks: [...qrMarks(qr.text, { xPt: leftPt, yPt: topPt, sizePt: qrPt }, figure), ...captions],
    endPt: captionTopPt + qr.captions.length * linePt + captionPt * 0.4,
  };
}

/** What proves the paper, small, between two rules at the foot of the last page. */
export function imprintStrip(imprint: Imprint, { faces, parts, sheet }: Setup): Strip {
  const { leftPt, textWidthPt, imprintPt: sizePt } = sheet;
  const list = parts.add('L');
  const linePt = sizePt * IMPRINT_LINE;
  const padPt = sizePt * 0.47;
  const baselinePt = baselineIn(linePt, sizePt);
  const termXPt = leftPt + padPt;
  const marks: Mark[] = [];
  let yPt = padPt;
  for (const { term, value } of imprint.terms) {
    const item = parts.add('LI', list);
    const termed = { chain: faces.heading, sizePt, part: parts.add('Lbl', item) };
    marks.push(...plain(term, termed, termXPt, yPt + baselinePt));
    const set = { chain: faces.regular, sizePt, part: parts.add('LBody', item) };
    const labelPt = faces.heading.widthOf(term.text, sizePt, term.field) + padPt;
    const xPt = termXPt + Math.max(IMPRINT_LABEL * sizePt, labelPt);
    const shape = { widthPt: leftPt + textWidthPt - padPt - xPt, sizePt, indentPt: 0, justified: false };
    const measure = (char: string): number => faces.regular.widthOf(char, sizePt, value.field);
    for (const line of linesOf(value.text, measure, shape)) {
      marks.push(...marksOf(line, set, value.field, xPt, yPt + baselinePt));
      yPt += linePt;
    }
  }
  const heightPt = yPt + padPt;
  const rules = [rule(leftPt, 0, textWidthPt, 0.75), rule(leftPt, heightPt - 0.75, textWidthPt, 0.75)];
  return strip('imprint', heightPt, [...marks, ...rules]);
}
