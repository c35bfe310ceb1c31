import { inflateSync } from 'node:zlib';

/**
 * A stranger's file may unpack into anything, and may be made to keep the reader busy: more than this of it is not read.
 * Each step below goes over its text once, from the front to the back, and never again from where it has been.
 */
const MOST_UNPACKED = 12_000_000;
const MOST_OBJECTS = 20_000;
const MOST_MEANINGS = 200_000;

/**
 * The words of a PDF without its spaces, as far as they can be read without a library: those of our own papers whole,
 * and of one that another program has written anew, when it kept the fonts with their tables. For recognising, never
 * for proof: what cannot be read is left out.
 */
export function wordsInPdf(pdf: Buffer): string {
  const objects = objectsIn(pdf);
  const pages = [...objects.values()].filter(({ stream }) => /\bT[jJ]\b/.test(stream.slice(0, 20_000)));
  const fonts = fontsIn(objects);
  return pages
    .map(({ stream }) => shownIn(stream, fonts))
    .join('')
    .replace(/\s/g, '');
}

type PdfObject = { readonly dictionary: string; readonly stream: string };

function objectsIn(pdf: Buffer): Map<number, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  const HEAD = /(?<!\d)(\d{1,7}) \d{1,5} obj\b/g;
  let left = MOST_UNPACKED;
  for (let head = HEAD.exec(text); head !== null && objects.size < MOST_OBJECTS; head = HEAD.exec(text)) {
    const id = head[1];
    const from = head.index + head[0].length;
    const end = text.indexOf('endobj', from);
    if (end < 0) break;
    HEAD.lastIndex = end;
    const body = text.slice(from, end);
    const [opening] = /stream\r?\n/.exec(body) ?? [];
    if (opening === undefined) {
      objects.set(Number(id), { dictionary: body, stream: '' });
      continue;
    }
    const dictionary = body.slice(0, body.indexOf(opening));
    const start = from + dictionary.length + opening.length;
    const stop = text.indexOf('endstream', start);
    if (stop < 0) break;
    HEAD.lastIndex = Math.max(end, stop);
    const stream = unpacked(pdf.subarray(start, stop), dictionary, left);
    left -= stream.length;
    objects.set(Number(id), { dictionary, stream });
    if (/\/Type\s*\/ObjStm\b/.test(dictionary)) left -= addPacked(objects, dictionary, stream, left);
  }
  return objects;
}

function unpacked(bytes: Buffer, dictionary: string, most: number): string {
  if (/\/(FontFile|Subtype\s*\/Image|Length1)\b/.test(dictionary) || most <= 0) return '';
  if (!dictionary.includes('/FlateDecode'))
    return dictionary.includes('/Filter') ? '' : bytes.toString('latin1');
  try {
    return inflateSync(bytes, { maxOutputLength: most, finishFlush: 2 }).toString('latin1');
  } catch {
    return ''; // broken, or unpacks into more than is read
  }
}

/**
 * Objects that a later program has packed together: numbers and places in front, then one after the other. The answer is
 * how much of them was taken: places that overlap would be more than the stream.
 */
function addPacked(
  objects: Map<number, PdfObject>,
  dictionary: string,
  stream: string,
  most: number,
): number {
  let taken = 0;
  const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
  const heads = stream.slice(0, first).trim().split(/\s+/).map(Number);
  for (let i = 0; i + 1 < heads.length && objects.size < MOST_OBJECTS && taken < most; i += 2) {
    const [id, from, to] = [heads[i], heads[i + 1], heads[i + 3]];
    if (id === undefined || from === undefined) continue;
    const body = stream.slice(first + from, to === undefined ? undefined : first + to);
    taken += body.length;
    if (!objects.has(id)) objects.set(id, { dictionary: body, stream: '' });
  }
  return taken;
}

/** What each number of a font's glyphs means, by the name that pages call the font. */
type Fonts = ReadonlyMap<string, ReadonlyMap<number, string>>;

function fontsIn(objects: ReadonlyMap<number, PdfObject>): Fonts {
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  const read = new Map<number, ReadonlyMap<number, string>>();
  let left = MOST_MEANINGS;
  for (const { dictionary } of objects.values())
    for (const [, inside = ''] of dictionary.matchAll(/\/Font\s*<<([^<>]*)>>/g))
      for (const [, name = '', text] of inside.matchAll(/\/([\w+-]+)\s+(\d+)\s+\d+\s+R/g)) {
        const id = Number(text);
        const known = read.get(id) ?? meaningsIn(tableOf(id, objects), left);
        if (!read.has(id)) left -= known.size;
        read.set(id, known);
        fonts.set(name, known);
      }
  return fonts;
}

/** The table by which a font says what its glyphs mean; empty where it says nothing. */
function tableOf(fontId: number, objects: ReadonlyMap<number, PdfObject>): string {
  const table = /\/ToUnicode\s+(\d+)/.exec(objects.get(fontId)?.dictionary ?? '')?.[1];
  return objects.get(Number(table))?.stream ?? '';
}

function meaningsIn(table: string, most: number): ReadonlyMap<number, string> {
  const meanings = new Map<number, string>();
  let left = most;
  const mean = (code: number, text: string): void => {
    if (left-- > 0 && code <= 0xffff) meanings.set(code, text);
  };
  for (const inside of sectionsOf(table, 'bfrange')) {
    const RANGE = /<(\w+)>\s*<(\w+)>\s*(?:\[([^\][]*)\]|<(\w+)>)/g;
    for (const [, first, last, list, from] of inside.matchAll(RANGE)) {
      const each = list?.match(/[0-9a-fA-F ]+(?=>)/g) ?? [];
      const end = Math.min(numberIn(last), 0xffff);
      for (let code = numberIn(first), i = 0; code <= end && left > 0; code++, i++)
        mean(code, from === undefined ? textOf(each[i]) : letterOf(numberIn(from) + i));
    }
  }
  for (const inside of sectionsOf(table, 'bfchar'))
    for (const [, code, text] of inside.matchAll(/<(\w+)>\s*<(\w+)>/g)) mean(numberIn(code), textOf(text));
  return meanings;
}

/** What stands between `beginbfchar` and `endbfchar`, each. */
function sectionsOf(table: string, name: string): string[] {
  return table
    .split(`begin${name}`)
    .slice(1)
    .map((part) => part.split(`end${name}`, 1)[0] ?? '');
}

const numberIn = (hex = ''): number => Number.parseInt(hex, 16);

const letterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

/** Big-endian UTF-16; of a number that is cut short or longer than a word's worth of letters, nothing. */
function textOf(hex = ''): string {
  const digits = hex.replace(/\s/g, '');
  const whole = digits.padStart(Math.ceil(digits.length / 4) * 4, '0');
  if (digits === '' || whole.length > 64 || !/^[0-9a-fA-F]+$/.test(whole)) return '';
  return Buffer.from(whole, 'hex').swap16().toString('utf16le');
}

/** Follows which font is chosen, and reads what is shown in it; what stands in brackets there is no text of ours. */
function shownIn(page: string, fonts: Fonts): string {
  let meanings: ReadonlyMap<number, string> | undefined;
  const words: string[] = [];
  for (const [, font, hex] of page.matchAll(/\/([\w+-]+)\s+[\d.]+\s+Tf\b|<([0-9a-fA-F\s]+)>/g)) {
    if (font !== undefined) meanings = fonts.get(font);
    else if (meanings)
      for (const four of (hex ?? '').replace(/\s/g, '').match(/.{4}/g) ?? [])
        words.push(meanings.get(Number.parseInt(four, 16)) ?? '');
  }
  return words.join('');
}
