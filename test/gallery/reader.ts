import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether this machine can take a paper apart: without poppler-utils and qpdf nothing is measured. */
export const canMeasure = ['pdftotext', 'pdfinfo', 'pdffonts'].every(
  (tool) => spawnSync(tool, ['-v']).status === 0,
);
export const hasQpdf = spawnSync('qpdf', ['--version']).status === 0;

/** A run of characters as it stands on the sheet, in points from its upper left corner. */
export type Word = {
  readonly text: string;
  readonly fromPt: number;
  readonly toPt: number;
  /** The middle of its box: the ink of Chinese characters lies around it. */
  readonly middlePt: number;
  /** The whole box, from the ascent of its face to its descent. */
  readonly heightPt: number;
};
export type SheetRead = { readonly words: readonly Word[] };

const WORD = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
  apos: "'",
};

export const unescaped = (text: string): string =>
  text.replace(/&(#?\w+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    return ENTITIES[name] ?? whole;
  });

/** All pages, by one call: what stands where. */
export async function sheetsOf(file: string): Promise<SheetRead[]> {
  const { stdout } = await run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 1e8 });
  return stdout
    .split('<page ')
    .slice(1)
    .map((page) => ({ words: Array.from(page.matchAll(WORD), wordOf) }));
}

function wordOf([, xMin, yMin, xMax, yMax, text]: readonly (string | undefined)[]): Word {
  const [top, bottom] = [Number(yMin), Number(yMax)];
  return {
    text: unescaped(text ?? ''),
    fromPt: Number(xMin),
    toPt: Number(xMax),
    middlePt: (top + bottom) / 2,
    heightPt: bottom - top,
  };
}

/** The text of each page as it is written into the file, which is the order in which it is read aloud. */
export async function textsOf(file: string): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-raw', file, '-'], { maxBuffer: 1e8 });
  return stdout
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s/g, ''));
}

/** What a screen reader is told, without blanks. */
export async function structTextOf(file: string): Promise<string> {
  const { stdout } = await run('pdfinfo', ['-struct-text', file], { maxBuffer: 1e8 });
  const texts = Array.from(stdout.matchAll(/^\s*"(.*)"$/gmu), ([, text]) => text ?? '');
  return texts.join('').replace(/\s/g, '');
}

/** One line of `pdfinfo`: `Title`, `Tagged`, `Pages`. */
export async function factsOf(file: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await run('pdfinfo', [file]);
  return Object.fromEntries(
    stdout.split('\n').flatMap((line) => {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value ?? '']];
    }),
  );
}

/** Of each font: embedded, subset, and with a map back to Unicode: `yes yes yes`. */
export async function fontsOf(file: string): Promise<string[]> {
  const { stdout } = await run('pdffonts', [file]);
  return stdout
    .split('\n')
    .slice(2)
    .filter((line) => line !== '')
    .map((line) => /(yes|no) +(yes|no) +(yes|no) +\d+ +\d+$/.exec(line)?.slice(1).join(' ') ?? line);
}

/** Empty where the file is sound. */
export async function faultsOf(file: string): Promise<string> {
  try {
    const { stderr } = await run('qpdf', ['--check', '--no-warn', file]);
    return stderr;
  } catch (error) {
    return String(error);
  }
}
