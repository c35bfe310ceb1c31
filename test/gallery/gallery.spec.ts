import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { blocksOf } from '../../src/platform/pdf/blocks.js';
import type { Block, Closing } from '../../src/platform/pdf/blocks.js';
import { EXHIBITS, galleryPrinter } from './gallery.js';
import type { Exhibit } from './gallery.js';
import {
  bodyLinesOf,
  cutUnits,
  faultsOfClosing,
  faultsOfFrame,
  faultsOfGrid,
  faultsOfParagraph,
  headlessPages,
  paragraphsOf,
} from './measure.js';
import {
  canMeasure,
  factsOf,
  faultsOf,
  fontsOf,
  hasQpdf,
  sheetsOf,
  structTextOf,
  textsOf,
  unescaped,
} from './reader.js';
import type { SheetRead } from './reader.js';

/** A paper of the gallery, taken apart by programs that know nothing of ours. */
type Measured = {
  readonly html: string;
  readonly blocks: readonly Block[];
  readonly pdf: Buffer;
  readonly sheets: readonly SheetRead[];
  readonly texts: readonly string[];
  /** What a screen reader is told; null where it was not asked. */
  readonly read: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly fonts: readonly string[];
  readonly faults: string;
};

/** pdfinfo walks the tree of tags once for each part of it: of papers of many pages it takes minutes. */
const isHeard = (name: string): boolean => name.endsWith('-usual');

/** Two processors read at the same time. */
const AT_ONCE = 2;

const measured = new Map<string, Measured>();
const of = (name: string): Measured => {
  const found = measured.get(name);
  if (!found) throw new Error(`${name} was not printed`);
  return found;
};

/** What other templates take in is a part of them, and no paper. */
function papersIn(folder: string): string[] {
  const files = readdirSync(join('templates', folder)).map((file) => file.replace(/\.hbs$/, ''));
  const texts = files.map((file) => readFileSync(join('templates', folder, `${file}.hbs`), 'utf8'));
  return files.filter(
    (file) => !texts.some((text) => new RegExp(`\\{\\{#?> ${folder}/${file}\\b`).test(text)),
  );
}

it.each(['notices', 'papers'])('shows each template of %s', (folder) => {
  const shown = new Set(EXHIBITS.map(({ template }) => template));
  expect(papersIn(folder).length).toBeGreaterThan(9);
  expect(papersIn(folder).filter((file) => !shown.has(`${folder}/${file}`))).toEqual([]);
});

/** Whoever has no poppler-utils reads here what was not looked at. */
(canMeasure ? describe : describe.skip)('the gallery, measured with poppler-utils', () => {
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huzhu-gallery-'));
    const printer = galleryPrinter();
    const waiting = [...EXHIBITS];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        measured.set(next.name, await measure(next));
    };
    const measure = async ({ name, template, content, facts }: Exhibit): Promise<Measured> => {
      const { html, pdf } = await printer.print({ template, content, facts });
      const file = join(folder, `${basename(name)}.pdf`);
      writeFileSync(file, pdf);
      return {
        ...{ html, pdf, blocks: blocksOf(html), sheets: await sheetsOf(file), texts: await textsOf(file) },
        ...{
          read: isHeard(name) ? await structTextOf(file) : null,
          facts: await factsOf(file),
          fonts: await fontsOf(file),
        },
        faults: hasQpdf ? await faultsOf(file) : '',
      };
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(EXHIBITS.map(({ name, facts }) => ({ name, title: facts.title })))(
    '$name',
    ({ name, title }) => {
      it('keeps to the text block, its pages numbered', () => {
        expect(of(name).sheets.flatMap((sheet, page) => faultsOfFrame(sheet, page))).toEqual([]);
      });

      it('D4-36 has at most 28 characters in a line, on the grid of 22 lines', () => {
        expect(faultsOfGrid(bodyLinesOf(of(name).sheets))).toEqual([]);
      });

      it('has full lines flush on both sides', () => {
        const { blocks, sheets } = of(name);
        expect(paragraphsOf(blocks, bodyLinesOf(sheets)).flatMap(faultsOfParagraph)).toEqual([]);
      });

      it('D4-37 cuts no amount, count, date, number or masked name', () => {
        const { blocks, sheets } = of(name);
        expect(cutUnits(blocks, sheets)).toEqual([]);
      });

      it('shows the head of a table on each page on which it goes on', () => {
        const { blocks, sheets } = of(name);
        expect(headlessPages(blocks, sheets)).toEqual([]);
      });

      it('D4-38 signs below two lines of text, with a clear place of 45 mm', () => {
        const { blocks, sheets } = of(name);
        const closings = blocks.filter((block): block is Closing => block.kind === 'closing');
        expect(closings.flatMap((closing) => faultsOfClosing(closing, sheets))).toEqual([]);
      });

      it('says on paper what the page says, in the same order', () => {
        const { html, blocks, texts, read } = of(name);
        const said = wordsOfPage(html);
        expect(withoutFurniture(texts, blocks, said)).toBe(said);
        if (isHeard(name)) expect(read).toBe(wordsOfPage(signedFirst(html)));
      });

      it('is tagged, titled and in Chinese, with all fonts embedded, subset and readable', () => {
        const { facts, fonts, pdf, faults } = of(name);
        expect(facts).toMatchObject({ Title: title, Tagged: 'yes', Encrypted: 'no' });
        expect(pdf.toString('latin1')).toContain('/Lang (zh-CN)');
        expect([...new Set(fonts)]).toEqual(['yes yes yes']);
        expect(faults).toBe('');
      });
    },
  );
});

/** The words of the page, without what only the eye sees. */
function wordsOfPage(html: string): string {
  return unescaped(html.replace(/<svg[\s\S]*?<\/svg>|<[^>]*>/g, '')).replace(/\s/g, '');
}

/** Whoever listens hears who signed and when before the words beside the code. */
const signedFirst = (html: string): string =>
  html.replace(/(<figure[\s\S]*?<\/figure>)(\s*<div class="seal-place">[\s\S]*?<\/div>)/, '$2$1');

/** The pages one after another, without their numbers and without the heads of tables that are shown again. */
function withoutFurniture(pages: readonly string[], blocks: readonly Block[], said: string): string {
  const heads = blocks.flatMap((block) =>
    block.kind === 'table'
      ? [
          block.head
            .map(({ text }) => text)
            .join('')
            .replace(/\s/g, ''),
        ]
      : [],
  );
  return pages.reduce((read, page, i) => {
    const own = page.replace(`—${i + 1}—`, '');
    const goesOn = said.startsWith(own.slice(0, 40), read.length);
    const again = heads.find((head) => !goesOn && head !== '' && own.startsWith(head));
    return read + own.slice(again?.length ?? 0);
  }, '');
}
