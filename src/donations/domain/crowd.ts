import type { RegionLevel } from '../../societies/domain/region.js';

/** A family hides among at least so many (issue 5): fewer, and the place alone would point at a door. */
export const CROWD = 5;

/** A place, and how many cases were paid to families who live in it. */
export type Step = { readonly level: RegionLevel; readonly name: string; readonly paidCases: number };

export type ShownPlace = {
  readonly words: string;
  /** The place is the family's own: only then may anything lead on to it, such as its public notice. */
  readonly isOwn: boolean;
};

/**
 * Where a family lives, as a donor may read it: the narrowest place in which it is one of a crowd. `steps` begin with
 * the family's own place and widen; where even the county is too small, nothing is named.
 */
export function shownPlaceOf(steps: readonly Step[]): ShownPlace {
  const at = steps.findIndex(({ paidCases }) => paidCases >= CROWD);
  const shown = steps[at];
  if (shown) return { words: shown.name, isOwn: at === 0 };
  const isOfACity = steps.some(({ level }) => level === 'CITY');
  return { words: isOfACity ? '本市' : '本县', isOwn: false };
}

/**
 * Whether it may be told to the minute when the books were last written to. Where one of the uses says its month alone, no:
 * the last entry is often that very payment, and its minute would give the day away. When a gift came in, and when its
 * receipt was written, stays a day: it is the giver's own, and is printed on his receipt (domain.md 1.5).
 */
export function mayTellMinute(uses: readonly { readonly isOwn: boolean }[]): boolean {
  return uses.every(({ isOwn }) => isOwn);
}

/**
 * Whether the name of whoever holds the money may stand beside what became of it: the name of a society is the name of
 * its village. As long as nothing was paid it points at nobody.
 */
export function mayNameHolder(of: {
  readonly isFederation: boolean;
  readonly usesFromThere: number;
  readonly place: ShownPlace;
}): boolean {
  return of.isFederation || of.usesFromThere === 0 || of.place.isOwn;
}
