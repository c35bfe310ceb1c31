import type { DataSource, QueryRunner } from 'typeorm';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { runPending } from '../../src/platform/database/pending-migrations.js';
import { schema } from '../../src/schema.js';
import { kinds } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { PROMISES, promisesOf } from '../support/promises.js';

/** After so many CREATEs the program dies, and after one more each time: SQLite takes back what was begun of a migration. */
const STEP = 7;

class Killed extends Error {}

const CREATE = /^\s*CREATE (?!TABLE IF)/;
const DROP = /^\s*DROP /;

/** Its n-th CREATE is done, and nothing after it: neither the next one nor the note that a migration was run. */
function dyingAfter(counted: number, runner: QueryRunner, what: RegExp): QueryRunner {
  const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
  let left = counted;
  return Object.assign(runner, {
    query: async (sql: string, ...rest: unknown[]) => {
      if (left === 0 && sql !== 'ROLLBACK') throw new Killed();
      const answer = await query(sql, ...rest);
      if (what.test(sql)) left -= 1;
      return answer;
    },
  });
}

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeEach(async () => {
    database = await kind.create();
    dataSource = await dataSourceOf(database.url, schema).initialize();
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  /** Once, killed after so many. */
  const killed = async (
    counted: number,
    run: (on: DataSource) => Promise<unknown>,
    what = CREATE,
  ): Promise<void> => {
    const mortal = await dataSourceOf(database.url, schema).initialize();
    const create = mortal.createQueryRunner.bind(mortal);
    mortal.createQueryRunner = (...given) => dyingAfter(counted, create(...given), what);
    await run(mortal).finally(() => mortal.destroy());
  };

  it.each([
    ['a few CREATEs', CREATE, STEP, 9],
    ['one DROP, of a trigger that is made otherwise', DROP, 1, 1],
  ])(
    'G22 migrations that are killed after %s, and after one more, end as those do that nobody disturbs',
    async (_, what, first, least) => {
      let kills = 0;
      for (let isOver = false; !isOver;) {
        try {
          await killed(first + kills, runPending, what);
          isOver = true;
        } catch (error) {
          expect(error).toBeInstanceOf(Killed);
          kills += 1;
        }
      }
      expect(kills).toBeGreaterThan(least);
      expect(await runPending(dataSource)).toEqual([]);
      expect(await promisesOf(dataSource)).toEqual(PROMISES);
    },
  );

  it('control: without asking what is there, a server is left half-way for good, and SQLite is untouched', async () => {
    const plainly = (on: DataSource) => on.runMigrations();
    await expect(killed(STEP, plainly)).rejects.toThrow(Killed);
    if (kind.name === 'sqlite') await expect(plainly(dataSource)).resolves.not.toHaveLength(0);
    else await expect(plainly(dataSource)).rejects.toThrow(/already exists/);
  });
});
