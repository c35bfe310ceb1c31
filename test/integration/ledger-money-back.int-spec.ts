import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import {
  AlreadyBooked,
  AlreadyReversed,
  AmountNotPositive,
  InflowPromised,
  InflowUsed,
  NotAnInflow,
  ReservationNotSpent,
  VoucherNotFound,
} from '../../src/ledger/domain/ledger.errors.js';
import { FundCannotCover } from '../../src/ledger/index.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import {
  accountantOf,
  accrueAndPay,
  balanceOf,
  booksOn,
  givenSociety,
  payBack,
  receive,
  receiveInstalment,
  refusalsIn,
  reserve,
  snapshot,
} from './books.given.js';
import type { Books, PaidOut } from './books.given.js';

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let books: Books;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    books = booksOn(dataSource);
  });
  afterEach(async () => {
    expect(await books.verifier.check()).toEqual([]);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const fund = (societyId: string) => books.queries.fund(societyId);
  const lotsOf = async (societyId: string) =>
    (await books.queries.lots(societyId)).map(({ leftFen }) => leftFen);
  const firstInflowOf = async (societyId: string) =>
    (await books.queries.lots(societyId))[0]?.voucherId ?? '';
  const linesOf = async (societyId: string, voucherId: string) => {
    const { lines } = await books.queries.voucher(societyId, voucherId);
    return lines.map(
      ({ account, amountFen }) => `${amountFen > 0 ? 'Dr' : 'Cr'}${account} ${Math.abs(amountFen)}`,
    );
  };
  const tracesOf = async (societyId: string) => {
    const lots = await books.queries.lots(societyId);
    const traces = await Promise.all(lots.map(({ id }) => books.queries.traceOf(id)));
    return traces.map((trace) => trace.map(({ kind: why, amountFen }) => `${why} ${amountFen}`));
  };

  /** 1,000 yuan are paid out of 600 that came first and 400 of 900 that came then. */
  async function givenPaid(): Promise<PaidOut> {
    const societyId = await givenSociety(books);
    await receive(books, societyId, 60_000, { kind: 'OPENING', receivedOn: day('2026-01-01') });
    await receive(books, societyId, 90_000, { kind: 'FEE', receivedOn: day('2026-02-01') });
    const purpose = randomUUID();
    await reserve(books, societyId, 100_000, purpose);
    return accrueAndPay(books, societyId, 100_000, purpose);
  }

  const payAgain = ({ societyId, purpose, orderId, threadId, amountFen }: PaidOut) =>
    books.transactions.run((tx) =>
      books.ledger.pay(tx, {
        ...{ societyId, purpose, orderId, threadId, amountFen },
        attempt: 2,
        method: 'CARD',
        paidAt: books.clock.now(),
        summary: '支付救助款 2026-0012',
      }),
    );

  describe('what the bank sends back', () => {
    it('D4-44 a bank return: 2209 restored, no second expense, the money held again for the same purpose', async () => {
      const paid = await givenPaid();
      const { societyId, orderId } = paid;
      const { voucherId } = await payBack(books, paid);

      expect(await linesOf(societyId, voucherId)).toEqual(['Dr1002 100000', 'Cr2209 100000']);
      expect(await balanceOf(books, societyId, '5101')).toBe(100_000);
      expect(await balanceOf(books, societyId, '2209')).toBe(-100_000);
      expect(await fund(societyId)).toMatchObject({
        balanceFen: 150_000,
        reservedFen: 100_000,
        freeFen: 50_000,
      });
      expect(await lotsOf(societyId)).toEqual([60_000, 90_000]);
      expect(await tracesOf(societyId)).toEqual([
        ['PAID 60000', 'RETURNED -60000'],
        ['PAID 40000', 'RETURNED -40000'],
      ]);
      expect(await books.queries.allocationsOf(orderId)).toMatchObject([
        { kind: 'PAID', amountFen: 60_000 },
        { kind: 'PAID', amountFen: 40_000 },
        { kind: 'RETURNED', amountFen: -40_000 },
        { kind: 'RETURNED', amountFen: -60_000 },
      ]);

      await payAgain(paid);
      expect(await balanceOf(books, societyId, '5101')).toBe(100_000);
      expect(await balanceOf(books, societyId, '2209')).toBe(0);
      expect(await fund(societyId)).toMatchObject({ balanceFen: 50_000, reservedFen: 0 });
      expect(await lotsOf(societyId)).toEqual([0, 50_000]);
    });

    it('comes back once when ten say so together, and once more only when it was paid once more', async () => {
      const paid = await givenPaid();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => payBack(books, paid)));
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      expect(refusals.every((refusal) => refusal instanceof ReservationNotSpent)).toBe(true);
      const before = await snapshot(books, paid.societyId);
      await expect(payBack(books, paid)).rejects.toBeInstanceOf(ReservationNotSpent);
      expect(await snapshot(books, paid.societyId)).toEqual(before);
      await payAgain(paid);
      await payBack(books, paid, 2);
      expect(await lotsOf(paid.societyId)).toEqual([60_000, 90_000]);
    });

    it('takes nothing back of a payment that another society made, or of another sum', async () => {
      const paid = await givenPaid();
      const other = await givenSociety(books, 100_000);
      for (const wrong of [{ societyId: other }, { amountFen: fen(99_999) }])
        await expect(payBack(books, { ...paid, ...wrong })).rejects.toBeInstanceOf(ReservationNotSpent);
      expect(await fund(paid.societyId)).toMatchObject({ balanceFen: 50_000, reservedFen: 0 });
    });
  });

  describe('what is demanded back', () => {
    it('D4-72 400 of 1,000 comes back: to the lots it came from, latest allocation first, and the traces show both lines', async () => {
      const paid = await givenPaid();
      const { societyId } = paid;
      const { voucherId } = await receiveInstalment(books, paid, 40_000);

      expect(await linesOf(societyId, voucherId)).toEqual(['Dr1002 40000', 'Cr1122 40000']);
      expect(await lotsOf(societyId)).toEqual([0, 90_000]);
      expect(await tracesOf(societyId)).toEqual([['PAID 60000'], ['PAID 40000', 'RECOVERED -40000']]);
      expect(await fund(societyId)).toMatchObject({
        balanceFen: 90_000,
        reservedFen: 0,
        freeFen: 90_000,
      });
      await receiveInstalment(books, paid, 10_000);
      await receiveInstalment(books, paid, 50_000);
      expect(await lotsOf(societyId)).toEqual([60_000, 90_000]);
    });

    it.each`
      costOn                        | credit      | because
      ${'2026-01-02T01:00:00.000Z'} | ${'Cr5101'} | ${'it was a cost of this year'}
      ${'2025-12-31T01:00:00.000Z'} | ${'Cr3101'} | ${'the cost of last year is closed'}
    `(
      'D4-41 a demand books Dr 1122, $credit: $because',
      async ({ costOn, credit }: { costOn: string; credit: string }) => {
        const { societyId, threadId, orderId, amountFen } = await givenPaid();
        const before = await fund(societyId);
        const demand = {
          societyId,
          threadId,
          orderId,
          cause: randomUUID(),
          amountFen,
          summary: '要求退回救助款',
        };
        const { voucherId } = await books.transactions.run((tx) =>
          books.moneyBack.demand(tx, { ...demand, costOn: new Date(costOn), at: books.clock.now() }),
        );
        expect(await linesOf(societyId, voucherId)).toEqual(['Dr1122 100000', `${credit} 100000`]);
        expect(await fund(societyId)).toEqual(before);
      },
    );

    it('writes off what will not come: a cost of its own, and no lot has anything back', async () => {
      const { societyId, threadId, orderId } = await givenPaid();
      const [money, lots] = [await fund(societyId), await lotsOf(societyId)];
      const rest = {
        societyId,
        threadId,
        orderId,
        cause: randomUUID(),
        amountFen: fen(60_000),
        summary: '核销',
      };
      const writeOff = (amountFen = rest.amountFen) =>
        books.transactions.run((tx) =>
          books.moneyBack.writeOff(tx, { ...rest, amountFen, at: books.clock.now() }),
        );
      await expect(writeOff(fen(0))).rejects.toBeInstanceOf(AmountNotPositive);
      const { voucherId } = await writeOff();
      await expect(writeOff()).rejects.toBeInstanceOf(AlreadyBooked);
      expect(await linesOf(societyId, voucherId)).toEqual(['Dr5401 60000', 'Cr1122 60000']);
      expect([await fund(societyId), await lotsOf(societyId)]).toEqual([money, lots]);
    });

    it('gives no lot more than was taken of it, whatever is said to have come', async () => {
      const paid = await givenPaid();
      const before = await snapshot(books, paid.societyId);
      await expect(receiveInstalment(books, paid, 100_001)).rejects.toThrow(/never took/);
      await expect(receiveInstalment(books, paid, 0)).rejects.toBeInstanceOf(AmountNotPositive);
      expect(await snapshot(books, paid.societyId)).toEqual(before);
    });
  });

  describe('a decision that is called off before it is paid', () => {
    async function givenAccrual(amountFen = 30_000) {
      const societyId = await givenSociety(books, 100_000);
      const [cause, threadId] = [`accrual:${randomUUID()}`, randomUUID()];
      const of = { societyId, threadId, cause, at: books.clock.now(), summary: '批准救助 2026-0012' };
      await reserve(books, societyId, amountFen, cause);
      const accrual = { ...of, purpose: cause, amountFen: fen(amountFen) };
      await books.transactions.run((tx) => books.ledger.accrue(tx, accrual));
      return of;
    }
    const revoke = (of: Awaited<ReturnType<typeof givenAccrual>>) =>
      books.transactions.run((tx) =>
        books.ledger.revokeAccrual(tx, { ...of, summary: '撤销批准 2026-0012' }),
      );

    it('takes its accrual back once, however many call it off together: Dr 2209, Cr 5101', async () => {
      const of = await givenAccrual();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => revoke(of)));
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      expect(refusals.every((refusal) => refusal instanceof AlreadyReversed)).toBe(true);
      const [booked] = (await books.queries.vouchers(of.societyId)).rows;
      expect((await linesOf(of.societyId, booked?.id ?? '')).sort()).toEqual([
        'Cr5101 30000',
        'Dr2209 30000',
      ]);
      expect(await balanceOf(books, of.societyId, '2209')).toBe(0);
    });

    it('finds neither the accrual of another case nor that of another society', async () => {
      const of = await givenAccrual();
      for (const wrong of [
        { threadId: randomUUID() },
        { societyId: await givenSociety(books) },
        { cause: `accrual:${randomUUID()}` },
      ])
        await expect(revoke({ ...of, ...wrong })).rejects.toBeInstanceOf(VoucherNotFound);
      expect(await balanceOf(books, of.societyId, '2209')).toBe(-30_000);
    });
  });

  describe('an inflow that was mistyped', () => {
    const takeBack = (societyId: string, voucherId: string) =>
      books.ledger.reverseInflow(accountantOf(societyId), { voucherId, reason: '金额多打一个 0' });

    it('is taken back by its mirror: the money leaves the fund, and its lot is ended', async () => {
      const societyId = await givenSociety(books, 100_000);
      const { voucherId } = await receive(books, societyId, 50_000, { kind: 'FEE' });
      const { voucherId: mirrorId } = await takeBack(societyId, voucherId);

      const mirror = await books.queries.voucher(societyId, mirrorId);
      expect(mirror).toMatchObject({ reversalOf: voucherId, summary: '冲销 记-0002：金额多打一个 0' });
      expect((await linesOf(societyId, mirrorId)).sort()).toEqual(['Cr1002 50000', 'Dr4201 50000']);
      const wrong = await books.queries.voucher(societyId, voucherId);
      expect(wrong).toMatchObject({ reversedBy: mirrorId, lot: { leftFen: 0, reversed: true } });
      expect(wrong.lot?.trace).toMatchObject([{ kind: 'REVERSED', amountFen: 50_000, voucherId: mirrorId }]);
      expect(await fund(societyId)).toMatchObject({ balanceFen: 100_000, freeFen: 100_000 });
      expect((await books.queries.lots(societyId)).map(({ reversed }) => reversed)).toEqual([false, true]);
    });

    it('frees its line of the bank statement, so that it can be booked rightly, and wrongly once more', async () => {
      const societyId = await givenSociety(books, 100_000);
      const line = { bankReference: 'ICBC-7' };
      for (const amountFen of [50_000, 5_001, 5_000]) {
        const { voucherId } = await receive(books, societyId, amountFen, line);
        await expect(receive(books, societyId, amountFen, line)).rejects.toBeInstanceOf(AlreadyBooked);
        if (amountFen !== 5_000) await takeBack(societyId, voucherId);
      }
      expect(await fund(societyId)).toMatchObject({ balanceFen: 105_000 });
    });

    it('is taken back once when ten press together', async () => {
      const societyId = await givenSociety(books, 100_000);
      const { voucherId } = await receive(books, societyId, 50_000);
      const presses = Array.from({ length: 10 }, () => takeBack(societyId, voucherId));
      const refusals = refusalsIn(await Promise.allSettled(presses));
      expect(refusals).toHaveLength(9);
      expect(refusals.every((refusal) => refusal instanceof AlreadyReversed)).toBe(true);
      expect(await fund(societyId)).toMatchObject({ balanceFen: 100_000 });
    });

    it('is not taken back once something of it was used, unless that came back', async () => {
      const societyId = await givenSociety(books, 100_000);
      const voucherId = await firstInflowOf(societyId);
      const purpose = randomUUID();
      await reserve(books, societyId, 30_000, purpose);
      const paid = await accrueAndPay(books, societyId, 30_000, purpose);
      const before = await snapshot(books, societyId);
      const refusal: unknown = await takeBack(societyId, voucherId).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(InflowUsed);
      expect((refusal as InflowUsed).details).toEqual({ amountFen: 100_000, leftFen: 70_000 });
      expect(await snapshot(books, societyId)).toEqual(before);

      await payBack(books, paid);
      await expect(takeBack(societyId, voucherId)).rejects.toBeInstanceOf(InflowPromised);
      await books.transactions.run((tx) => books.ledger.release(tx, { purpose }));
      await takeBack(societyId, voucherId);
      expect(await fund(societyId)).toMatchObject({ balanceFen: 0, reservedFen: 0 });
    });

    it('is not taken back where that would uncover what is promised, and the refusal says the numbers', async () => {
      const societyId = await givenSociety(books, 100_000);
      const { voucherId } = await receive(books, societyId, 50_000);
      await reserve(books, societyId, 120_000, randomUUID());
      const before = await snapshot(books, societyId);
      const refusal: unknown = await takeBack(societyId, voucherId).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(InflowPromised);
      expect((refusal as InflowPromised).details).toEqual({ freeFen: 30_000, amountFen: 50_000 });
      expect(await snapshot(books, societyId)).toEqual(before);
    });

    it('and a round that asks for its money at the same moment: one of the two is told no', async () => {
      for (let times = 0; times < 10; times++) {
        const societyId = await givenSociety(books, 50_000);
        const voucherId = await firstInflowOf(societyId);
        const outcomes = await Promise.allSettled([
          takeBack(societyId, voucherId),
          reserve(books, societyId, 50_000, randomUUID()),
        ]);
        const [refusal, ...others] = refusalsIn(outcomes);
        expect(others).toEqual([]);
        expect(refusal instanceof InflowPromised || refusal instanceof FundCannotCover).toBe(true);
      }
    });

    it('is an inflow of the own book, and nothing else', async () => {
      const paid = await givenPaid();
      await expect(takeBack(paid.societyId, paid.voucherId)).rejects.toBeInstanceOf(NotAnInflow);
      const other = await givenSociety(books, 100_000);
      const voucherId = await firstInflowOf(other);
      await expect(takeBack(paid.societyId, voucherId)).rejects.toBeInstanceOf(VoucherNotFound);
    });
  });
});
