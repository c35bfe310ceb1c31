import Connection from 'libsql';
import mysql from 'mysql2/promise';
import { SESSION } from '../../src/platform/database/data-source.js';
import { answering, given } from './children.js';
import { atOnce } from './load.js';
import type { Taken } from './load.js';
import type { Unit } from './served-house.js';

export type ByHandGiven = { readonly databaseUrl: string; readonly clients: number };
export type ByHandQuestion = { readonly units: readonly Unit[] };
/** `blank`: statements that met no row, because the units ran in another order than they were noted in. */
export type ByHandAnswer = Taken & { readonly blank: number };

const NOTHING: ByHandAnswer = { ms: 0, each: [], blank: 0 };
const AGAIN = new Set([1213, 1205, 1020]);

/**
 * The reference of S1 to S3: the very rows of the commands, written by a driver's prepared statements and nothing else.
 * No HTTP, no rule, no reading.
 */
const { databaseUrl, clients } = given() as ByHandGiven;
if (databaseUrl.startsWith('sqlite:')) onSqlite(databaseUrl.slice('sqlite:'.length));
else await onServer();

async function onServer(): Promise<void> {
  const pool = mysql.createPool({ uri: databaseUrl, connectionLimit: clients, timezone: 'Z' });
  const all = await Promise.all(Array.from({ length: clients }, () => pool.getConnection()));
  for (const connection of all) for (const statement of SESSION) await connection.query(statement);
  for (const connection of all) connection.release();
  let blank = 0;

  const write = async (unit: Unit): Promise<void> => {
    while (!(await isWritten(unit)));
  };
  const isWritten = async (unit: Unit): Promise<boolean> => {
    const connection = await pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      for (const { sql, values } of unit) {
        const [{ affectedRows }] = await connection.execute<mysql.ResultSetHeader>(sql, values as never);
        if (affectedRows === 0) blank += 1;
      }
      await connection.query('COMMIT');
      return true;
    } catch (error) {
      await connection.query('ROLLBACK');
      if (AGAIN.has((error as { errno: number }).errno)) return false;
      throw error;
    } finally {
      connection.release();
    }
  };
  answering<ByHandAnswer>(
    NOTHING,
    async (question) => {
      const { units } = question as ByHandQuestion;
      blank = 0;
      const taken = await atOnce(
        clients,
        units.map((unit) => () => write(unit)),
      );
      return { ...taken, blank };
    },
    async () => {
      await pool.end();
    },
  );
}

/** One writer, as SQLite has it; what is noted in double quotes is read by it too. */
function onSqlite(file: string): void {
  const connection = new Connection(file);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  const prepared = new Map<string, Connection.Statement>();
  const statement = (sql: string): Connection.Statement => {
    const known = prepared.get(sql) ?? connection.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  answering<ByHandAnswer>(
    NOTHING,
    async (question) => {
      const { units } = question as ByHandQuestion;
      let blank = 0;
      const write = (unit: Unit) => () => {
        connection.exec('BEGIN IMMEDIATE');
        for (const { sql, values } of unit) if (statement(sql).run(...values).changes === 0) blank += 1;
        connection.exec('COMMIT');
        return Promise.resolve();
      };
      return { ...(await atOnce(1, units.map(write))), blank };
    },
    () => {
      connection.close();
      return Promise.resolve();
    },
  );
}
