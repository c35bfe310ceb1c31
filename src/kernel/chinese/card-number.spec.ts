import fc from 'fast-check';
import { readCardNumber, tailOf } from './card-number.js';

it.each([
  ['D5 a debit card, synthetic', '6217001234567890122', true],
  ['D5 another', '6228480123456789015', true],
  ['one digit wrong: a warning, no refusal', '6217001234567890123', false],
  ['an old passbook', '100200300401', false],
])('%s: %s', (_, number, luhn) => {
  expect(readCardNumber(number)).toEqual({ ok: true, number, luhn });
});

it.each([
  ['groups of four', '6217 0012 3456 7890 122'],
  ['hyphens', '6217-0012-3456-7890-122'],
  ['full-width digits', '６２１７００１２３４５６７８９０１２２'],
])('reads %s', (_, typed) => {
  expect(readCardNumber(typed)).toMatchObject({ ok: true, number: '6217001234567890122' });
});

it.each([
  ['eleven digits', '62170012345'],
  ['twenty-three digits', '62170012345678901226217'],
  ['a letter', '621700123456789012X'],
  ['empty', ''],
])('refuses %s', (_, typed) => {
  expect(readCardNumber(typed)).toEqual({ ok: false });
});

it('D5 shows the last four: 尾号 0122', () => {
  expect(tailOf('6217001234567890122')).toBe('0122');
});

it('Luhn catches the change of any one digit', () => {
  fc.assert(
    fc.property(fc.nat({ max: 18 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const right = '6217001234567890122';
      const digit = String((Number(right.charAt(at)) + by) % 10);
      const wrong = right.slice(0, at) + digit + right.slice(at + 1);
      expect(readCardNumber(wrong)).toEqual({ ok: true, number: wrong, luhn: false });
    }),
  );
});
