export type CaseNumber = { readonly year: number; readonly number: number };

/** The number that people say to each other: 2026-0012, counted per society and year. */
export function caseNumberText({ year, number }: CaseNumber): string {
  return `${year}-${String(number).padStart(4, '0')}`;
}

/** Null for whatever was never a number of ours; the page then knows no such case. */
export function readCaseNumber(text: string): CaseNumber | null {
  const [, year, number] = /^(2\d{3})-(\d{4,6})$/.exec(text) ?? [];
  if (year === undefined || number === undefined || Number(number) < 1) return null;
  const read = { year: Number(year), number: Number(number) };
  return caseNumberText(read) === text ? read : null;
}
