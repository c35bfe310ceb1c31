import type { Block, Closing } from '../../src/platform/pdf/blocks.js';
import {
  BLOCK,
  BODY,
  bodyLinesOf,
  cutUnits,
  faultsOfClosing,
  faultsOfFrame,
  faultsOfGrid,
  faultsOfParagraph,
  headlessPages,
  paragraphsOf,
  PITCH,
} from './measure.js';
import type { SheetRead, Word } from './reader.js';

const NOTO = 1.437;

/** A word of so many points, in the middle of a line of the grid. */
function word(text: string, at: { line: number; from?: number; to?: number; size?: number }): Word {
  const { line, from = BLOCK.left, size = BODY } = at;
  const to = at.to ?? from + Array.from(text).length * size;
  return { text, fromPt: from, toPt: to, middlePt: BLOCK.top + (line - 0.5) * PITCH, heightPt: size * NOTO };
}
const sheet = (...words: readonly Word[]): SheetRead => ({ words });
const number = (text = '—1—'): Word => ({
  ...word(text, { line: 22, from: BLOCK.right - BODY - 40, to: BLOCK.right - BODY, size: 14 }),
  middlePt: BLOCK.bottom + 20,
});
const paragraph = (text: string): Block => ({ kind: 'paragraph', field: '正文', text });
const cell = (text: string) => ({ field: '格', text, align: 'left' as const });
const full = (line: number, text: string) => word(text, { line, to: BLOCK.right });

describe('a measure that finds nothing wrong would prove nothing', () => {
  it.each([
    ['over the right edge', word('公示', { line: 1, from: BLOCK.right - 10 })],
    ['into the left margin', word('公示', { line: 1, from: BLOCK.left - 5 })],
    ['above the block', word('公示', { line: -1 })],
  ])('finds words %s', (_where, astray) => {
    expect(faultsOfFrame(sheet(astray, number()), 0)).toEqual(['stands outside the text block: 公示']);
    expect(faultsOfFrame(sheet(word('公示', { line: 1 }), number()), 0)).toEqual([]);
  });

  it('finds a page that has another number, or has it in another place', () => {
    expect(faultsOfFrame(sheet(number('—2—')), 0)).toEqual(['is numbered —2—']);
    expect(faultsOfFrame(sheet(number('—2—')), 1)).toEqual([expect.stringMatching(/^has its number/)]);
  });

  it('finds a line of 29, and a 23rd line', () => {
    const long = bodyLinesOf([sheet(word('公'.repeat(29), { line: 1 }))]);
    expect(faultsOfGrid(long)).toEqual([expect.stringMatching(/^has 29.0 characters/)]);
    const lines = Array.from({ length: 23 }, (_, i) => full(i + 1, '公示'));
    expect(faultsOfFrame(sheet(...lines, number()), 0)).toContain('is numbered 公示—1—');
    const held = lines.slice(0, 22);
    expect(faultsOfFrame(sheet(...held, number()), 0)).toEqual([]);
    expect(faultsOfGrid(bodyLinesOf([sheet(...held)]))).toEqual([]);
    const crowded = held.map((each) => ({
      ...each,
      middlePt: BLOCK.top + (each.middlePt - BLOCK.top) * 0.8,
    }));
    expect(faultsOfGrid(bodyLinesOf([sheet(...crowded)])).length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a line that ends early',
      [word('甲甲', { line: 1, from: BLOCK.left + 2 * BODY }), full(2, '乙乙')],
      /short: 甲甲/,
    ],
    ['a line without its indent', [full(1, '甲甲'), word('乙乙', { line: 2 })], /pt off: 甲甲/],
    [
      'a line that was lost',
      [word('甲甲', { line: 1, from: BLOCK.left + 2 * BODY, to: BLOCK.right })],
      /does not show/,
    ],
  ])('finds %s', (_what, words, fault) => {
    const read = paragraphsOf([paragraph('甲甲乙乙')], bodyLinesOf([sheet(...words)]));
    expect(read.flatMap(faultsOfParagraph)).toEqual([expect.stringMatching(fault)]);
  });

  it('lets a line be short before an amount that is not cut', () => {
    const words = [word('甲甲', { line: 1, from: BLOCK.left + 2 * BODY }), word('¥1,000.00', { line: 2 })];
    const read = paragraphsOf([paragraph('甲甲¥1,000.00')], bodyLinesOf([sheet(...words)]));
    expect(read.flatMap(faultsOfParagraph)).toEqual([]);
  });

  it.each([
    ['¥987,654,321.09', ['¥987,654,321.0', '9']],
    ['2026年3月9日', ['2026年3', '月9日']],
    ['〔2026〕12号', ['〔2026〕1', '2号']],
    ['0566-1234567', ['0566-', '1234567']],
    ['阿***·**提', ['阿***', '·**提']],
    ['伍仟元', ['伍', '仟元']],
  ])('D4-37 finds %s where it is cut', (unit, parts) => {
    const blocks = [paragraph(`金额${unit}。`)];
    const cut = sheet(...parts.map((part, i) => word(part, { line: i + 1 })));
    expect(cutUnits(blocks, [cut])).not.toEqual([]);
    expect(cutUnits(blocks, [sheet(word(unit, { line: 1 }))])).toEqual([]);
  });

  it('finds a page that begins inside a table without its head', () => {
    const table: Block = {
      ...{ kind: 'table', isTall: false, isJoined: false, shares: [0.5, 0.5] },
      ...{ head: [cell('序号'), cell('金额')], rows: [[cell('1'), cell('2.00')]] },
    };
    const first = sheet(full(1, '公示'));
    const row = sheet(word('1', { line: 1, size: 12 }), word('2.00', { line: 1, from: 300, size: 12 }));
    const head = sheet(word('序号', { line: 1, size: 12 }), word('金额', { line: 1, from: 300, size: 12 }));
    expect(headlessPages([table], [first, row])).toEqual([2]);
    expect(headlessPages([table], [first, head])).toEqual([]);
  });
});

describe('the place of the seal', () => {
  const closing: Closing = {
    kind: 'closing',
    name: { field: '署名', text: '柳溪社' },
    date: { field: '成文日期', text: '2026年3月9日' },
    qr: null,
  };
  const signed = (line: number) => [
    word('柳溪社', { line, from: 340 }),
    word('2026年3月9日', { line: line + 1, from: 320, to: 420 }),
  ];

  it.each([
    ['with one line of text', [full(1, '公示'), ...signed(5)], [/with 1 lines of text/]],
    [
      'with text too near',
      [full(1, '公示'), full(2, '公示'), ...signed(3), full(6, '附注')],
      [/mm for the seal/],
    ],
    ['with text and a clear place', [full(1, '公示'), full(2, '公示'), ...signed(5)], []],
    ['without its date', [full(1, '公示'), full(2, '公示')], [/has no date/]],
  ])('D4-38 %s', (_how, words, faults) => {
    const found = faultsOfClosing(closing, [sheet(...words)]);
    expect(found).toEqual(faults.map((fault) => expect.stringMatching(fault) as string));
  });
});
