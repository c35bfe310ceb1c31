import { addDays, day, weekdayOf, yearOf } from './day.js';
import type { Day } from './day.js';

/** What the State Council has published: which days are holidays, and which weekends are worked instead. */
export type DayCalendar = {
  /** Whether the list of that year has been published and entered. */
  covers(year: number): boolean;
  /** A day off by the list: the statutory holiday and the days moved to it, weekends among them. */
  isHoliday(on: Day): boolean;
  /** A Saturday or Sunday that the list makes a working day. */
  isMakeUp(on: Day): boolean;
};

/** `provisional`: a day was counted that no published list knows yet; to be counted again when it is. */
export type Deadline = { readonly day: Day; readonly provisional: boolean };

export type DayKind = 'natural' | 'working';

export type Period = { readonly firstDay: Day; readonly lastDay: Day; readonly provisional: boolean };

/** A calendar from plain lists, as rows hold them. */
export function calendarOf(lists: {
  readonly years: Iterable<number>;
  readonly holidays: Iterable<Day>;
  readonly makeUps: Iterable<Day>;
}): DayCalendar {
  const years = new Set(lists.years);
  const holidays = new Set(lists.holidays);
  const makeUps = new Set(lists.makeUps);
  return {
    covers: (year) => years.has(year),
    isHoliday: (on) => holidays.has(on),
    isMakeUp: (on) => makeUps.has(on),
  };
}

export function isWorkingDay(on: Day, calendar: DayCalendar): boolean {
  if (calendar.isMakeUp(on)) return true;
  if (isDayOff(on, calendar)) return false;
  return !isWeekend(on);
}

/** The `count`-th working day after `from`; `from` itself is not counted (Civil Code, art. 201). */
export function addWorkingDays(from: Day, count: number, calendar: DayCalendar): Deadline {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`Not a number of working days: ${count}`);
  let reached: Deadline = { day: from, provisional: false };
  for (let left = count; left > 0; left--) {
    const next = firstWorkingDay(addDays(reached.day, 1), calendar);
    reached = { day: next.day, provisional: reached.provisional || next.provisional };
  }
  return reached;
}

/**
 * The period of `days` that begins with an act on `postedOn`. Civil Code, art. 201: the day of the act is not counted.
 * Art. 203: a last day that is a holiday moves to the first working day after it.
 */
export function lastDayOfPeriod(postedOn: Day, days: number, kind: DayKind, calendar: DayCalendar): Period {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`Not a number of days: ${days}`);
  const firstDay = addDays(postedOn, 1);
  const last =
    kind === 'working' ? addWorkingDays(postedOn, days, calendar) : rolled(addDays(postedOn, days), calendar);
  return { firstDay, lastDay: last.day, provisional: last.provisional };
}

function rolled(last: Day, calendar: DayCalendar): Deadline {
  if (isDayOff(last, calendar)) return firstWorkingDay(last, calendar);
  return { day: last, provisional: !isKnown(last, calendar) };
}

/** The first working day on or after `from`. */
function firstWorkingDay(from: Day, calendar: DayCalendar): Deadline {
  let on = from;
  let provisional = !isKnown(on, calendar);
  while (!isWorkingDay(on, calendar)) {
    on = addDays(on, 1);
    provisional ||= !isKnown(on, calendar);
  }
  return { day: on, provisional };
}

/**
 * The list of a year reaches into the December before it: that of 2019 made 29 December 2018 a working day and took
 * the 30th and 31st off. So the last week of December is known only when the next list is.
 */
function isKnown(on: Day, calendar: DayCalendar): boolean {
  const year = yearOf(on);
  return calendar.covers(year) && (on < day(`${year}-12-25`) || calendar.covers(year + 1));
}

function isDayOff(on: Day, calendar: DayCalendar): boolean {
  return calendar.isHoliday(on) || (!calendar.covers(yearOf(on)) && FIXED_HOLIDAYS.has(on.slice(5)));
}

/**
 * Holidays with a date of their own (全国年节及纪念日放假办法, art. 2): off in every year, published or not, so that even a
 * provisional deadline never says 1 January.
 */
const FIXED_HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

function isWeekend(on: Day): boolean {
  const weekday = weekdayOf(on);
  return weekday === 0 || weekday === 6;
}
