import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { day } from '../../src/kernel/day.js';
import { fen, sumOf } from '../../src/kernel/fen.js';
import {
  AlreadyBooked,
  AlreadyReserved,
  AlreadyReversed,
  AmountNotPositive,
  BookAlreadyOpen,
  CannotReverseMoney,
  FundCannotCover,
  ReceivedInFuture,
  ReservationNotHeld,
  VoucherNotFound,
} from '../../src/ledger/domain/ledger.errors.js';
import { LotsStore } from '../../src/ledger/lots.store.js';
import { StaleSnapshot } from '../../src/platform/database/errors.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import {
  accrueAndPay,
  booksOn,
  givenSociety,
  receive,
  refusalsIn,
  reserve,
  snapshot,
} from './books.given.js';
import type { Books } from './books.given.js';

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
    expect(await books.verifier.check()).toEqual([]);
    await dataSource.destroy();
    await database.drop();
  });

  const fund = (societyId: string) => books.queries.fund(societyId);

  describe('what comes in', () => {
    it('opens one book for a society, and never a second', async () => {
      const societyId = await givenSociety(books);
      const again = books.transactions.run((tx) => books.ledger.openBook(tx, { societyId, name: '又一本' }));
      await expect(again).rejects.toBeInstanceOf(BookAlreadyOpen);
      expect(await fund(societyId)).toEqual({ name: '救急难池', balanceFen: 0, reservedFen: 0, freeFen: 0 });
    });

    it('numbers vouchers from 1 in each book and year, and opens a lot for each inflow', async () => {
      const [one, other] = [await givenSociety(books), await givenSociety(books)];
      expect((await receive(books, one, 3_000_000)).voucherNumber).toBe(1);
      const fee = { kind: 'FEE', receivedOn: day('2026-03-01') } as const;
      expect((await receive(books, one, 20_000, fee)).voucherNumber).toBe(2);
      expect((await receive(books, one, 1_00, { receivedOn: day('2025-12-31') })).voucherNumber).toBe(1);
      expect((await receive(books, other, 500)).voucherNumber).toBe(1);
      const lots = await books.queries.lots(one);
      expect(lots.map(({ source, leftFen }) => [source, leftFen])).toEqual([
        ['OPENING', 100],
        ['FEE', 20_000],
        ['OPENING', 3_000_000],
      ]);
      expect((await fund(one)).balanceFen).toBe(3_020_100);
    });

    it('books an inflow once when ten presses with one key arrive together', async () => {
      const societyId = await givenSociety(books);
      const key = randomUUID();
      const presses = Array.from({ length: 10 }, () => receive(books, societyId, 50_000, { key }));
      const answers = await Promise.all(presses);
      expect(new Set(answers.map(({ voucherId }) => voucherId)).size).toBe(1);
      expect((await fund(societyId)).balanceFen).toBe(50_000);
    });

    it('books one line of the bank statement once, whoever enters it again, and gives the number back', async () => {
      const societyId = await givenSociety(books);
      const line = { bankReference: 'ICBC-20260302-0001' };
      const presses = Array.from({ length: 10 }, () => receive(books, societyId, 50_000, line));
      const outcomes = await Promise.allSettled(presses);
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      expect(refusals.every((refusal) => refusal instanceof AlreadyBooked)).toBe(true);
      expect((await fund(societyId)).balanceFen).toBe(50_000);
      expect((await receive(books, societyId, 1)).voucherNumber).toBe(2);
    });

    it.each`
      amountFen | because
      ${0}      | ${'nothing came in'}
      ${-100}   | ${'what goes out is a payment'}
    `('refuses $amountFen: $because', async ({ amountFen }: { amountFen: number }) => {
      const societyId = await givenSociety(books, 100);
      const before = await snapshot(books, societyId);
      await expect(receive(books, societyId, amountFen)).rejects.toBeInstanceOf(AmountNotPositive);
      expect(await snapshot(books, societyId)).toEqual(before);
    });

    it('refuses what has not come in yet', async () => {
      const societyId = await givenSociety(books);
      const tomorrow = receive(books, societyId, 100, { receivedOn: day('2026-03-03') });
      await expect(tomorrow).rejects.toBeInstanceOf(ReceivedInFuture);
    });
  });

  describe('what is set aside', () => {
    it('D4-58 fund balance 1,200, two cases 1,000 voted together: the second vote cannot reserve', async () => {
      const societyId = await givenSociety(books, 120_000);
      const asked = [1, 2].map(() => reserve(books, societyId, 100_000, randomUUID()));
      const [refusal, ...others] = refusalsIn(await Promise.allSettled(asked));
      expect(others).toEqual([]);
      expect(refusal).toBeInstanceOf(FundCannotCover);
      expect((refusal as FundCannotCover).details).toEqual({ heldFen: 20_000, neededFen: 100_000 });
      expect(await fund(societyId)).toMatchObject({
        balanceFen: 120_000,
        reservedFen: 100_000,
        freeFen: 20_000,
      });
    });

    it('promises ten of fifty who ask at once where ten fit', async () => {
      const societyId = await givenSociety(books, 1_000_000);
      const asked = Array.from({ length: 50 }, () => reserve(books, societyId, 100_000, randomUUID()));
      const refusals = refusalsIn(await Promise.allSettled(asked));
      expect(refusals).toHaveLength(40);
      expect(refusals.every((refusal) => refusal instanceof FundCannotCover)).toBe(true);
      expect(await fund(societyId)).toMatchObject({ reservedFen: 1_000_000, freeFen: 0 });
    });

    it('keeps one reservation for one round, and nothing of a refused one', async () => {
      const societyId = await givenSociety(books, 500_000);
      const purpose = randomUUID();
      await reserve(books, societyId, 100_000, purpose);
      await expect(reserve(books, societyId, 100_000, purpose)).rejects.toBeInstanceOf(AlreadyReserved);
      const refused = randomUUID();
      await expect(reserve(books, societyId, 500_000, refused)).rejects.toBeInstanceOf(FundCannotCover);
      await reserve(books, societyId, 400_000, refused); // the name was not used up by the refusal
      expect(await fund(societyId)).toMatchObject({ reservedFen: 500_000, freeFen: 0 });
    });

    it('frees what was set aside once, however often it is asked', async () => {
      const societyId = await givenSociety(books, 100_000);
      const purpose = randomUUID();
      await reserve(books, societyId, 60_000, purpose);
      const free = () => books.transactions.run((tx) => books.ledger.release(tx, { purpose }));
      const freed = await Promise.all(Array.from({ length: 10 }, free));
      expect(freed.filter(Boolean)).toHaveLength(1);
      expect(await fund(societyId)).toMatchObject({ reservedFen: 0, freeFen: 100_000 });
      const unknown = books.transactions.run((tx) => books.ledger.release(tx, { purpose: randomUUID() }));
      await expect(unknown).rejects.toBeInstanceOf(ReservationNotHeld);
    });

    it('does not let even a wrong statement promise what is not there', async () => {
      const societyId = await givenSociety(books, 100);
      const promise = books.transactions.run(
        (tx) => tx.change`
          UPDATE fund_balances SET reserved_fen = reserved_fen + ${101}
          WHERE book_id = (SELECT id FROM books WHERE society_id = ${societyId})`,
      );
      await expect(promise).rejects.toThrow(/ck_fund_balances_covered/);
    });
  });

  describe('what goes out', () => {
    it('owes what was approved, pays it, and leads it back to the oldest lots', async () => {
      const societyId = await givenSociety(books);
      await receive(books, societyId, 30_000, { kind: 'FEE', receivedOn: day('2026-02-01') });
      await receive(books, societyId, 3_000_000, { kind: 'SUBSIDY', receivedOn: day('2026-01-10') });
      await receive(books, societyId, 40_000, { kind: 'OPENING', receivedOn: day('2026-01-01') });
      const purpose = randomUUID();
      await reserve(books, societyId, 100_000, purpose);
      const { voucherId, voucherNumber, orderId, threadId } = await accrueAndPay(
        books,
        societyId,
        100_000,
        purpose,
      );

      expect(voucherNumber).toBe(5);
      expect(await fund(societyId)).toMatchObject({
        balanceFen: 2_970_000,
        reservedFen: 0,
        freeFen: 2_970_000,
      });
      const used = await books.queries.allocationsOf(orderId);
      expect(used.map(({ source, amountFen }) => [source, amountFen])).toEqual([
        ['OPENING', 40_000],
        ['SUBSIDY', 60_000],
      ]);
      const voucher = await books.queries.voucher(societyId, voucherId);
      expect(voucher.lines).toEqual([
        { account: '2209', fund: '救急难池', restriction: 'none', threadId, amountFen: 100_000 },
        { account: '1002', fund: '救急难池', restriction: 'none', threadId, amountFen: -100_000 },
      ]);
      expect(voucher).toMatchObject({ amountFen: 100_000, day: '2026-03-02', allocations: used });
    });

    it('pays in cash what it draws from the bank', async () => {
      const societyId = await givenSociety(books, 50_000);
      const purpose = randomUUID();
      await reserve(books, societyId, 20_000, purpose);
      const { voucherId } = await accrueAndPay(books, societyId, 20_000, purpose, 'CASH');
      const { lines } = await books.queries.voucher(societyId, voucherId);
      expect(lines.map(({ account }) => account)).toEqual(['1001', '1002', '2209', '1001']);
      expect((await fund(societyId)).balanceFen).toBe(30_000);
    });

    it.each`
      because                             | reserveFen | payFen
      ${'less was set aside'}             | ${20_000}  | ${20_001}
      ${'a payment is never another sum'} | ${20_000}  | ${19_999}
    `('refuses to pay, and changes nothing: $because', async ({ reserveFen, payFen }: Paying) => {
      const societyId = await givenSociety(books, 50_000);
      const purpose = randomUUID();
      await reserve(books, societyId, reserveFen, purpose);
      const before = await snapshot(books, societyId);
      const threadId = randomUUID();
      const paid = books.transactions.run((tx) =>
        books.ledger.pay(tx, {
          societyId,
          purpose,
          orderId: randomUUID(),
          attempt: 1,
          threadId,
          amountFen: fen(payFen),
          method: 'CARD',
          paidAt: books.clock.now(),
          summary: '支付救助款',
        }),
      );
      await expect(paid).rejects.toBeInstanceOf(ReservationNotHeld);
      expect(await snapshot(books, societyId)).toEqual(before);
    });
    type Paying = { reserveFen: number; payFen: number };

    it('does not spend the money of another society', async () => {
      const [own, other] = [await givenSociety(books, 50_000), await givenSociety(books, 50_000)];
      const purpose = randomUUID();
      await reserve(books, other, 20_000, purpose);
      await expect(accrueAndPay(books, own, 20_000, purpose)).rejects.toBeInstanceOf(ReservationNotHeld);
      expect(await fund(other)).toMatchObject({ balanceFen: 50_000, reservedFen: 20_000 });
    });

    it('pays a reservation once when ten pay it together, from one lot after the other', async () => {
      const societyId = await givenSociety(books, 100_000);
      const purposes = Array.from({ length: 5 }, () => randomUUID());
      for (const purpose of purposes) await reserve(books, societyId, 20_000, purpose);
      const presses = [...purposes, ...purposes].map((purpose) =>
        accrueAndPay(books, societyId, 20_000, purpose),
      );
      const outcomes = await Promise.allSettled(presses);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
      expect(await fund(societyId)).toMatchObject({ balanceFen: 0, reservedFen: 0 });
      expect((await books.queries.lots(societyId)).map(({ leftFen }) => leftFen)).toEqual([0]);
    });

    it('books one decision once', async () => {
      const societyId = await givenSociety(books, 100_000);
      const [cause, threadId, amountFen] = [randomUUID(), randomUUID(), fen(30_000)];
      await reserve(books, societyId, amountFen, cause);
      const accrue = () =>
        books.transactions.run((tx) =>
          books.ledger.accrue(tx, {
            societyId,
            threadId,
            purpose: cause,
            cause,
            amountFen,
            at: books.clock.now(),
            summary: '批准',
          }),
        );
      const refusals = refusalsIn(await Promise.allSettled(Array.from({ length: 10 }, accrue)));
      expect(refusals).toHaveLength(9);
      expect(refusals.every((refusal) => refusal instanceof AlreadyBooked)).toBe(true);
    });

    it('takes a decision back once by a mirror, and never what moved money', async () => {
      const societyId = await givenSociety(books);
      const inflow = await receive(books, societyId, 100_000);
      const at = books.clock.now();
      const reverse = (voucherId: string, of = societyId) =>
        books.transactions.run((tx) =>
          books.ledger.reverse(tx, { societyId: of, voucherId, at, summary: '撤回' }),
        );
      const purpose = randomUUID();
      await reserve(books, societyId, 30_000, purpose);
      const { voucherId } = await books.transactions.run((tx) =>
        books.ledger.accrue(tx, {
          societyId,
          threadId: randomUUID(),
          purpose,
          cause: randomUUID(),
          amountFen: fen(30_000),
          at,
          summary: '批准',
        }),
      );
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => reverse(voucherId)));
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      expect(refusals.every((refusal) => refusal instanceof AlreadyReversed)).toBe(true);
      expect((await books.queries.voucher(societyId, voucherId)).reversedBy).not.toBeNull();
      await expect(reverse(inflow.voucherId)).rejects.toBeInstanceOf(CannotReverseMoney);
      await expect(reverse(voucherId, await givenSociety(books))).rejects.toBeInstanceOf(VoucherNotFound);
    });
  });

  it('does a unit anew that saw the lots as they were before another payment', async () => {
    const societyId = await givenSociety(books, 1_000);
    const { transactions, reads, ids } = books;
    const store = new LotsStore(ids);
    const [pool] = await reads.all<{ id: string }>`
      SELECT b.id AS "id" FROM fund_balances b JOIN books k ON k.id = b.book_id WHERE k.society_id = ${societyId}`;
    let tries = 0;
    const seenTooMuch = transactions.run(async (tx) => {
      tries++;
      const [lot] = await store.openLots(tx, pool?.id ?? '');
      const stale = [{ lotId: lot?.id ?? '', amountFen: fen(1_001) }];
      await store.take(tx, { orderId: ids.next(), voucherId: ids.next() }, stale);
    });
    await expect(seenTooMuch).rejects.toBeInstanceOf(StaleSnapshot);
    expect(tries).toBeGreaterThan(1);
    expect((await books.queries.lots(societyId)).map(({ leftFen }) => leftFen)).toEqual([1_000]);
  });

  describe('what the books keep', () => {
    it.each(['vouchers', 'voucher_lines', 'lot_allocations'])(
      'refuses to change or delete %s',
      async (table) => {
        const societyId = await givenSociety(books, 50_000);
        const purpose = randomUUID();
        await reserve(books, societyId, 20_000, purpose);
        await accrueAndPay(books, societyId, 20_000, purpose);
        for (const sql of [`UPDATE ${table} SET id = id`, `DELETE FROM ${table}`])
          await expect(dataSource.transaction((manager) => manager.query(sql))).rejects.toThrow(
            /append-only/,
          );
      },
    );

    it('lets no lot be taken below nothing or filled above itself', async () => {
      const societyId = await givenSociety(books, 50_000);
      const [lot] = await books.queries.lots(societyId);
      for (const by of [-1, 50_001]) {
        const change = books.transactions.run(
          (tx) => tx.change`UPDATE lots SET left_fen = left_fen - ${by} WHERE id = ${lot?.id ?? ''}`,
        );
        await expect(change).rejects.toThrow(/ck_lots_left/);
      }
    });

    it('lists vouchers by pages, the newest first, and another society sees none of them', async () => {
      const societyId = await givenSociety(books);
      for (const amountFen of [1, 2, 3, 4, 5]) await receive(books, societyId, amountFen);
      const seen: number[] = [];
      for (let after = null, more = true; more;) {
        const page = await books.queries.vouchers(societyId, { after, limit: 2 });
        seen.push(...page.rows.map(({ number }) => number));
        after = page.next;
        more = page.next !== null;
      }
      expect(seen).toEqual([5, 4, 3, 2, 1]);
      const other = await givenSociety(books);
      expect((await books.queries.vouchers(other)).rows).toEqual([]);
      const [{ id } = { id: '' }] = (await books.queries.vouchers(societyId)).rows;
      await expect(books.queries.voucher(other, id)).rejects.toBeInstanceOf(VoucherNotFound);
    });

    it('numbers without gaps when half of those who book at once are refused', async () => {
      const societyId = await givenSociety(books);
      const line = (n: number) => `line-${String(n % 10)}`; // each line of the statement twice
      await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => receive(books, societyId, 100, { bankReference: line(n) })),
      );
      const { rows } = await books.queries.vouchers(societyId);
      expect(rows.map(({ number }) => number)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      expect(sumOf((await books.queries.lots(societyId)).map(({ amountFen }) => amountFen))).toBe(1_000);
    });
  });
});
