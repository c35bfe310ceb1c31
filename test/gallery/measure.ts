import type { Block, Closing, Table } from '../../src/platform/pdf/blocks.js';
import type { SheetRead, Word } from './reader.js';

const points = (millimetres: number): number => (millimetres * 72) / 25.4;

/** domain.md 1.7, written down once more: the measures are not those of the program. */
export const BLOCK = { left: points(28), top: points(37), right: points(28 + 156), bottom: points(37 + 225) };
export const PITCH = points(225) / 22;
export const BODY = 15.75;
export const SEAL = points(45);
/** GB/T 9704, 7.3.5: where the seal would not fit, lines close up by a tenth at most. */
const TIGHTEST = 0.9;

/** Boxes of the faces that are used: ascent and descent in parts of the size. */
const NOTO = 1.437;
const sizeOf = ({ heightPt }: Word): number => heightPt / NOTO;

/** Words of one line of the text, from left to right. */
export type LineRead = {
  readonly page: number;
  readonly text: string;
  readonly fromPt: number;
  readonly toPt: number;
  readonly middlePt: number;
};

const isSize = (word: Word, size: number): boolean => Math.abs(sizeOf(word) - size) < size * 0.06;

const PAGE_NUMBER = /^—\d+—$/;

const isPageNumber = ({ middlePt }: Word): boolean => middlePt > BLOCK.bottom;

/** What stands inside the text block, and what stands below it. */
export function partsOf({ words }: SheetRead): {
  readonly block: readonly Word[];
  readonly below: readonly Word[];
} {
  return { block: words.filter((word) => !isPageNumber(word)), below: words.filter(isPageNumber) };
}

/** Words that lie on one height, whatever their size: a mark of another face may stand among them. */
function rowsOf(words: readonly Word[]): Word[][] {
  const rows: Word[][] = [];
  for (const word of [...words].sort((a, b) => a.middlePt - b.middlePt)) {
    const row = rows.at(-1);
    const [first] = row ?? [];
    if (row && first && word.middlePt - first.middlePt < 5) row.push(word);
    else rows.push([word]);
  }
  return rows.map((row) => row.sort((a, b) => a.fromPt - b.fromPt));
}

/** Lines of 三号: what is not the title, a table, the words beside the QR or the imprint. */
export function bodyLinesOf(sheets: readonly SheetRead[]): LineRead[] {
  return sheets.flatMap((sheet, page) =>
    rowsOf(partsOf(sheet).block)
      .filter((row) => row.some((word) => isSize(word, BODY)))
      .map((row) => lineOf(row, page)),
  );
}

function lineOf(row: readonly Word[], page: number): LineRead {
  const set = row.filter((word) => sizeOf(word) > 12.5);
  return {
    page,
    text: set.map(({ text }) => text).join(''),
    fromPt: Math.min(...set.map(({ fromPt }) => fromPt)),
    toPt: Math.max(...set.map(({ toPt }) => toPt)),
    middlePt: set[0]?.middlePt ?? 0,
  };
}

export function faultsOfFrame(sheet: SheetRead, page: number): string[] {
  const { block, below } = partsOf(sheet);
  const outside = block.filter(
    ({ fromPt, toPt, middlePt, text }) =>
      fromPt < BLOCK.left - (OPENS.test(text) ? BODY * 0.45 : 0.6) ||
      toPt > BLOCK.right + (CLOSES.test(text) ? BODY * 0.45 : 0.6) ||
      middlePt < BLOCK.top ||
      middlePt > BLOCK.bottom,
  );
  const number = below.map(({ text }) => text).join('');
  return [
    ...outside.map(({ text }) => `stands outside the text block: ${text}`),
    ...(number === `—${page + 1}—` ? [] : [`is numbered ${number}`]),
    ...numberPlaceFaults(below, page),
  ];
}

/** — 1 —: one character in from the right on odd pages, from the left on even ones, 7 mm below the text. */
function numberPlaceFaults(words: readonly Word[], page: number): string[] {
  if (!PAGE_NUMBER.test(words.map(({ text }) => text).join(''))) return [];
  const isOdd = page % 2 === 0;
  const edge = isOdd
    ? BLOCK.right - Math.max(...words.map(({ toPt }) => toPt))
    : (words[0]?.fromPt ?? 0) - BLOCK.left;
  const gapPt = (words[0]?.middlePt ?? 0) - BLOCK.bottom;
  return Math.abs(edge - BODY) < 2 && Math.abs(gapPt - points(7)) < 4
    ? []
    : [`has its number ${edge.toFixed(1)} pt from the side, ${gapPt.toFixed(1)} pt below`];
}

/** Marks of which half is blank, and may hang over the edge. */
const OPENS = /^[（〔【《〈「『“‘]/u;
const CLOSES = /[，。、；：？！）〕】》〉」』”’]$/u;

