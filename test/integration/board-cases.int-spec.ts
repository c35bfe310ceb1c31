import { BallotsService, BoardQueries, RoundsService } from '../../src/board/index.js';
import { RecorderRecused } from '../../src/board/domain/board.errors.js';
import { CasesService } from '../../src/cases/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { as, givenCase, givenVillage, handsOf, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** What the board does to a real case: the money set aside for it, and who may write down its ballots. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house);
  });
  afterAll(() => house.close());

  const fund = () => house.get(LedgerQueries).fund(village.societyId);
  const recusalOf = (post: Post) => ({
    personId: village.at[post].personId,
    reason: 'CREDITOR' as const,
  });

  it('D4-16 three of five stand aside as the round opens: it ends, and the money is free again', async () => {
    const { caseId } = await givenCase(village, { at: 'VERIFIED' });
    const before = await fund();
    const recusals = [recusalOf('third'), recusalOf('fourth'), recusalOf('fifth')];
    const opened = await house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals });
    expect(opened.outcome).toBe('escalated');
    expect(await fund()).toEqual(before);
    const [round] = await house.get(BoardQueries).roundsOf('case', caseId);
    expect(round).toMatchObject({ id: opened.roundId, state: 'ESCALATED', electors: 2 });
  });

  it('D4-16 a third stands aside while they vote: the money is free again', async () => {
    const { caseId } = await givenCase(village, { at: 'VERIFIED' });
    const before = await fund();
    const recusals = [recusalOf('fourth'), recusalOf('fifth')];
    const cases = house.get(CasesService);
    const { roundId, outcome } = await cases.openRound(as(village, 'secretary'), { caseId, recusals });
    expect(outcome).toBeNull();
    expect((await fund()).reservedFen).toBe(100_000);
    const aside = { roundId, directorId: village.at.third.personId, reason: 'CREDITOR' as const };
    const answer = await house.get(RoundsService).recuse(as(village, 'third'), aside);
    expect(answer.outcome).toBe('escalated');
    expect(await fund()).toEqual(before);
  });

  it('a secretary whom the register ties to the applicant writes down no ballot; the clerk does', async () => {
    const { caseId, applicantId } = await givenCase(village, { at: 'VERIFIED' });
    const { secretary, chair } = village.at;
    const kin = { personId: secretary.personId, relativeId: applicantId, relation: 'SPOUSE' as const };
    await house.get(PeopleService).declareKin(as(village, 'clerk'), kin);
    const opened = await house.get(CasesService).openRound(as(village, 'clerk'), { caseId, recusals: [] });
    const { roundId } = opened;
    const sheet = async () => ({
      roundId,
      presiderId: chair.personId,
      hands: handsOf(village, 'yes'),
      place: null,
      sheet: await photo(),
    });
    const rounds = house.get(RoundsService);
    await expect(rounds.recordShowOfHands(as(village, 'secretary'), await sheet())).rejects.toThrow(
      RecorderRecused,
    );
    const ballot = { roundId, directorId: chair.personId, choice: 'yes' as const, why: null };
    await expect(house.get(BallotsService).castBallot(as(village, 'secretary'), ballot)).rejects.toThrow(
      RecorderRecused,
    );
    expect((await rounds.recordShowOfHands(as(village, 'clerk'), await sheet())).outcome).toBe('approved');
  });
});
