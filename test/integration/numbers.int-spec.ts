import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Numbers, NumberTaken } from '../../src/platform/database/numbers.js';
import { Reads } from '../../src/platform/database/reads.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;
  let numbers: Numbers;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    transactions = new Transactions(dataSource);
    numbers = new Numbers(new Reads(dataSource));
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('gives thirty who ask together the numbers 1 to 20, when ten of them change their minds', async () => {
    const scope = randomUUID();
    const asked = Array.from({ length: 30 }, (_, i) =>
      transactions.run(async (tx) => {
        const number = await numbers.next(tx, scope, 'voucher', 2026);
        if (i % 3 === 0) throw new Error('changed its mind');
        return number;
      }),
    );
    const given = (await Promise.allSettled(asked)).flatMap((each) =>
      each.status === 'fulfilled' ? [each.value] : [],
    );
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('lets one of ten claim the number that all had seen as the next', async () => {
    const scope = randomUUID();
    const next = await numbers.peek(scope, 'notice', 2026);
    const claims = Array.from({ length: 10 }, () =>
      transactions.run((tx) => numbers.claim(tx, scope, 'notice', 2026, next)),
    );
    const refusals = (await Promise.allSettled(claims)).flatMap((each) =>
      each.status === 'rejected' ? [each.reason as unknown] : [],
    );
    expect(next).toBe(1);
    expect(refusals).toHaveLength(9);
    expect(refusals.every((refusal) => refusal instanceof NumberTaken)).toBe(true);
    expect(await numbers.peek(scope, 'notice', 2026)).toBe(2);
  });

  it('counts each year and each society from one', async () => {
    const scope = randomUUID();
    const given = await transactions.run(async (tx) => [
      await numbers.next(tx, scope, 'voucher', 2026),
      await numbers.next(tx, scope, 'voucher', 2027),
      await numbers.next(tx, randomUUID(), 'voucher', 2026),
      await numbers.next(tx, scope, 'voucher', 2026),
    ]);
    expect(given).toEqual([1, 1, 1, 2]);
  });
});
