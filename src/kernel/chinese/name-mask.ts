import { COMPOUND_SURNAMES } from './surnames.js';

/** The dot between the parts of a Uyghur, Kazakh or foreign name, in the forms in which it is typed. */
const DOTS = /[·•‧∙・･]/gu;

/**
 * A name as a notice may show it (domain.md 1.5): 张*, 张*三, from four characters on the first, a star for each hidden
 * one, and the last; 欧阳*娜; with dots 阿***·**提. One star for one character, so that a reader who knows the person can
 * tell; at least one is always hidden. A character is a code point with the marks and variation selectors that follow it:
 * rare characters lie outside the BMP, where `length` counts two.
 */
export function maskName(name: string): string {
  const tidy = tidied(name);
  const characters = tidy.match(/\P{M}\p{M}*/gu) ?? [];
  if (/[· ]/.test(tidy)) return maskedParts(characters);
  const surname = compoundSurnameOf(tidy);
  const head = surname !== null && characters.length > surname ? surname : 1;
  const tail = characters.length > head + 1 ? 1 : 0;
  if (characters.length <= 1) return '*';
  return covered(characters, (i) => i < head || i >= characters.length - tail);
}

/** Lists pad a name of two characters with a space to the width of three: between Chinese characters it means nothing. */
function tidied(name: string): string {
  const trimmed = name.trim().replace(DOTS, '·').replace(/\s+/gu, ' ');
  return /^[\p{Script=Han}\p{M} ]*$/u.test(trimmed) ? trimmed.replaceAll(' ', '') : trimmed;
}

/** How many characters the compound surname has at the head of the name; null for the usual single one. */
function compoundSurnameOf(name: string): number | null {
  for (const length of [4, 3, 2]) {
    if (COMPOUND_SURNAMES.has(name.slice(0, length))) return length;
  }
  return null;
}

/** The first and the last character stay, and every dot; of two letters only the first. */
function maskedParts(characters: readonly string[]): string {
  const letters = characters.filter((character) => !isDot(character)).length;
  let seen = 0;
  return characters
    .map((character) => {
      if (isDot(character)) return character;
      seen += 1;
      const shown = letters > 1 && (seen === 1 || (seen === letters && letters > 2));
      return shown ? character : '*';
    })
    .join('');
}

const isDot = (character: string) => character === '·' || character === ' ';

function covered(characters: readonly string[], shown: (i: number) => boolean): string {
  return characters.map((character, i) => (shown(i) ? character : '*')).join('');
}
