import { boardCodeOf } from './chance.js';
import { instantAt } from './ground.js';
import type { Ground } from './ground.js';
import { shareOf } from './scale.js';
import type { Scale } from './scale.js';

/** A federation, its region and the places around it, the narrowest first. */
export type Federation = { readonly id: string; readonly rungs: readonly string[]; readonly nth: number };
export type Founded = {
  readonly societyId: string;
  readonly bookId: string;
  readonly poolId: string;
  readonly charterId: string;
  readonly name: string;
  /** Town, county, city, province. */
  readonly rungs: readonly string[];
};

type Level = 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWN' | 'VILLAGE';

const LEVEL_NAME: Record<Level, string> = {
  PROVINCE: '省',
  CITY: '市',
  COUNTY: '县',
  TOWN: '镇',
  VILLAGE: '村',
};
const POOL = ['救急难池', 'none'] as const;

const two = (n: number): string => String(n).padStart(2, '0');
const three = (n: number): string => String(n).padStart(3, '0');

/** The tree of places, and in it the organisations, one after the other: nothing of it is kept but what is being filled. */
export class Places {
  private organisations = 0;

  constructor(
    private readonly ground: Ground,
    private readonly scale: Scale,
  ) {}

  /** Every city with its villages; a village without a society is a place and no more. */
  *cities(): Generator<{ readonly federation: Federation; readonly societies: Generator<Founded> }> {
    const { scale } = this;
    for (let province = 0, city = 0; province < scale.provinces; province++) {
      const provinceCode = `${11 + province}0000`;
      const provinceId = this.place('PROVINCE', null, provinceCode);
      const cities = shareOf(scale.cities, scale.provinces, province);
      for (let nth = 0; nth < cities; nth++, city++) {
        const code = `${11 + province}${two(nth + 1)}00`;
        const cityId = this.place('CITY', provinceId, code);
        const federation = this.federation(cityId, [cityId, provinceId], code);
        yield { federation, societies: this.societiesIn(city, federation, code) };
      }
    }
  }

  private *societiesIn(city: number, federation: Federation, cityCode: string): Generator<Founded> {
    const { counties, towns, villages, societies } = this.sizeOf(city);
    for (let county = 0, town = 0, village = 0; county < counties; county++) {
      const countyCode = `${cityCode.slice(0, 4)}${two(county + 1)}`;
      const countyId = this.place('COUNTY', federation.rungs[0] ?? null, countyCode);
      const townsHere = shareOf(towns, counties, county);
      for (let i = 0; i < townsHere; i++, town++) {
        const townCode = `${countyCode}${three(i + 1)}`;
        const townId = this.place('TOWN', countyId, townCode);
        const villagesHere = shareOf(villages, towns, town);
        for (let j = 0; j < villagesHere; j++, village++) {
          const code = `${townCode}${three(j + 1)}`;
          const villageId = this.place('VILLAGE', townId, code);
          if (village >= societies) continue;
          const rungs = [townId, countyId, ...federation.rungs];
          yield { ...this.found('SOCIETY', villageId, federation.id, `演示村${code}互助社`), rungs };
        }
      }
    }
  }

  /** All but the first have equal shares of what the first leaves. */
  private sizeOf(city: number): Scale['firstCity'] {
    const { scale } = this;
    if (city === 0) return scale.firstCity;
    const share = (level: 'counties' | 'towns' | 'villages') =>
      shareOf(scale[level] - scale.firstCity[level], scale.cities - 1, city - 1);
    const villages = share('villages');
    return { counties: share('counties'), towns: share('towns'), villages, societies: villages };
  }

  private place(level: Level, parentId: string | null, code: string): string {
    const { writer, keys } = this.ground;
    const id = keys.next();
    writer.put('regions', id, level, parentId, instantAt(0));
    writer.put(
      'region_codes',
      keys.next(),
      id,
      code,
      `演示${LEVEL_NAME[level]}${code}`,
      '2024-01-01',
      null,
      id,
    );
    return id;
  }

  private federation(cityId: string, rungs: readonly string[], code: string): Federation {
    const { societyId } = this.found('FEDERATION', cityId, null, `演示市${code}慈善总会`);
    return { id: societyId, rungs, nth: this.organisations };
  }

  /** An organisation with its charter, its book and its pool; what the pool holds is put when its life is known. */
  private found(
    kind: 'SOCIETY' | 'FEDERATION',
    regionId: string,
    parentId: string | null,
    name: string,
  ): Omit<Founded, 'rungs'> {
    const { writer, keys } = this.ground;
    const [societyId, charterId, bookId, poolId] = [keys.next(), keys.next(), keys.next(), keys.next()];
    const code = boardCodeOf(this.organisations++);
    writer.put(
      'organisations',
      societyId,
      kind,
      name,
      '演示社',
      regionId,
      parentId,
      null,
      code,
      instantAt(0),
    );
    writer.put(
      'charter_versions',
      ...[
        charterId,
        societyId,
        1,
        '2025-01-01',
        '章程第十四条',
        300_000,
        500_000,
        2,
        2,
        3,
        2,
        3,
        7,
        'natural',
      ],
      ...[
        'RESIDENT',
        100_000,
        24,
        24,
        3,
        10,
        'OWN_ACCOUNT',
        '演示',
        '演示镇民政办',
        '0000-0000000',
        '演示镇一楼',
      ],
      ...[3_000_000, instantAt(0)],
    );
    writer.put('books', bookId, societyId, name, null, instantAt(0));
    if (kind === 'FEDERATION') writer.put('fund_balances', poolId, bookId, ...POOL, 0, 0, 0);
    return { societyId, bookId, poolId, charterId, name };
  }
}
