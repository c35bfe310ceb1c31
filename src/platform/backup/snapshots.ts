import Database from 'libsql';
import mysql from 'mysql2/promise';
import type { Connection } from 'mysql2';
import { SESSION } from '../database/data-source.js';
import { TURN } from '../database/migration-turn.js';
import { RESTORING } from '../database/settings.js';
import type { Cell } from './records.js';

export type Table = { readonly name: string; readonly columns: readonly string[] };

/** The committed rows of one moment, whatever is written meanwhile. */
export type Snapshot = {
  readonly database: 'sqlite' | 'mariadb';
  /** All of the books, by name: not the list of migrations, nor what stands while one or a restore is at work. */
  readonly tables: readonly Table[];
  readonly migrations: readonly string[];
  /** In portions that fit into memory and into a statement. */
  rows(table: Table): AsyncIterable<Cell[][]>;
  close(): Promise<void>;
};

/** TypeORM's own list of what has been run: `migrate` makes it anew. */
const MIGRATIONS = 'migrations';
const MOST_ROWS = 200;
const MOST_CHARS = 1_000_000;

export function sqlitePathIn(databaseUrl: string): string | null {
  return /^sqlite:(.+)$/.exec(databaseUrl)?.[1] ?? null;
}

export async function snapshotOf(databaseUrl: string): Promise<Snapshot> {
  const path = sqlitePathIn(databaseUrl);
  return path === null ? snapshotOfServer(databaseUrl) : snapshotOfFile(path);
}

/** A connection of its own: a read transaction in WAL mode sees one state, and holds up no writer. */
function snapshotOfFile(path: string): Snapshot {
  const file = new Database(path, { timeout: 5000 });
  file.exec('PRAGMA query_only = ON; BEGIN');
  const all = (sql: string): Cell[][] => file.prepare(sql).raw().all() as Cell[][];
  const names = all(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  );
  const tables = names.map(([name]) => ({
    name: String(name),
    columns: all(`SELECT name FROM pragma_table_info('${String(name)}')`).map(([column]) => String(column)),
  }));
  return {
    database: 'sqlite',
    tables: tables.filter(({ name }) => name !== MIGRATIONS).sort(byName),
    migrations: tables.some(({ name }) => name === MIGRATIONS) ? ranIn(all(RAN)) : [],
    rows: (table) => portionsOf(file.prepare(selectOf(table)).raw().iterate() as Iterable<Cell[]>),
    close() {
      file.exec('ROLLBACK');
      file.close();
      return Promise.resolve();
    },
  };
}

async function snapshotOfServer(url: string): Promise<Snapshot> {
  const server = await mysql.createConnection({ uri: url, dateStrings: true, supportBigNumbers: true });
  const all = async (sql: string): Promise<Cell[][]> =>
    (await server.query({ sql, rowsAsArray: true }))[0] as Cell[][];
  for (const statement of SESSION) await server.query(statement);
  // A slow disk at the other end is no reason to lose the snapshot.
  await server.query(`SET SESSION net_write_timeout = 3600 /*M!100301 , idle_transaction_timeout = 0 */`);
  await server.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
  const columns = await all(
    `SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t
       ON t.table_schema = c.table_schema AND t.table_name = c.table_name
     WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`,
  );
  const names = [...new Set(columns.map(([name]) => String(name)))];
  const columnsOf = (name: string): string[] =>
    columns.filter(([of]) => of === name).map(([, column]) => String(column));
  return {
    database: 'mariadb',
    tables: names
      .filter((name) => ![MIGRATIONS, RESTORING, TURN].includes(name))
      .map((name) => ({ name, columns: columnsOf(name) }))
      .sort(byName),
    migrations: names.includes(MIGRATIONS) ? ranIn(await all(RAN)) : [],
    rows: (table) => {
      // The promises of mysql2 hand out whole answers only; the connection beneath them streams.
      const { connection } = server as unknown as { connection: Connection };
      const rows = connection.query({ sql: selectOf(table), rowsAsArray: true }).stream();
      return portionsOf(rows as AsyncIterable<Cell[]>);
    },
    close() {
      server.destroy(); // at once, also with half of an answer unread
      return Promise.resolve();
    },
  };
}

/** By code points: no two databases order names alike. */
const byName = (a: Table, b: Table): number => (a.name < b.name ? -1 : 1);

const RAN = `SELECT name FROM ${MIGRATIONS} ORDER BY timestamp`;
const ranIn = (rows: readonly Cell[][]): string[] => rows.map(([name]) => String(name));
const selectOf = ({ name, columns }: Table): string =>
  `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${name}"`;

async function* portionsOf(rows: Iterable<Cell[]> | AsyncIterable<Cell[]>): AsyncGenerator<Cell[][]> {
  let [portion, chars]: [Cell[][], number] = [[], 0];
  for await (const row of rows) {
    portion.push(row);
    chars += row.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
    if (portion.length < MOST_ROWS && chars < MOST_CHARS) continue;
    yield portion;
    [portion, chars] = [[], 0];
  }
  if (portion.length > 0) yield portion;
}
