import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf } from '../../../src/kernel/day.js';
import { LedgerQueries } from '../../../src/ledger/index.js';
import { migrated } from '../../support/databases.js';
import type { Kind, TestDatabase } from '../../support/databases.js';
import { houseOn } from '../../support/house.js';
import type { House } from '../../support/house.js';
import { expectSound } from '../../support/sound.js';
import { givenCase, givenVillage } from '../../support/village.js';

/** What the books say of the commands: how often each came in, and what is left. */
export type Books = {
  /** How many lots each amount opened. */
  readonly lots: ReadonlyMap<number, number>;
  /** How many lines took money out for each order. */
  readonly paid: ReadonlyMap<string, number>;
  readonly poolFen: number;
};

/** People who record money, and orders that wait to be paid. */
export type Office = {
  readonly societyId: string;
  readonly logins: { readonly accountant: string; readonly cashier: string };
  /** Each of 1,000 yuan. */
  readonly orderIds: readonly string[];
  /** What the pool held before anything was sent. */
  readonly heldFen: number;
  /** The day of receipt of what comes in. */
  readonly today: string;
};

/** An office on a database and a data directory that a program of its own can be started on. */
export type Ground = Office & { readonly database: TestDatabase; readonly dataDir: string };

const now = (): string => new Date().toISOString();

export async function givenOffice(house: House, { orders = 0 } = {}): Promise<Office> {
  const village = await givenVillage(house, { heldFen: 1_000_000 + orders * 100_000 });
  const orderIds: string[] = [];
  for (let i = 0; i < orders; i++) orderIds.push((await givenCase(village, { at: 'APPROVED' })).orderId);
  const { societyId, at } = village;
  const { balanceFen: heldFen } = await house.get(LedgerQueries).fund(societyId);
  const logins = { accountant: at.accountant.login, cashier: at.cashier.login };
  return { societyId, logins, orderIds, heldFen, today: dayOf(house.clock.now()) };
}

/** The clock of the machine is the program's: what is prepared here is of today. */
export async function givenGround(kind: Kind, wanted: { readonly orders?: number } = {}): Promise<Ground> {
  const database = await kind.create();
  await (await migrated(database)).destroy();
  const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-ground-'));
  const house = await houseOn({ database, dataDir }, now());
  const office = await givenOffice(house, wanted);
  await house.close();
  return { ...office, database, dataDir };
}

/** Reads the books while no program runs on them, and asks every verifier: nothing is half done. */
export async function audited(ground: Ground): Promise<Books> {
  const house = await houseOn(ground, now());
  try {
    await expectSound(house);
    return await booksOf(house, ground.societyId);
  } finally {
    await house.close();
  }
}

export async function booksOf(house: House, societyId: string): Promise<Books> {
  const { dataSource } = house;
  type Row = { key: number | string; n: number | string };
  const lots: Row[] = await dataSource.query(
    `SELECT l.amount_fen AS "key", COUNT(*) AS "n" FROM lots l
     JOIN fund_balances f ON f.id = l.balance_id JOIN books b ON b.id = f.book_id
     WHERE b.society_id = ? GROUP BY l.amount_fen`,
    [societyId],
  );
  const paid: Row[] = await dataSource.query(
    `SELECT o.id AS "key", COUNT(DISTINCT a.voucher_id) AS "n" FROM payment_orders o
     JOIN lot_allocations a ON a.order_id = o.id GROUP BY o.id`,
  );
  const { balanceFen } = await house.get(LedgerQueries).fund(societyId);
  return {
    lots: new Map(lots.map(({ key, n }) => [Number(key), Number(n)])),
    paid: new Map(paid.map(({ key, n }) => [String(key), Number(n)])),
    poolFen: balanceFen,
  };
}

export async function endGround({ database, dataDir }: Ground): Promise<void> {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
}
