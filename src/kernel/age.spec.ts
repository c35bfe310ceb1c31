import { ageOn, birthdayOf, isMinorOn, isUnderFourteenOn } from './age.js';
import { day } from './day.js';

it.each([
  ['the day before the birthday', '2012-06-01', '2030-05-31', 17],
  ['the birthday itself', '2012-06-01', '2030-06-01', 18],
  ['born on a leap day, 28 February of a common year', '2012-02-29', '2030-02-28', 17],
  ['born on a leap day, 1 March of a common year', '2012-02-29', '2030-03-01', 18],
  ['born on a leap day, in a leap year', '2012-02-29', '2028-02-29', 16],
  ['the day of birth', '2026-03-05', '2026-03-05', 0],
])('age on %s', (_, bornOn, on, years) => {
  expect(ageOn(day(bornOn), day(on))).toBe(years);
});

it('D5 whoever was born on 2012-06-01 is a minor until 2030-06-01', () => {
  expect(isMinorOn(day('2012-06-01'), day('2030-05-31'))).toBe(true);
  expect(isMinorOn(day('2012-06-01'), day('2030-06-01'))).toBe(false);
  expect(birthdayOf(day('2012-06-01'), 18)).toBe('2030-06-01');
});

it.each([
  ['D4-32 aged 13', '2026-05-31', true],
  ['fourteen today', '2026-06-01', false],
])('%s: whether under fourteen', (_, on, under) => {
  expect(isUnderFourteenOn(day('2012-06-01'), day(on))).toBe(under);
});
