import { randomInt } from 'node:crypto';
import { BoardQueries } from '../../src/board/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import { RELIEF, ReliefLetters, ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  applicantIn,
  approve,
  askAdvance,
  booksOf,
  claimsOf,
  complete,
  decideObjection,
  end,
  givenHospital,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hang,
  hold,
  openPanel,
  ordersOf,
  owedOf,
  part,
  payBack,
  payOrder,
  plan,
  purse,
  recoveriesOf,
  relief,
  reviewOnce,
  sendBack,
  signAdvance,
  stateOf,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';

const CAP = 50_000_000;
const [HOUSEHOLDS, PANELS] = [6, 4];

const times = <Of>(count: number, act: (n: number) => Promise<Of>) =>
  Promise.allSettled(Array.from({ length: count }, (_each, n) => act(n)));

/** Many press the same button at the same moment: one effect, and nothing lost. */
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

  const expectOne = (answers: readonly PromiseSettledResult<unknown>[], code: string) => {
    const refusals = refusalsIn(answers);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code });
    expect(refusals).toHaveLength(answers.length - 1);
  };
  const money = () => purse(ground, { fund: ground.fund.name, restriction: null });

  it('opens one panel of ten', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const before = await money();
    expectOne(await times(10, () => openPanel(ground, made)), 'RELIEF_NOT_IN_STATE');
    expect(await house.get(BoardQueries).roundsOf(RELIEF, made.reliefId)).toHaveLength(1);
    expect((await money()).reservedFen).toBe(before.reservedFen + GRANT_FEN);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: GRANT_FEN });
  });

  it('answers ten presses of one button with one panel', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => openPanel(ground, made, [], `panel-of-${made.reliefId}`)),
    );
    expect(new Set(answers.map(({ roundId }) => roundId)).size).toBe(1);
  });

  it('counts one review of each of two reviewers who press five times together', async () => {
    const made = await givenRelief(ground, { at: 'ASSESSED' });
    const answers = await times(10, (n) => reviewOnce(ground, made, n % 2 ? 'reviewer' : 'otherReviewer'));
    const refusals = refusalsIn(answers);
    expect(refusals).toHaveLength(8);
    for (const { code } of refusals as { code: string }[])
      expect(['REVIEWER_TWICE', 'RELIEF_NOT_IN_STATE']).toContain(code);
    const known = await relief(ground, made);
    expect(known.state).toBe('REVIEWED');
    expect(await house.get(ReliefQueries).reviews(known)).toHaveLength(2);
    expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);
  });

  it('approves once: one decision letter, each part owed and ordered once', async () => {
    const hospitalId = await givenHospital(ground);
    const made = await givenRelief(ground, { at: 'NOTICED' });
    await plan(ground, made, [part(20_000_000), part(3_148_000, hospitalId)]);
    expectOne(
      await times(10, (n) => approve(ground, made, n % 2 ? 'chair' : 'deputy')),
      'RELIEF_NOT_IN_STATE',
    );
    expect((await ordersOf(ground, made)).map(({ amountFen }) => amountFen)).toEqual([20_000_000, 3_148_000]);
    expect(await booksOf(ground, made)).toEqual({ 2209: -GRANT_FEN, 5101: GRANT_FEN });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN, promisedFen: 0 });
    const letters = await house.get(ReliefLetters).of(made.reliefId);
    expect(letters.map((letter) => letter.kind)).toEqual(['DECISION']);
  });

  it('pays two parts at the same moment, and publishes the result once', async () => {
    const hospitalId = await givenHospital(ground);
    const parts = [part(20_000_000), part(3_148_000, hospitalId)];
    const made = await givenRelief(ground, { at: 'APPROVED', parts });
    const orders = await ordersOf(ground, made);
    const answers = await times(10, (n) => payOrder(ground, orders[n % 2]?.orderId ?? ''));
    expect(refusalsIn(answers)).toHaveLength(8);
    expect(await relief(ground, made)).toMatchObject({ state: 'PAID', paidFen: GRANT_FEN });
    expect(await booksOf(ground, made)).toEqual({ 1002: -GRANT_FEN, 5101: GRANT_FEN });
    const notices = await house.get(NoticesQueries).allOfSubject(RELIEF, made.reliefId);
    expect(notices.filter((notice) => notice.kind === 'RELIEF_RESULT')).toHaveLength(1);
  });

  it('orders an advance once, whoever of the two signs last', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await askAdvance(ground, made, 1_000_000);
    const answers = await times(10, (n) => signAdvance(ground, made, n % 2 ? 'chair' : 'supervisor'));
    const refusals = refusalsIn(answers);
    expect(refusals).toHaveLength(8);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'SIGNED_ALREADY' });
    expect(await ordersOf(ground, made)).toHaveLength(1);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 1_000_000, promisedFen: GRANT_FEN - 1_000_000 });
    expect(await relief(ground, made)).toMatchObject({ advancedFen: 1_000_000 });
  });

  it('decides an objection one way, however many say both', async () => {
    const made = await givenRelief(ground, { at: 'OBJECTION_HOLD' });
    expectOne(
      await times(10, (n) => decideObjection(ground, made, n % 2 ? 'UPHELD' : 'DISMISSED')),
      'RELIEF_NOT_IN_STATE',
    );
    const holds = await house.get(ReliefQueries).holds(made.reliefId);
    const state = await stateOf(ground, made);
    expect(holds.map(({ outcome }) => outcome)).toEqual([state === 'REVIEWED' ? 'UPHELD' : 'DISMISSED']);
  });

  it('either approves or holds, never both', async () => {
    for (let round = 0; round < 3; round += 1) {
      const made = await givenRelief(ground, { at: 'NOTICED' });
      const answers = await times(6, (n) => (n % 2 ? approve(ground, made) : hold(ground, made)));
      expectOne(answers, 'RELIEF_NOT_IN_STATE');
      const isHeld = (await stateOf(ground, made)) === 'OBJECTION_HOLD';
      expect((await ordersOf(ground, made)).length).toBe(isHeld ? 0 : 1);
      // One that is held was received in time: its notice is not over yet.
      expect(await owedOf(ground, made)).toEqual(isHeld ? ['END_NOTICE'] : ['PAY']);
    }
  });

  it('either pays or lets the family withdraw, never both', async () => {
    for (let round = 0; round < 3; round += 1) {
      const made = await givenRelief(ground, { at: 'APPROVED' });
      const [first] = await ordersOf(ground, made);
      const orderId = first?.orderId ?? '';
      await times(6, (n): Promise<unknown> =>
        n % 2 ? payOrder(ground, orderId) : end(ground, made, 'OWN_WISH'),
      );
      const state = await stateOf(ground, made);
      expect(['PAID', 'WITHDRAWN']).toContain(state);
      expect(await booksOf(ground, made)).toEqual(
        state === 'PAID' ? { 1002: -GRANT_FEN, 5101: GRANT_FEN } : {},
      );
    }
  });

  it('takes a file back once, and sends it back once', async () => {
    const made = await givenRelief(ground);
    expectOne(await times(6, () => sendBack(ground, made)), 'RELIEF_NOT_IN_STATE');
    expectOne(await times(6, () => complete(ground, made)), 'RELIEF_NOT_IN_STATE');
    expect(await relief(ground, made)).toMatchObject({ state: 'SUBMITTED', returns: 1 });
    expect(await owedOf(ground, made)).toEqual(['CHECK_POLICIES']);
  });

  it('restores of the cap what ten instalments at once bring, and not a fen more', async () => {
    const made = await givenRelief(ground, { at: 'REFUND_DUE' }); // 100,000 fen are owed back
    const [recovery] = await recoveriesOf(ground, made);
    const refusals = refusalsIn(await times(10, () => payBack(ground, recovery?.id ?? '', 30_000)));
    expect(refusals).toHaveLength(7);
    expect(await relief(ground, made)).toMatchObject({ state: 'REFUND_DUE', refundedFen: 90_000 });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: GRANT_FEN - 90_000, promisedFen: 0 });
    await payBack(ground, recovery?.id ?? '', 10_000);
    expect(await stateOf(ground, made)).toBe('PAID');
  });

  it(`never promises a household more than its cap: ${HOUSEHOLDS} of them, ${PANELS} panels each at once`, async () => {
    const all = await Promise.all(Array.from({ length: HOUSEHOLDS }, () => applicantIn(ground, ground.home)));
    const cases: { personId: string; made: GivenRelief; calculated: number }[] = [];
    for (const personId of all)
      for (let panel = 0; panel < PANELS; panel += 1) {
        const totalFen = randomInt(20_000_000, 60_000_000);
        const made = await givenRelief(ground, { personId, totalFen, reimbursed: {}, at: 'REVIEWED' });
        cases.push({ personId, made, calculated: Math.floor((totalFen * 60) / 100) });
      }
    const answers = await Promise.allSettled(cases.map(({ made }) => openPanel(ground, made)));
    for (const refusal of refusalsIn(answers)) expect(refusal).toMatchObject({ code: 'CAP_EXHAUSTED' });
    for (const personId of all) {
      const own = cases.flatMap((each, i) =>
        each.personId === personId ? [{ ...each, answer: answers[i] }] : [],
      );
      const granted = own.map(({ answer }) =>
        answer?.status === 'fulfilled' ? Number(answer.value.grantFen) : 0,
      );
      const [asked, promised] = [own, granted].map((list) =>
        list.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : each.calculated), 0),
      );
      expect(promised).toBe(Math.min(asked ?? 0, CAP));
    }
    // What one gives up, another may have.
    const opened = cases.filter((_each, i) => answers[i]?.status === 'fulfilled');
    const [first] = opened;
    if (!first) throw new Error('Nobody was promised anything');
    await end(ground, first.made, 'OWN_WISH');
    for (const { made } of opened.slice(1)) await vote(ground, made, 'YYYYY');
    const [second] = opened.filter(({ personId }) => personId !== first.personId);
    if (second) {
      await hang(ground, second.made, 'RELIEF_PRE');
      await approve(ground, second.made);
    }
  });
});
