import type { DataSource } from 'typeorm';
import { checkSettings } from '../../src/platform/database/settings.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { isLong } from '../support/often.js';
import { PROMISES, promisesOf } from '../support/promises.js';

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('has no drift between entities and migrations', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('holds exactly the listed promises', async () => {
    expect(await promisesOf(dataSource)).toEqual(PROMISES);
  });

  it('reads one SQL text as the other database does', async () => {
    const rows: unknown = await dataSource.query(`SELECT 'a' || 'b' AS "joined", 'A' = 'a' AS "loose"`);
    expect(rows).toEqual([{ joined: 'ab', loose: 0 }]);
  });

  it('tells rare characters apart, and upper from lower case', async () => {
    for (const name of ['𠅤', '𠂤', 'a1', 'A1'])
      await dataSource.transaction((manager) =>
        manager.query(`INSERT INTO number_series VALUES (?, 'test', 2026, 0)`, [name]),
      );
    const rows: unknown[] = await dataSource.query(
      `SELECT scope_id FROM number_series WHERE series = 'test'`,
    );
    expect(rows).toHaveLength(4);
  });

  it('is trusted at start', async () => {
    await expect(checkSettings(dataSource)).resolves.toBeUndefined();
  });

  // A server takes minutes for it: there with LONG=1.
  (kind.name === 'sqlite' || isLong ? it : it.skip)(
    'goes all the way down and up again while it holds no records',
    async () => {
      const fresh = await kind.create();
      const rows = await migrated(fresh);
      for (let left = rows.migrations.length; left > 0; left--) await rows.undoLastMigration();
      expect(await promisesOf(rows)).toEqual([]);
      await rows.runMigrations();
      expect(await promisesOf(rows)).toEqual(PROMISES);
      await rows.destroy();
      await fresh.drop();
    },
  );

  // On SQLite the clock is the program's own, and the settings are per connection and ours.
  if (kind.name === 'sqlite') return;

  it('is not trusted when its clock is off', async () => {
    await expect(checkSettings(dataSource, () => Date.now() + 5000)).rejects.toThrow(/clocks/);
  });
});
