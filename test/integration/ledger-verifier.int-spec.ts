import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LotAllocation } from '../../src/ledger/lot.entity.js';
import { Voucher, VoucherLine } from '../../src/ledger/voucher.entity.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { accrueAndPay, booksOn, givenSociety, receive, reserve } from './books.given.js';
import type { Books } from './books.given.js';

type Ground = Record<'societyId' | 'bookId' | 'voucherId' | 'lotId' | 'otherLotId' | 'orderId', string>;

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
): VoucherLine => ({
  id: randomUUID(),
  voucherId,
  position,
  account: '5101',
  societyId,
  fund: '救急难池',
  restriction: 'none',
  threadId: null,
  amountFen: fen(amountFen),
});

/** One row made wrong behind the ledger's back, in the ways that the tables still allow. */
const SLIPS: readonly {
  kind: string;
  because: string;
  plant: (tx: Tx, ground: Ground) => Promise<unknown>;
}[] = [
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
      await tx.insert(LotAllocation, { id: randomUUID(), lotId, voucherId, orderId, amountFen: fen(1) });
      await tx.change`UPDATE lots SET left_fen = left_fen - 1 WHERE id = ${lotId}`;
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
      await tx.insert(Voucher, voucherOf(ground, 5));
      await tx.change`UPDATE number_series SET last_number = 5 WHERE scope_id = ${ground.bookId}`;
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
    await reserve(books, societyId, 10_000, randomUUID());
    const [used] = await books.queries.allocationsOf(orderId);
    const lots = await books.queries.lots(societyId);
    const book = await books.reads.one<{ id: string }>`
      SELECT id AS "id" FROM books WHERE society_id = ${societyId}`;
    return {
      societyId,
      voucherId,
      orderId,
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
