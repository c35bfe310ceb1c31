import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { checkSettings } from '../../src/platform/database/settings.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

/**
 * The drift check sees neither CHECKs (on MariaDB) nor triggers (on either): every promise that the database itself
 * holds is listed in test/support/promises.txt, and both databases must hold exactly those.
 */
const PROMISES = readFileSync(join(process.cwd(), 'test', 'support', 'promises.txt'), 'utf8')
  .trim()
  .split('\n');

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

  it('goes all the way down and up again while it holds no records', async () => {
    const fresh = await kind.create();
    const rows = await migrated(fresh);
    for (let left = rows.migrations.length; left > 0; left--) await rows.undoLastMigration();
    expect(await promisesOf(rows)).toEqual([]);
    await rows.runMigrations();
    expect(await promisesOf(rows)).toEqual(PROMISES);
    await rows.destroy();
    await fresh.drop();
  });

  // On SQLite the clock is the program's own, and the settings are per connection and ours.
  if (kind.name === 'sqlite') return;

  it('is not trusted when its clock is off', async () => {
    const late = { now: () => new Date(Date.now() + 5000) };
    await expect(checkSettings(dataSource, late)).rejects.toThrow(/clocks/);
  });
});

async function promisesOf(dataSource: DataSource): Promise<string[]> {
  if (dataSource.options.type === 'better-sqlite3') {
    const rows: { type: string; name: string; sql: string | null }[] = await dataSource.query(
      `SELECT "type", "name", "sql" FROM "sqlite_master"`,
    );
    const named = rows.flatMap(({ sql }) => [...(sql ?? '').matchAll(/CONSTRAINT "((?:ck|fk|uq)_\w+)"/g)]);
    const triggers = rows.filter(({ type }) => type === 'trigger').map(({ name }) => name);
    return [...named.map(([, name]) => name ?? ''), ...triggers].sort();
  }
  const rows: { name: string }[] = await dataSource.query(`
    SELECT CONSTRAINT_NAME AS "name" FROM information_schema.TABLE_CONSTRAINTS
     WHERE TABLE_SCHEMA = DATABASE() AND CONSTRAINT_TYPE <> 'PRIMARY KEY'
    UNION ALL SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()`);
  return rows.map(({ name }) => name).sort();
}
