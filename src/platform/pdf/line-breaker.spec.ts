import { linesOf } from './line-breaker.js';

const sizePt = 10;
/** Han and Chinese marks are square; digits, letters and Latin marks are half as wide. */
const measure = (char: string): number => (/[\x20-\x7e¥]/.test(char) ? sizePt / 2 : sizePt);
const shape = { sizePt, indentPt: 0, justified: true };
const cut = (text: string, chars: number, indent = 0): string[] =>
  linesOf(text, measure, { ...shape, widthPt: chars * sizePt, indentPt: indent * sizePt }).map(
    (line) => line.text,
  );

it.each`
  because                                                         | text                           | chars | lines
  ${'plain text fills its lines'}                                 | ${'一二三四五六七八九十'}      | ${4}  | ${['一二三四', '五六七八', '九十']}
  ${'a comma never starts a line: a character goes down with it'} | ${'一二三四，五六七'}          | ${4}  | ${['一二三', '四，五六', '七']}
  ${'a comma is drawn in when the marks on the line give way'}    | ${'一，二，三四，五六七'}      | ${6}  | ${['一，二，三四，', '五六七']}
  ${'an opening bracket never ends a line'}                       | ${'一二三（四五'}              | ${4}  | ${['一二三', '（四五']}
  ${'a date stays whole'}                                         | ${'一二2026年3月5日三四'}      | ${6}  | ${['一二', '2026年3月5日', '三四']}
  ${'an amount keeps its sign, its commas and its decimals'}      | ${'一二三¥1,000.00四'}         | ${6}  | ${['一二三', '¥1,000.00四']}
  ${'a document number stays whole'}                              | ${'一二，柳溪救公〔2026〕3号'} | ${11} | ${['一二，', '柳溪救公〔2026〕3号']}
  ${'a masked name stays whole'}                                  | ${'一二三张*三四'}             | ${4}  | ${['一二', '三张*三', '四']}
  ${'so does one of a compound surname'}                          | ${'一二三，欧阳*娜'}           | ${5}  | ${['一二三，', '欧阳*娜']}
  ${'so does one with a dot'}                                     | ${'一二三，阿***·**提'}        | ${6}  | ${['一二三，', '阿***·**提']}
  ${'a telephone stays whole'}                                    | ${'电话是0000-0000000四'}      | ${7}  | ${['电话是', '0000-0000000四']}
  ${'a case number stays whole'}                                  | ${'案号是2026-0012四'}         | ${6}  | ${['案号是', '2026-0012四']}
  ${'what no line could hold is cut after all'}                   | ${'AB1234567890'}              | ${4}  | ${['AB123456', '7890']}
`('$because', ({ text, chars, lines }: { text: string; chars: number; lines: string[] }) => {
  expect(cut(text, chars)).toEqual(lines);
});

it.each([
  '231,480.00元',
  '¥500,000.00',
  '2026年12月31日',
  '2026年',
  '12月31日',
  '2026-03-09',
  '09:30',
  '9时30分',
  '0566-1234567',
  '2026-0012',
  '第14条',
  '60%',
  '5个工作日',
  '欧阳*娜',
  '阿***·**提',
  'K7M4Q2XD',
  '柳溪救公〔2026〕12号',
])('D4-37 moves “%s” whole to the next line, wherever the line ends', (word) => {
  for (let before = 14; before < 28; before++) {
    const lines = cut(
      `${'，字'.repeat(before / 2)}${'，'.repeat(before % 2)}${word}${'字，'.repeat(20)}`,
      28,
    );
    expect(lines.filter((line) => line.includes(word))).toHaveLength(1);
  }
});

it.each([
  [24, ['贰拾叁万壹仟肆佰捌拾元整'], 'whole where the line before it can open for it'],
  [20, ['贰拾叁万', '壹仟肆佰捌拾元整'], 'in two behind 万 where that line would stand wide open'],
])('D4-37 sets an amount in words behind %d characters as %j: %s', (before, pieces) => {
  const lines = cut(`${'字'.repeat(before)}贰拾叁万壹仟肆佰捌拾元整${'字'.repeat(30)}`, 28);
  const amounts = lines.map((line) => line.replaceAll('字', '')).filter((line) => line !== '');
  expect(amounts).toEqual(pieces);
});

it('has no last line of one character where those above can open for it', () => {
  const text = '字'.repeat(28 * 3 - 2 + 1);
  expect(cut(text, 28, 2).map((line) => line.length)).toEqual([26, 27, 27, 3]);
});

it('sets full lines flush on the right, and the last as it falls', () => {
  const lines = linesOf('一二三四，五六七八九，十一二三四五六七八九十一', measure, { ...shape, widthPt: 95 });
  for (const line of lines.slice(0, -1)) expect(Math.abs(line.widthPt - 95)).toBeLessThan(5.1);
  expect(lines.at(-1)?.widthPt).toBeLessThan(95);
});

it('leaves a line short rather than drawing it far apart before a number that must not be cut', () => {
  const [line] = linesOf('一二三四五0000-1234567六七八九', measure, { ...shape, widthPt: 80 });
  expect(line?.runs.every(({ spacingPt }) => spacingPt === 0)).toBe(true);
});

it.each([
  ['一），二', 1, 'a bracket and a comma'],
  ['一），（二', 2, 'and a bracket that opens'],
  ['一，二', 0, 'a mark alone keeps its blank'],
])('closes up marks that follow each other: %s', (text, closed) => {
  const [line] = linesOf(text, measure, { ...shape, widthPt: 100 });
  expect(line?.widthPt).toBeCloseTo(text.length * sizePt - closed * sizePt * 0.4);
});

it('keeps the digits of a number together when a line is opened', () => {
  const [line] = linesOf('一二12345三四五六七', measure, { ...shape, widthPt: 75 });
  expect(line?.runs.filter((run) => /\d{2}/.test(run.text) && run.spacingPt !== 0)).toEqual([]);
});

it('leaves a line short before a number that is not cut, and does not draw it apart', () => {
  const [line] = linesOf('一二1,234,567,890.00元', measure, { ...shape, widthPt: 100 });
  expect(line).toMatchObject({ text: '一二', widthPt: 20, runs: [{ spacingPt: 0 }] });
});

it('loses and adds nothing, however narrow the line', () => {
  const text = '根据本社章程第十四条，经2026年3月5日理事会表决（理事5人，回避1人），“同意”4人：现予公示。';
  for (let chars = 2; chars < 40; chars++) expect(cut(text, chars, 1).join('')).toBe(text);
});
