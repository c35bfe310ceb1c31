import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService } from '../access/index.js';
import { projectRoot } from '../house/index.js';
import { dayOf } from '../kernel/day.js';
import { LedgerService } from '../ledger/index.js';
import { latestUntilOf, OfficesService } from '../offices/index.js';
import type { Office } from '../offices/index.js';
import { PeopleService } from '../people/index.js';
import { readRegionList, SocietiesService } from '../societies/index.js';
import type { Founding } from '../societies/index.js';
import type { Tie } from './cast.js';
import type { Stage } from './stage.js';

/** One password for all: the demo holds nothing that is true. */
export const DEMO_PASSWORD = 'yanshi-2026';
export const ADMIN_LOGIN = 'guanliyuan';

/** A society of the demo: its founding, and all that it begins with. */
export type Place = {
  readonly founding: Founding;
  readonly ties?: readonly Tie[];
  readonly inflows: readonly Inflow[];
};
type Inflow = Omit<Parameters<LedgerService['receive']>[1], 'receivedOn'>;

/** The county, and the one who administers the house. */
export async function setUpHouse(stage: Stage): Promise<void> {
  const regions = readFileSync(join(projectRoot(), 'data', 'regions', 'liuxi-county.csv'), 'utf8');
  await stage.service(SocietiesService).importRegions(stage.admin(), readRegionList(regions));
  const admin = { admin: true, login: ADMIN_LOGIN, password: DEMO_PASSWORD };
  await stage.service(AccessService).openAccount(stage.admin(), admin);
}

/** The society with its charter, its people and officers, their accounts, and the money of the pool. */
export async function setUp(stage: Stage, { founding, ties = [], inflows }: Place): Promise<void> {
  const society = await stage.service(SocietiesService).found(stage.admin(), founding);
  stage.societyId = society.societyId;
  stage.boardCode = society.boardCode;
  for (const key of Object.keys(stage.cast)) await enter(stage, key);
  for (const { person, relative, relation } of ties)
    await stage.service(PeopleService).declareKin(stage.admin(), {
      ...{ personId: stage.personId(person), relativeId: stage.personId(relative), relation },
    });
  const receivedOn = dayOf(stage.clock.now());
  for (const inflow of inflows)
    await stage.service(LedgerService).receive(stage.as('accountant'), { ...inflow, receivedOn });
}

async function enter(stage: Stage, key: string): Promise<void> {
  const villager = stage.villager(key);
  const { name, group, born, phone, residence, guardian } = villager;
  const guardianId = guardian === undefined ? null : stage.personId(guardian);
  const { personId } = await stage
    .service(PeopleService)
    .addPerson(stage.admin(), { name, group, idNumber: born, phone, residence, guardianId });
  stage.people.set(key, { personId, payeeAccountId: await cardOf(stage, personId, villager.card) });
  for (const office of villager.offices ?? [])
    await stage.service(OfficesService).appoint(stage.admin(), {
      societyId: stage.societyId,
      personId,
      office,
      pledged: true,
      ...termOf(stage, office),
    });
  if (villager.login) {
    const account = { societyId: stage.societyId, personId, login: villager.login, password: DEMO_PASSWORD };
    await stage.service(AccessService).openAccount(stage.admin(), account);
  }
}

/** An office that is given for a year at most ends with it. */
function termOf({ term }: Stage, office: Office): Stage['term'] {
  return { ...term, untilOn: latestUntilOf(office, term.fromOn) ?? term.untilOn };
}

async function cardOf(
  stage: Stage,
  personId: string,
  cardNumber: string | undefined,
): Promise<string | null> {
  if (cardNumber === undefined) return null;
  const account = { personId, bankName: '演示农村信用社', cardNumber };
  const { payeeAccountId } = await stage.service(PeopleService).addPayeeAccount(stage.admin(), account);
  return payeeAccountId;
}
