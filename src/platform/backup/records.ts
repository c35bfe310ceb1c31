import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { BackupDamaged } from './backup.errors.js';

export type Cell = string | number | null;

/** What a backup says of itself before its contents. */
export type About = {
  readonly format: 1;
  readonly database: 'sqlite' | 'mariadb';
  /** ISO 8601: the moment whose state it holds. */
  readonly madeAt: string;
  /** Names of the migrations that had been run, in their order. */
  readonly migrations: readonly string[];
  /** `12:HASH`, the last head of the audit seal; null where nothing was sealed yet. */
  readonly sealHead: string | null;
  /** Of the key ring that reads the sealed values: the keys themselves are in no backup. */
  readonly keyMarks: Readonly<Record<string, string>>;
};

/** What was counted while it was written. Hashes are SHA-256 over what stands in the file. */
export type Sums = {
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[];
  readonly files: { readonly count: number; readonly bytes: number; readonly sha256: string };
  /** Named in the books, and not in the file store when the backup was made. */
  readonly missingFiles: readonly string[];
};

export type BackupRecord =
  | { readonly kind: 'about'; readonly about: About }
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'file'; readonly sha256: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly sums: Sums };

const HEAD = 5;
const BYTES = 1;
const JSON_TEXT = 0;

/** Kind, length, and what there is: JSON, or the bytes of a file. */
export function encoded(record: BackupRecord): Buffer {
  const isBytes = record.kind === 'bytes';
  const body = isBytes ? record.bytes : Buffer.from(JSON.stringify(record));
  const head = Buffer.alloc(HEAD);
  head[0] = isBytes ? BYTES : JSON_TEXT;
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

export async function* decoded(source: AsyncIterable<Buffer>): AsyncGenerator<BackupRecord> {
  let held: Buffer = Buffer.alloc(0);
  for await (const bytes of source) {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    for (let end = endOf(held); end !== null && end <= held.length; end = endOf(held)) {
      const body = held.subarray(HEAD, end);
      yield held[0] === BYTES
        ? { kind: 'bytes', bytes: body }
        : (JSON.parse(body.toString()) as BackupRecord);
      held = held.subarray(end);
    }
  }
  if (held.length > 0) throw new BackupDamaged('最后一条记录不完整');
}

const endOf = (held: Buffer): number | null => (held.length < HEAD ? null : HEAD + held.readUInt32BE(1));

/** Counts and hashes what passes: the same for whoever writes a backup and whoever reads it. */
export class Tally {
  private readonly tables: { name: string; rows: number; hash: Hash }[] = [];
  private readonly files = { count: 0, bytes: 0, hash: createHash('sha256') };

  take(record: BackupRecord): void {
    const table = this.tables.at(-1);
    if (record.kind === 'table')
      this.tables.push({
        name: record.name,
        rows: 0,
        hash: createHash('sha256').update(record.columns.join()),
      });
    else if (record.kind === 'rows' && table) {
      table.rows += record.rows.length;
      table.hash.update(JSON.stringify(record.rows));
    } else if (record.kind === 'file') {
      this.files.count += 1;
      this.files.hash.update(record.sha256);
    } else if (record.kind === 'bytes') {
      this.files.bytes += record.bytes.length;
      this.files.hash.update(record.bytes);
    }
  }

  /** Once, at the end. */
  sums(missingFiles: readonly string[]): Sums {
    const { count, bytes, hash } = this.files;
    return {
      tables: this.tables.map(({ name, rows, hash: of }) => ({ name, rows, sha256: of.digest('hex') })),
      files: { count, bytes, sha256: hash.digest('hex') },
      missingFiles,
    };
  }
}
