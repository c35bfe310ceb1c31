import { day } from '../../kernel/day.js';
import { calendarOf } from '../../kernel/working-days.js';
import { clockLeft } from './clock-left.js';

/** Labour Day of 2026: off from the 1st to the 5th, and worked on Saturday, the 9th. */
const calendar = calendarOf({
  years: [2026],
  holidays: ['2026-05-01', '2026-05-04', '2026-05-05'].map(day),
  makeUps: [day('2026-05-09')],
});

it.each`
  today           | last            | left  | because
  ${'2026-03-02'} | ${'2026-03-16'} | ${10} | ${'ten working days, today not among them'}
  ${'2026-03-05'} | ${'2026-03-16'} | ${7}  | ${'three are gone'}
  ${'2026-03-13'} | ${'2026-03-16'} | ${1}  | ${'a weekend lies between'}
  ${'2026-03-16'} | ${'2026-03-16'} | ${1}  | ${'the last day: never less than one'}
  ${'2026-03-20'} | ${'2026-03-16'} | ${1}  | ${'late already: never less than one'}
  ${'2026-04-30'} | ${'2026-05-11'} | ${5}  | ${'the holiday stands still, the make-up day counts'}
  ${'2026-05-08'} | ${'2026-05-09'} | ${1}  | ${'a Saturday that is worked'}
`(
  'on $today of $last $left are left: $because',
  ({ today, last, left }: { today: string; last: string; left: number }) => {
    expect(clockLeft(day(today), day(last), calendar)).toBe(left);
  },
);
