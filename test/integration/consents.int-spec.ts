import { ConsentsQueries } from '../../src/people/consents/consents.queries.js';
import { CasesQueries, CasesService, EndingsService, HandoversService } from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { BankAnswersService, PaymentsQueries, PaymentsService } from '../../src/payments/index.js';
import {
  PeopleQueries,
  PeopleService,
  PersonListeners,
  PersonRightsService,
} from '../../src/people/index.js';
import type { ConsentsDraft, Purpose } from '../../src/people/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { PeopleStore } from '../../src/people/people.store.js';
import { TiesStore } from '../../src/people/ties.store.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId, heldFen: 9_000_000 });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const say = (personId: string, draft: Omit<ConsentsDraft, 'personId'>) =>
    house.get(PeopleService).giveConsents(as(village, 'secretary'), { personId, ...draft });
  const withdraw = (personId: string, purpose: Purpose) =>
    say(personId, { answers: { [purpose]: false }, how: 'PAPER' });
  const agree = (personId: string, purpose: Purpose) =>
    say(personId, { answers: { [purpose]: true }, how: 'PAPER' });
  const owed = async (caseId: string, of = village) =>
    (await house.get(DutiesQueries).open(of.societyId)).filter(
      ({ kind: owing, subjectId }) => owing === 'END_STOPPED' && subjectId === caseId,
    ).length;
  const open = (caseId: string) =>
    house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals: [] });
  const pay = async (orderId: string, paidAt?: Date) =>
    house.get(PaymentsService).recordPayment(as(village, 'cashier'), {
      ...{ orderId, photo: await photo(), paidAt },
    });
  const giveBack = async (orderId: string) =>
    house.get(BankAnswersService).recordReturnedPayment(as(village, 'cashier'), {
      ...{ orderId, reason: 'BANK_REFUSED', photo: await photo() },
    });
  const refuseTransfer = (orderId: string) =>
    house.get(BankAnswersService).recordFailedPayment(as(village, 'cashier'), {
      ...{ orderId, reason: 'BANK_REFUSED' },
    });
  const attempts = (orderId: string) => house.get(PaymentsQueries).attemptsOf(orderId);
  const stateOf = async (caseId: string) =>
    (await house.get(CasesQueries).case(village.societyId, caseId)).state;
  const stopped = { code: 'CASE_STOPPED' };

  it('keeps every answer with its words, its way and whoever was there', async () => {
    const personId = await personIn(house, village.societyId, { name: '范长河' });
    const { personId: witness } = village.at.third;
    await say(personId, { answers: { PROCESS: true, PUBLISH: true }, how: 'PAPER' });
    await say(personId, {
      ...{ answers: { HEALTH_BANK: true }, how: 'PROXY', otherId: witness, relation: 'LINEAL' },
    });
    await say(personId, { answers: { PUBLISH: false }, how: 'PHONE', otherId: witness });
    const answers = await house.get(ConsentsQueries).ofPerson(village.societyId, personId);
    expect(answers).toMatchObject([
      { purpose: 'PROCESS', answered: 'GIVEN', textVersion: '2026-1', how: 'PAPER', otherName: null },
      { purpose: 'PUBLISH', answered: 'GIVEN' },
      { purpose: 'HEALTH_BANK', answered: 'GIVEN', how: 'PROXY', otherName: '赵小龙', relation: 'LINEAL' },
      { purpose: 'PUBLISH', answered: 'WITHDRAWN', how: 'PHONE', otherName: '赵小龙', recorderName: '周明' },
    ]);
  });

  it.each<[string, Omit<ConsentsDraft, 'personId'>]>([
    ['CONSENT_NEEDS_ANOTHER', { answers: { PROCESS: true }, how: 'SPOKEN' }],
    ['CONSENT_NOT_BY_PHONE', { answers: { PUBLISH: true }, how: 'PHONE', otherId: 'THIRD' }],
    ['PROXY_NEEDS_RELATION', { answers: { PROCESS: true }, how: 'PROXY', otherId: 'THIRD' }],
    ['ANOTHER_IS_INVOLVED', { answers: { PROCESS: true }, how: 'SPOKEN', otherId: 'SECRETARY' }],
    ['PERSON_NOT_FOUND', { answers: { PROCESS: true }, how: 'SPOKEN', otherId: 'STRANGER' }],
  ])('changes nothing where it refuses: %s', async (code, draft) => {
    const personId = await personIn(house, village.societyId);
    const ids: Readonly<Record<string, string>> = {
      THIRD: village.at.third.personId,
      SECRETARY: village.at.secretary.personId,
      STRANGER: (await personIn(house, village.societyId)).replace(/.$/, (last) =>
        last === '0' ? '1' : '0',
      ),
    };
    const otherId = draft.otherId ? (ids[draft.otherId] ?? null) : null;
    await expect(say(personId, { ...draft, otherId })).rejects.toMatchObject({ code });
    expect(await house.get(ConsentsQueries).ofPerson(village.societyId, personId)).toEqual([]);
  });

  it.each<Purpose>(['PROCESS', 'HEALTH_BANK'])(
    'stops the case under way when %s is taken back, and owes its end',
    async (purpose) => {
      const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
      const shows = await house
        .get(PersonListeners)
        .withdrawalShows({ societyId: village.societyId, personId: applicantId, purpose });
      expect(shows).toEqual([expect.stringMatching(/^案件 2026-\d{4} 停下来/)]);
      await withdraw(applicantId, purpose);
      await withdraw(applicantId, purpose); // said twice, owed once
      expect(await owed(caseId)).toBe(1);
      await expect(open(caseId)).rejects.toMatchObject(stopped);

      await agree(applicantId, purpose);
      expect(await owed(caseId)).toBe(0);
      await withdraw(applicantId, purpose);
      await house.get(EndingsService).withdraw(as(village, 'clerk'), {
        ...{ caseId, reason: 'OWN_WISH', note: null },
      });
      expect(await owed(caseId)).toBe(0);
    },
  );

  it('goes on with a case where only what it does not need is taken back', async () => {
    const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    await withdraw(applicantId, 'VERIFY');
    await withdraw(applicantId, 'PUBLISH');
    expect(await owed(caseId)).toBe(0);
    await open(caseId); // the control: nothing stops it
  });

  it('sends no money once it is taken back, and takes none back that was sent', async () => {
    const approved = await givenCase(village, { at: 'APPROVED', amountFen: 10_000 });
    await withdraw(approved.applicantId, 'HEALTH_BANK');
    house.clock.advance({ minutes: 5 });
    await expect(pay(approved.orderId)).rejects.toMatchObject({
      ...stopped,
      advice: '请撤回或者终止办理；本人重新同意的，先到名册里登记同意书。',
    });
    expect(await attempts(approved.orderId)).toEqual([]);
    expect(await stateOf(approved.caseId)).toBe('APPROVED');

    const paid = await givenCase(village, { at: 'PAID', amountFen: 10_000 });
    await withdraw(paid.applicantId, 'PROCESS');
    expect(await owed(paid.caseId)).toBe(0);
    expect((await house.get(CasesQueries).case(village.societyId, paid.caseId)).state).toBe('PAID');
  });

  it('writes down what had left before it was taken back, and nothing is left to be ended', async () => {
    const { caseId, applicantId, orderId } = await givenCase(village, { at: 'APPROVED', amountFen: 10_000 });
    house.clock.advance({ minutes: 10 });
    const paidAt = house.clock.now();
    house.clock.advance({ minutes: 5 });
    await withdraw(applicantId, 'PROCESS');
    expect(await owed(caseId)).toBe(1);
    house.clock.advance({ minutes: 5 });
    await expect(pay(orderId)).rejects.toMatchObject(stopped); // the control: not what leaves only now
    await pay(orderId, paidAt);
    expect(await stateOf(caseId)).toBe('PAID');
    expect(await owed(caseId)).toBe(0);
  });

  it('writes down what the bank sends back, stops the case again, and goes on once it is agreed to anew', async () => {
    const { caseId, applicantId, orderId } = await givenCase(village, { at: 'PAID', amountFen: 10_000 });
    house.clock.advance({ minutes: 5 });
    await withdraw(applicantId, 'HEALTH_BANK');
    expect(await owed(caseId)).toBe(0);
    house.clock.advance({ minutes: 5 });
    await giveBack(orderId);
    expect(await stateOf(caseId)).toBe('APPROVED');
    expect(await owed(caseId)).toBe(1);
    await refuseTransfer(orderId); // what the bank says to it, it says whatever the applicant agrees to
    await expect(pay(orderId)).rejects.toMatchObject(stopped);
    expect((await attempts(orderId)).map(({ outcome }) => outcome)).toEqual(['PAID', 'RETURNED', 'FAILED']);

    await agree(applicantId, 'HEALTH_BANK');
    expect(await owed(caseId)).toBe(0);
    await pay(orderId);
    expect(await stateOf(caseId)).toBe('PAID');
  });

  it('goes to the town as it was said and on the words that were signed, and nobody is said to have signed anew', async () => {
    const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const { personId: otherId } = village.at.third;
    await say(applicantId, { answers: { HEALTH_BANK: true }, how: 'PROXY', otherId, relation: 'LINEAL' });
    await withdraw(applicantId, 'PUBLISH');
    await house.get(Transactions).run(async (tx) => {
      const person = await house.get(PeopleStore).getPerson(tx, village.societyId, applicantId);
      await house.get(TiesStore).insertConsents(
        tx,
        person,
        [
          { purpose: 'VERIFY', given: true, textVersion: '2025-9' }, // a wording of former years
        ],
        { how: 'ON_SCREEN', fileId: null, at: house.clock.now(), byPersonId: null },
      );
    });
    const up = { caseId, reason: 'NO_BOARD', askedFen: null, note: null } as const;
    const { handoverId } = await house.get(HandoversService).escalate(as(village, 'secretary'), up);
    const taken = await house
      .get(HandoversService)
      .takeOn(as(town, 'clerk'), { handoverId, amountFen: fen(10_000) });
    const { applicantId: copyId } = await house.get(CasesQueries).case(town.societyId, taken.caseId);
    const brought = await house.get(ConsentsQueries).ofPerson(town.societyId, copyId);
    expect(brought.map(({ purpose, given, how, textVersion }) => [purpose, given, how, textVersion])).toEqual(
      [
        ['PROCESS', true, 'PAPER', '2026-1'],
        ['HEALTH_BANK', true, 'PROXY', '2026-1'],
        ['VERIFY', true, 'ON_SCREEN', '2025-9'],
        ['PUBLISH', false, 'PAPER', '2026-1'],
      ],
    );
    expect(brought.every(({ isBrought }) => isBrought)).toBe(true);
  });

  it('stops the case that the town took on as well, by what was said in the village', async () => {
    const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const up = { caseId, reason: 'NO_BOARD', askedFen: null, note: null } as const;
    const { handoverId } = await house.get(HandoversService).escalate(as(village, 'secretary'), up);
    const taken = await house
      .get(HandoversService)
      .takeOn(as(town, 'clerk'), { handoverId, amountFen: fen(10_000) });
    const visit = { caseId: taken.caseId, visitors: town.visitors, note: null };
    const verifying = () =>
      house
        .get(CasesService)
        .verifyCase(as(town, 'clerk'), { ...visit, visitedOn: dayOf(house.clock.now()) });
    const asked = { societyId: village.societyId, personId: applicantId, purpose: 'PROCESS' as const };
    const shows = await house.get(PersonListeners).withdrawalShows(asked);
    expect(shows).toEqual([expect.stringMatching(/：案件 2026-\d{4} 停下来/)]);
    await withdraw(applicantId, 'PROCESS');
    expect(await owed(taken.caseId, town)).toBe(1);
    await expect(verifying()).rejects.toMatchObject(stopped);
    await agree(applicantId, 'PROCESS');
    expect(await owed(taken.caseId, town)).toBe(0);
    await verifying();
  });

  const later = () => {
    house.clock.advance({ minutes: 5 });
  };
  const handUp = (caseId: string) =>
    house.get(HandoversService).escalate(as(village, 'secretary'), {
      ...{ caseId, reason: 'NO_BOARD', askedFen: null, note: null },
    });
  const takeOn = async ({ handoverId }: { readonly handoverId: string }) => {
    const taking = { handoverId, amountFen: fen(10_000) };
    const { caseId } = await house.get(HandoversService).takeOn(as(town, 'clerk'), taking);
    const { applicantId } = await house.get(CasesQueries).case(town.societyId, caseId);
    return { caseId, applicantId };
  };
  const sayInTown = (personId: string, given: boolean) =>
    house.get(PeopleService).giveConsents(as(town, 'clerk'), {
      ...{ personId, answers: { PROCESS: given }, how: 'PAPER' },
    });
  const standsInTown = async (personId: string) =>
    (await house.get(PeopleQueries).consentsOf(town.societyId, personId)).process;

  it.each([
    ['what the town was told since stands against an older yes of the village', false, [1, 1]],
    ['the control: it lets everything go on where the town was told yes again', true, [0, 0]],
  ])('%s', async (_because, given, stillOwed) => {
    const first = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const { applicantId } = first;
    const second = await givenCase(village, {
      ...{ at: 'VERIFIED', amountFen: 10_000, applicantId, cause: 'ACCIDENT' },
    });
    const saidAt = house.clock.now();
    later();
    const one = await takeOn(await handUp(first.caseId));
    later();
    await sayInTown(one.applicantId, false);
    expect(await owed(one.caseId, town)).toBe(1);
    later();
    if (given) await sayInTown(one.applicantId, true);
    const two = await takeOn(await handUp(second.caseId));
    expect(two.applicantId).toBe(one.applicantId);
    expect(await standsInTown(one.applicantId)).toBe(given);
    expect([await owed(one.caseId, town), await owed(two.caseId, town)]).toEqual(stillOwed);
    const answers = await house.get(ConsentsQueries).ofPerson(town.societyId, one.applicantId);
    const brought = answers.filter(({ purpose, isBrought }) => purpose === 'PROCESS' && isBrought);
    expect(brought.map(({ at }) => at)).toEqual([saidAt]); // of its own day, and not of the day it came
  });

  it('lets the town go on with its case by what is said at the table of a later one', async () => {
    const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const taken = await takeOn(await handUp(caseId));
    await withdraw(applicantId, 'PROCESS');
    expect(await owed(taken.caseId, town)).toBe(1);
    const consents = ['PROCESS', 'HEALTH_BANK', 'VERIFY'] as const;
    await givenCase(village, {
      ...{ at: 'ACCEPTED', amountFen: 10_000, applicantId, cause: 'ACCIDENT', consents },
    });
    expect(await owed(taken.caseId, town)).toBe(0);
    const { process, publish } = await house.get(PeopleQueries).consentsOf(town.societyId, taken.applicantId);
    expect({ process, publish }).toEqual({ process: true, publish: false });
  });

  it('goes up as well where the guardian was written down only after the town had taken the case on', async () => {
    const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const taken = await takeOn(await handUp(caseId));
    const byGuardian = () => say(applicantId, { answers: { PROCESS: false }, how: 'GUARDIAN' });
    await expect(byGuardian()).rejects.toMatchObject({ code: 'NO_GUARDIAN_REGISTERED' }); // the control: checked where it is said
    const relativeId = await personIn(house, village.societyId, { name: '范守望', idNumber: idNumber() });
    await house.get(PeopleService).declareKin(as(village, 'clerk'), {
      ...{ personId: applicantId, relativeId, relation: 'LINEAL', isGuardian: true },
    });
    await byGuardian();
    expect(await standsInTown(taken.applicantId)).toBe(false);
    expect(await owed(taken.caseId, town)).toBe(1);
  });

  it('stands in the copy that the person gets', async () => {
    const personId = await personIn(house, village.societyId, { name: '范留言' });
    await agree(personId, 'PUBLISH');
    await withdraw(personId, 'PUBLISH');
    const { requestId } = await house.get(PersonRightsService).record(as(village, 'secretary'), {
      ...{ personId, kind: 'COPY', how: 'IN_PERSON', askedOn: dayOf(house.clock.now()) },
    });
    const copy = await house.get(PersonRightsService).copy(as(village, 'clerk').actor, requestId);
    const words = JSON.stringify(copy.sections);
    for (const said of ['已撤回', '2026-1']) expect(words).toContain(said);
    expect((await house.get(PeopleQueries).consentsOf(village.societyId, personId)).publish).toBe(false);
  });
});
