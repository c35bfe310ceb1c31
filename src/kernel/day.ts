declare const kind: unique symbol;
/** A calendar day in China, `YYYY-MM-DD`. Days compare as text: `'2026-03-05' < '2026-03-10'`. */
export type Day = string & { readonly [kind]: 'day' };

/** China keeps one time zone and has had no summer time since 1991. */
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day written in `text`, or null when there is no such day in the calendar. Asked for every day of every row. */
export function parseDay(text: string): Day | null {
  const [, year, month, date] = SHAPE.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const longest = LONGEST[month - 1] ?? 0;
  const isThere = date >= 1 && date <= longest && (month !== 2 || date < 29 || isLeap(year));
  return isThere ? (text as Day) : null;
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The one way in: every day passes here, whether typed by a person or read from a row. */
export function day(text: string): Day {
  const read = parseDay(text);
  if (read === null) throw new RangeError(`Not a day of the calendar: ${text}`);
  return read;
}

/** The day on which `instant` falls for people in China. */
export function dayOf(instant: Date): Day {
  return day(new Date(instant.getTime() + SHANGHAI_AHEAD_MS).toISOString().slice(0, 10));
}

/** The clock time of `instant` in China, "18:00". */
export function timeOf(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_AHEAD_MS).toISOString().slice(11, 16);
}

export function yearOf(of: Day): number {
  return Number(of.slice(0, 4));
}

export function monthOf(of: Day): number {
  return Number(of.slice(5, 7));
}

/** The day of its month: 5 for 2026-03-05. */
export function dateOf(of: Day): number {
  return Number(of.slice(8, 10));
}

export function addDays(to: Day, count: number): Day {
  return day(new Date(utcOf(to) + count * DAY_MS).toISOString().slice(0, 10));
}

/** How many days `to` lies after `from`; negative when before. */
export function daysBetween(from: Day, to: Day): number {
  return (utcOf(to) - utcOf(from)) / DAY_MS;
}

/** 0:00 of the day in China. */
export function startOfDay(of: Day): Date {
  return new Date(utcOf(of) - SHANGHAI_AHEAD_MS);
}

/** 24:00 of the day in China, which is the first instant that no longer belongs to it. */
export function endOfDay(of: Day): Date {
  return startOfDay(addDays(of, 1));
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(of: Day): number {
  return new Date(utcOf(of)).getUTCDay();
}

/** A time limit in hours runs by the clock, through nights and holidays (domain.md 4, row 21). */
export function addHours(to: Date, count: number): Date {
  return new Date(to.getTime() + count * 3_600_000);
}

const utcOf = (of: Day) => Date.parse(`${of}T00:00:00.000Z`);
