/** How many places of each level, and how many of the villages have a society. */
export type Scale = {
  readonly provinces: number;
  readonly cities: number;
  readonly counties: number;
  readonly towns: number;
  readonly villages: number;
  /** The first city is the same in every scale that holds it, so that one question can be asked of both. */
  readonly firstCity: Pick<Scale, 'counties' | 'towns' | 'villages'> & { readonly societies: number };
};

/** seeds.md 1 and 6: 629 societies in 683 villages of 56 towns, one district and three counties. */
const CHIZHOU = { counties: 4, towns: 56, villages: 683, societies: 629 };
const ONE_CITY: Scale = { ...CHIZHOU, provinces: 1, cities: 1, firstCity: CHIZHOU };

export const SCALES = {
  tiny: {
    ...{ provinces: 2, cities: 3, counties: 5, towns: 8, villages: 16 },
    firstCity: { counties: 2, towns: 3, villages: 7, societies: 6 },
  },
  city: ONE_CITY,
  /** A tenth of the nation, for a machine with little time. */
  tenth: {
    ...{ provinces: 3, cities: 33, counties: 284, towns: 3860, villages: 62_063 },
    firstCity: CHIZHOU,
  },
  /** The divisions of the country at the end of 2023, and 620,572 village units, each with its society but 54 of the first city. */
  nation: {
    ...{ provinces: 31, cities: 333, counties: 2844, towns: 38_602, villages: 620_626 },
    firstCity: CHIZHOU,
  },
} as const satisfies Record<string, Scale>;
export type ScaleName = keyof typeof SCALES;

/** The n-th of so many equal shares of a total, in whole pieces that sum up to it. */
export const shareOf = (total: number, shares: number, n: number): number =>
  Math.floor(((n + 1) * total) / shares) - Math.floor((n * total) / shares);
