import { day } from '../day.js';
import { dayShort, dayWords, instantShort, instantWords, remainingWords } from './words.js';

it.each([
  ['no padding, GB/T 9704', '2026-03-05', '2026年3月5日', '3月5日'],
  ['two digits', '2026-11-22', '2026年11月22日', '11月22日'],
])('a day: %s', (_, of, words, short) => {
  expect([dayWords(day(of)), dayShort(day(of))]).toEqual([words, short]);
});

it.each([
  ['Sunday evening', '2026-11-22T18:00:00+08:00', '2026年11月22日（周日）18:00', '11-22 18:00'],
  ['midnight belongs to the new day', '2026-03-16T16:00:00Z', '2026年3月17日（周二）00:00', '03-17 00:00'],
  ['Saturday', '2026-05-09T09:05:59+08:00', '2026年5月9日（周六）09:05', '05-09 09:05'],
])('an instant: %s', (_, instant, words, short) => {
  expect([instantWords(new Date(instant)), instantShort(new Date(instant))]).toEqual([words, short]);
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  ['D4-21 a limit of 24 hours counts in hours from its first minute', DAY, '还剩 24 小时'],
  ['a moment more', DAY + 1, '还剩 1 天'],
  ['days are rounded down', 2 * DAY + 23 * HOUR, '还剩 2 天'],
  ['hours are rounded down', 6 * HOUR - 1, '还剩 5 小时'],
  ['under an hour', HOUR - 1, '还剩 59 分钟'],
  ['under a minute', MINUTE - 1, '还剩不到 1 分钟'],
  ['the due instant itself is in time', 0, '还剩不到 1 分钟'],
  ['just over', -1, '已超不到 1 分钟'],
  ['minutes over', -5 * MINUTE, '已超 5 分钟'],
  ['hours over', -3 * HOUR, '已超 3 小时'],
  ['days over', -(2 * DAY), '已超 2 天'],
])('%s', (_, left, words) => {
  const due = new Date('2026-11-22T18:00:00+08:00');
  expect(remainingWords(new Date(due.getTime() - left), due)).toBe(words);
});
