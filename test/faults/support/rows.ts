import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import Connection from 'libsql';
import mysql from 'mysql2/promise';
import { SESSION } from '../../../src/platform/database/data-source.js';

type Ask = (sql: string, ...values: string[]) => Promise<unknown[][]>;

/** A database of either kind, seen past the program: its tables, their columns and their rows. */
export class Rows {
  private constructor(
    private readonly url: string,
    private readonly ask: Ask,
    readonly close: () => Promise<void>,
  ) {}

  static async of(url: string): Promise<Rows> {
    if (isFile(url)) {
      const connection = new Connection(pathOf(url));
      const ask: Ask = (sql, ...values) => {
        const statement = connection.prepare(sql);
        if (!/^(SELECT|PRAGMA)/.test(sql)) return Promise.resolve([[statement.run(...values)]]);
        const rows = statement.all(...values) as object[];
        return Promise.resolve(rows.map((row): unknown[] => Object.values(row)));
      };
      return new Rows(url, ask, () => {
        connection.close();
        return Promise.resolve();
      });
    }
    const connection = await mysql.createConnection({ uri: url, dateStrings: true, rowsAsArray: true });
    for (const statement of SESSION) await connection.query(statement);
    const ask: Ask = async (sql, ...values) => (await connection.query(sql, values))[0] as unknown[][];
    return new Rows(url, ask, () => connection.end());
  }

  /** Without the list of migrations, which is the program's own. */
  async tables(): Promise<string[]> {
    const found = await this.ask(
      isFile(this.url)
        ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name`
        : `SELECT table_name FROM information_schema.tables
           WHERE table_schema = DATABASE() AND table_name <> 'migrations' ORDER BY table_name`,
    );
    return found.map(([name]) => String(name));
  }

  async columns(table: string): Promise<string[]> {
    const found = await this.ask(
      isFile(this.url)
        ? `SELECT name FROM pragma_table_info('${table}')`
        : `SELECT column_name FROM information_schema.columns
           WHERE table_schema = DATABASE() AND table_name = '${table}' AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position`,
    );
    return found.map(([name]) => String(name));
  }

  async count(table: string): Promise<number> {
    const [row] = await this.ask(`SELECT COUNT(*) FROM "${table}"`);
    return Number(row?.[0]);
  }

  /** Of all rows, in whatever order they come. */
  async hashOf(table: string, columns: readonly string[]): Promise<string> {
    const rows = await this.ask(`SELECT ${listed(columns)} FROM "${table}"`);
    const lines = rows.map((row) => JSON.stringify(row)).sort();
    return `${String(rows.length)} rows ${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
  }

  /** The rows of another database of the same kind, in tables that are empty here; the columns that both have. */
  async copyFrom(source: Rows): Promise<void> {
    const from = isFile(this.url) ? 'source' : new URL(source.url).pathname.slice(1);
    if (isFile(this.url)) {
      await this.ask('PRAGMA foreign_keys = OFF');
      await this.ask(`ATTACH DATABASE '${pathOf(source.url)}' AS source`);
    } else await this.ask('SET SESSION foreign_key_checks = 0');
    for (const table of await this.tables()) {
      if ((await this.count(table)) > 0) continue;
      const there = await source.columns(table);
      const columns = listed((await this.columns(table)).filter((name) => there.includes(name)));
      await this.ask(`INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM "${from}"."${table}"`);
    }
    if (isFile(this.url)) await this.ask('DETACH DATABASE source');
  }

  /** Whoever was killed may have left a statement with the server. */
  async quiet(): Promise<void> {
    if (isFile(this.url)) return;
    for (;;) {
      const [row] = await this.ask(
        `SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()`,
      );
      if (Number(row?.[0]) === 0) return;
      await sleep(20);
    }
  }
}

const isFile = (url: string): boolean => url.startsWith('sqlite:');
const pathOf = (url: string): string => url.slice('sqlite:'.length);
const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
