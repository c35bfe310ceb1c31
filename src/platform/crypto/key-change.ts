import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Ids } from '../../kernel/ids.js';
import { Config } from '../config.js';
import { statementOf } from '../database/statement.js';
import { Transactions } from '../database/transactions.js';
import { placeIn } from './sealed-column.js';
import type { SealedColumn } from './sealed-column.js';
import { keyIdOf, Sealing } from './sealing.js';

const BATCH = 200;
const HASH = /^[0-9a-f]{64}$/;

/** How many values and files each key seals: id → count. */
export type KeyUse = ReadonlyMap<string, number>;
type Row = Readonly<Record<string, unknown>> & { readonly sealed: string };

/**
 * Seals again what an older key has sealed, while the house serves. A value that somebody changed meanwhile is left to
 * him; he has sealed it under the key of now, or a further pass finds it.
 */
@Injectable()
export class KeyChange {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly config: Config,
    private readonly ids: Ids,
  ) {}

  /** How many were sealed again. Throws at the first value that does not open in its place, with all before it done. */
  async sealAgain(columns: readonly SealedColumn[]): Promise<{ values: number; files: number }> {
    let values = 0;
    for (const column of columns) values += await this.columnAgain(column);
    return { values, files: await this.filesAgain() };
  }

  async use(columns: readonly SealedColumn[]): Promise<KeyUse> {
    const use = new Map<string, number>();
    const add = (id: string, count: number) => use.set(id, (use.get(id) ?? 0) + count);
    for (const { table, column } of columns) {
      const rows = await this.dataSource.query<{ sealed: string; count: number | string }[]>(
        `SELECT MIN(${column}) AS "sealed", COUNT(*) AS "count" FROM ${table} WHERE ${column} IS NOT NULL GROUP BY SUBSTR(${column}, 1, INSTR(${column}, '.'))`,
      );
      for (const { sealed, count } of rows) add(keyIdOf(sealed), Number(count));
    }
    for await (const { keyId } of this.files()) add(keyId, 1);
    return use;
  }

  /** How many files that a row names are not in this file store: which may then be another's, or half of one. */
  async missingFiles(): Promise<number> {
    const found = new Set<string>();
    for await (const { sha256 } of this.files()) found.add(sha256);
    const rows = await this.dataSource.query<{ sha256: string }[]>(
      'SELECT DISTINCT sha256 AS "sha256" FROM stored_files',
    );
    return rows.filter(({ sha256 }) => !found.has(sha256)).length;
  }

  private async columnAgain(sealedColumn: SealedColumn): Promise<number> {
    const { table, column, key } = sealedColumn;
    const current = `${this.sealing.currentKeyId}.%`;
    let done = 0;
    for (let after: readonly unknown[] | null = null; ;) {
      const rows: Row[] = await this.dataSource.query<Row[]>(
        `SELECT ${[...key, ...columnsIn(sealedColumn)].join(', ')}, ${column} AS "sealed" FROM ${table} WHERE ${column} IS NOT NULL AND ${column} NOT LIKE ? ${after ? `AND (${key.join(', ')}) > (${key.map(() => '?').join(', ')})` : ''} ORDER BY ${key.join(', ')} LIMIT ${String(BATCH)}`,
        [current, ...(after ?? [])],
      );
      const last = rows.at(-1);
      if (!last) return done;
      done += await this.rowsAgain(sealedColumn, rows);
      after = key.map((name) => last[name]);
    }
  }

  private rowsAgain(sealedColumn: SealedColumn, rows: readonly Row[]): Promise<number> {
    const { table, column, key } = sealedColumn;
    const change = statementOf(
      `UPDATE ${table} SET ${column} = `,
      ...key.map((name, i) => (i === 0 ? ` WHERE ${name} = ` : ` AND ${name} = `)),
      ` AND ${column} = `,
      '',
    );
    const again = rows.map((row) => {
      const place = placeIn(sealedColumn, row);
      return { row, sealed: this.sealing.seal(this.sealing.open(row.sealed, place), place) };
    });
    return this.transactions.run(async (tx) => {
      let done = 0;
      for (const { row, sealed } of again)
        done += await tx.change(change, sealed, ...key.map((name) => row[name] as string), row.sealed);
      return done;
    });
  }

  private async filesAgain(): Promise<number> {
    let done = 0;
    for await (const { path, sha256, keyId } of this.files()) {
      if (keyId === this.sealing.currentKeyId) continue;
      const place = `files/${sha256}`;
      const plain = this.sealing.openFile(await readFile(path), place);
      const unfinished = `${path}.${this.ids.next()}`;
      await writeFile(unfinished, this.sealing.sealFile(plain, place), { flush: true });
      await rename(unfinished, path);
      done += 1;
    }
    return done;
  }

  /** What the file store holds, finished. */
  private async *files(): AsyncGenerator<{ path: string; sha256: string; keyId: string }> {
    const folder = join(this.config.dataDir, 'files');
    const shelves = await readdir(folder).catch(noneYet);
    for (const shelf of shelves)
      for (const sha256 of await readdir(join(folder, shelf))) {
        if (!HASH.test(sha256)) continue;
        const path = join(folder, shelf, sha256);
        const bytes = await readFile(path).catch(sweptAway);
        if (bytes === null) continue;
        yield { path, sha256, keyId: bytes.subarray(0, bytes.indexOf('\n')).toString() };
      }
  }
}

/** Between the list and the reading it may go: nothing names it. */
function sweptAway(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** No file was ever handed in. Whatever else keeps the store from being read must not look like an empty one. */
function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** The columns that a place names beside the key. */
const columnsIn = ({ place, key }: SealedColumn): string[] =>
  [...place.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).filter((name) => !key.includes(name));
