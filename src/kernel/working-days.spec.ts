import fc from 'fast-check';
import { addDays, day, daysBetween, endOfDay } from './day.js';
import type { Day } from './day.js';
import { addWorkingDays, calendarOf, isWorkingDay, lastDayOfPeriod } from './working-days.js';

/** 国务院办公厅关于2026年部分节假日安排的通知: what is off, and which weekends are worked. */
const of2026 = {
  years: [2025, 2026],
  holidays: [
    ...span('2026-01-01', '2026-01-03'),
    ...span('2026-02-15', '2026-02-23'),
    ...span('2026-04-04', '2026-04-06'),
    ...span('2026-05-01', '2026-05-05'),
    ...span('2026-06-19', '2026-06-21'),
    ...span('2026-09-25', '2026-09-27'),
    ...span('2026-10-01', '2026-10-07'),
  ],
  makeUps: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'].map(day),
};
const calendar = calendarOf(of2026);
/** Stands for a list not yet published; the shape is that of every year. */
const with2027 = calendarOf({
  ...of2026,
  years: [2025, 2026, 2027],
  holidays: [...of2026.holidays, day('2027-01-01')],
});

describe('isWorkingDay', () => {
  it.each([
    ['an ordinary Friday', '2026-05-08', true],
    ['D4-23 a Saturday that is worked', '2026-05-09', true],
    ['an ordinary Saturday', '2026-05-16', false],
    ['an ordinary Sunday', '2026-05-17', false],
    ['a Monday off by the list', '2026-02-16', false],
    ['a Saturday within a holiday', '2026-10-03', false],
    ['1 January of a year without a list', '2027-01-01', false],
    ['1 October of a year without a list', '2027-10-01', false],
    ['an ordinary Monday of a year without a list', '2027-03-01', true],
  ])('%s', (_, on, working) => {
    expect(isWorkingDay(day(on), calendar)).toBe(working);
  });

  it('follows a published list even against the dates that are usual', () => {
    const odd = calendarOf({ years: [2026], holidays: [], makeUps: [] });
    expect(isWorkingDay(day('2026-05-01'), odd)).toBe(true);
  });
});

describe('addWorkingDays', () => {
  it.each([
    ['D4-23 +1 from Friday 2026-05-08: Saturday 2026-05-09 is worked', '2026-05-08', 1, '2026-05-09'],
    ['over the Spring Festival', '2026-02-14', 1, '2026-02-24'],
    ['the day of the act is not counted', '2026-03-02', 1, '2026-03-03'],
    ['from a Sunday', '2026-11-22', 1, '2026-11-23'],
    ['three from a Sunday, for the notice', '2026-11-22', 3, '2026-11-25'],
    ['ten from a Sunday, for the papers', '2026-11-22', 10, '2026-12-04'],
    ['five over National Day and a worked Saturday', '2026-09-29', 5, '2026-10-12'],
    ['from the old year, whose end is known', '2025-12-31', 1, '2026-01-04'],
  ])('%s', (_, from, count, due) => {
    expect(addWorkingDays(day(from), count, calendar)).toEqual({ day: due, provisional: false });
  });

  it('D4-25 +1 from 2026-12-31, the list of 2027 absent: provisional, and not 2027-01-01', () => {
    expect(addWorkingDays(day('2026-12-31'), 1, calendar)).toEqual({ day: '2027-01-04', provisional: true });
  });

  it('D4-25 the list of 2027 imported: counted again, and certain', () => {
    expect(addWorkingDays(day('2026-12-31'), 1, with2027)).toEqual({ day: '2027-01-04', provisional: false });
  });

  it.each([
    ['24 December is certain without the next list', '2026-12-23', '2026-12-24', false],
    ['25 December is not: the next list may reach back', '2026-12-24', '2026-12-25', true],
  ])('%s', (_, from, due, provisional) => {
    expect(addWorkingDays(day(from), 1, calendar)).toEqual({ day: due, provisional });
  });

  it('stays provisional for a deadline that lies behind an unknown stretch', () => {
    const gap = calendarOf({ years: [2024, 2026], holidays: [], makeUps: [] });
    expect(addWorkingDays(day('2025-12-31'), 3, gap).provisional).toBe(false);
    expect(addWorkingDays(day('2025-12-30'), 3, gap).provisional).toBe(true);
  });

  it.each([0, -1, 1.5])('refuses %d working days', (count) => {
    expect(() => addWorkingDays(day('2026-03-02'), count, calendar)).toThrow(RangeError);
  });

  const starts = fc.integer({ min: 0, max: 364 }).map((count) => addDays(day('2026-01-01'), count));
  const counts = fc.integer({ min: 1, max: 30 });

  it('ends on a working day, later for one day more, and never earlier for a later start', () => {
    fc.assert(
      fc.property(starts, counts, (from, count) => {
        const due = addWorkingDays(from, count, calendar).day;
        expect(isWorkingDay(due, calendar)).toBe(true);
        expect(addWorkingDays(from, count + 1, calendar).day > due).toBe(true);
        expect(addWorkingDays(addDays(from, 1), count, calendar).day >= due).toBe(true);
      }),
    );
  });

  it('counts exactly the working days after the start', () => {
    fc.assert(
      fc.property(starts, counts, (from, count) => {
        const due = addWorkingDays(from, count, calendar).day;
        const between = span(addDays(from, 1), due).filter((on) => isWorkingDay(on, calendar));
        expect(between).toHaveLength(count);
      }),
    );
  });
});

