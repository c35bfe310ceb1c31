import { copyFileSync, rmSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { HandClock } from '../../src/platform/clocks.js';
import { Lanes } from '../../src/platform/database/lanes.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { api } from '../support/clients.js';
import type { Kind } from '../support/databases.js';
import { RequestWatch } from '../../src/platform/observability/request-watch.js';
import { givenHouse, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { writeOutTo } from '../support/model-database.js';
import { givenCase, givenVillage, idNumber, personIn } from '../support/village.js';
import type { CaseWanted, Post, Village } from '../support/village.js';

/** A clock that can be put back to the morning of a world, since each seed begins there. */
class WorldClock extends HandClock {
  private backMs = 0;

  override now(): Date {
    return new Date(super.now().getTime() - this.backMs);
  }

  putBackTo(at: Date): void {
    this.backMs += this.now().getTime() - at.getTime();
  }
}

/** Who sits at a desk in the simulation. */
export const AT_DESKS = [
  ...(['secretary', 'clerk', 'chair', 'deputy', 'third', 'fourth', 'fifth'] as const),
  ...(['cashier', 'otherCashier', 'accountant'] as const),
] as const satisfies readonly Post[];
export type AtDesk = (typeof AT_DESKS)[number];

/** A village in the morning: its people signed in, some of its cases to be paid, some to be voted on, some visited. */
export type World = {
  readonly house: House;
  readonly village: Village;
  readonly tokens: Readonly<Record<AtDesk, string>>;
  /** As they were registered; a case has no other name in a trail. */
  readonly caseIds: readonly string[];
};

/** The longest that a timer can be set to. */
const LONG_MS = 2_147_483_647;
/** Enough for all that is under way, and for two of the three others. */
const HELD_FEN = 650_000;
/** The last three are of one household, which may have two grants in a year. */
const CASES = [
  ...(['APPROVED', 'APPROVED', 'APPROVED', 'VOTING', 'VOTING'] as const).map((at) => ({ at })),
  ...(['ACCIDENT', 'FIRE', 'DISASTER'] as const).map((cause) => ({ at: 'VERIFIED', cause }) as const),
] satisfies readonly CaseWanted[];

/** The world of a house, made once, and given back to each seed as it was. On MariaDB each seed has a village of its own. */
export class Worlds {
  private made: { readonly world: World; readonly at: Date; readonly copy: string } | null = null;

  private constructor(
    readonly house: House,
    private readonly clock: WorldClock,
  ) {}

  static async of(kind: Kind): Promise<Worlds> {
    const clock = new WorldClock(MONDAY);
    const house = await givenHouse(kind, MONDAY, { clock });
    // A process that dies forgets whom it was answering; this one only plays dead, and would count them for ever.
    house.get(RequestWatch).mostAtOnce = Number.POSITIVE_INFINITY;
    waitForEver(house);
    // Nor does it leave the lane that it stood in, where nobody sees it wait: here each tries for itself, as on several machines.
    const alone = (_lane: string | undefined, giveUpAt: number) => new Lanes().placeIn(undefined, giveUpAt);
    Reflect.set(house.get(Transactions), 'lanes', { placeIn: alone });
    Logger.overrideLogger(false); // lost connections are the daily bread here
    return new Worlds(house, clock);
  }

  async next(): Promise<World> {
    const { dataSource } = this.house;
    const { type, database: file } = dataSource.options;
    if (type !== 'better-sqlite3') return make(this.house);
    if (!this.made) {
      const world = await make(this.house);
      this.made = { world, at: this.clock.now(), copy: `${file}.morning` };
      await this.closed(() => {
        writeOutTo(file);
        copyFileSync(file, `${file}.morning`);
      });
      return world;
    }
    const { world, at, copy } = this.made;
    await this.closed(() => {
      for (const rest of ['', '-wal', '-shm']) rmSync(`${file}${rest}`, { force: true });
      copyFileSync(copy, file);
    });
    this.clock.putBackTo(at);
    return world;
  }

  private async closed(work: () => void): Promise<void> {
    const { driver } = this.house.dataSource;
    await driver.disconnect();
    work();
    await driver.connect();
  }
}

/** The time of the wall has no part in a seed: on a busy machine whoever is parked would be given up, and the seed go another way. */
function waitForEver(house: House): void {
  house.get(Transactions).patienceMs = LONG_MS;
  const runner = house.dataSource.createQueryRunner() as { writer?: { turns: object } };
  if (runner.writer) Reflect.set(runner.writer.turns, 'waitMs', LONG_MS);
}

async function make(house: House): Promise<World> {
  const village = await givenVillage(house, { heldFen: HELD_FEN });
  const applicantId = await personIn(house, village.societyId, { name: '范长河', idNumber: idNumber() });
  const caseIds: string[] = [];
  for (const [n, wanted] of CASES.entries()) {
    const whose = wanted.at === 'VERIFIED' ? { applicantId, method: 'CASH' as const } : {};
    caseIds.push((await givenCase(village, { ...wanted, ...whose, amountFen: 60_000 + 10_000 * n })).caseId);
  }
  const tokens: Partial<Record<AtDesk, string>> = {};
  for (const post of AT_DESKS) tokens[post] = (await api(house, village.at[post].login)).token ?? '';
  await house.get(Transactions).run((tx) => tx.change`UPDATE sessions SET kept = ${1}`); // on their own phones
  return { house, village, tokens: tokens as Record<AtDesk, string>, caseIds };
}
