import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { calendarOf } from '../../kernel/working-days.js';
import type { DayCalendar } from '../../kernel/working-days.js';
import { breaksUnique, StaleSnapshot } from '../database/errors.js';
import { Reads } from '../database/reads.js';
import type { Tx } from '../database/transactions.js';
import { CalendarDay, CalendarYear } from './calendar-day.entity.js';
import { checkedList } from './holiday-list.js';
import type { DayMark, HolidayList, ListedDay } from './holiday-list.js';
import { PACKAGE_SOURCE, publishedYears } from './published-years.js';

export { readHolidayList } from './holiday-list.js';
export type { HolidayList, ListedDay } from './holiday-list.js';

/** Years before days: a day points at the list that names it. */
export const calendarEntities = [CalendarYear, CalendarDay];

const YEAR_KEY = { name: 'PRIMARY', columns: 'calendar_years.year' };

type DayRow = { readonly day: Day; readonly kind: DayMark };
type YearRow = { readonly year: number };
type EditionRow = YearRow & { readonly edition: string };

/** The holidays and make-up days of the years that have been published, in the database and nowhere else. */
@Injectable()
export class Calendar {
  /** Read once: the database holds hundreds of days. */
  private known: { readonly editions: string; readonly days: DayCalendar } | null = null;
  /** A command may count four deadlines, and looks once. */
  private readonly seen = new WeakMap<Tx, DayCalendar>();

  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** As committed; with a `tx`, as that unit of work sees it, an import just made included. */
  async load(tx?: Tx): Promise<DayCalendar> {
    if (!tx) return this.read();
    const days = this.seen.get(tx) ?? (await this.read(tx));
    this.seen.set(tx, days);
    return days;
  }

  private async read(tx?: Tx): Promise<DayCalendar> {
    const years = tx
      ? await tx.read<EditionRow>`SELECT year AS "year", edition AS "edition" FROM calendar_years ORDER BY year`
      : await this.reads
          .all<EditionRow>`SELECT year AS "year", edition AS "edition" FROM calendar_years ORDER BY year`;
    const editions = years.map((row) => `${row.year}:${row.edition}`).join();
    if (this.known?.editions === editions) return this.known.days;
    const days = await this.daysOf(years, tx);
    this.known = { editions, days };
    return days;
  }

  private async daysOf(years: readonly YearRow[], tx?: Tx): Promise<DayCalendar> {
    const days = tx
      ? await tx.read<DayRow>`SELECT day AS "day", kind AS "kind" FROM calendar_days`
      : await this.reads.all<DayRow>`SELECT day AS "day", kind AS "kind" FROM calendar_days`;
    const of = (kind: DayMark) => days.filter((row) => row.kind === kind).map((row) => row.day);
    return calendarOf({
      years: years.map((row) => row.year),
      holidays: of('holiday'),
      makeUps: of('makeup'),
    });
  }

  /** Enters the years that the package knows and the table does not. A list that somebody imported is left alone. */
  async fillFromPackage(tx: Tx): Promise<{ years: number[] }> {
    const known = await tx.read<YearRow>`SELECT year AS "year" FROM calendar_years`;
    const entered = new Set(known.map((row) => row.year));
    const missing = publishedYears().filter((list) => !entered.has(list.year));
    for (const list of missing) await this.enter(tx, list, PACKAGE_SOURCE);
    return { years: missing.map((list) => list.year) };
  }

  /**
   * Takes the list of a year, in place of an earlier one of the same year: in 2020 the State Council lengthened the
   * Spring Festival while it ran. Open deadlines are counted anew by whoever keeps them.
   */
  async importYear(tx: Tx, year: number, days: readonly ListedDay[], source: string): Promise<void> {
    await this.enter(tx, checkedList({ year, days }), source);
  }

  private async enter(tx: Tx, { year, days }: HolidayList, source: string): Promise<void> {
    this.seen.delete(tx);
    const importedAt = this.clock.now();
    const edition = randomUUID();
    const renewed = await tx.change`
      UPDATE calendar_years SET source = ${source}, imported_at = ${importedAt}, edition = ${edition}
      WHERE year = ${year}`;
    if (renewed === 0) await this.open(tx, { year, source, importedAt, edition });
    await tx.change`DELETE FROM calendar_days WHERE list_year = ${year}`;
    const rows = (await this.unspoken(tx, year, days)).map((listed) => ({ ...listed, listYear: year }));
    if (rows.length > 0) await tx.insert(CalendarDay, rows);
  }

  private async open(tx: Tx, row: CalendarYear): Promise<void> {
    try {
      await tx.insert(CalendarYear, row);
    } catch (error) {
      throw breaksUnique(error, YEAR_KEY) ? new StaleSnapshot('The year was just entered') : error;
    }
  }

  /** Of a day of December that two lists name, the later list decides: clears it, or leaves it out. */
  private async unspoken(tx: Tx, year: number, days: readonly ListedDay[]): Promise<ListedDay[]> {
    for (const { day } of days.filter((listed) => yearOf(listed.day) < year))
      await tx.change`DELETE FROM calendar_days WHERE day = ${day} AND list_year < ${year}`;
    const later = await tx.read<DayRow>`
      SELECT day AS "day", kind AS "kind" FROM calendar_days WHERE list_year > ${year}`;
    const taken = new Set(later.map((row) => row.day));
    return days.filter((listed) => !taken.has(listed.day));
  }
}
