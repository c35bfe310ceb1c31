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

it('D4-37 moves “231,480.00元” whole to the next line', () => {
  for (let before = 20; before < 28; before++) {
    const lines = cut(`${'字'.repeat(before)}231,480.00元${'字'.repeat(20)}`, 28);
    expect(lines.filter((line) => line.includes('231,480.00元'))).toHaveLength(1);
  }
});

it('cuts a long amount in words only behind 万 and 元', () => {
  const lines = cut('字字字字贰拾叁万壹仟肆佰捌拾元整', 9);
  expect(lines).toEqual(['字字字字贰拾叁万', '壹仟肆佰捌拾元整']);
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
