import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';
import { dataSourceOf } from '../database/data-source.js';
import { opened } from '../database/opened.js';
import { runPending } from '../database/pending-migrations.js';
import type { Schema } from '../database/data-source.js';
import { lockServer } from '../database/server-lock.js';
import { roomIn } from '../observability/room.js';
import type { Room } from '../observability/room.js';
import { marksOfRing } from './backup-key.js';
import { BackupDamaged, BackupTooNew, KeyRingIsAnother, NoRoom, TargetNotEmpty } from './backup.errors.js';
import { filePath, readThrough } from './backup.js';
import type { BackupFile, Manifest } from './backup.js';
import type { BackupRecord } from './records.js';
import { sqlitePathIn } from './snapshots.js';
import type { Table } from './snapshots.js';
import { targetOf } from './targets.js';
import type { Sink, Target } from './targets.js';

/** How much the disk of a folder still takes. */
export type RoomIn = (folder: string) => Promise<Pick<Room, 'freeBytes'>>;

/** Under this name the file store is filled; what a restore that was broken off left there is taken away first. */
const UNFINISHED_STORE = 'files.restoring';

/** Rows, their indexes and the log beside them take about so much more than they do, packed, in a backup. */
const GROWTH = 12;

/**
 * Puts a backup into an empty database and an empty file store, whichever database it came from: so a house moves from
 * one machine to a server, too. The whole file is read and checked before anything is written; then the schema is built
 * by the migrations that the backup names, so that every CHECK judges every row and the triggers stand; the later
 * migrations follow. What fails leaves the target as empty as it was.
 */
export async function restoreBackup(
  config: Config,
  schema: Schema,
  from: BackupFile,
  room: RoomIn = roomIn,
): Promise<Manifest> {
  const manifest = await readThrough(from);
  const target = targetOf(config.databaseUrl);
  await expectEmpty(config, target); // before anything is touched; asked again under the lock
  expectReadable(config, schema, manifest);
  await expectRoom(config, from, manifest, room);
  const unlock = lockServer(config.databaseUrl);
  try {
    await claimEmpty(config, target);
  } catch (error) {
    unlock();
    throw error;
  }
  try {
    await clearUnfinished(config, target);
    await filled(config, schema, from, manifest, target);
    return manifest;
  } catch (error) {
    await clearUnfinished(config, target);
    await target.drop();
    throw error;
  } finally {
    unlock();
  }
}

/** Another restore may have begun and ended since it was looked at: what that one brought is cleared away by nobody. */
async function claimEmpty(config: Config, target: Target): Promise<void> {
  await target.claim();
  try {
    await expectEmpty(config, target);
  } catch (error) {
    await target.release();
    throw error;
  }
}

async function expectEmpty({ dataDir }: Config, target: Target): Promise<void> {
  if (!(await target.isEmpty()))
    throw new TargetNotEmpty('目标数据库里已经有表', '请恢复到新建的空数据库（DATABASE_URL）。');
  const store = join(dataDir, 'files');
  if (!target.isUnfinished() && existsSync(store) && (await readdir(store)).length > 0)
    throw new TargetNotEmpty(`${store} 里已经有文件`, '请恢复到空的数据目录（HUZHU_DATA_DIR）。');
}

function expectReadable(config: Config, schema: Schema, { about }: Manifest): void {
  const known = namesOf(schema);
  const unknown = about.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new BackupTooNew(unknown);
  const marks = existsSync(config.keyFile) ? marksOfRing(config.keyFile) : {};
  const missing = Object.keys(about.keyMarks).filter((id) => marks[id] !== about.keyMarks[id]);
  if (missing.length > 0) throw new KeyRingIsAnother(missing);
}

async function expectRoom(
  config: Config,
  { file }: BackupFile,
  { sums }: Manifest,
  room: RoomIn,
): Promise<void> {
  await mkdir(config.dataDir, { recursive: true });
  const path = sqlitePathIn(config.databaseUrl);
  const packed = Math.max((await stat(file)).size - sums.files.bytes, 0);
  const needs: [string, number][] = [[config.dataDir, sums.files.bytes]];
  if (path !== null) needs.push([dirname(path), packed * GROWTH + 4_000_000]);
  const needed = needs.reduce((sum, [, bytes]) => sum + bytes, 0);
  for (const [folder] of needs) {
    const { freeBytes } = await room(folder);
    if (freeBytes < needed) throw new NoRoom(needed, freeBytes);
  }
}

/** While a restore is unfinished, the file store is its own: it was empty when that began. */
async function clearUnfinished({ dataDir, databaseUrl }: Config, target: Target): Promise<void> {
  await rm(join(dataDir, UNFINISHED_STORE), { recursive: true, force: true });
  if (target.isUnfinished()) await rm(join(dataDir, 'files'), { recursive: true, force: true });
  if (sqlitePathIn(databaseUrl) !== null) await target.drop();
}

async function filled(
  config: Config,
  schema: Schema,
  from: BackupFile,
  { about }: Manifest,
  target: Target,
): Promise<void> {
  const ran = (name: string): boolean => about.migrations.includes(name);
  await migrate(target.url, schema, ran);
  const sink = await target.open();
  try {
    await readThrough(from, writerInto(config, sink));
    const orphans = await sink.orphans();
    if (orphans.length > 0) throw new BackupDamaged(`有记录指向不存在的记录：${orphans.join('、')}`);
  } finally {
    await sink.close();
  }
  await migrate(target.url, schema, () => true);
  const unfinished = join(config.dataDir, UNFINISHED_STORE);
  if (existsSync(unfinished)) {
    await rm(join(config.dataDir, 'files'), { recursive: true, force: true }); // it is empty
    await rename(unfinished, join(config.dataDir, 'files'));
  }
  await target.keep();
}

function writerInto({ dataDir }: Config, sink: Sink): (record: BackupRecord) => Promise<void> {
  let table: Table | null = null;
  let sha256 = '';
  return async (record) => {
    if (record.kind === 'table') {
      table = record;
      const columns = await sink.columnsOf(record.name);
      if ([...columns].sort().join() !== [...record.columns].sort().join())
        throw new BackupDamaged(`表 ${record.name} 的列和它的迁移不一致`);
    } else if (record.kind === 'rows' && table) await sink.put(table, record.rows);
    else if (record.kind === 'file') sha256 = record.sha256;
    else if (record.kind === 'bytes') {
      const path = filePath(dataDir, sha256, UNFINISHED_STORE);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, record.bytes, { flush: true });
    }
  };
}

async function migrate(url: string, schema: Schema, wanted: (name: string) => boolean): Promise<void> {
  const migrations = listOf(schema).filter((migration) => wanted(migration.name));
  const dataSource = await opened(dataSourceOf(url, { ...schema, migrations }));
  try {
    await runPending(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

type Named = { readonly name: string };
const listOf = ({ migrations }: Schema): (Named & (new () => never))[] =>
  Object.values(migrations) as unknown as (Named & (new () => never))[];
const namesOf = (schema: Schema): string[] => listOf(schema).map(({ name }) => name);
