import { ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  booksOf,
  claimsOf,
  demand,
  followUp,
  givenHospital,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hang,
  lettersOf,
  owedOf,
  part,
  payBack,
  payBackAll,
  recoveriesOf,
  refused,
  relief,
  stateOf,
} from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

const [FAMILY, HOSPITAL] = [20_000_000, 3_148_000];

/** What of a grant is to come back: an insurer has paid later, or it was used otherwise (domain.md 2.2). */
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

  const inTwo = () => [part(FAMILY), part(HOSPITAL, hospitalId)];

  it('is paid − f(new base) when an insurer pays later', async () => {
    const made = await givenRelief(ground, { at: 'PAID' });
    expect(await demand(ground, made, { laterFen: 10_000_000 })).toMatchObject({ excessFen: 6_000_000 });
    expect(await relief(ground, made)).toMatchObject({ state: 'REFUND_DUE', demandedFen: 6_000_000 });
    expect(await booksOf(ground, made)).toMatchObject({ 1002: -GRANT_FEN, 1122: 6_000_000 });
    const letter = (await lettersOf(ground, made)).at(-1);
    expect(letter?.kind).toBe('DEMAND');
    expect(letter?.paragraphs.join('')).toContain('（¥60,000.00）');
    const [recovery] = await recoveriesOf(ground, made);
    const recoveryId = recovery?.id ?? '';
    await payBack(ground, recoveryId, 1_000_000);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN - 1_000_000, promisedFen: 0 });
    expect(await stateOf(ground, made)).toBe('REFUND_DUE');
    await payBack(ground, recoveryId, 5_000_000);
    expect(await relief(ground, made)).toMatchObject({ state: 'PAID', refundedFen: 6_000_000 });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN - 6_000_000, promisedFen: 0 });
    expect(await booksOf(ground, made)).toEqual({
      1002: 6_000_000 - GRANT_FEN,
      5101: GRANT_FEN - 6_000_000,
    });
  });

  it.each`
    cost           | later         | excess     | because
    ${100_000_000} | ${10_000_000} | ${null}    | ${'of 900,000 the formula still makes more than the cap'}
    ${100_000_000} | ${16_666_666} | ${null}    | ${'of 833,333.34 it makes the cap'}
    ${100_000_000} | ${16_666_668} | ${1}       | ${'of 833,333.32 it makes a fen less'}
    ${1_000_000}   | ${1}          | ${1}       | ${'what is left is rounded down'}
    ${1_000_000}   | ${1_000_000}  | ${600_000} | ${'no cost of their own is left'}
    ${1_000_000}   | ${9_000_000}  | ${600_000} | ${'more came than was spent: the base is never below nothing'}
  `(
    'is $excess of $cost where $later came later: $because',
    async ({ cost, later, excess }: { cost: number; later: number; excess: number | null }) => {
      const made = await givenRelief(ground, { at: 'PAID', totalFen: cost, reimbursed: {} });
      if (excess === null)
        return refused(ground, 'NOTHING_TO_REFUND', () => demand(ground, made, { laterFen: later }));
      expect(await demand(ground, made, { laterFen: later })).toMatchObject({ excessFen: excess });
    },
  );

  it('is taken of the latest payment first, and each has its own demand', async () => {
    const made = await givenRelief(ground, { at: 'PAID', parts: inTwo() });
    await demand(ground, made, { laterFen: 10_000_000 });
    const recoveries = await recoveriesOf(ground, made);
    expect(recoveries.map(({ demandedFen }) => demandedFen).sort()).toEqual([6_000_000 - HOSPITAL, HOSPITAL]);
    expect(await owedOf(ground, made)).toEqual([
      'FOLLOW_UP',
      'POST_NOTICE',
      'RECOVER',
      'RECOVER',
      'SIGN_NOTICE',
    ]);
    await payBackAll(ground, made);
    expect(await stateOf(ground, made)).toBe('PAID');
    const payments = await house.get(ReliefQueries).payments(made.reliefId);
    expect(payments.map(({ refundedFen }) => refundedFen)).toEqual([6_000_000 - HOSPITAL, HOSPITAL]);
  });

  it('counts what came before: a second insurer is reckoned on the base that the first has left', async () => {
    const made = await givenRelief(ground, { at: 'PAID', parts: inTwo() });
    await demand(ground, made, { laterFen: 1_000_000 }); // 600,000 fen, of the hospital's part
    await payBackAll(ground, made);
    await refused(ground, 'NOTHING_TO_REFUND', () => demand(ground, made, { laterFen: 0 }));
    expect(await demand(ground, made, { laterFen: 500_000 })).toMatchObject({ excessFen: 300_000 });
    await payBackAll(ground, made);
    expect(await relief(ground, made)).toMatchObject({
      state: 'PAID',
      demandedFen: 900_000,
      refundedFen: 900_000,
    });
    const refunds = await house.get(ReliefQueries).refunds(made.reliefId);
    expect(refunds.map(({ excessFen }) => excessFen)).toEqual([600_000, 300_000]);
  });

  it('is demanded of a payment once: where all are, the rest is asked for otherwise', async () => {
    const made = await givenRelief(ground, { at: 'PAID' });
    await demand(ground, made, { laterFen: 1_000_000 });
    await payBackAll(ground, made);
    await refused(ground, 'ALREADY_DEMANDED', () => demand(ground, made, { laterFen: 1_000_000 }));
  });

  it('is what was said where it is another reason, and never more than was paid', async () => {
    const made = await givenRelief(ground, { at: 'PAID' });
    await refused(ground, 'NOTHING_TO_REFUND', () => demand(ground, made, { amountFen: 0 }));
    expect(await demand(ground, made, { amountFen: GRANT_FEN * 2 })).toMatchObject({
      excessFen: GRANT_FEN,
    });
    await payBackAll(ground, made);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
    expect(await booksOf(ground, made)).toEqual({});
  });

  it('leads back to where the case was: closed where both tracks are done, also done meanwhile', async () => {
    const made = await givenRelief(ground, { at: 'REFUND_DUE' });
    await followUp(ground, made);
    await hang(ground, made, 'RELIEF_RESULT');
    expect(await stateOf(ground, made)).toBe('REFUND_DUE');
    await payBackAll(ground, made);
    expect(await stateOf(ground, made)).toBe('CLOSED');
    expect(await owedOf(ground, made)).toEqual([]);
  });
});
