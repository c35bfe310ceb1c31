import { AccessService } from '../../src/access/index.js';
import type { Role } from '../../src/kernel/actor.js';
import { rolesOf } from '../../src/offices/index.js';
import { givenDonorAccount } from './donor-accounts.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import type { MarkedGround } from './marked-places.js';
import type { Ids } from './marked-road.js';
import { givenAdmin, givenOfficer, PASSWORD } from './officers.js';
import { givenReliefGround } from './relief.js';
import type { Seat } from './relief.js';
import { givenTown, givenVillage } from './village.js';
import type { Post } from './village.js';

/** One of each part in the village, and those above it who see something of it. */
const SEATS = [
  'chair',
  'secretary',
  'clerk',
  'reviewer',
  'supervisor',
  'accountant',
] as const satisfies Seat[];
export type MarkedName =
  | Exclude<Post, 'fourth' | 'fifth' | 'otherCashier'>
  | 'auditor'
  | 'system-admin'
  | 'donor'
  | 'secretary of the town'
  | `${(typeof SEATS)[number]} of the federation`
  | 'auditor of the federation';

export type MarkedAsker = {
  readonly name: MarkedName;
  readonly roles: readonly Role[];
  readonly login: string;
  /** The society that a program names when it signs in. */
  readonly chooses: string | undefined;
};

/** A village in a town of a federation that has a fund, all of them with their offices filled. */
export async function givenMarkedGround(house: House): Promise<MarkedGround> {
  const federation = await givenReliefGround(house);
  const town = await givenTown(house, { parentId: federation.federationId });
  const village = await givenVillage(house, { parentId: town.societyId });
  return { federation, town, village };
}

/** Somebody who can sign in; the donor is the one who carries the markers. */
export async function givenMarkedAsker(
  { village, town, federation }: MarkedGround,
  { donorId = '' }: Ids,
  name: MarkedName,
): Promise<MarkedAsker> {
  const { house, societyId } = village;
  const one = (login: string, roles: readonly Role[], chooses = societyId): MarkedAsker => ({
    name,
    login,
    roles,
    chooses,
  });
  if (name === 'system-admin') return one(await givenAdmin(house), [name]);
  if (name === 'donor')
    return { ...one((await givenDonorAccount(village, donorId)).login, [name]), chooses: undefined };
  if (name === 'auditor')
    return one((await givenOfficer(house, societyId, 'AUDITOR')).login, rolesOf(['AUDITOR']));
  if (name === 'secretary of the town')
    return one(town.at.secretary.login, town.at.secretary.roles, town.societyId);
  if (name === 'auditor of the federation') {
    const { login } = await givenOfficer(house, federation.federationId, 'AUDITOR');
    return one(login, rolesOf(['AUDITOR']), federation.federationId);
  }
  const seat = SEATS.find((each) => name === `${each} of the federation`);
  if (seat === undefined) return one(village.at[name as Post].login, village.at[name as Post].roles);
  const { personId, office } = federation.at[seat];
  const account = {
    societyId: federation.federationId,
    personId,
    login: `marked-${seat}`,
    password: PASSWORD,
  };
  await house.get(AccessService).openAccount(callerOf({ roles: ['system-admin'] }), account);
  return one(account.login, rolesOf([office]), federation.federationId);
}
