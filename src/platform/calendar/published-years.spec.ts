import { createRequire } from 'node:module';
import { calendarOf, addWorkingDays } from '../../kernel/working-days.js';
import { day } from '../../kernel/day.js';
import { checkedList } from './holiday-list.js';
import { PACKAGE_SOURCE, publishedYears } from './published-years.js';

const lists = publishedYears();

it('names the package in the version that is installed', () => {
  const { version } = createRequire(__filename)('chinese-days/package.json') as { version: string };
  expect(PACKAGE_SOURCE).toBe(`chinese-days ${version}`);
});

it('covers 2004 to 2026 and no other year: 2027 has not been published', () => {
  expect(lists.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i));
});

it.each(lists.map((list) => [list.year, list] as const))('the list of %i is whole', (_, list) => {
  expect(checkedList(list)).toBe(list);
});

it('has for 2026 the 33 days off and the six worked weekends of the State Council', () => {
  const days = lists.find(({ year }) => year === 2026)?.days ?? [];
  expect(days.filter(({ kind }) => kind === 'holiday')).toHaveLength(33);
  expect(days.filter(({ kind }) => kind === 'makeup').map((listed) => listed.day)).toEqual([
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ]);
  expect(days).toContainEqual({ day: '2026-02-20', kind: 'holiday', name: '春节' });
});

it('D4-25 what the package itself says of 2027, that 1 January is worked, is never asked', () => {
  const { isWorkday } = createRequire(__filename)('chinese-days') as { isWorkday: (on: string) => boolean };
  expect(isWorkday('2027-01-01')).toBe(true);

  const of = (kind: string) => lists.flatMap(({ days }) => days).filter((listed) => listed.kind === kind);
  const calendar = calendarOf({
    years: lists.map(({ year }) => year),
    holidays: of('holiday').map((listed) => listed.day),
    makeUps: of('makeup').map((listed) => listed.day),
  });
  expect(calendar.covers(2027)).toBe(false);
  expect(addWorkingDays(day('2026-12-31'), 1, calendar)).toEqual({ day: '2027-01-04', provisional: true });
});
