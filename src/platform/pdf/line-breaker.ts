/** How wide a character is, in points. */
export type Measure = (char: string) => number;

/** Characters drawn in one go, from `xPt` on. */
export type Run = {
  readonly text: string;
  readonly xPt: number;
  /** Added after every character, on top of its own width. */
  readonly spacingPt: number;
};
export type Line = { readonly text: string; readonly widthPt: number; readonly runs: readonly Run[] };
export type LineShape = {
  readonly widthPt: number;
  readonly sizePt: number;
  readonly indentPt: number;
  /** Flush on both sides; the last line as it falls. */
  readonly justified: boolean;
};

/** How far a justified line may be drawn apart: so much of a character between two. */
const MOST_OPEN = 0.25;

const NEVER_FIRST = new Set('，。、；：？！）〕】》〉」』”’…—％%·');
const NEVER_LAST = new Set('（〔【《〈「『“‘¥￥');
/** Half of these characters is blank, and a full line may draw it in. */
const BLANK_BEHIND = new Set('，。、；：？！）〕】》〉」』');
const BLANK_BEFORE = new Set('（〔【《〈「『');

/** Spelled out: which characters are Han would else depend on the Unicode that a Node brings, and the bytes with it. */
const HAN = String.raw`\u3005\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}`;

/** What stays on one line (GB/T 9704 of 1999: no number, year or amount is cut). The order matters: the first pattern wins. */
const UNCUT = new RegExp(
  [
    /[\p{Script=Han}×]{1,6}〔\d{4}〕\d+号/u, // a document number, its organ included
    /\d{3,4}-\d{7,8}|\d{4}-\d{3,6}|\d{4}-\d{2}-\d{2}/u, // an office telephone, a case number, a plain date
    /\d{1,2}:\d{2}|\d{1,2}时(?:\d{1,2}分)?/u, // a time
    /\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日/u, // a date
    /第?[¥￥]?\d[\d,]*(?:\.\d+)?(?:%|％|万元|亿元|人次|个工作日|[元角分人票户日条款项号笔组期名份])?/u, // an amount or a count
    /[零壹贰叁肆伍陆柒捌玖拾佰仟]+[万亿元角分整]+/u, // an amount in words, cut only behind 万, 亿 or 元
    /[\p{Script=Han}]{1,2}[*＊]+(?:·[*＊]*)?[\p{Script=Han}]?/u, // a masked name
    /×+[村镇县市区]|[\p{Script=Han}]×+/u, // a place or a name left open
    /人民币/u,
    /[A-Za-z0-9:/._#-]+/u,
  ]
    .map(({ source }) => source.replaceAll(String.raw`\p{Script=Han}`, HAN))
    .join('|'),
  'gu',
);

/** An amount in words is cut behind 万 or 亿 only where the line would else stand wide open. */
const AMOUNT_IN_WORDS = /[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{3,}/g;

type Char = {
  readonly char: string;
  readonly widthPt: number;
  readonly mayEnd: boolean;
  /** What it costs to end here. */
  readonly endCost: number;
  /** False inside a number: its digits stay together when the line is opened. */
  readonly stretches: boolean;
  readonly giveBehindPt: number;
  readonly giveBeforePt: number;
  /** Its blank half is left out, whatever the line: another mark follows. */
  readonly closedUp: boolean;
};

/** How much of its blank half a mark can give: its ink never leaves the line. */
const GIVE = 0.4;

/** Breaks Chinese text into lines: full lines flush on both sides, no mark astray, no number cut in two. */
export function linesOf(text: string, measure: Measure, shape: LineShape): Line[] {
  const chars = charsOf(text, measure, shape);
  const ends = bestEnds(chars, shape);
  return ends.map((end, i) => {
    const own = trimmed(chars.slice(ends[i - 1] ?? 0, end));
    return lineOf(own, shape, i === 0 ? shape.indentPt : 0, i === ends.length - 1);
  });
}

/** Whether a line of this width holds each number, date and name whole. */
export function holdsUncut(text: string, measure: Measure, widthPt: number): boolean {
  return Array.from(text.matchAll(UNCUT)).every(([word]) => widthOf(word, measure) <= widthPt);
}

function widthOf(text: string, measure: Measure): number {
  let widthPt = 0;
  for (const char of text) widthPt += measure(char);
  return widthPt;
}

/** Where the matches are, but for the place behind their last character. */
function insidesOf(text: string, pattern: RegExp, isKept: (word: string) => boolean): Set<number> {
  const insides = new Set<number>();
  for (const { index, 0: word } of text.matchAll(pattern))
    if (isKept(word)) for (let at = index; at < index + word.length - 1; at++) insides.add(at);
  return insides;
}

function charsOf(text: string, measure: Measure, { sizePt, widthPt }: LineShape): Char[] {
  // What no line could hold is cut after all: over the edge of its cell it could not be read.
  const insideUncut = insidesOf(text, UNCUT, (word) => widthOf(word, measure) <= widthPt);
  const insideAmount = insidesOf(text, AMOUNT_IN_WORDS, () => true);

  const all: Char[] = [];
  let at = 0;
  for (const char of text) {
    at += char.length;
    const next = String.fromCodePoint(text.codePointAt(at) ?? 32);
    const naturalPt = measure(char);
    const isWide = naturalPt > sizePt * 0.9;
    const closedUp = isWide && BLANK_BEHIND.has(char) && (BLANK_BEHIND.has(next) || BLANK_BEFORE.has(next));
    const isInNumber = /[\d,.A-Za-z]/.test(char) && /[\d,.A-Za-z%]/.test(next);
    all.push({
      char,
      widthPt: naturalPt - (closedUp ? sizePt * GIVE : 0),
      mayEnd: !insideUncut.has(at - 1) && !NEVER_FIRST.has(next) && !NEVER_LAST.has(char) && next !== ' ',
      endCost: insideAmount.has(at - 1) ? CUT_AMOUNT : 0,
      stretches: !isInNumber,
      giveBehindPt: isWide && !closedUp && BLANK_BEHIND.has(char) ? sizePt * GIVE : 0,
      giveBeforePt: isWide && BLANK_BEFORE.has(char) ? sizePt * GIVE : 0,
      closedUp,
    });
  }
  return all;
}

/** A line that cannot be set costs more than any that can. */
const IMPOSSIBLE = 1e6;
/** Six characters missing in a full line cost about as much. */
const CUT_AMOUNT = 20;
/** A paragraph's last line of one character, and perhaps a mark, is worth some opening of those above. */
const LONELY = 0.2;

/**
 * Weighs whole paragraphs for the least cost, not line by line: beside a long amount one line would open widely, where
 * three can open a little. The cube makes the widest line count most.
 */
function bestEnds(chars: readonly Char[], shape: LineShape): number[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let start = 0; start < chars.length; start++) {
    const known = best[start];
    if (!known) continue;
    const roomPt = shape.widthPt - (start === 0 ? shape.indentPt : 0);
    for (const { end, price } of linesFrom(chars, start, roomPt, shape)) {
      const cost = known.cost + price;
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, from: start };
    }
  }
  const ends: number[] = [];
  for (let end = chars.length; end > 0; end = best[end]?.from ?? 0) ends.unshift(end);
  return ends;
}

