/** `luhn` is a warning only: the account numbers of old passbooks do not have it (domain.md 1.10). */
export type CardRead =
  { readonly ok: true; readonly number: string; readonly luhn: boolean } | { readonly ok: false };

/** A card has 16 to 19 digits, an old passbook between 12 and 22. Spaces and hyphens are for the eye. */
export function readCardNumber(text: string): CardRead {
  const number = text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^\d{12,22}$/.test(number) ? { ok: true, number, luhn: passesLuhn(number) } : { ok: false };
}

/** The last four digits, all that a page, a message or a log may show. */
export function tailOf(number: string): string {
  return number.slice(-4);
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(number: string): boolean {
  const sum = Array.from(number, Number)
    .reverse()
    .reduce((total, digit, i) => {
      const weighted = i % 2 === 1 ? digit * 2 : digit;
      return total + (weighted > 9 ? weighted - 9 : weighted);
    }, 0);
  return sum % 10 === 0;
}
