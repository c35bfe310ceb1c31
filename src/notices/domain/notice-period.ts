import { dayShort, dayWords } from '../../kernel/chinese/words.js';
import { addDays, addHours, dayOf, daysBetween, endOfDay, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { lastDayOfPeriod } from '../../kernel/working-days.js';
import type { DayCalendar, DayKind, Period } from '../../kernel/working-days.js';
import { filled, textOf } from './notice-texts.js';
import type { OwnTexts } from './notice-texts.js';

export type Length = { readonly noticeDays: number; readonly noticeDayKind: DayKind };

/** A posting is believed by its photo, and the photo must come within a day (domain.md 2.3). */
export const PHOTO_HOURS = 24;

/** A signature promises a posting soon: what hangs weeks later would say old dates. */
export const MOST_DAYS_TO_POSTING = 15;

export type RunningPeriod = Period & {
  /** 24:00 of the last day. */
  readonly endsAt: Date;
  /** The act from which the days are counted: the posting, or the late photo. */
  readonly countedFrom: Date;
};

/** What the paper says before anybody has posted it: 公示期：张贴次日起7日（计划3月10日至3月16日）。 */
export function plannedPeriodWords(
  postingOn: Day,
  length: Length & { readonly texts?: OwnTexts },
  calendar: DayCalendar,
): string {
  const { firstDay, lastDay, provisional } = periodFrom(postingOn, length, calendar);
  const days = length.noticeDayKind === 'working' ? '个工作日' : '日';
  const years = yearOf(firstDay) !== yearOf(lastDay) || yearOf(firstDay) !== yearOf(postingOn);
  const words = years ? dayWords : dayShort;
  const proviso = provisional ? '，以放假安排公布后为准' : '';
  return filled(textOf('PERIOD', length.texts), {
    期限: `${length.noticeDays}${days}`,
    起止: `${words(firstDay)}至${words(lastDay)}${proviso}`,
  });
}

/**
 * The real period. It starts the day after the posting; where the photo came later than 24 hours, the day after the day
 * the photo was handed in (D4-28). A last day on a holiday moves on (民法典 203, D4-26).
 */
export function runningPeriod(
  posting: { readonly postedAt: Date; readonly photoAt: Date },
  length: Length,
  calendar: DayCalendar,
): RunningPeriod {
  const inTime = posting.photoAt <= addHours(posting.postedAt, PHOTO_HOURS);
  const countedFrom = inTime ? posting.postedAt : posting.photoAt;
  const period = periodFrom(dayOf(countedFrom), length, calendar);
  return { ...period, endsAt: endOfDay(period.lastDay), countedFrom };
}

/**
 * The same period by the calendar of today: a list published since may have moved its last day; a paper that was gone from
 * its wall for some days hangs so many natural days longer, and again to no holiday (domain.md 2.3).
 */
export function periodAgain(
  firstDay: Day,
  length: Length,
  calendar: DayCalendar,
  extendedDays = 0,
): Period & { readonly endsAt: Date } {
  const planned = periodFrom(addDays(firstDay, -1), length, calendar);
  const longer =
    extendedDays === 0 ? planned : lastDayOfPeriod(planned.lastDay, extendedDays, 'natural', calendar);
  const period = {
    ...planned,
    lastDay: longer.lastDay,
    provisional: planned.provisional || longer.provisional,
  };
  return { ...period, endsAt: endOfDay(period.lastDay) };
}

function periodFrom(from: Day, { noticeDays, noticeDayKind }: Length, calendar: DayCalendar): Period {
  return lastDayOfPeriod(from, noticeDays, noticeDayKind, calendar);
}

export type PlanFault = 'past' | 'far';

/** Whether the posting may be planned for that day. */
export function planFault(postingOn: Day, today: Day): PlanFault | null {
  if (postingOn < today) return 'past';
  return daysBetween(today, postingOn) > MOST_DAYS_TO_POSTING ? 'far' : null;
}

export type PostingFault = 'future' | 'before-signing';

/** A minute is forgiven: clocks of phones differ, and a form says no seconds. */
const SLACK_MS = 60_000;

export function postingFault(postedAt: Date, signedAt: Date, now: Date): PostingFault | null {
  if (postedAt.getTime() > now.getTime() + SLACK_MS) return 'future';
  return postedAt.getTime() < signedAt.getTime() - SLACK_MS ? 'before-signing' : null;
}
