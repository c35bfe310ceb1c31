import { BoardQueries } from '../../src/board/index.js';
import { CasesQueries, CasesService, IntakeService } from '../../src/cases/index.js';
import type { Cause } from '../../src/cases/index.js';
import { TownDeskQueries } from '../../src/cases/town-desk.queries.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import type { Residence } from '../../src/people/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import type { CharterTerms } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound, staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, idNumber, personIn } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';
import { adoptCharter } from '../support/rules.js';

/** Small enough to meet each limit with one case: 1,000 a case, 1,500 and three times a year. */
const TERMS: Partial<CharterTerms> = {
  fastPathLimitFen: fen(50_000),
  perCaseLimitFen: fen(100_000),
  householdYearLimitFen: fen(150_000),
  householdYearLimitCount: 3,
};

describe.each(kinds)('$name', (kind) => {
  let house: House;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const adopt = async ({ societyId }: Village, change: Partial<CharterTerms>) => {
    const today = dayOf(house.clock.now());
    const known = await house.get(SocietiesQueries).charterOn(societyId, today);
    const terms: CharterTerms = { ...known, validFrom: today, ...change };
    await adoptCharter(house, societyId, terms);
  };
  const givenStrict = async (change: Partial<CharterTerms> = {}) => {
    const village = await givenVillage(house);
    await adopt(village, { ...TERMS, ...change });
    return village;
  };
  const register = async (
    village: Village,
    applicantId: string,
    amountFen: number,
    cause: Cause = 'ILLNESS',
  ) =>
    house.get(IntakeService).registerCase(as(village, 'clerk'), {
      ...{ leadId: null, applicantId, cause, amountFen: fen(amountFen), story: null, method: 'CASH' },
      ...{ payeeAccountId: null, pledged: true, photos: [], visitors: village.visitors },
      consents: ['PROCESS', 'HEALTH_BANK'],
    });
  const open = (village: Village, { caseId }: Pick<GivenCase, 'caseId'>) =>
    house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals: [] });
  const seen = async ({ societyId }: Village) =>
    (await house.get(CasesQueries).page(societyId, { limit: 100 })).cases.length;
  const householdOf = async ({ societyId }: Village, { caseId }: Pick<GivenCase, 'caseId'>) =>
    (await house.get(CasesQueries).case(societyId, caseId)).householdId;

  it('takes on a case of exactly the limit of a case, and none of one fen more', async () => {
    const village = await givenStrict();
    const applicantId = await personIn(house, village.societyId, { idNumber: idNumber() });
    await expect(register(village, applicantId, 100_001)).rejects.toMatchObject({
      code: 'PER_CASE_LIMIT',
      details: { limitFen: 100_000, askedFen: 100_001 },
    });
    expect(await seen(village)).toBe(0);
    expect((await register(village, applicantId, 100_000)).number).toBe('2026-0001');
  });

  it('asks the limit of a case again when the round opens, by the charter of that day', async () => {
    const village = await givenStrict();
    const made = await givenCase(village, { at: 'VERIFIED', amountFen: 100_000 });
    const tomorrow = addDays(dayOf(house.clock.now()), 1);
    await adopt(village, { perCaseLimitFen: fen(99_999), validFrom: tomorrow });
    house.clock.advance({ days: 1 });
    const before = await house.get(LedgerQueries).fund(village.societyId);
    await expect(open(village, made)).rejects.toMatchObject({ code: 'PER_CASE_LIMIT' });
    expect(await house.get(LedgerQueries).fund(village.societyId)).toEqual(before);
    expect(await house.get(BoardQueries).roundsOf('case', made.caseId)).toEqual([]);
  });

  it('gives a household of a year what the charter says to the fen, and not one fen more', async () => {
    const village = await givenStrict();
    const first = await givenCase(village, { at: 'APPROVED', amountFen: 100_000 });
    const householdId = await householdOf(village, first);
    const other = await personIn(house, village.societyId, { name: '范同住', householdId });
    await expect(register(village, other, 50_001)).rejects.toMatchObject({
      code: 'HOUSEHOLD_YEAR_LIMIT',
      details: { usedFen: 100_000, askedFen: 50_001, limitFen: 150_000 },
    });
    const last = await register(village, other, 50_000);
    await open(village, last);
    const use = await house.get(CasesQueries).useOf(village.societyId, householdId, 2026);
    expect(use).toEqual({ usedFen: 150_000, usedCount: 2 });
    await expect(register(village, other, 1, 'FIRE')).rejects.toMatchObject({ code: 'HOUSEHOLD_YEAR_LIMIT' });
  });

  it('helps a household as often as the charter says, and not once more', async () => {
    const village = await givenStrict();
    const first = await givenCase(village, { at: 'VOTING', amountFen: 10_000 });
    const householdId = await householdOf(village, first);
    const other = await personIn(house, village.societyId, { name: '范同住', householdId });
    for (const cause of ['FIRE', 'ACCIDENT'] as const)
      await open(village, await register(village, other, 10_000, cause));
    await expect(register(village, other, 10_000, 'DISASTER')).rejects.toMatchObject({
      code: 'HOUSEHOLD_YEAR_LIMIT',
      details: { usedCount: 3, limitCount: 3 },
    });
  });

  it('begins a household anew with the year', async () => {
    const own = await givenHouse(kind, '2026-12-31T02:00:00.000Z');
    const there = await givenVillage(own);
    const first = await givenCase(there, { at: 'VOTING', amountFen: 300_000 });
    const { householdId } = await own.get(CasesQueries).case(there.societyId, first.caseId);
    own.clock.advance({ days: 1 });
    const next = await givenCase(there, {
      ...{ at: 'VOTING', amountFen: 300_000, cause: 'ILLNESS' },
      applicant: { name: '范同住', householdId },
    });
    expect(next.number).toBe('2027-0001');
    const useOf = (year: number) => own.get(CasesQueries).useOf(there.societyId, householdId, year);
    expect([await useOf(2026), await useOf(2027)]).toEqual([
      { usedFen: 300_000, usedCount: 1 },
      { usedFen: 300_000, usedCount: 1 },
    ]);
    await expectSound(own);
    await own.close();
  });

  it.each`
    scope         | residence     | taken    | because
    ${'HUKOU'}    | ${'HUKOU'}    | ${true}  | ${'registered here'}
    ${'HUKOU'}    | ${'RESIDENT'} | ${false} | ${'lives here only'}
    ${'HUKOU'}    | ${'OUTSIDER'} | ${false} | ${'from elsewhere'}
    ${'RESIDENT'} | ${'HUKOU'}    | ${true}  | ${'registered here'}
    ${'RESIDENT'} | ${'RESIDENT'} | ${true}  | ${'lives here'}
    ${'RESIDENT'} | ${'OUTSIDER'} | ${false} | ${'from elsewhere'}
    ${'ANY'}      | ${'RESIDENT'} | ${true}  | ${'whoever is in need here'}
    ${'ANY'}      | ${'OUTSIDER'} | ${true}  | ${'whoever is in need here'}
  `('$scope and $residence: $because', async ({ scope, residence, taken }: Scope) => {
    const village = await givenStrict({ scope });
    const applicantId = await personIn(house, village.societyId, { residence, idNumber: idNumber() });
    const asked = register(village, applicantId, 10_000);
    if (taken) expect((await asked).number).toBe('2026-0001');
    else await expect(asked).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' });
    expect(await seen(village)).toBe(taken ? 1 : 0);
  });
  type Scope = { scope: CharterTerms['scope']; residence: Residence; taken: boolean };

  it('says when the balance is below the mark of the charter, and opens a round all the same', async () => {
    const village = await givenStrict({ minBalanceFen: fen(3_000_000) });
    const standing = async () =>
      (
        await house.get(TownDeskQueries).standings({ societyId: village.societyId }, dayOf(house.clock.now()))
      )[0];
    expect(await standing()).toMatchObject({ balanceFen: 3_000_000, minBalanceFen: 3_000_000 });
    await givenCase(village, { at: 'PAID', amountFen: 100 });
    expect(await standing()).toMatchObject({ balanceFen: 2_999_900, minBalanceFen: 3_000_000 });
    expect((await givenCase(village, { at: 'VOTING', amountFen: 10_000 })).roundId).not.toBe('');
  });
});
