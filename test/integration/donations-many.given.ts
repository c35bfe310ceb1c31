import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Value } from '../../src/platform/database/transactions.js';
import { givenDonor } from '../support/donations.js';
import type { House } from '../support/house.js';
import type { Village } from '../support/village.js';

type Many = {
  readonly gifts: number;
  readonly uses: number;
  /** A paid case; each use has a copy of it for its own. */
  readonly caseId: string;
};

type Row = Readonly<Record<string, unknown>>;

/**
 * A donor with so many gifts, so many uses of them, and an account: by SQL, a case, a voucher and a line of the trace
 * for each use. The books are the size of real ones, and no more right than they have to be for being read.
 */
export async function givenMany(
  house: House,
  village: Village,
  { gifts, uses, caseId }: Many,
): Promise<string> {
  const donorId = await givenDonor(village);
  const accountId = await house
    .get(Transactions)
    .run(async (tx) => (await house.get(AccessService).openWithLink(tx)).accountId);
  await house
    .get(Transactions)
    .run((tx) => tx.change`UPDATE donors SET account_id = ${accountId} WHERE id = ${donorId}`);
  const { societyId } = village;
  const balance = await one(
    house,
    'SELECT f.* FROM fund_balances f JOIN books b ON b.id = f.book_id WHERE b.society_id = ?',
    [societyId],
  );
  const voucher = await one(house, 'SELECT v.* FROM vouchers v WHERE v.book_id = ? ORDER BY v.id LIMIT 1', [
    balance['book_id'],
  ]);
  const [line] = await house.dataSource.query<Row[]>('SELECT * FROM voucher_lines WHERE voucher_id = ?', [
    voucher['id'],
  ]);
  const gift = await one(house, 'SELECT * FROM gifts WHERE society_id = ? LIMIT 1', [societyId]);
  const lot = await one(house, 'SELECT * FROM lots WHERE id = ?', [gift['lot_id']]);
  const paid = await one(house, 'SELECT * FROM cases WHERE id = ?', [caseId]);

  const voucherOf = (n: number): Row => {
    const id = randomUUID();
    return { ...voucher, id, number: serial + n, cause: `many:${id}` };
  };
  const each = Math.ceil(uses / gifts);
  const giftVouchers = Array.from({ length: gifts }, (_, i) => voucherOf(i));
  const useVouchers = Array.from({ length: uses }, (_, i) => voucherOf(gifts + i));
  const cases = Array.from({ length: uses }, (_, i) => ({
    ...paid,
    ...{ id: randomUUID(), number: serial + i, cause_key: null },
  }));
  serial += gifts + uses;
  const lots = giftVouchers.map(({ id }, i) => {
    const used = Math.min(each, Math.max(0, uses - i * each)) * 100;
    return {
      ...lot,
      id: randomUUID(),
      voucher_id: id,
      amount_fen: 10_000,
      left_fen: 10_000 - used,
      frozen_fen: 0,
    };
  });
  const given = lots.map(({ id, voucher_id }) => ({
    ...gift,
    ...{ id: randomUUID(), donor_id: donorId, lot_id: id, voucher_id, amount_fen: 10_000, bank_key: null },
  }));
  await insert(house, 'vouchers', [...giftVouchers, ...useVouchers]);
  await insert(house, 'lots', lots);
  await insert(house, 'gifts', given);
  await insert(
    house,
    'gift_lots',
    given.map(({ id, lot_id }) => ({ gift_id: id, lot_id })),
  );
  await insert(house, 'cases', cases);
  await insert(
    house,
    'voucher_lines',
    useVouchers.map(({ id }, i) => ({
      ...line,
      ...{ id: randomUUID(), voucher_id: id, position: 1, thread_id: cases[i]?.id ?? null, amount_fen: 100 },
    })),
  );
  await insert(
    house,
    'lot_allocations',
    useVouchers.map(({ id }, i) => ({
      ...{ id: randomUUID(), lot_id: lots[Math.floor(i / each)]?.id ?? '', voucher_id: id, kind: 'PAID' },
      ...{ order_id: randomUUID(), amount_fen: 100 },
    })),
  );
  return accountId;
}

let serial = 10_000;

async function one(house: House, sql: string, values: unknown[]): Promise<Row> {
  const [row] = await house.dataSource.query<Row[]>(sql, values);
  if (!row) throw new Error(`Nothing to copy: ${sql}`);
  return row;
}

const AT_ONCE = 200;

async function insert(house: House, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  await house.get(Transactions).run(async (tx) => {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const values = rows.slice(from, from + AT_ONCE).flatMap((row) => columns.map((column) => row[column]));
      const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (`;
      const text = values.map((_, i) => (i === 0 ? head : i % columns.length === 0 ? '), (' : ', '));
      await tx.change(Object.assign([...text, ')'], { raw: [] }), ...(values as Value[]));
    }
  });
}
