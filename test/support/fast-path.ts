import { RoundsService } from '../../src/board/index.js';
import { FastPathService } from '../../src/cases/index.js';
import { as, givenCase, handsOf, photo } from './village.js';
import type { CaseWanted, GivenCase, Village } from './village.js';

export type GivenFastPath = GivenCase & { readonly fastPathId: string };

const of = ({ house }: Village) => house.get(FastPathService);

/** A case of its own on the fast path: the secretary-general has opened it, and two are asked. */
export async function givenFastPath(
  village: Village,
  wanted: Omit<CaseWanted, 'at'> = {},
): Promise<GivenFastPath> {
  const made = await givenCase(village, { ...wanted, at: 'VERIFIED' });
  return { ...made, ...(await openFast(village, made)) };
}

export const openFast = (village: Village, { caseId }: GivenCase) =>
  of(village).open(as(village, 'secretary'), { caseId, risk: 'LIFE' });

export type Signer = 'chair' | 'deputy' | 'secretary' | 'supervisor';

export const signFast = (
  village: Village,
  { fastPathId }: GivenFastPath,
  signer: Signer,
  answer: 'yes' | 'no' = 'yes',
) => of(village).sign(as(village, signer), { fastPathId, answer });

/** The same, signed by all three. */
export async function givenApproved(
  village: Village,
  wanted: Omit<CaseWanted, 'at'> = {},
): Promise<GivenFastPath> {
  const made = await givenFastPath(village, wanted);
  await signFast(village, made, 'chair');
  await signFast(village, made, 'supervisor');
  return made;
}

export const askRatification = (village: Village, { caseId }: GivenCase) =>
  of(village).askRatification(as(village, 'secretary'), { caseId, recusals: [] });

/** The board is asked, and all five raise a hand. */
export async function boardSays(village: Village, made: GivenCase, choice: 'yes' | 'no'): Promise<string> {
  const { roundId } = await askRatification(village, made);
  await village.house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
    roundId,
    presiderId: village.at.chair.personId,
    hands: handsOf(village, choice),
    place: null,
    sheet: await photo(),
  });
  return roundId;
}
