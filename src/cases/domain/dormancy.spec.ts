import { day } from '../../kernel/day.js';
import { addMonths, dormancyOf } from './dormancy.js';

it.each`
  today           | state         | because
  ${'2026-03-02'} | ${'ACTIVE'}   | ${'the day itself'}
  ${'2026-12-01'} | ${'ACTIVE'}   | ${'a day before nine months'}
  ${'2026-12-02'} | ${'REMINDER'} | ${'nine months to the day'}
  ${'2027-02-01'} | ${'REMINDER'} | ${'a day before eleven months'}
  ${'2027-02-02'} | ${'ALARM'}    | ${'eleven months to the day'}
  ${'2028-01-01'} | ${'ALARM'}    | ${'it does not go away by waiting'}
`('D4-60 last active on 2026-03-02, on $today $state: $because', ({ today, state }: Row) => {
  expect(dormancyOf(day('2026-03-02'), day(today))).toEqual({
    state,
    lastActiveOn: '2026-03-02',
    yearFullOn: '2027-03-02',
  });
});
type Row = { today: string; state: string };

it.each`
  from            | months | to              | because
  ${'2026-05-31'} | ${9}   | ${'2027-02-28'} | ${'February has no 31st'}
  ${'2027-05-30'} | ${9}   | ${'2028-02-29'} | ${'a leap year'}
  ${'2026-01-31'} | ${11}  | ${'2026-12-31'} | ${'December has one'}
  ${'2026-12-15'} | ${12}  | ${'2027-12-15'} | ${'over the year'}
`('$from and $months months is $to: $because', ({ from, months, to }: Span) => {
  expect(addMonths(day(from), months)).toBe(to);
});
type Span = { from: string; months: number; to: string };
