import fc from 'fast-check';
import { readUscc } from './uscc.js';

const VALID = ['9144030071526726XG', '914403001922038216', '51341702MJB123456P', '53371600MJE000001B'];

it.each([
  ['a company', '9144030071526726XG'],
  ['a company, digits only', '914403001922038216'],
  ['a society, synthetic', '51341702MJB123456P'],
  ['a foundation, synthetic', '53371600MJE000001B'],
])('D5 %s: %s', (_, uscc) => {
  expect(readUscc(uscc)).toEqual({ ok: true, uscc });
});

it.each([
  ['small letters', '51341702mjb123456p'],
  ['full-width characters', '５１３４１７０２ＭＪＢ１２３４５６Ｐ'],
  ['blanks', ' 51341702 MJB123456P '],
])('reads %s', (_, typed) => {
  expect(readUscc(typed)).toEqual({ ok: true, uscc: '51341702MJB123456P' });
});

it.each([
  ['seventeen characters', '51341702MJB123456', 'shape'],
  ['nineteen', '51341702MJB123456PP', 'shape'],
  ['a letter that is not used: I', '51341702MJI123456P', 'shape'],
  ['a letter that is not used: O', '51341702MJO123456P', 'shape'],
  ['letters in the place', '5134170AMJB123456P', 'shape'],
  ['the check changed', '51341702MJB123456Q', 'check'],
  ['two neighbours exchanged', '51341702MJB123465P', 'check'],
  ['empty', '', 'shape'],
])('refuses %s', (_, typed, reason) => {
  expect(readUscc(typed)).toEqual({ ok: false, reason });
});

it('catches the change of any one character', () => {
  const alphabet = Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY');
  fc.assert(
    fc.property(
      fc.constantFrom(...VALID),
      fc.nat({ max: 17 }),
      fc.constantFrom(...alphabet),
      (uscc, at, put) => {
        fc.pre(uscc.charAt(at) !== put);
        expect(readUscc(uscc.slice(0, at) + put + uscc.slice(at + 1)).ok).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});
