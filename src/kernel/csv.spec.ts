import { csvCell, csvRow } from './csv.js';

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const BEFORE = ['', ' ', '\u3000', '\u00a0', '\u200b', '\uFEFF', '\t', '\0'];

/** A reader of RFC 4180, as table programs are. */
const readCell = (cell: string): string =>
  cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;

describe.each(BEFORE.map((before) => [JSON.stringify(before), before] as const))(
  'behind %s',
  (_shown, before) => {
    it.each(SIGNS)('a formula that begins with %s is written as text, and nothing of it is lost', (sign) => {
      for (const rest of ['1+1', `cmd|'/C calc'!A0`, 'HYPERLINK("http://x.example","y")', 'SUM(1,2)\r\n=3']) {
        const read = readCell(csvCell(`${before}${sign}${rest}`));
        expect(read).toBe(`'${before}${sign}${rest}`);
      }
    });
  },
);

it.each(['\tname', '\rname', '\nname', '\0name'])(
  '%j ends a cell for some: it is written as text',
  (text) => {
    expect(readCell(csvCell(text))).toBe(`'${text}`);
  },
);

it.each`
  text             | written           | because
  ${'顾大江 捐款'} | ${'顾大江 捐款'}  | ${'plain words stay'}
  ${'1,234.50'}    | ${'"1,234.50"'}   | ${'a comma would be two cells'}
  ${'他说"好"'}    | ${'"他说""好"""'} | ${'a quote is written twice'}
  ${'两行\n话'}    | ${'"两行\n话"'}   | ${'a line would be two rows'}
  ${'2026-03-02'}  | ${'2026-03-02'}   | ${'a hyphen inside is none at the front'}
  ${''}            | ${''}             | ${'nothing is nothing'}
`('$text is written $written: $because', ({ text, written }: Record<'text' | 'written', string>) => {
  expect(csvCell(text)).toBe(written);
});

it('is a line of cells', () => {
  expect(csvRow(['a', '=b', 'c,d'])).toBe(`a,'=b,"c,d"\r\n`);
});
