import { BoardQueries } from '../../src/board/index.js';
import { IntakeService } from '../../src/cases/index.js';
import { fen } from '../../src/kernel/fen.js';
import { PeopleQueries, PeopleService } from '../../src/people/index.js';
import { ReliefQueries } from '../../src/relief/index.js';
import { ReliefAid } from '../../src/relief/relief-aid.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import * as road from '../support/relief.js';
import {
  applicantIn,
  approve,
  by,
  endNotice,
  givenHome,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  openPanel,
  ordersOf,
  part,
  payAll,
  payOrder,
  post,
  refused,
  relief,
  roundOf,
  sign,
  stateOf,
  tie,
  vote,
} from '../support/relief.js';
import type { GivenRelief, Home, ReliefGround, ReliefStop, Seat } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { idNumber } from '../support/village.js';

type Act = (ground: ReliefGround, made: GivenRelief) => Promise<unknown>;

/** Whoever does it, in what state, and with what it is refused where the register ties them to the applicant. */
const ROWS: readonly (readonly [name: string, seat: Seat, at: ReliefStop, act: Act, code?: string])[] = [
  ['check the policies', 'clerk', 'SUBMITTED', (ground, made) => road.checkPolicies(ground, made)],
  ['verify', 'clerk', 'POLICY_CHECKED', road.verify],
  ['record the assessment', 'clerk', 'VERIFIED', (ground, made) => road.assess(ground, made)],
  ['assess', 'fifth', 'VERIFIED', (ground, made) => road.assess(ground, made), 'ASSESSOR_TIED'],
  ['review', 'reviewer', 'ASSESSED', (ground, made) => road.reviewOnce(ground, made)],
  ['send it back', 'clerk', 'VERIFIED', (ground, made) => road.sendBack(ground, made)],
  ['open the panel', 'secretary', 'REVIEWED', (ground, made) => openPanel(ground, made)],
  ['refuse', 'secretary', 'REVIEWED', road.refuse],
  ['ask for a second review', 'secretary', 'REVIEWED', (ground, made) => road.askSecondReview(ground, made)],
  ['plan', 'secretary', 'PRE_NOTICE', (ground, made) => road.plan(ground, made, [part(GRANT_FEN)])],
  ['ask for an advance', 'secretary', 'PRE_NOTICE', (ground, made) => road.askAdvance(ground, made, 100)],
  [
    'sign the notice',
    'chair',
    'PRE_NOTICE',
    (ground, made) => sign(ground, made, 'RELIEF_PRE'),
    'MAY_NOT_SIGN',
  ],
  ['approve', 'chair', 'NOTICED', (ground, made) => approve(ground, made)],
  ['pay', 'cashier', 'APPROVED', payAll, 'MAY_NOT_PAY'],
  ['follow up', 'clerk', 'PAID', road.followUp],
  ['demand it back', 'secretary', 'PAID', (ground, made) => road.demand(ground, made, { amountFen: 100 })],
];
const ACTS = ROWS.map(([name, seat, at, act, code = 'RELIEF_TIED']) => ({ name, seat, at, act, code }));

