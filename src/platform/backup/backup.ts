import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Clock } from '../../kernel/clock.js';
import type { Config } from '../config.js';
import { canonicalJson } from '../crypto/hash.js';
import { marksOfRing, readBackupKey } from './backup-key.js';
import { BackupDamaged, NothingToBackUp, TargetNotEmpty } from './backup.errors.js';
import { openChunks, sealChunks } from './chunks.js';
import { decoded, encoded, Tally } from './records.js';
import type { About, BackupRecord, Cell, Sums } from './records.js';
import { snapshotOf } from './snapshots.js';
import type { Snapshot } from './snapshots.js';

export type BackupFile = { readonly file: string; readonly keyFile: string };
export type Manifest = { readonly about: About; readonly sums: Sums };

/** So often a backup begins anew because a photo was erased under its hands. */
const MOST_TRIES = 3;

/** A photo that the snapshot names was erased since: the next snapshot will not name it. */
class ErasedMeanwhile extends Error {}

/**
 * Everything of one moment in one encrypted file, while the house serves: the rows of every table and the (sealed) bytes
 * of every file that they name. Written under another name, read back to its end, and only then called by its own.
 * Backups hold neither the key ring nor the key they are encrypted under.
 */
export async function writeBackup(
  config: Config,
  clock: Clock,
  { file, keyFile }: BackupFile,
): Promise<Manifest> {
  const key = readBackupKey(keyFile);
  if (existsSync(file)) throw new TargetNotEmpty(`${file} 已经存在`, '请换一个文件名。');
  const unfinished = `${file}.unfinished`;
  await mkdir(dirname(file), { recursive: true });
  try {
    for (let tries = 1; ; tries++) {
      try {
        await written(config, clock, key, unfinished);
        break;
      } catch (error) {
        if (!(error instanceof ErasedMeanwhile) || tries === MOST_TRIES) throw error;
      }
    }
    const manifest = await readThrough({ file: unfinished, keyFile });
    await rename(unfinished, file);
    return manifest;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Reads a backup to its end and checks every chunk, count and hash; `take` sees each record. Writes nothing itself. */
export async function readThrough(
  { file, keyFile }: BackupFile,
  take: (record: BackupRecord) => Promise<void> | void = () => undefined,
): Promise<Manifest> {
  const key = readBackupKey(keyFile);
  if (!existsSync(file)) throw new BackupDamaged(`没有 ${file} 这个文件`);
  const read: { about?: About; sums?: Sums } = {};
  const tally = new Tally();
  const look = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const record of decoded(source)) {
      if (record.kind === 'about') read.about = record.about;
      if (record.kind === 'end') read.sums = record.sums;
      tally.take(record);
      await take(record);
    }
  };
  const chunks = openChunks(createReadStream(file) as AsyncIterable<Buffer>, key);
  await pipeline(chunks, createGunzip(), look);
  const { about, sums } = read;
  if (!about || !sums) throw new BackupDamaged('没有开头或结尾');
  if (canonicalJson(tally.sums(sums.missingFiles)) !== canonicalJson(sums))
    throw new BackupDamaged('数目和哈希对不上');
  return { about, sums };
}

async function written(config: Config, clock: Clock, key: Buffer, file: string): Promise<void> {
  const snapshot = await snapshotOf(config.databaseUrl);
  try {
    if (snapshot.migrations.length === 0) throw new NothingToBackUp();
    const plain = recordsOf(config, clock, snapshot);
    const seal = (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => sealChunks(source, key);
    const out = createWriteStream(file, { mode: 0o600, flush: true });
    await pipeline(plain, createGzip(), seal, out);
  } finally {
    await snapshot.close();
  }
}

async function* recordsOf(config: Config, clock: Clock, snapshot: Snapshot): AsyncGenerator<Buffer> {
  const tally = new Tally();
  const put = (record: BackupRecord): Buffer => {
    tally.take(record);
    return encoded(record);
  };
  const { database, migrations } = snapshot;
  const madeAt = clock.now().toISOString();
  const keyMarks = marksOfRing(config.keyFile);
  const sealHead = await sealHeadIn(snapshot);
  yield put({ kind: 'about', about: { format: 1, database, madeAt, migrations, sealHead, keyMarks } });
  const named = new Set<string>();
  for (const table of snapshot.tables) {
    yield put({ kind: 'table', ...table });
    const at = table.name === 'stored_files' ? table.columns.indexOf('sha256') : -1;
    for await (const rows of snapshot.rows(table)) {
      if (at >= 0) rows.forEach((row) => named.add(String(row[at])));
      yield put({ kind: 'rows', rows });
    }
  }
  const missing: string[] = [];
  for (const sha256 of [...named].sort()) {
    const bytes = await readFile(filePath(config.dataDir, sha256)).catch(noneThere);
    if (bytes === null) {
      await leftIn(config, sha256);
      missing.push(sha256);
      continue;
    }
    yield put({ kind: 'file', sha256 });
    yield put({ kind: 'bytes', bytes });
  }
  yield encoded({ kind: 'end', sums: tally.sums(missing) });
}

/** Where the file store keeps what has this hash (`Files`). */
export const filePath = (dataDir: string, sha256: string, store = 'files'): string =>
  join(dataDir, store, sha256.slice(0, 2), sha256);

function noneThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Throws where the books of now name that file no more. */
async function leftIn({ databaseUrl }: Config, sha256: string): Promise<void> {
  const now = await snapshotOf(databaseUrl);
  try {
    const table = now.tables.find(({ name }) => name === 'stored_files');
    const at = table?.columns.indexOf('sha256') ?? -1;
    if (table) for await (const rows of now.rows(table)) if (rows.some((row) => row[at] === sha256)) return;
  } finally {
    await now.close();
  }
  throw new ErasedMeanwhile();
}

async function sealHeadIn(snapshot: Snapshot): Promise<string | null> {
  const table = snapshot.tables.find(({ name }) => name === 'seal_batches');
  if (!table) return null;
  let last: readonly Cell[] | null = null;
  const [number, head] = [table.columns.indexOf('number'), table.columns.indexOf('head')];
  for await (const rows of snapshot.rows(table))
    for (const row of rows) if (last === null || Number(row[number]) > Number(last[number])) last = row;
  return last === null ? null : `${String(last[number])}:${String(last[head])}`;
}
