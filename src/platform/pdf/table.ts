import type { Cell, Table } from './blocks.js';
import type { FaceChain } from './faces.js';
import { holdsUncut, linesOf } from './line-breaker.js';
import type { Line } from './line-breaker.js';
import { marksOf, rule } from './marks.js';
import type { Mark, Part } from './marks.js';
import { stackedStrips } from './stacked-table.js';
import { gap, strip } from './strip.js';
import type { Setup, Strip } from './strip.js';

const HAIRLINE_PT = 0.5;
/** In parts of the pitch: a row high enough to sign in. */
const TALL = 1.4;

/** What one row is set with. `part` names the tag of each cell, or null where the row is only for the eye. */
type RowSetup = Setup & {
  readonly chain: FaceChain;
  readonly widths: readonly number[];
  readonly leastPt: number;
  readonly part: () => number | null;
};

/** The head stands again at the top of each page; tagged twice, it would be read aloud twice. */
export function tableStrips(table: Table, setup: Setup): Strip[] {
  const { faces, parts, sheet, pitchPt } = setup;
  const widths = table.shares.map((share) => share * sheet.textWidthPt);
  const before = table.isJoined ? [] : [gap(0.25, setup)];
  if (sheet.table.mayStack && table.head.length > 0 && !fits(table, widths, setup))
    return [...before, ...stackedStrips(table, setup)];

  const of = parts.add('Table');
  const leastPt = pitchPt * (table.isTall ? TALL : sheet.table.row);
  const row = (cells: readonly Cell[], chain: FaceChain, tag: 'TH' | 'TD'): Strip => {
    const parent = parts.add('TR', of);
    const traits: Pick<Part, 'scope'> = tag === 'TH' ? { scope: 'Column' } : {};
    return rowStrip(cells, { ...setup, chain, widths, leastPt, part: () => parts.add(tag, parent, traits) });
  };
  if (table.head.length === 0)
    return [...before, ...table.rows.map((cells) => row(cells, faces.regular, 'TD'))];
  const head = { ...row(table.head, faces.heading, 'TH'), staysWithNext: true };
  const repeats = rowStrip(table.head, { ...setup, chain: faces.heading, widths, leastPt, part: () => null });
  return [...before, head, ...table.rows.map((cells) => ({ ...row(cells, faces.regular, 'TD'), repeats }))];
}

/** Whether every column holds its heads, names, dates and amounts whole. */
function fits(table: Table, widths: readonly number[], { faces, sheet }: Setup): boolean {
  const { sizePt, padPt } = sheet.table;
  const roomPt = widths.map((widthPt) => widthPt - 2 * padPt);
  const holdsHead = ({ text, field }: Cell, column: number): boolean =>
    faces.heading.widthOf(text, sizePt, field) <= (roomPt[column] ?? 0);
  const holdsCell = ({ text, field }: Cell, column: number): boolean =>
    holdsUncut(text, (char) => faces.regular.widthOf(char, sizePt, field), roomPt[column] ?? 0);
  return table.head.every(holdsHead) && table.rows.every((row) => row.every(holdsCell));
}

function rowStrip(cells: readonly Cell[], setup: RowSetup): Strip {
  const { chain, pitchPt, sheet } = setup;
  const { sizePt, padPt, line } = sheet.table;
  const linePt = pitchPt * line;
  const set = cells.map((cell, i) => {
    const widthPt = setup.widths[i] ?? 0;
    const measure = (char: string): number => chain.widthOf(char, sizePt, cell.field);
    const shape = { widthPt: widthPt - 2 * padPt, sizePt, indentPt: 0, justified: false };
    return { cell, widthPt, lines: linesOf(cell.text, measure, shape) };
  });
  const tallest = Math.max(1, ...set.map(({ lines }) => lines.length));
  const heightPt = setup.leastPt + (tallest - 1) * linePt;
  const marks: Mark[] = [];
  let xPt = sheet.leftPt;
  for (const { cell, widthPt, lines } of set) {
    const setting = { chain, sizePt, part: setup.part() };
    lines.forEach((each, n) => {
      const topPt = (heightPt - (lines.length - 1) * linePt) / 2 + n * linePt - sizePt / 2;
      const fromPt = xPt + padPt + shiftOf(cell, widthPt - 2 * padPt, each);
      marks.push(...marksOf(each, setting, cell.field, fromPt, topPt + sizePt * 0.88));
    });
    xPt += widthPt;
  }
  return strip('row', heightPt, [...marks, ...gridOf(setup, heightPt)]);
}

function shiftOf({ align }: Cell, roomPt: number, { widthPt }: Line): number {
  if (align === 'left') return 0;
  return align === 'right' ? roomPt - widthPt : (roomPt - widthPt) / 2;
}

function gridOf({ widths, sheet }: RowSetup, heightPt: number): Mark[] {
  let xPt = sheet.leftPt;
  const edges = [xPt, ...widths.map((widthPt) => (xPt += widthPt))];
  return [
    ...edges.map((edgePt) => rule(edgePt - HAIRLINE_PT / 2, 0, HAIRLINE_PT, heightPt + HAIRLINE_PT)),
    rule(sheet.leftPt, 0, sheet.textWidthPt, HAIRLINE_PT),
    rule(sheet.leftPt, heightPt, sheet.textWidthPt, HAIRLINE_PT),
  ];
}
