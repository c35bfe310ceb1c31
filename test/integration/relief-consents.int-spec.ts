import { BallotsService, BoardSubjects, RoundsService } from '../../src/board/index.js';
import { CasesService } from '../../src/cases/index.js';
import { DutiesQueries, DutyThreads } from '../../src/duties/index.js';
import { BankAnswersService, PaymentsQueries, PaymentSubjects } from '../../src/payments/index.js';
import { PeopleQueries, PeopleService, PersonListeners } from '../../src/people/index.js';
import type { Purpose } from '../../src/people/index.js';
import { ConsentsQueries } from '../../src/people/consents/consents.queries.js';
import { RELIEF, RELIEF_PAYMENT, ReliefTransferService } from '../../src/relief/index.js';
import { ReviewHints } from '../../src/relief/review-hints.js';
import { givenBreach } from '../support/breaches.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  advance,
  bankReturns,
  by,
  checkPolicies,
  end,
  givenHome,
  givenRelief,
  givenReliefGround,
  homeIn,
  ordersOf,
  owedOf,
  payAll,
  payOrder,
  refused,
  relief,
  roundOf,
  stateOf,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

/** What a family takes back at home stops its file at the federation (PIPL, art. 15). */
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

  const say = async (made: GivenRelief, purpose: Purpose, given: boolean) => {
    house.clock.advance({ minutes: 5 });
    await house.get(PeopleService).giveConsents(by(made.home, 'clerk'), {
      ...{ personId: made.personId, answers: { [purpose]: given }, how: 'PAPER' },
    });
    house.clock.advance({ minutes: 5 });
  };
  const orderOf = async (made: GivenRelief) => {
    const [order] = await ordersOf(ground, made);
    if (!order) throw new Error('Nothing was ordered');
    return order.orderId;
  };

  it.each<Purpose>(['PROCESS', 'HEALTH_BANK'])('goes no further once %s is taken back', async (purpose) => {
    const made = await givenRelief(ground, { at: 'SUBMITTED' });
    const asked = { societyId: made.home.societyId, personId: made.personId, purpose };
    const shows = await house.get(PersonListeners).withdrawalShows(asked);
    expect(shows).toEqual([expect.stringMatching(/^专项救助 .*2026-\d{4} 停下来/)]);
    await say(made, purpose, false);
    await refused(ground, 'CASE_STOPPED', () => checkPolicies(ground, made));
    expect(await owedOf(ground, made)).toEqual(['CHECK_POLICIES', 'END_STOPPED']);
    await say(made, purpose, true);
    expect(await owedOf(ground, made)).toEqual(['CHECK_POLICIES']);
    await checkPolicies(ground, made);
    expect(await stateOf(ground, made)).toBe('POLICY_CHECKED');
  });

  it('goes to the home of the family as it was said, when the file is sent there', async () => {
    const made = await givenRelief(ground, { at: 'SUBMITTED' });
    const heard = { otherId: made.home.at.secretary.personId, relation: 'LINEAL' } as const;
    await house.get(PeopleService).giveConsents(by(made.home, 'clerk'), {
      ...{ personId: made.personId, answers: { HEALTH_BANK: true }, how: 'PROXY', ...heard },
    });
    await say(made, 'PUBLISH', false);
    const { societyId } = await givenHome(house, ground.federationId);
    await house
      .get(ReliefTransferService)
      .transferHome(by(ground, 'clerk'), { reliefId: made.reliefId, toSocietyId: societyId });
    const { originPersonId } = await relief(ground, made);
    const brought = await house.get(ConsentsQueries).ofPerson(societyId, originPersonId);
    expect(brought.map(({ purpose, given, how }) => [purpose, given, how])).toEqual([
      ['PROCESS', true, 'PAPER'],
      ['HEALTH_BANK', true, 'PROXY'],
      ['VERIFY', true, 'PAPER'],
      ['PUBLISH', false, 'PAPER'],
    ]);
  });

  it('undoes nothing at the home of the family that was taken back there since', async () => {
    const home = await givenHome(house, ground.federationId);
    const applicant = { idNumber: idNumber() };
    const made = await givenRelief(ground, { applicant });
    const personId = await personIn(house, home.societyId, { name: '范长河', ...applicant });
    house.clock.advance({ minutes: 5 });
    await house.get(PeopleService).giveConsents(by(home, 'clerk'), {
      ...{ personId, answers: { PROCESS: false }, how: 'PAPER' },
    });
    await house
      .get(ReliefTransferService)
      .transferHome(by(ground, 'clerk'), { reliefId: made.reliefId, toSocietyId: home.societyId });
    expect((await relief(ground, made)).originPersonId).toBe(personId);
    expect(await house.get(PeopleQueries).consentsOf(home.societyId, personId)).toEqual({
      ...{ process: false, healthBank: true, verify: true, publish: true }, // the control: the others are brought
    });
  });

  describe('what is said at the table of an application', () => {
    const stopsOf = async (societyId: string, caseId: string) =>
      (await house.get(DutiesQueries).open(societyId)).filter(
        ({ kind: owing, subjectId }) => owing === 'END_STOPPED' && subjectId === caseId,
      ).length;
    const sayIn = (village: Village, personId: string, given: boolean) =>
      house.get(PeopleService).giveConsents(as(village, 'clerk'), {
        ...{ personId, answers: { PROCESS: given }, how: 'PAPER' },
      });

    it('stands in the register of the home as well as in that of the federation', async () => {
      const made = await givenRelief(ground, { consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'] });
      const { applicantId } = await relief(ground, made);
      const said = { process: true, healthBank: true, verify: true, publish: false };
      const consentsOf = (societyId: string, personId: string) =>
        house.get(PeopleQueries).consentsOf(societyId, personId);
      expect(await consentsOf(made.home.societyId, made.personId)).toEqual(said);
      expect(await consentsOf(ground.federationId, applicantId)).toEqual(said);
      expect(await house.get(PeopleQueries).hasPledged(made.home.societyId, made.personId)).toBe(true);
    });

    it('lets every case of that person go on, in the village and at the federation', async () => {
      const village = await givenVillage(house, { parentId: ground.federationId });
      const { caseId, applicantId: personId } = await givenCase(village, {
        ...{ at: 'VERIFIED', amountFen: 10_000, applicant: { idNumber: idNumber() } },
      });
      const first = await givenRelief(ground, { home: homeIn(village), personId });
      house.clock.advance({ minutes: 5 });
      await sayIn(village, personId, false);
      expect([await stopsOf(village.societyId, caseId), await owedOf(ground, first)]).toEqual([
        1,
        ['CHECK_POLICIES', 'END_STOPPED'],
      ]);
      house.clock.advance({ minutes: 5 });
      await givenRelief(ground, { home: homeIn(village), personId, cause: 'ACCIDENT' });
      expect([await stopsOf(village.societyId, caseId), await owedOf(ground, first)]).toEqual([
        0,
        ['CHECK_POLICIES'],
      ]);
    });

    it('is signed by the guardian whom the home knows, where the federation knows none', async () => {
      const home = await givenHome(house, ground.federationId);
      const child = { name: '范小河', idNumber: idNumber('20150615') };
      await personIn(house, ground.federationId, child);
      const guardianId = await personIn(house, home.societyId, { name: '范守望', idNumber: idNumber() });
      const personId = await personIn(house, home.societyId, { ...child, guardianId });
      const made = await givenRelief(ground, { home, personId, card: false });
      const answers = await house.get(ConsentsQueries).ofPerson(home.societyId, personId);
      expect(new Set(answers.map(({ how }) => how))).toEqual(new Set(['GUARDIAN']));
      expect(await stateOf(ground, made)).toBe('SUBMITTED');
    });

    it('a no that the federation brings to a home stops what that home has of the person', async () => {
      const village = await givenVillage(house, { parentId: ground.federationId });
      const applicant = { idNumber: idNumber() };
      const { caseId, applicantId } = await givenCase(village, {
        ...{ at: 'VERIFIED', amountFen: 10_000, applicant: { name: '范长河', ...applicant } },
      });
      const made = await givenRelief(ground, { applicant });
      await say(made, 'PROCESS', false);
      expect(await stopsOf(village.societyId, caseId)).toBe(0);
      await house
        .get(ReliefTransferService)
        .transferHome(by(ground, 'clerk'), { reliefId: made.reliefId, toSocietyId: village.societyId });
      expect((await relief(ground, made)).originPersonId).toBe(applicantId);
      expect(await stopsOf(village.societyId, caseId)).toBe(1);
      const owed = await house.get(DutiesQueries).open(village.societyId);
      expect(owed.find(({ kind: owing }) => owing === 'END_STOPPED')?.openedAt).toEqual(house.clock.now());
      await expect(
        house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals: [] }),
      ).rejects.toMatchObject({ code: 'CASE_STOPPED' });
    });
  });

  it('shows whoever reviews it a broken pledge of the applicant, by the register of the home', async () => {
    const village = await givenVillage(house, { parentId: ground.federationId });
    const { applicantId: personId } = await givenBreach(village, { applicant: { idNumber: idNumber() } });
    const made = await givenRelief(ground, { at: 'ASSESSED', home: homeIn(village), personId });
    const hints = await house.get(ReviewHints).of(await relief(ground, made));
    expect(hints).toEqual([
      expect.stringMatching(/^这个人有一条失信标记：违反求助时的承诺，到.*为止。照样审核/),
    ]);
    const other = await givenRelief(ground, { at: 'ASSESSED' });
    expect(await house.get(ReviewHints).of(await relief(ground, other))).toEqual([]); // the control
  });

  it('is ended all the same', async () => {
    const made = await givenRelief(ground, { at: 'SUBMITTED' });
    await say(made, 'PROCESS', false);
    const [owed] = (await house.get(DutiesQueries).ofThread(made.reliefId)).filter(
      ({ kind: each }) => each === 'END_STOPPED',
    );
    expect(owed).toMatchObject({ societyId: ground.federationId, ownerRole: 'secretary', settledAt: null });
    const { personId, societyId } = ground.at.secretary;
    if (!owed) throw new Error('Nothing is owed');
    const { actor } = callerOf({ personId, societyId, roles: ['secretary'] });
    const card = await house.get(DutyThreads).cardOf(actor, owed);
    expect(card?.actHref).toBe(`/s/relief/${made.reliefId}/ending`);
    await end(ground, made, 'OWN_WISH');
    expect(await stateOf(ground, made)).toBe('WITHDRAWN');
    expect(await owedOf(ground, made)).toEqual([]);
  });

  it('is not carried by its board any more, which may say no', async () => {
    const made = await givenRelief(ground, { at: 'PANEL' });
    await say(made, 'PROCESS', false);
    await refused(ground, 'CASE_STOPPED', () => vote(ground, made, 'YYYYY'));
    await vote(ground, made, 'NNNNN');
    expect([await stateOf(ground, made), await owedOf(ground, made)]).toEqual([
      'REJECTED',
      expect.not.arrayContaining(['END_STOPPED']),
    ]);
  });

  it('is not reported as a fault at its deadline, beat after beat, and is closed once it may go on', async () => {
    const made = await givenRelief(ground, { at: 'PANEL' });
    const roundId = await roundOf(ground, made);
    for (const seat of ['chair', 'deputy', 'third', 'fourth'] as const) {
      const ballot = { roundId, directorId: ground.at[seat].personId, choice: 'yes', why: null } as const;
      await house.get(BallotsService).castBallot(by(ground, seat), ballot);
    }
    await say(made, 'PROCESS', false);
    house.clock.advance({ days: 2 });
    const beat = () => house.get(RoundsService).closeDue(house.clock.now());
    expect([await beat(), await beat()]).toEqual([{ closed: 0 }, { closed: 0 }]);
    expect([await stateOf(ground, made), await owedOf(ground, made)]).toEqual([
      'PANEL',
      ['CLOSE_ROUND', 'END_STOPPED'],
    ]);
    await say(made, 'PROCESS', true);
    expect(await beat()).toEqual({ closed: 1 });
    expect(await stateOf(ground, made)).toBe('PRE_NOTICE');
  });

  it('control: what cannot be closed for another reason is reported all the same', async () => {
    const made = await givenRelief(ground, { at: 'PANEL' });
    house.clock.advance({ days: 2 });
    const kept = house.get(BoardSubjects).of(RELIEF);
    const decided = jest.spyOn(kept, 'decided').mockRejectedValue(new Error('the disk is full'));
    try {
      await expect(house.get(RoundsService).closeDue(house.clock.now())).rejects.toThrow(
        '1 rounds could not be closed',
      );
    } finally {
      decided.mockRestore();
    }
    await house.get(RoundsService).closeDue(house.clock.now());
    expect(await stateOf(ground, made)).toBe('REVIEWED');
  });

  it('goes on where only what it does not need is taken back', async () => {
    const made = await givenRelief(ground, { at: 'SUBMITTED' });
    await say(made, 'VERIFY', false);
    await say(made, 'PUBLISH', false);
    await checkPolicies(ground, made);
  });

  it('owes no end while an advance is out, which forbids it, and owes it when the advance comes back', async () => {
    const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
    await advance(ground, made, 10_000);
    const paid = await orderOf(made);
    await payOrder(ground, paid);
    const asked = { societyId: made.home.societyId, personId: made.personId, purpose: 'PROCESS' } as const;
    expect(await house.get(PersonListeners).withdrawalShows(asked)).toEqual([]);
    await say(made, 'PROCESS', false);
    expect(await owedOf(ground, made)).not.toContain('END_STOPPED');
    await refused(ground, 'RELIEF_MONEY_IS_OUT', () => end(ground, made, 'OWN_WISH'));
    await bankReturns(ground, paid);
    expect(await owedOf(ground, made)).toContain('END_STOPPED');
    await end(ground, made, 'OWN_WISH');
    expect(await owedOf(ground, made)).not.toContain('END_STOPPED');
  });

  it('sends no money afterwards, and writes down what comes back of what was sent', async () => {
    const approved = await givenRelief(ground, { at: 'APPROVED' });
    await say(approved, 'HEALTH_BANK', false);
    const unpaid = await orderOf(approved);
    const [payment] = await ordersOf(ground, approved);
    const isStopped = () =>
      house
        .get(PaymentSubjects)
        .of(RELIEF_PAYMENT)
        .isStopped(ground.federationId, payment?.id ?? '');
    expect(await isStopped()).toBe(true);
    await refused(ground, 'CASE_STOPPED', () => payOrder(ground, unpaid));
    await say(approved, 'HEALTH_BANK', true);
    expect(await isStopped()).toBe(false);
    await payAll(ground, approved);
    expect(await stateOf(ground, approved)).toBe('PAID');

    await say(approved, 'PROCESS', false);
    expect(await owedOf(ground, approved)).not.toContain('END_STOPPED');
    await house.get(BankAnswersService).recordReturnedPayment(by(ground, 'cashier'), {
      ...{ orderId: unpaid, reason: 'BANK_REFUSED', photo: await photo() },
    });
    expect((await house.get(PaymentsQueries).order(ground.federationId, unpaid)).state).toBe('TO_PAY');
    expect(await owedOf(ground, approved)).toContain('END_STOPPED');
    await refused(ground, 'CASE_STOPPED', () => payOrder(ground, unpaid));
  });
});
