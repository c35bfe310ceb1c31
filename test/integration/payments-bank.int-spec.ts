import { sumOf } from '../../src/kernel/fen.js';
import type { BankRefusal, BankReturn } from '../../src/payments/index.js';
import { kinds } from '../support/databases.js';
import { staysSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';
import {
  actingIn,
  callOff,
  demand,
  givenCard,
  givenOfficer,
  givenOrder,
  givenTill,
  photo,
  reordered,
  snapshot,
} from './payments.given.js';
import type { Ordered, Till } from './payments.given.js';

describe.each(kinds)('$name', (kind) => {
  let till: Till;
  let slip: Buffer;

  beforeAll(async () => {
    till = await givenTill(kind);
    slip = await photo();
  });
  staysSound(() => till.house);
  afterAll(() => till.close());
  beforeEach(() => {
    till.clock.advance({ hours: 1 });
    till.told.length = 0;
    for (const list of Object.values(till.back)) list.length = 0;
    till.tied.clear();
  });

  const pay = ({ orderId, cashier }: Ordered, bankReference?: string) =>
    till.payments.recordPayment(cashier(), { orderId, photo: slip, bankReference });
  const fail = ({ orderId, cashier }: Ordered, more: Partial<BankRefusal> = {}, caller = cashier()) =>
    till.bank.recordFailedPayment(caller, { orderId, reason: 'NAME_MISMATCH', ...more });
  const sendBack = ({ orderId, cashier }: Ordered, more: Partial<BankReturn> = {}, caller = cashier()) =>
    till.bank.recordReturnedPayment(caller, { orderId, reason: 'NAME_MISMATCH', photo: slip, ...more });
  const orderOf = ({ societyId, orderId }: Ordered) => till.queries.order(societyId, orderId);
  const attemptsOf = async ({ orderId }: Ordered) =>
    (await till.queries.attemptsOf(orderId)).map(({ number, outcome, reason }) => [number, outcome, reason]);
  const dutyOf = async ({ threadId }: Ordered, wanted: string) =>
    (await till.owed.ofThread(threadId)).find(({ kind: owed }) => owed === wanted);
  const refused = async (given: Ordered, refusal: object, act: () => Promise<unknown>) => {
    const before = await snapshot(till, given);
    await expect(act()).rejects.toMatchObject(refusal);
    expect(await snapshot(till, given)).toEqual(before);
  };

  async function givenPaid(): Promise<Ordered> {
    const given = await givenOrder(till);
    await pay(given);
    till.clock.advance({ hours: 2 });
    return given;
  }

  it('is answered as before when it is asked again, although the order is paid in cash since', async () => {
    const given = await givenOrder(till);
    const { orderId, subjectKind, subjectId } = given;
    const failing = () => fail(given, {}, given.cashier('failed-then-cash'));
    const paying = () =>
      till.payments.recordPayment(given.cashier('paid-then-cash'), { orderId, photo: slip });
    const returning = () => sendBack(given, {}, given.cashier('returned-then-cash'));
    const first = [await failing(), await paying(), await returning()];
    await till.transactions.run((tx) =>
      till.payments.changePayeeAccount(tx, { subjectKind, subjectId, payeeAccountId: null, method: 'CASH' }),
    );
    const before = await snapshot(till, given);
    expect([await failing(), await paying(), await returning()]).toEqual(first);
    expect(await snapshot(till, given)).toEqual(before);
    // The control: what is said for the first time goes by the order as it stands.
    await refused(given, { code: 'NOT_A_TRANSFER' }, () => fail(given));
    await refused(given, { code: 'WITNESSES_NEEDED' }, () => pay(given));
  });

  it('sends nothing and approves nothing of what was stopped, and writes down what came before', async () => {
    const given = await givenOrder(till, { approverId: null, approveHours: 24 });
    const { orderId, subjectId } = given;
    const approve = () => till.payments.approvePayment(given.chair(), { orderId });
    till.stopped.set(subjectId, till.clock.now());
    till.clock.advance({ minutes: 1 });
    await refused(given, { code: 'CASE_STOPPED' }, approve);
    till.stopped.delete(subjectId);
    await approve();
    till.clock.advance({ minutes: 5 });
    const paidAt = till.clock.now();
    till.clock.advance({ minutes: 5 });
    till.stopped.set(subjectId, till.clock.now());
    till.clock.advance({ minutes: 5 });
    await refused(given, { code: 'CASE_STOPPED' }, () => pay(given));
    await till.payments.recordPayment(given.cashier(), { orderId, photo: slip, paidAt });
    await sendBack(given);
    await fail(given);
    await refused(given, { code: 'CASE_STOPPED' }, () => pay(given));
    till.stopped.delete(subjectId);
  });

  it('is answered as before when it is asked again, although the order has gone on since', async () => {
    const given = await givenPaid();
    const again = given.cashier();
    const returnedAt = till.clock.now();
    const first = await sendBack(given, { returnedAt }, again);
    till.clock.advance({ hours: 1 });
    await pay(given);

    expect(await sendBack(given, { returnedAt }, again)).toEqual(first);
    await refused(given, { code: 'RETURNED_AT_WRONG' }, () => sendBack(given, { returnedAt }));
    expect(await orderOf(given)).toMatchObject({ state: 'PAID', attempts: 2 });
  });

  describe('a transfer that the bank refuses', () => {
    it('books nothing, is kept, leaves the order to be paid, and makes the secretary put the account right', async () => {
      const given = await givenOrder(till);
      const before = await snapshot(till, given);
      const failedAt = till.clock.now();
      expect(await fail(given, { failedAt, note: '户名少一个字' })).toEqual({ attempt: 1 });

      const { fund, vouchers, lots } = await snapshot(till, given);
      expect({ fund, vouchers, lots }).toEqual({
        fund: before.fund,
        vouchers: before.vouchers,
        lots: before.lots,
      });
      expect(await orderOf(given)).toMatchObject({ state: 'TO_PAY', attempts: 1, paidAt: null });
      expect(await till.queries.attemptsOf(given.orderId)).toMatchObject([
        {
          ...{ number: 1, outcome: 'FAILED', at: failedAt, reason: 'NAME_MISMATCH' },
          ...{ note: '户名少一个字', voucherId: null, voucherNumber: null },
        },
      ]);
      expect(await dutyOf(given, 'FIX_PAYMENT')).toMatchObject({
        ...{ ownerRole: 'secretary', subjectId: given.orderId, settledAt: null },
        rule: { unit: 'working-days', count: 1, from: failedAt },
      });
      const { orderId, subjectId, threadId, amountFen, cashierId } = given;
      expect(till.back.failed).toEqual([
        { orderId, subjectId, threadId, amountFen, attempt: 1, failedAt, reason: 'NAME_MISMATCH', cashierId },
      ]);
      const [act] = await till.audit.thread(given.societyId, threadId);
      expect(act).toMatchObject({ act: 'recordFailedPayment', words: '打款没成功：户名不符' });
    });

    it('may be refused again and then be paid: each try has its number, and the account is put right', async () => {
      const given = await givenOrder(till);
      await fail(given);
      till.clock.advance({ hours: 1 });
      await fail(given, { reason: 'BANK_REFUSED' });
      till.clock.advance({ hours: 1 });
      await pay(given);
      expect(await attemptsOf(given)).toEqual([
        [1, 'FAILED', 'NAME_MISMATCH'],
        [2, 'FAILED', 'BANK_REFUSED'],
        [3, 'PAID', null],
      ]);
      expect(till.told).toMatchObject([{ attempt: 3 }]);
      expect((await dutyOf(given, 'FIX_PAYMENT'))?.settledAt).not.toBeNull();
    });

    it.each`
      because                   | more
      ${'“other” says nothing'} | ${{ reason: 'OTHER' }}
      ${'blanks are nothing'}   | ${{ reason: 'OTHER', note: '  ' }}
    `('asks for a sentence where the reason is none: $because', async ({ more }: { more: object }) => {
      const given = await givenOrder(till);
      await refused(given, { kind: 'invalid', code: 'BANK_NOTE_NEEDED' }, () => fail(given, more));
      await fail(given, { reason: 'OTHER', note: '银行系统升级' });
    });

    it('is written down by a cashier who may pay it, at an hour that can be, before it is paid', async () => {
      const given = await givenOrder(till);
      const { societyId, chairId, accountantId } = given;
      for (const [who, code] of [
        [chairId, 'APPROVER_CANNOT_PAY'],
        [accountantId, 'ACCOUNTANT_CANNOT_PAY'],
      ] as const)
        await refused(given, { kind: 'forbidden', code }, () => fail(given, {}, actingIn(societyId, who)));
      till.tied.add(given.cashierId);
      await refused(given, { kind: 'forbidden', code: 'MAY_NOT_PAY' }, () => fail(given));
      till.tied.clear();
      const [future, early] = [60_000, -7_200_000].map((ms) => new Date(till.clock.now().getTime() + ms));
      for (const failedAt of [future, early])
        await refused(given, { code: 'FAILED_AT_WRONG' }, () => fail(given, { failedAt }));
      await pay(given);
      await refused(given, { code: 'ALREADY_PAID' }, () => fail(given));
    });

    it('counts once when ten say so together', async () => {
      const given = await givenOrder(till);
      const refusals = refusalsIn(await Promise.allSettled(Array.from({ length: 10 }, () => fail(given))));
      expect(refusals).toHaveLength(9);
      for (const refusal of refusals)
        expect(refusal).toMatchObject({
          code: expect.stringMatching(/^(ORDER_CHANGED|REFUSAL_KNOWN)$/) as string,
        });
      expect(await attemptsOf(given)).toHaveLength(1);
    });

    it('counts once when another says so a little later, and again when it was another time', async () => {
      const given = await givenOrder(till);
      const failedAt = till.clock.now();
      await fail(given);
      till.clock.advance({ minutes: 30 });
      await refused(given, { code: 'REFUSAL_KNOWN' }, () => fail(given, { failedAt }));
      expect(await fail(given)).toEqual({ attempt: 2 });
      await pay(given);
      await refused(given, { code: 'ALREADY_PAID' }, () => fail(given, { failedAt }));
    });

    it('is no matter of cash, nor of an order that was called off', async () => {
      const cash = await givenOrder(till, { method: 'CASH' });
      await refused(cash, { code: 'NOT_A_TRANSFER' }, () => fail(cash));
      const off = await reordered(till, await givenOrder(till), {});
      await callOff(till, off);
      await refused(off, { code: 'ORDER_CANCELLED' }, () => fail(off));
    });
  });

  describe('a transfer that the bank sends back', () => {
    it('D4-44 payee name is not card name: PAID → TO_PAY, 2209 restored, no second expense, and paid to another card', async () => {
      const given = await givenPaid();
      const { societyId, orderId, subjectId, threadId, amountFen, cashierId } = given;
      const { voucherId: paidBy } = await orderOf(given);
      const returnedAt = till.clock.now();
      const { voucherId, voucherNumber } = await sendBack(given, { returnedAt, bankReference: 'BACK-1' });

      expect(await orderOf(given)).toMatchObject({
        ...{ state: 'TO_PAY', attempts: 1, approverId: given.chairId },
        ...{ paidAt: null, cashierId: null, bankReference: null, photoFileId: null, voucherId: null },
      });
      const { lines } = await till.books.voucher(societyId, voucherId);
      expect(lines.map(({ account, amountFen: fen }) => [account, fen])).toEqual([
        ['1002', 100_000],
        ['2209', -100_000],
      ]);
      expect(await till.books.fund(societyId)).toMatchObject({ balanceFen: 3_000_000, reservedFen: 100_000 });
      expect((await till.books.lots(societyId)).map(({ leftFen }) => leftFen)).toEqual([3_000_000]);
      expect(await till.queries.attemptsOf(orderId)).toMatchObject([
        { number: 1, outcome: 'PAID', voucherId: paidBy },
        { number: 1, outcome: 'RETURNED', at: returnedAt, bankReference: 'BACK-1', voucherId, voucherNumber },
      ]);
      expect(till.back.returned).toEqual([
        {
          ...{ orderId, subjectId, threadId, amountFen, attempt: 1 },
          ...{ returnedAt, reason: 'NAME_MISMATCH', voucherNumber, cashierId },
        },
      ]);
      expect(await dutyOf(given, 'FIX_PAYMENT')).toMatchObject({ settledAt: null });
      const [act] = await till.audit.thread(societyId, threadId);
      expect(act).toMatchObject({
        act: 'recordReturnedPayment',
        words: '银行退回 1,000.00 元：户名不符',
      });

      const card = await givenCard(till, societyId, given.payeeId, '6228480123456789015');
      await till.transactions.run((tx) =>
        till.payments.changePayeeAccount(tx, { orderId, payeeAccountId: card, method: 'CARD' }),
      );
      expect((await dutyOf(given, 'FIX_PAYMENT'))?.settledAt).toEqual(till.clock.now());
      await pay(given);
      const paid = await orderOf(given);
      expect(paid).toMatchObject({ state: 'PAID', attempts: 2, payeeAccountId: card });
      expect((await till.books.voucher(societyId, paid.voucherId ?? '')).cause).toBe(`payment:${orderId}:2`);
      const books = await till.books.vouchers(societyId);
      const costs = await Promise.all(books.rows.map(({ id }) => till.books.voucher(societyId, id)));
      const expenses = costs.flatMap((voucher) => voucher.lines).filter(({ account }) => account === '5101');
      expect(sumOf(expenses.map(({ amountFen: fen }) => fen))).toBe(100_000);
      expect(await attemptsOf(given)).toEqual([
        [1, 'PAID', null],
        [1, 'RETURNED', 'NAME_MISMATCH'],
        [2, 'PAID', null],
      ]);
    });

    it('comes back once when ten say so together: nine hear PAYMENT_NOT_OUT', async () => {
      const given = await givenPaid();
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => sendBack(given)));
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      for (const refusal of refusals)
        expect(refusal).toMatchObject({ kind: 'conflict', code: 'PAYMENT_NOT_OUT' });
      await refused(given, { code: 'PAYMENT_NOT_OUT' }, () => sendBack(given));
      expect(await till.books.fund(given.societyId)).toMatchObject({
        balanceFen: 3_000_000,
        reservedFen: 100_000,
      });
    });

    it('may come back, be paid and come back again', async () => {
      const given = await givenPaid();
      await sendBack(given);
      await pay(given);
      await sendBack(given, { reason: 'WRONG_ACCOUNT' });
      await pay(given);
      expect((await attemptsOf(given)).map(([number, outcome]) => [number, outcome])).toEqual([
        [1, 'PAID'],
        [1, 'RETURNED'],
        [2, 'PAID'],
        [2, 'RETURNED'],
        [3, 'PAID'],
      ]);
      expect(await till.books.fund(given.societyId)).toMatchObject({ balanceFen: 2_900_000, reservedFen: 0 });
    });

    it('takes one line of the bank for one payment and for one return', async () => {
      const given = await givenOrder(till);
      await pay(given, 'ICBC-1');
      await sendBack(given, { bankReference: 'ICBC-1' }); // the same number, on the way back
      await refused(given, { code: 'BANK_REFERENCE_USED' }, () => pay(given, 'ICBC-1'));
      await pay(given, 'ICBC-2');
      await refused(given, { code: 'BANK_REFERENCE_USED' }, () =>
        sendBack(given, { bankReference: 'ICBC-1' }),
      );
    });

    it('asks for the line of the statement, for a cashier who may pay, and for an hour after the payment', async () => {
      const given = await givenPaid();
      await refused(given, { code: 'PHOTO_NEEDED' }, () => sendBack(given, { photo: null }));
      await refused(given, { code: 'APPROVER_CANNOT_PAY' }, () =>
        sendBack(given, {}, actingIn(given.societyId, given.chairId)),
      );
      const [future, early] = [60_000, -9_000_000].map((ms) => new Date(till.clock.now().getTime() + ms));
      for (const returnedAt of [future, early])
        await refused(given, { code: 'RETURNED_AT_WRONG' }, () => sendBack(given, { returnedAt }));
    });

    it('is not what was paid in cash, what was never paid, nor what somebody is asked to give back', async () => {
      const cash = await givenOrder(till, { method: 'CASH' });
      const two = [cash.accountantId, cash.chairId];
      const { orderId } = cash;
      await till.payments.recordPayment(cash.cashier(), { orderId, photo: slip, witnesses: two });
      await refused(cash, { code: 'NOT_A_TRANSFER' }, () => sendBack(cash));
      const unpaid = await givenOrder(till);
      await refused(unpaid, { code: 'PAYMENT_NOT_OUT' }, () => sendBack(unpaid));
      const demanded = await givenPaid();
      await demand(till, demanded);
      await refused(demanded, { code: 'RECOVERY_UNDERWAY' }, () => sendBack(demanded));
    });

    it('comes back or is demanded back, and never both, when both are said at the same moment', async () => {
      for (let times = 0; times < 10; times++) {
        const given = await givenPaid();
        const outcomes = await Promise.allSettled([sendBack(given), demand(till, given)]);
        const [refusal, ...others] = refusalsIn(outcomes);
        expect(others).toEqual([]);
        expect(refusal).toMatchObject({
          code: expect.stringMatching(/^(PAYMENT_NOT_OUT|RECOVERY_UNDERWAY|ORDER_CHANGED)$/) as string,
        });
      }
    });

    it('D4-69 is no matter of another society', async () => {
      const [own, other] = [await givenPaid(), await givenPaid()];
      const crossed = { ...own, orderId: other.orderId };
      for (const act of [() => sendBack(crossed), () => fail(crossed)])
        await refused(other, { code: 'PAYMENT_ORDER_NOT_FOUND' }, act);
    });
  });

  describe('another account', () => {
    const change = (given: Ordered, payeeAccountId: string | null, method: 'CARD' | 'CASH' = 'CARD') => {
      const { subjectKind, subjectId } = given;
      const to = { subjectKind, subjectId, payeeAccountId, method };
      return till.transactions.run((tx) => till.payments.changePayeeAccount(tx, to));
    };

    it('is put on an order that is not paid, or cash is ordered instead', async () => {
      const given = await givenOrder(till, { approverId: null, approveHours: 24 });
      const card = await givenCard(till, given.societyId, given.payeeId, '6228480123456789015');
      await change(given, card);
      expect(await orderOf(given)).toMatchObject({ state: 'TO_APPROVE', payeeAccountId: card });
      await change(given, null, 'CASH');
      expect(await orderOf(given)).toMatchObject({ method: 'CASH', payeeAccountId: null });
      await refused(given, { code: 'PAYEE_ACCOUNT_NEEDED' }, () => change(given, null));
    });

    it('is not put on an order that is paid, or was called off', async () => {
      const paid = await givenPaid();
      await refused(paid, { code: 'ALREADY_PAID' }, () => change(paid, paid.payeeAccountId));
      const off = await givenOrder(till);
      await callOff(till, off);
      await refused(off, { code: 'ORDER_CANCELLED' }, () => change(off, off.payeeAccountId));
    });

    it('is not paid to by a cashier who looked at the old one', async () => {
      const given = await givenOrder(till);
      const card = await givenCard(till, given.societyId, given.payeeId, '6228480123456789015');
      const outcomes = await Promise.allSettled([pay(given), change(given, card)]);
      const refusals = refusalsIn(outcomes);
      expect(refusals.length).toBeLessThanOrEqual(1);
      for (const refusal of refusals)
        expect(refusal).toMatchObject({
          code: expect.stringMatching(/^(ORDER_CHANGED|ALREADY_PAID)$/) as string,
        });
    });

    it('may be a card that is not theirs, and is then not paid to', async () => {
      const given = await givenOrder(till);
      const strangerId = await givenOfficer(till, given.societyId, '赵六', ['CLERK']);
      await change(given, await givenCard(till, given.societyId, strangerId, '6228480123456789015'));
      await refused(given, { code: 'PAYEE_ACCOUNT_NOT_THEIRS' }, () => pay(given));
    });
  });
});
