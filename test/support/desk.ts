import type { Caller } from '../../src/kernel/actor.js';
import type { Office } from '../../src/offices/index.js';
import { rolesOf } from '../../src/offices/index.js';
import { givenFederation } from './federation.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import { givenOfficer } from './officers.js';
import type { Officer } from './officers.js';
import { givenTown, givenVillage } from './village.js';
import type { Village } from './village.js';

const STAFF = {
  reviewer: 'REVIEWER',
  other: 'REVIEWER',
  third: 'REVIEWER',
  supervisor: 'SUPERVISOR',
  secretary: 'SECRETARY_GENERAL',
  clerk: 'CLERK',
} as const satisfies Record<string, Office>;
export type Staff = keyof typeof STAFF;

/** A federation with its desk, a village right below it, and a town with a village of its own. */
export type Desk = {
  readonly house: House;
  readonly federationId: string;
  readonly staff: Readonly<Record<Staff, Officer>>;
  readonly village: Village;
  readonly town: Village;
  readonly far: Village;
};

export async function givenDesk(house: House): Promise<Desk> {
  const federationId = await givenFederation(house);
  const staff: Partial<Record<Staff, Officer>> = {};
  for (const [name, office] of Object.entries(STAFF))
    staff[name as Staff] = await givenOfficer(house, federationId, office);
  const village = await givenVillage(house, { parentId: federationId, heldFen: 30_000_000 });
  const town = await givenTown(house, { parentId: federationId, heldFen: 30_000_000 });
  const far = await givenVillage(house, { parentId: town.societyId, heldFen: 30_000_000 });
  return { house, federationId, staff: staff as Desk['staff'], village, town, far };
}

/** Somebody of the desk, as the door would name them. */
export function by({ federationId, staff }: Desk, who: Staff, key?: string): Caller {
  const { accountId, personId } = staff[who];
  return callerOf({ accountId, personId, societyId: federationId, roles: rolesOf([STAFF[who]]) }, key);
}
