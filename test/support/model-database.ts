import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'libsql';
import mysql from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { SESSION } from '../../src/platform/database/data-source.js';

/**
 * The migrations build one database of each kind for a run: their statements take MariaDB many seconds, a copy a tenth of
 * that. What a copy lost, `schema.int-spec.ts` would miss in it.
 */
export async function copyModelTo(url: string): Promise<boolean> {
  const model = modelOf(url);
  if (!existsSync(model)) return false;
  if (isFile(url)) copyFileSync(model, pathOf(url));
  else await run(url, readFileSync(model, 'utf8'));
  return true;
}

export async function keepAsModel(url: string): Promise<void> {
  const [model, begun] = [modelOf(url), `${modelOf(url)}-${String(process.pid)}`];
  if (isFile(url)) {
    writeOutTo(pathOf(url));
    copyFileSync(pathOf(url), begun);
  } else writeFileSync(begun, await scriptOf(url));
  renameSync(begun, model); // another worker finds all of it, or nothing
}

const isFile = (url: string): boolean => url.startsWith('sqlite:');
const pathOf = (url: string): string => url.slice('sqlite:'.length);
/** All workers share it where `tools/test.mjs` gave them a folder of their run; a folder that stays may hold a past schema. */
const OWNER = process.env['FOLDER_OF_RUN'] === '1' ? 'run' : String(process.pid);
const modelOf = (url: string): string => join(tmpdir(), `huzhu-model-${OWNER}.${isFile(url) ? 'db' : 'sql'}`);

/** What waits in the file beside it is written into the database's own. */
export function writeOutTo(file: string): void {
  const connection = new Connection(file);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
}

async function run(url: string, script: string): Promise<void> {
  await connected(url, (connection) => connection.query(script));
}

/** Tables, triggers and rows as one text of statements. */
async function scriptOf(url: string): Promise<string> {
  return connected(url, async (connection) => {
    const all = async (sql: string): Promise<RowDataPacket[]> =>
      (await connection.query<RowDataPacket[]>(sql))[0];
    const statements = ['SET SESSION foreign_key_checks = 0'];
    const triggers = await all(
      'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = database()',
    );
    const tables = await all(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database()',
    );
    for (const { name } of tables) {
      const [shown] = await all(`SHOW CREATE TABLE "${String(name)}"`);
      statements.push(String(shown?.['Create Table']));
      const [rows] = await connection.query<RowDataPacket[][]>({
        sql: `SELECT * FROM "${String(name)}"`,
        rowsAsArray: true,
      });
      if (rows.length > 0) statements.push(mysql.format(`INSERT INTO "${String(name)}" VALUES ?`, [rows]));
    }
    for (const { name } of triggers) {
      const [shown] = await all(`SHOW CREATE TRIGGER "${String(name)}"`);
      statements.push(String(shown?.['SQL Original Statement']));
    }
    return statements.join(';\n');
  });
}

async function connected<T>(url: string, use: (connection: mysql.Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true, dateStrings: true });
  try {
    for (const statement of SESSION) await connection.query(statement);
    return await use(connection);
  } finally {
    await connection.end();
  }
}
