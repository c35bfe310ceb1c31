import { dateOf, dayOf, monthOf, timeOf, weekdayOf, yearOf } from '../day.js';
import type { Day } from '../day.js';

const WEEKDAYS = '日一二三四五六';

/** "2026年3月5日": Arabic and without padding, as GB/T 9704 has it. */
export function dayWords(of: Day): string {
  return `${yearOf(of)}年${dayShort(of)}`;
}

/** "3月5日" */
export function dayShort(of: Day): string {
  return `${monthOf(of)}月${dateOf(of)}日`;
}

/** "2026年11月22日（周日）18:00", the clock of China. */
export function instantWords(instant: Date): string {
  const of = dayOf(instant);
  return `${dayWords(of)}（周${WEEKDAYS.charAt(weekdayOf(of))}）${timeOf(instant)}`;
}

/** "11-22 15:20", for timelines and tables. */
export function instantShort(instant: Date): string {
  return `${dayOf(instant).slice(5)} ${timeOf(instant)}`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * "还剩 2 天", "还剩 5 小时", "已超 3 小时". Always rounded down, so that it promises no time that is not there; a limit of 24
 * hours counts in hours from its first minute. The due instant itself is still in time.
 */
export function remainingWords(now: Date, due: Date): string {
  const left = due.getTime() - now.getTime();
  return left >= 0 ? `还剩${spanWords(left)}` : `已超${spanWords(-left)}`;
}

function spanWords(span: number): string {
  if (span > DAY_MS) return ` ${Math.floor(span / DAY_MS)} 天`;
  if (span >= HOUR_MS) return ` ${Math.floor(span / HOUR_MS)} 小时`;
  if (span >= MINUTE_MS) return ` ${Math.floor(span / MINUTE_MS)} 分钟`;
  return '不到 1 分钟';
}
