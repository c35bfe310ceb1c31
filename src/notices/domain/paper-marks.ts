/** What a file says of which notice it is: the check codes in it, and the numbers. */
export type PaperMarks = { readonly codes: readonly string[]; readonly numbers: readonly string[] };

const CODE = /(?:\/n\/|校验码[:：]?)([2-9A-HJ-NP-Z]{8})/gu;
const NUMBER = /([\p{Script=Han}]{1,8})救公〔(\d{4})〕(\d{1,6})号/gu;

/**
 * Reads them out of words without spaces. Where the word of the charter begins, nobody can tell there (关于…的公示柳溪救公):
 * so every number that it could be is named, the longest word first.
 */
export function marksIn(words: string): PaperMarks {
  const codes = Array.from(words.matchAll(CODE), ([, code = '']) => code);
  const numbers = Array.from(words.matchAll(NUMBER), ([, before = '', year, serial]) =>
    Array.from(before, (_char, i) => `${Array.from(before).slice(i).join('')}救公〔${year}〕${serial}号`),
  );
  return { codes: [...new Set(codes)].slice(0, MOST), numbers: [...new Set(numbers.flat())].slice(0, MOST) };
}

/** A file that names more was made to be slow. */
const MOST = 40;
