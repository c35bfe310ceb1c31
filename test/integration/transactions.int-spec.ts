import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { NumberSeries } from '../../src/platform/database/number-series.entity.js';
import { CommitInDoubt, Transactions } from '../../src/platform/database/transactions.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { countOf, givenCounter } from '../support/counters.js';
import type { Counter } from '../support/counters.js';

const add = (tx: Tx, { scopeId }: Counter, amount: number) =>
  tx.change`UPDATE number_series SET last_number = last_number + ${amount} WHERE scope_id = ${scopeId}`;

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    transactions = new Transactions(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const held = async (row: Counter) => countOf(dataSource, row);

  it('keeps what one unit commits while another, overlapping it, rolls back', async () => {
    const [kept, gone] = [await givenCounter(dataSource, 0), await givenCounter(dataSource, 0)];
    const failing = transactions.run(async (tx) => {
      await add(tx, gone, 1);
      await sleep(60);
      throw new Error('changed its mind');
    });
    const committing = transactions.run(async (tx) => {
      await add(tx, kept, 1);
      await sleep(5);
    });
    await expect(failing).rejects.toThrow('changed its mind');
    await committing;
    expect([await held(kept), await held(gone)]).toEqual([1, 0]);
  });

  it('shows nobody a row that is not committed', async () => {
    const row = await givenCounter(dataSource, 0);
    const unit = transactions.run(async (tx) => {
      await add(tx, row, 1);
      await sleep(60);
      return (await tx.rows.findOneBy(NumberSeries, { scopeId: row.scopeId }))?.lastNumber;
    });
    await sleep(20);
    expect(await held(row)).toBe(0);
    expect(await unit).toBe(1);
    expect(await held(row)).toBe(1);
  });

  it('lets twenty who want the same row go one after another from their second try on', async () => {
    const row = await givenCounter(dataSource, 0);
    let [inside, most, again] = [0, 0, 0];
    const unit = () => {
      let tries = 0;
      return transactions.run(
        async (tx) => {
          tries += 1;
          if (tries > 1) [again, most] = [again + 1, Math.max(most, (inside += 1))];
          try {
            await tx.rows.findOneBy(NumberSeries, { scopeId: row.scopeId });
            await sleep(2);
            await add(tx, row, 1);
          } finally {
            if (tries > 1) inside -= 1;
          }
        },
        { lane: 'a' },
      );
    };
    await Promise.all(Array.from({ length: 20 }, unit));
    expect(await held(row)).toBe(20);
    expect(most).toBeLessThanOrEqual(1);
    if (kind.name === 'mariadb') expect(again).toBeGreaterThan(0); // on SQLite nobody meets anybody
  });

  it('keeps exactly the twenty of forty overlapping units that do not fail', async () => {
    const row = await givenCounter(dataSource, 0);
    const units = Array.from({ length: 40 }, (_, n) =>
      transactions.run(async (tx) => {
        await add(tx, row, 1);
        await sleep(n % 3);
        if (n % 2) throw new Error('odd');
      }),
    );
    await Promise.allSettled(units);
    expect(await held(row)).toBe(20);
  });

  it('does a unit whole again when it loses its connection or a deadlock', async () => {
    const row = await givenCounter(dataSource, 0);
    let tries = 0;
    await transactions.run(async (tx) => {
      tries++;
      await add(tx, row, 1);
      if (tries === 1) throw Object.assign(new Error('deadlock'), { errno: 1213 });
      if (tries === 2)
        throw Object.assign(new Error('gone'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true });
    });
    expect({ tries, held: await held(row) }).toEqual({ tries: 3, held: 1 });
  });

  it('does not repeat what is no accident', async () => {
    let tries = 0;
    const unit = transactions.run(() => Promise.reject(new Error(`try ${++tries}`)));
    await expect(unit).rejects.toThrow('try 1');
  });

  it('gives up after forty tries', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    let tries = 0;
    const unit = transactions.run(() =>
      Promise.reject(Object.assign(new Error(`try ${++tries}`), { errno: 1205 })),
    );
    await expect(unit).rejects.toThrow('try 40');
    jest.restoreAllMocks();
  });

  it('refuses a unit inside a unit at once', async () => {
    const nested = transactions.run(() => transactions.run(() => Promise.resolve()));
    await expect(nested).rejects.toThrow(/hand the tx on/);
  });

  it('lets a unit of another house go on inside, and refuses the way back into its own', async () => {
    const elsewhere = await kind.create();
    const other = await migrated(elsewhere);
    const there = new Transactions(other);
    const row = await givenCounter(other, 0);
    await transactions.run(() => there.run((tx) => add(tx, row, 1)));
    expect(await countOf(other, row)).toBe(1);
    const back = transactions.run(() => there.run(() => transactions.run(() => Promise.resolve())));
    await expect(back).rejects.toThrow(/hand the tx on/);
    await other.destroy();
    await elsewhere.drop();
  });

  it('throws, and rolls back, when a change meant for one row meets none or two', async () => {
    const rows = [await givenCounter(dataSource, 7), await givenCounter(dataSource, 7)];
    const none = transactions.run(
      (tx) => tx.changeOne(() => new Error('no such row'))`
      UPDATE number_series SET last_number = last_number + 1 WHERE scope_id = ${'nobody'}`,
    );
    await expect(none).rejects.toThrow('no such row');
    const two = transactions.run(
      (tx) => tx.changeOne(() => new Error('no such row'))`
      UPDATE number_series SET last_number = last_number + 1 WHERE last_number = ${7}`,
    );
    await expect(two).rejects.toThrow(/met 2/);
    for (const row of rows) expect(await countOf(dataSource, row)).toBe(7);
  });
});

