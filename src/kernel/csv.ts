/** A table program reads UTF-8 as such only behind this. */
export const BOM = '\uFEFF';

/**
 * What a table program would take for a formula, however much of nothing stands before it: the signs themselves, their
 * full-width forms, which some programs fold, and what ends a cell or a line for others (OWASP, CSV injection).
 */
const FORMULA = /^(?:[\s\p{Cf}\0]*[=+\-@＝＋－＠]|[\t\r\n\0])/u;

/** One cell as RFC 4180 has it. A formula is written as text, so that no name of a donor does anything in a table. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
