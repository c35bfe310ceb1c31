import { RoundsService } from '../../src/board/index.js';
import { HandoversQueries } from '../../src/cases/handovers.queries.js';
import {
  CasesQueries,
  CasesService,
  HandoversService,
  HandoverSteps,
  IntakeService,
} from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { findAll } from '../../src/house/verify.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { PaymentsQueries, PaymentsService } from '../../src/payments/index.js';
import { PeopleQueries, PeopleService } from '../../src/people/index.js';
import { SecretsQueries } from '../../src/people/secrets.queries.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { staysSound } from '../support/sound.js';
import {
  as,
  givenCase,
  givenTown,
  givenVillage,
  handsOf,
  idNumber,
  personIn,
  photo,
} from '../support/village.js';
import type { CaseWanted, GivenCase, Post, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  /** A society without anybody above it. */
  let alone: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house, { heldFen: 30_000_000 });
    village = await givenVillage(house, { parentId: town.societyId, heldFen: 30_000_000 });
    alone = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const service = () => house.get(HandoversService);
  const caseOf = ({ caseId }: Pick<GivenCase, 'caseId'>, of = village) =>
    house.get(CasesQueries).case(of.societyId, caseId);
  const handoverOf = async ({ caseId }: GivenCase, of = village) => {
    const found = await house.get(HandoversQueries).ofCase(of.societyId, caseId);
    if (!found) throw new Error('Nothing was handed over');
    return found;
  };
  const owed = async (of = town) =>
    (await house.get(DutiesQueries).open(of.societyId)).filter(
      ({ kind: each }) => each === 'ANSWER_HANDOVER',
    );
  const escalate = ({ caseId }: GivenCase, of = village, change: object = {}, post: Post = 'secretary') =>
    service().escalate(as(of, post), { caseId, reason: 'NO_BOARD', askedFen: null, note: null, ...change });
  const handedUp = async (wanted: Partial<CaseWanted> = {}, change: object = {}) => {
    const made = await givenCase(village, { at: 'VERIFIED', ...wanted });
    await escalate(made, village, change);
    return { made, handover: await handoverOf(made) };
  };
  const takeOn = (handoverId: string, amountFen: number | null = null, of = town) =>
    service().takeOn(as(of, 'clerk'), {
      handoverId,
      amountFen: amountFen === null ? null : fen(amountFen),
    });
  const answer = (handoverId: string, change: object = {}, of = town) =>
    service().answer(as(of, 'secretary'), {
      ...{ handoverId, answer: 'NOT_HELPED', answeredFen: null, note: null },
      ...change,
    });
  /** The union's own road, from the visit to the hands. */
  const decide = async (caseId: string, choice: 'yes' | 'no') => {
    const visitedOn = dayOf(house.clock.now());
    const visit = { caseId, visitors: town.visitors, visitedOn, note: null };
    await house.get(CasesService).verifyCase(as(town, 'clerk'), visit);
    const opening = { caseId, recusals: [] };
    const { roundId } = await house.get(CasesService).openRound(as(town, 'secretary'), opening);
    await house.get(RoundsService).recordShowOfHands(as(town, 'secretary'), {
      roundId,
      presiderId: town.at.chair.personId,
      hands: handsOf(town, choice),
      place: null,
      sheet: await photo(),
    });
  };
  const pay = async (caseId: string) => {
    const order = await house.get(PaymentsQueries).ofSubject('case', caseId);
    const proof = { orderId: order?.id ?? '', photo: await photo(), witnesses: town.visitors };
    await house.get(PaymentsService).recordPayment(as(town, 'cashier'), proof);
  };

  describe('handing over', () => {
    it('ends the case of the village and gives the town three working days to answer', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', amountFen: 300_000 });
      await escalate(made, village, { reason: 'OVER_LIMIT', askedFen: fen(800_000), note: '住院押金不够' });
      expect(await caseOf(made)).toMatchObject({ state: 'ESCALATED', endReason: 'OVER_LIMIT' });
      const handover = await handoverOf(made);
      expect(handover).toMatchObject({
        ...{ kind: 'TOWN', reason: 'OVER_LIMIT', askedFen: 800_000, state: 'OPEN', note: '住院押金不够' },
        toSocietyId: town.societyId,
      });
      const duty = (await owed()).find(({ subjectId }) => subjectId === handover.id);
      // Monday, and three working days after it: Thursday at 24:00.
      expect(duty?.dueAt.toISOString()).toBe('2026-03-05T16:00:00.000Z');
      expect(await house.get(DutiesQueries).ofThread(made.caseId)).not.toContainEqual(
        expect.objectContaining({ settledAt: null }),
      );
      const rows: { note: string }[] = await house.dataSource.query(
        `SELECT note_sealed AS "note" FROM case_handovers WHERE id = '${handover.id}'`,
      );
      expect(rows[0]?.note).not.toContain('押金');
    });

    it.each`
      change                                              | code                  | because
      ${{ reason: 'OVER_LIMIT', askedFen: fen(300_000) }} | ${'WITHIN_OWN_LIMIT'} | ${'exactly the limit of a case'}
      ${{ reason: 'FUND_SHORT', askedFen: fen(100_000) }} | ${'FUND_SUFFICES'}    | ${'the pool holds enough'}
    `('refuses $code and changes nothing: $because', async ({ change, code }: Refused) => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      await expect(escalate(made, village, change)).rejects.toMatchObject({ code });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED' });
      expect(await house.get(HandoversQueries).ofCase(village.societyId, made.caseId)).toBeNull();
    });
    type Refused = { change: object; code: string };

    it.each(['ACCEPTED', 'VOTING', 'APPROVED', 'PAID'] as const)('has no place at %s', async (at) => {
      const made = await givenCase(village, { at });
      await expect(escalate(made)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
      expect(await caseOf(made)).toMatchObject({ state: at });
    });

    it('goes on paper where nobody stands above, and the village writes down what came back', async () => {
      const made = await givenCase(alone, { at: 'VERIFIED' });
      await escalate(made, alone);
      const handover = await handoverOf(made, alone);
      expect(handover).toMatchObject({ state: 'OPEN', toSocietyId: null });
      const helped = { answer: 'HELPED', answeredFen: fen(250_000), note: '镇里给了' };
      await answer(handover.id, helped, alone);
      expect(await handoverOf(made, alone)).toMatchObject({ state: 'ANSWERED', answeredFen: 250_000 });
      await expect(answer(handover.id, helped, alone)).rejects.toMatchObject({ code: 'HANDOVER_NOT_OPEN' });
    });

    it('refers what is the business of another office, also before anybody has visited', async () => {
      const made = await givenCase(village, { at: 'ACCEPTED' });
      const referral = { caseId: made.caseId, office: 'MEDICAL_INSURANCE', note: null } as const;
      await service().refer(as(village, 'clerk'), referral);
      expect(await caseOf(made)).toMatchObject({ state: 'REFERRED', endReason: 'MEDICAL_INSURANCE' });
      const handover = await handoverOf(made);
      expect(handover).toMatchObject({ kind: 'OFFICE', toSocietyId: null, state: 'OPEN' });
      await expect(answer(handover.id)).rejects.toMatchObject({ code: 'HANDOVER_NOT_FOUND' });
      await answer(handover.id, { note: '已按大病报销' }, village);
      expect(await handoverOf(made)).toMatchObject({ state: 'ANSWERED', answer: 'NOT_HELPED' });
    });

    it('is not for the applicant, nor for whoever is tied to the applicant (D4-19)', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const tie = {
        personId: made.applicantId,
        relativeId: village.at.clerk.personId,
        relation: 'SPOUSE',
      } as const;
      await house.get(PeopleService).declareKin(as(village, 'secretary'), tie);
      await expect(escalate(made, village, {}, 'clerk')).rejects.toMatchObject({ code: 'KIN_CANNOT_ACT' });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED' });
    });

    it('is done once, when ten press at once', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const answers = await Promise.allSettled(Array.from({ length: 10 }, () => escalate(made)));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { id } = await handoverOf(made);
      expect((await owed()).filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
    });
  });

  describe('what the board leads to', () => {
    it('hands over by itself after the second round without a quorum', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      for (const round of [1, 2]) {
        const opening = { caseId: made.caseId, recusals: [] };
        await house.get(CasesService).openRound(as(village, 'secretary'), opening);
        expect((await caseOf(made)).roundsOpened).toBe(round);
        house.clock.advance({ hours: 25 });
        await house.get(RoundsService).closeDue(house.clock.now());
      }
      expect(await caseOf(made)).toMatchObject({ state: 'ESCALATED', endReason: 'LAPSED_TWICE' });
      expect(await handoverOf(made)).toMatchObject({ reason: 'LAPSED_TWICE', toSocietyId: town.societyId });
    });

    it('D4-16 three kin of five stand aside: no board is left, and the town has it with that reason', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      for (const post of ['third', 'fourth', 'fifth'] as const) {
        const tie = {
          personId: made.applicantId,
          relativeId: village.at[post].personId,
          relation: 'LINEAL',
        } as const;
        await house.get(PeopleService).declareKin(as(village, 'clerk'), tie);
      }
      const reason = 'TOO_FEW_ELECTORS' as const;
      const opening = { caseId: made.caseId, recusals: [] };
      const opened = await house.get(CasesService).openRound(as(village, 'secretary'), opening);
      expect(opened).toMatchObject({ outcome: 'escalated' });
      expect(await caseOf(made)).toMatchObject({ state: 'ESCALATED', endReason: reason, countedYear: null });
      const handover = await handoverOf(made);
      expect(handover).toMatchObject({ reason, toSocietyId: town.societyId, state: 'OPEN' });
      expect((await owed()).map(({ subjectId }) => subjectId)).toContain(handover.id);
    });

    it('lets the town look again at a no, within thirty days and not a day later', async () => {
      const [inTime, late] = [
        await givenCase(village, { at: 'VOTING', cause: 'FIRE' }),
        await givenCase(village, { at: 'VOTING', cause: 'FIRE' }),
      ];
      for (const { roundId } of [inTime, late])
        await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
          roundId,
          presiderId: village.at.chair.personId,
          hands: handsOf(village, 'no'),
          place: null,
          sheet: await photo(),
        });
      const review = ({ caseId }: GivenCase) =>
        service().askReview(as(village, 'secretary'), { caseId, note: '申请人补了材料' });
      const decided = await givenCase(village, { at: 'VERIFIED' });
      await expect(review(decided)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
      house.clock.advance({ days: 30 });
      await review(inTime);
      expect(await handoverOf(inTime)).toMatchObject({ reason: 'REVIEW', toSocietyId: town.societyId });
      house.clock.advance({ days: 5 });
      await expect(review(late)).rejects.toMatchObject({ code: 'REVIEW_TOO_LATE' });
      expect(await caseOf(late)).toMatchObject({ state: 'REJECTED' });
    });
  });

  describe('taking on', () => {
    it('copies the person sealed into the union, and begins its ordinary road', async () => {
      const number = idNumber();
      const { made, handover } = await handedUp(
        { applicant: { name: '范远山', idNumber: number, phone: '13900000001' }, story: '夜里发病' },
        { reason: 'OVER_LIMIT', askedFen: fen(900_000) },
      );
      const taken = await takeOn(handover.id);
      const own = await caseOf(taken, town);
      expect(own).toMatchObject({ state: 'ACCEPTED', amountFen: 900_000, method: 'CARD' });
      const [people, from] = [
        house.get(PeopleQueries),
        await house.get(PeopleQueries).person(village.societyId, made.applicantId),
      ];
      const copied = await people.person(town.societyId, own.applicantId);
      expect(copied).toMatchObject({
        name: '范远山',
        idState: 'KNOWN',
        phoneTail: '0001',
        bornOn: from.bornOn,
      });
      expect(copied.group).toMatch(/^柳溪\d+村三组$/);
      expect(await house.get(SecretsQueries).idNumber(town.societyId, copied.id)).toBe(number);
      expect(await people.consentsOf(town.societyId, copied.id)).toEqual(
        await people.consentsOf(village.societyId, made.applicantId),
      );
      const sources: { source: string }[] = await house.dataSource.query(
        `SELECT source_id AS "source" FROM consents WHERE person_id = '${copied.id}'
         UNION ALL SELECT source_id FROM pledges WHERE person_id = '${copied.id}'`,
      );
      expect(sources).toHaveLength(5);
      expect(new Set(sources.map(({ source }) => source))).toEqual(new Set([handover.id]));
      const [account] = await people.payeeAccounts(town.societyId, copied.id);
      const [original] = await people.payeeAccounts(village.societyId, made.applicantId);
      expect(account).toMatchObject({
        cardTail: original?.cardTail,
        bankName: original?.bankName,
        matchesName: true,
      });
      expect(own.payeeAccountId).toBe(account?.id);
      expect(await house.get(CasesQueries).story(town.societyId, own.id)).toBe('夜里发病');
      const duties = await house.get(DutiesQueries).ofThread(own.id);
      expect(duties.map(({ kind: each }) => each)).toEqual(['VISIT']);
      expect((await owed()).map(({ subjectId }) => subjectId)).not.toContain(handover.id);
      expect(await handoverOf(made)).toMatchObject({ state: 'TAKEN', takenNumber: taken.number });
    });

    it('knows who was there before, by number, and by name, birth and place', async () => {
      const person = { name: '逄二次', idNumber: null, bornOn: '1961-04-05' };
      const first = await handedUp({ applicant: person });
      const one = await caseOf(await takeOn(first.handover.id), town);
      const before = await house.get(PeopleQueries).count(town.societyId);
      // Registered a second time in the village by mistake: to the town it is the same one, with the same cause.
      const again = await handedUp({ applicant: person });
      await expect(takeOn(again.handover.id)).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });
      expect(await handoverOf(again.made)).toMatchObject({ state: 'OPEN' });
      const other = await handedUp({ applicant: person, cause: 'FIRE' });
      expect(await caseOf(await takeOn(other.handover.id), town)).toMatchObject({
        applicantId: one.applicantId,
      });

      const number = idNumber();
      await personIn(house, town.societyId, { name: '范知名', idNumber: number });
      const known = await handedUp({ applicant: { name: '范知名', idNumber: number } });
      await takeOn(known.handover.id);
      expect(await house.get(PeopleQueries).count(town.societyId)).toBe(before + 1);
    });

    it('keeps a child with its guardian', async () => {
      const guardianId = await personIn(house, village.societyId, { name: '范家长', idNumber: idNumber() });
      const child = { name: '范小儿', idNumber: idNumber('20150601'), guardianId };
      const { handover } = await handedUp({ applicant: child, cause: 'SCHOOLING' });
      const own = await caseOf(await takeOn(handover.id), town);
      const copied = await house.get(PeopleQueries).person(town.societyId, own.applicantId);
      expect(copied.isMinor).toBe(true);
      expect(await house.get(PeopleQueries).person(town.societyId, copied.guardianId ?? '')).toMatchObject({
        name: '范家长',
      });
    });

    it('keeps who lives together together: one household has one allowance there too', async () => {
      const one = await handedUp();
      const { householdId } = await caseOf(one.made);
      const other = await handedUp({ applicant: { name: '范同住', householdId }, cause: 'ACCIDENT' });
      const first = await caseOf(await takeOn(one.handover.id), town);
      const second = await caseOf(await takeOn(other.handover.id), town);
      expect(first.householdId).toBe(second.householdId);
      const { members } = await house.get(PeopleQueries).household(town.societyId, first.householdId);
      expect(members).toHaveLength(2);
    });

    it('is refused beyond the limit of the union itself, with all as it was', async () => {
      const { made, handover } = await handedUp({}, { reason: 'OVER_LIMIT', askedFen: fen(2_000_001) });
      const before = await house.get(PeopleQueries).count(town.societyId);
      await expect(takeOn(handover.id)).rejects.toMatchObject({ code: 'PER_CASE_LIMIT' });
      expect(await house.get(PeopleQueries).count(town.societyId)).toBe(before);
      expect(await handoverOf(made)).toMatchObject({ state: 'OPEN' });
      await takeOn(handover.id, 2_000_000);
      expect(await handoverOf(made)).toMatchObject({ state: 'TAKEN' });
    });

    it('is done once, when ten take it on at once', async () => {
      const { handover } = await handedUp();
      const answers = await Promise.allSettled(Array.from({ length: 10 }, () => takeOn(handover.id)));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of answers)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'HANDOVER_NOT_OPEN' });
    });

    it('D4-69 is not there for another union, nor for a village', async () => {
      const { made, handover } = await handedUp();
      const other = await givenTown(house);
      for (const stranger of [other, village, alone])
        await expect(takeOn(handover.id, null, stranger)).rejects.toMatchObject({
          code: 'HANDOVER_NOT_FOUND',
        });
      await expect(answer(handover.id, {}, other)).rejects.toMatchObject({ code: 'HANDOVER_NOT_FOUND' });
      await expect(answer(handover.id, {}, village)).rejects.toMatchObject({ code: 'ANSWER_NOT_YOURS' });
      const look = service().readStory(as(other, 'chair').actor, handover.id, '想看看');
      await expect(look).rejects.toMatchObject({ code: 'HANDOVER_NOT_FOUND' });
      expect(await handoverOf(made)).toMatchObject({ state: 'OPEN' });
    });
  });

  describe('the answer', () => {
    it('comes by itself with the payment, and keeps barring the same cause', async () => {
      const { made, handover } = await handedUp({ amountFen: 120_000 });
      const { caseId } = await takeOn(handover.id);
      await decide(caseId, 'yes');
      expect(await handoverOf(made)).toMatchObject({ state: 'TAKEN' });
      await pay(caseId);
      expect(await handoverOf(made)).toMatchObject({
        state: 'ANSWERED',
        answer: 'HELPED',
        answeredFen: 120_000,
      });
      expect((await caseOf(made)).causeKey).not.toBeNull();
      await expect(answer(handover.id)).rejects.toMatchObject({ code: 'HANDOVER_NOT_OPEN' });
    });

    it('comes by itself with a no, and the village may register anew', async () => {
      const { made, handover } = await handedUp();
      const { caseId } = await takeOn(handover.id);
      await decide(caseId, 'no');
      expect(await handoverOf(made)).toMatchObject({
        state: 'ANSWERED',
        answer: 'NOT_HELPED',
        answeredFen: null,
      });
      expect((await caseOf(made)).causeKey).toBeNull();
    });

    it('waits again when the bank sends the money back', async () => {
      const { made, handover } = await handedUp();
      const { caseId } = await takeOn(handover.id);
      const at = house.clock.now();
      const step = (to: 'PAID' | 'APPROVED') =>
        house
          .get(Transactions)
          .run((tx) => house.get(HandoverSteps).answeredBy(tx, { id: caseId }, { to, at, byPersonId: null }));
      await step('PAID');
      expect(await handoverOf(made)).toMatchObject({ state: 'ANSWERED' });
      await step('APPROVED');
      expect(await handoverOf(made)).toMatchObject({ state: 'TAKEN', answer: null, answeredFen: null });
    });

    it('returned, bars no second registration', async () => {
      const { made, handover } = await handedUp({ method: 'CASH' });
      const register = () =>
        house.get(IntakeService).registerCase(as(village, 'clerk'), {
          ...{ leadId: null, applicantId: made.applicantId, cause: 'ILLNESS', amountFen: fen(100_000) },
          ...{ story: null, method: 'CASH', payeeAccountId: null, pledged: true, visitors: [], photos: [] },
          consents: ['PROCESS', 'HEALTH_BANK'],
        });
      await expect(register()).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });
      await answer(handover.id, { answer: 'RETURNED', note: '本社钱够，请再表决' });
      expect((await owed()).map(({ subjectId }) => subjectId)).not.toContain(handover.id);
      expect((await register()).number).toMatch(/^2026-/);
    });

    it('names an amount only where somebody helped', async () => {
      const { made, handover } = await handedUp();
      const wrong = { answer: 'RETURNED', answeredFen: fen(1) };
      await expect(answer(handover.id, wrong)).rejects.toMatchObject({ code: 'AMOUNT_WITHOUT_HELP' });
      expect(await handoverOf(made)).toMatchObject({ state: 'OPEN' });
    });

    it('is one, when one takes it on and another answers at once', async () => {
      for (let race = 0; race < 5; race++) {
        const { made, handover } = await handedUp();
        const answers = await Promise.allSettled([takeOn(handover.id), answer(handover.id)]);
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(['TAKEN', 'ANSWERED']).toContain((await handoverOf(made)).state);
      }
    });

    it('lets the town read the story only with a reason, and keeps every look', async () => {
      const { made, handover } = await handedUp({ story: '夜里突然发病' });
      const read = await service().readStory(as(town, 'chair').actor, handover.id, '要开会定');
      expect(read).toBe('夜里突然发病');
      const rows: { words: string; society: string }[] = await house.dataSource.query(
        `SELECT words AS "words", society_id AS "society" FROM audit_acts
         WHERE subject_kind = 'handover' AND act = 'read' AND thread_id = '${made.caseId}'`,
      );
      expect(rows).toEqual([{ words: '看村里案件的经过：要开会定', society: town.societyId }]);
    });
  });

  it('is found out by the reconciler when it is belied by a case or a duty', async () => {
    const { made, handover } = await handedUp();
    const slips = [
      [['case_handovers'], `UPDATE case_handovers SET reason = 'REVIEW' WHERE id = '${handover.id}'`],
      [['case_handovers'], `DELETE FROM case_handovers WHERE id = '${handover.id}'`],
      [['duties'], `DELETE FROM duties WHERE subject_id = '${handover.id}'`],
      [['cases'], `UPDATE cases SET state = 'REFERRED' WHERE id = '${made.caseId}'`],
    ] as const;
    const intruder = await intruderIn(house.dataSource);
    for (const [tables, sql] of slips)
      await intruder.undoing(tables, async () => {
        await intruder.run(sql);
        const { findings } = await findAll(house.app);
        expect(findings.map(({ kind: each }) => each)).toContain('handover');
      });
    await intruder.close();
  });
});
