/** The running number of a society's notices: never used twice, without a gap. */
export const NOTICE_SERIES = 'notice';

/** 柳溪救公〔2026〕3号: the word of the charter, 救助公示, the year, and the running number without padding (GB/T 9704, 7.2.5). */
export function noticeNumberOf(prefix: string, year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`Not a number of a notice: ${serial}`);
  return `${prefix}救公〔${year}〕${serial}号`;
}

/** What a person read off the paper and typed: any brackets, any width, spaces anywhere. */
export function sameNumber(typed: string, number: string): boolean {
  return folded(typed) === folded(number);
}

function folded(number: string): string {
  return number
    .normalize('NFKC')
    .replace(/[\s号]/gu, '')
    .replace(/[〔[(【「]/gu, '(')
    .replace(/[〕\])】」]/gu, ')');
}

/** The check code as printed: eight of the alphabet of codes. What is no code is null, and asks no database. */
export function readCode(typed: string): string | null {
  const code = typed.normalize('NFKC').replace(/[\s-]/gu, '').toUpperCase();
  return /^[2-9A-HJ-NP-Z]{8}$/.test(code) ? code : null;
}
