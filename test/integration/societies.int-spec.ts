import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import {
  readRegionList,
  SocietiesQueries,
  SocietiesService,
  SocietyFoundings,
  USUAL_TERMS,
} from '../../src/societies/index.js';
import type { CharterTerms, Founding, RegionRow } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { adoptCharter } from '../support/rules.js';

const admin = { accountId: null, roles: ['system-admin'] as const };
const county = () =>
  readRegionList(readFileSync(join(process.cwd(), 'data/regions/liuxi-county.csv'), 'utf8'));

const terms = (more: Partial<CharterTerms> = {}): CharterTerms => ({
  ...USUAL_TERMS,
  validFrom: day('2026-01-01'),
  numberPrefix: '柳溪',
  publicContactOffice: '柳溪镇民政办',
  publicContactPhone: '0000-1234567',
  publicContactAddress: '柳溪镇政府一楼',
  ...more,
});

let founded = 0;
const founding = (more: Partial<Founding> = {}): Founding => ({
  name: `柳溪村“救急难”互助社${++founded}`,
  shortName: '柳溪互助社',
  regionCode: '990121100200',
  charter: terms(),
  ...more,
});

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societies: SocietiesService;
  let queries: SocietiesQueries;

  beforeAll(async () => {
    house = await givenHouse(kind);
    societies = house.get(SocietiesService);
    queries = house.get(SocietiesQueries);
    await societies.importRegions(callerOf(admin), county());
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const found = (more: Partial<Founding> = {}) => societies.found(callerOf(admin), founding(more));
  const regionOf = async (societyId: string) => (await queries.society(societyId)).regionId;
  const count = async (table: string) => {
    const rows: { n: number | string }[] = await house.dataSource.query(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(rows[0]?.n);
  };

  it('founds a society with its place, its board and its charter', async () => {
    const { societyId, boardCode } = await found({ name: '上坝村互助社', regionCode: '990121100201' });
    expect(await queries.society(societyId)).toMatchObject({
      kind: 'SOCIETY',
      name: '上坝村互助社',
      boardCode,
    });
    expect(await queries.byBoardCode(boardCode)).toMatchObject({ id: societyId });
    expect(boardCode).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    const charter = await queries.charterOn(societyId, day('2026-03-02'));
    expect(charter).toMatchObject({ ...terms(), societyId, version: 1 });
    expect(await queries.charter(charter.id)).toEqual(charter);
    expect(await queries.place(await regionOf(societyId), day('2026-03-02'))).toMatchObject({
      code: '990121100201',
      path: ['虚构省', '虚构市', '柳溪县', '柳溪镇'],
    });
  });

  it('makes a town union in a town and a federation in a county, and lets each stand above the next', async () => {
    const federation = await found({ name: '柳溪县慈善总会', regionCode: '990121' });
    const union = await found({
      name: '柳溪镇联合互助社',
      regionCode: '990121100',
      parentId: federation.societyId,
    });
    const village = await found({
      name: '石桥村互助社',
      regionCode: '990121100202',
      parentId: union.societyId,
    });
    const kindsOf = await Promise.all(
      [federation, union, village].map(({ societyId }) => queries.society(societyId)),
    );
    expect(kindsOf.map(({ kind: each }) => each)).toEqual(['FEDERATION', 'TOWN_UNION', 'SOCIETY']);
    await expect(found({ regionCode: '990121100', parentId: village.societyId })).rejects.toMatchObject({
      code: 'PARENT_NOT_ABOVE',
    });
  });

  it('does what the contexts below registered, in the same unit', async () => {
    const told: string[] = [];
    let fail = true;
    house.get(SocietyFoundings).register({
      founded: async (tx, { id, name }) => {
        if (name !== '杨树湾村互助社') return;
        told.push(id);
        await tx.read`SELECT id FROM organisations WHERE id = ${id}`;
        if (fail) throw new Error('The book cannot be opened');
      },
    });
    const before = await count('organisations');
    const caller = callerOf(admin);
    const draft = founding({ name: '杨树湾村互助社', regionCode: '990121100203' });
    await expect(societies.found(caller, draft)).rejects.toThrow('The book cannot be opened');
    expect(await count('organisations')).toBe(before);
    fail = false;
    const { societyId } = await societies.found(caller, draft);
    expect(told.at(-1)).toBe(societyId);
  });

  it('is founded once when ten presses arrive together, and once when ten people found it at once', async () => {
    const caller = callerOf(admin);
    const draft = founding({ name: '老槐村互助社', regionCode: '990121100204' });
    const presses = await Promise.all(Array.from({ length: 10 }, () => societies.found(caller, draft)));
    expect(new Set(presses.map(({ societyId }) => societyId)).size).toBe(1);

    const others = await Promise.allSettled(
      Array.from({ length: 10 }, () => societies.found(callerOf(admin), draft)),
    );
    expect(others.every((each) => each.status === 'rejected')).toBe(true);
    await expect(societies.found(callerOf(admin), draft)).rejects.toMatchObject({
      code: 'SOCIETY_ALREADY_FOUNDED',
    });
  });

  it.each([
    ['a place that is not there', { regionCode: '999999999999' }, 'REGION_NOT_FOUND'],
    ['a credit code with a wrong check character', { uscc: '51341702MJB123456Q' }, 'USCC_WRONG'],
    ['a parent that is not there', { parentId: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f' }, 'SOCIETY_NOT_FOUND'],
    [
      'a fast path above the limit',
      { charter: terms({ fastPathLimitFen: fen(300_001) }) },
      'CHARTER_NOT_ACCEPTABLE',
    ],
    [
      'a year below one case',
      { charter: terms({ householdYearLimitFen: fen(299_999) }) },
      'CHARTER_NOT_ACCEPTABLE',
    ],
    [
      'less than half for a decision',
      { charter: terms({ majority: { numerator: 1, denominator: 3 } }) },
      'CHARTER_NOT_ACCEPTABLE',
    ],
    [
      'a charter that begins tomorrow',
      { charter: terms({ validFrom: day('2026-03-03') }) },
      'CHARTER_NOT_ACCEPTABLE',
    ],
  ] as const)('refuses %s, and nothing is left of it', async (_because, more, code) => {
    const before = [await count('organisations'), await count('charter_versions'), await count('commands')];
    await expect(found(more)).rejects.toMatchObject({ code });
    expect([await count('organisations'), await count('charter_versions'), await count('commands')]).toEqual(
      before,
    );
  });

  it('keeps every version of the charter, and knows which held on a day', async () => {
    const { societyId } = await found();
    const raised = terms({ validFrom: day('2026-07-01'), perCaseLimitFen: fen(500_000) });
    await adoptCharter(house, societyId, raised);
    const limitOn = async (on: string) => (await queries.charterOn(societyId, day(on))).perCaseLimitFen;
    expect([await limitOn('2026-06-30'), await limitOn('2026-07-01')]).toEqual([300_000, 500_000]);
    await expect(queries.charterOn(societyId, day('2025-12-31'))).rejects.toMatchObject({
      code: 'CHARTER_NOT_FOUND',
    });
    for (const validFrom of [day('2026-07-01'), day('2026-05-01')])
      await expect(adoptCharter(house, societyId, terms({ validFrom }))).rejects.toMatchObject({
        code: 'CHARTER_BACKDATED',
      });
    expect((await queries.charters(societyId)).map(({ version }) => version)).toEqual([2, 1]);
  });

  it('adopts one of ten new versions that arrive together', async () => {
    const { societyId } = await found();
    const draft = terms({ validFrom: day('2026-09-01') });
    const asked = Array.from({ length: 10 }, () => adoptCharter(house, societyId, draft));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await queries.charters(societyId)).toHaveLength(2);
  });

  it.each(['UPDATE charter_versions SET per_case_limit_fen = 1', 'DELETE FROM charter_versions'])(
    'never changes a charter: %s',
    async (sql) => {
      await expect(house.dataSource.transaction((manager) => manager.query(sql))).rejects.toThrow(
        /append-only/,
      );
    },
  );

  it('lists page by page', async () => {
    const first = await queries.page({ limit: 3 });
    const rest = await queries.page({ limit: 100, after: first.next });
    const all = await queries.all();
    expect([...first.items, ...rest.items]).toEqual(all);
    expect(rest.next).toBeNull();
    expect((await queries.page({ limit: 10, text: '石桥' })).items).toHaveLength(1);
    expect((await queries.page({ limit: 100, text: '%' })).items).toHaveLength(all.length);
  });

  describe('places', () => {
    const row = (more: Partial<RegionRow>): RegionRow => ({
      code: '',
      name: '',
      level: 'VILLAGE',
      parentCode: null,
      validFrom: day('2026-06-01'),
      replacesCode: null,
      validUntil: null,
      ...more,
    });
    const take = (...rows: RegionRow[]) => societies.importRegions(callerOf(admin), rows);

    it('takes the same list again and changes nothing', async () => {
      const before = await count('region_codes');
      expect(await take(...county())).toEqual({ added: 0, ended: 0 });
      expect(await count('region_codes')).toBe(before);
    });

    it('D4-65 a village is merged and its code changes: its society keeps its id, the new code holds from its day', async () => {
      const mofang = await found({ name: '磨坊村互助社', regionCode: '990121200201' });
      const dukou = await found({ name: '渡口村互助社', regionCode: '990121200202' });
      const merged = { code: '990121200210', name: '桥渡村', parentCode: '990121200' };
      const list = [
        row({ ...merged, replacesCode: '990121200201' }),
        row({ ...merged, replacesCode: '990121200202' }),
      ];
      expect(await take(...list)).toEqual({ added: 2, ended: 2 });
      expect(await take(...list)).toEqual({ added: 0, ended: 0 });
      expect(await take(...county())).toEqual({ added: 0, ended: 0 });

      for (const [society, old] of [
        [mofang, { code: '990121200201', name: '磨坊村' }],
        [dukou, { code: '990121200202', name: '渡口村' }],
      ] as const) {
        const regionId = await regionOf(society.societyId);
        expect(await queries.place(regionId, day('2026-05-31'))).toMatchObject(old);
        expect(await queries.place(regionId, day('2026-06-01'))).toMatchObject({
          code: '990121200210',
          name: '桥渡村',
        });
        expect(await queries.codesOf(regionId)).toHaveLength(2);
      }
      await expect(found({ regionCode: '990121200201' })).rejects.toMatchObject({ code: 'REGION_NOT_FOUND' });
    });

    it('renames a place from a day on, and ends one that is no more', async () => {
      const { societyId } = await found({ name: '茶坡村互助社', regionCode: '990121101201' });
      const regionId = await regionOf(societyId);
      const renamed = row({ code: '990121101201', name: '茶坡新村', parentCode: '990121101' });
      expect(await take(renamed)).toEqual({ added: 1, ended: 1 });
      expect(await queries.place(regionId, day('2026-06-01'))).toMatchObject({ name: '茶坡新村' });
      const ended = row({ ...renamed, validUntil: day('2027-01-01') });
      expect(await take(ended)).toEqual({ added: 0, ended: 1 });
      expect(await take(ended)).toEqual({ added: 0, ended: 0 });
      expect(await queries.society(societyId)).toMatchObject({ regionId });
    });

    it('takes a list whole or not at all', async () => {
      const before = await count('regions');
      const good = row({ code: '990121101250', name: '新村', parentCode: '990121101' });
      for (const wrong of [
        row({ code: '990121101251', name: '无镇村', parentCode: '990121999' }),
        row({ code: '990121101252', name: '无前身村', replacesCode: '990121101999' }),
        row({ code: '990121101999', name: '没有过', validUntil: day('2027-01-01') }),
      ])
        await expect(take(good, wrong)).rejects.toMatchObject({ code: 'REGION_NOT_FOUND' });
      expect(await count('regions')).toBe(before);
    });

    it('lets a code end only after it began', async () => {
      const early = row({
        code: '990121200204',
        name: '河湾村',
        validFrom: day('2020-01-01'),
        validUntil: day('2024-01-01'),
      });
      await expect(take(early)).rejects.toMatchObject({ code: 'REGION_CODE_NOT_ENDED' });
    });
  });
});
