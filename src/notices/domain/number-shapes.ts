import { foldedOf, placeIn } from './folded-text.js';
import type { Folded, Place } from './folded-text.js';
import { listedNumbersIn } from './listed-numbers.js';

export type NumberKind = 'ID_NUMBER' | 'CARD' | 'PHONE';
export type NumberFound = Place & { readonly kind: NumberKind };

/** Digits, a hyphen or a bracket between them, an X at the end: whatever a number of a person looks like. */
const DIGITS = /\d(?:[\p{Pd}()]?\d)*[Xx]?/gu;
/** In groups that a point or a stroke parts: 138.1234.5678. An amount has a point too, but only two digits behind it. */
const GROUPED = /\d{2,}(?:[./\\_·•~|]\d+)+[Xx]?/gu;
/** The middle hidden, as forms print it: 138****5678. Whoever knows the person knows the rest. */
const STARRED = /\d{2,}[*×●#]{2,}\d*[\dXx]/gu;

/** 一三八, by radio 幺三八, and as on a receipt 壹叁捌. Ten, hundred and thousand are no figures of a number. */
const SPELT = '〇零洞一二三四五六七八九幺两拐勾壹贰叁肆伍陆柒捌玖';
const VALUES = '0001234567891279123456789';
const SPELT_FIGURE = new RegExp(`[${SPELT}]`, 'gu');
const SPELT_NUMBER = /\d(?:[\p{Pd}().·/_~|]?\d){6,}[Xx]?/gu;
/** So many of them in one number: 2026年第一季度 has one. */
const LEAST_SPELT = 3;
/** What is said of a card or a telephone without its head: 尾号1234, 后四位5678. */
const TAIL = /(?:尾号|尾数|[末后]\d位)[是为:]?\d{3,}/gu;

/** Every number by which a person, an account or a telephone is known, but for the public contact of the charter. */
export function numbersIn(folded: Folded, contactPhone: string): NumberFound[] {
  const contacts = contactsIn(contactPhone);
  const figures = figuresOf(folded.text);
  const find = (pattern: RegExp, text: string, kindIn: (match: RegExpExecArray) => NumberKind | null) =>
    Array.from(text.matchAll(pattern)).flatMap((match): NumberFound[] => {
      const kind = kindIn(match);
      return kind === null ? [] : [{ ...placeIn(folded, match.index, match[0].length), kind }];
    });
  return [
    ...find(DIGITS, folded.text, (match) => kindOf(match, contacts)),
    ...find(GROUPED, folded.text, ([number]) => wholeKindOf(number, contacts)),
    ...find(STARRED, folded.text, ([number]) => starredKindOf(number)),
    ...(figures === folded.text
      ? []
      : find(SPELT_NUMBER, figures, (match) => speltKindOf(match, folded, contacts))),
    ...find(TAIL, figures, () => 'CARD'),
    ...listedNumbersIn(figures, contacts).map(({ from, length, kind }) => ({
      ...placeIn(folded, from, length),
      kind,
    })),
  ];
}

/** The same text, character by character, with plain figures for those that are spelt. */
const figuresOf = (text: string): string =>
  text.replace(SPELT_FIGURE, (char) => VALUES[SPELT.indexOf(char)] ?? char);

function speltKindOf(
  { 0: number, index }: RegExpExecArray,
  { text }: Folded,
  contacts: ReadonlySet<string>,
): NumberKind | null {
  const spelt = text.slice(index, index + number.length).match(SPELT_FIGURE) ?? [];
  return spelt.length < LEAST_SPELT ? null : (wholeKindOf(number, contacts) ?? 'PHONE');
}

/** The charter may name two, or one with an extension: each of them as it stands, and all of it written without a break. */
function contactsIn(contactPhone: string): ReadonlySet<string> {
  const { text } = foldedOf(contactPhone);
  const each = Array.from(text.matchAll(DIGITS), ([number]) => digitsOf(number));
  return new Set([...each, digitsOf(text)].filter((digits) => digits.length >= 5));
}

function kindOf(
  { 0: number, index, input }: RegExpExecArray,
  contacts: ReadonlySet<string>,
): NumberKind | null {
  const kind = wholeKindOf(number, contacts);
  if (kind !== null || contacts.has(digitsOf(number))) return kind;
  const longestRun = Math.max(...number.split(/\D/).map((run) => run.length));
  return longestRun >= 7 || isLocal(number, input.slice(index + number.length)) ? 'PHONE' : null;
}

/** 765-4321; not 500-1000元. */
const isLocal = (number: string, behind: string): boolean =>
  /^\d{3}\p{Pd}\d{4}$/u.test(number) && !/^[万元人户笔件天日]/u.test(behind);

function wholeKindOf(number: string, contacts: ReadonlySet<string>): NumberKind | null {
  const digits = digitsOf(number);
  if (contacts.has(digits)) return null;
  if (/^\d{17}[\dX]$/i.test(number.replace(/[^\dX]/gi, ''))) return 'ID_NUMBER';
  if (digits.length >= 13) return 'CARD';
  return /^1[3-9]\d{9}$|^0\d{9,11}$|^[48]00\d{7}$/.test(digits) ? 'PHONE' : null;
}

function starredKindOf({ length }: string): NumberKind {
  if (length === 18 || length === 15) return 'ID_NUMBER';
  return length >= 13 ? 'CARD' : 'PHONE';
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');
