import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import type { Account } from '../../src/ledger/domain/accounts.js';
import { LotAllocation } from '../../src/ledger/lot.entity.js';
import { Voucher, VoucherLine } from '../../src/ledger/voucher.entity.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { accrueAndPay, booksOn, givenSociety, payBack, receive, reserve } from './books.given.js';
import type { Books } from './books.given.js';

type Ground = Record<
  'societyId' | 'bookId' | 'voucherId' | 'lotId' | 'otherLotId' | 'orderId' | 'backOrderId' | 'backVoucherId',
  string
>;

const voucherOf = ({ bookId }: Ground, number: number): Voucher => ({
  id: randomUUID(),
  bookId,
  year: 2026,
  number,
  day: day('2026-03-02'),
  cause: randomUUID(),
  summary: '测试',
  postedAt: new Date('2026-03-02T01:00:00.000Z'),
  reversalOf: null,
});

const lineOf = (
  { societyId }: Ground,
  voucherId: string,
  position: number,
  amountFen: number,
  account: Account = '5101',
): VoucherLine => ({
  id: randomUUID(),
  voucherId,
  position,
  account,
  societyId,
  fund: '救急难池',
  restriction: 'none',
  threadId: null,
  amountFen: fen(amountFen),
});

/** A balanced voucher that moves so much at the bank, written past the ledger. */
async function planted(tx: Tx, ground: Ground, number: number, amountFen: number): Promise<string> {
  const voucher = voucherOf(ground, number);
  await tx.insert(Voucher, voucher);
  const lines = [lineOf(ground, voucher.id, 1, amountFen, '1002'), lineOf(ground, voucher.id, 2, -amountFen)];
  await tx.insert(VoucherLine, lines);
  await tx.change`UPDATE number_series SET last_number = ${number} WHERE scope_id = ${ground.bookId}`;
  return voucher.id;
}

