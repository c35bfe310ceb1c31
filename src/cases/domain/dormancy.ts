import { addDays, dateOf, day, monthOf, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';

/**
 * A society that does nothing for a year may be struck off (社会团体登记管理条例, art. 29; D4-60). It is reminded at nine
 * months and alarmed at eleven, to the day.
 */
export const REMINDER_MONTHS = 9;
export const ALARM_MONTHS = 11;
export const STRUCK_OFF_MONTHS = 12;

export type Dormancy = {
  readonly state: 'ACTIVE' | 'REMINDER' | 'ALARM';
  readonly lastActiveOn: Day;
  /** The day on which the year is full. */
  readonly yearFullOn: Day;
};

export function dormancyOf(lastActiveOn: Day, today: Day): Dormancy {
  const after = (months: number) => today >= addMonths(lastActiveOn, months);
  const state = after(ALARM_MONTHS) ? 'ALARM' : after(REMINDER_MONTHS) ? 'REMINDER' : 'ACTIVE';
  return { state, lastActiveOn, yearFullOn: addMonths(lastActiveOn, STRUCK_OFF_MONTHS) };
}

/** The same date so many months later; where that month has no such date, its last day (民法典 202). */
export function addMonths(to: Day, count: number): Day {
  const months = yearOf(to) * 12 + monthOf(to) - 1 + count;
  const firstOf = (month: number) =>
    day(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`);
  const last = addDays(firstOf(months + 1), -1);
  return addDays(firstOf(months), Math.min(dateOf(to), dateOf(last)) - 1);
}
