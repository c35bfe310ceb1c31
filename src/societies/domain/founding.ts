import type { CharterTerms } from './charter.js';
import type { RegionLevel } from './region.js';

export const ORGANISATION_KINDS = ['FEDERATION', 'TOWN_UNION', 'SOCIETY'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export const KIND_WORDS: Record<OrganisationKind, string> = {
  FEDERATION: '慈善总会',
  TOWN_UNION: '乡镇联合互助社',
  SOCIETY: '村“救急难”互助社',
};

/** What is laid down when a society is founded. */
export type Founding = {
  readonly name: string;
  readonly shortName: string;
  /** The place, by the code that holds on the day of the founding. */
  readonly regionCode: string;
  readonly parentId?: string | null;
  readonly uscc?: string | null;
  readonly charter: CharterTerms;
};

/** A town union is a society whose region is a town (domain.md 1.8): the region alone says what is founded. */
export function kindAt(level: RegionLevel): OrganisationKind {
  if (level === 'VILLAGE') return 'SOCIETY';
  return level === 'TOWN' ? 'TOWN_UNION' : 'FEDERATION';
}

const RANK: Record<OrganisationKind, number> = { SOCIETY: 0, TOWN_UNION: 1, FEDERATION: 2 };

/** Two tiers above the village (domain.md 1.2): a parent stands above its child, never beside or below. */
export function mayBeParent(parent: OrganisationKind, child: OrganisationKind): boolean {
  return RANK[parent] > RANK[child];
}
