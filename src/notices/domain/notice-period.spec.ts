import { day } from '../../kernel/day.js';
import { calendarOf } from '../../kernel/working-days.js';
import { periodAgain, planFault, plannedPeriodWords, postingFault, runningPeriod } from './notice-period.js';
import type { Length } from './notice-period.js';

/** The Spring Festival of 2026: off from the 15th to the 23rd of February. */
const spring = Array.from({ length: 9 }, (_, i) => day(`2026-02-${String(15 + i)}`));
const calendar = calendarOf({ years: [2025, 2026], holidays: spring, makeUps: [day('2026-02-14')] });
const natural: Length = { noticeDays: 7, noticeDayKind: 'natural' };
const working: Length = { noticeDays: 5, noticeDayKind: 'working' };
const at = (text: string) => new Date(`${text}+08:00`);

it('prints the planned period', () => {
  expect(plannedPeriodWords(day('2026-03-09'), natural, calendar)).toBe(
    '公示期：张贴次日起7日（计划3月10日至3月16日）。',
  );
  expect(plannedPeriodWords(day('2026-03-09'), working, calendar)).toBe(
    '公示期：张贴次日起5个工作日（计划3月10日至3月16日）。',
  );
  expect(plannedPeriodWords(day('2025-12-28'), natural, calendar)).toContain(
    '（计划2025年12月29日至2026年1月4日',
  );
});

it('says that it may move where no list of holidays is out', () => {
  expect(plannedPeriodWords(day('2026-12-28'), natural, calendar)).toContain('以放假安排公布后为准');
});

it('posted 9 March: day 1 is 10 March', () => {
  const posting = { postedAt: at('2026-03-09T08:40:00'), photoAt: at('2026-03-09T08:45:00') };
  expect(runningPeriod(posting, natural, calendar)).toMatchObject({
    firstDay: '2026-03-10',
    lastDay: '2026-03-16',
    endsAt: at('2026-03-17T00:00:00'),
    provisional: false,
  });
});

it('D4-26 a last day in the holidays rolls to the first working day', () => {
  const posting = { postedAt: at('2026-02-13T09:00:00'), photoAt: at('2026-02-13T09:00:00') };
  expect(runningPeriod(posting, natural, calendar).lastDay).toBe('2026-02-24');
});

it.each`
  photo                    | firstDay        | because
  ${'2026-03-10T08:40:00'} | ${'2026-03-10'} | ${'24 hours to the minute are in time'}
  ${'2026-03-10T08:41:00'} | ${'2026-03-11'} | ${'a minute later the period starts the day after the photo'}
  ${'2026-03-13T23:00:00'} | ${'2026-03-14'} | ${'and so it does days later'}
`(
  'D4-28 photo at $photo: from $firstDay, $because',
  ({ photo, firstDay }: Record<'photo' | 'firstDay', string>) => {
    const posting = { postedAt: at('2026-03-09T08:40:00'), photoAt: at(photo) };
    expect(runningPeriod(posting, natural, calendar).firstDay).toBe(firstDay);
  },
);

it('is counted again when a list is published', () => {
  const later = calendarOf({ years: [2025, 2026, 2027], holidays: [day('2027-01-04')], makeUps: [] });
  const posting = { postedAt: at('2026-12-28T09:00:00'), photoAt: at('2026-12-28T09:00:00') };
  const first = runningPeriod(posting, natural, calendar);
  expect(first).toMatchObject({ lastDay: '2027-01-04', provisional: true });
  expect(periodAgain(first.firstDay, natural, later)).toMatchObject({
    lastDay: '2027-01-05',
    provisional: false,
  });
});

it.each`
  on              | fault     | because
  ${'2026-03-08'} | ${'past'} | ${'nobody posts yesterday'}
  ${'2026-03-09'} | ${null}   | ${'today'}
  ${'2026-03-24'} | ${null}   | ${'fifteen days ahead'}
  ${'2026-03-25'} | ${'far'}  | ${'sixteen days ahead'}
`('a posting planned for $on: $fault, $because', ({ on, fault }: { on: string; fault: string | null }) => {
  expect(planFault(day(on), day('2026-03-09'))).toBe(fault);
});

it.each`
  posted                   | fault               | because
  ${'2026-03-09T08:59:30'} | ${null}             | ${'a form says no seconds'}
  ${'2026-03-09T08:00:00'} | ${'before-signing'} | ${'nothing unsigned hangs on a wall'}
  ${'2026-03-09T12:00:00'} | ${null}             | ${'now'}
  ${'2026-03-09T12:05:00'} | ${'future'}         | ${'not yet'}
`('posted at $posted: $fault, $because', ({ posted, fault }: { posted: string; fault: string | null }) => {
  expect(postingFault(at(posted), at('2026-03-09T09:00:00'), at('2026-03-09T12:00:00'))).toBe(fault);
});
