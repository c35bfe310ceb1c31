import { addWorkingDays, lastDayOfPeriod } from '../../src/kernel/working-days.js';
import { day } from '../../src/kernel/day.js';
import { Calendar, readHolidayList } from '../../src/platform/calendar/calendar.js';
import { CalendarDay, CalendarYear } from '../../src/platform/calendar/calendar-day.entity.js';
import { Reads } from '../../src/platform/database/reads.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { HandClock } from '../../src/platform/clocks.js';
import type { DataSource } from 'typeorm';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

/** As holiday-cn would publish it; that 31 December 2026 is off and the 26th worked is invented. */
const OF_2027 = JSON.stringify({
  year: 2027,
  papers: [],
  days: [
    { name: '元旦', date: '2026-12-26', isOffDay: false },
    { name: '元旦', date: '2026-12-31', isOffDay: true },
    { name: '元旦', date: '2027-01-01', isOffDay: true },
    { name: '元旦', date: '2027-01-02', isOffDay: true },
    { name: '元旦', date: '2027-01-03', isOffDay: true },
    { name: '春节', date: '2027-02-06', isOffDay: true },
    { name: '劳动节', date: '2027-05-01', isOffDay: true },
    { name: '国庆节', date: '2027-10-01', isOffDay: true },
  ],
});

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;
  let calendar: Calendar;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    transactions = new Transactions(dataSource);
    calendar = new Calendar(new Reads(dataSource), new HandClock('2026-11-22T10:00:00.000Z'));
  });

  beforeEach(async () => {
    await transactions.run(async (tx) => {
      await tx.change`DELETE FROM calendar_days`;
      await tx.change`DELETE FROM calendar_years`;
      await calendar.fillFromPackage(tx);
    });
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const importList = (text: string, source = '国办发明电〔2026〕×号') => {
    const { year, days } = readHolidayList(text);
    return transactions.run((tx) => calendar.importYear(tx, year, days, source));
  };

  it('the package fills 2004 to 2026, and 2027 is not covered', async () => {
    const of = await calendar.load();
    expect([2003, 2004, 2026, 2027].map((year) => of.covers(year))).toEqual([false, true, true, false]);
    expect(of.isHoliday(day('2026-02-20'))).toBe(true);
    expect(of.isMakeUp(day('2026-05-09'))).toBe(true);
  });

  it('filling again adds nothing', async () => {
    const before = await dataSource.getRepository(CalendarDay).count();
    expect(await transactions.run((tx) => calendar.fillFromPackage(tx))).toEqual({ years: [] });
    expect(await dataSource.getRepository(CalendarDay).count()).toBe(before);
  });

  it('D4-26 7 natural days posted 2026-02-13: 02-20 is a holiday, so they end on 2026-02-24', async () => {
    expect(lastDayOfPeriod(day('2026-02-13'), 7, 'natural', await calendar.load())).toEqual({
      firstDay: '2026-02-14',
      lastDay: '2026-02-24',
      provisional: false,
    });
  });

  it('D4-25 +1 working day from 2026-12-31 is provisional, never 2027-01-01, and certain once 2027 is imported', async () => {
    const from = day('2026-12-31');
    expect(addWorkingDays(from, 1, await calendar.load())).toEqual({ day: '2027-01-04', provisional: true });
    await importList(OF_2027);
    expect(addWorkingDays(from, 1, await calendar.load())).toEqual({ day: '2027-01-04', provisional: false });
  });

  it('D4-25 the list of 2027 reaches back into December 2026', async () => {
    const from = day('2026-12-25');
    expect(addWorkingDays(from, 4, await calendar.load())).toEqual({ day: '2026-12-31', provisional: true });
    await importList(OF_2027);
    expect(addWorkingDays(from, 4, await calendar.load())).toEqual({ day: '2026-12-30', provisional: false });
  });

  it('the unit that imports sees the new year at once, others only when it is committed', async () => {
    const { year, days } = readHolidayList(OF_2027);
    const [inside, outside] = await transactions.run(async (tx) => {
      await calendar.importYear(tx, year, days, 'x');
      return [(await calendar.load(tx)).covers(2027), (await calendar.load()).covers(2027)];
    });
    expect([inside, outside]).toEqual([true, false]);
    expect((await calendar.load()).covers(2027)).toBe(true);
  });

  it('a list imported again takes the place of the first, its source too', async () => {
    await importList(OF_2027);
    const longer = OF_2027.replace('"2027-02-06"', '"2027-02-05"');
    await importList(longer, '国办发明电〔2027〕1号');
    await importList(longer, '国办发明电〔2027〕1号');
    const of = await calendar.load();
    expect([of.isHoliday(day('2027-02-05')), of.isHoliday(day('2027-02-06'))]).toEqual([true, false]);
    expect(await dataSource.getRepository(CalendarYear).findOneBy({ year: 2027 })).toMatchObject({
      source: '国办发明电〔2027〕1号',
      importedAt: new Date('2026-11-22T10:00:00.000Z'),
    });
  });

  it('of a day that two lists name, the later list decides, whichever comes last', async () => {
    const of2026 = (await dataSource.getRepository(CalendarDay).findBy({ listYear: 2026 })).map(
      ({ day: on, kind, name }) => ({ day: on, kind, name }),
    );
    const with31 = [...of2026, { day: day('2026-12-31'), kind: 'makeup' as const, name: '元旦' }];
    await transactions.run((tx) => calendar.importYear(tx, 2026, with31, 'x'));
    await importList(OF_2027);
    expect((await calendar.load()).isHoliday(day('2026-12-31'))).toBe(true);
    await transactions.run((tx) => calendar.importYear(tx, 2026, with31, 'x'));
    const of = await calendar.load();
    expect([of.isHoliday(day('2026-12-31')), of.isMakeUp(day('2026-12-31'))]).toEqual([true, false]);
  });

  it('a list that somebody imported is not overwritten by the package', async () => {
    const of2026 = OF_2027.replaceAll('2026-', '2025-').replaceAll('2027', '2026');
    const { days } = readHolidayList(of2026);
    await transactions.run((tx) => calendar.importYear(tx, 2026, days, 'x'));
    await transactions.run((tx) => calendar.fillFromPackage(tx));
    expect((await calendar.load()).isHoliday(day('2026-02-20'))).toBe(false);
  });

  it('D4-25 an unfinished list is refused and changes nothing', async () => {
    const refused = transactions.run((tx) => calendar.importYear(tx, 2027, [], 'x'));
    await expect(refused).rejects.toMatchObject({ code: 'HOLIDAY_LIST_REFUSED', kind: 'invalid' });
    expect((await calendar.load()).covers(2027)).toBe(false);
  });

  it('ten servers that start at once fill it once', async () => {
    await transactions.run(async (tx) => {
      await tx.change`DELETE FROM calendar_days`;
      await tx.change`DELETE FROM calendar_years`;
    });
    const fill = () => transactions.run((tx) => calendar.fillFromPackage(tx));
    const filled = await Promise.all(Array.from({ length: 10 }, fill));
    expect(filled.flatMap(({ years }) => years)).toHaveLength(23);
    expect(await dataSource.getRepository(CalendarYear).count()).toBe(23);
  });

  describe('what was read is read again only when a list has changed', () => {
    /** How often the days are asked for while `work` runs. */
    const readingsIn = async (work: () => Promise<unknown>): Promise<number> => {
      let readings = 0;
      const { logger } = dataSource;
      dataSource.logger = new Proxy(logger, {
        get: (target, name) =>
          name === 'logQuery'
            ? (sql: string) => void (readings += sql.endsWith(' FROM calendar_days') ? 1 : 0)
            : (Reflect.get(target, name) as unknown),
      });
      await work().finally(() => (dataSource.logger = logger));
      return readings;
    };
    const threeLoads = async () => {
      await calendar.load();
      await transactions.run(async (tx) => [await calendar.load(tx), await calendar.load(tx)]);
    };

    it('three deadlines, one reading; none at the next', async () => {
      expect(await readingsIn(threeLoads)).toBe(1);
      expect(await readingsIn(threeLoads)).toBe(0);
    });

    it('a list that another program imported at the same instant counts at once', async () => {
      expect((await calendar.load()).isHoliday(day('2027-01-03'))).toBe(false);
      const other = new Calendar(new Reads(dataSource), new HandClock('2026-11-22T10:00:00.000Z'));
      const { year, days } = readHolidayList(OF_2027);
      const without = days.filter((listed) => listed.day !== '2027-01-03');
      await transactions.run((tx) => other.importYear(tx, year, without, 'first'));
      expect((await calendar.load()).isHoliday(day('2027-01-03'))).toBe(false);
      await transactions.run((tx) => other.importYear(tx, year, days, 'second'));
      expect((await calendar.load()).isHoliday(day('2027-01-03'))).toBe(true);
    });

    it('an import that was rolled back is not remembered', async () => {
      const { year, days } = readHolidayList(OF_2027);
      const undone = transactions.run(async (tx) => {
        await calendar.importYear(tx, year, days, 'undone');
        expect((await calendar.load(tx)).covers(2027)).toBe(true);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect((await calendar.load()).covers(2027)).toBe(false);
    });
  });
});
