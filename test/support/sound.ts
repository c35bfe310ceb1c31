import type { DataSource } from 'typeorm';
import { findAll } from '../../src/house/verify.js';
import type { House } from './house.js';
import { isLong } from './often.js';

/** The last word of a file that wrote to a house: the books balance, and nothing the rows say is belied by others. */
export async function expectSound(house: Pick<House, 'app' | 'dataSource'>): Promise<void> {
  const { findings } = await findAll(house.app);
  expect(findings).toEqual([]);
  await expectBalanced(house.dataSource);
}

/**
 * The same as a hook of the file, to be named before the house is closed: after its last test, and with `LONG=1` after each,
 * which tells which of them left it so.
 */
export function staysSound(house: () => Parameters<typeof expectSound>[0]): void {
  const hook = isLong ? afterEach : afterAll;
  hook(() => expectSound(house()));
}

/** Every voucher sums to zero, asked of the database by another question than the reconciler's. */
export async function expectBalanced(dataSource: DataSource): Promise<void> {
  const rows: { sum: number | string }[] = await dataSource.query(
    'SELECT voucher_id AS "id", SUM(amount_fen) AS "sum" FROM voucher_lines GROUP BY voucher_id',
  );
  expect(rows.filter(({ sum }) => Number(sum) !== 0)).toEqual([]);
}
