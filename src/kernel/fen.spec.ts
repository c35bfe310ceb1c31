import fc from 'fast-check';
import {
  fen,
  negated,
  parseYuan,
  shareOf,
  sumOf,
  wanText,
  yuanOf,
  yuanShort,
  yuanText,
  type Fen,
} from './fen.js';

const amounts = fc.maxSafeNat().map(fen);

describe('fen', () => {
  it.each([
    ['half a fen', 0.5],
    ['what a double cannot hold', Number.MAX_SAFE_INTEGER + 1],
    ['no number', Number.NaN],
    ['no end', Infinity],
  ])('refuses %s', (_, value) => {
    expect(() => fen(value)).toThrow(RangeError);
  });

  it('refuses a sum that a double cannot hold', () => {
    expect(() => sumOf([fen(Number.MAX_SAFE_INTEGER), fen(1)])).toThrow(RangeError);
  });

  it('adds nothing up to nothing, and negates zero to zero, not to −0', () => {
    expect(sumOf([])).toBe(0);
    expect(Object.is(negated(fen(0)), 0)).toBe(true);
  });

  it('sums an amount and its opposite to zero', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(sumOf([amount, negated(amount)])).toBe(0);
      }),
    );
  });
});

describe('shareOf', () => {
  it.each([
    ['D4-1 base 38.58万 at 60 %', 38_580_000, 60, 100, 23_148_000],
    ['D4-3 one fen below the cap: floor', 83_333_333, 60, 100, 49_999_999],
    ['D4-3 the cap met exactly', 83_333_334, 60, 100, 50_000_000],
    ['D4-3 one fen above the cap', 83_333_335, 60, 100, 50_000_001],
    ['nothing of something', 12_345, 0, 1, 0],
    ['a third is rounded down', 100, 1, 3, 33],
    ['a product beyond 2^53 stays exact', Number.MAX_SAFE_INTEGER, 99, 100, 8_917_127_262_193_581],
  ])('%s', (_, amount, numerator, denominator, share) => {
    expect(shareOf(fen(amount), { numerator, denominator })).toBe(share);
  });

  it.each([
    ['a denominator of zero', 100, 1, 0],
    ['a share below zero', 100, -1, 2],
    ['half a numerator', 100, 0.5, 2],
    ['an amount below zero', -100, 1, 2],
  ])('refuses %s', (_, amount, numerator, denominator) => {
    expect(() => shareOf(fen(amount), { numerator, denominator })).toThrow(RangeError);
  });

  it('never gives out more than there is, and loses less than a fen by rounding', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 10_000 }), (amount, denominator) => {
        const part = shareOf(amount, { numerator: 1, denominator });
        const whole = BigInt(part) * BigInt(denominator);
        expect(whole <= BigInt(amount) && BigInt(amount) - whole < BigInt(denominator)).toBe(true);
      }),
    );
  });
});

describe('parseYuan', () => {
  it.each([
    ['plain yuan', '1000', 100_000],
    ['two decimals', '0.29', 29],
    ['one decimal', '231480.5', 23_148_050],
    ['commas at the thousands', '1,000.50', 100_050],
    ['commas twice', '1,234,567', 123_456_700],
    ['D4-70 full-width digits, after NFKC', '１０００', 100_000],
    ['a full-width comma and point', '１，０００．５０', 100_050],
    ['money rule 1: 万 by string, not by a double', '38.58万元', 38_580_000],
    ['full-width 万元', '３８.５８万元', 38_580_000],
    ['万 alone', '38.58万', 38_580_000],
    ['one fen in 万: six decimals', '0.000001万', 1],
    ['the sign in front', '¥1,000.00', 100_000],
    ['the full-width sign', '￥1000', 100_000],
    ['元 behind', '1000 元', 100_000],
    ['blanks around', ' 1000\t', 100_000],
    ['nothing at all is an amount too', '0', 0],
    ['the most that twelve digits can say', '999999999999.99', 99_999_999_999_999],
  ])('reads %s: %j', (_, text, amount) => {
    expect(parseYuan(text)).toBe(amount);
  });

  it.each([
    ['D4-70 千 is no unit here', '1千'],
    ['D4-70 three decimals of a yuan', '1,000.005'],
    ['seven decimals of 万: below a fen', '0.0000001万'],
    ['three decimals before 元', '1.234元'],
    ['below zero', '-1'],
    ['a plus sign', '+1'],
    ['empty', ''],
    ['blank', '   '],
    ['the unit alone', '万元'],
    ['the sign alone', '¥'],
    ['a comma misplaced', '1,00'],
    ['a comma at the end', '1,000,'],
    ['commas after a zero', '0,100'],
    ['commas for one half only', '1000,000'],
    ['a point without decimals', '1.'],
    ['decimals without a whole', '.5'],
    ['two points', '1.0.0'],
    ['an exponent', '1e3'],
    ['hexadecimal', '0x10'],
    ['亿', '1亿'],
    ['Chinese digits', '一千'],
    ['a blank inside', '1 000'],
    ['two lines', '1\n000'],
    ['thirteen digits', '1000000000000'],
    ['more 万 than a double holds', '999999999999万'],
  ])('refuses %s: %j', (_, text) => {
    expect(parseYuan(text)).toBeNull();
  });

  it.each([
    ['plain', (amount: Fen) => yuanOf(amount)],
    ['with commas', (amount: Fen) => yuanText(amount)],
    ['short', (amount: Fen) => yuanShort(amount)],
  ])('reads back what is written %s', (_, written) => {
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999_999_999 }).map(fen), (amount) => {
        expect(parseYuan(written(amount))).toBe(amount);
      }),
    );
  });

  it('gives for any text at all null or a whole amount not below zero', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[¥0-9０-９.,万元千 -]{0,16}$/u), (text) => {
        const amount = parseYuan(text);
        expect(amount === null || (Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
      }),
    );
  });
});

describe('writing', () => {
  it.each([
    [0, '0.00', '0.00', '0'],
    [29, '0.29', '0.29', '0.29'],
    [-5, '-0.05', '-0.05', '-0.05'],
    [99_999, '999.99', '999.99', '999.99'],
    [100_000, '1000.00', '1,000.00', '1,000'],
    [100_050, '1000.50', '1,000.50', '1,000.50'],
    [23_148_000, '231480.00', '231,480.00', '231,480'],
    [-100_000_001, '-1000000.01', '-1,000,000.01', '-1,000,000.01'],
  ])('%i fen: %s, %s, %s', (amount, plain, commas, short) => {
    expect([yuanOf(fen(amount)), yuanText(fen(amount)), yuanShort(fen(amount))]).toEqual([
      plain,
      commas,
      short,
    ]);
  });

  it.each([
    ['D4-1 display 23.15万元', 23_148_000, '23.15万元'],
    ['half up', 5_000, '0.01万元'],
    ['just below the half', 4_999, '0.00万元'],
    ['below zero', -38_580_000, '-38.58万元'],
    ['no minus before a rounded zero', -1, '0.00万元'],
    ['the cap', 50_000_000, '50.00万元'],
  ])('%s', (_, amount, words) => {
    expect(wanText(fen(amount))).toBe(words);
  });
});
