import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '../../../src/house/prepare-database.js';
import { HandClock } from '../../../src/platform/clocks.js';
import { Config } from '../../../src/platform/config.js';
import { SystemClock } from '../../../src/platform/system.js';
import { houseOn } from '../../support/house.js';
import type { House } from '../../support/house.js';
import type { Galera } from './galera.js';

export const DATABASE = 'huzhu';

/** The program three times, a node each; they share the database, the folder of files, and the clock in the test's hand. */
export type Houses = {
  readonly all: readonly [House, House, House];
  readonly first: House;
  readonly dataDir: string;
  /** Round about: whoever asks for the n-th thing is served by another node than whoever asked before. */
  turn(n: number): House;
  close(): Promise<void>;
};

export async function createDatabase(galera: Galera): Promise<void> {
  await galera.node(1).ask(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
}

/** `migrate`, by one node. */
export function migrateBy(galera: Galera, n: number): Promise<{ migrations: string[] }> {
  const config = new Config({ DATABASE_URL: galera.node(n).url(DATABASE) });
  return prepareDatabase(config, new SystemClock());
}

export async function housesOn(galera: Galera, at: string): Promise<Houses> {
  const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-files-'));
  const clock = new HandClock(at);
  const settings = { MESSAGES_DRIVER: 'file' };
  const on = (n: number): Promise<House> => {
    const database = { url: galera.node(n).url(DATABASE), drop: () => Promise.resolve() };
    return houseOn({ database, dataDir }, at, { clock, settings });
  };
  const first = await on(1); // makes the keys that the others find
  const all = [first, await on(2), await on(3)] as const;
  return {
    ...{ all, first, dataDir },
    turn: (n) => all[n % all.length] ?? first,
    async close() {
      await Promise.all(all.map((house) => house.close()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
