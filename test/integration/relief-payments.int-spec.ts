import { fen } from '../../src/kernel/fen.js';
import { InstitutionsService, PaymentsQueries } from '../../src/payments/index.js';
import { RELIEF_PAYMENT, ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  approve,
  bankReturns,
  booksOf,
  by,
  claimsOf,
  demand,
  end,
  endNotice,
  followUp,
  givenHospital,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hang,
  invoice,
  lettersOf,
  noticeOf,
  openPanel,
  ordersOf,
  owedOf,
  part,
  payAll,
  payOrder,
  plan,
  purse,
  refused,
  relief,
  sign,
  stateOf,
  submit,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

const [FAMILY, HOSPITAL] = [20_000_000, 3_148_000];

/** How a grant is paid, comes back from the bank, is demanded back, or is never paid at all (domain.md 2.2). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;
  let hospitalId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
    hospitalId = await givenHospital(ground);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const money = () => purse(ground, { fund: ground.fund.name, restriction: null });
  const inTwo = () => [part(FAMILY), part(HOSPITAL, hospitalId)];
  const orderOf = async (made: GivenRelief, amountFen: number) => {
    const orders = await ordersOf(ground, made);
    const found = orders.find((each) => each.amountFen === amountFen);
    if (!found) throw new Error('No such payment');
    return found;
  };

  it('moves the money once along the road: held, owed and ordered, paid', async () => {
    const start = await money();
    const made = await givenRelief(ground, { at: 'NOTICED' });
    const seen = async () => {
      const { balanceFen, reservedFen } = await money();
      const purseNow = [balanceFen - start.balanceFen, reservedFen - start.reservedFen];
      return [purseNow, await claimsOf(ground, made), await booksOf(ground, made)];
    };
    const held = { usedFen: 0, promisedFen: GRANT_FEN };
    const used = { usedFen: GRANT_FEN, promisedFen: 0 };
    expect(await seen()).toEqual([[0, GRANT_FEN], held, {}]);
    await approve(ground, made);
    expect(await seen()).toEqual([[0, GRANT_FEN], used, { 2209: -GRANT_FEN, 5101: GRANT_FEN }]);
    await payAll(ground, made);
    const paid = { 1002: -GRANT_FEN, 5101: GRANT_FEN };
    expect(await seen()).toEqual([[-GRANT_FEN, 0], used, paid]);
    await followUp(ground, made);
    await hang(ground, made, 'RELIEF_RESULT');
    expect(await stateOf(ground, made)).toBe('CLOSED');
    expect(await seen()).toEqual([[-GRANT_FEN, 0], used, paid]);
    expect(await owedOf(ground, made)).toEqual([]);
  });

  describe('the plan', () => {
    it.each`
      parts                                  | because
      ${[part(GRANT_FEN - 1)]}               | ${'a fen is missing'}
      ${[part(GRANT_FEN), part(1)]}          | ${'a fen is too much'}
      ${[part(GRANT_FEN), part(0)]}          | ${'a part is nothing'}
      ${[part(GRANT_FEN + 100), part(-100)]} | ${'a part is less than nothing'}
      ${[]}                                  | ${'there is none'}
    `('is refused where $because', async ({ parts }: { parts: ReturnType<typeof part>[] }) => {
      const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
      await refused(ground, 'PLAN_DOES_NOT_ADD_UP', () => plan(ground, made, parts));
    });

    it('knows the hospitals of the federation, and no others', async () => {
      const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
      const elsewhere = await givenHospital(await givenReliefGround(house));
      for (const id of [elsewhere, '0192f000-0000-7000-8000-00000000dead'])
        await refused(ground, 'PAYEE_INSTITUTION_NOT_FOUND', () => plan(ground, made, [part(GRANT_FEN, id)]));
    });

    it('pays family and hospital each its part, and is done with the last of them', async () => {
      const made = await givenRelief(ground, { at: 'NOTICED' });
      await plan(ground, made, [part(GRANT_FEN, hospitalId)]);
      await plan(ground, made, inTwo()); // the last word counts
      await approve(ground, made);
      const [family, hospital] = await ordersOf(ground, made);
      expect(family).toMatchObject({ amountFen: FAMILY, institutionId: null, kind: 'PART' });
      expect(family?.order).toMatchObject({ payeeKind: 'PERSON', amountFen: FAMILY, method: 'CARD' });
      expect(hospital).toMatchObject({ amountFen: HOSPITAL, institutionId: hospitalId });
      expect(hospital?.order).toMatchObject({
        payeeKind: 'INSTITUTION',
        payeeId: hospitalId,
        amountFen: HOSPITAL,
      });
      expect(hospital?.order.payeeName).toBe('演示县人民医院');

      await payOrder(ground, hospital?.orderId ?? '');
      expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', paidFen: HOSPITAL });
      expect(await owedOf(ground, made)).toEqual(['PAY']);
      house.clock.advance({ hours: 1 });
      await payOrder(ground, family?.orderId ?? '');
      expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT_FEN });
      const { words } = await noticeOf(ground, made, 'RELIEF_RESULT');
      expect(words).toMatchObject({
        payments: [
          { amount: '31,480.00', to: 'HOSPITAL' },
          { amount: '200,000.00', to: 'FAMILY' },
        ],
        paid: { amount: '231,480.00' },
      });
      const { number } = (await noticeOf(ground, made, 'RELIEF_PRE')).issue ?? {};
      expect(words).toMatchObject({ preNotice: number });
    });

    it('pays nothing to a family that has no card', async () => {
      const made = await givenRelief(ground, { at: 'NOTICED', card: false });
      await refused(ground, 'FAMILY_ACCOUNT_MISSING', () => plan(ground, made, inTwo()));
      await refused(ground, 'FAMILY_ACCOUNT_MISSING', () => approve(ground, made));
      await plan(ground, made, [part(GRANT_FEN, hospitalId)]);
      await approve(ground, made);
      await payAll(ground, made);
      expect(await stateOf(ground, made)).toBe('PAID');
    });

    it('is made anew where the hospital is no longer in use', async () => {
      const gone = await givenHospital(ground);
      const made = await givenRelief(ground, { at: 'NOTICED' });
      await plan(ground, made, [part(GRANT_FEN, gone)]);
      await house.get(InstitutionsService).endInstitution(by(ground, 'secretary'), { institutionId: gone });
      await refused(ground, 'PAYEE_INSTITUTION_ENDED', () => approve(ground, made));
      await plan(ground, made, inTwo());
      await approve(ground, made, 'deputy');
      expect((await relief(ground, made)).approvedBy).toBe(ground.at.deputy.personId);
    });
  });

  describe('what the bank sends back', () => {
    it('is one part: the case is owed again, and is paid again with that part', async () => {
      const made = await givenRelief(ground, { at: 'PAID', parts: inTwo() });
      const { orderId } = await orderOf(made, HOSPITAL);
      await bankReturns(ground, orderId);
      expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', paidFen: FAMILY, paidAt: null });
      expect(await booksOf(ground, made)).toEqual({ 1002: -FAMILY, 2209: -HOSPITAL, 5101: GRANT_FEN });
      expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN, promisedFen: 0 });
      expect(await owedOf(ground, made)).toEqual(['FIX_PAYMENT', 'PAY']);
      await expect(sign(ground, made, 'RELIEF_RESULT')).rejects.toThrow(/No RELIEF_RESULT/);
      await refused(ground, 'RELIEF_MONEY_IS_OUT', () => end(ground, made, 'OWN_WISH'));

      await payOrder(ground, orderId);
      expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT_FEN });
      expect(await owedOf(ground, made)).toEqual(['FOLLOW_UP', 'POST_NOTICE', 'SIGN_NOTICE']);
      expect(await noticeOf(ground, made, 'RELIEF_RESULT')).toMatchObject({ version: 2, state: 'DRAFT' });
    });

    it('before the rest is paid makes nothing of it', async () => {
      const made = await givenRelief(ground, { at: 'APPROVED', parts: inTwo() });
      const { orderId } = await orderOf(made, FAMILY);
      await payOrder(ground, orderId);
      await bankReturns(ground, orderId);
      expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', paidFen: 0 });
      await payAll(ground, made);
      expect(await stateOf(ground, made)).toBe('PAID');
    });

    it('after the case was closed: seen and published anew once it is paid again', async () => {
      const made = await givenRelief(ground, { at: 'CLOSED', parts: inTwo() });
      const { orderId } = await orderOf(made, FAMILY);
      await bankReturns(ground, orderId);
      const back = { state: 'APPROVED', closedAt: null, followedUpAt: null, resultEndedAt: null };
      expect(await relief(ground, made)).toMatchObject(back);
      await payOrder(ground, orderId);
      await hang(ground, made, 'RELIEF_RESULT');
      expect(await stateOf(ground, made)).toBe('PAID'); // nobody has seen the family since the money came
      expect(await owedOf(ground, made)).toEqual(['FOLLOW_UP']);
      await followUp(ground, made);
      expect(await stateOf(ground, made)).toBe('CLOSED');
    });

    it('while a part is demanded back is no step of the table: it is refused, and nothing is changed', async () => {
      const made = await givenRelief(ground, { at: 'PAID', parts: inTwo() });
      await demand(ground, made, { amountFen: 100 });
      const { orderId } = await orderOf(made, FAMILY);
      await refused(ground, 'RELIEF_NOT_IN_STATE', () => bankReturns(ground, orderId));
    });
  });

  describe('what ends before any money left', () => {
    it.each(['PANEL', 'PRE_NOTICE', 'RUNNING', 'NOTICED', 'OBJECTION_HOLD', 'APPROVED'] as const)(
      'frees everything from %s, the invoices too',
      async (at) => {
        const [start, bill] = [await money(), invoice(50_000_000)];
        const made = await givenRelief(ground, { at, invoices: [bill], reimbursed: {} });
        expect((await money()).reservedFen).toBe(start.reservedFen + 30_000_000);
        await end(ground, made, 'DEATH');
        expect(await relief(ground, made)).toMatchObject({
          state: 'TERMINATED',
          endReason: 'DEATH',
          claim: null,
        });
        expect(await money()).toEqual(start);
        expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
        expect(await booksOf(ground, made)).toEqual({});
        expect(await owedOf(ground, made)).toEqual([]);
        expect((await lettersOf(ground, made)).at(-1)?.kind).toBe('ENDING');
        const orders = await ordersOf(ground, made);
        expect(orders.map(({ order }) => order.state)).toEqual(orders.map(() => 'CANCELLED'));
        await submit(ground, { invoices: [bill] });
      },
    );

    it('leaves a notice that hangs on its wall, and means nothing when it ends', async () => {
      const made = await givenRelief(ground, { at: 'RUNNING' });
      await end(ground, made, 'OWN_WISH');
      await endNotice(ground, made, 'RELIEF_PRE');
      expect(await relief(ground, made)).toMatchObject({ state: 'WITHDRAWN', noticeEndedAt: null });
      expect(await owedOf(ground, made)).toEqual([]);
    });

    it('does not end so once a part is paid, and does again once the bank has sent it back', async () => {
      const made = await givenRelief(ground, { at: 'APPROVED', parts: inTwo() });
      const { orderId } = await orderOf(made, HOSPITAL);
      await payOrder(ground, orderId);
      await refused(ground, 'RELIEF_MONEY_IS_OUT', () => end(ground, made, 'DEATH'));
      await bankReturns(ground, orderId);
      const start = await money();
      await end(ground, made, 'DEATH');
      expect((await money()).reservedFen).toBe(start.reservedFen - GRANT_FEN);
      expect(await booksOf(ground, made)).toEqual({});
      await expect(payOrder(ground, orderId)).rejects.toMatchObject({ code: 'ORDER_CANCELLED' });
    });

    it('lets a family ask again for the same, with the whole of its cap', async () => {
      const asked = { totalFen: 83_333_334, reimbursed: {} };
      const made = await givenRelief(ground, { ...asked, at: 'APPROVED' });
      await end(ground, made, 'OWN_WISH');
      const again = await givenRelief(ground, { ...asked, personId: made.personId, at: 'REVIEWED' });
      expect(await openPanel(ground, again)).toMatchObject({ grantFen: 50_000_000, capApplied: false });
    });
  });

  it('says of each payment whose it is', async () => {
    const made = await givenRelief(ground, { at: 'APPROVED', parts: inTwo() });
    const [first] = await house.get(ReliefQueries).payments(made.reliefId);
    const order = await house.get(PaymentsQueries).ofSubject(RELIEF_PAYMENT, first?.id ?? '');
    expect(order).toMatchObject({ caseNumber: made.number, amountFen: fen(FAMILY), threadId: made.reliefId });
  });
});
