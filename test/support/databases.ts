import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { Calendar } from '../../src/platform/calendar/calendar.js';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { Reads } from '../../src/platform/database/reads.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SystemClock } from '../../src/platform/system.js';
import { schema } from '../../src/schema.js';
import { copyModelTo, keepAsModel } from './model-database.js';

export type TestDatabase = { readonly url: string; drop(): Promise<void> };
export type Kind = { readonly name: 'sqlite' | 'mariadb'; create(): Promise<TestDatabase> };

// Set by tools/test.mjs once it has seen that a server answers there.
const serverUrl = process.env['TEST_DATABASE_URL'];
if (!serverUrl && process.env['REQUIRE_MARIADB'] === '1')
  throw new Error('REQUIRE_MARIADB=1, and no MariaDB answers');

const sqlite: Kind = {
  name: 'sqlite',
  create() {
    const directory = mkdtempSync(join(tmpdir(), 'huzhu-test-'));
    const drop = () => rm(directory, { recursive: true });
    return Promise.resolve({ url: `sqlite:${join(directory, 'test.db')}`, drop });
  },
};

const mariadb = (server: string): Kind => ({
  name: 'mariadb',
  async create() {
    const name = `huzhu_test_${randomBytes(6).toString('hex')}`;
    await onServer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    const url = Object.assign(new URL(server), { pathname: name }).href;
    return { url, drop: () => onServer(server, `DROP DATABASE ${name}`) };
  },
});

/** Each database that this run can reach. The name in a test's title is what the summary counts. */
export const kinds: Kind[] = serverUrl ? [sqlite, mariadb(serverUrl)] : [sqlite];

/**
 * Where most of what is asked over HTTP runs: the rules behind it are proved on each database by the integration tests, and
 * every route is walked on each by the matrix and by the markers. `LONG=1` asks each database everything.
 */
export const kindsOverHttp: Kind[] = process.env['LONG'] === '1' ? kinds : [sqlite];

export async function onServer(server: string, sql: string): Promise<void> {
  const connection = await mysql.createConnection(server);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

/** The database with its schema and its calendar, as the deploy step leaves it. */
export async function migrated(database: TestDatabase): Promise<DataSource> {
  if (await copyModelTo(database.url)) return dataSourceOf(database.url, schema).initialize();
  const dataSource = await dataSourceOf(database.url, schema).initialize();
  await dataSource.runMigrations();
  const calendar = new Calendar(new Reads(dataSource), new SystemClock());
  await new Transactions(dataSource).run((tx) => calendar.fillFromPackage(tx));
  await keepAsModel(database.url);
  return dataSource;
}
