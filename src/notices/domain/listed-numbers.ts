/** A number whose figures a mark of writing parts: 138、1234、5678. Here `text` has its spelt figures as plain ones already. */
export type Listed = {
  readonly from: number;
  readonly length: number;
  readonly kind: 'PHONE' | 'CARD' | 'ID_NUMBER';
};

/** One group, which itself may be parted as numbers are; never so that a day, an amount or a time is one. */
const GROUP = /\d(?:(?:\p{Pd}|[()./\\_~|·•:](?=\d{3}))?\d)*[Xx]?/u.source;
/** What stands between two items of a list. Full-width marks are plain ones here. */
const MARK = /[,、;。!?:"'“”‘’《》【】]{1,3}/u.source;
const LIST = new RegExp(`${GROUP}(?:${MARK}${GROUP})+`, 'gu');
const GROUPS = new RegExp(GROUP, 'gu');

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}$|^[48]00\d{7}$/;
const IDENTITY = /^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
const CARD = /^(?:3[5-7]|4\d|5[1-5]|6[025]|9\d)\d{13,17}$/;
const LONGEST = 19;

/** How people say a telephone or a card: nothing that is counted is grouped like that. */
const SAID = new Set(['3-4-4', '3-8', '7-4', '3-3-5', '4-4-4-4', '4-4-4-4-3', '6-8-4', '6-4-4-4']);
const UNIT = /^[元万亿户人件笔天日年月岁个次名组号条亩斤]/u;

type Group = { readonly digits: string; readonly from: number; readonly to: number };

/**
 * Numbers of a person that are written as a list. A list that is none of them is left alone: what is counted, what goes up
 * step by step, and the thousands of an amount.
 */
export function listedNumbersIn(text: string, contacts: ReadonlySet<string>): Listed[] {
  return Array.from(text.matchAll(LIST)).flatMap(({ 0: list, index }) => {
    const groups = Array.from(list.matchAll(GROUPS), (match): Group => {
      const from = index + match.index;
      return { digits: match[0].replace(/[^\dXx]/g, ''), from, to: from + match[0].length };
    });
    return groups.flatMap((_, i) => numberFrom(text, groups.slice(i), contacts) ?? []);
  });
}

/** The shortest number that begins with the first of these groups. */
function numberFrom(text: string, groups: readonly Group[], contacts: ReadonlySet<string>): Listed | null {
  let digits = '';
  for (const [i, group] of groups.entries()) {
    digits += group.digits;
    if (digits.length > LONGEST) return null;
    if (i === 0 || contacts.has(digits)) continue;
    const kind = kindOf(digits);
    const taken = groups.slice(0, i + 1);
    if (kind === null || isCounted(text, taken)) continue;
    const from = taken[0]?.from ?? 0;
    return { from, length: group.to - from, kind };
  }
  return null;
}

function kindOf(digits: string): Listed['kind'] | null {
  if (MOBILE.test(digits) || LANDLINE.test(digits)) return 'PHONE';
  if (IDENTITY.test(digits)) return 'ID_NUMBER';
  return CARD.test(digits) ? 'CARD' : null;
}

function isCounted(text: string, groups: readonly Group[]): boolean {
  const lengths = groups.map(({ digits }) => digits.length);
  const [first, last] = [groups[0], groups.at(-1)];
  if (!first || !last) return false;
  if (/^\d{1,3}(?:,\d{3})+$/.test(text.slice(first.from, last.to))) return true;
  if (isRising(groups)) return true;
  return !SAID.has(lengths.join('-')) && UNIT.test(text.slice(last.to));
}

/** 15、16、17、18、19、20; 0012、0013、0014: figures of a list, all as long or short ones. */
function isRising(groups: readonly Group[]): boolean {
  const isAlike =
    groups.every(({ digits }) => digits.length <= 2) ||
    groups.every(({ digits }) => digits.length === groups[0]?.digits.length);
  return (
    isAlike && groups.every(({ digits }, i) => i === 0 || Number(groups[i - 1]?.digits ?? 0) < Number(digits))
  );
}
