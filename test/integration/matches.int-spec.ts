import { randomUUID } from 'node:crypto';
import {
  AmendmentsService,
  CasesQueries,
  EndingsService,
  HandoversService,
  MatchesQueries,
  MatchesService,
} from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { DutiesVerifier } from '../../src/house/duties.verifier.js';
import { fen } from '../../src/kernel/fen.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, cardNumber, givenCase, givenVillage, idNumber, personIn } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

const NAME = '欧阳重复';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let one: Village;
  let other: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    federationId = await givenFederation(house);
    one = await givenVillage(house, { parentId: federationId });
    other = await givenVillage(house, { parentId: federationId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const facts = ({ caseId }: GivenCase) => house.get(MatchesQueries).ofCase(caseId);
  const owed = async ({ caseId }: GivenCase) =>
    (await house.get(DutiesQueries).ofThread(caseId)).filter(
      (duty) => duty.kind === 'EXPLAIN_MATCH' && duty.settledAt === null,
    );
  const dispose = (
    village: Village,
    matchId: string,
    reason: 'VISITED' | 'SAME_EVENT' | 'ASKING' | 'OTHER_EVENT',
  ) => house.get(MatchesService).dispose(as(village, 'secretary'), { matchId, reason });
  const firstOf = async (given: GivenCase) => {
    const [match] = await facts(given);
    if (!match) throw new Error('Nothing was found');
    return match;
  };

  /** The same human being in the registers of two villages, and a case in the first. */
  async function givenTwice({ number = idNumber(), days = 40 } = {}) {
    const here = await personIn(house, one.societyId, { name: NAME, idNumber: number });
    const there = await personIn(house, other.societyId, { name: NAME, idNumber: number });
    const before = await givenCase(one, { at: 'ACCEPTED', applicantId: here, amountFen: 100_000 });
    house.clock.advance({ hours: 24 * days });
    return { before, there, number };
  }

  it('says when, how much and what class of event, and nothing that names anybody or any place', async () => {
    const { before, there } = await givenTwice();
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there, cause: 'FIRE' });
    const match = await firstOf(after);
    const { acceptedAt } = await house.get(CasesQueries).case(one.societyId, before.caseId);
    expect(match).toMatchObject({ whys: ['ID_NUMBER'], disposition: null });
    expect(match.other).toEqual({
      ...{ acceptedOn: acceptedAt.toISOString().slice(0, 10), amountFen: 100_000, cause: 'ILLNESS' },
    });
    expect(JSON.stringify(match)).not.toMatch(
      new RegExp(`${NAME}|${before.number}|${before.caseId}|${one.societyId}`),
    );
    expect(await facts(before)).toEqual([]); // whoever asks later explains
  });

  it('blocks nothing, and adds a duty to explain within five working days', async () => {
    const { there } = await givenTwice();
    const after = await givenCase(other, { at: 'PAID', applicantId: there });
    expect(await house.get(CasesQueries).case(other.societyId, after.caseId)).toMatchObject({
      state: 'PAID',
    });
    const [duty] = await owed(after);
    expect(duty).toMatchObject({ ownerRole: 'secretary', rule: { unit: 'working-days', count: 5 } });
    await dispose(other, (await firstOf(after)).id, 'OTHER_EVENT');
    expect(await owed(after)).toEqual([]);
  });

  it('finds the household by whoever lives in it', async () => {
    const number = idNumber();
    const here = await personIn(house, one.societyId, { name: NAME, idNumber: number });
    await givenCase(one, { at: 'ACCEPTED', applicantId: here, method: 'CASH' });
    const people = house.get(PeopleService);
    const child = { name: '欧阳小户', group: '三组', residence: 'HUKOU', idNumber: number } as const;
    const { householdId } = await people.addPerson(as(other, 'secretary'), child);
    const { personId } = await people.addPerson(as(other, 'secretary'), {
      ...{ name: '欧阳大户', group: '三组', residence: 'HUKOU' },
      ...{ householdId, idNumber: idNumber() },
    });
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: personId, method: 'CASH' });
    expect((await facts(after)).map(({ whys }) => whys)).toEqual([['HOUSEHOLD']]);
  });

  it('finds the card that the money of both goes to, whoever they are', async () => {
    const card = cardNumber();
    await givenCase(one, { at: 'ACCEPTED', cardNumber: card });
    const after = await givenCase(other, { at: 'ACCEPTED', cardNumber: card });
    expect((await facts(after)).map(({ whys }) => whys)).toEqual([['CARD']]);
  });

  it('takes two people for two from then on, until it expires, and no longer', async () => {
    const { there } = await givenTwice();
    const first = await givenCase(other, { at: 'ACCEPTED', applicantId: there, cause: 'FIRE' });
    const match = await firstOf(first);
    await dispose(other, match.id, 'VISITED');
    expect(await firstOf(first)).toMatchObject({ disposition: 'DIFFERENT_PERSON', reason: 'VISITED' });
    const second = await givenCase(other, { at: 'ACCEPTED', applicantId: there, cause: 'ACCIDENT' });
    expect(await facts(second)).toEqual([]);
  });

  it('keeps the duty while it is still being asked about, and says it anew when it is known', async () => {
    const { there } = await givenTwice();
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there });
    const { id } = await firstOf(after);
    await dispose(other, id, 'ASKING');
    expect([(await firstOf(after)).disposition, (await owed(after)).length]).toEqual(['OPEN', 1]);
    await dispose(other, id, 'SAME_EVENT');
    expect([(await firstOf(after)).disposition, (await owed(after)).length]).toEqual(['REPEAT_CLAIM', 0]);
  });

  it('does not look back beyond a year', async () => {
    const { there } = await givenTwice({ days: 366 });
    expect(await facts(await givenCase(other, { at: 'ACCEPTED', applicantId: there }))).toEqual([]);
  });

  it('D4-50 looks for whoever had no ID number once the number is there', async () => {
    const number = idNumber();
    const here = await personIn(house, one.societyId, { name: NAME, idNumber: number });
    await givenCase(one, { at: 'ACCEPTED', applicantId: here });
    const there = await personIn(house, other.societyId, { name: NAME, idNumber: null });
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there });
    expect(await facts(after)).toEqual([]);
    const supplied = { personId: there, idNumber: number };
    await house.get(PeopleService).supplyIdNumber(as(other, 'secretary'), supplied);
    expect((await facts(after)).map(({ whys }) => whys)).toEqual([['ID_NUMBER']]);
    expect(await owed(after)).toHaveLength(1);
  });

  it('knows nothing between societies that no federation stands above, or not the same one', async () => {
    const number = idNumber();
    const alone = await givenVillage(house);
    const elsewhere = await givenVillage(house, { parentId: await givenFederation(house) });
    for (const village of [one, alone, elsewhere]) {
      const personId = await personIn(house, village.societyId, { name: NAME, idNumber: number });
      const given = await givenCase(village, { at: 'ACCEPTED', applicantId: personId });
      expect(await facts(given)).toEqual([]);
    }
  });

  it('does not take what was handed on for a second claim', async () => {
    const personId = await personIn(house, one.societyId, { name: NAME, idNumber: idNumber() });
    const given = await givenCase(one, { at: 'VERIFIED', applicantId: personId });
    const handovers = house.get(HandoversService);
    const { handoverId } = await handovers.escalate(as(one, 'secretary'), {
      ...{ caseId: given.caseId, reason: 'NO_BOARD', askedFen: null, note: null },
    });
    const above = ofFederation(federationId, 'secretary');
    const { caseId } = await handovers.takeOn(above, { handoverId, amountFen: null });
    expect(await house.get(MatchesQueries).ofCase(caseId)).toEqual([]);
  });

  it('shows both sides to the federation alone, and lets it say what it is', async () => {
    const { before, there } = await givenTwice();
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there });
    const { id } = await firstOf(after);
    const pairs = await house.get(MatchesQueries).of(federationId);
    expect(pairs[0]).toMatchObject({
      ...{
        id,
        mine: { name: NAME, caseNumber: after.number },
        other: { name: NAME, caseNumber: before.number },
      },
    });
    expect(await house.get(MatchesQueries).of(other.societyId)).toEqual([]);
    await expect(house.get(MatchesQueries).pair(other.societyId, id)).rejects.toMatchObject({
      code: 'MATCH_NOT_FOUND',
    });
    const secretary = ofFederation(federationId, 'secretary');
    await house.get(MatchesService).dispose(secretary, { matchId: id, reason: 'SAME_EVENT' });
    expect(await firstOf(after)).toMatchObject({ disposition: 'REPEAT_CLAIM' });
  });

  it('D4-69 lets no third society explain it: not found, and nothing changed', async () => {
    const { there } = await givenTwice();
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there });
    const { id } = await firstOf(after);
    for (const matchId of [id, randomUUID()])
      await expect(dispose(one, matchId, 'VISITED')).rejects.toMatchObject({ code: 'MATCH_NOT_FOUND' });
    expect(await firstOf(after)).toMatchObject({ disposition: null });
  });

  it('is explained once by each of ten who say so at the same moment, and settled once', async () => {
    const { there } = await givenTwice();
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there });
    const { id } = await firstOf(after);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_each, n) =>
        dispose(other, id, n % 2 === 0 ? 'SAME_EVENT' : 'OTHER_EVENT'),
      ),
    );
    expect(refusalsIn(outcomes)).toEqual([]);
    expect(['REPEAT_CLAIM', 'ALLOWED_SECOND']).toContain((await firstOf(after)).disposition);
    expect(await owed(after)).toEqual([]);
  });

  it('is still to be explained when the case is amended and its vote begins anew', async () => {
    const { there } = await givenTwice();
    const after = await givenCase(other, { at: 'VOTING', applicantId: there, cause: 'FIRE' });
    const { applicantId, cause, method, payeeAccountId } = await house
      .get(CasesQueries)
      .case(other.societyId, after.caseId);
    const { voided } = await house.get(AmendmentsService).amend(as(other, 'secretary'), {
      ...{ caseId: after.caseId, cause, story: null, method, payeeAccountId, reason: 'TYPO' },
      amountFen: fen(120_000),
      payee: { relation: 'SELF', payeeId: applicantId, reason: null },
    });
    expect(voided).toBe(true);
    expect(await owed(after)).toHaveLength(1);
    await house.dataSource.transaction((manager) =>
      manager.query(`DELETE FROM duties WHERE kind = 'EXPLAIN_MATCH' AND thread_id = ?`, [after.caseId]),
    );
    const { id } = await firstOf(after);
    expect(await house.get(DutiesVerifier).check()).toMatchObject([
      { kind: 'duty missing', subject: `case_matches/${id}` },
    ]);
    await dispose(other, id, 'OTHER_EVENT');
    expect(await house.get(DutiesVerifier).check()).toEqual([]);
  });

  it('owes no explanation for a case that was taken back', async () => {
    const { there } = await givenTwice();
    const after = await givenCase(other, { at: 'ACCEPTED', applicantId: there });
    await house.get(EndingsService).withdraw(as(other, 'secretary'), {
      ...{ caseId: after.caseId, reason: 'OWN_WISH', note: null },
    });
    expect(await owed(after)).toEqual([]);
  });
});