/** In full-width characters; of a mark only its ink counts, since its blank half may be drawn in. */
export function widthInCharacters(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + characterOf(char), 0);
}

function characterOf(char: string): number {
  if (/[，。、；：？！（）〔〕【】《》〈〉「」『』“”‘’]/u.test(char)) return 0.55;
  return /[\p{Script=Han}〇\u3000-\u303f\uff00-\uff60—…]/u.test(char) ? 1 : 0.2;
}

/** The share of the normal pitch that this paper is set with; the distance of lines of one paragraph tells. */
export function pitchShareOf(lines: readonly LineRead[]): number {
  const steps = lines.flatMap((line, i) => {
    const before = lines[i - 1];
    return before?.page === line.page ? [line.middlePt - before.middlePt] : [];
  });
  const least = steps.length === 0 ? PITCH : Math.min(...steps);
  return least / PITCH;
}

export function faultsOfGrid(lines: readonly LineRead[]): string[] {
  const share = pitchShareOf(lines);
  const pitch = PITCH * share;
  const most = Math.floor(points(225) / pitch + 0.01);
  const faults = lines.flatMap(({ text, middlePt, page }) => {
    const place = (middlePt - BLOCK.top) / pitch;
    const wide = widthInCharacters(text);
    return [
      ...(wide > 28 ? [`has ${wide.toFixed(1)} characters in a line: ${text}`] : []),
      ...(place < 0 || place > most ? [`has a line out of the grid on page ${page + 1}: ${text}`] : []),
    ];
  });
  for (const page of new Set(lines.map((line) => line.page))) {
    const count = lines.filter((line) => line.page === page).length;
    if (count > most) faults.push(`has ${count} lines on page ${page + 1}`);
  }
  if (share < TIGHTEST - 0.005 || share > 1.005) faults.push(`is set with ${share.toFixed(3)} of the pitch`);
  return faults;
}

/** The paragraphs of the paper with the lines that they were cut into; whatever else is of that size is left out. */
export function paragraphsOf(blocks: readonly Block[], lines: readonly LineRead[]) {
  let next = 0;
  return blocks.flatMap((block) => {
    if (block.kind !== 'paragraph' && block.kind !== 'flush') return [];
    const text = bare(block.text);
    const start = lines.findIndex(
      (line, i) => i >= next && text.startsWith(bare(line.text)) && bare(line.text) !== '',
    );
    const own: LineRead[] = [];
    for (let i = start, read = ''; start >= 0 && read !== text && i < lines.length; i++) {
      const line = lines[i];
      if (!line || !text.startsWith(read + bare(line.text))) break;
      own.push(line);
      read += bare(line.text);
      next = i + 1;
    }
    const isWhole = own.map((line) => bare(line.text)).join('') === text;
    return [{ text, isIndented: block.kind === 'paragraph', lines: own, isWhole }];
  });
}
type Paragraph = ReturnType<typeof paragraphsOf>[number];

const bare = (text: string): string => text.replace(/\s/g, '');

/** What is never cut, and may therefore leave the line before it short; the longest is an amount in words up to its 亿. */
const UNCUT_HEAD =
  /^[（〔《“【¥]*(?:[¥\d]|(?:人?民)?币?[零壹贰叁肆伍陆柒捌玖拾佰仟]|[A-Za-z]|\p{Script=Han}{1,6}〔|\p{Script=Han}{1,2}\*|第\d)/u;
/** A mark that must not begin a line takes the character before it along. */
const NOT_FIRST = /^.[，。、；：？！）〕】》〉」』”’…—％%·]/u;

export function faultsOfParagraph({ text, lines, isIndented, isWhole }: Paragraph): string[] {
  if (!isWhole) return [`does not show as it is written: ${text}`];
  return lines.flatMap((line, i) => {
    const wanted = BLOCK.left + (i === 0 && isIndented ? 2 * BODY : 0);
    const opens = OPENS.test(line.text) ? BODY * 0.45 : 1;
    const startsRight = line.fromPt > wanted - opens && line.fromPt < wanted + opens;
    const next = lines[i + 1];
    return [
      ...(startsRight ? [] : [`begins ${(line.fromPt - wanted).toFixed(1)} pt off: ${line.text}`]),
      ...(next && !isFull(line) && !mayBeShort(next)
        ? [`ends ${(BLOCK.right - line.toPt).toFixed(1)} pt short: ${line.text}`]
        : []),
    ];
  });
}

function isFull({ text, toPt }: LineRead): boolean {
  const hang = CLOSES.test(text) ? BODY * 0.45 : 0.6;
  return toPt > BLOCK.right - 0.6 && toPt < BLOCK.right + hang;
}

const mayBeShort = ({ text }: LineRead): boolean => UNCUT_HEAD.test(text) || NOT_FIRST.test(text);