const [sqlite, mariadb] = kinds;

describe('sqlite', () => {
  it('itself refuses a write outside Transactions.run', async () => {
    const database = await sqlite?.create();
    if (!database) return;
    const dataSource = await migrated(database);
    const row = await givenCounter(dataSource, 0);
    const write = dataSource.manager.update(NumberSeries, { scopeId: row.scopeId }, { lastNumber: 9 });
    await expect(write).rejects.toThrow(/readonly/);
    await dataSource.destroy();
    await database.drop();
  });

  it('goes on after a raw ROLLBACK, and beside another process that writes', async () => {
    const database = await sqlite?.create();
    if (!database) return;
    const [server, cli] = [await migrated(database), await migrated(database)];
    const row = await givenCounter(server, 0);
    const [a, b] = [new Transactions(server), new Transactions(cli)];
    await expect(a.run((tx) => tx.change`ROLLBACK`)).rejects.toThrow(/no transaction is active/);
    await Promise.all(
      [a, b, a, b, a, b].map((door) =>
        door.run(async (tx) => {
          await add(tx, row, 1);
          await sleep(10);
        }),
      ),
    );
    expect(await countOf(server, row)).toBe(6);
    await server.destroy();
    await cli.destroy();
    await database.drop();
  });
});

(mariadb ? describe : describe.skip)('mariadb', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeAll(async () => {
    if (!mariadb) return;
    database = await mariadb.create();
    dataSource = await migrated(database);
    transactions = new Transactions(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  /** Ends every other connection to this database, the unit's among them, as a server that goes away does. */
  const loseTheServer = async () => {
    const others: { id: number }[] = await dataSource.query(
      `SELECT ID AS "id" FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()`,
    );
    for (const { id } of others) await dataSource.query(`KILL ${id}`);
    await sleep(50);
  };

  it('repeats a unit whose connection was really killed', async () => {
    const row = await givenCounter(dataSource, 0);
    let tries = 0;
    await transactions.run(async (tx) => {
      await add(tx, row, 1);
      if (++tries === 1) await loseTheServer();
      await add(tx, row, 10);
    });
    expect({ tries, held: await countOf(dataSource, row) }).toEqual({ tries: 2, held: 11 });
  });

  it.each([
    [undefined, 'throws, since the unit may be in the books', 1],
    ['repeat' as const, 'repeats a unit that said it finds itself', 2],
  ])('when COMMIT gets no answer (%s) it %s', async (onLostCommit, _what, wanted) => {
    const row = await givenCounter(dataSource, 0);
    let tries = 0;
    const unit = transactions.run(
      async (tx) => {
        await add(tx, row, 1);
        if (++tries === 1) await loseTheServer();
      },
      onLostCommit ? { onLostCommit } : {},
    );
    if (onLostCommit) await unit;
    else await expect(unit).rejects.toThrow(CommitInDoubt);
    expect(tries).toBe(wanted);
  });

  it('repeats the victim of a real deadlock, and both units are whole', async () => {
    const [one, two] = [await givenCounter(dataSource, 0), await givenCounter(dataSource, 0)];
    let tries = 0;
    const cross = (first: Counter, second: Counter) =>
      transactions.run(async (tx) => {
        tries++;
        await add(tx, first, 1);
        await sleep(50);
        await add(tx, second, 1);
      });
    await Promise.all([cross(one, two), cross(two, one)]);
    expect(tries).toBe(3);
    for (const row of [one, two]) expect(await countOf(dataSource, row)).toBe(2);
  });

  it('does not let a unit write over what changed since it read (1020), but repeats it', async () => {
    const row = await givenCounter(dataSource, 0);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        transactions.run(async (tx) => {
          const read = await tx.rows.findOneByOrFail(NumberSeries, { scopeId: row.scopeId });
          await sleep(5);
          await tx.change`UPDATE number_series SET last_number = ${read.lastNumber + 1} WHERE scope_id = ${row.scopeId}`;
        }),
      ),
    );
    expect(await countOf(dataSource, row)).toBe(8);
  });
});
