import { randomUUID } from 'node:crypto';
import { addDays, dayOf } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { SocietiesService, USUAL_TERMS } from '../../src/societies/index.js';
import type { CharterTerms } from '../../src/societies/index.js';
import { callerOf } from './house.js';
import type { House } from './house.js';

const ADMIN = { accountId: randomUUID(), roles: ['system-admin'] as const };
let villages = 0;
let unions = 0;

/** A society in a village of its own, whose charter has held for a month; the rest does not matter to the test. */
export async function givenSociety(
  house: House,
  name?: string,
  {
    parentId = null,
    custody = 'OWN_ACCOUNT',
  }: { readonly parentId?: string | null; readonly custody?: CharterTerms['custody'] } = {},
): Promise<string> {
  const number = ++villages;
  const validFrom = addDays(dayOf(house.clock.now()), -30);
  const place = { validFrom, replacesCode: null, validUntil: null };
  const regionCode = `9901211003${String(number % 100).padStart(2, '0')}`;
  await house.get(SocietiesService).importRegions(callerOf(ADMIN), [
    { ...place, code: '990121', name: '柳溪县', level: 'COUNTY', parentCode: null },
    { ...place, code: '990121100', name: '柳溪镇', level: 'TOWN', parentCode: '990121' },
    { ...place, code: regionCode, name: `柳溪${number}村`, level: 'VILLAGE', parentCode: '990121100' },
  ]);
  const { societyId } = await house.get(SocietiesService).found(callerOf(ADMIN), {
    name: name ?? `柳溪${number}村“救急难”互助社`,
    shortName: '柳溪互助社',
    regionCode,
    parentId,
    charter: { ...charterFrom(validFrom), custody },
  });
  return societyId;
}

/** A town union above villages, with ten times their limits. Each in a town of its own. */
export async function givenUnion(
  house: House,
  { parentId = null }: { readonly parentId?: string | null } = {},
): Promise<string> {
  const number = 100 + (++unions % 900);
  const validFrom = addDays(dayOf(house.clock.now()), -30);
  const place = { validFrom, replacesCode: null, validUntil: null };
  const regionCode = `990122${number}`;
  await house.get(SocietiesService).importRegions(callerOf(ADMIN), [
    { ...place, code: '990122', name: '柳河县', level: 'COUNTY', parentCode: null },
    { ...place, code: regionCode, name: `柳河${number}镇`, level: 'TOWN', parentCode: '990122' },
  ]);
  const { societyId } = await house.get(SocietiesService).found(callerOf(ADMIN), {
    name: `柳河${number}镇联合互助社`,
    shortName: '柳河联合社',
    regionCode,
    parentId,
    charter: {
      ...charterFrom(validFrom),
      perCaseLimitFen: fen(2_000_000),
      householdYearLimitFen: fen(4_000_000),
    },
  });
  return societyId;
}

function charterFrom(validFrom: Day): CharterTerms {
  return {
    ...USUAL_TERMS,
    validFrom,
    numberPrefix: '柳溪',
    publicContactOffice: '柳溪镇民政办',
    publicContactPhone: '0000-1234567',
    publicContactAddress: '柳溪镇政府一楼',
  };
}
