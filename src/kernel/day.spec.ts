import fc from 'fast-check';
import {
  addDays,
  addHours,
  dateOf,
  day,
  dayOf,
  daysBetween,
  endOfDay,
  monthOf,
  parseDay,
  startOfDay,
  timeOf,
  weekdayOf,
  yearOf,
} from './day.js';

const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays(day('1900-01-01'), count));

it.each([
  ['an ordinary day', '2026-03-05'],
  ['a leap day', '2024-02-29'],
  ['the leap day of a century that has one', '2000-02-29'],
])('%s is a day: %s', (_, text) => {
  expect(day(text)).toBe(text);
});

it.each([
  ['29 February of a common year', '1978-02-29'],
  ['of a century that has none', '1900-02-29'],
  ['31 April', '2026-04-31'],
  ['month 13', '2026-13-01'],
  ['day 0', '2026-03-00'],
  ['without padding', '2026-3-5'],
  ['with a time', '2026-03-05T00:00:00Z'],
  ['with a blank', '2026-03-05 '],
  ['with a leap second', '2016-12-31T23:59:60Z'],
  ['Chinese', '2026年3月5日'],
  ['empty', ''],
])('%s is none: %j', (_, text) => {
  expect(parseDay(text)).toBeNull();
  expect(() => day(text)).toThrow(RangeError);
});

it('is a day exactly if the calendar of the machine knows it', () => {
  const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
  const year = fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0'));
  fc.assert(
    fc.property(year, two(13), two(32), (...parts) => {
      const text = parts.join('-');
      const at = new Date(`${text}T00:00:00.000Z`);
      const isThere = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);

      expect(parseDay(text) !== null).toBe(isThere);
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  ['the last minute of a day in China', '2026-03-05T15:59:59.999Z', '2026-03-05', '23:59'],
  ['its midnight is 16:00 UTC the day before', '2026-03-05T16:00:00Z', '2026-03-06', '00:00'],
  ['over the end of a year', '2026-12-31T16:30:00Z', '2027-01-01', '00:30'],
])('%s', (_, instant, of, time) => {
  expect([dayOf(new Date(instant)), timeOf(new Date(instant))]).toEqual([of, time]);
});

it.each([
  ['over a month', '2026-02-28', 1, '2026-03-01'],
  ['over a leap day', '2024-02-28', 1, '2024-02-29'],
  ['over a year', '2026-12-31', 1, '2027-01-01'],
  ['backwards', '2026-03-01', -1, '2026-02-28'],
  ['not at all', '2026-03-01', 0, '2026-03-01'],
])('adds days %s', (_, from, count, to) => {
  expect(addDays(day(from), count)).toBe(to);
  expect(daysBetween(day(from), day(to))).toBe(count);
});

it('begins at 0:00 in China and ends at 24:00, the first instant of the next day', () => {
  expect(startOfDay(day('2026-03-16')).toISOString()).toBe('2026-03-15T16:00:00.000Z');
  expect(endOfDay(day('2026-03-16')).toISOString()).toBe('2026-03-16T16:00:00.000Z');
});

it('names its parts', () => {
  const of = day('2026-03-05');
  expect([yearOf(of), monthOf(of), dateOf(of)]).toEqual([2026, 3, 5]);
});

it.each([
  ['2026-11-22', 0],
  ['2026-02-13', 5],
  ['2026-05-09', 6],
])('%s is weekday %i, Sunday being 0', (of, weekday) => {
  expect(weekdayOf(day(of))).toBe(weekday);
});

it('D4-21 approved 17:00 on Friday 2026-02-13: 24 hours later by the clock, holiday or not', () => {
  const approvedAt = new Date('2026-02-13T17:00:00+08:00');
  expect(addHours(approvedAt, 24)).toEqual(new Date('2026-02-14T17:00:00+08:00'));
});

it('every instant lies within its own day', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
      (at) => {
        const of = dayOf(at);
        expect(startOfDay(of) <= at && at < endOfDay(of)).toBe(true);
      },
    ),
  );
});

it('days compare as text in the order of the calendar', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 4_000 }), (from, count) => {
      const to = addDays(from, count);
      expect(from < to && daysBetween(from, to) === count && addDays(to, -count) === from).toBe(true);
      expect(weekdayOf(to)).toBe((weekdayOf(from) + count) % 7);
    }),
  );
});
