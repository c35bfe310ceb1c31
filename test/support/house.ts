import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.js';
import { Timers } from '../../src/house/index.js';
import type { Actor, Caller, Role } from '../../src/kernel/actor.js';
import { HandClock } from '../../src/platform/clocks.js';
import { Config } from '../../src/platform/config.js';
import { SystemIds } from '../../src/platform/system.js';
import { migrated } from './databases.js';
import type { Kind, TestDatabase } from './databases.js';

/** The whole program on a fresh database of one kind, with a clock in the test's hand. */
export type House = {
  readonly app: NestFastifyApplication;
  readonly clock: HandClock;
  readonly dataSource: DataSource;
  /** Any service or query by its class. */
  get<T>(token: abstract new (...args: never[]) => T): T;
  close(): Promise<void>;
};

type HouseWanted = {
  readonly log?: boolean;
  /** By the clock of the machine; else whenever the test asks. */
  readonly seals?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  readonly clock?: HandClock;
  /** From one address; a test that asks for nothing here asks as fast as it can. */
  readonly requestsPerMinute?: number;
};

/** Monday morning, in a week without a holiday. */
export const MONDAY = '2026-03-02T01:00:00.000Z';

export async function givenHouse(kind: Kind, at = MONDAY, wanted: HouseWanted = {}): Promise<House> {
  const database = await kind.create();
  await (await migrated(database)).destroy();
  const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-files-'));
  const house = await houseOn({ database, dataDir }, at, wanted);
  return {
    ...house,
    async close() {
      await house.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The same on a database that is there already, and stays when the house is closed. */
export async function houseOn(
  { database, dataDir }: { readonly database: TestDatabase; readonly dataDir: string },
  at: string,
  {
    log = false,
    seals = false,
    settings = {},
    clock = new HandClock(at),
    requestsPerMinute = 1_000_000,
  }: HouseWanted = {},
): Promise<House> {
  const config = new Config({ DATABASE_URL: database.url, HUZHU_DATA_DIR: dataDir, ...settings });
  const app = await createApp({
    config,
    clock,
    ids: new SystemIds(clock),
    root: process.cwd(),
    requestsPerMinute,
    log,
  });
  if (!seals) app.get(Timers, { strict: false }).stopSealing();
  return {
    app,
    clock,
    dataSource: app.get(DataSource),
    get: (token) => app.get(token, { strict: false }),
    close: () => app.close(),
  };
}

let keys = 0;

/** A caller as the door would make one, under a key of its own. */
export function callerOf(actor: Partial<Actor> & { roles?: readonly Role[] }, key?: string): Caller {
  const whole: Actor = {
    accountId: null,
    personId: null,
    societyId: null,
    roles: [],
    origin: 'test',
    ...actor,
  };
  return { actor: whole, key: key ?? `test-key-${String(++keys).padStart(6, '0')}` };
}
