import { addWorkingDays, lastDayOfPeriod } from '../../kernel/working-days.js';
import type { DayCalendar } from '../../kernel/working-days.js';
import { dayOf, endOfDay } from '../../kernel/day.js';

/**
 * How long a duty may take. Hours run by the clock, nights and holidays included (domain.md 2.1: pay within 24 hours
 * of the approval). Days are counted from the day after `from` (民法典 201), and end at 24:00 of the last one.
 */
export type DueRule = {
  readonly unit: 'hours' | 'natural-days' | 'working-days';
  readonly count: number;
  readonly from: Date;
};

export type Due = {
  readonly dueAt: Date;
  /** The count ran into a year whose holidays nobody has published yet: it is made anew when they are. */
  readonly provisional: boolean;
};

const HOUR_MS = 3_600_000;

/** When a duty is due. Working days know make-up Saturdays; the last natural day rolls off a holiday (民法典 203). */
export function dueOf(rule: DueRule, calendar: DayCalendar): Due {
  if (!Number.isInteger(rule.count) || rule.count < 1)
    throw new Error('A duty is due after one hour or day, or more');
  switch (rule.unit) {
    case 'hours':
      return { dueAt: new Date(rule.from.getTime() + rule.count * HOUR_MS), provisional: false };
    case 'natural-days': {
      const period = lastDayOfPeriod(dayOf(rule.from), rule.count, 'natural', calendar);
      return { dueAt: endOfDay(period.lastDay), provisional: period.provisional };
    }
    case 'working-days': {
      const deadline = addWorkingDays(dayOf(rule.from), rule.count, calendar);
      return { dueAt: endOfDay(deadline.day), provisional: deadline.provisional };
    }
  }
}

/** A rule as the row keeps it. The rule stays beside its result, so that a new calendar can be applied to it. */
export type StoredRule = { readonly unit: DueRule['unit']; readonly count: number; readonly from: string };

export function storedRuleOf(rule: DueRule): StoredRule {
  return { unit: rule.unit, count: rule.count, from: rule.from.toISOString() };
}

export function ruleOf(stored: StoredRule): DueRule {
  return { unit: stored.unit, count: stored.count, from: new Date(stored.from) };
}
