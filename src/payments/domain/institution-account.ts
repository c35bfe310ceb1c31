export type InstitutionAccountRead = { readonly ok: true; readonly number: string } | { readonly ok: false };

/** What a person typed: full-width digits are digits, spaces and dashes are for the eye. */
const tidied = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');

/**
 * The settlement account of an institution. It is no card: each bank has a length of its own, and most carry no check
 * digit, so that between 8 and 32 digits everything may be right.
 */
export function readInstitutionAccount(text: string): InstitutionAccountRead {
  const number = tidied(text);
  return /^\d{8,32}$/.test(number) ? { ok: true, number } : { ok: false };
}

/** Whether an account number stands among other words: names are shown to many, numbers to nobody. */
export function holdsAccountNumber(text: string): boolean {
  return /\d{8}/.test(tidied(text));
}
