import { randomUUID } from 'node:crypto';
import { fen } from '../../src/kernel/fen.js';
import type { InstalmentTyped } from '../../src/payments/index.js';
import { kinds } from '../support/databases.js';
import { staysSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';
import {
  actingIn,
  demand,
  givenOfficer,
  givenOrder,
  givenTill,
  photo,
  reordered,
  snapshot,
} from './payments.given.js';
import type { Ordered, Till } from './payments.given.js';

type Owing = Ordered & { readonly recoveryId: string };

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
    for (const list of Object.values(till.back)) list.length = 0;
  });

  const pay = ({ orderId, cashier }: Ordered) =>
    till.payments.recordPayment(cashier(), { orderId, photo: slip });
  async function givenPaid(given?: Ordered): Promise<Ordered> {
    const one = given ? await reordered(till, given, {}) : await givenOrder(till);
    await pay(one);
    till.clock.advance({ hours: 1 });
    return one;
  }
  async function givenOwing(amountFen = 100_000): Promise<Owing> {
    const paid = await givenPaid();
    const { recoveryId } = await demand(till, paid, fen(amountFen));
    return { ...paid, recoveryId };
  }
  const instalment = (
    { recoveryId, cashier }: Owing,
    amountFen: number,
    more: Partial<InstalmentTyped> = {},
    caller = cashier(),
  ) =>
    till.recoveries.recordInstalment(caller, { recoveryId, amountFen: fen(amountFen), photo: slip, ...more });
  const writeOff = ({ recoveryId, societyId }: Owing) =>
    till.transactions.run((tx) =>
      till.recoveries.writeOff(tx, { recoveryId, societyId, at: till.clock.now() }),
    );
  const recoveryOf = ({ societyId, recoveryId }: Owing) => till.recoveriesOf.recovery(societyId, recoveryId);
  const dutyOf = async ({ threadId }: Ordered) =>
    (await till.owed.ofThread(threadId)).find(({ kind: owed }) => owed === 'RECOVER');
  const linesOf = async ({ societyId }: Ordered, voucherId: string) => {
    const { lines } = await till.books.voucher(societyId, voucherId);
    return lines.map(
      ({ account, amountFen }) => `${amountFen > 0 ? 'Dr' : 'Cr'}${account} ${Math.abs(amountFen)}`,
    );
  };
  const lotsOf = async ({ societyId }: Ordered) =>
    (await till.books.lots(societyId)).map(({ leftFen }) => leftFen);
  const refused = async (given: Ordered, refusal: object, act: () => Promise<unknown>) => {
    const before = await snapshot(till, given);
    await expect(act()).rejects.toMatchObject(refusal);
    expect(await snapshot(till, given)).toEqual(before);
  };

  describe('a demand', () => {
    it('D4-41 after 1,000 were paid: Dr1122 Cr5101, thirty days to pay back, no money moved', async () => {
      const paid = await givenPaid();
      const before = await snapshot(till, paid);
      const { recoveryId, voucherId, dueOn } = await demand(till, paid);
      expect(await linesOf(paid, voucherId)).toEqual(['Dr1122 100000', 'Cr5101 100000']);
      expect(dueOn).toBe('2026-04-07'); // the thirtieth day is a holiday, and rolls on (民法典 203)
      expect(await recoveryOf({ ...paid, recoveryId })).toMatchObject({
        ...{ orderId: paid.orderId, payerId: paid.payeeId, caseNumber: '2026-0012', state: 'OPEN' },
        ...{ demandedFen: 100_000, recoveredFen: 0, writtenOffFen: 0, outstandingFen: 100_000, dueOn },
      });
      expect(await dutyOf(paid)).toMatchObject({
        ...{ ownerRole: 'secretary', subjectKind: 'recovery', subjectId: recoveryId, settledAt: null },
        rule: { unit: 'natural-days', count: 30 },
      });
      const { fund, lots } = await snapshot(till, paid);
      expect({ fund, lots }).toEqual({ fund: before.fund, lots: before.lots });
      expect((await till.recoveriesOf.ofSubject('test', paid.subjectId))?.id).toBe(recoveryId);
    });

    it('is made once, however many make it together, and never for more than was paid', async () => {
      const paid = await givenPaid();
      await refused(paid, { kind: 'conflict', code: 'DEMAND_OVER_PAID' }, () =>
        demand(till, paid, fen(100_001)),
      );
      await refused(paid, { code: 'AMOUNT_NOT_POSITIVE' }, () => demand(till, paid, fen(0)));
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, () => demand(till, paid, fen(40_000))),
      );
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'ALREADY_DEMANDED' });
    });

    it('is not made of what was never paid', async () => {
      const unpaid = await givenOrder(till);
      await refused(unpaid, { code: 'PAYMENT_NOT_OUT' }, () => demand(till, unpaid));
    });

    it('of a grant of last year lessens what the society owns, not what this year cost', async () => {
      const paid = await givenPaid();
      const { subjectKind, subjectId, payeeId: payerId, amountFen } = paid;
      const draft = { subjectKind, subjectId, payerId, amountFen, at: new Date('2027-01-04T01:00:00.000Z') };
      const { voucherId } = await till.transactions.run((tx) => till.recoveries.demand(tx, draft));
      expect(await linesOf(paid, voucherId)).toEqual(['Dr1122 100000', 'Cr3101 100000']);
    });
  });

  describe('an instalment', () => {
    it('D4-72 400 of 1,000 comes back: free in the fund, in the lots it came from, and the case is told', async () => {
      const owing = await givenOwing();
      const receivedAt = till.clock.now();
      const { voucherId, voucherNumber } = await instalment(owing, 40_000, { bankReference: 'BACK-9' });

      expect(await linesOf(owing, voucherId)).toEqual(['Dr1002 40000', 'Cr1122 40000']);
      expect(await till.books.fund(owing.societyId)).toMatchObject({
        ...{ balanceFen: 2_940_000, reservedFen: 0, freeFen: 2_940_000 },
      });
      expect(await lotsOf(owing)).toEqual([2_940_000]);
      const [lot] = await till.books.lots(owing.societyId);
      expect(await till.books.traceOf(lot?.id ?? '')).toMatchObject([
        { kind: 'PAID', amountFen: 100_000 },
        { kind: 'RECOVERED', amountFen: -40_000, voucherId },
      ]);
      expect(await recoveryOf(owing)).toMatchObject({ recoveredFen: 40_000, outstandingFen: 60_000 });
      expect(await till.recoveriesOf.instalmentsOf(owing.recoveryId)).toMatchObject([
        { amountFen: 40_000, receivedAt, bankReference: 'BACK-9', voucherId, voucherNumber },
      ]);
      const { recoveryId, orderId, subjectId, threadId, cashierId } = owing;
      expect(till.back.recovered).toEqual([
        {
          ...{ recoveryId, orderId, subjectId, threadId, receivedAt, voucherNumber, cashierId },
          ...{ amountFen: 40_000, outstandingFen: 60_000 },
        },
      ]);
      const [act] = await till.audit.thread(owing.societyId, threadId);
      expect(act).toMatchObject({ act: 'recordInstalment', words: '记还款 400.00 元，还欠 600.00 元' });
      expect((await dutyOf(owing))?.settledAt).toBeNull();
    });

    it('that is the last ends the recovery and its duty', async () => {
      const owing = await givenOwing();
      for (const part of [40_000, 35_000, 25_000]) await instalment(owing, part);
      expect(await recoveryOf(owing)).toMatchObject({ state: 'RECOVERED', outstandingFen: 0 });
      expect(await dutyOf(owing)).toMatchObject({
        ...{ settledAt: till.clock.now(), settledByPersonId: owing.cashierId },
      });
      expect(await lotsOf(owing)).toEqual([3_000_000]);
      await refused(owing, { code: 'RECOVERY_OVER' }, () => instalment(owing, 1));
      expect(till.back.recovered.map(({ outstandingFen }) => outstandingFen)).toEqual([60_000, 25_000, 0]);
    });

    it('never takes more than is owed, however many pay back together', async () => {
      const owing = await givenOwing();
      const parts = Array.from({ length: 10 }, () => instalment(owing, 30_000));
      const refusals = refusalsIn(await Promise.allSettled(parts));
      expect(refusals).toHaveLength(7);
      for (const refusal of refusals)
        expect(refusal).toMatchObject({
          kind: 'conflict',
          code: 'INSTALMENT_OVER_OUTSTANDING',
          details: { amountFen: 30_000, outstandingFen: 10_000 },
        });
      expect(await recoveryOf(owing)).toMatchObject({ recoveredFen: 90_000, outstandingFen: 10_000 });
      await refused(owing, { code: 'INSTALMENT_OVER_OUTSTANDING' }, () => instalment(owing, 10_001));
    });

    it('is the same one when the same form is sent again', async () => {
      const owing = await givenOwing();
      const caller = owing.cashier();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => instalment(owing, 10_000, {}, caller)),
      );
      expect(new Set(answers.map(({ voucherId }) => voucherId)).size).toBe(1);
      expect(await recoveryOf(owing)).toMatchObject({ recoveredFen: 10_000 });
    });

    it('is taken down by a cashier in office who does not owe it, with a slip, at an hour that can be', async () => {
      const owing = await givenOwing();
      const { societyId } = owing;
      for (const [who, code] of [
        [owing.accountantId, 'ACCOUNTANT_CANNOT_RECEIVE'],
        [owing.chairId, 'CASHIER_ONLY'],
        [null, 'CASHIER_ONLY'],
      ] as const)
        await refused(owing, { kind: 'forbidden', code }, () =>
          instalment(owing, 1_000, {}, actingIn(societyId, who)),
        );
      await refused(owing, { code: 'PHOTO_NEEDED' }, () => instalment(owing, 1_000, { photo: null }));
      await refused(owing, { code: 'AMOUNT_NOT_POSITIVE' }, () => instalment(owing, 0));
      const [future, early] = [60_000, -7_200_000].map((ms) => new Date(till.clock.now().getTime() + ms));
      for (const receivedAt of [future, early])
        await refused(owing, { code: 'RECEIVED_AT_WRONG' }, () => instalment(owing, 1_000, { receivedAt }));
    });

    it('of a cashier who owes it himself is taken down by another', async () => {
      const given = await givenOrder(till);
      const otherCashier = await givenOfficer(till, given.societyId, '郑平', ['CASHIER']);
      const own = { payeeId: otherCashier, method: 'CASH', payeeAccountId: null } as const;
      const paid = await reordered(till, given, own);
      const two = [given.accountantId, given.chairId];
      const { orderId } = paid;
      await till.payments.recordPayment(given.cashier(), { orderId, photo: slip, witnesses: two });
      const { recoveryId } = await demand(till, paid);
      const owing = { ...paid, recoveryId };
      await refused(owing, { code: 'DEBTOR_CANNOT_RECEIVE' }, () =>
        instalment(owing, 1_000, {}, actingIn(owing.societyId, otherCashier)),
      );
      await instalment(owing, 1_000);
    });

    it('takes one line of the bank once', async () => {
      const owing = await givenOwing();
      await instalment(owing, 10_000, { bankReference: ' ICBC-5 ' });
      await refused(owing, { code: 'BANK_REFERENCE_USED' }, () =>
        instalment(owing, 10_000, { bankReference: 'ICBC-5' }),
      );
    });

    it('D4-69 is no matter of another society', async () => {
      const [own, other] = [await givenOwing(), await givenOwing()];
      await refused(other, { code: 'RECOVERY_NOT_FOUND' }, () =>
        instalment({ ...own, recoveryId: other.recoveryId }, 1_000),
      );
      await expect(till.recoveriesOf.recovery(own.societyId, randomUUID())).rejects.toMatchObject({
        code: 'RECOVERY_NOT_FOUND',
      });
    });
  });

  describe('what will not come back', () => {
    it('is written off: Dr5401 Cr1122 for the rest, and neither money nor lots are restored by it', async () => {
      const owing = await givenOwing();
      await instalment(owing, 40_000);
      const [money, lots] = [await till.books.fund(owing.societyId), await lotsOf(owing)];
      const { voucherId, writtenOffFen } = await writeOff(owing);
      expect(writtenOffFen).toBe(60_000);
      expect(await linesOf(owing, voucherId)).toEqual(['Dr5401 60000', 'Cr1122 60000']);
      expect(await recoveryOf(owing)).toMatchObject({
        ...{ state: 'WRITTEN_OFF', recoveredFen: 40_000, writtenOffFen: 60_000, outstandingFen: 0 },
        writeOffVoucherId: voucherId,
      });
      expect([await till.books.fund(owing.societyId), await lotsOf(owing)]).toEqual([money, lots]);
      expect(await dutyOf(owing)).toBeUndefined(); // nobody owes it any more
      await refused(owing, { code: 'RECOVERY_OVER' }, () => writeOff(owing));
    });

    it('is written off once, and taken once, when all is asked together', async () => {
      const owing = await givenOwing();
      const acts = Array.from({ length: 10 }, (_, n) =>
        n % 2 ? writeOff(owing) : instalment(owing, 100_000),
      );
      const refusals = refusalsIn(await Promise.allSettled(acts));
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'RECOVERY_OVER' });
      const { recoveredFen, writtenOffFen, recoveredLateFen } = await recoveryOf(owing);
      expect(recoveredFen + recoveredLateFen).toBe(100_000);
      expect([0, 100_000]).toContain(writtenOffFen);
      expect(writtenOffFen).toBe(recoveredLateFen);
      expect(await lotsOf(owing)).toEqual([3_000_000]);
    });

    it('and comes back after all is money again: free, in its lots, off the cost that it was', async () => {
      const owing = await givenOwing();
      await instalment(owing, 40_000);
      await writeOff(owing);
      const { voucherId } = await instalment(owing, 25_000);
      expect(await linesOf(owing, voucherId)).toEqual(['Dr1002 25000', 'Cr5401 25000']);
      expect(await lotsOf(owing)).toEqual([2_965_000]);
      expect(await recoveryOf(owing)).toMatchObject({
        ...{ state: 'WRITTEN_OFF', recoveredFen: 40_000, writtenOffFen: 60_000, recoveredLateFen: 25_000 },
        outstandingFen: 0,
      });
      expect(till.back.recovered.at(-1)).toMatchObject({ amountFen: 25_000, outstandingFen: 0 });
      await refused(owing, { code: 'INSTALMENT_OVER_OUTSTANDING' }, () => instalment(owing, 35_001));
      await instalment(owing, 35_000);
      await refused(owing, { code: 'RECOVERY_OVER' }, () => instalment(owing, 1));
    });

    it('never comes back for more than was given up, however many pay late together', async () => {
      const owing = await givenOwing();
      await writeOff(owing);
      const refusals = refusalsIn(
        await Promise.allSettled(Array.from({ length: 10 }, () => instalment(owing, 30_000))),
      );
      expect(refusals).toHaveLength(7);
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'INSTALMENT_OVER_OUTSTANDING' });
      expect(await recoveryOf(owing)).toMatchObject({ recoveredFen: 0, recoveredLateFen: 90_000 });
    });
  });

  it.each`
    set                         | because
    ${'recovered_fen = 100001'} | ${'more came back than was demanded'}
    ${`state = 'RECOVERED'`}    | ${'something is still owed'}
    ${'written_off_fen = 1'}    | ${'a part was given up, and the case goes on'}
    ${'recovered_fen = -1'}     | ${'nobody pays back less than nothing'}
    ${'recovered_late_fen = 1'} | ${'nothing was given up that could come back'}
  `('does not let even a wrong statement say $set: $because', async ({ set }: { set: string }) => {
    const { recoveryId } = await givenOwing();
    const text = Object.assign([`UPDATE recoveries SET ${set} WHERE id = `, ''], { raw: [] });
    const change = till.transactions.run((tx) =>
      tx.change(text as unknown as TemplateStringsArray, recoveryId),
    );
    await expect(change).rejects.toThrow(/ck_recoveries/);
  });

  it.each(['payment_attempts', 'recovery_instalments'])('refuses to change or delete %s', async (table) => {
    await instalment(await givenOwing(), 1_000);
    for (const sql of [`UPDATE ${table} SET id = id`, `DELETE FROM ${table}`])
      await expect(till.house.dataSource.transaction((manager) => manager.query(sql))).rejects.toThrow(
        /append-only/,
      );
  });
});
