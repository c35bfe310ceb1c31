import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AuditModule } from '../../src/audit/index.js';
import type { Actor } from '../../src/kernel/actor.js';
import { PeopleModule, PeopleQueries, PeopleService } from '../../src/people/index.js';
import type { PersonDraft } from '../../src/people/index.js';
import { HandClock } from '../../src/platform/clocks.js';
import { Config } from '../../src/platform/config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { SystemIds } from '../../src/platform/system.js';
import { schema } from '../../src/schema.js';
import { migrated } from './databases.js';
import type { Kind } from './databases.js';
import { callerOf, MONDAY } from './house.js';

/** The register alone, on a database with the whole schema. */
export type Register = {
  readonly people: PeopleService;
  readonly queries: PeopleQueries;
  readonly dataSource: DataSource;
  readonly transactions: Transactions;
  readonly clock: HandClock;
  get<T>(token: abstract new (...args: never[]) => T): T;
  close(): Promise<void>;
};

export async function givenRegister(kind: Kind): Promise<Register> {
  const database = await kind.create();
  await (await migrated(database)).destroy();
  const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-files-'));
  const clock = new HandClock(MONDAY);
  const config = new Config({ DATABASE_URL: database.url, HUZHU_DATA_DIR: dataDir });
  const ground = { config, clock, ids: new SystemIds(clock), root: process.cwd() };
  const module = await Test.createTestingModule({
    imports: [PlatformModule.on(ground, schema), AuditModule, PeopleModule],
  }).compile();
  await module.init();
  const get = <T>(token: abstract new (...args: never[]) => T): T => module.get(token, { strict: false });
  return {
    people: get(PeopleService),
    queries: get(PeopleQueries),
    dataSource: get(DataSource),
    transactions: get(Transactions),
    clock,
    get,
    async close() {
      await module.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A secretary of the society, each time with a key of its own. */
export const secretaryOf = (societyId: string, more: Partial<Actor> = {}) =>
  callerOf({ societyId, accountId: '0192f000-0000-7000-8000-00000000acc1', roles: ['secretary'], ...more });

/** A person of the register; only what matters to the test is said. */
export async function givenPerson(
  { people }: Pick<Register, 'people'>,
  societyId: string,
  draft: Partial<PersonDraft> = {},
): Promise<string> {
  const whole = { name: '李建明', group: '三组', residence: 'HUKOU', ...draft } as const;
  const { personId } = await people.addPerson(secretaryOf(societyId), whole);
  return personId;
}
