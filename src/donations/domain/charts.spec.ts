import { fen } from '../../kernel/fen.js';
import { barsOf, RING_COLOURS, ringOf, scaleEnd, scaleWords } from './charts.js';
import type { Month } from './open-books.js';

const months = (...amounts: [inFen: number, outFen: number][]): Month[] =>
  Array.from({ length: 12 }, (_, i) => ({
    month: i + 1,
    inFen: fen(amounts[i]?.[0] ?? 0),
    outFen: fen(amounts[i]?.[1] ?? 0),
  }));

it.each`
  highest       | end           | words
  ${0}          | ${100}        | ${'1'}
  ${100}        | ${100}        | ${'1'}
  ${101}        | ${200}        | ${'2'}
  ${399_900}    | ${400_000}    | ${'4,000'}
  ${1_000_000}  | ${1_000_000}  | ${'1 万'}
  ${23_148_000} | ${40_000_000} | ${'40 万'}
`('ends the scale for $highest fen at $words yuan', ({ highest, end, words }: Scale) => {
  expect(scaleEnd(fen(highest))).toBe(end);
  expect(scaleWords(fen(end))).toBe(words);
});
type Scale = { highest: number; end: number; words: string };

it('draws a bar for what came in and one for what was spent, each as high as it is much', () => {
  const { income, spending, months: labels, ticks } = barsOf(months([100_000, 0], [50_000, 100_000]));
  expect([income.length, spending.length, labels.length]).toEqual([2, 1, 12]);
  const [first, second] = income.map(({ height }) => Number(height));
  expect(first).toBeCloseTo(2 * (second ?? 0));
  expect(ticks.map(({ words }) => words)).toEqual(['0', '500', '1,000']);
});

it('shows the least amount, and for a month in which more went back than came in no bar', () => {
  const { income } = barsOf(months([100_000_000, 0], [1, 0], [-500, 0]));
  expect(income.map(({ height }) => Number(height) >= 2)).toEqual([true, true]);
});

it('stays inside its picture', () => {
  const { viewBox, income, spending } = barsOf(months(...Array<[number, number]>(12).fill([777, 555])));
  const [, , width = 0, height = 0] = viewBox.split(' ').map(Number);
  for (const bar of [...income, ...spending]) {
    expect(Number(bar.x)).toBeGreaterThanOrEqual(0);
    expect(Number(bar.x) + Number(bar.width)).toBeLessThanOrEqual(width);
    expect(Number(bar.y) + Number(bar.height)).toBeLessThanOrEqual(height);
  }
});

const cause = (name: string, spentFen: number) => ({ cause: name, spentFen: fen(spentFen), cases: 1 });

it('gives each cause its arc, its number and its share in words', () => {
  const { slices } = ringOf([cause('火灾', 700), cause('就学', 297), cause('其他突发困难', 3)]);
  expect(
    slices.map(({ mark, words, percent, label }) => [mark, words, percent, label?.words ?? null]),
  ).toEqual([
    ['1', '火灾', '70%', '1'],
    ['2', '就学', '30%', '2'],
    ['3', '其他突发困难', '不到 1%', null],
  ]);
  expect(new Set(slices.map(({ colour }) => colour)).size).toBe(3);
});

it('draws one cause alone as a whole ring', () => {
  const [slice] = ringOf([cause('火灾', 500)]).slices;
  expect(slice?.path.split('M')).toHaveLength(3);
  expect(slice?.path).not.toMatch(/NaN/);
  expect(slice?.percent).toBe('100%');
});

/** WCAG 2.2: relative luminance, and the contrast of two colours. */
function contrastOnWhite(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

it.each(RING_COLOURS)('takes %s, on which white can be read', (colour) => {
  expect(contrastOnWhite(colour)).toBeGreaterThan(4.5);
});
