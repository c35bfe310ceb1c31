import { MigrationExecutor } from 'typeorm';
import type { DataSource, QueryRunner } from 'typeorm';

/**
 * Runs what is pending and says what that was. Killed in its midst, it is begun again and ends: SQLite takes all of it
 * back, and a server, which commits each CREATE by itself, is asked what is there already. Such a statement is done whole
 * or not at all, so that what is there is what was meant.
 */
export async function runPending(dataSource: DataSource): Promise<string[]> {
  if (dataSource.options.type === 'better-sqlite3')
    return (await dataSource.runMigrations()).map(({ name }) => name);
  const runner = dataSource.createQueryRunner();
  try {
    const done = await new MigrationExecutor(dataSource, goingOn(runner)).executePendingMigrations();
    return done.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}

/** Passes over each CREATE whose table, index or trigger is there. */
function goingOn(runner: QueryRunner): QueryRunner {
  const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
  const isThere = async (sql: string): Promise<boolean> => {
    const asked = findingOf(sql);
    return asked !== null && ((await query(...asked)) as readonly unknown[]).length > 0;
  };
  return Object.assign(runner, {
    query: async (sql: string, ...rest: unknown[]) => ((await isThere(sql)) ? [] : query(sql, ...rest)),
  });
}

const CREATE = /^\s*CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) "([^"]+)"(?:\s+ON "([^"]+)")?/;

/** The question whether the object of a CREATE is there already; null for any other statement. */
function findingOf(sql: string): [sql: string, names: string[]] | null {
  const [, kind, name = '', table = ''] = CREATE.exec(sql) ?? [];
  const among = (of: string, where: string) =>
    `SELECT 1 FROM information_schema.${of} WHERE ${of === 'triggers' ? 'trigger' : 'table'}_schema = DATABASE() AND ${where}`;
  if (kind === 'TABLE') return [among('tables', 'table_name = ?'), [name]];
  if (kind === 'INDEX') return [among('statistics', 'index_name = ? AND table_name = ?'), [name, table]];
  if (kind === 'TRIGGER') return [among('triggers', 'trigger_name = ?'), [name]];
  return null;
}
