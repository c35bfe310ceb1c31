import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'libsql';
import mysql from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { BallotsService } from '../../src/board/index.js';
import { SESSION } from '../../src/platform/database/data-source.js';
import { kinds, migrated } from '../support/databases.js';
import type { Kind, TestDatabase } from '../support/databases.js';
import { houseOn, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

/** A round in which every director but the last has said yes. */
export type LastBallot = { readonly login: string; readonly directorId: string; readonly roundId: string };

export type Prepared = {
  readonly database: TestDatabase;
  readonly dataDir: string;
  readonly at: string;
  drop(): Promise<void>;
};

const AMOUNT_FEN = 10_000;

export const kindNamed = (name: string): Kind | undefined => kinds.find((kind) => kind.name === name);

/** A house on a database of its own, filled and closed again. */
export async function prepared<Filled>(
  kind: Kind,
  fill: (house: House) => Promise<Filled>,
): Promise<Prepared & { readonly filled: Filled }> {
  const database = await kind.create();
  await (await migrated(database)).destroy();
  const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-bench-'));
  const house = await houseOn({ database, dataDir }, MONDAY);
  const filled = await fill(house).finally(() => house.close());
  const drop = async (): Promise<void> => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { database, dataDir, at: MONDAY, filled, drop };
}

/** So many rounds in so many societies, one society after the other, as they would be asked for in turn. */
export async function lastBallots(
  house: House,
  { societies, commands }: { readonly societies: number; readonly commands: number },
): Promise<LastBallot[]> {
  const villages: Village[] = [];
  for (let n = 0; n < societies; n += 1) villages.push(await givenVillage(house, { heldFen: 900_000_000 }));
  const ballots: LastBallot[] = [];
  for (let n = 0; n < commands; n += 1) {
    const village = villages[n % villages.length];
    if (village) ballots.push(await lastBallot(village));
  }
  return ballots;
}

async function lastBallot(village: Village): Promise<LastBallot> {
  const { house, at } = village;
  const { roundId } = await givenCase(village, { at: 'VOTING', amountFen: AMOUNT_FEN });
  for (const post of ['chair', 'deputy', 'third', 'fourth'] as const) {
    const ballot = { roundId, directorId: at[post].personId, choice: 'yes', why: null } as const;
    await house.get(BallotsService).castBallot(as(village, post), ballot);
  }
  return { login: at.fifth.login, directorId: at.fifth.personId, roundId };
}

/** The same rows, keys, guards and triggers once more. */
export async function copyOf({ database }: Prepared, kind: Kind): Promise<TestDatabase> {
  const copy = await kind.create();
  if (kind.name === 'sqlite') {
    const file = database.url.slice('sqlite:'.length);
    const connection = new Connection(file);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    copyFileSync(file, copy.url.slice('sqlite:'.length));
  } else await copyOnServer(database.url, copy.url);
  return copy;
}

async function copyOnServer(from: string, to: string): Promise<void> {
  const source = new URL(from).pathname.slice(1);
  const connection = await mysql.createConnection(to);
  const all = async (sql: string): Promise<RowDataPacket[]> =>
    (await connection.query<RowDataPacket[]>(sql))[0];
  try {
    for (const statement of SESSION) await connection.query(statement);
    await connection.query('SET SESSION foreign_key_checks = 0');
    const listed = (what: 'table' | 'trigger') =>
      all(`SELECT ${what}_name AS name FROM information_schema.${what}s WHERE ${what}_schema = '${source}'`);
    for (const { name } of await listed('table')) {
      const [shown] = await all(`SHOW CREATE TABLE "${source}"."${String(name)}"`);
      await connection.query(String(shown?.['Create Table']));
      await connection.query(`INSERT INTO "${String(name)}" SELECT * FROM "${source}"."${String(name)}"`);
    }
    for (const { name } of await listed('trigger')) {
      const [shown] = await all(`SHOW CREATE TRIGGER "${source}"."${String(name)}"`);
      await connection.query(String(shown?.['SQL Original Statement']).replaceAll(`"${source}".`, ''));
    }
  } finally {
    await connection.end();
  }
}
