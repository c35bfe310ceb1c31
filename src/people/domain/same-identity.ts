import type { Day } from '../../kernel/day.js';

/** Why another person of the register may be the same one, or of one purse with them. */
export type SameWhy = 'ID' | 'PHONE' | 'CARD' | 'NAME_BIRTH_PLACE' | 'HOUSEHOLD';

export const SAME_WORDS: Record<SameWhy, string> = {
  ID: '身份证号相同',
  PHONE: '电话相同',
  CARD: '收款卡相同',
  NAME_BIRTH_PLACE: '同名、同一天出生、同一个地方，可能是同一个人',
  HOUSEHOLD: '同一户',
};

/**
 * What is asked about before a name is taken down: 是不是他？ A household is shared by many, and a card is registered
 * later. The number of an identity is not asked about but refused, since it stands in the register once.
 */
export function isLookAlike(why: SameWhy): boolean {
  return why === 'PHONE' || why === 'NAME_BIRTH_PLACE';
}

/** What two persons are compared by: indexes for what is sealed. A new person has no id, household or cards yet. */
export type IdentityFacts = {
  readonly id: string | null;
  readonly name: string;
  readonly bornOn: Day | null;
  readonly group: string;
  readonly origin: string | null;
  readonly idIndex: string | null;
  readonly phoneIndex: string | null;
  readonly householdId: string | null;
  readonly cardIndexes: readonly string[];
};

/** Why `b` may be `a`; empty when nothing speaks for it. */
export function samenessOf(a: IdentityFacts, b: IdentityFacts): SameWhy[] {
  const equal = (x: string | null, y: string | null): boolean => x !== null && x === y;
  const reasons: [holds: boolean, why: SameWhy][] = [
    [equal(a.idIndex, b.idIndex), 'ID'],
    [equal(a.phoneIndex, b.phoneIndex), 'PHONE'],
    [a.cardIndexes.some((card) => b.cardIndexes.includes(card)), 'CARD'],
    [sameByNameBirthPlace(a, b), 'NAME_BIRTH_PLACE'],
    [equal(a.householdId, b.householdId), 'HOUSEHOLD'],
  ];
  return reasons.filter(([holds]) => holds).map(([, why]) => why);
}

/**
 * Where one of two has no ID number, name, birthday and place stand for it (D4-50): the place they come from, or the
 * group they live in. Two numbers that differ are two people, whatever else is alike.
 */
function sameByNameBirthPlace(a: IdentityFacts, b: IdentityFacts): boolean {
  if (a.idIndex !== null && b.idIndex !== null) return false;
  if (a.name !== b.name || a.bornOn === null || a.bornOn !== b.bornOn) return false;
  return a.group === b.group || (a.origin !== null && a.origin === b.origin);
}
