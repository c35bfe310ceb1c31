import type { EntityManager, ObjectLiteral } from 'typeorm';
import { insertsOf, rowsOn } from '../../src/platform/database/row-statements.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Round } from '../../src/board/round.entity.js';
import { kinds } from '../support/databases.js';
import { give } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';

const fieldsOf = (rows: readonly ObjectLiteral[]): Record<string, unknown>[] =>
  rows.map((row) => ({ ...row }));

/** What is written without TypeORM's builder is what its builder would have written, and read alike. */
describe.each(kinds)('$name', (kind) => {
  let house: House;

  beforeAll(async () => {
    house = await givenHouse(kind);
    const village = await givenVillage(house);
    for (const at of ['VOTING', 'PAID', 'SIGNED'] as const) await givenCase(village, { at });
    await give(village, 50_000);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const withRunner = async <Answer>(
    ask: (rows: ReturnType<typeof rowsOn>, manager: EntityManager) => Promise<Answer>,
  ): Promise<Answer> => {
    const runner = house.dataSource.createQueryRunner();
    try {
      return await ask(rowsOn(runner), runner.manager);
    } finally {
      await runner.release();
    }
  };

  it('reads every row of every table as TypeORM does', async () => {
    const counts = await withRunner(async (rows, manager) => {
      let [filled, read] = [0, 0];
      for (const { target } of house.dataSource.entityMetadatas) {
        const mine = await rows.find<ObjectLiteral>(target);
        const theirs = await manager.find<ObjectLiteral>(target);
        const texts = (all: readonly ObjectLiteral[]) =>
          fieldsOf(all)
            .map((row) => JSON.stringify(row))
            .sort();
        expect(texts(mine)).toEqual(texts(theirs));
        filled += mine.length > 0 ? 1 : 0;
        read += mine.length;
      }
      return { filled, read };
    });
    expect(counts.filled).toBeGreaterThan(30);
    expect(counts.read).toBeGreaterThan(300);
  });

  it.each([
    ['equality and an order', { where: { state: 'APPROVED' }, order: { sequence: 'ASC', id: 'DESC' } }],
    ['a number of rows', { order: { id: 'DESC' }, take: 2 }],
    [
      'several ways to be right, which it leaves to TypeORM',
      { where: [{ state: 'OPEN' }, { state: 'APPROVED' }], order: { id: 'ASC' } },
    ],
    ['nothing that is there', { where: { id: 'none' } }],
  ] as const)('answers %s alike', async (_what, options) => {
    const asked = options as unknown as Parameters<EntityManager['find']>[1];
    const [mine, theirs] = await withRunner(async (rows, manager) => [
      await rows.find<ObjectLiteral>(Round, asked),
      await manager.find<ObjectLiteral>(Round, asked),
    ]);
    expect(fieldsOf(mine)).toEqual(fieldsOf(theirs));
  });

  it('finds one or none, an instant and a flag included', async () => {
    const [round] = await house.dataSource.manager.find(Round, { take: 1 });
    if (!round) throw new Error('There is no round');
    const { id, openedAt } = round;
    await withRunner(async (rows, manager) => {
      expect(await rows.findOneBy(Round, { id })).toEqual(await manager.findOneBy(Round, { id }));
      expect(await rows.findOneBy(Round, { id: 'none' })).toBeNull();
      expect(fieldsOf(await rows.findBy(Round, { id, openedAt }))).toEqual(fieldsOf([round]));
    });
  });

  it('writes one text for one row and for ten, every value bound, and more values than SQLite takes in several', () => {
    const row = { scopeId: 'a', series: 's', year: 2026, lastNumber: 7 };
    const metadata = house.dataSource.entityMetadatas.find(({ tableName }) => tableName === 'number_series');
    if (!metadata) throw new Error('There is no such table');
    const written = (count: number) =>
      insertsOf(
        house.dataSource,
        metadata.target,
        Array.from({ length: count }, () => row),
      );
    expect(written(0)).toEqual([]);
    expect(written(1).map(({ values }) => values)).toEqual([['a', 's', 2026, 7]]);
    expect(written(1)[0]?.sql).not.toMatch(/2026|7/);
    expect(written(8_000)).toHaveLength(1);
    expect(written(8_001).map(({ values }) => values.length)).toEqual([32_000, 4]);
  });

  it('keeps what a row says, and nothing where it says nothing', async () => {
    const metadata = house.dataSource.entityMetadatas.find(({ tableName }) => tableName === 'number_series');
    if (!metadata) throw new Error('There is no such table');
    const rows = [1, 2, 3].map((lastNumber) => ({
      scopeId: `s${lastNumber}`,
      series: 'x',
      year: 2026,
      lastNumber,
    }));
    const read = await house.get(Transactions).run(async (tx) => {
      await tx.insert(metadata.target, rows);
      const found = await tx.rows.find<ObjectLiteral>(metadata.target, {
        where: { series: 'x' },
        order: { scopeId: 'ASC' },
      });
      await tx.change`DELETE FROM number_series WHERE series = ${'x'}`;
      return found;
    });
    expect(fieldsOf(read)).toEqual(rows);
  });
});
