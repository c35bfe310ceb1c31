import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'libsql';
import mysql from 'mysql2/promise';
import { SESSION } from '../database/data-source.js';
import { RESTORING } from '../database/settings.js';
import { TargetNotEmpty } from './backup.errors.js';
import type { Cell } from './records.js';
import { sqlitePathIn } from './snapshots.js';
import type { Table } from './snapshots.js';

/** An empty database that a backup goes into. What was begun and not finished is taken away whole. */
export type Target = {
  /** Where the migrations run: for a file, not under its final name. */
  readonly url: string;
  isEmpty(): Promise<boolean>;
  /** A restore began here and was broken off before it was kept; what it left may be taken away. */
  isUnfinished(): boolean;
  /** Ours from now on, until it is kept or dropped. Throws where another restore was first. */
  claim(): Promise<void>;
  /** Gives the claim back, and takes nothing else away. */
  release(): Promise<void>;
  /** Opens it for rows, once the schema is there. Foreign keys are asked about at the end. */
  open(): Promise<Sink>;
  /** From now on it is the database of the house. */
  keep(): Promise<void>;
  drop(): Promise<void>;
};

export type Sink = {
  columnsOf(table: string): Promise<string[]>;
  put(table: Table, rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Names of the foreign keys, or of the tables that hold one, that point to nothing. */
  orphans(): Promise<string[]>;
  close(): Promise<void>;
};

export function targetOf(databaseUrl: string): Target {
  const path = sqlitePathIn(databaseUrl);
  return path === null ? serverTarget(databaseUrl) : fileTarget(path);
}

const named = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function fileTarget(path: string): Target {
  const unfinished = `${path}.restoring`;
  const files = (of: string): string[] => [of, `${of}-wal`, `${of}-shm`];
  const drop = async (): Promise<void> => {
    for (const each of files(unfinished)) await rm(each, { force: true });
  };
  return {
    url: `sqlite:${unfinished}`,
    async isEmpty() {
      await mkdir(dirname(path), { recursive: true });
      return !files(path).some((each) => existsSync(each));
    },
    isUnfinished: () => existsSync(unfinished),
    claim: () => Promise.resolve(), // the lock of the one server holds it
    release: () => Promise.resolve(),
    open: () => Promise.resolve(fileSink(unfinished)),
    async keep() {
      writeOut(unfinished);
      await rename(unfinished, path);
      await drop();
    },
    drop,
  };
}

/** What later migrations left in the log beside the file goes into the file: the log does not get the new name. */
function writeOut(path: string): void {
  const file = new Database(path);
  try {
    const [done] = file.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
    if (done?.busy !== 0) throw new Error(`${path} is still open elsewhere`);
  } finally {
    file.close();
  }
}

function fileSink(path: string): Sink {
  const file = new Database(path);
  file.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
  const all = (sql: string): Cell[][] => file.prepare(sql).raw().all() as Cell[][];
  return {
    columnsOf: (table) =>
      Promise.resolve(all(`SELECT name FROM pragma_table_info('${table}')`).map(([name]) => String(name))),
    put({ name, columns }, rows) {
      const marks = columns.map(() => '?').join(', ');
      const insert = file.prepare(`INSERT INTO "${name}" (${named(columns)}) VALUES (${marks})`);
      for (const row of rows) insert.run([...row]);
      return Promise.resolve();
    },
    orphans: () =>
      Promise.resolve([...new Set(all('PRAGMA foreign_key_check').map(([table]) => String(table)))]),
    close() {
      if (file.inTransaction) file.exec('COMMIT');
      file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      file.close();
      return Promise.resolve();
    },
  };
}

function serverTarget(url: string): Target {
  const ask = async <T>(work: (server: mysql.Connection) => Promise<T>): Promise<T> => {
    const server = await mysql.createConnection({ uri: url });
    try {
      for (const statement of SESSION) await server.query(statement);
      await server.query('SET SESSION foreign_key_checks = 0');
      return await work(server);
    } finally {
      await server.end();
    }
  };
  const tables = (server: mysql.Connection): Promise<Cell[][]> =>
    cellsOf(server, 'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()');
  const unclaim = (): Promise<void> =>
    ask(async (server) => {
      await server.query(`DROP TABLE "${CLAIM}"`);
    });
  return {
    url,
    isEmpty: () => ask(async (server) => (await tables(server)).every(([name]) => name === CLAIM)),
    isUnfinished: () => false, // its tables are there, and are refused: make the database anew
    claim: () => ask((server) => claimed(server)),
    open: () => serverSink(url),
    release: unclaim,
    keep: unclaim,
    drop: () =>
      ask(async (server) => {
        for (const [name] of await tables(server)) await server.query(`DROP TABLE "${String(name)}"`);
      }),
  };
}

/** Stands in the database while a restore is at work there: of two, one can make it, and nobody serves it (`settings.ts`). */
const CLAIM = RESTORING;

async function claimed(server: mysql.Connection): Promise<void> {
  try {
    await server.query(`CREATE TABLE "${CLAIM}" ("id" INTEGER NOT NULL, PRIMARY KEY ("id"))`);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ER_TABLE_EXISTS_ERROR') throw error;
    throw new TargetNotEmpty(
      '另一个恢复正在往这个数据库里写',
      '请等它结束，或换一个空数据库。如果它中途被打断、已经不在运行，请删掉这个数据库，重新建一个空的，再恢复。',
    );
  }
}

async function cellsOf(server: mysql.Connection, sql: string, values: string[] = []): Promise<Cell[][]> {
  return (await server.query({ sql, values, rowsAsArray: true }))[0] as Cell[][];
}

/** Each portion is a unit of its own: a cluster takes no write-set of a whole house. */
async function serverSink(url: string): Promise<Sink> {
  const server = await mysql.createConnection({ uri: url });
  for (const statement of SESSION) await server.query(statement);
  await server.query('SET SESSION foreign_key_checks = 0');
  return {
    async columnsOf(table) {
      const cells = await cellsOf(
        server,
        `SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?`,
        [table],
      );
      return cells.map(([name]) => String(name));
    },
    async put({ name, columns }, rows) {
      await server.query(`INSERT INTO "${name}" (${named(columns)}) VALUES ?`, [rows]);
    },
    async orphans() {
      const keys = await cellsOf(
        server,
        `SELECT constraint_name, table_name, referenced_table_name,
                GROUP_CONCAT('c."' || column_name || '" = p."' || referenced_column_name || '"' SEPARATOR ' AND '),
                GROUP_CONCAT('c."' || column_name || '" IS NOT NULL' SEPARATOR ' AND ')
         FROM information_schema.key_column_usage
         WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
         GROUP BY constraint_name, table_name, referenced_table_name`,
      );
      const found: string[] = [];
      for (const [name, child, parent, on, given] of keys.map((key) => key.map(String))) {
        const sql = `SELECT 1 FROM "${child ?? ''}" c WHERE ${given ?? ''} AND NOT EXISTS (SELECT 1 FROM "${parent ?? ''}" p WHERE ${on ?? ''}) LIMIT 1`;
        if ((await cellsOf(server, sql)).length > 0) found.push(name ?? '');
      }
      return found;
    },
    close: () => server.end(),
  };
}
