import type { Cell, Table } from './blocks.js';
import type { FaceChain } from './faces.js';
import { linesOf } from './line-breaker.js';
import { marksOf, rule } from './marks.js';
import type { Mark } from './marks.js';
import { sheet } from './sheet.js';
import { gap, strip } from './strip.js';
import type { Setup, Strip } from './strip.js';

const { leftPt, textWidthPt } = sheet;
const SIZE_PT = 12;
const PAD_PT = 5;
const HAIRLINE_PT = 0.5;

/** What one row is set with. `part` names the tag of each cell, or null where the row is only for the eye. */
type RowSetup = {
  readonly chain: FaceChain;
  readonly widths: readonly number[];
  readonly pitchPt: number;
  readonly leastPt: number;
  readonly part: () => number | null;
};

/** The head stands again at the top of each page; tagged twice, it would be read aloud twice. */
export function tableStrips(table: Table, setup: Setup): Strip[] {
  const { faces, parts, pitchPt } = setup;
  const of = parts.add('Table');
  const widths = table.shares.map((share) => share * textWidthPt);
  const leastPt = pitchPt * (table.isTall ? 1.4 : 0.75);
  const row = (cells: readonly Cell[], chain: FaceChain, tag: 'TH' | 'TD'): Strip => {
    const parent = parts.add('TR', of);
    return rowStrip(cells, { chain, widths, pitchPt, leastPt, part: () => parts.add(tag, parent) });
  };
  const before = table.isJoined ? [] : [gap(0.25, setup)];
  if (table.head.length === 0)
    return [...before, ...table.rows.map((cells) => row(cells, faces.regular, 'TD'))];
  const head = { ...row(table.head, faces.bold, 'TH'), staysWithNext: true };
  const repeats = rowStrip(table.head, { chain: faces.bold, widths, pitchPt, leastPt, part: () => null });
  return [...before, head, ...table.rows.map((cells) => ({ ...row(cells, faces.regular, 'TD'), repeats }))];
}

function rowStrip(cells: readonly Cell[], setup: RowSetup): Strip {
  const linePt = setup.pitchPt * 0.6;
  const set = cells.map((cell, i) => {
    const widthPt = setup.widths[i] ?? 0;
    const measure = (char: string): number => setup.chain.widthOf(char, SIZE_PT, cell.field);
    const shape = { widthPt: widthPt - 2 * PAD_PT, sizePt: SIZE_PT, indentPt: 0, justified: false };
    return { cell, widthPt, lines: linesOf(cell.text, measure, shape) };
  });
  const tallest = Math.max(1, ...set.map(({ lines }) => lines.length));
  const heightPt = setup.leastPt + (tallest - 1) * linePt;
  const marks: Mark[] = [];
  let xPt = leftPt;
  for (const { cell, widthPt, lines } of set) {
    const part = setup.part();
    lines.forEach((line, n) => {
      const sparePt = widthPt - 2 * PAD_PT - line.widthPt;
      const shiftPt = cell.align === 'right' ? sparePt : cell.align === 'center' ? sparePt / 2 : 0;
      const topPt = (heightPt - (lines.length - 1) * linePt) / 2 + n * linePt - SIZE_PT / 2;
      const setting = { chain: setup.chain, sizePt: SIZE_PT, part };
      marks.push(...marksOf(line, setting, cell.field, xPt + PAD_PT + shiftPt, topPt + SIZE_PT * 0.88));
    });
    xPt += widthPt;
  }
  return strip('row', heightPt, [...marks, ...gridOf(setup.widths, heightPt)]);
}

function gridOf(widths: readonly number[], heightPt: number): Mark[] {
  let xPt = leftPt;
  const edges = [leftPt, ...widths.map((widthPt) => (xPt += widthPt))];
  return [
    ...edges.map((edgePt) => rule(edgePt - HAIRLINE_PT / 2, 0, HAIRLINE_PT, heightPt + HAIRLINE_PT)),
    rule(leftPt, 0, textWidthPt, HAIRLINE_PT),
    rule(leftPt, heightPt, textWidthPt, HAIRLINE_PT),
  ];
}
