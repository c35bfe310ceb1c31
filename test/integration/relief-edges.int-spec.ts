import { flat } from '../../src/funds/domain/formula.js';
import { FundsQueries } from '../../src/funds/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { ruleFrom } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  applicantIn,
  approve,
  askSecondReview,
  booksOf,
  claimsOf,
  demand,
  givenFundWithMoney,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hang,
  lettersOf,
  motionOf,
  noticeOf,
  openPanel,
  ordersOf,
  payAll,
  payBack,
  recoveriesOf,
  refuse,
  refused,
  relief,
  reviewOnce,
  sign,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { adoptRule } from '../support/rules.js';

const CAP = 50_000_000;
/** Costs of their own that the formula makes these grants of. */
const COST_OF = {
  15_000_000: 25_000_000,
  30_000_000: 50_000_000,
  40_000_000: 66_666_667,
  [CAP]: 83_333_334,
} as const;

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

  /** A case of this family without any insurance. */
  const asking = (
    personId: string,
    grantFen: keyof typeof COST_OF,
    at: 'REVIEWED' | 'PANEL' | 'APPROVED' | 'PAID',
  ) => givenRelief(ground, { personId, at, totalFen: COST_OF[grantFen], reimbursed: {} });
  const family = () => applicantIn(ground, ground.home);
  const wordsOf = async (made: GivenRelief, kindOf: 'RELIEF_PRE' | 'RELIEF_RESULT') => {
    const { kind: found, words } = await noticeOf(ground, made, kindOf);
    if (found !== 'RELIEF_PRE' && found !== 'RELIEF_RESULT') throw new Error('Another notice');
    return words;
  };
  const figures = (letter: object | undefined) =>
    [...JSON.stringify(letter).matchAll(/（¥([\d,.]+)）/g)].map(([, amount]) => amount);

  it('D4-1 grants 231,480 of 385,800, one number in case, motion, notices, letter, orders and books', async () => {
    const made = await givenRelief(ground, { at: 'PAID' });
    const known = await relief(ground, made);
    expect(known).toMatchObject({ grantFen: GRANT_FEN, paidFen: GRANT_FEN });
    expect(known.sheet).toMatchObject({ baseFen: 38_580_000, calculatedFen: GRANT_FEN, capApplied: false });
    expect((await house.get(ReliefQueries).sum(known, fen(0))).isFixed).toBe(true);
    const money = { amount: '231,480.00', amountInWords: '贰拾叁万壹仟肆佰捌拾元整' };
    expect(await motionOf(ground, made)).toContain('救助 231,480.00 元（自付 385,800.00 元');
    const pre = await wordsOf(made, 'RELIEF_PRE');
    expect(pre).toMatchObject({ grant: money, rate: '×60%', cap: null });
    expect(pre.sum.map(({ amount }) => amount)).toEqual([
      ...['995,400.00', '400,000.00', '150,000.00', '59,600.00', '0.00', '0.00', '385,800.00'],
    ]);
    const result = await wordsOf(made, 'RELIEF_RESULT');
    expect(result).toMatchObject({ grant: money, paid: money, sum: pre.sum });
    const [letter] = await lettersOf(ground, made);
    expect(letter?.kind).toBe('DECISION');
    expect(figures(letter)).toEqual(['231,480.00']);
    expect(letter?.paragraphs.join('')).toContain('人民币贰拾叁万壹仟肆佰捌拾元整');
    expect(letter?.sum?.lines).toEqual(pre.sum);
    expect((await ordersOf(ground, made)).map(({ order }) => order.amountFen)).toEqual([GRANT_FEN]);
    expect(await booksOf(ground, made)).toEqual({ 1002: -GRANT_FEN, 5101: GRANT_FEN });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN, promisedFen: 0 });
  });

  it('D4-2 grants 231,500 where the rule pays in whole hundreds, half up, and old cases keep the figure they had', async () => {
    const fund = await givenFundWithMoney(house, ground.federationId);
    const of = { ...ground, fund };
    const noticed = await givenRelief(of, { at: 'NOTICED' }); // first, since it moves the clock
    const panel = await givenRelief(of, { at: 'PANEL' });
    const reviewed = await givenRelief(of, { at: 'REVIEWED' });
    const [old] = await house.get(FundsQueries).rules(fund.fundId);
    const terms = ruleFrom(house, {
      ...{ validFrom: dayOf(house.clock.now()), noticeDays: 1, noticeDayKind: 'natural' },
      formula: flat({ numerator: 60, denominator: 100 }, fen(10_000), 'HALF_UP'),
      document: '《安心纾困慈善基金管理办法》（修订）第九条',
    });
    const { federationId } = of;
    const { ruleId } = await adoptRule(house, { federationId, fundId: fund.fundId }, terms);

    await vote(of, panel, 'YYYYY');
    expect(await openPanel(of, reviewed)).toMatchObject({ grantFen: 23_150_000, capApplied: false });
    await vote(of, reviewed, 'YYYYY');
    await hang(of, reviewed, 'RELIEF_PRE');
    await approve(of, reviewed);
    expect(await relief(of, reviewed)).toMatchObject({ ruleId, grantFen: 23_150_000 });
    expect(await motionOf(of, reviewed)).toContain(
      '231,500.00 元（自付 385,800.00 元，依据《安心纾困慈善基金管理办法》（修订）',
    );
    const words = await wordsOf(reviewed, 'RELIEF_PRE');
    expect(words.grant.amount).toBe('231,500.00');
    expect(words.basis).toContain('（修订）第九条');
    expect(figures((await lettersOf(of, reviewed))[0])).toEqual(['231,500.00']);
    expect(await booksOf(of, reviewed)).toEqual({ 2209: -23_150_000, 5101: 23_150_000 });

    await hang(of, panel, 'RELIEF_PRE');
    for (const before of [panel, noticed]) {
      await approve(of, before);
      expect(await relief(of, before)).toMatchObject({ ruleId: old?.id, grantFen: GRANT_FEN });
      expect(await wordsOf(before, 'RELIEF_PRE')).toMatchObject({ grant: { amount: '231,480.00' } });
      expect((await wordsOf(before, 'RELIEF_PRE')).basis).not.toContain('修订');
      expect(figures((await lettersOf(of, before))[0])).toEqual(['231,480.00']);
    }
  });

  it.each`
    base          | grantFen      | capApplied | calculatedFen
    ${83_333_333} | ${49_999_999} | ${false}   | ${49_999_999}
    ${83_333_334} | ${50_000_000} | ${false}   | ${50_000_000}
    ${83_333_335} | ${50_000_000} | ${true}    | ${50_000_001}
  `(
    'D4-3 of $base fen grants $grantFen, capped: $capApplied',
    async ({
      base,
      ...expected
    }: {
      base: number;
      grantFen: number;
      capApplied: boolean;
      calculatedFen: number;
    }) => {
      const made = await givenRelief(ground, { at: 'REVIEWED', totalFen: base, reimbursed: {} });
      const { grantFen, capApplied } = expected;
      expect(await openPanel(ground, made)).toMatchObject({ grantFen, capApplied });
      expect((await relief(ground, made)).sheet).toMatchObject(expected);
    },
  );

  it('D4-4 pays 100,000 where 400,000 of the cap is used, and motion, notice and books say so', async () => {
    const personId = await family();
    await asking(personId, 40_000_000, 'APPROVED');
    const made = await asking(personId, 15_000_000, 'PANEL');
    expect((await relief(ground, made)).sheet).toMatchObject({
      ...{ calculatedFen: 15_000_000, usedFen: 40_000_000, roomFen: 10_000_000, grantFen: 10_000_000 },
      ...{ capApplied: true, capFen: CAP },
    });
    expect(await motionOf(ground, made)).toContain(
      '按规则算出 150,000.00 元，每户最高 500,000.00 元，以前已用 400,000.00 元，按最高限额救助',
    );
    await vote(ground, made, 'YYYYY');
    const cap = { amount: '500,000.00', amountInWords: '伍拾万元整' };
    expect(await wordsOf(made, 'RELIEF_PRE')).toMatchObject({ grant: { amount: '100,000.00' }, cap });
    await hang(ground, made, 'RELIEF_PRE');
    await approve(ground, made);
    await payAll(ground, made);
    expect(await booksOf(ground, made)).toEqual({ 1002: -10_000_000, 5101: 10_000_000 });
    expect(await wordsOf(made, 'RELIEF_RESULT')).toMatchObject({ paid: { amount: '100,000.00' }, cap });
  });

  it('D4-5 opens no panel where the cap is used up, changes nothing, and may then only refuse', async () => {
    const personId = await family();
    await asking(personId, CAP, 'APPROVED');
    const made = await asking(personId, 15_000_000, 'REVIEWED');
    await refused(ground, 'CAP_EXHAUSTED', () => openPanel(ground, made));
    await refuse(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', endReason: 'CAP_EXHAUSTED' });
    const { words } = await noticeOf(ground, made, 'REJECTION');
    expect(words).toMatchObject({ outcome: 'CAP_EXHAUSTED', caseNumber: made.number });
    expect(JSON.stringify(words)).not.toMatch(/范|\*/);
    const [letter] = await lettersOf(ground, made);
    expect(letter).toMatchObject({ kind: 'REJECTION' });
    expect(letter?.paragraphs.join('')).toContain('最高救助额已经用完');
    expect(letter?.afterwards.join('')).toContain('其他适合的基金');
    expect(await booksOf(ground, made)).toEqual({});
    await hang(ground, made, 'REJECTION'); // it can be signed and hung, by number
  });

  it('D4-5 refuses nobody whom the rule still gives something', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    await refused(ground, 'SOMETHING_TO_GRANT', () => refuse(ground, made));
  });

  it('D4-6 opens two panels of 300,000 at once with 300,000 and 200,000, the second stated as capped', async () => {
    const personId = await family();
    const both = [
      await asking(personId, 30_000_000, 'REVIEWED'),
      await asking(personId, 30_000_000, 'REVIEWED'),
    ];
    const opened = await Promise.all(both.map((made) => openPanel(ground, made)));
    expect(opened.map(({ grantFen }) => Number(grantFen)).sort()).toEqual([20_000_000, 30_000_000]);
    const capped = both[opened.findIndex(({ capApplied }) => capApplied)];
    if (!capped) throw new Error('Neither was capped');
    expect(await motionOf(ground, capped)).toContain('救助 200,000.00 元');
    expect(await motionOf(ground, capped)).toContain('按最高限额救助');
  });

  it('D4-7 has room again for the 50,000 that came back of 80,000 demanded, and for no more', async () => {
    const personId = await family();
    const made = await asking(personId, CAP, 'PAID');
    await demand(ground, made, { amountFen: 8_000_000 });
    const next = await asking(personId, 15_000_000, 'REVIEWED');
    await refused(ground, 'CAP_EXHAUSTED', () => openPanel(ground, next)); // demanded is not received
    const [recovery] = await recoveriesOf(ground, made);
    await payBack(ground, recovery?.id ?? '', 5_000_000);
    expect(await relief(ground, made)).toMatchObject({ state: 'REFUND_DUE', refundedFen: 5_000_000 });
    expect(await openPanel(ground, next)).toMatchObject({ grantFen: 5_000_000, capApplied: true });
  });

  it('D4-9 counts a grant in the year of its approval, paid in the next or voted on in the one before', async () => {
    const own = await givenHouse(kind, '2026-12-21T01:00:00.000Z');
    const there = await givenReliefGround(own, { capWindow: 'NATURAL_YEAR' });
    const personId = await applicantIn(there, there.home);
    const whole = { personId, totalFen: COST_OF[CAP], reimbursed: {} };
    const approvedOnTime = await givenRelief(there, { ...whole, at: 'NOTICED' });
    own.clock.moveTo('2026-12-31T02:00:00.000Z');
    await approve(there, approvedOnTime);
    const half = { personId, totalFen: COST_OF[30_000_000], reimbursed: {} };
    const late = await givenRelief(there, { ...half, at: 'REVIEWED' });
    await refused(there, 'CAP_EXHAUSTED', () => openPanel(there, late)); // this year is used up

    own.clock.moveTo('2027-01-04T02:00:00.000Z');
    await payAll(there, approvedOnTime);
    expect(await windowsOf(own)).toEqual({ 2026: [CAP, 0] });
    // When it was reviewed nothing was left for it: what the new year gives it, two have to see.
    await refused(there, 'SECOND_REVIEW_NEEDED', () => openPanel(there, late));
    await askSecondReview(there, late);
    await reviewOnce(there, late, 'otherReviewer');
    expect(await openPanel(there, late)).toMatchObject({ grantFen: 30_000_000, capApplied: false });
    expect(await windowsOf(own)).toEqual({ 2026: [CAP, 0], 2027: [0, 30_000_000] });
    await expectSound(own);
    await own.close();
  });

  it('D4-9 counts where it was approved what the year before had promised', async () => {
    const own = await givenHouse(kind, '2026-12-21T01:00:00.000Z');
    const there = await givenReliefGround(own, { capWindow: 'NATURAL_YEAR' });
    const made = await givenRelief(there, { at: 'NOTICED' });
    expect(await windowsOf(own)).toEqual({ 2026: [0, GRANT_FEN] });
    own.clock.moveTo('2027-01-04T02:00:00.000Z');
    await approve(there, made);
    expect(await windowsOf(own)).toEqual({ 2026: [0, 0], 2027: [GRANT_FEN, 0] });
    await expectSound(own);
    await own.close();
  });

  it('D4-10 works out a base of nothing where more was reimbursed than spent, and flags it', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED', totalFen: 60_000_000 });
    const known = await relief(ground, made);
    const { sheet } = await house.get(ReliefQueries).sum(known, fen(0));
    expect(sheet).toMatchObject({ baseFen: 0, grantFen: 0, isOverdeducted: true });
    await refused(ground, 'NOTHING_TO_GRANT', () => openPanel(ground, made));
    await refuse(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', endReason: 'NOTHING_TO_GRANT' });
    expect((await noticeOf(ground, made, 'REJECTION')).words).toMatchObject({ outcome: 'NOTHING_TO_GRANT' });
    const [letter] = await lettersOf(ground, made);
    expect(letter?.paragraphs.join('')).toContain('没有可以救助的金额');
    expect(letter?.afterwards.join('')).not.toContain('其他适合的基金');
  });

  it.each`
    planted                 | hit            | because
    ${'白血病救助办法'}     | ${'DISEASE'}   | ${'a disease in the name of the rule'}
    ${'110105194912310021'} | ${'ID_NUMBER'} | ${'eighteen digits'}
    ${'13805661234'}        | ${'PHONE'}     | ${'a phone that is not the office'}
  `(
    'D4-29 signs no notice into which got $because',
    async ({ planted, hit }: { planted: string; hit: string }) => {
      const document = `《安心纾困慈善基金管理办法》${planted}`;
      const fund = await givenFundWithMoney(house, ground.federationId, { document });
      const of = { ...ground, fund };
      const made = await givenRelief(of, { at: 'PRE_NOTICE' });
      const answer: unknown = await sign(of, made, 'RELIEF_PRE').catch((error: unknown) => error);
      expect(answer).toMatchObject({ code: 'NOTICE_NOT_CLEAN' });
      expect(JSON.stringify(answer)).toContain(hit);
      expect((await noticeOf(of, made, 'RELIEF_PRE')).state).toBe('DRAFT');
    },
  );

  async function windowsOf({ dataSource }: House) {
    const rows = await dataSource.query<{ key: string; used: number | string; reserved: number | string }[]>(
      `SELECT window_key AS "key", used_fen AS "used", reserved_fen AS "reserved" FROM cap_counters`,
    );
    return Object.fromEntries(rows.map(({ key, used, reserved }) => [key, [Number(used), Number(reserved)]]));
  }
});
