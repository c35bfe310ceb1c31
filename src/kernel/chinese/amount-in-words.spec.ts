import fc from 'fast-check';
import { fen } from '../fen.js';
import { amountInWords } from './amount-in-words.js';

it.each([
  ['D4-1 the relief grant', 23_148_000, '贰拾叁万壹仟肆佰捌拾元整'],
  ['D5 the emergency grant', 100_000, '壹仟元整'],
  ['no 零 after 万 when the thousands follow', 10_700_053, '壹拾万柒仟元伍角叁分'],
  ['零 inside the yuan and before the fen', 1_640_902, '壹万陆仟肆佰零玖元零贰分'],
  ['零 before the fen', 32_504, '叁佰贰拾伍元零肆分'],
  ['two empty places, one 零', 600_714, '陆仟零柒元壹角肆分'],
  ['the cap of a household', 50_000_000, '伍拾万元整'],
  ['壹拾, not 拾', 1_005, '壹拾元零伍分'],
  ['the smallest coin', 1, '壹分'],
  ['millions and one fen', 100_000_001, '壹佰万元零壹分'],
])('domain.md 1.10 %s: %i fen are %s', (_, amount, words) => {
  expect(amountInWords(fen(amount))).toBe(words);
});

it.each([
  ['nothing', 0, '零元整'],
  ['jiao alone', 50, '伍角整'],
  ['yuan and jiao', 100_050, '壹仟元伍角整'],
  ['jiao and fen', 38, '叁角捌分'],
  ['the hundreds after 万', 10_010_000, '壹拾万零壹佰元整'],
  ['an empty group of four', 10_000_000_100, '壹亿零壹元整'],
  ['亿 and 万 with a gap', 10_001_000_000, '壹亿零壹万元整'],
  ['every place taken', 12_345_678_912, '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分'],
  ['万亿', 100_000_000_000_000, '壹万亿元整'],
  [
    'the most that a double counts',
    Number.MAX_SAFE_INTEGER,
    '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分',
  ],
])('%s: %i fen are %s', (_, amount, words) => {
  expect(amountInWords(fen(amount))).toBe(words);
});

it('refuses an amount below zero', () => {
  expect(() => amountInWords(fen(-1))).toThrow(RangeError);
});

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1_000 };

/** A reader of its own kind: from left to right with a sum, a group of four and a digit in hand. Null: not well said. */
function readBack(words: string): number | null {
  const said =
    /^(?:(?<yuan>[^元角分整]+)元)?(?:零?(?<jiao>[^元角分整零])角)?(?:零?(?<fen>[^元角分整零])分)?整?$/u.exec(
      words,
    );
  if (!said?.groups) return null;
  const digit = (character: string | undefined) => (character ? DIGITS.indexOf(character) : 0);
  let [total, group, held] = [0, 0, 0];
  for (const character of said.groups['yuan'] ?? '') {
    if (character === '万') [group, held] = [(group + held) * 10_000, 0];
    else if (character === '亿') [total, group, held] = [(group + held) * 100_000_000, 0, 0];
    else if (character in PLACES) [group, held] = [group + held * (PLACES[character] ?? 0), 0];
    else held = digit(character);
  }
  return (total + group + held) * 100 + digit(said.groups['jiao']) * 10 + digit(said.groups['fen']);
}

/** Amounts of every length, many of them with zeros inside. */
const amounts = fc
  .array(fc.constantFrom(0, 0, 0, 1, 2, 5, 9), { minLength: 1, maxLength: 15 })
  .map((digits) => fen(Number(digits.join(''))));

it('reads back as the same amount', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      expect(readBack(amountInWords(amount))).toBe(amount);
    }),
    { numRuns: 1_000 },
  );
});

it('says no 零 twice, ends no group with one, and closes with 整 unless with 分', () => {
  fc.assert(
    fc.property(amounts, (amount) => {
      const words = amountInWords(amount);
      expect(words).not.toMatch(/零零|零[万亿拾佰仟]|零角|零分/);
      if (amount > 0) expect(words).not.toMatch(/零元/);
      expect(words).toMatch(/(元整|角整|分)$/);
    }),
    { numRuns: 1_000 },
  );
});
