import { addDays, addHours, dayOf, startOfDay, timeOf } from '../../kernel/day.js';

export const MESSAGE_STATES = ['WAITING', 'SENT', 'FAILED', 'DROPPED'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const MESSAGE_STATE_WORDS: Readonly<Record<MessageState, string>> = {
  WAITING: '等着发',
  SENT: '发出去了',
  FAILED: '没发出去',
  DROPPED: '不用发了',
};

/** Why a text that was written down is not sent after all. */
export const DROPPED_WORDS = {
  ENDED: '事情已经办完',
  LATE: '过了有效期',
  REFUSED: '本人说不再收',
  FULL: '这个号码今天收得够多了',
  ERASED: '本人信息已删除',
} as const;
export type Dropped = keyof typeof DROPPED_WORDS;

/** Why a text was not even tried: its words and number are sealed, and do not open. */
export const UNOPENED_WORDS = '这条短信打不开';

const MINUTE_MS = 60_000;

/** How long after each try that failed the next one follows; after the last it has failed [P]. */
export const RETRY_AFTER_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * 60 * MINUTE_MS,
  5 * 60 * MINUTE_MS,
];
/** The first try, and one after each wait. */
export const MOST_TRIES = RETRY_AFTER_MS.length + 1;

/** Whoever sends keeps the text so long; an operator's answer is waited for much shorter. */
export const LEASE_MS = 2 * MINUTE_MS;

/** Who holds a text until later than this took it by a clock that ran ahead: it is free. */
export const noLeaseAfter = (now: Date): Date => new Date(now.getTime() + 2 * LEASE_MS);

/** So many texts of ours one number gets in a day of China, whoever writes them; one-time codes are not counted [P]. */
export const MOST_A_DAY = 10;

/** So long after it failed a text may still be sent by hand; then number and words are erased [P]. */
export const FAILED_KEPT_DAYS = 7;

/** What went out is counted so far back. */
export const COUNTED_DAYS = 30;

/** When the next try is due after `tries` that failed; null when it is given up. */
export function nextTryAt(tries: number, failedAt: Date): Date | null {
  const wait = RETRY_AFTER_MS[tries - 1];
  return wait === undefined ? null : sendableFrom(new Date(failedAt.getTime() + wait));
}

const [WAKES, SLEEPS] = ['07:00', '22:00'] as const;
const HOURS_TO_WAKE = 7;

/** Between 22:00 and 7:00 in China no phone rings for us: the moment itself, or seven in the morning after it. */
export function sendableFrom(at: Date): Date {
  const time = timeOf(at);
  if (time >= WAKES && time < SLEEPS) return at;
  const day = time < WAKES ? dayOf(at) : addDays(dayOf(at), 1);
  return addHours(startOfDay(day), HOURS_TO_WAKE);
}

/** Seven in the morning of the day after, where a number has had its share of this one. */
export function tomorrowMorning(at: Date): Date {
  return addHours(startOfDay(addDays(dayOf(at), 1)), HOURS_TO_WAKE);
}

/** "尾号 5678": all that is left of a number once a text was written down. */
export function tailOf(number: string): string {
  return number.slice(-4);
}
