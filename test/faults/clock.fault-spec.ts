import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/app.js';
import { Timers } from '../../src/house/index.js';
import { Clock } from '../../src/kernel/clock.js';
import { ClockInDoubt } from '../../src/platform/clock-watch.js';
import { Config } from '../../src/platform/config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SystemClock, SystemIds } from '../../src/platform/system.js';
import { kinds } from '../support/databases.js';
import type { Kind } from '../support/databases.js';
import type { House } from '../support/house.js';
import { isEverywhere, report, times } from './support/counts.js';
import { expectSound } from '../support/sound.js';
import { booksOf, endGround, givenGround } from './support/ground.js';
import type { Ground } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REFUSED = { status: 503, code: 'CLOCK_IN_DOUBT', retryAfter: '60' };

const JUMPS: readonly [words: string, byMs: number][] = [
  ['a day ahead', DAY_MS],
  ['a day back', -DAY_MS],
  ['an hour ahead', HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['a year ahead', 365 * DAY_MS],
  ['a year back', -365 * DAY_MS],
];

/** On the second database, where what a jump does to a command is the same: one of a day, of an hour and of a year. */
const FEWER = new Set([0, 3, 5]);

/** A whole program whose machine's clock the test sets; what it counts time by goes on evenly. */
type Running = {
  readonly app: NestFastifyApplication;
  readonly base: string;
  readonly load: Load;
  set(offMs: number): void;
  /** How many rows each table has. */
  counts(): Promise<Record<string, number>>;
  close(): Promise<void>;
};

/** Jumps like the machine's, and nobody watches it. */
class UnwatchedClock extends Clock {
  constructor(private readonly wall: () => number) {
    super();
  }

  override now(): Date {
    return new Date(this.wall());
  }
}

async function running(ground: Ground, { isWatched = true } = {}): Promise<Running> {
  let offMs = 0;
  const wall = (): number => Date.now() + offMs;
  const clock = isWatched ? new SystemClock(wall) : new UnwatchedClock(wall);
  const config = new Config({ DATABASE_URL: ground.database.url, HUZHU_DATA_DIR: ground.dataDir });
  const ids = new SystemIds(clock);
  const app = await createApp({ config, clock, ids, root: process.cwd(), requestsPerMinute: 1_000_000 });
  await app.listen(0, '127.0.0.1');
  const base = await app.getUrl();
  const rows = app.get(DataSource);
  return {
    app,
    base,
    load: new Load(ground, base, await signIn(base, ground)),
    set: (byMs) => (offMs = byMs),
    async counts() {
      const counted: Record<string, number> = {};
      for (const { tableName } of rows.entityMetadatas) {
        const [row] = await rows.query<{ n: number | string }[]>(
          `SELECT COUNT(*) AS "n" FROM "${tableName}"`,
        );
        counted[tableName] = Number(row?.n);
      }
      return counted;
    },
    close: () => app.close(),
  };
}

/** All that the clock alone sets going, as its beats do. */
async function beats({ app }: Running): Promise<void> {
  const timers = app.get(Timers, { strict: false });
  await timers.runDue();
  await timers.sendTexts();
  await timers.sendWebhooks();
  await timers.sealDue();
}

/** As the reconciler and the judge take it. */
const houseOf = ({ app }: Running): House =>
  ({ app, dataSource: app.get(DataSource), get: (token) => app.get(token, { strict: false }) }) as House;

async function readiness(base: string): Promise<{ status: number; why: unknown }> {
  const reply = await fetch(`${base}/readyz`);
  const { details } = (await reply.json()) as { details: Record<string, { why?: string }> };
  return { status: reply.status, why: details['clock']?.why };
}

async function expectedInTime({ app }: Running): Promise<void> {
  const rows = app.get(DataSource);
  const [row] = await rows.query<{ at: Date | string }[]>('SELECT MAX(at) AS "at" FROM audit_acts');
  const at = row?.at instanceof Date ? row.at : new Date(`${String(row?.at).replace(' ', 'T')}Z`);
  expect(Math.abs(Date.now() - at.getTime())).toBeLessThan(HOUR_MS / 2);
  const [older] = await rows.query<{ n: number | string }[]>(
    `SELECT COUNT(*) AS "n" FROM audit_acts a JOIN audit_acts b ON b.id > a.id AND b.at < a.at`,
  );
  expect(Number(older?.n)).toBe(0); // keys lie in the order of their times
}

/** quality.md G23. */
describe.each(kinds)('$name', (kind: Kind) => {
  let ground: Ground;
  let house: Running;

  beforeAll(async () => {
    ground = await givenGround(kind, { orders: times(6, 40) });
  });
  afterEach(() => house.close());
  afterAll(() => endGround(ground));

  it('a clock that jumps between commands and in their midst: a clean 503, nothing by the clock, and all of it once when it is right', async () => {
    house = await running(ground);
    const { base, load } = house;
    const jumps = kind.name === 'sqlite' || isEverywhere ? JUMPS : JUMPS.filter((_, n) => FEWER.has(n));
    let refused = 0;
    for (const [words, byMs] of jumps) {
      let isOver = false;
      const before = load.answers.size;
      const working = load.run(4, () => isOver);
      try {
        await load.answered(before + times(3, 20));
        house.set(byMs);
        const command = load.nextInflow();
        const answer = await load.send(command);
        expect({ words, ...answer }).toMatchObject({ words, ...REFUSED });
        expect(answer.type).toMatch(/^application\/problem\+json/);
        load.unknown.add(command);
      } finally {
        isOver = true;
        await working;
      }

      const rows = await house.counts();
      await beats(house);
      expect(await load.poolFen()).toBeGreaterThan(0); // what only reads is served
      expect(await house.counts()).toEqual(rows);
      const { status, why } = await readiness(base);
      expect(status).toBe(503);
      expect(why).toMatch(/^the clock(s of program and database are| jumped)/);

      house.set(0);
      expect(await readiness(base)).toEqual({ status: 200, why: undefined });
      refused += await load.repeatUnknown();
      await beats(house);
    }
    expect([load.unknown.size, load.faults]).toEqual([0, []]);
    await expectedInTime(house);
    expect(judged(load, ground, await booksOf(houseOf(house), ground.societyId))).toEqual(NOTHING_LOST);
    await expectSound(houseOf(house));
    report(`clock jumps, ${kind.name}`, { jumps: jumps.length, answered: load.answers.size, refused });
  });

  it('a unit in whose midst the clock jumps leaves nothing behind', async () => {
    house = await running(ground);
    const before = await house.counts();
    const unit = house.app.get(Transactions).run(async (tx) => {
      await tx.change`INSERT INTO number_series (scope_id, series, year, last_number)
        VALUES ('nobody', 'midst', 2026, 1)`;
      house.set(DAY_MS);
    });
    await expect(unit).rejects.toThrow(ClockInDoubt);
    expect(await house.counts()).toEqual(before);
    house.set(0);
  });

  it('small steps, as NTP takes them, keep nobody from anything, and no time goes back', async () => {
    house = await running(ground);
    const { load } = house;
    // The database's own clock may be two seconds off.
    for (const byMs of kind.name === 'sqlite' ? [-1500, 0, -60_000, 60_000, 0] : [-1500, 0, 1500, 0]) {
      house.set(byMs);
      await load.give(load.nextInflow());
    }
    expect([load.unknown.size, load.faults, load.answers.size]).toEqual([
      0,
      [],
      kind.name === 'sqlite' ? 5 : 4,
    ]);
    await expectedInTime(house);
  });

  it('control: where nobody watches it, a year ahead acts, sends and erases by itself, and writes down what was not', async () => {
    house = await running(ground, { isWatched: false });
    await beats(house);
    const before = await house.counts();
    house.set(365 * DAY_MS);
    await beats(house);
    expect(await house.counts()).not.toEqual(before);
    await expect(expectedInTime(house)).rejects.toThrow();
  });
});
