import type { DataSource } from 'typeorm';
import { OpenBooksReading } from '../../src/donations/index.js';
import { day, dayOf, yearOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import {
  LedgerService,
  MonthsQueries,
  MonthsRollup,
  MonthsVerifier,
  societiesInPages,
} from '../../src/ledger/index.js';
import { SocietyMonthsStore } from '../../src/ledger/society-months.store.js';
import { SocietiesQueries, SocietiesService } from '../../src/societies/index.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { givenUnion } from '../support/society.js';
import {
  accountantOf,
  accrueAndPay,
  booksOn,
  givenSociety,
  payBack,
  receive,
  reserve,
} from './books.given.js';
import type { Books } from './books.given.js';

type MonthRow = { month: string; in: number; out: number; grants: number };

async function monthsIn(dataSource: DataSource, societyId: string): Promise<MonthRow[]> {
  const rows = await dataSource.query<Record<keyof MonthRow, string | number>[]>(
    `SELECT month AS "month", in_fen AS "in", out_fen AS "out", grants AS "grants" FROM society_months
     WHERE society_id = ? ORDER BY month`,
    [societyId],
  );
  return rows.map((row) => ({
    month: String(row.month),
    in: Number(row.in),
    out: Number(row.out),
    grants: Number(row.grants),
  }));
}

describe.each(kinds)('$name: the months of a society', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let books: Books;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    books = booksOn(dataSource);
  });
  afterAll(async () => {
    expect(await books.months.check()).toEqual([]);
    await dataSource.destroy();
    await database.drop();
  });

  it('are kept by each posting: income, spending and grants, by the day of the voucher', async () => {
    const societyId = await givenSociety(books, 50_000);
    expect(await monthsIn(dataSource, societyId)).toEqual([]); // an opening balance is income of no month
    await receive(books, societyId, 7_000, { kind: 'FEE', receivedOn: day('2026-02-11') });
    await receive(books, societyId, 3_000, { kind: 'INTEREST' });
    await reserve(books, societyId, 20_000, `round-${societyId}`);
    const paid = await accrueAndPay(books, societyId, 20_000, `round-${societyId}`, 'CASH');
    expect(await monthsIn(dataSource, societyId)).toEqual([
      { month: '2026-02', in: 7_000, out: 0, grants: 0 },
      { month: '2026-03', in: 3_000, out: 20_000, grants: 1 },
    ]);
    await payBack(books, paid);
    expect((await monthsIn(dataSource, societyId))[1]).toEqual({
      ...{ month: '2026-03', in: 3_000, out: 0, grants: 0 },
    });
  });

  it('are as they were when the unit is refused after the posting', async () => {
    const societyId = await givenSociety(books);
    await receive(books, societyId, 100, { kind: 'FEE' });
    const before = await monthsIn(dataSource, societyId);
    await expect(
      books.transactions.run(async (tx) => {
        await new SocietyMonthsStore().add(tx, {
          day: day('2026-03-02'),
          reversalOf: null,
          lines: [line(societyId, '1002', 50), line(societyId, '4201', -50)],
        });
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(await monthsIn(dataSource, societyId)).toEqual(before);
  });

  it('are one row where ten book the first money of the month at once', async () => {
    const societyId = await givenSociety(books);
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => receive(books, societyId, i + 1, { kind: 'FEE' })),
    );
    expect(await monthsIn(dataSource, societyId)).toEqual([{ month: '2026-03', in: 55, out: 0, grants: 0 }]);
  });

  it('are a row each where ten neighbours do', async () => {
    const societies: string[] = [];
    for (let i = 0; i < 10; i++) societies.push(await givenSociety(books));
    await Promise.all(societies.map((id, i) => receive(books, id, i + 1, { kind: 'FEE' })));
    const sums = await Promise.all(societies.map(async (id) => (await monthsIn(dataSource, id))[0]?.in));
    expect(sums).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('are all looked at, some at a time, and each society once', async () => {
    const pages: (readonly string[])[] = [];
    for await (const page of societiesInPages(books.reads, 3)) pages.push(page);
    const rows = await dataSource.query<{ id: string }[]>(
      'SELECT society_id AS "id" FROM books UNION SELECT society_id AS "id" FROM society_months ORDER BY "id"',
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(pages.flat()).toEqual(rows.map(({ id }) => id));
    expect(Math.max(...pages.map(({ length }) => length))).toBe(3);
  });

  it.each([
    ['one fen more came in', 'in_fen = in_fen + 1', 'month'],
    ['one fen less was spent', 'out_fen = out_fen - 1', 'month'],
    ['one grant more was paid', 'grants = grants + 1', 'month'],
    ['it was told to the places above, and was not', 'pending = 0', 'month'],
  ])('control: that %s is found', async (_because, change, found) => {
    const societyId = await givenSociety(books);
    await receive(books, societyId, 100, { kind: 'FEE' });
    const set = (sql: string) =>
      books.transactions.run((tx) =>
        tx.change(
          Object.assign([`UPDATE society_months SET ${sql} WHERE society_id = `, ''], { raw: [] }),
          societyId,
        ),
      );
    await set(change);
    expect((await books.months.check()).map((finding) => [finding.kind, finding.subject])).toEqual([
      [found, `society_months/${societyId}/2026-03`],
    ]);
    await set('in_fen = 100, out_fen = 0, grants = 0, pending = 1');
  });
});

describe.each(kinds)('$name: the months of a place', (kind) => {
  let house: House;
  let village: Village;
  let neighbour: Village;
  let town: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 100_000 });
    neighbour = await givenVillage(house, { heldFen: 40_000 });
    town = (await codeOf(village.societyId)).slice(0, 9);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const codeOf = async (societyId: string) => {
    const { regionId } = await house.get(SocietiesQueries).society(societyId);
    const [row] = await house.dataSource.query<{ code: string }[]>(
      'SELECT code AS "code" FROM region_codes WHERE open_region_id = ?',
      [regionId],
    );
    return row?.code ?? '';
  };
  const inTown = async () => {
    const found = await house.get(MonthsQueries).ofPlace(town, 2026);
    if (!found) throw new Error('The town is not there');
    return found;
  };
  const receiveIn = (of: Village, amountFen: number) =>
    house.get(LedgerService).receive(as(of, 'accountant'), {
      ...{ kind: 'FEE', amountFen: fen(amountFen), note: '', receivedOn: dayOf(house.clock.now()) },
    });

  it('are what its societies told, once, however often they are asked', async () => {
    await house.get(MonthsRollup).rollDue();
    const before = (await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0);
    await receiveIn(village, 500);
    await receiveIn(neighbour, 70);
    expect((await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0)).toBe(before);
    await Promise.all([house.get(MonthsRollup).rollDue(), house.get(MonthsRollup).rollDue()]);
    await house.get(MonthsRollup).rollDue();
    expect((await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0)).toBe(before + 570);
  });

  it('miss nothing of what is booked while they are summed up', async () => {
    const before = (await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0);
    const bookings = Array.from({ length: 10 }, (_, i) => receiveIn(i % 2 ? village : neighbour, 10));
    const rounds = Array.from({ length: 5 }, () => house.get(MonthsRollup).rollDue());
    await Promise.all([...bookings, ...rounds]);
    await house.get(MonthsRollup).rollDue();
    expect((await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0)).toBe(before + 100);
  });

  it('are for each society what its open books say, month by month', async () => {
    const donorId = await givenDonor(village, { name: '演示捐赠人' });
    await give(village, 50_000, { donorId });
    await give(village, 2_000, { donorId, nature: 'FEE' });
    await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 60_000 });
    const books = await house.get(OpenBooksReading).read({
      ...{ boardCode: village.boardCode, purseCode: null, year: 2026, after: null },
    });
    const own = (await inTown()).parts.find(({ code }) => code === village.boardCode);
    expect(own?.months.map(({ month, inFen, outFen }) => [month, inFen, outFen])).toEqual(
      books.months
        .filter(({ inFen, outFen }) => inFen !== 0 || outFen !== 0)
        .map(({ month, inFen, outFen }) => [`2026-${String(month).padStart(2, '0')}`, inFen, outFen]),
    );
    expect(own?.months.reduce((sum, { grants }) => sum + grants, 0)).toBe(1);
  });

  it('of all places together are the sum of the widest', async () => {
    await house.get(MonthsRollup).rollDue();
    const all = await house.get(MonthsQueries).ofPlace(null, 2026);
    const parts = all?.parts.flatMap((part) => part.months) ?? [];
    expect(all?.months.reduce((sum, { inFen }) => sum + inFen, 0)).toBe(
      parts.reduce((sum, { inFen }) => sum + inFen, 0),
    );
    expect(parts.length).toBeGreaterThan(0);
    expect(await house.get(MonthsQueries).ofPlace('999999', 2026)).toBeNull();
  });

  it('goes on where the last stroke stopped: not more than so many units in one', async () => {
    const rollup = house.get(MonthsRollup);
    await rollup.rollDue();
    const before = (await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0);
    await house.dataSource.transaction((manager) => manager.query('UPDATE society_months SET pending = 1'));
    await receiveIn(neighbour, 30);
    expect(await rollup.rollDue(0)).toBe(0);
    expect((await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0)).toBe(before);
    expect(await rollup.rollDue()).toBeGreaterThan(0);
    expect((await inTown()).months.reduce((sum, { inFen }) => sum + inFen, 0)).toBe(before + 30);
    expect(await rollup.rollDue()).toBe(0);
  });

  it('of two that became one are one: its months are both added, in its county and of itself', async () => {
    const [one, other] = [await givenUnion(house), await givenUnion(house)];
    for (const [societyId, amountFen] of [
      [one, 400],
      [other, 50],
    ] as const)
      await house.get(LedgerService).receive(accountantOf(societyId), {
        ...{ kind: 'FEE', amountFen: fen(amountFen), note: '', receivedOn: dayOf(house.clock.now()) },
      });
    await house.get(MonthsRollup).rollDue();
    const merged = { name: '柳汇镇', level: 'TOWN', parentCode: '990122', validUntil: null } as const;
    const validFrom = dayOf(house.clock.now());
    for (const societyId of [one, other])
      await house
        .get(SocietiesService)
        .importRegions(callerOf({ roles: ['system-admin'] }), [
          { ...merged, code: '990122999', validFrom, replacesCode: await codeOf(societyId) },
        ]);
    const of = async (code: string) => house.get(MonthsQueries).ofPlace(code, yearOf(validFrom));
    const town = await of('990122999');
    expect(town?.place).toEqual({
      ...{ code: '990122999', name: '柳汇镇', level: 'TOWN', within: { code: '990122', name: '柳河县' } },
    });
    expect(town?.months.map(({ inFen }) => inFen)).toEqual([450]);
    expect(town?.parts.map(({ kind: of, months }) => [of, months[0]?.inFen])).toEqual([
      ['ORGANISATION', 400],
      ['ORGANISATION', 50],
    ]);
    const county = await of('990122');
    expect(county?.months.map(({ inFen }) => inFen)).toEqual([450]);
    expect(county?.parts.map(({ code, months }) => [code, months.map(({ inFen }) => inFen)])).toEqual([
      ['990122999', [450]],
    ]);
  });

  it('control: one fen more in a place is found', async () => {
    await house.dataSource.transaction((manager) =>
      manager.query('UPDATE region_months SET in_fen = in_fen + 1'),
    );
    const found = await house.get(MonthsVerifier).check();
    expect(new Set(found.map(({ kind: of }) => of))).toEqual(new Set(['month of place']));
    await house.dataSource.transaction((manager) =>
      manager.query('UPDATE region_months SET in_fen = in_fen - 1'),
    );
  });
});

function line(societyId: string, account: '1002' | '4201', amountFen: number) {
  return {
    account,
    amountFen: fen(amountFen),
    societyId,
    fund: '救急难池',
    restriction: 'none',
    threadId: null,
  };
}
