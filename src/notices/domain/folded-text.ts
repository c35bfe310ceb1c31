/**
 * A text as a hider would not have written it: full-width, circled and foreign figures are plain ones, blanks, invisible
 * characters and marks over a character are left out. `at` says where each character came from, so that what is found can
 * be shown where it stands.
 */
export type Folded = { readonly text: string; readonly at: readonly number[]; readonly length: number };

/** From the first character to the one behind the last, in the text as it was written. */
export type Place = { readonly from: number; readonly to: number };

/** Most characters of a notice: nothing about them is to be folded. */
const PLAIN = /[\u4e00-\u9fff!-~]/;
const UNSEEN = /[\s\p{Cf}\p{M}]/u;
const FIGURE = /\p{Nd}/u;

/** What is put between the characters of a name, so that no search finds it. */
const JOINT = /[\p{Pd}·•‧∙・.~_|/\\]/u;

export function foldedOf(text: string): Folded {
  let folded = '';
  const at: number[] = [];
  let place = 0;
  for (const char of text) {
    for (const plain of PLAIN.test(char) ? char : char.normalize('NFKC')) {
      const kept = keptOf(plain);
      folded += kept;
      at.push(...Array<number>(kept.length).fill(place));
    }
    place += char.length;
  }
  return { text: folded, at, length: text.length };
}

function keptOf(char: string): string {
  if (PLAIN.test(char)) return char;
  if (UNSEEN.test(char)) return '';
  return FIGURE.test(char) ? figureOf(char) : char;
}

/** Unicode keeps the ten figures of every script side by side, from nought to nine. */
function figureOf(char: string): string {
  const codePoint = char.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && FIGURE.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return String(value);
}

/** The same without points and hyphens, as a name is looked for: a dot in it may have been left out. */
export function unparted({ text, at, length }: Folded): Folded {
  let kept = '';
  const places: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (JOINT.test(unit)) continue;
    kept += unit;
    places.push(at[i] ?? 0);
  }
  return { text: kept, at: places, length };
}

export function placeIn(folded: Folded, from: number, length: number): Place {
  return { from: folded.at[from] ?? 0, to: folded.at[from + length] ?? folded.length };
}

export function placesOf(folded: Folded, pattern: RegExp): Place[] {
  return Array.from(folded.text.matchAll(pattern), (match) => placeIn(folded, match.index, match[0].length));
}
