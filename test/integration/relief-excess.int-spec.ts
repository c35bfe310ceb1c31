import { fen } from '../../src/kernel/fen.js';
import { NoticesQueries } from '../../src/notices/index.js';
import { RELIEF, ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  approve,
  bankReturns,
  booksOf,
  claimsOf,
  closeRound,
  decideObjection,
  demand,
  end,
  followUp,
  givenFundWithMoney,
  givenRelief,
  givenReliefGround,
  givenUpheld,
  hang,
  hold,
  lettersOf,
  letTimePass,
  motionOf,
  noticeOf,
  openPanel,
  ordersOf,
  owedOf,
  part,
  payAll,
  payBack,
  payBackAll,
  payOrder,
  plan,
  purse,
  recheck,
  recoveriesOf,
  refuse,
  refused,
  relief,
  roundOf,
  sendBack,
  stateOf,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** 30% of 231,480.00, paid on a vote that an objection then undid. */
const ADVANCED = 6_944_400;
/** 60% of it is 60,000.00: less than was advanced. */
const SMALLER = 10_000_000;
const GRANT = 6_000_000;
const EXCESS = ADVANCED - GRANT;
/** 60% of it is what was advanced, to the fen. */
const EQUAL = 11_574_000;

/** New figures give no more than was paid beforehand: decided all the same, and what is too much comes back (domain.md 2.2). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const money = () => purse(ground, { fund: ground.fund.name, restriction: null });
  /** Reviewed anew on figures that give less. */
  const rechecked = async (totalFen = SMALLER): Promise<GivenRelief> => {
    const made = await givenUpheld(ground, ADVANCED);
    await recheck(ground, made, totalFen);
    return made;
  };
  const carried = async (totalFen = SMALLER): Promise<GivenRelief> => {
    const made = await rechecked(totalFen);
    await openPanel(ground, made);
    await vote(ground, made, 'YYYYY');
    return made;
  };
  const approved = async (totalFen = SMALLER): Promise<GivenRelief> => {
    const made = await carried(totalFen);
    await hang(ground, made, 'RELIEF_PRE');
    await approve(ground, made);
    return made;
  };
  const advanceOf = async (made: GivenRelief) => {
    const found = (await ordersOf(ground, made)).find((each) => each.kind === 'ADVANCE');
    if (!found) throw new Error('Nothing was advanced');
    return found;
  };
  const kindsOf = async (made: GivenRelief) =>
    (await lettersOf(ground, made)).map((letter) => letter.kind).filter((each) => each !== 'RETURN');

  it('opens a panel on what the figures give, and holds nothing: the cap has used more already', async () => {
    const made = await rechecked();
    const before = await money();
    expect(await openPanel(ground, made)).toMatchObject({ grantFen: GRANT, capApplied: false });
    expect(await relief(ground, made)).toMatchObject({
      ...{ state: 'PANEL', grantFen: GRANT, advancedFen: ADVANCED, paidFen: ADVANCED },
      sheet: { grantFen: GRANT, usedFen: 0 },
    });
    expect(await money()).toEqual(before);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: ADVANCED, promisedFen: 0 });
    expect(await motionOf(ground, made)).toContain('先行拨付多出的 9,444.00 元退回');
    await expectSound(house);
  });

  it('says in the notice before the approval how much too much was paid, and what becomes of it', async () => {
    const made = await carried();
    const { words } = await noticeOf(ground, made, 'RELIEF_PRE');
    expect(words).toMatchObject({ grant: { amount: '60,000.00' }, advance: { amount: '69,444.00' } });
    expect(words.basis).toContain('先行拨付的比救助金额多9,444.00元，批准以后由申请人退回，不再另行付款');
    await refused(ground, 'PLAN_DOES_NOT_ADD_UP', () => plan(ground, made, [part(1)]));
    await expectSound(house);
  });

  it('is paid with the approval, and what was too much is demanded back in the same unit', async () => {
    const made = await approved();
    expect(await relief(ground, made)).toMatchObject({
      ...{ state: 'REFUND_DUE', grantFen: GRANT, paidFen: ADVANCED, demandedFen: EXCESS, refundedFen: 0 },
    });
    expect((await relief(ground, made)).paidAt).not.toBeNull();
    expect(await ordersOf(ground, made)).toHaveLength(1); // the cashier has nothing to pay
    expect(await booksOf(ground, made)).toEqual({ 1002: -ADVANCED, 1122: EXCESS, 5101: GRANT });
    expect(await owedOf(ground, made)).toEqual(['FOLLOW_UP', 'POST_NOTICE', 'RECOVER', 'SIGN_NOTICE']);
    expect(await kindsOf(made)).toEqual(['DECISION', 'DEMAND']);
    const [decision, letter] = (await lettersOf(ground, made)).slice(-2);
    expect(decision?.afterwards.join('')).toMatch(
      /已经先行拨付.*（¥69,444.00）.*多.*（¥9,444.00）.*退款通知书/,
    );
    expect(letter?.paragraphs.join('')).toMatch(
      /已经付出救助款.*（¥69,444.00）[\s\S]*少于已经先行拨付的金额，经本会核定，请您退回.*（¥9,444.00）/,
    );
    const refunds = await house.get(ReliefQueries).refunds(made.reliefId);
    expect(refunds).toMatchObject([{ reason: 'LESS_GRANTED', laterFen: 0, excessFen: EXCESS }]);
    const result = await noticeOf(ground, made, 'RELIEF_RESULT');
    expect(result.words).toMatchObject({ grant: { amount: '60,000.00' }, paid: { amount: '69,444.00' } });
    expect(result.words.basis).toContain('先行拨付的比救助金额多9,444.00元，已要求申请人退回');
    await expectSound(house);
  });

  it('restores fund and cap by what comes back, part by part, and then goes on like any other', async () => {
    const start = await money();
    const made = await approved();
    const recoveryId = (await recoveriesOf(ground, made))[0]?.id ?? '';
    await payBack(ground, recoveryId, 1);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: ADVANCED - 1, promisedFen: 0 });
    expect(await stateOf(ground, made)).toBe('REFUND_DUE');
    await payBack(ground, recoveryId, EXCESS - 1);
    expect(await relief(ground, made)).toMatchObject({ state: 'PAID', refundedFen: EXCESS });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT, promisedFen: 0 });
    expect(await money()).toMatchObject({
      balanceFen: start.balanceFen - GRANT,
      reservedFen: start.reservedFen,
    });
    expect(await booksOf(ground, made)).toEqual({ 1002: -GRANT, 5101: GRANT });
    await followUp(ground, made);
    await hang(ground, made, 'RELIEF_RESULT');
    expect(await stateOf(ground, made)).toBe('CLOSED');
    expect(await owedOf(ground, made)).toEqual([]);
    // What an insurer pays after that is reckoned on what the family has kept.
    await refused(ground, 'ALREADY_DEMANDED', () => demand(ground, made, { laterFen: 1_000_000 }));
    await expectSound(house);
  });

  it('ends at once where both tracks are done while the money is on its way', async () => {
    const made = await approved();
    await followUp(ground, made);
    await hang(ground, made, 'RELIEF_RESULT');
    await payBackAll(ground, made);
    expect(await stateOf(ground, made)).toBe('CLOSED');
  });

  it.each`
    total        | grant           | excess          | because
    ${EQUAL + 2} | ${ADVANCED + 1} | ${null}         | ${'a fen is left to be paid'}
    ${EQUAL}     | ${ADVANCED}     | ${0}            | ${'as much was advanced as is given'}
    ${EQUAL - 1} | ${ADVANCED - 1} | ${1}            | ${'a fen too much was advanced'}
    ${2}         | ${1}            | ${ADVANCED - 1} | ${'next to nothing is given'}
  `(
    'of $total gives $grant, and demands $excess back: $because',
    async ({ total, grant, excess }: { total: number; grant: number; excess: number | null }) => {
      const made = await approved(total);
      const { state, grantFen, paidFen, demandedFen } = await relief(ground, made);
      expect([grantFen, demandedFen]).toEqual([grant, excess ?? 0]);
      if (excess === null) {
        expect([state, paidFen]).toEqual(['APPROVED', ADVANCED]);
        await payAll(ground, made);
      } else expect([state, paidFen]).toEqual([excess > 0 ? 'REFUND_DUE' : 'PAID', ADVANCED]);
      await payBackAll(ground, made);
      expect(await stateOf(ground, made)).toBe('PAID');
      expect(await booksOf(ground, made)).toEqual({ 1002: -grant, 5101: grant });
      expect(await claimsOf(ground, made)).toEqual({ usedFen: grant, promisedFen: 0 });
      await expectSound(house);
    },
  );

  it('says where as much was advanced as is given that nothing is paid any more', async () => {
    const made = await approved(EQUAL);
    const words = '（救助款已经先行拨付，不再另行付款）';
    expect((await noticeOf(ground, made, 'RELIEF_PRE')).words.basis).toContain(words);
    expect((await noticeOf(ground, made, 'RELIEF_RESULT')).words.basis).not.toContain('退回');
    expect(await kindsOf(made)).toEqual(['DECISION']);
    expect((await lettersOf(ground, made)).at(-1)?.afterwards.join('')).toContain('不再另行付款');
    expect(await recoveriesOf(ground, made)).toEqual([]);
  });

  describe('the board', () => {
    it('that says no has the whole of it demanded back, in one demand', async () => {
      const made = await rechecked();
      await openPanel(ground, made);
      await vote(ground, made, 'NNNNN');
      expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', demandedFen: ADVANCED });
      await payBackAll(ground, made);
      expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
      expect(await booksOf(ground, made)).toEqual({});
    });

    it('that did not meet, or was too few, is asked again', async () => {
      const made = await rechecked();
      await openPanel(ground, made);
      await vote(ground, made, 'YYY..');
      await closeRound(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED', claim: null });
      const aside = (['third', 'fourth', 'fifth'] as const).map((seat) => ({
        ...{ personId: ground.at[seat].personId, reason: 'OTHER' as const },
      }));
      expect(await openPanel(ground, made, aside)).toMatchObject({ outcome: 'escalated' });
      expect(await stateOf(ground, made)).toBe('REVIEWED');
      await openPanel(ground, made);
      expect(await roundOf(ground, made)).toBeTruthy();
      expect(await relief(ground, made)).toMatchObject({ state: 'PANEL', panels: 4, advancedFen: ADVANCED });
    });

    it('is asked anew where somebody objects and is right, and nothing is called off that is paid', async () => {
      const made = await carried();
      await hold(ground, made);
      await decideObjection(ground, made, 'UPHELD');
      expect(await relief(ground, made)).toMatchObject({
        ...{ state: 'REVIEWED', claim: null, advancedFen: ADVANCED, paidFen: ADVANCED },
      });
      expect(await claimsOf(ground, made)).toEqual({ usedFen: ADVANCED, promisedFen: 0 });
      await expectSound(house);
      expect(await openPanel(ground, made)).toMatchObject({ grantFen: GRANT });
    });

    it('is not left by a family that has money: it is not withdrawn', async () => {
      const made = await carried();
      await refused(ground, 'RELIEF_MONEY_IS_OUT', () => end(ground, made, 'OWN_WISH'));
    });
  });

  it('is refused without a vote where the figures give nothing, and all of it is demanded back', async () => {
    const made = await givenUpheld(ground, ADVANCED);
    await recheck(ground, made, SMALLER, { BASIC_INSURANCE: SMALLER });
    await refused(ground, 'NOTHING_TO_GRANT', () => openPanel(ground, made));
    await refuse(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', demandedFen: ADVANCED });
    expect(await kindsOf(made)).toEqual(['REJECTION', 'DEMAND']);
    const refunds = await house.get(ReliefQueries).refunds(made.reliefId);
    expect(refunds).toMatchObject([{ reason: 'NOT_CARRIED', excessFen: ADVANCED }]);
    await payBackAll(ground, made);
    expect(await booksOf(ground, made)).toEqual({});
  });

  describe('where others of the household have taken the cap meanwhile', () => {
    const CAP = fen(7_000_000);
    const crowded = async (leftFen: number) => {
      const fund = await givenFundWithMoney(house, ground.federationId, { capFen: CAP });
      const of = { ...ground, fund };
      const made = await givenUpheld(of, 2_000_000, { totalFen: 20_000_000, reimbursed: {} });
      const other = { totalFen: Math.ceil(((CAP - leftFen) * 100) / 60), reimbursed: {} };
      const taken = await givenRelief(of, { ...other, personId: made.personId, at: 'PANEL' });
      return { of, made, taken };
    };

    it('what the case has itself is not counted against it: it may keep what it has', async () => {
      const { of, made } = await crowded(2_000_000);
      expect(await openPanel(of, made)).toMatchObject({ grantFen: 2_000_000, capApplied: true });
      await vote(of, made, 'YYYYY');
      await hang(of, made, 'RELIEF_PRE');
      await approve(of, made);
      expect(await relief(of, made)).toMatchObject({ state: 'PAID', demandedFen: 0 });
    });

    it('is refused by the API as by the page: what may be kept is not refused', async () => {
      const { of, made } = await crowded(2_000_000);
      await refused(of, 'SOMETHING_TO_GRANT', () => refuse(of, made));
    });
  });

  describe('what the bank sends back of it', () => {
    it('while the vote is undone is not paid again: the new panel promises the whole grant', async () => {
      const made = await givenUpheld(ground, ADVANCED);
      const { orderId } = await advanceOf(made);
      await bankReturns(ground, orderId);
      expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED', advancedFen: 0, paidFen: 0 });
      expect((await advanceOf(made)).order.state).toBe('CANCELLED');
      expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
      expect(await booksOf(ground, made)).toEqual({});
      expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);
      await refused(ground, 'ORDER_CANCELLED', () => payOrder(ground, orderId));
      await recheck(ground, made, SMALLER);
      expect(await openPanel(ground, made)).toMatchObject({ grantFen: GRANT });
      expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: GRANT });
      await vote(ground, made, 'YYYYY');
      await hang(ground, made, 'RELIEF_PRE');
      await approve(ground, made);
      await payAll(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT, demandedFen: 0 });
      await expectSound(house);
    });

    it('while the board votes anew is not paid before it has, and is owed no more where it says no', async () => {
      const made = await givenUpheld(ground, ADVANCED);
      await openPanel(ground, made);
      const { orderId } = await advanceOf(made);
      await bankReturns(ground, orderId);
      await refused(ground, 'RELIEF_NOT_IN_STATE', () => payOrder(ground, orderId));
      await vote(ground, made, 'NNNNN');
      expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', advancedFen: 0, demandedFen: 0 });
      expect(await owedOf(ground, made)).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
      expect(await booksOf(ground, made)).toEqual({});
      expect(await kindsOf(made)).toEqual(['REJECTION']);
      await refused(ground, 'ORDER_CANCELLED', () => payOrder(ground, orderId));
    });

    it('while too few voted is called off as they are asked again', async () => {
      const made = await givenUpheld(ground, ADVANCED);
      await openPanel(ground, made);
      await bankReturns(ground, (await advanceOf(made)).orderId);
      await vote(ground, made, 'YYY..');
      await closeRound(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED', advancedFen: 0 });
      expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);
      await expectSound(house);
    });

    it('once as much or less was carried is not paid again: the grant is, whole', async () => {
      const made = await carried();
      await bankReturns(ground, (await advanceOf(made)).orderId);
      const { words } = await noticeOf(ground, made, 'RELIEF_PRE');
      expect(words).toMatchObject({ advance: null });
      expect(words.basis).not.toContain('先行拨付');
      await hang(ground, made, 'RELIEF_PRE');
      await approve(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', advancedFen: 0, paidFen: 0 });
      expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT, promisedFen: 0 });
      expect(await booksOf(ground, made)).toEqual({ 2209: -GRANT, 5101: GRANT });
      await expectSound(house);
      await payAll(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT, demandedFen: 0 });
      expect(await booksOf(ground, made)).toEqual({ 1002: -GRANT, 5101: GRANT });
    });

    it('after it was all of the grant opens the case again, and is paid again', async () => {
      const made = await approved(EQUAL);
      const { orderId } = await advanceOf(made);
      await bankReturns(ground, orderId);
      expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', paidFen: 0 });
      await payOrder(ground, orderId);
      expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: ADVANCED });
    });
  });

  describe('the letter of a file that lapsed', () => {
    it('says what was advanced, and that it is to come back', async () => {
      const made = await givenUpheld(ground, ADVANCED);
      await sendBack(ground, made);
      await letTimePass(ground);
      expect(await kindsOf(made)).toEqual(['ENDING', 'DEMAND']);
      const [ending] = (await lettersOf(ground, made)).filter((letter) => letter.kind === 'ENDING');
      const text = ending?.paragraphs.join('') ?? '';
      expect(text).not.toContain('尚未付出');
      expect(text).toMatch(
        /已经先行拨付救助款.*（¥69,444.00）。.*（¥69,444.00）应当退回，另行送达退款通知书/,
      );
    });

    it('says that nothing was paid where the bank had sent it back', async () => {
      const made = await givenUpheld(ground, ADVANCED);
      await bankReturns(ground, (await advanceOf(made)).orderId);
      await sendBack(ground, made);
      await letTimePass(ground);
      expect(await kindsOf(made)).toEqual(['ENDING']);
      expect((await lettersOf(ground, made)).at(-1)?.paragraphs.join('')).toContain('尚未付出');
    });
  });

  it('comes once, however often the chair presses: ten at once', async () => {
    const made = await carried();
    await hang(ground, made, 'RELIEF_PRE');
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => approve(ground, made)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await recoveriesOf(ground, made)).toHaveLength(1);
    const notices = await house.get(NoticesQueries).allOfSubject(RELIEF, made.reliefId);
    expect(notices.filter((notice) => notice.kind === 'RELIEF_RESULT')).toHaveLength(1);
  });

  it('goes on where the figures then give more again: the rest is held and paid', async () => {
    const made = await givenUpheld(ground, ADVANCED);
    await recheck(ground, made, SMALLER);
    await recheck(ground, made, EQUAL + 10_000_000);
    expect(await openPanel(ground, made)).toMatchObject({ grantFen: ADVANCED + GRANT });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: ADVANCED, promisedFen: GRANT });
    await vote(ground, made, 'YYYYY');
    await hang(ground, made, 'RELIEF_PRE');
    await approve(ground, made);
    await payAll(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: ADVANCED + GRANT });
  });
});
