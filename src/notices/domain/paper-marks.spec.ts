import { marksIn } from './paper-marks.js';

it.each([
  ['扫一扫校验码K7M4Q2XD内容哈希', ['K7M4Q2XD'], 'the code under the symbol'],
  ['查验网址：https://huzhu.example/n/K7M4Q2XD—1—', ['K7M4Q2XD'], 'the address'],
  ['校验码K7M4Q2XD…https://huzhu.example/n/K7M4Q2XD', ['K7M4Q2XD'], 'both, once'],
  ['校验码K7M4Q2X', [], 'seven are none'],
  ['校验码K7M4Q0XD', [], 'no 0 stands in a code'],
  ['', [], 'nothing'],
])('reads codes in “%s”: %s', (words, codes) => {
  expect(marksIn(words).codes).toEqual(codes);
});

it('names every number that the words before it could begin', () => {
  expect(marksIn('公示柳溪救公〔2026〕3号').numbers).toEqual([
    '公示柳溪救公〔2026〕3号',
    '示柳溪救公〔2026〕3号',
    '柳溪救公〔2026〕3号',
    '溪救公〔2026〕3号',
  ]);
});

it('takes only so many, however many a file names', () => {
  const codes = Array.from({ length: 200 }, (_, i) => `/n/${String(2000 + i).replace(/[01]/g, 'Z')}ABCD`);
  expect(marksIn(codes.join('')).codes.length).toBeLessThanOrEqual(40);
});
