import { randomUUID } from 'node:crypto';
import { FundsService, USUAL_RULE } from '../../src/funds/index.js';
import type { RuleTerms } from '../../src/funds/index.js';
import type { Caller, Role } from '../../src/kernel/actor.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { SocietiesService, USUAL_TERMS } from '../../src/societies/index.js';
import { callerOf } from './house.js';
import type { House } from './house.js';

const ADMIN = { accountId: randomUUID(), roles: ['system-admin'] as const };
let counties = 0;

/** A federation in a county of its own. */
export async function givenFederation(house: House): Promise<string> {
  const number = ++counties;
  const validFrom = addDays(dayOf(house.clock.now()), -30);
  const regionCode = `9902${String(number).padStart(2, '0')}`;
  const place = { validFrom, replacesCode: null, validUntil: null, parentCode: null };
  await house
    .get(SocietiesService)
    .importRegions(callerOf(ADMIN), [
      { ...place, code: regionCode, name: `柳岸${number}县`, level: 'COUNTY' },
    ]);
  const { societyId } = await house.get(SocietiesService).found(callerOf(ADMIN), {
    ...{ name: `柳岸${number}县慈善总会`, shortName: '柳岸总会', regionCode },
    charter: {
      ...{ ...USUAL_TERMS, validFrom, numberPrefix: '柳岸' },
      publicContactOffice: '柳岸县慈善总会办公室',
      publicContactPhone: '0000-7654321',
      publicContactAddress: '柳岸县政府二楼',
    },
  });
  return societyId;
}

/** Somebody of the federation. */
export function ofFederation(federationId: string, role: Role = 'chair'): Caller {
  return callerOf({ societyId: federationId, accountId: federationId, roles: [role] });
}

export function ruleFrom(house: House, more: Partial<RuleTerms> = {}): RuleTerms {
  const validFrom = addDays(dayOf(house.clock.now()), -10);
  return { ...USUAL_RULE, validFrom, document: '《安心纾困慈善基金管理办法》第八条', ...more };
}

let funds = 0;

export async function givenFund(
  house: House,
  federationId: string,
  more: Partial<RuleTerms> = {},
): Promise<{ fundId: string; name: string }> {
  const name = `安心纾困慈善基金（演示${++funds}）`;
  const opening = { name, purpose: '帮大病、灾害、事故后背债的家庭', rule: ruleFrom(house, more) };
  const { fundId } = await house.get(FundsService).openFund(ofFederation(federationId), opening);
  return { fundId, name };
}
