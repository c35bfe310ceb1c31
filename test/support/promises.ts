import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';

/**
 * The drift check sees neither CHECKs (on MariaDB) nor triggers (on either): every promise that the database itself
 * holds is listed in test/support/promises.txt, and both databases must hold exactly those.
 */
export const PROMISES = readFileSync(join(process.cwd(), 'test', 'support', 'promises.txt'), 'utf8')
  .trim()
  .split('\n');

/** The names of all that a database holds by itself: constraints and triggers, sorted. */
export async function promisesOf(dataSource: DataSource): Promise<string[]> {
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
