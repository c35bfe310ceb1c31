import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fen } from '../../src/kernel/fen.js';
import { kinds } from '../support/databases.js';
import { staysSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';
import { callOff, givenOrder, givenTill, photo, reordered, snapshot } from './payments.given.js';
import type { Ordered, Till } from './payments.given.js';

const RACES = 50;

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
  });

  const pay = ({ orderId, cashier }: Ordered) =>
    till.payments.recordPayment(cashier(), { orderId, photo: slip });
  const orderOf = ({ societyId, orderId }: Ordered) => till.queries.order(societyId, orderId);
  const refused = async (given: Ordered, refusal: object, act: () => Promise<unknown>) => {
    const before = await snapshot(till, given);
    await expect(act()).rejects.toMatchObject(refusal);
    expect(await snapshot(till, given)).toEqual(before);
  };

  it.each`
    approval                                  | because
    ${{}}                                     | ${'it is to be paid'}
    ${{ approverId: null, approveHours: 24 }} | ${'nobody has approved it yet'}
  `('is called off with all that hung on it: $because', async ({ approval }: { approval: object }) => {
    const given = await givenOrder(till, approval);
    const at = till.clock.now();
    expect(await callOff(till, given)).toMatchObject({ orderId: given.orderId });
    expect(await orderOf(given)).toMatchObject({
      ...{ state: 'CANCELLED', cancelledAt: at, cancelReason: '申请人撤回', paidAt: null },
    });
    expect(await till.books.fund(given.societyId)).toMatchObject({ balanceFen: 3_000_000, reservedFen: 0 });
    const [booked] = (await till.books.vouchers(given.societyId)).rows;
    const { lines, reversalOf } = await till.books.voucher(given.societyId, booked?.id ?? '');
    expect(reversalOf).not.toBeNull();
    expect(lines.map(({ account, amountFen }) => [account, amountFen])).toEqual([
      ['5101', -100_000],
      ['2209', 100_000],
    ]);
    const open = (await till.owed.ofThread(given.threadId)).filter(({ settledAt }) => settledAt === null);
    expect(open.map(({ kind: owed }) => owed)).toEqual(['PAY']); // the case's own, and its to call off
    await refused(given, { code: 'ORDER_CANCELLED' }, () => pay(given));
    await refused(given, { code: 'ORDER_CANCELLED' }, () => callOff(till, given));
  });

  it('is not called off once the money has left: ALREADY_PAID, until the bank sends it back', async () => {
    const given = await givenOrder(till);
    await pay(given);
    await refused(given, { kind: 'conflict', code: 'ALREADY_PAID' }, () => callOff(till, given));
    const { orderId } = given;
    const back = { orderId, reason: 'BANK_REFUSED', photo: slip } as const;
    await till.bank.recordReturnedPayment(given.cashier(), back);
    await callOff(till, given);
    expect(await till.books.fund(given.societyId)).toMatchObject({ balanceFen: 3_000_000, reservedFen: 0 });
    const fix = (await till.owed.ofThread(given.threadId)).find(({ kind: owed }) => owed === 'FIX_PAYMENT');
    expect(fix).toBeUndefined();
  });

  it('does not know what was never ordered', async () => {
    const given = await givenOrder(till);
    const other = { ...given, subjectId: randomUUID() };
    await refused(given, { kind: 'not-found', code: 'PAYMENT_ORDER_NOT_FOUND' }, () => callOff(till, other));
  });

  it('makes room for one other order of the same matter, and no more', async () => {
    const given = await givenOrder(till);
    const { subjectId, threadId } = given;
    const again = () => reordered(till, given, { subjectId, threadId });
    await expect(again()).rejects.toMatchObject({ code: expect.any(String) as string });
    await till.transactions.run((tx) => till.duties.cancel(tx, { threadId }));
    await expect(again()).rejects.toMatchObject({ code: 'PAYMENT_ALREADY_ORDERED' });
    await callOff(till, given);
    expect((await till.queries.ofSubject('test', subjectId))?.id).toBe(given.orderId);
    const second = await again();
    expect((await till.queries.ofSubject('test', subjectId))?.id).toBe(second.orderId);
    await till.transactions.run((tx) => till.duties.cancel(tx, { threadId }));
    await expect(again()).rejects.toMatchObject({ code: 'PAYMENT_ALREADY_ORDERED' });
    await pay(second);
    expect(await till.queries.ofSubject('test', subjectId)).toMatchObject({
      id: second.orderId,
      state: 'PAID',
    });
  });

  it('is called off once when ten ask together', async () => {
    const given = await givenOrder(till);
    const refusals = refusalsIn(
      await Promise.allSettled(Array.from({ length: 10 }, () => callOff(till, given))),
    );
    expect(refusals).toHaveLength(9);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'ORDER_CANCELLED' });
  });

  it(`is paid or called off, and never both, in ${RACES} races from one end to the other`, async () => {
    const given = await givenOrder(till);
    const amountFen = fen(1_000);
    const started = performance.now();
    await pay(await reordered(till, given, { amountFen }));
    const oncePaid = performance.now() - started;
    const ends = { PAID: 0, CANCELLED: 0 };
    for (let race = 0; race < RACES; race++) {
      const one = await reordered(till, given, { amountFen });
      const before = await till.books.fund(one.societyId);
      const later = sleep((2 * oncePaid * race) / RACES).then(() => callOff(till, one));
      const [refusal, ...others] = refusalsIn(await Promise.allSettled([pay(one), later]));
      expect(others).toEqual([]);
      const { state } = await orderOf(one);
      if (state !== 'PAID' && state !== 'CANCELLED') throw new Error(`It is ${state}`);
      ends[state] += 1;
      expect(refusal).toMatchObject({ code: state === 'PAID' ? 'ALREADY_PAID' : 'ORDER_CANCELLED' });
      const after = await till.books.fund(one.societyId);
      expect(after.reservedFen).toBe(before.reservedFen - amountFen);
      expect(after.balanceFen).toBe(before.balanceFen - (state === 'PAID' ? amountFen : 0));
    }
    expect(ends.PAID).toBeGreaterThan(0);
    expect(ends.CANCELLED).toBeGreaterThan(0);
  });
});
