import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { dataSourceOf } from '../database/data-source.js';
import type { Schema } from '../database/data-source.js';

/** Names of the migrations that this program knows and the database has not run. */
export async function pendingMigrations(dataSource: DataSource, schema: Schema): Promise<string[]> {
  const ran = new Set(await ranMigrations(dataSource));
  return namesOf(schema).filter((name) => !ran.has(name));
}

/** Names of those that the database has run and this program does not know: it was made by a newer one. */
export async function unknownMigrations(dataSource: DataSource, schema: Schema): Promise<string[]> {
  const known = new Set(namesOf(schema));
  return (await ranMigrations(dataSource)).filter((name) => !known.has(name));
}

/** Triggers that the migrations make and this database lacks: with them goes what keeps the books append-only. */
export async function missingTriggers(dataSource: DataSource, schema: Schema): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'huzhu-schema-'));
  const model = dataSourceOf(`sqlite:${join(folder, 'model.db')}`, schema);
  try {
    await (await model.initialize()).runMigrations();
    const there = new Set(await triggersOf(dataSource));
    return (await triggersOf(model)).filter((name) => !there.has(name));
  } finally {
    if (model.isInitialized) await model.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ranMigrations(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>('SELECT name AS "name" FROM migrations');
  return rows.map(({ name }) => name);
}

async function triggersOf(dataSource: DataSource): Promise<string[]> {
  const isFile = dataSource.options.type === 'better-sqlite3';
  const rows = await dataSource.query<{ name: string }[]>(
    isFile
      ? `SELECT name AS "name" FROM sqlite_master WHERE type = 'trigger' ORDER BY name`
      : `SELECT trigger_name AS "name" FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
  );
  return rows.map(({ name }) => name);
}

const namesOf = ({ migrations }: Schema): string[] =>
  Object.values(migrations).map((migration) => (migration as { readonly name: string }).name);
