import Connection from 'libsql';
import mysql from 'mysql2/promise';
import { SESSION } from '../../../src/platform/database/data-source.js';
import { TABLES } from './tables.js';
import type { Cell, Table } from './tables.js';

/** So many characters in one INSERT: well below what a server takes as one packet. */
const MOST_TEXT = 700_000;
const CONNECTIONS = 3;

type Heap = { readonly rows: string[]; size: number };

/** Puts rows into a database by INSERTs of many rows, a few of them on their way at a time. */
export class Writer {
  private readonly heaps = new Map<Table, Heap>();
  private readonly underWay = new Set<Promise<void>>();
  private failure: Error | null = null;
  readonly counts = new Map<Table, number>();

  constructor(
    private readonly insert: (sql: string) => Promise<void>,
    private readonly end: () => Promise<void>,
    private readonly most: number,
  ) {}

  put(table: Table, ...cells: Cell[]): void {
    let heap = this.heaps.get(table);
    if (!heap) this.heaps.set(table, (heap = { rows: [], size: 0 }));
    let row = '';
    for (const cell of cells) row += `${row === '' ? '(' : ','}${literalOf(cell)}`;
    heap.rows.push(row);
    heap.size += row.length;
    if (heap.size >= MOST_TEXT) this.send(table, heap);
  }

  /** Waits while too much is on its way. */
  async keepUp(): Promise<void> {
    while (this.underWay.size > this.most) await Promise.race(this.underWay);
    if (this.failure !== null) throw this.failure;
  }

  async close(): Promise<void> {
    for (const [table, heap] of this.heaps) this.send(table, heap);
    await Promise.all(this.underWay);
    await this.end();
    if (this.failure !== null) throw this.failure;
  }

  private send(table: Table, { rows }: Heap): void {
    this.heaps.delete(table);
    this.counts.set(table, (this.counts.get(table) ?? 0) + rows.length);
    const columns = TABLES[table].map((name) => `"${name}"`).join(', ');
    const sent: Promise<void> = this.insert(`INSERT INTO "${table}" (${columns}) VALUES ${rows.join('),')})`)
      .catch((error: unknown) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => this.underWay.delete(sent));
    this.underWay.add(sent);
  }
}

export async function writerTo(url: string): Promise<Writer> {
  return url.startsWith('sqlite:') ? onSqlite(url.slice('sqlite:'.length)) : onServer(url);
}

function literalOf(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'number') return String(cell);
  if (cell.includes("'") || cell.includes('\\'))
    throw new Error(`A cell that would have to be quoted: ${cell}`);
  return `'${cell}'`;
}

/** Keys and rows come in order and are true by their making: the server need not look for each foreign key. */
async function onServer(url: string): Promise<Writer> {
  const free = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await mysql.createConnection({ uri: url, charset: 'utf8mb4_bin' });
      for (const statement of SESSION) await connection.query(statement);
      await connection.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
      return connection;
    }),
  );
  const waiting: ((connection: mysql.Connection) => void)[] = [];
  const insert = async (sql: string): Promise<void> => {
    const connection =
      free.pop() ?? (await new Promise<mysql.Connection>((resolve) => waiting.push(resolve)));
    try {
      await connection.query(sql);
    } finally {
      const next = waiting.shift();
      if (next) next(connection);
      else free.push(connection);
    }
  };
  const end = async (): Promise<void> => {
    await Promise.all(free.map((each) => each.end()));
  };
  return new Writer(insert, end, CONNECTIONS * 2);
}

function onSqlite(file: string): Writer {
  const connection = new Connection(file);
  connection.exec('PRAGMA foreign_keys = ON');
  connection.exec('BEGIN');
  connection.exec('PRAGMA defer_foreign_keys = ON'); // looked at once, when all of it is there
  const insert = (sql: string): Promise<void> => {
    connection.exec(sql);
    return Promise.resolve();
  };
  const end = (): Promise<void> => {
    connection.exec('COMMIT');
    connection.close();
    return Promise.resolve();
  };
  return new Writer(insert, end, 0);
}
