export type MobileRead = { readonly ok: true; readonly number: string } | { readonly ok: false };

/** A mobile number as people type it: full-width digits, spaces, hyphens and +86 are read; eleven digits come out. */
export function readMobile(text: string): MobileRead {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  return /^1[3-9]\d{9}$/.test(digits) ? { ok: true, number: digits } : { ok: false };
}

/** "138****1234". Of anything shorter only the last four are shown; of four and fewer, nothing. */
export function maskPhone(number: string): string {
  const head = number.length >= 11 ? 3 : 0;
  const tail = number.length > 4 ? 4 : 0;
  return number.slice(0, head) + '*'.repeat(number.length - head - tail) + number.slice(number.length - tail);
}