/** Numbers of every kind, dates, document numbers and masked names: none of them is cut (D4-37). */
const UNITS: readonly RegExp[] = [
  /[¥-]?\d{1,3}(?:,\d{3})*\.\d{2}(?!\d)/g,
  /\d{4}年\d{1,2}月\d{1,2}日/g,
  /〔\d{4}〕\d+号/g,
  /\d{4}-\d{6,8}/g,
  /\d+(?:人|笔|日内|个工作日)/g,
  /\p{Script=Han}\*+(?:·\*+)*\p{Script=Han}?/gu,
  /[零壹贰叁肆伍陆柒捌玖拾佰仟]+[亿万元角分]/g,
];

/** Each of them that the page says is found whole on the paper, as often as it was said. */
export function cutUnits(blocks: readonly Block[], sheets: readonly SheetRead[]): string[] {
  const said = countedUnits(blocks.flatMap(textsIn));
  const lines = sheets.flatMap((sheet) => rowsOf(sheet.words.filter((word) => sizeOf(word) > 12.5)));
  const small = sheets.flatMap((sheet) => sheet.words.filter((word) => sizeOf(word) <= 12.5));
  const printed = countedUnits([
    ...lines.map((row) => row.map(({ text }) => text).join('')),
    ...small.map(({ text }) => text),
  ]);
  return [...said].filter(([unit, times]) => (printed.get(unit) ?? 0) < times).map(([unit]) => unit);
}

function countedUnits(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const unit of UNITS.flatMap((pattern) => text.match(pattern) ?? []))
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return counts;
}

/** All texts of a paper, each by itself: nothing runs from one cell into the next. */
export function textsIn(block: Block): string[] {
  if (block.kind === 'imprint') return [];
  if (block.kind === 'closing') return [block.name.text, block.date.text];
  if (block.kind === 'table') return [...block.head, ...block.rows.flat()].map(({ text }) => text);
  return [block.text];
}

/** A page that begins inside a table begins with the head of it. */
export function headlessPages(blocks: readonly Block[], sheets: readonly SheetRead[]): number[] {
  const heads = blocks
    .filter((block): block is Table => block.kind === 'table' && block.head.length > 0)
    .map(({ head }) => bare(head.map(({ text }) => text).join('')));
  return sheets.flatMap((sheet, page) => {
    const [first] = rowsOf(partsOf(sheet).block);
    if (page === 0 || !first || first.some((word) => sizeOf(word) > 12.5)) return [];
    const texts = bare(first.map(({ text }) => text).join(''));
    return heads.some((head) => head.startsWith(texts)) ? [] : [page + 1];
  });
}

/** GB/T 9704, 7.3.5, and domain.md 1.7: a clear place of 45 mm around name and date, under the text and beside nothing. */
export function faultsOfClosing({ date, name }: Closing, sheets: readonly SheetRead[]): string[] {
  const page = sheets.findLastIndex(({ words }) =>
    words.some(({ text, heightPt }) => text === bare(date.text) && heightPt > 20),
  );
  const rows = rowsOf(partsOf(sheets[page] ?? { words: [] }).block);
  const signed = rows.findLastIndex((row) => row.some(({ text }) => text === bare(date.text)));
  const dated = rows[signed]?.find(({ text }) => text === bare(date.text));
  if (!dated) return [`has no date ${date.text} below its text`];
  const middle = (dated.fromPt + dated.toPt) / 2;
  const isOwn = (word: Word): boolean =>
    word === dated ||
    (bare(name.text).includes(word.text) &&
      word.middlePt < dated.middlePt &&
      dated.middlePt - word.middlePt < 2.5 * PITCH);
  const near = rows
    .flat()
    .filter((word) => !isOwn(word) && word.toPt > middle - SEAL / 2 && word.fromPt < middle + SEAL / 2);
  const above = near.filter(({ middlePt }) => middlePt < dated.middlePt).map(bottomOf);
  const below = near.filter(({ middlePt }) => middlePt > dated.middlePt).map(topOf);
  const freePt = Math.min(BLOCK.bottom, ...below) - Math.max(BLOCK.top, ...above);
  const text = rows.slice(0, signed).filter((row) => row.some((word) => !isOwn(word) && sizeOf(word) > 11));
  return [
    ...(freePt < SEAL ? [`leaves ${((freePt * 25.4) / 72).toFixed(1)} mm for the seal`] : []),
    ...(text.length < 2 ? [`has its signature on page ${page + 1} with ${text.length} lines of text`] : []),
    ...(middle + SEAL / 2 > BLOCK.right + points(26) ? ['has its seal over the edge of the sheet'] : []),
  ];
}

const inkOf = (word: Word): number => sizeOf(word) / 2;
const bottomOf = (word: Word): number => word.middlePt + inkOf(word);
const topOf = (word: Word): number => word.middlePt - inkOf(word);
