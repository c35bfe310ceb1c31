import type { Cell, Table, Words } from './blocks.js';
import { linesOf } from './line-breaker.js';
import { lowered, marksOf, plain, rule } from './marks.js';
import type { Mark, Part } from './marks.js';
import { baselineIn } from './sheet.js';
import { strip } from './strip.js';
import type { Setup, Strip } from './strip.js';

const RULE_PT = 0.75;
/** In parts of the pitch: the air between a rule and the words. */
const AIR = 0.2;

/**
 * A table for letters too large for its columns: each row a list between two rules, each cell a line that its column's
 * head leads, as on a small screen. The rows stay whole where a page can hold them.
 */
export function stackedStrips(table: Table, setup: Setup): Strip[] {
  const of = setup.parts.add('Table');
  const labelled = table.head.map((head) => ({ field: head.field, text: `${head.text}：` }));
  const { sizePt } = setup.sheet.table;
  const labelPt = Math.max(
    ...labelled.map(({ text, field }) => setup.faces.heading.widthOf(text, sizePt, field)),
  );
  return table.rows.flatMap((cells) => {
    const lines = cells.flatMap((cell, i) => {
      const label = labelled[i];
      return label ? cellStrips(label, cell, labelPt, of, setup) : [];
    });
    return framed(lines, setup);
  });
}

/** The label once, the words beside it in as many lines as they need. */
function cellStrips(label: Words, cell: Cell, labelPt: number, of: number, setup: Setup): Strip[] {
  const { faces, parts, sheet, pitchPt } = setup;
  const { sizePt, padPt, line } = sheet.table;
  const row = parts.add('TR', of);
  const scope: Pick<Part, 'scope'> = { scope: 'Row' };
  const head = { chain: faces.heading, sizePt, part: parts.add('TH', row, scope) };
  const body = { chain: faces.regular, sizePt, part: parts.add('TD', row) };
  const heightPt = pitchPt * line;
  const baselinePt = baselineIn(heightPt, sizePt);
  const labelXPt = sheet.leftPt + padPt;
  const xPt = labelXPt + labelPt;
  const shape = { widthPt: sheet.textWidthPt - labelPt - 2 * padPt, sizePt, indentPt: 0, justified: false };
  const measure = (char: string): number => faces.regular.widthOf(char, sizePt, cell.field);
  const lines = linesOf(cell.text, measure, shape).map((each) =>
    marksOf(each, body, cell.field, xPt, baselinePt),
  );
  const first = [...plain(label, head, labelXPt, baselinePt), ...(lines[0] ?? [])];
  return [first, ...lines.slice(1)].map((marks) => strip('row', heightPt, marks));
}

/** A rule and some air above and below; two rows share the rule between them. */
function framed(lines: readonly Strip[], { sheet, pitchPt }: Setup): Strip[] {
  const airPt = AIR * pitchPt;
  const across = (yPt: number): Mark => rule(sheet.leftPt, yPt, sheet.textWidthPt, RULE_PT);
  return lines.map((line, i) => {
    const abovePt = i === 0 ? airPt : 0;
    const belowPt = i === lines.length - 1 ? airPt : 0;
    const marks = line.marks.map((mark) => lowered(mark, abovePt));
    const heightPt = abovePt + line.heightPt + belowPt;
    if (i === 0) marks.push(across(0));
    if (belowPt > 0) marks.push(across(heightPt));
    return { ...strip('row', heightPt, marks), staysWithNext: i < lines.length - 1 };
  });
}
