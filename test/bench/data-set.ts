import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Calendar } from '../../src/platform/calendar/calendar.js';
import { Config } from '../../src/platform/config.js';
import { Keys } from '../../src/platform/crypto/keys.js';
import { Sealing } from '../../src/platform/crypto/sealing.js';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { Reads } from '../../src/platform/database/reads.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SystemClock } from '../../src/platform/system.js';
import { schema } from '../../src/schema.js';
import { onServer } from '../support/databases.js';
import { fill } from './data-set/fill.js';
import type { Filled } from './data-set/fill.js';
import { SCALES } from './data-set/scale.js';
import type { ScaleName } from './data-set/scale.js';

export type SetWanted = {
  /** Names of scales, with commas between them. */
  readonly scale: string;
  /** A server to make the databases on: `mysql://root@127.0.0.1:3306/`. */
  readonly server: string | undefined;
  readonly seed: number;
  readonly drop: boolean;
  readonly say: (words: string) => void;
};

/** A set that is there: what is in it, and where its keys lie. */
export type DataSet = Filled & { readonly scale: ScaleName; readonly url: string; readonly dataDir: string };

const ROOT = join(process.cwd(), 'build', 'bench', 'data-sets');
const isScale = (name: string): name is ScaleName => name in SCALES;

export function scalesIn(text: string): ScaleName[] {
  const names = text.split(',');
  const wrong = names.filter((name) => !isScale(name));
  if (wrong.length > 0)
    throw new Error(`No scale ${wrong.join()}: there is ${Object.keys(SCALES).join(', ')}`);
  return names.filter(isScale);
}

/**
 * `npm run bench -- data-set --scale city|nation|tiny [--server mysql://…/] [--seed N] [--drop]`: makes the set anew in the
 * database `bench_nation_SCALE`, or takes it away. Without a server it is one file of the embedded database.
 */
export async function benchDataSet(wanted: SetWanted): Promise<object> {
  const answers: Record<string, object> = {};
  for (const scale of scalesIn(wanted.scale)) {
    await dropped(scale, wanted.server);
    if (!wanted.drop) answers[scale] = await made(scale, wanted);
  }
  return answers;
}

/** The set of this scale that is there already, else a new one. */
export async function setOf(scale: ScaleName, wanted: SetWanted): Promise<DataSet> {
  const file = join(ROOT, nameOf(scale, wanted.server), 'set.json');
  if (!existsSync(file)) {
    await dropped(scale, wanted.server);
    await made(scale, wanted);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DataSet;
}

const nameOf = (scale: ScaleName, server: string | undefined): string =>
  `${server === undefined ? 'sqlite' : 'mariadb'}-${scale}`;
const databaseOf = (scale: ScaleName): string => `bench_nation_${scale}`;

async function dropped(scale: ScaleName, server: string | undefined): Promise<void> {
  rmSync(join(ROOT, nameOf(scale, server)), { recursive: true, force: true });
  if (server !== undefined) await onServer(server, `DROP DATABASE IF EXISTS ${databaseOf(scale)}`);
}

async function made(scale: ScaleName, { server, seed, say }: SetWanted): Promise<object> {
  const dataDir = join(ROOT, nameOf(scale, server));
  mkdirSync(dataDir, { recursive: true });
  const url = await databaseFor(scale, server, dataDir);
  await migrate(url);
  const { keyFile } = new Config({ DATABASE_URL: url, HUZHU_DATA_DIR: dataDir });
  const from = performance.now();
  const filled = await fill({ url, scale, seed, sealing: new Sealing(new Keys(keyFile, true)), say });
  const seconds = (performance.now() - from) / 1000;
  writeFileSync(
    join(dataDir, 'set.json'),
    JSON.stringify({ ...filled, scale, url, dataDir } satisfies DataSet),
  );
  const rows = Object.values(filled.rows).reduce((sum, each) => sum + each, 0);
  const { voucher_lines: lines = 0, cases = 0 } = filled.rows;
  say(`${scale}: ${filled.societies} societies, ${lines} ledger lines, ${cases} cases, ${rows} rows in all`);
  say(`  in ${seconds.toFixed(0)} s, ${Math.round(rows / seconds)} rows/s, in ${url}`);
  return { ...filled, seconds, rowsPerSecond: rows / seconds, url };
}

async function databaseFor(scale: ScaleName, server: string | undefined, dataDir: string): Promise<string> {
  if (server === undefined) return `sqlite:${join(dataDir, 'set.db')}`;
  await onServer(server, `CREATE DATABASE ${databaseOf(scale)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return Object.assign(new URL(server), { pathname: databaseOf(scale) }).href;
}

async function migrate(url: string): Promise<void> {
  const dataSource = await dataSourceOf(url, schema).initialize();
  await dataSource.runMigrations();
  const calendar = new Calendar(new Reads(dataSource), new SystemClock());
  await new Transactions(dataSource).run((tx) => calendar.fillFromPackage(tx));
  await dataSource.destroy();
}