describe('lastDayOfPeriod', () => {
  it.each([
    [
      'D4-26 7 natural days posted 2026-02-13: 02-20 is a holiday',
      '2026-02-13',
      7,
      'natural',
      '2026-02-14',
      '2026-02-24',
    ],
    ['D5 posted 9 March: day 1 is 10 March', '2026-03-09', 7, 'natural', '2026-03-10', '2026-03-16'],
    ['posted 23 November', '2026-11-23', 7, 'natural', '2026-11-24', '2026-11-30'],
    ['a holiday in the middle is counted', '2026-04-02', 7, 'natural', '2026-04-03', '2026-04-09'],
    [
      'a plain Sunday at the end is no statutory holiday',
      '2026-03-08',
      7,
      'natural',
      '2026-03-09',
      '2026-03-15',
    ],
    ['a holiday runs into a worked Saturday', '2026-10-02', 3, 'natural', '2026-10-03', '2026-10-08'],
    ['5 working days', '2026-03-09', 5, 'working', '2026-03-10', '2026-03-16'],
    ['5 working days over the Spring Festival', '2026-02-13', 5, 'working', '2026-02-14', '2026-02-27'],
  ] as const)('%s', (_, postedOn, count, kind, firstDay, lastDay) => {
    const period = lastDayOfPeriod(day(postedOn), count, kind, calendar);
    expect(period).toEqual({ firstDay, lastDay, provisional: false });
  });

  it.each([
    ['natural days that end in an unknown year', '2026-12-29', 7, 'natural', true],
    ['natural days that end before it', '2026-12-16', 7, 'natural', false],
    [
      'natural days that begin in an unknown week and end after a known one',
      '2025-12-30',
      7,
      'natural',
      false,
    ],
    ['working days that end in it', '2026-12-23', 7, 'working', true],
  ] as const)('is provisional or not for %s', (_, postedOn, count, kind, provisional) => {
    expect(lastDayOfPeriod(day(postedOn), count, kind, calendar).provisional).toBe(provisional);
  });

  it('rolls off 1 January of a year without a list, provisionally', () => {
    const period = lastDayOfPeriod(day('2026-12-25'), 7, 'natural', calendar);
    expect(period).toEqual({ firstDay: '2026-12-26', lastDay: '2027-01-04', provisional: true });
  });

  it('ends at 24:00 of its last day', () => {
    const { lastDay } = lastDayOfPeriod(day('2026-03-09'), 7, 'natural', calendar);
    expect(endOfDay(lastDay)).toEqual(new Date('2026-03-17T00:00:00+08:00'));
  });

  it.each([0, -7, 2.5])('refuses %d days', (count) => {
    expect(() => lastDayOfPeriod(day('2026-03-09'), count, 'natural', calendar)).toThrow(RangeError);
  });

  it('never lasts shorter than it says, and never ends on a holiday', () => {
    const starts = fc.integer({ min: 0, max: 364 }).map((count) => addDays(day('2026-01-01'), count));
    fc.assert(
      fc.property(
        starts,
        fc.constantFrom(3, 5, 7),
        fc.constantFrom('natural' as const, 'working' as const),
        (on, count, kind) => {
          const { firstDay, lastDay } = lastDayOfPeriod(on, count, kind, calendar);
          expect(daysBetween(firstDay, lastDay) + 1).toBeGreaterThanOrEqual(count);
          expect(calendar.isHoliday(lastDay)).toBe(false);
        },
      ),
    );
  });
});

function span(from: string, to: string): Day[] {
  const days: Day[] = [];
  for (let on = day(from); on <= to; on = addDays(on, 1)) days.push(on);
  return days;
}
