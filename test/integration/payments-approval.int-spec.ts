import { kinds } from '../support/databases.js';
import { staysSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';
import {
  actingIn,
  callOff,
  givenOfficer,
  givenOrder,
  givenTill,
  photo,
  reordered,
  snapshot,
} from './payments.given.js';
import type { Ordered, Till } from './payments.given.js';

/** A round closed by links or by telephone, where nobody presided and nobody signed a sheet. */
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

  const approve = ({ orderId, chair }: Ordered, caller = chair()) =>
    till.payments.approvePayment(caller, { orderId });
  const pay = ({ orderId, cashier }: Ordered) =>
    till.payments.recordPayment(cashier(), { orderId, photo: slip });
  const orderOf = ({ societyId, orderId }: Ordered) => till.queries.order(societyId, orderId);
  const approvalDuty = async ({ threadId }: Ordered) =>
    (await till.owed.ofThread(threadId)).find(({ kind: owed }) => owed === 'APPROVE_PAYMENT');
  const refused = async (given: Ordered, refusal: object, act: () => Promise<unknown>) => {
    const before = await snapshot(till, given);
    await expect(act()).rejects.toMatchObject(refusal);
    expect(await snapshot(till, given)).toEqual(before);
  };

  it('waits for its approval where nobody presided, and is paid once the chair has given it', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    expect(await orderOf(given)).toMatchObject({ state: 'TO_APPROVE', approverId: null, approvedAt: null });
    expect(await approvalDuty(given)).toMatchObject({
      ownerRole: 'chair',
      subjectKind: 'payment',
      subjectId: given.orderId,
      settledAt: null,
      dueAt: new Date(given.orderedAt.getTime() + 24 * 3_600_000),
    });
    await refused(given, { kind: 'conflict', code: 'ORDER_NOT_APPROVED' }, () => pay(given));

    till.clock.advance({ hours: 2 });
    const at = till.clock.now();
    await approve(given);
    expect(await orderOf(given)).toMatchObject({
      state: 'TO_PAY',
      approverId: given.chairId,
      approvedAt: at,
    });
    expect(await approvalDuty(given)).toMatchObject({ settledAt: at, settledByPersonId: given.chairId });
    const [act] = await till.audit.thread(given.societyId, given.threadId);
    expect(act).toMatchObject({ act: 'approvePayment', words: '同意付款 1,000.00 元' });
    await pay(given);
    expect(await orderOf(given)).toMatchObject({ state: 'PAID' });
  });

  it('is not asked for where the presider approved it by signing the sheet', async () => {
    const given = await givenOrder(till);
    expect(await approvalDuty(given)).toBeUndefined();
    expect(await orderOf(given)).toMatchObject({ state: 'TO_PAY', approvedAt: given.orderedAt });
    await refused(given, { code: 'ALREADY_APPROVED' }, () => approve(given));
  });

  it('is approved once when ten press together: nine hear ALREADY_APPROVED', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    const who = [given.chairId, given.deputyId];
    const presses = Array.from({ length: 10 }, (_, n) =>
      approve(given, actingIn(given.societyId, who[n % 2] ?? null)),
    );
    const refusals = refusalsIn(await Promise.allSettled(presses));
    expect(refusals).toHaveLength(9);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ kind: 'conflict', code: 'ALREADY_APPROVED' });
    await refused(given, { code: 'ALREADY_APPROVED' }, () => approve(given));
  });

  it('answers the same press with the same answer', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    const caller = given.chair();
    const answers = await Promise.all(Array.from({ length: 5 }, () => approve(given, caller)));
    expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(1);
  });

  it.each`
    who             | code                        | because
    ${'cashier'}    | ${'CASHIER_CANNOT_APPROVE'} | ${'D4-20: who pays does not approve'}
    ${'accountant'} | ${'CHAIR_ONLY'}             | ${'keeping books is no office to approve by'}
    ${'director'}   | ${'CHAIR_ONLY'}             | ${'a ballot is no approval'}
    ${'secretary'}  | ${'CHAIR_ONLY'}             | ${'the secretary runs the case'}
    ${'nobody'}     | ${'CHAIR_ONLY'}             | ${'an account without a person approves nothing'}
  `('refuses $who with $code: $because', async ({ who, code }: { who: string; code: string }) => {
    const given = await givenOrder(till, UNAPPROVED);
    const { societyId } = given;
    const persons: Record<string, string | null> = {
      cashier: given.cashierId,
      accountant: given.accountantId,
      director: await givenOfficer(till, societyId, '孙八', ['DIRECTOR']),
      secretary: await givenOfficer(till, societyId, '周明', ['SECRETARY_GENERAL']),
      nobody: null,
    };
    await refused(given, { kind: 'forbidden', code }, () =>
      approve(given, actingIn(societyId, persons[who] ?? null)),
    );
  });

  it('D4-19 the chair is the payee: the deputy approves', async () => {
    const other = await givenOrder(till);
    const own = { payeeId: other.chairId, method: 'CASH', payeeAccountId: null } as const;
    const given = await reordered(till, other, { ...UNAPPROVED, ...own });
    await refused(given, { kind: 'forbidden', code: 'PAYEE_CANNOT_APPROVE' }, () => approve(given));
    await approve(given, actingIn(given.societyId, given.deputyId));
    expect(await orderOf(given)).toMatchObject({ state: 'TO_PAY', approverId: given.deputyId });
  });

  it('is not approved by whoever the register ties to the applicant: the deputy does', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    till.tied.add(given.chairId);
    await refused(given, { kind: 'forbidden', code: 'MAY_NOT_APPROVE' }, () => approve(given));
    await approve(given, actingIn(given.societyId, given.deputyId));
    expect(await orderOf(given)).toMatchObject({ approverId: given.deputyId });
  });

  it('D4-20 whoever approved it does not pay it, whatever office came later', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    await approve(given);
    await refused(given, { kind: 'forbidden', code: 'APPROVER_CANNOT_PAY' }, () =>
      pay({ ...given, cashier: given.chair }),
    );
  });

  it('is not paid before it was approved: the slip of an earlier hour is refused', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    till.clock.advance({ hours: 3 });
    await approve(given);
    const paidAt = new Date(till.clock.now().getTime() - 3_600_000);
    const early = { orderId: given.orderId, photo: slip, paidAt };
    await refused(given, { code: 'PAID_AT_WRONG' }, () =>
      till.payments.recordPayment(given.cashier(), early),
    );
  });

  it('D4-69 knows no order of another society', async () => {
    const [own, other] = [await givenOrder(till, UNAPPROVED), await givenOrder(till, UNAPPROVED)];
    await refused(other, { code: 'PAYMENT_ORDER_NOT_FOUND' }, () =>
      till.payments.approvePayment(own.chair(), { orderId: other.orderId }),
    );
  });

  it('has nothing to approve once it was called off, and owes nobody an approval', async () => {
    const given = await givenOrder(till, UNAPPROVED);
    await callOff(till, given);
    expect(await approvalDuty(given)).toBeUndefined();
    await refused(given, { code: 'ORDER_CANCELLED' }, () => approve(given));
  });

  it('says by when somebody must approve it, or is no order at all', async () => {
    await expect(givenOrder(till, { approverId: null })).rejects.toThrow(/by when/);
  });

  it.each`
    slip                                                                    | because
    ${`state = 'TO_PAY'`}                                                   | ${'nobody approved it'}
    ${`approver_id = payee_id, approved_at = ordered_at, state = 'TO_PAY'`} | ${'nobody approves what is his own'}
    ${`approver_id = 'somebody'`}                                           | ${'an approval has its hour'}
  `('does not let even a wrong statement say $slip: $because', async ({ slip: set }: { slip: string }) => {
    const { orderId } = await givenOrder(till, UNAPPROVED);
    const text = Object.assign([`UPDATE payment_orders SET ${set} WHERE id = `, ''], { raw: [] });
    const change = till.transactions.run((tx) => tx.change(text as unknown as TemplateStringsArray, orderId));
    await expect(change).rejects.toThrow(/ck_payment_orders/);
  });
});
