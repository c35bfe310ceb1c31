import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService } from '../access/index.js';
import { projectRoot } from '../house/index.js';
import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { LedgerService } from '../ledger/index.js';
import { OfficesService } from '../offices/index.js';
import { PeopleService } from '../people/index.js';
import { readRegionList, SocietiesService } from '../societies/index.js';
import type { Stage } from './stage.js';
import { SOCIETY, VILLAGERS } from './village.js';
import type { Villager, VillagerKey } from './village.js';

/** One password for all: the demo holds nothing that is true. */
export const DEMO_PASSWORD = 'yanshi-2026';
export const ADMIN_LOGIN = 'guanliyuan';

/** The county, the society with its charter, its people and officers, their accounts, and the money of the pool. */
export async function setUp(stage: Stage): Promise<void> {
  const regions = readFileSync(join(projectRoot(), 'data', 'regions', 'liuxi-county.csv'), 'utf8');
  await stage.service(SocietiesService).importRegions(stage.admin(), readRegionList(regions));
  const society = await stage.service(SocietiesService).found(stage.admin(), SOCIETY);
  stage.societyId = society.societyId;
  stage.boardCode = society.boardCode;
  for (const key of Object.keys(VILLAGERS) as VillagerKey[]) await enter(stage, key);
  await declareTies(stage);
  const admin = { admin: true, login: ADMIN_LOGIN, password: DEMO_PASSWORD };
  await stage.service(AccessService).openAccount(stage.admin(), admin);
  await fillThePool(stage);
}

async function enter(stage: Stage, key: VillagerKey): Promise<void> {
  const villager: Villager = VILLAGERS[key];
  const { name, group, born, phone, residence } = villager;
  const { personId } = await stage
    .service(PeopleService)
    .addPerson(stage.admin(), { name, group, idNumber: born, phone, residence });
  stage.people.set(key, { personId, payeeAccountId: await cardOf(stage, personId, villager.card) });
  for (const office of villager.offices ?? [])
    await stage
      .service(OfficesService)
      .appoint(stage.admin(), { societyId: stage.societyId, personId, office, ...stage.term });
  if (villager.login) {
    const account = { societyId: stage.societyId, personId, login: villager.login, password: DEMO_PASSWORD };
    await stage.service(AccessService).openAccount(stage.admin(), account);
  }
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

/** The outsider works for one of the directors: that director will stand aside. */
async function declareTies(stage: Stage): Promise<void> {
  await stage.service(PeopleService).declareKin(stage.admin(), {
    personId: stage.personId('outsider'),
    relativeId: stage.personId('employer'),
    relation: 'EMPLOYER',
  });
}

async function fillThePool(stage: Stage): Promise<void> {
  const ledger = stage.service(LedgerService);
  const inflows = [
    { kind: 'SUBSIDY', amountFen: fen(3_000_000), note: '县级启动资金', bankReference: 'DEMO-0001' },
    { kind: 'FEE', amountFen: fen(120_000), note: '2026年会费（演示）', bankReference: 'DEMO-0002' },
    { kind: 'INTEREST', amountFen: fen(1_286), note: '活期利息', bankReference: 'DEMO-0003' },
  ] as const;
  for (const inflow of inflows)
    await ledger.receive(stage.as('accountant'), { ...inflow, receivedOn: day('2026-03-02') });
}
