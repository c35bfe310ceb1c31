import { randomUUID } from 'node:crypto';
import {
  InstitutionAccountInvalid,
  InstitutionAlreadyKnown,
  InstitutionByTransferOnly,
  InstitutionEnded,
  InstitutionNotFound,
} from '../../src/payments/domain/institution.errors.js';
import { InstitutionSeals } from '../../src/payments/institutions.seals.js';
import type { OrderDraft } from '../../src/payments/index.js';
import { kinds } from '../support/databases.js';
import { givenSociety } from '../support/society.js';
import { staysSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';
import {
  actingIn,
  callOff,
  demand,
  givenInstitution,
  givenOfficer,
  givenOrder,
  givenPerson,
  givenTill,
  photo,
  reordered,
  reorderedTo,
  snapshot,
} from './payments.given.js';
import type { Ordered, Till } from './payments.given.js';

const ACCOUNT = '34050166880800001234';
/** A round closed by links, where nobody presided: the chair approves the order itself. */
const UNAPPROVED = { approverId: null, approveHours: 24 } as const;

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
    till.tied.clear();
  });

  const end = (societyId: string, institutionId: string) =>
    till.institutions.endInstitution(actingIn(societyId, null), { institutionId });
  const pay = ({ orderId, cashier }: Ordered, more: object = {}, caller = cashier()) =>
    till.payments.recordPayment(caller, { orderId, photo: slip, ...more });
  const change = ({ orderId }: Ordered, payeeAccountId: string | null, method: 'CARD' | 'CASH' = 'CARD') =>
    till.transactions.run((tx) => till.payments.changePayeeAccount(tx, { orderId, payeeAccountId, method }));
  /** What was approved was for the other one: the chair approves anew. */
  const approveAgain = ({ orderId, chair }: Ordered) => till.payments.approvePayment(chair(), { orderId });
  const orderOf = ({ societyId, orderId }: Ordered) => till.queries.order(societyId, orderId);
  const refused = async (given: Ordered, refusal: object, act: () => Promise<unknown>) => {
    const before = await snapshot(till, given);
    await expect(act()).rejects.toMatchObject(refusal);
    expect(await snapshot(till, given)).toEqual(before);
  };
  const rowsOf = (institutionId: string): Promise<Record<string, unknown>[]> =>
    till.house.dataSource.query('SELECT * FROM payee_institutions WHERE id = ?', [institutionId]);

  /** A society, and an order of it to a hospital. */
  async function givenOrderToHospital(draft: Partial<OrderDraft> = {}) {
    const given = await givenOrder(till);
    const hospitalId = await givenInstitution(till, given.societyId);
    return { given: await reorderedTo(till, given, hospitalId, draft), hospitalId };
  }

  describe('an institution', () => {
    it('is kept with its account sealed in its own row, and shown by the last four digits', async () => {
      const societyId = await givenSociety(till.house);
      const personId = await givenOfficer(till, societyId, '孙文书', ['CLERK']);
      const createdAt = till.clock.now();
      const { institutionId } = await till.institutions.addInstitution(actingIn(societyId, personId), {
        ...{ name: ' 演示县人民医院  ', bankName: '农业银行  演示县支行' },
        accountNumber: '３４０５ 0166-8808 0000—1234',
      });
      const institution = await till.institutionsOf.institution(societyId, institutionId);
      expect(institution).toEqual({
        ...{ id: institutionId, societyId, name: '演示县人民医院', bankName: '农业银行 演示县支行' },
        ...{ accountTail: '1234', createdAt, createdBy: personId, endedAt: null },
      });
      expect(await till.institutionsOf.inUse(societyId)).toEqual([institution]);

      const [row] = await rowsOf(institutionId);
      expect(JSON.stringify(row)).not.toContain(ACCOUNT);
      const seals = till.house.get(InstitutionSeals);
      const sealed = String(row?.['account_sealed']);
      expect(seals.open(institutionId, sealed)).toBe(ACCOUNT);
      expect(() => seals.open(randomUUID(), sealed)).toThrow();
    });

    it('leaves a trail that says who and when, and no more of the number than a page does', async () => {
      const societyId = await givenSociety(till.house);
      const institutionId = await givenInstitution(till, societyId, { accountNumber: ACCOUNT });
      till.clock.advance({ minutes: 5 });
      await end(societyId, institutionId);
      const acts: { act: string; words: string }[] = await till.house.dataSource.query(
        'SELECT act, words FROM audit_acts WHERE subject_id = ? ORDER BY id',
        [institutionId],
      );
      expect(acts).toEqual([
        { act: 'addInstitution', words: '登记收款机构 尾号 1234' },
        { act: 'endInstitution', words: '停用收款机构' },
      ]);
    });

    it('is entered once by its account, whatever it is called and however it is typed', async () => {
      const societyId = await givenSociety(till.house);
      await givenInstitution(till, societyId, { accountNumber: ACCOUNT });
      const again = { name: '演示县第一人民医院', accountNumber: '3405 0166 8808 0000 1234' };
      await expect(givenInstitution(till, societyId, again)).rejects.toBeInstanceOf(InstitutionAlreadyKnown);
      await givenInstitution(till, societyId); // the same name with another account
      await givenInstitution(till, await givenSociety(till.house), { accountNumber: ACCOUNT });
      expect(await till.institutionsOf.inUse(societyId)).toHaveLength(2);
    });

    it('is entered once when ten enter it together, and once when one form is sent ten times', async () => {
      const societyId = await givenSociety(till.house);
      const draft = { name: '演示县人民医院', bankName: '农业银行', accountNumber: ACCOUNT };
      const add = (key?: string) => till.institutions.addInstitution(actingIn(societyId, null, key), draft);
      const refusals = refusalsIn(await Promise.allSettled(Array.from({ length: 10 }, () => add())));
      expect(refusals).toHaveLength(9);
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(InstitutionAlreadyKnown);

      const another = { ...draft, accountNumber: '99887766554433' };
      const caller = actingIn(societyId, null);
      const same = await Promise.all(
        Array.from({ length: 10 }, () => till.institutions.addInstitution(caller, another)),
      );
      expect(new Set(same.map(({ institutionId }) => institutionId)).size).toBe(1);
    });

    it.each(['', '1234567', '1'.repeat(33), '3405016688O800001234'])(
      'is refused with the account %p',
      async (accountNumber) => {
        const societyId = await givenSociety(till.house);
        await expect(givenInstitution(till, societyId, { accountNumber })).rejects.toBeInstanceOf(
          InstitutionAccountInvalid,
        );
        expect(await till.institutionsOf.all(societyId)).toEqual([]);
      },
    );

    it('D4-69 is not found by another society: not read, not ended, not paid, not looked into', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const strange = await givenOrder(till);
      const { societyId } = strange;
      const look = { reason: '打款', threadId: given.threadId };
      for (const act of [
        () => till.institutionsOf.institution(societyId, hospitalId),
        () => end(societyId, hospitalId),
        () => reorderedTo(till, strange, hospitalId),
        () => till.institutions.revealAccount(strange.cashier().actor, hospitalId, look),
      ]) {
        const refusal = { kind: 'not-found', code: 'PAYEE_INSTITUTION_NOT_FOUND' };
        await expect(act()).rejects.toMatchObject(refusal);
        await expect(act()).rejects.toBeInstanceOf(InstitutionNotFound);
      }
      const own = await givenInstitution(till, societyId);
      await refused(given, { code: 'PAYEE_INSTITUTION_NOT_FOUND' }, () => change(given, own));
      expect(await till.institutionsOf.inUse(societyId)).toMatchObject([{ id: own }]);
      expect(await till.institutionsOf.institution(given.societyId, hospitalId)).toMatchObject({
        endedAt: null,
      });
    });

    it('ends once, stands among all, and lets its number be entered anew', async () => {
      const societyId = await givenSociety(till.house);
      const wrong = { name: '演示县人民医完', accountNumber: ACCOUNT };
      const institutionId = await givenInstitution(till, societyId, wrong);
      till.clock.advance({ minutes: 5 });
      const endedAt = till.clock.now();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, () => end(societyId, institutionId)),
      );
      const refusals = refusalsIn(outcomes);
      expect(refusals).toHaveLength(9);
      for (const refusal of refusals) expect(refusal).toBeInstanceOf(InstitutionEnded);
      expect(await till.institutionsOf.inUse(societyId)).toEqual([]);
      expect(await till.institutionsOf.all(societyId)).toMatchObject([{ id: institutionId, endedAt }]);

      const right = await givenInstitution(till, societyId, { accountNumber: ACCOUNT });
      expect(await till.institutionsOf.inUse(societyId)).toMatchObject([{ id: right }]);
      expect(await till.institutionsOf.all(societyId)).toHaveLength(2);
    });

    it.each`
      set                                                             | because
      ${'ended_at = created_at'}                                      | ${'what has ended holds no number against another'}
      ${'account_index = NULL'}                                       | ${'what is in use is known by its number'}
      ${`ended_at = '2020-01-01 00:00:00.000', account_index = NULL`} | ${'nothing ends before it began'}
    `('does not let even a wrong statement say $set: $because', async ({ set }: { set: string }) => {
      const institutionId = await givenInstitution(till, await givenSociety(till.house));
      const text = Object.assign([`UPDATE payee_institutions SET ${set} WHERE id = `, ''], { raw: [] });
      const wrong = till.transactions.run((tx) =>
        tx.change(text as unknown as TemplateStringsArray, institutionId),
      );
      await expect(wrong).rejects.toThrow(/ck_payee_institutions/);
    });
  });

  describe('an order to an institution', () => {
    it('is approved, paid and booked like any other, under the name in the row of the institution', async () => {
      const { given, hospitalId } = await givenOrderToHospital({ ...UNAPPROVED, payeeName: '别的名字' });
      const { societyId, orderId, subjectId, threadId, amountFen, cashierId } = given;
      expect(await orderOf(given)).toMatchObject({
        ...{ state: 'TO_APPROVE', payeeKind: 'INSTITUTION', payeeName: '演示县人民医院' },
        ...{ payeeId: hospitalId, payeeAccountId: hospitalId, method: 'CARD' },
      });
      await till.payments.approvePayment(given.chair(), { orderId });
      till.clock.advance({ hours: 2 });
      const paidAt = till.clock.now();
      const { voucherId, voucherNumber } = await pay(given, { paidAt, bankReference: 'ABC-1' });

      expect(await orderOf(given)).toMatchObject({ state: 'PAID', paidAt, voucherId });
      const { lines } = await till.books.voucher(societyId, voucherId);
      expect(lines.map(({ account, amountFen: fen }) => [account, fen])).toEqual([
        ['2209', 100_000],
        ['1002', -100_000],
      ]);
      expect(await till.books.allocationsOf(orderId)).toMatchObject([{ source: 'SUBSIDY', amountFen }]);
      expect(till.told).toEqual([
        {
          ...{ orderId, subjectId, threadId, amountFen, attempt: 1 },
          ...{ paidAt, method: 'CARD', voucherNumber, cashierId },
        },
      ]);
      const { accountTail } = await till.institutionsOf.institution(societyId, hospitalId);
      const [act] = await till.audit.thread(societyId, threadId);
      expect(act).toMatchObject({ act: 'recordPayment', words: `记打款 1,000.00 元 尾号 ${accountTail}` });
      await refused(given, { code: 'ALREADY_PAID' }, () => pay(given));
    });

    it('goes to a person unless it says otherwise, as every order did before', async () => {
      const given = await givenOrder(till);
      expect(await orderOf(given)).toMatchObject({ payeeKind: 'PERSON' });
    });

    it('is still none of the matter of whoever is tied to whom it is for', async () => {
      const { given } = await givenOrderToHospital(UNAPPROVED);
      const { orderId, chairId, deputyId, cashierId, societyId } = given;
      till.tied.add(chairId).add(cashierId);
      await refused(given, { kind: 'forbidden', code: 'MAY_NOT_APPROVE' }, () =>
        till.payments.approvePayment(given.chair(), { orderId }),
      );
      await till.payments.approvePayment(actingIn(societyId, deputyId), { orderId });
      await refused(given, { kind: 'forbidden', code: 'MAY_NOT_PAY' }, () => pay(given));
      const otherId = await givenOfficer(till, societyId, '郑平', ['CASHIER']);
      await pay(given, {}, actingIn(societyId, otherId));
    });

    it('keeps approver, cashier and bookkeeper apart', async () => {
      const { given } = await givenOrderToHospital();
      for (const [who, code] of [
        [given.chairId, 'APPROVER_CANNOT_PAY'],
        [given.accountantId, 'ACCOUNTANT_CANNOT_PAY'],
      ] as const)
        await refused(given, { kind: 'forbidden', code }, () =>
          pay(given, {}, actingIn(given.societyId, who)),
        );
    });

    it('is never paid in cash: not ordered so, not changed so, not paid so', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const cash = reorderedTo(till, given, hospitalId, { method: 'CASH' });
      await expect(cash).rejects.toBeInstanceOf(InstitutionByTransferOnly);
      await refused(given, { kind: 'conflict', code: 'INSTITUTION_BY_TRANSFER_ONLY' }, () =>
        change(given, null, 'CASH'),
      );
      const witnesses = [given.chairId, given.accountantId];
      await refused(given, { code: 'METHOD_NOT_ORDERED' }, () => pay(given, { method: 'CASH', witnesses }));
    });

    it('is addressed to an institution and its own account, or is no order at all', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const crossed = reorderedTo(till, given, hospitalId, { payeeAccountId: randomUUID() });
      await expect(crossed).rejects.toThrow(/its own account/);
      const personId = await givenPerson(till, given.societyId);
      await expect(reorderedTo(till, given, personId)).rejects.toBeInstanceOf(InstitutionNotFound);
    });

    it('is refused by the bank, put on another institution, paid, sent back and paid again', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const { orderId, societyId } = given;
      await till.bank.recordFailedPayment(given.cashier(), { orderId, reason: 'WRONG_ACCOUNT' });
      const clinicId = await givenInstitution(till, societyId, { name: '演示县中医院' });
      await change(given, clinicId);
      expect(await orderOf(given)).toMatchObject({
        ...{ payeeKind: 'INSTITUTION', payeeId: clinicId, payeeAccountId: clinicId },
        ...{ payeeName: '演示县中医院', method: 'CARD', state: 'TO_APPROVE', approverId: null },
      });
      await refused(given, { code: 'ORDER_NOT_APPROVED' }, () => pay(given));
      await approveAgain(given);
      await pay(given);
      await refused(given, { code: 'ALREADY_PAID' }, () => change(given, hospitalId));
      till.clock.advance({ hours: 1 });
      await till.bank.recordReturnedPayment(given.cashier(), {
        ...{ orderId, reason: 'NAME_MISMATCH', photo: slip },
      });
      await change(given, hospitalId);
      await approveAgain(given);
      await pay(given);
      expect(await orderOf(given)).toMatchObject({ state: 'PAID', payeeId: hospitalId, attempts: 3 });
      expect(await till.books.fund(societyId)).toMatchObject({ balanceFen: 2_900_000, reservedFen: 100_000 });
    });

    it('is changed to no card of a person, and an order to a person to no institution', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const toPerson = await givenOrder(till);
      for (const nothing of [toPerson.payeeAccountId, randomUUID(), null])
        await refused(given, { code: 'PAYEE_INSTITUTION_NOT_FOUND' }, () => change(given, nothing));
      await change(toPerson, hospitalId);
      expect(await orderOf(toPerson)).toMatchObject({ payeeKind: 'PERSON' });
      await refused(toPerson, { code: 'PAYEE_ACCOUNT_NOT_THEIRS' }, () => pay(toPerson));
    });

    it('is not made to an institution that has ended, nor changed to one', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const closedId = await givenInstitution(till, given.societyId);
      await end(given.societyId, closedId);
      const refusal = { kind: 'conflict', code: 'PAYEE_INSTITUTION_ENDED' };
      await expect(reorderedTo(till, given, closedId)).rejects.toMatchObject(refusal);
      await refused(given, refusal, () => change(given, closedId));
      expect(await till.institutionsOf.waiting(given.societyId, hospitalId)).toBe(1);
      expect(await till.institutionsOf.waiting(given.societyId, closedId)).toBe(0);
    });

    it('waits where its institution has ended, until it goes to another; what had left may be written down', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      const sent = await reorderedTo(till, given, hospitalId);
      const leftAt = till.clock.now();
      till.clock.advance({ hours: 1 });
      await end(given.societyId, hospitalId);
      till.clock.advance({ hours: 1 });
      await refused(given, { code: 'PAYEE_INSTITUTION_ENDED' }, () => pay(given));
      await pay(sent, { paidAt: leftAt });
      await change(given, await givenInstitution(till, given.societyId));
      await approveAgain(given);
      await pay(given);
    });

    it('is made or its institution ends, whichever is first, when both are asked together', async () => {
      const { given } = await givenOrderToHospital();
      for (let times = 0; times < 5; times++) {
        const institutionId = await givenInstitution(till, given.societyId);
        till.clock.advance({ minutes: 1 });
        const [ordered, ended] = await Promise.allSettled([
          reorderedTo(till, given, institutionId),
          end(given.societyId, institutionId),
        ]);
        expect(ended.status).toBe('fulfilled');
        if (ordered.status === 'rejected') expect(ordered.reason).toBeInstanceOf(InstitutionEnded);
        else await callOff(till, ordered.value);
      }
    });

    it('is owed back by the institution where that is asked, and by nobody of the register', async () => {
      const { given, hospitalId } = await givenOrderToHospital();
      await pay(given);
      const { recoveryId } = await demand(till, given);
      expect(await till.recoveriesOf.recovery(given.societyId, recoveryId)).toMatchObject({
        payerKind: 'INSTITUTION',
        payerId: hospitalId,
      });
      await till.recoveries.recordInstalment(given.cashier(), {
        ...{ recoveryId, amountFen: given.amountFen, photo: slip },
      });
      expect(await till.recoveriesOf.ofOrder(given.orderId)).toMatchObject({ state: 'RECOVERED' });

      const { given: other } = await givenOrderToHospital();
      await pay(other);
      const familyId = await givenPerson(till, other.societyId);
      const owed = await demand(till, { ...other, payeeId: familyId });
      expect(await till.recoveriesOf.recovery(other.societyId, owed.recoveryId)).toMatchObject({
        payerKind: 'PERSON',
        payerId: familyId,
      });
    });

    it('may be called off', async () => {
      const { given } = await givenOrderToHospital();
      await callOff(till, given);
      expect(await orderOf(given)).toMatchObject({ state: 'CANCELLED' });
    });

    it.each`
      set                              | because
      ${`method = 'CASH'`}             | ${'nobody of an institution signs for cash'}
      ${`payee_account_id = 'a-card'`} | ${'its account is its own'}
      ${`payee_kind = 'ANIMAL'`}       | ${'there are two kinds'}
    `('does not let even a wrong statement say $set: $because', async ({ set }: { set: string }) => {
      const { given } = await givenOrderToHospital();
      const text = Object.assign([`UPDATE payment_orders SET ${set} WHERE id = `, ''], { raw: [] });
      const wrong = till.transactions.run((tx) =>
        tx.change(text as unknown as TemplateStringsArray, given.orderId),
      );
      await expect(wrong).rejects.toThrow(/ck_payment_orders/);
    });

    it('leaves an order to a person in cash as it was', async () => {
      const given = await reordered(till, await givenOrder(till), { method: 'CASH', payeeAccountId: null });
      await pay(given, { witnesses: [given.chairId, given.accountantId] });
      expect(await orderOf(given)).toMatchObject({ state: 'PAID', payeeKind: 'PERSON', method: 'CASH' });
    });
  });

  it('opens the whole number for whoever pays to it, and keeps each look in the trail', async () => {
    const given = await givenOrder(till);
    const institutionId = await givenInstitution(till, given.societyId, { accountNumber: ACCOUNT });
    const { actor } = given.cashier();
    const look = { reason: '打款', threadId: given.threadId };
    expect(await till.institutions.revealAccount(actor, institutionId, look)).toBe(ACCOUNT);
    expect(await till.audit.thread(given.societyId, given.threadId)).toMatchObject([
      { act: 'read', subjectKind: 'payee-institution', words: '查看完整账号：打款' },
    ]);
  });
});
