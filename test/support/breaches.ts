import { RoundsService } from '../../src/board/index.js';
import { AppealsService, BreachesService } from '../../src/breaches/index.js';
import { RevocationsService } from '../../src/cases/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { OfficesQueries } from '../../src/offices/index.js';
import { as, givenCase, handsOf, photo } from './village.js';
import type { CaseWanted, GivenCase, Post, Village } from './village.js';

export type Untrue = GivenCase & { readonly groundId: string };

/** A grant that the board took back, since what its applicant had said was untrue. */
export async function givenUntrue(village: Village, wanted: Partial<CaseWanted> = {}): Promise<Untrue> {
  const made = await givenCase(village, { ...wanted, at: 'PAID' });
  const { revocationId: groundId, roundId } = await village.house
    .get(RevocationsService)
    .askRevocation(as(village, 'secretary'), {
      ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: null, recusals: [] },
    });
  await village.house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
    ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, 'yes') },
    ...{ place: null, sheet: await photo() },
  });
  return { ...made, groundId };
}

export const REASON = '保险已经赔过，登记时没有说';
export const STATEMENT = '当时不知道要说';

export const propose = (village: Village, groundId: string, by: Post = 'secretary', months = 12) =>
  village.house.get(BreachesService).propose(as(village, by), { groundId, reason: REASON, months });

export const hear = (village: Village, breachId: string, by: Post = 'clerk') =>
  village.house
    .get(BreachesService)
    .hear(as(village, by), { breachId, how: 'IN_PERSON', statement: STATEMENT, told: null });

export type GivenBreach = Untrue & { readonly breachId: string };

/** Somebody whose flag was proposed by the secretary, heard by the clerk and confirmed by the chair. */
export async function givenBreach(
  village: Village,
  { months = 12, ...wanted }: Partial<CaseWanted> & { readonly months?: number } = {},
): Promise<GivenBreach> {
  const untrue = await givenUntrue(village, wanted);
  const { breachId } = await propose(village, untrue.groundId, 'secretary', months);
  await hear(village, breachId);
  await village.house.get(BreachesService).confirm(as(village, 'chair'), { breachId });
  return { ...untrue, breachId };
}

/** The term of somebody's office, whose pledge was signed. */
export async function termOf({ house, societyId, at }: Village, post: Post): Promise<string> {
  const terms = await house.get(OfficesQueries).terms(societyId);
  return terms.find(({ personId }) => personId === at[post].personId)?.id ?? '';
}

/** A director who broke the pledge, by chair and supervisor, and who does not accept it. */
export async function givenAppeal(village: Village): Promise<{ breachId: string; appealId: string }> {
  const { house } = village;
  const { breachId } = await propose(village, await termOf(village, 'fifth'), 'chair');
  await hear(village, breachId);
  await house.get(BreachesService).confirm(as(village, 'supervisor'), { breachId });
  const made = { how: 'WRITTEN', madeOn: dayOf(house.clock.now()), words: '我回避了' } as const;
  const { appealId } = await house.get(AppealsService).appeal(as(village, 'clerk'), { breachId, ...made });
  return { breachId, appealId };
}