/** One row made wrong behind the ledger's back, in the ways that the tables still allow. */
const SLIPS: readonly {
  kind: string;
  because: string;
  plant: (tx: Tx, ground: Ground) => Promise<unknown>;
}[] = [
  // First, since it is looked for only where no row differs by itself.
  {
    kind: 'purse lots',
    because: 'the fund holds one fen back that no lot holds back',
    plant: (tx, { bookId }) =>
      tx.change`UPDATE fund_balances SET frozen_fen = frozen_fen + 1 WHERE book_id = ${bookId}`,
  },
  {
    kind: 'balance',
    because: 'the fund says one fen more than its vouchers',
    plant: (tx, { bookId }) =>
      tx.change`UPDATE fund_balances SET balance_fen = balance_fen + 1 WHERE book_id = ${bookId}`,
  },
  {
    kind: 'reserved',
    because: 'one fen more is set aside than rounds asked for',
    plant: (tx, { bookId }) =>
      tx.change`UPDATE fund_balances SET reserved_fen = reserved_fen + 1 WHERE book_id = ${bookId}`,
  },
  {
    kind: 'lot',
    because: 'a lot has less left than its allocations leave',
    plant: (tx, { lotId }) => tx.change`UPDATE lots SET left_fen = left_fen - 1 WHERE id = ${lotId}`,
  },
  {
    kind: 'lot',
    because: 'a lot is larger than the money that came in',
    plant: (tx, { lotId }) =>
      tx.change`UPDATE lots SET amount_fen = amount_fen + 1, left_fen = left_fen + 1 WHERE id = ${lotId}`,
  },
  {
    kind: 'allocation',
    because: 'a payment used more of the lots than it paid',
    plant: async (tx, { voucherId, otherLotId: lotId, orderId }) => {
      const line = { id: randomUUID(), lotId, voucherId, orderId, kind: 'PAID' as const, amountFen: fen(1) };
      await tx.insert(LotAllocation, line);
      await tx.change`UPDATE lots SET left_fen = left_fen - 1 WHERE id = ${lotId}`;
    },
  },
  {
    kind: 'allocation',
    because: 'the lots were given back less than the bank sent back',
    plant: async (tx, { backVoucherId: voucherId, otherLotId: lotId, backOrderId: orderId }) => {
      const line = { id: randomUUID(), lotId, voucherId, orderId, kind: 'PAID' as const, amountFen: fen(1) };
      await tx.insert(LotAllocation, line);
      await tx.change`UPDATE lots SET left_fen = left_fen - 1 WHERE id = ${lotId}`;
    },
  },
  {
    kind: 'allocation',
    because: 'a lot was given back what that order never took of it',
    plant: async (tx, ground) => {
      const { lotId, orderId } = ground;
      const [out, back] = [await planted(tx, ground, 8, -1), await planted(tx, ground, 9, 1)];
      const took = { id: randomUUID(), lotId, orderId, voucherId: out, amountFen: fen(1) };
      const gave = { id: randomUUID(), lotId, orderId: randomUUID(), voucherId: back, amountFen: fen(-1) };
      await tx.insert(LotAllocation, { ...took, kind: 'PAID' });
      await tx.insert(LotAllocation, { ...gave, kind: 'RETURNED' });
    },
  },
  {
    kind: 'reversal',
    because: 'an inflow was struck by a voucher that is not its mirror',
    plant: async (tx, ground) => {
      const { bookId, otherLotId: lotId } = ground;
      const voucherId = await planted(tx, ground, 8, -50_000);
      const line = { id: randomUUID(), lotId, voucherId, orderId: null, amountFen: fen(50_000) };
      await tx.insert(LotAllocation, { ...line, kind: 'REVERSED' });
      await tx.change`UPDATE lots SET left_fen = 0 WHERE id = ${lotId}`;
      await tx.change`UPDATE fund_balances SET balance_fen = balance_fen - ${50_000} WHERE book_id = ${bookId}`;
    },
  },
  {
    kind: 'voucher line',
    because: 'a voucher has lines that do not sum to nothing',
    plant: (tx, ground) => tx.insert(VoucherLine, lineOf(ground, ground.voucherId, 9, 1)),
  },
  {
    kind: 'voucher line',
    because: 'a voucher has no lines',
    plant: async (tx, ground) => {
      await tx.insert(Voucher, voucherOf(ground, 8));
      await tx.change`UPDATE number_series SET last_number = 8 WHERE scope_id = ${ground.bookId}`;
    },
  },
  {
    kind: 'voucher number gap',
    because: 'a number was left out',
    plant: async (tx, ground) => {
      const voucher = voucherOf(ground, 9);
      await tx.insert(Voucher, voucher);
      await tx.insert(
        VoucherLine,
        [1, -1].map((sign, i) => lineOf(ground, voucher.id, i, sign)),
      );
      await tx.change`UPDATE number_series SET last_number = 9 WHERE scope_id = ${ground.bookId}`;
    },
  },
  {
    kind: 'voucher number gap',
    because: 'a number was given and no voucher bears it',
    plant: (tx, { bookId }) => tx.change`UPDATE number_series SET last_number = 9 WHERE scope_id = ${bookId}`,
  },
];

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let books: Books;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    books = booksOn(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  /** A society of its own for each slip, since what was planted in an append-only table stays there. */
  const givenGround = async (): Promise<Ground> => {
    const societyId = await givenSociety(books, 100_000);
    await receive(books, societyId, 50_000, { kind: 'FEE' });
    const purpose = randomUUID();
    await reserve(books, societyId, 30_000, purpose);
    const { voucherId, orderId } = await accrueAndPay(books, societyId, 30_000, purpose);
    const backPurpose = randomUUID();
    await reserve(books, societyId, 10_000, backPurpose);
    const back = await accrueAndPay(books, societyId, 10_000, backPurpose);
    const { voucherId: backVoucherId } = await payBack(books, back); // and is held again
    const [used] = await books.queries.allocationsOf(orderId);
    const lots = await books.queries.lots(societyId);
    const book = await books.reads.one<{ id: string }>`
      SELECT id AS "id" FROM books WHERE society_id = ${societyId}`;
    return {
      societyId,
      voucherId,
      orderId,
      backVoucherId,
      backOrderId: back.orderId,
      bookId: book?.id ?? '',
      lotId: used?.lotId ?? '',
      otherLotId: lots.find(({ id }) => id !== used?.lotId)?.id ?? '',
    };
  };

  it('finds nothing in books that were kept by the ledger', async () => {
    await givenGround();
    expect(await books.verifier.check()).toEqual([]);
  });

  it.each(SLIPS)('finds a $kind: $because', async ({ kind: name, plant }) => {
    const ground = await givenGround();
    const before = await books.verifier.check();
    await books.transactions.run((tx) => plant(tx, ground));
    const found = await books.verifier.check();
    const known = new Set(before.map((finding) => JSON.stringify(finding)));
    const fresh = found.filter((finding) => !known.has(JSON.stringify(finding)));
    expect(fresh.map((finding) => finding.kind)).toEqual([name]);
    expect(fresh[0]?.subject).toMatch(/^[a-z_]+\/[\w-]+$/);
  });
});
