import { createRequire } from 'node:module';
import { day, yearOf } from '../../kernel/day.js';
import type { DayMark, HolidayList, ListedDay } from './holiday-list.js';

/** Each day with "English,中文,days off": `"2026-01-01": "New Year's Day,元旦,1"`. */
type Package = {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
};

export const PACKAGE_SOURCE = 'chinese-days 1.5.7';

/**
 * The lists of the years that the package has, 2004 to 2026. Only its data file is read. Its functions answer for any
 * year, and for one that it does not know they say that every weekday is worked, 1 January too; besides, west of
 * Greenwich they are a day off.
 */
export function publishedYears(): HolidayList[] {
  const lists = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as Package;
  const days = [...marked(lists.holidays, 'holiday'), ...marked(lists.workdays, 'makeup')];
  const years = [...new Set(days.map((listed) => yearOf(listed.day)))].sort((a, b) => a - b);
  return years.map((year) => ({ year, days: days.filter((listed) => yearOf(listed.day) === year) }));
}

function marked(days: Readonly<Record<string, string>>, kind: DayMark): ListedDay[] {
  return Object.entries(days).map(([text, words]) => ({ day: day(text), kind, name: nameIn(words) }));
}

const nameIn = (words: string) => (words.split(',')[1] ?? words).slice(0, 40);
