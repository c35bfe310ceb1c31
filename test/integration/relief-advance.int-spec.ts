import { ReliefLetters, ReliefAdvanceService, ReliefQueries } from '../../src/relief/index.js';
import { fen } from '../../src/kernel/fen.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  advance,
  approve,
  askAdvance,
  assess,
  bankReturns,
  booksOf,
  by,
  checkPolicies,
  claimsOf,
  complete,
  decideObjection,
  end,
  endNotice,
  givenFundWithMoney,
  givenHospital,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hang,
  hold,
  invoice,
  letTimePass,
  noticeOf,
  openPanel,
  ordersOf,
  owedOf,
  part,
  payAll,
  payBackAll,
  payOrder,
  plan,
  purse,
  recoveriesOf,
  refuse,
  refused,
  relief,
  review,
  sendBack,
  sign,
  signAdvance,
  stateOf,
  verify,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** 30% of 231,480.00. */
const MOST = 6_944_400;
const REST = GRANT_FEN - MOST;

/** What is paid while the notice still hangs, because lives hang on it (domain.md 2.2, urgent). */
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
  const advanceOf = async (made: GivenRelief) => {
    const found = (await ordersOf(ground, made)).find((each) => each.kind === 'ADVANCE');
    if (!found) throw new Error('Nothing was advanced');
    return found;
  };
  const payAdvance = async (made: GivenRelief) => payOrder(ground, (await advanceOf(made)).orderId);
  const preNotice = async (made: GivenRelief) => {
    const { kind: found, words } = await noticeOf(ground, made, 'RELIEF_PRE');
    if (found !== 'RELIEF_PRE') throw new Error('Another notice');
    return words;
  };
  /** Paid in advance, and then the panel has to vote anew. */
  const upheld = async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    await payAdvance(made);
    await hold(ground, made);
    await decideObjection(ground, made, 'UPHELD');
    return made;
  };

  it.each([1, MOST])('lets %i fen be asked for, up to the share of the rule', async (amountFen) => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await askAdvance(ground, made, amountFen, hospitalId);
    expect(await house.get(ReliefQueries).advance(made.reliefId)).toMatchObject({
      amountFen,
      institutionId: hospitalId,
    });
    await refused(ground, 'ADVANCE_NOT_ALLOWED', () => askAdvance(ground, made, 1)); // once a case
  });

  it.each([0, -1, MOST + 1])('does not let %i fen be asked for', async (amountFen) => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await refused(ground, 'ADVANCE_TOO_MUCH', () => askAdvance(ground, made, amountFen));
  });

  it('allows none where the rule has no share for it', async () => {
    const none = { numerator: 0, denominator: 100 };
    const fund = await givenFundWithMoney(house, ground.federationId, { advance: none });
    const of = { ...ground, fund };
    const made = await givenRelief(of, { at: 'PRE_NOTICE' });
    await refused(of, 'ADVANCE_TOO_MUCH', () => askAdvance(of, made, 1));
  });

  it('wants the statement of the hospital, and an account to pay to', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE', card: false });
    const typed = {
      reliefId: made.reliefId,
      amountFen: fen(100),
      institutionId: hospitalId,
      statement: null,
    };
    const asking = () => house.get(ReliefAdvanceService).askAdvance(by(ground, 'secretary'), typed);
    await refused(ground, 'STATEMENT_NEEDED', asking);
    await refused(ground, 'FAMILY_ACCOUNT_MISSING', () => askAdvance(ground, made, 100));
    await askAdvance(ground, made, 100, hospitalId);
  });

  it('is ordered with the second of two signatures, of two people who did not ask for it', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await askAdvance(ground, made, MOST, hospitalId);
    await refused(ground, 'SIGNER_IS_THE_OTHER', () => signAdvance(ground, made, 'secretary'));
    expect(await signAdvance(ground, made, 'deputy')).toMatchObject({ ordered: false });
    await refused(ground, 'SIGNED_ALREADY', () => signAdvance(ground, made, 'chair'));
    expect(await ordersOf(ground, made)).toEqual([]);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: GRANT_FEN });

    expect(await signAdvance(ground, made, 'supervisor')).toMatchObject({ ordered: true });
    await refused(ground, 'SIGNED_ALREADY', () => signAdvance(ground, made, 'supervisor'));
    const ordered = await advanceOf(made);
    expect(ordered).toMatchObject({ amountFen: MOST, institutionId: hospitalId, state: 'ORDERED' });
    expect(ordered.order).toMatchObject({ state: 'TO_PAY', approverId: ground.at.deputy.personId });
    expect(await relief(ground, made)).toMatchObject({ state: 'PRE_NOTICE', advancedFen: MOST, paidFen: 0 });
  });

  it('counts to the cap once, and holds the rest until the notice has ended', async () => {
    const start = await money();
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    const both = { usedFen: MOST, promisedFen: REST };
    expect(await claimsOf(ground, made)).toEqual(both);
    expect((await money()).reservedFen).toBe(start.reservedFen + GRANT_FEN);
    expect(await booksOf(ground, made)).toEqual({ 2209: -MOST, 5101: MOST });
    await payAdvance(made);
    expect(await claimsOf(ground, made)).toEqual(both);
    expect(await money()).toMatchObject({
      balanceFen: start.balanceFen - MOST,
      reservedFen: start.reservedFen + REST,
    });
    expect(await booksOf(ground, made)).toEqual({ 1002: -MOST, 5101: MOST });

    await refused(ground, 'PLAN_DOES_NOT_ADD_UP', () => plan(ground, made, [part(GRANT_FEN)]));
    await plan(ground, made, [part(REST - 100), part(100, hospitalId)]);
    await hang(ground, made, 'RELIEF_PRE');
    await approve(ground, made);
    await payAll(ground, made);
    expect(await relief(ground, made)).toMatchObject({
      state: 'PAID',
      paidFen: GRANT_FEN,
      advancedFen: MOST,
    });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN, promisedFen: 0 });
    expect(await booksOf(ground, made)).toEqual({ 1002: -GRANT_FEN, 5101: GRANT_FEN });
    expect((await noticeOf(ground, made, 'RELIEF_RESULT')).words).toMatchObject({
      payments: [{ amount: '69,444.00' }, { amount: '162,035.00' }, { amount: '1.00' }],
      paid: { amount: '231,480.00' },
    });
  });

  it('is said in the pre-notice once it is paid, and no more once the bank has sent it back', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    expect((await preNotice(made)).advance).toBeNull();
    await payAdvance(made);
    expect((await preNotice(made)).advance).toMatchObject({
      amount: '69,444.00',
      amountInWords: '陆万玖仟肆佰肆拾肆元整',
    });
    await bankReturns(ground, (await advanceOf(made)).orderId);
    expect((await preNotice(made)).advance).toBeNull();
    await payAdvance(made);
    await sign(ground, made, 'RELIEF_PRE');
    expect((await preNotice(made)).advance).toMatchObject({ amount: '69,444.00' });
  });

  it('leaves a notice as it is that was signed before', async () => {
    const made = await givenRelief(ground, { at: 'RUNNING' });
    await advance(ground, made, MOST);
    await payAdvance(made);
    expect((await preNotice(made)).advance).toBeNull();
  });

  it('owes its payment within 24 hours', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    expect(await owedOf(ground, made)).toEqual(['PAY', 'POST_NOTICE', 'SIGN_NOTICE']);
    await payAdvance(made);
    expect(await owedOf(ground, made)).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
    await bankReturns(ground, (await advanceOf(made)).orderId);
    expect(await owedOf(ground, made)).toEqual(['FIX_PAYMENT', 'PAY', 'POST_NOTICE', 'SIGN_NOTICE']);
  });

  it('may still be unpaid when the rest is: the last of them makes the case paid', async () => {
    const made = await givenRelief(ground, { at: 'RUNNING' });
    await advance(ground, made, MOST);
    await endNotice(ground, made, 'RELIEF_PRE');
    await approve(ground, made);
    const [first, rest] = await ordersOf(ground, made);
    await payOrder(ground, rest?.orderId ?? '');
    expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', paidFen: REST });
    await payOrder(ground, first?.orderId ?? '');
    expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT_FEN });
  });

  it('is not paid while an objection is looked into', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    await hold(ground, made);
    await refused(ground, 'RELIEF_NOT_IN_STATE', () => payAdvance(made));
    await decideObjection(ground, made, 'DISMISSED');
    await payAdvance(made);
  });

  it('is called off with the vote where the objection is upheld before it is paid', async () => {
    const start = await money();
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    await hold(ground, made);
    await decideObjection(ground, made, 'UPHELD');
    expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED', advancedFen: 0, claim: null });
    expect(await money()).toEqual(start);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
    expect(await booksOf(ground, made)).toEqual({});
    expect((await advanceOf(made)).order.state).toBe('CANCELLED');
    expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);
    expect(await openPanel(ground, made)).toMatchObject({ grantFen: GRANT_FEN, capApplied: false });
  });

  it('that is paid stays with the case: the new panel promises the rest, and counts it once', async () => {
    const made = await upheld();
    expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED', advancedFen: MOST, paidFen: MOST });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: MOST, promisedFen: 0 });
    expect(await openPanel(ground, made)).toMatchObject({ grantFen: GRANT_FEN, capApplied: false });
    expect((await relief(ground, made)).sheet).toMatchObject({ usedFen: 0, grantFen: GRANT_FEN });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: MOST, promisedFen: REST });
    await vote(ground, made, 'YYYYY');
    expect((await preNotice(made)).advance).toMatchObject({ amount: '69,444.00' });
    await hang(ground, made, 'RELIEF_PRE');
    await approve(ground, made);
    await payAll(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT_FEN });
  });

  describe('is demanded back where no grant comes of the case', () => {
    const expectDemanded = async (made: GivenRelief) => {
      expect(await relief(ground, made)).toMatchObject({ demandedFen: MOST, refundedFen: 0 });
      expect(await owedOf(ground, made)).toContain('RECOVER');
      const letters = await ground.house.get(ReliefLetters).of(made.reliefId);
      expect(letters.map(({ kind: each }) => each)).toContain('DEMAND');
      expect(await claimsOf(ground, made)).toEqual({ usedFen: MOST, promisedFen: 0 });
      await payBackAll(ground, made);
      expect(await relief(ground, made)).toMatchObject({ refundedFen: MOST });
      expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
      expect(await booksOf(ground, made)).toEqual({});
    };

    it('since the board says no the second time', async () => {
      const made = await upheld();
      await openPanel(ground, made);
      await vote(ground, made, 'NNNNN');
      expect(await stateOf(ground, made)).toBe('REJECTED');
      await expectDemanded(made);
      expect(await stateOf(ground, made)).toBe('REJECTED');
    });

    it('since the new figures leave nothing', async () => {
      const made = await upheld();
      await sendBack(ground, made);
      await complete(ground, made, [invoice(60_000_000)]);
      await checkPolicies(ground, made);
      await verify(ground, made);
      await assess(ground, made);
      await review(ground, made);
      await refuse(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', endReason: 'NOTHING_TO_GRANT' });
      await expectDemanded(made);
    });

    it('since the file was never completed', async () => {
      const made = await upheld();
      await sendBack(ground, made);
      await letTimePass(ground);
      expect(await stateOf(ground, made)).toBe('LAPSED');
      await expectDemanded(made);
    });
  });

  it('half signed for one grant is not signed for a smaller one', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await askAdvance(ground, made, MOST);
    await signAdvance(ground, made, 'chair');
    await hold(ground, made);
    await decideObjection(ground, made, 'UPHELD');
    await sendBack(ground, made);
    await complete(ground, made, [invoice(20_000_000)]); // 120,000 fen of the fund, 3,600,000 at most beforehand
    await checkPolicies(ground, made, {});
    await verify(ground, made);
    await assess(ground, made);
    await review(ground, made);
    await openPanel(ground, made);
    await vote(ground, made, 'YYYYY');
    await refused(ground, 'ADVANCE_TOO_MUCH', () => signAdvance(ground, made, 'supervisor'));
  });

  it('frees everything when the family takes the application back before it is paid, and not after', async () => {
    const start = await money();
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, MOST);
    await end(ground, made, 'OWN_WISH');
    expect(await money()).toEqual(start);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
    expect(await booksOf(ground, made)).toEqual({});
    expect(await owedOf(ground, made)).toEqual([]);

    const paid = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, paid, MOST);
    await payAdvance(paid);
    await refused(ground, 'RELIEF_MONEY_IS_OUT', () => end(ground, paid, 'DEATH'));
    expect(await recoveriesOf(ground, paid)).toEqual([]);
  });
});
