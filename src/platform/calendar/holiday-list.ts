import { parseDay, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { HolidayListRefused } from './calendar.errors.js';

export type DayMark = 'holiday' | 'makeup';

export type ListedDay = { readonly day: Day; readonly kind: DayMark; readonly name: string };

export type HolidayList = { readonly year: number; readonly days: readonly ListedDay[] };

const MOST_DAYS = 100;
const LONGEST_NAME = 40;

/**
 * Reads the list of one year as the repository holiday-cn publishes it:
 * `{ "year": 2026, "days": [{ "name": "元旦", "date": "2026-01-01", "isOffDay": true }] }`.
 */
export function readHolidayList(text: string): HolidayList {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new HolidayListRefused('文件不是 JSON 格式');
  }
  if (!isObject(json) || !Number.isInteger(json['year']) || !Array.isArray(json['days']))
    throw new HolidayListRefused('文件里没有 year 和 days 两项');
  return checkedList({
    year: Number(json['year']),
    days: json['days'].map((entry: unknown, i) => readEntry(entry, i + 1)),
  });
}

function readEntry(entry: unknown, line: number): ListedDay {
  if (!isObject(entry)) throw new HolidayListRefused(`第${line}条不是一天的记录`);
  const { name, date, isOffDay } = entry;
  const day = typeof date === 'string' ? parseDay(date) : null;
  if (day === null) throw new HolidayListRefused(`第${line}条的日期不存在`);
  if (typeof name !== 'string' || name.trim() === '' || name.trim().length > LONGEST_NAME)
    throw new HolidayListRefused(`第${line}条没有节日名称，或名称超过${LONGEST_NAME}个字`);
  if (typeof isOffDay !== 'boolean') throw new HolidayListRefused(`第${line}条没有写明放假还是上班`);
  return { day, kind: isOffDay ? 'holiday' : 'makeup', name: name.trim() };
}

/**
 * A list is taken whole or not at all. A year not yet published is an empty file there: taken as it is, it would make
 * every holiday of that year a working day, and nobody would see it (domain.md 4, row 25).
 */
export function checkedList(list: HolidayList): HolidayList {
  const { year, days } = list;
  if (year < 2000 || year > 2100) throw new HolidayListRefused(`${year}年不在可导入的年份内`);
  if (days.length > MOST_DAYS)
    throw new HolidayListRefused(`${year}年的名单有${days.length}天，超过${MOST_DAYS}天`);
  for (const { day } of days) {
    const december = yearOf(day) === year - 1 && day.slice(5, 7) === '12';
    if (yearOf(day) !== year && !december) throw new HolidayListRefused(`${day} 不属于${year}年的名单`);
  }
  if (new Set(days.map(({ day }) => day)).size !== days.length)
    throw new HolidayListRefused(`${year}年的名单里有重复的日期`);
  for (const festival of ['元旦', '春节', '劳动节', '国庆']) {
    if (!days.some(({ kind, name }) => kind === 'holiday' && name.includes(festival)))
      throw new HolidayListRefused(`${year}年的名单里没有${festival}，可能尚未公布完整`);
  }
  return list;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
