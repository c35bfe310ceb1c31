import { randomUUID } from 'node:crypto';
import {
  AlreadyPaid,
  ApproverIsPayee,
  BankReferenceUsed,
  MethodNotOrdered,
  MomentWrong,
  PayeeAccountNeeded,
  PayeeAccountNotTheirs,
  PaymentAlreadyOrdered,
  PaymentOrderNotFound,
  PhotoNeeded,
} from '../../src/payments/domain/payment.errors.js';
import type { PaymentProof } from '../../src/payments/index.js';
import { FileRefused } from '../../src/platform/files/files.errors.js';
import { day } from '../../src/kernel/day.js';
import { kinds } from '../support/databases.js';
import { expectSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';
import {
  actingIn,
  givenCard,
  givenOfficer,
  givenOrder,
  givenPerson,
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
  afterAll(async () => {
    expect(await till.booksVerifier.check()).toEqual([]);
    expect(await till.verifier.check()).toEqual([]);
    await expectSound(till.house);
    await till.close();
  });
  beforeEach(() => {
    till.clock.advance({ hours: 1 });
    till.told.length = 0;
  });

  const pay = (given: Ordered, proof: Partial<PaymentProof> = {}, caller = given.cashier()) =>
    till.payments.recordPayment(caller, { orderId: given.orderId, photo: slip, ...proof });

  const refused = async (given: Ordered, refusal: unknown, paid: () => Promise<unknown>) => {
    const before = await snapshot(till, given);
    await expect(paid()).rejects.toMatchObject(refusal as object);
    expect(await snapshot(till, given)).toEqual(before);
  };

  it('pays: order, voucher, lots, reservation, duty, case and trail in one unit', async () => {
    const given = await givenOrder(till);
    till.clock.advance({ hours: 5 });
    const paidAt = new Date(till.clock.now().getTime() - 600_000);
    const { voucherId, voucherNumber } = await pay(given, { paidAt, bankReference: ' 20260306-77 ' });

    const { societyId, orderId, threadId, subjectId, cashierId, amountFen } = given;
    expect(voucherNumber).toBe(3); // subsidy, decision, payment
    expect(await till.queries.order(societyId, orderId)).toMatchObject({
      state: 'PAID',
      paidAt,
      cashierId,
      bankReference: '20260306-77',
      voucherId,
      voucherNumber,
    });
    expect(await till.books.fund(societyId)).toMatchObject({ balanceFen: 2_900_000, reservedFen: 0 });
    expect(await till.books.allocationsOf(orderId)).toMatchObject([{ source: 'SUBSIDY', amountFen }]);
    expect(await till.owed.ofThread(threadId)).toMatchObject([
      { kind: 'PAY', settledAt: paidAt, settledByPersonId: cashierId },
    ]);
    expect(till.told).toEqual([
      {
        ...{ orderId, subjectId, threadId, amountFen, attempt: 1 },
        ...{ paidAt, method: 'CARD', voucherNumber, cashierId },
      },
    ]);
    expect(await till.queries.attemptsOf(orderId)).toMatchObject([
      { number: 1, outcome: 'PAID', at: paidAt, reason: null, bankReference: '20260306-77', voucherNumber },
    ]);
    const [act] = await till.audit.thread(societyId, threadId);
    expect(act).toMatchObject({ act: 'recordPayment', words: '记打款 1,000.00 元 尾号 0122' });
  });

  it('pays once when ten clerks pay one order with keys of their own: nine hear ALREADY_PAID', async () => {
    const given = await givenOrder(till);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => pay(given)));
    const refusals = refusalsIn(outcomes);
    expect(refusals).toHaveLength(9);
    expect(refusals.every((refusal) => refusal instanceof AlreadyPaid)).toBe(true);
    expect(refusals[0]).toMatchObject({ kind: 'conflict', code: 'ALREADY_PAID' });
    expect(await till.books.fund(given.societyId)).toMatchObject({ balanceFen: 2_900_000, reservedFen: 0 });
    await refused(given, { code: 'ALREADY_PAID' }, () => pay(given));
  });

  it('answers the same command with the same voucher, however often it is sent', async () => {
    const given = await givenOrder(till);
    const caller = given.cashier();
    const answers = await Promise.all(Array.from({ length: 5 }, () => pay(given, {}, caller)));
    answers.push(await pay(given, {}, caller));
    expect(new Set(answers.map(({ voucherId }) => voucherId)).size).toBe(1);
    await expect(pay(given, { bankReference: '1' }, caller)).rejects.toMatchObject({
      code: 'KEY_USED_OTHERWISE',
    });
  });

  it('D4-20 approver also set as cashier: the payment is refused', async () => {
    const societyCashier = await givenOrder(till);
    const deputyId = await givenOfficer(till, societyCashier.societyId, '陈二', ['DIRECTOR', 'CASHIER']);
    const given = await reordered(till, societyCashier, { approverId: deputyId });
    await refused(given, { kind: 'forbidden', code: 'APPROVER_CANNOT_PAY' }, () =>
      pay(given, {}, actingIn(given.societyId, deputyId)),
    );
  });

  it('D4-19 the applicant holds an office: the chair does not approve, nor the cashier pay, what is his own', async () => {
    const given = await givenOrder(till);
    const own = { payeeId: given.cashierId, payeeAccountId: await cardOf(given, given.cashierId) };
    const toCashier = await reordered(till, given, own);
    await refused(toCashier, { kind: 'forbidden', code: 'PAYEE_CANNOT_PAY' }, () => pay(toCashier));
    await expect(reordered(till, given, { payeeId: given.chairId })).rejects.toBeInstanceOf(ApproverIsPayee);
  });

  it('asks the register anew before it pays: whoever became kin since the decision does not pay', async () => {
    const given = await givenOrder(till);
    till.tied.add(given.cashierId);
    await refused(given, { kind: 'forbidden', code: 'MAY_NOT_PAY' }, () => pay(given));
    till.tied.delete(given.cashierId);
    await pay(given);
  });

  it.each`
    who             | code                       | because
    ${'accountant'} | ${'ACCOUNTANT_CANNOT_PAY'} | ${'会计法 35: who keeps the books does not pay'}
    ${'chair'}      | ${'APPROVER_CANNOT_PAY'}   | ${'the chair signed the sheet'}
    ${'villager'}   | ${'CASHIER_ONLY'}          | ${'a villager holds no office'}
    ${'nobody'}     | ${'CASHIER_ONLY'}          | ${'an account without a person pays nothing'}
    ${'former'}     | ${'CASHIER_ONLY'}          | ${'a term that ended is no office'}
  `('refuses $who with $code: $because', async ({ who, code }: { who: string; code: string }) => {
    const given = await givenOrder(till);
    const { societyId } = given;
    const persons: Record<string, string | null> = {
      accountant: given.accountantId,
      chair: given.chairId,
      villager: await givenPerson(till, societyId, { name: '张三' }),
      nobody: null,
      former: await formerCashier(societyId),
    };
    await refused(given, { kind: 'forbidden', code }, () =>
      pay(given, {}, actingIn(societyId, persons[who] ?? null)),
    );
  });

  it('D4-48 cash to a person without card: 2 witnesses and the signed slip are required', async () => {
    const given = await givenOrder(till, { method: 'CASH' });
    const [one, two] = [given.accountantId, given.chairId];
    for (const witnesses of [[], [one], [one, one], [one, given.cashierId], [one, given.payeeId]])
      await refused(given, { code: 'WITNESSES_NEEDED' }, () => pay(given, { witnesses }));
    await refused(given, { code: 'PERSON_NOT_FOUND' }, () => pay(given, { witnesses: [one, randomUUID()] }));
    await refused(given, { code: 'PHOTO_NEEDED' }, () => pay(given, { witnesses: [one, two], photo: null }));

    const { voucherId } = await pay(given, { witnesses: [one, two] });
    const { lines } = await till.books.voucher(given.societyId, voucherId);
    expect(lines.map(({ account }) => account)).toEqual(['1001', '1002', '2209', '1001']);
    expect(await till.queries.order(given.societyId, given.orderId)).toMatchObject({
      method: 'CASH',
      witnessIds: [one, two],
    });
    const [act] = await till.audit.thread(given.societyId, given.threadId);
    expect(act?.words).toBe('付现金 1,000.00 元，见证人 2 名');
  });

  it('asks for a photo that is one', async () => {
    const given = await givenOrder(till);
    await expect(pay(given, { photo: null })).rejects.toBeInstanceOf(PhotoNeeded);
    await expect(pay(given, { photo: Buffer.from('%PDF-1.7') })).rejects.toBeInstanceOf(FileRefused);
    expect((await till.queries.order(given.societyId, given.orderId)).state).toBe('TO_PAY');
  });

  it('pays in the way that was ordered, and at a time that can be', async () => {
    const given = await givenOrder(till);
    await expect(pay(given, { method: 'CASH' })).rejects.toBeInstanceOf(MethodNotOrdered);
    const future = new Date(till.clock.now().getTime() + 60_000);
    const tooEarly = new Date(given.orderedAt.getTime() - 60_000);
    for (const paidAt of [future, tooEarly])
      await expect(pay(given, { paidAt })).rejects.toBeInstanceOf(MomentWrong);
  });

  it('pays to a card of the payee or of the guardian, and to no other', async () => {
    const given = await givenOrder(till);
    const strangerId = await givenPerson(till, given.societyId, { name: '赵六' });
    const strangers = await cardOf(given, strangerId);
    const toStranger = await reordered(till, given, { payeeAccountId: strangers });
    await refused(toStranger, { code: 'PAYEE_ACCOUNT_NOT_THEIRS' }, () => pay(toStranger));
    expect(new PayeeAccountNotTheirs().kind).toBe('conflict');

    const child = { name: '赵小', bornOn: '2015-06-01', guardianId: strangerId };
    const payeeId = await givenPerson(till, given.societyId, child);
    const toChild = await reordered(till, given, { payeeId, payeeAccountId: strangers });
    await expect(pay(toChild)).resolves.toMatchObject({ voucherNumber: expect.any(Number) as number });
  });

  it('takes one line of the bank for one payment', async () => {
    const given = await givenOrder(till);
    const second = await reordered(till, given, {});
    await pay(given, { bankReference: 'ICBC-1' });
    await refused(second, { code: new BankReferenceUsed().code }, () =>
      pay(second, { bankReference: 'ICBC-1' }),
    );
    await pay(second, { bankReference: 'ICBC-2' });
  });

  it('orders a payment once for one matter, by card only where there is a card', async () => {
    const given = await givenOrder(till);
    const again = till.transactions.run((tx) => till.payments.order(tx, given.draft));
    await expect(again).rejects.toBeInstanceOf(PaymentAlreadyOrdered);
    await expect(reordered(till, given, { payeeAccountId: null })).rejects.toBeInstanceOf(PayeeAccountNeeded);
  });

  it('D4-69 does not know the order of another society', async () => {
    const [own, other] = [await givenOrder(till), await givenOrder(till)];
    await expect(till.queries.order(own.societyId, other.orderId)).rejects.toBeInstanceOf(
      PaymentOrderNotFound,
    );
    const crossed = pay({ ...own, orderId: other.orderId });
    await expect(crossed).rejects.toBeInstanceOf(PaymentOrderNotFound);
  });

  it.each`
    because                                        | slip
    ${'a cashier who approved'}                    | ${'cashier_id = approver_id, state = state'}
    ${'a payment without a voucher'}               | ${`state = 'PAID'`}
    ${'an amount of nothing'}                      | ${'amount_fen = 0'}
    ${'a payment of no attempt'}                   | ${`attempts = -1`}
    ${'an order that nobody approved, to be paid'} | ${'approver_id = NULL, approved_at = NULL'}
    ${'a cancellation without a reason'}           | ${`state = 'CANCELLED', open_key = NULL`}
  `('does not let even a wrong statement record $because', async ({ slip: set }: { slip: string }) => {
    const { orderId } = await givenOrder(till);
    const text = Object.assign([`UPDATE payment_orders SET ${set} WHERE id = `, ''], { raw: [] });
    const change = till.transactions.run((tx) => tx.change(text as unknown as TemplateStringsArray, orderId));
    await expect(change).rejects.toThrow(/ck_payment_orders/);
  });

  it('finds a payment whose voucher has another amount', async () => {
    const given = await givenOrder(till);
    const { orderId } = given;
    await pay(given);
    const change = (by: number) =>
      till.transactions.run(
        (tx) => tx.change`UPDATE payment_orders SET amount_fen = amount_fen + ${by} WHERE id = ${orderId}`,
      );
    await change(1);
    expect(await till.verifier.check()).toMatchObject([
      { kind: 'order without voucher', subject: `payment_orders/${orderId}` },
    ]);
    await change(-1);
    expect(await till.verifier.check()).toEqual([]);
  });

  function cardOf({ societyId }: Ordered, personId: string): Promise<string> {
    return givenCard(till, societyId, personId, '6228480123456789015');
  }

  async function formerCashier(societyId: string): Promise<string> {
    const personId = await givenPerson(till, societyId, { name: '钱七' });
    const term = { fromOn: day('2023-01-01'), untilOn: day('2025-12-31') };
    await till.offices.appoint(actingIn(societyId, null), {
      societyId,
      personId,
      office: 'CASHIER',
      ...term,
    });
    return personId;
  }
});