/** Who may know a case, who may do nothing in it, and who counts as one household (domain.md 1.8 and 3). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  let strangers: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
    strangers = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  describe('whoever is tied to the applicant', () => {
    it.each(ACTS)('does not $name ($seat, $at)', async ({ seat, at, act, code }) => {
      const made = await givenRelief(ground, { at });
      await tie(ground, made, seat);
      await refused(ground, code, () => act(ground, made));
    });

    it.each(['chair', 'supervisor'] as const)('does not sign an advance (%s)', async (seat) => {
      const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
      await road.askAdvance(ground, made, 100);
      await tie(ground, made, seat);
      await refused(ground, 'RELIEF_TIED', () => road.signAdvance(ground, made, seat));
    });

    it('does not act for the home either', async () => {
      const made = await givenRelief(ground, { at: 'RETURNED' });
      const { clerk, secretary } = made.home.at;
      for (const { personId: relativeId } of [clerk, secretary]) {
        const kin = { personId: made.personId, relativeId, relation: 'SPOUSE' } as const;
        await house.get(PeopleService).declareKin(by(made.home, 'clerk'), kin);
      }
      await refused(ground, 'RELIEF_TIED', () => road.complete(ground, made));
      const card = await road.newCard(ground, made.home, made.personId);
      await refused(ground, 'RELIEF_TIED', () => road.nameAccount(ground, made, card));
      await refused(ground, 'RELIEF_TIED', () => road.end(ground, made, 'OWN_WISH'));
    });
  });

  it('D4-19 the chair who is the applicant votes, signs, approves and advances nothing; the deputy does', async () => {
    const { chair, secretary, clerk } = ground.at;
    const own: Home = { societyId: ground.federationId, at: { secretary, clerk } };
    const made = await givenRelief(ground, { at: 'PANEL', home: own, personId: chair.personId });
    const round = await house.get(BoardQueries).round(ground.federationId, await roundOf(ground, made));
    expect(round.directors.find(({ personId }) => personId === chair.personId)?.reason).toBe('SELF');
    await vote(ground, made, '.YYYY');
    await refused(ground, 'MAY_NOT_SIGN', () => sign(ground, made, 'RELIEF_PRE'));
    await road.askAdvance(ground, made, 100);
    await refused(ground, 'RELIEF_TIED', () => road.signAdvance(ground, made, 'chair'));
    await sign(ground, made, 'RELIEF_PRE', 'deputy');
    await post(ground, made, 'RELIEF_PRE');
    await endNotice(ground, made, 'RELIEF_PRE');
    await refused(ground, 'RELIEF_TIED', () => approve(ground, made));
    await approve(ground, made, 'deputy');
    await payAll(ground, made);
    expect(await stateOf(ground, made)).toBe('PAID');
  });

  describe('who knows of a case', () => {
    it('D4-69 is the federation that has it and the home that answers for it, and nobody else', async () => {
      const made = await givenRelief(ground);
      const [neighbour, elsewhere] = [
        await givenHome(house, ground.federationId),
        await givenReliefGround(house),
      ];
      const queries = house.get(ReliefQueries);
      for (const societyId of [ground.federationId, made.home.societyId])
        expect((await queries.relief(societyId, made.reliefId)).text).toBe(made.number);
      for (const societyId of [neighbour.societyId, elsewhere.federationId, elsewhere.home.societyId])
        await expect(queries.relief(societyId, made.reliefId)).rejects.toMatchObject({
          code: 'RELIEF_NOT_FOUND',
        });
      expect((await queries.list(neighbour.societyId)).count).toBe(0);
      expect((await queries.list(elsewhere.federationId)).count).toBe(0);
    });

    it.each(ACTS.filter(({ code }) => code === 'RELIEF_TIED'))(
      'D4-69 is not found by the officer of another federation who would $name ($seat, $at)',
      async ({ at, act }) => {
        const made = await givenRelief(ground, { at });
        await refused(ground, 'RELIEF_NOT_FOUND', () => act({ ...ground, at: strangers.at }, made));
      },
    );

    it('lists what was asked, the newest first, page by page and as it is filtered', async () => {
      const own = await givenReliefGround(house);
      const other = await givenHome(house, own.federationId);
      const first = await givenRelief(own);
      const second = await givenRelief(own, { at: 'POLICY_CHECKED', cause: 'DISASTER', home: other });
      const third = await givenRelief(own);
      const queries = house.get(ReliefQueries);
      const numbers = async (societyId: string, filter = {}) =>
        (await queries.list(societyId, filter)).items.map(({ text }) => text);
      expect(await numbers(own.federationId)).toEqual([third.number, second.number, first.number]);
      expect(await numbers(own.home.societyId)).toEqual([third.number, first.number]);
      expect(await numbers(own.federationId, { state: 'POLICY_CHECKED' })).toEqual([second.number]);
      expect(await numbers(own.federationId, { cause: 'DISASTER' })).toEqual([second.number]);
      expect(await numbers(own.federationId, { homeId: other.societyId })).toEqual([second.number]);
      expect(await numbers(own.federationId, { fundId: own.fund.fundId })).toHaveLength(3);
      const page = await queries.list(own.federationId, { limit: 2 });
      expect([page.items.length, page.count]).toEqual([2, 3]);
      const next = await queries.list(own.federationId, { limit: 2, after: page.next });
      expect([next.items.map(({ text }) => text), next.next]).toEqual([[first.number], null]);
    });

    it('the home does nothing of the desk, and the desk nothing of the home', async () => {
      const made = await givenRelief(ground);
      const posing = { ...ground, at: { ...ground.at, clerk: made.home.at.clerk } };
      await refused(ground, 'ONLY_THE_DESK', () => road.checkPolicies(posing, made));
      await road.sendBack(ground, made);
      const desk: Home = { societyId: ground.federationId, at: ground.at };
      await refused(ground, 'ONLY_THE_HOME', () => road.complete(ground, { ...made, home: desk }));
      await road.end(ground, { ...made, home: desk }, 'NOT_IN_NEED'); // but it may end a file
      expect(await stateOf(ground, made)).toBe('TERMINATED');
    });
  });

  it('pays a copy of the family’s card, whose payee is the applicant in the register of the federation', async () => {
    const made = await givenRelief(ground, { at: 'APPROVED' });
    const [first] = await ordersOf(ground, made);
    const { applicantId, accountId } = await relief(ground, made);
    expect(first?.order).toMatchObject({
      payeeId: applicantId,
      payeeAccountId: accountId,
      payeeName: '范长河',
    });
    expect(applicantId).not.toBe(made.personId);
    await payOrder(ground, first?.orderId ?? '');
  });

  it('takes the same person of two villages for one: one cap, one row in the register above', async () => {
    const number = idNumber();
    const other = await givenHome(house, ground.federationId);
    const asked = { totalFen: 83_333_334, reimbursed: {}, applicant: { idNumber: number } };
    const here = await givenRelief(ground, { ...asked, at: 'APPROVED' });
    const there = await givenRelief(ground, { ...asked, at: 'REVIEWED', home: other });
    expect((await relief(ground, there)).applicantId).toBe((await relief(ground, here)).applicantId);
    await refused(ground, 'CAP_EXHAUSTED', () => openPanel(ground, there));
  });

  it('counts a household as one, whoever of it asks', async () => {
    const asked = { totalFen: 83_333_334, reimbursed: {} };
    const first = await givenRelief(ground, { ...asked, at: 'APPROVED' });
    const { householdId } = await house.get(PeopleQueries).person(ground.home.societyId, first.personId);
    const second = await givenRelief(ground, {
      ...asked,
      at: 'REVIEWED',
      applicant: { name: '范长江', householdId },
    });
    await refused(ground, 'CAP_EXHAUSTED', () => openPanel(ground, second));
  });

  it('tells the desk of all aid that the family has had, from its society and from the funds', async () => {
    const { societyId } = ground.home;
    const personId = await applicantIn(ground, ground.home);
    const first = await givenRelief(ground, { personId, at: 'PAID' });
    const helped = await house.get(IntakeService).registerCase(by(ground.home, 'clerk'), {
      ...{ leadId: null, applicantId: personId, cause: 'FIRE', amountFen: fen(100_000), story: null },
      ...{ method: 'CASH', payeeAccountId: null, consents: ['PROCESS', 'HEALTH_BANK'], pledged: true },
      ...{ visitors: [], photos: [] },
    });
    const second = await givenRelief(ground, { personId });
    const lines = await house.get(ReliefAid).of(await relief(ground, second));
    const { name } = await house.get(SocietiesQueries).society(societyId);
    expect(lines.map(({ from, amountFen }) => [from, amountFen]).sort()).toEqual(
      [
        [ground.fund.name, GRANT_FEN],
        [name, 100_000],
      ].sort(),
    );
    expect(lines.map(({ what }) => what).join()).toContain(first.number);
    expect(lines.map(({ what }) => what).join()).toContain(helped.number);
    const stranger = await givenRelief(ground);
    expect(await house.get(ReliefAid).of(await relief(ground, stranger))).toEqual([]);
  });
});
