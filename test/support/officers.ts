import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import type { Role } from '../../src/kernel/actor.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { OfficesService } from '../../src/offices/index.js';
import type { Office } from '../../src/offices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { callerOf } from './house.js';
import type { House } from './house.js';

export const PASSWORD = '柳溪村头三棵老槐树下';

const ADMIN = { accountId: randomUUID(), roles: ['system-admin'] as const };
let logins = 0;

export type Officer = { readonly accountId: string; readonly personId: string; readonly login: string };

/** The office that gives the role and no more than it must. */
export const OFFICE_OF: Partial<Record<Role, Office>> = {
  secretary: 'SECRETARY_GENERAL',
  clerk: 'CLERK',
  chair: 'CHAIR',
  deputy: 'DEPUTY',
  director: 'DIRECTOR',
  supervisor: 'SUPERVISOR',
  cashier: 'CASHIER',
  accountant: 'ACCOUNTANT',
  reviewer: 'REVIEWER',
  auditor: 'AUDITOR',
  'information-officer': 'INFORMATION_OFFICER',
};

/** A person of the society who can sign in with `PASSWORD`, in these offices. */
export async function givenOfficer(house: House, societyId: string, ...offices: Office[]): Promise<Officer> {
  const admin = { ...ADMIN, societyId };
  const draft = { name: '周秀兰', group: '三组', residence: 'HUKOU' as const };
  const { personId } = await house.get(PeopleService).addPerson(callerOf(admin), draft);
  const fromOn = addDays(dayOf(house.clock.now()), -10);
  for (const office of offices) {
    const term = {
      societyId,
      personId,
      office,
      pledged: true,
      fromOn,
      untilOn: addDays(fromOn, office === 'AUDITOR' ? 365 : 1500),
    };
    await house.get(OfficesService).appoint(callerOf(admin), term);
  }
  const login = `officer${++logins}`;
  const account = { societyId, personId, login, password: PASSWORD };
  const { accountId } = await house.get(AccessService).openAccount(callerOf(ADMIN), account);
  return { accountId, personId, login };
}

export async function givenAdmin(house: House): Promise<string> {
  const login = `admin${++logins}`;
  await house.get(AccessService).openAccount(callerOf(ADMIN), { admin: true, login, password: PASSWORD });
  return login;
}
