/**
 * 柳溪决〔2026〕1号: the word of the society from its charter, the year in full between hexagonal brackets, no leading
 * zero (GB/T 9704). Approvals and rejections share one series: both are decisions of the board.
 */
export function decisionNumber(prefix: string, year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`Not a number of a series: ${serial}`);
  return `${prefix}决〔${year}〕${serial}号`;
}
