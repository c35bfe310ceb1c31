import { existsSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { clockDoubts, wordsOfDoubt } from '../platform/clock-note.js';
import type { Config } from '../platform/config.js';
import { readKeyRing } from '../platform/crypto/key-ring.js';
import { clusterNodeOf, faultOfNode } from '../platform/database/cluster.js';
import type { ClusterNode } from '../platform/database/cluster.js';
import { checkSettings } from '../platform/database/settings.js';
import { lastRun } from '../platform/observability/last-runs.js';
import type { RunKind } from '../platform/observability/last-runs.js';
import { LEAST_ROOM_BYTES, roomIn } from '../platform/observability/room.js';
import {
  missingTriggers,
  pendingMigrations,
  unknownMigrations,
} from '../platform/observability/schema-state.js';
import { fontFilesOf } from '../platform/pdf/font-files.js';
import { schema } from '../schema.js';
import type { Lags } from './lags.queries.js';

/** One thing that was looked at: well, to be watched, or broken, and what to do. No personal data. */
export type Sign = {
  readonly check: string;
  readonly level: 'ok' | 'warn' | 'fault';
  readonly words: string;
  readonly advice?: string;
};

const HOUR_MS = 3_600_000;
/** A night run that was left out once is said the next day. */
const STALE_MS = 36 * HOUR_MS;
const TIGHT_BYTES = 1_000_000_000;
const LAG_MS = { messages: 15 * 60_000, webhooks: HOUR_MS, seal: 60_000 } as const;
/** The State Council publishes a year's holidays in November. */
const LISTS_COME_IN = 12;

const ok = (check: string, words: string): Sign => ({ check, level: 'ok', words });
const warn = (check: string, words: string, advice: string): Sign => ({
  check,
  level: 'warn',
  words,
  advice,
});
const fault = (check: string, words: string, advice: string): Sign => ({
  check,
  level: 'fault',
  words,
  advice,
});
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What can be seen without the database. */
export async function signsOfMachine(config: Config, clock: Clock): Promise<Sign[]> {
  return [
    ok('settings', config.production ? 'read, for production' : 'read, not for production'),
    keySign(config),
    clockSign(config, clock),
    await roomSign(config),
    fontSign(config),
    await runSign(config, clock, 'verify', 'run verify every night'),
    await runSign(config, clock, 'backup', 'run backup every night'),
  ];
}

function keySign({ keyFile, dataDir, production }: Config): Sign {
  if (!existsSync(keyFile))
    return fault(
      'key file',
      'there is none',
      'bring it back from where it is kept; a new house: keys:create',
    );
  try {
    readKeyRing(keyFile, false);
  } catch (error) {
    return fault('key file', wordsOf(error), 'bring it back from where it is kept');
  }
  if ((statSync(keyFile).mode & 0o077) !== 0)
    return fault(
      'key file',
      'others on this machine may read it',
      'chmod 600, owned by whoever runs the program',
    );
  const isInside = !relative(dataDir, keyFile).startsWith('..');
  if (isInside && production)
    return warn('key file', 'it lies in the data directory', 'keep it apart from what is backed up');
  return ok('key file', 'read, for its owner alone');
}

/** What the running programs have seen of the clock, or whether it is behind what this machine has seen before. */
function clockSign({ dataDir }: Config, clock: Clock): Sign {
  const now = clock.now();
  const doubts = clockDoubts(dataDir, now);
  if (doubts.length === 0) return ok('clock', `it says ${now.toISOString()}`);
  return fault(
    'clock',
    `${[...new Set(doubts.map(wordsOfDoubt))].join(', ')}: nothing is written`,
    `it says ${now.toISOString()}: set it right, or where it is right, clock:confirm`,
  );
}

async function roomSign({ dataDir }: Config): Promise<Sign> {
  const { freeBytes, totalBytes } = await roomIn(dataDir);
  const words = `${String(Math.floor(freeBytes / 1_000_000))} MB free of ${String(Math.floor(totalBytes / 1_000_000))} MB`;
  if (freeBytes < LEAST_ROOM_BYTES)
    return fault('disk', words, 'make room: the program is not ready below 100 MB');
  if (freeBytes < TIGHT_BYTES) return warn('disk', words, 'make room before it stops');
  return ok('disk', words);
}

function fontSign(config: Config): Sign {
  try {
    const missing = [...new Set(Object.values(fontFilesOf(config)).flat())].filter(
      (path) => !existsSync(path),
    );
    if (missing.length > 0)
      return fault('fonts', `missing: ${missing.join(', ')}`, 'npm ci && npm run build');
    return ok('fonts', config.fontFangsong ? "the office's own, and those that ship" : 'those that ship');
  } catch (error) {
    return fault('fonts', wordsOf(error), 'npm ci && npm run build');
  }
}

async function runSign({ dataDir }: Config, clock: Clock, kind: RunKind, advice: string): Promise<Sign> {
  const last = await lastRun(dataDir, kind);
  const check = `last ${kind}`;
  if (!last) return warn(check, 'none is known on this machine', advice);
  const words = `at ${last.at}, ${String(last.findings)} findings`;
  if (last.findings > 0)
    return kind === 'verify'
      ? fault(check, words, 'pay nothing until it is explained')
      : warn(check, words, 'files that the books name are not there');
  return clock.now().getTime() - Date.parse(last.at) > STALE_MS
    ? warn(check, words, advice)
    : ok(check, words);
}

/** What the database says of itself: settings that decide durability, its clock, its schema, its triggers, its calendar. */
export async function signsOfDatabase(dataSource: DataSource, clock: Clock): Promise<Sign[]> {
  const signs: Sign[] = await signsOfNode(dataSource);
  try {
    await checkSettings(dataSource);
    signs.push(ok('database', 'it answers, its settings keep what it is told, its clock agrees'));
  } catch (error) {
    signs.push(fault('database', wordsOf(error), 'docs/operations.md, A server’s database'));
  }
  try {
    return [...signs, ...(await signsOfSchema(dataSource)), await calendarSign(dataSource, clock)];
  } catch (error) {
    return [...signs, fault('migrations', wordsOf(error), 'run migrate')];
  }
}

/** Nothing where the database is no cluster, or does not answer. */
async function signsOfNode(dataSource: DataSource): Promise<Sign[]> {
  const node = await clusterNodeOf(dataSource).catch(() => null);
  return node ? [signOfNode(node)] : [];
}

/** What a node of a cluster says of itself. */
export function signOfNode(node: ClusterNode): Sign {
  const words = `${node.state}, it sees ${String(node.size)} nodes`;
  const why = faultOfNode(node);
  return why === null
    ? ok('cluster', words)
    : fault('cluster', `${words}: ${why}`, 'docs/runbook.md, A cluster of databases');
}

async function signsOfSchema(dataSource: DataSource): Promise<Sign[]> {
  const [pending, unknown] = [
    await pendingMigrations(dataSource, schema),
    await unknownMigrations(dataSource, schema),
  ];
  if (unknown.length > 0)
    return [
      fault(
        'migrations',
        `unknown here: ${unknown.join(', ')}`,
        'a newer program made this database: use that',
      ),
    ];
  if (pending.length > 0) return [fault('migrations', `not run: ${pending.join(', ')}`, 'run migrate')];
  const missing = await missingTriggers(dataSource, schema);
  return [
    ok('migrations', 'all are run'),
    missing.length > 0
      ? fault(
          'triggers',
          `missing: ${missing.join(', ')}`,
          'somebody took them away: ask who, restore a backup',
        )
      : ok('triggers', 'all are there: the books cannot be rewritten'),
  ];
}

async function calendarSign(dataSource: DataSource, clock: Clock): Promise<Sign> {
  const today = dayOf(clock.now());
  const year = yearOf(today);
  const rows = await dataSource.query<{ year: number }[]>('SELECT year AS "year" FROM calendar_years');
  const has = (wanted: number): boolean => rows.some((row) => row.year === wanted);
  const advice = 'import:holidays FILE.json';
  if (!has(year)) return fault('calendar', `the holidays of ${String(year)} are not there`, advice);
  if (has(year + 1)) return ok('calendar', `${String(year)} and ${String(year + 1)}`);
  const words = `${String(year)}; ${String(year + 1)} is not there yet`;
  return Number(today.slice(5, 7)) < LISTS_COME_IN ? ok('calendar', words) : warn('calendar', words, advice);
}

/** What is behind. */
export function signsOfLags(lags: Lags): Sign[] {
  const advice = {
    messages: 'is the server running? messages:test NUMBER says whether the operator takes texts',
    webhooks: 'is the server running? the page of webhooks names the address that does not answer',
    seal: 'is the server running? it seals every two seconds',
  };
  return (['messages', 'webhooks', 'seal'] as const).map((name) => {
    const { count, oldestMs } = lags[name];
    const words = `${String(count)} waiting, the oldest for ${String(Math.round(oldestMs / 1000))} s`;
    return oldestMs > LAG_MS[name] ? warn(name, words, advice[name]) : ok(name, words);
  });
}