type Candidate = { readonly end: number; readonly price: number };

/** Every end that a line may have from here, and its price, up to the first that is hopelessly long. */
function linesFrom(chars: readonly Char[], start: number, roomPt: number, shape: LineShape): Candidate[] {
  const candidates: Candidate[] = [];
  let widthPt = 0;
  let givePt = 0;
  for (let end = start + 1; end <= chars.length; end++) {
    const char = chars[end - 1];
    if (!char) break;
    widthPt += char.widthPt;
    givePt += char.giveBehindPt + char.giveBeforePt;
    const isLast = end === chars.length;
    const isAloneTooWide = end === start + 1 && widthPt > roomPt;
    if (!isLast && !char.mayEnd && !isAloneTooWide) continue;
    const overPt = widthPt - (char.char === ' ' ? char.widthPt : 0) - roomPt;
    if (overPt > givePt + 0.01 && end > start + 1) {
      candidates.push({ end, price: IMPOSSIBLE + overPt });
      if (candidates.length > 1 || widthPt > roomPt * 2) break;
    } else {
      const lonely = isLast && start > 0 && end - start <= 2 ? LONELY : 0;
      const price = priceOf(overPt, givePt, end - start, isLast, shape);
      candidates.push({ end, price: price + lonely + (isLast ? 0 : char.endCost) });
    }
  }
  return candidates;
}

/** By multiplication, which gives the same everywhere: the last digit of a power is left to the engine. */
const square = (value: number): number => value * value;
const cube = (value: number): number => value * value * value;

function priceOf(overPt: number, givePt: number, chars: number, isLast: boolean, shape: LineShape): number {
  const perLine = 0.001;
  if (overPt > 0) return cube((overPt / Math.max(givePt, 1)) * 0.5) + perLine;
  if (isLast) return perLine;
  if (!shape.justified) return square(overPt / shape.sizePt) * 0.01 + perLine;
  return cube(-overPt / chars / (shape.sizePt * 0.08)) + perLine;
}

function trimmed(chars: readonly Char[]): readonly Char[] {
  return chars.at(-1)?.char === ' ' ? chars.slice(0, -1) : chars;
}

function lineOf(chars: readonly Char[], shape: LineShape, indentPt: number, isLast: boolean): Line {
  const sum = (of: (char: Char) => number): number => chars.reduce((total, char) => total + of(char), 0);
  const sparePt = shape.widthPt - indentPt - sum(({ widthPt }) => widthPt);
  const gaps = chars.slice(0, -1).filter(({ stretches }) => stretches).length;
  const givePt = sum(({ giveBehindPt, giveBeforePt }) => giveBehindPt + giveBeforePt);
  const wantedPt = sparePt / Math.max(1, gaps);
  // A line before a number that must not be cut may be short: left open at its end it reads better than drawn apart.
  const opens = shape.justified && !isLast && sparePt > 0 && wantedPt <= shape.sizePt * MOST_OPEN;
  const opensPt = opens ? wantedPt : 0;
  const squeeze = sparePt < 0 && givePt > 0 ? Math.min(1, -sparePt / givePt) : 0;

  const runs: { text: string; xPt: number; spacingPt: number }[] = [];
  let xPt = indentPt;
  let startsRun = true;
  for (const char of chars) {
    const drawnAtPt = xPt - char.giveBeforePt * squeeze;
    const spacingPt = char.stretches ? opensPt : 0;
    const run = runs.at(-1);
    if (run && !startsRun && run.spacingPt === spacingPt && drawnAtPt === xPt) run.text += char.char;
    else runs.push({ text: char.char, xPt: drawnAtPt, spacingPt });
    xPt = drawnAtPt + char.widthPt + spacingPt - char.giveBehindPt * squeeze;
    startsRun = char.closedUp || (squeeze > 0 && char.giveBehindPt > 0);
  }
  const widthPt = xPt - indentPt - (chars.at(-1)?.stretches ? opensPt : 0);
  return { text: chars.map(({ char }) => char).join(''), widthPt, runs };
}
