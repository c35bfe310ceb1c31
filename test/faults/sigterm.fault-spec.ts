import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Connection from 'libsql';
import mysql from 'mysql2/promise';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { schema } from '../../src/schema.js';
import { Random } from '../fuzz/random.js';
import { kinds } from '../support/databases.js';
import { PROMISES, promisesOf } from '../support/promises.js';
import { isEverywhere, isLong, report, SEED, spread, times } from './support/counts.js';
import { Endings } from './support/endings.js';
import { audited, endGround, givenGround } from './support/ground.js';
import type { Ground } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { freePort, ServerChild } from './support/server-child.js';
import { until } from './support/until.js';

const [STOPS, STARTS, MIGRATES] = [times(1, 30), times(2, 20), times(1, 20)];
const CLI = join(process.cwd(), 'dist', 'src', 'cli.js');

/** Nobody else writes until it is let go. */
async function heldDatabase(url: string): Promise<() => Promise<void>> {
  if (url.startsWith('sqlite:')) {
    const connection = new Connection(url.slice('sqlite:'.length));
    connection.exec('BEGIN IMMEDIATE');
    return () => {
      connection.exec('ROLLBACK');
      connection.close();
      return Promise.resolve();
    };
  }
  const connection = await mysql.createConnection(url);
  await connection.query('LOCK TABLES commands WRITE');
  return () => connection.end();
}

async function isRefused(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/readyz`)).status === 503;
  } catch {
    return true;
  }
}

/** Beside this question, so many are under way in the program: whoever has come in, and waits. */
async function othersUnderWay(base: string): Promise<number> {
  const words = await (await fetch(`${base}/metrics`)).text();
  return Number(/^huzhu_requests_under_way (\d+)$/m.exec(words)?.[1]) - 1;
}

/** quality.md 7: the program is told to end. The same people work through all of its lives. */
describe.each(kinds)('$name', (kind) => {
  let ground: Ground;
  let port: number;
  let server: ServerChild;
  let load: Load;
  let startMs = 0;
  const endings = new Endings();

  const start = async (): Promise<void> => {
    const began = performance.now();
    server = await ServerChild.start(wanted());
    const started = server;
    endings.add(() => started.kill());
    startMs = performance.now() - began;
  };
  const wanted = () => ({ url: ground.database.url, dataDir: ground.dataDir, port });

  beforeAll(async () => {
    ground = await givenGround(kind, { orders: times(6, 30) });
    endings.add(() => endGround(ground));
    port = await freePort();
    await start();
    load = new Load(ground, server.base, await signIn(server.base, ground));
  });
  afterAll(() => endings.run());

  /** A command that waits for its database as the signal comes; the database is let go a little later. */
  const waitingAt = async (signal: () => Promise<void>): Promise<void> => {
    const release = await heldDatabase(ground.database.url);
    const given = load.give(load.nextInflow());
    try {
      await until('a command waits', async () => (await othersUnderWay(server.base)) > 0);
      await signal();
    } finally {
      await release();
      await given;
    }
  };

  it('what is under way is answered, what comes later is turned away, and a second signal changes nothing', async () => {
    await waitingAt(async () => {
      server.tell('SIGTERM');
      server.tell('SIGTERM'); // somebody is impatient
      await until('it turns people away', () => isRefused(server.base));
      await sleep(200);
    });
    expect([await server.ended(), load.answers.size, load.unknown.size]).toEqual([0, 1, 0]);
  });

  it(`told to end while eight people work, ${STOPS} times: it ends with 0, and nothing is lost (FAULTS_SEED=${SEED})`, async () => {
    const [random, tookMs] = [new Random(SEED), [] as number[]];
    for (let n = 0; n < STOPS; n++) {
      await start();
      let isOver = false;
      const before = load.answers.size;
      const running = load.run(8, () => isOver);
      let began = 0;
      try {
        await load.answered(before + 5);
        await sleep(random.below(200));
        began = performance.now();
        server.tell('SIGTERM');
        await sleep(50);
      } finally {
        isOver = true;
        await running;
      }
      expect(await server.ended()).toBe(0);
      tookMs.push(performance.now() - began);
    }
    // The short form judges it with what comes next: what was answered is not sent again, and what was lost stays lost.
    if (isEverywhere) expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
    report(`SIGTERM, ${kind.name}`, {
      stops: STOPS,
      answered: load.answers.size,
      'turned away': load.unknown.size,
      'ended after': spread(tookMs),
    });
  });

  it(`told to end while it starts, ${STARTS} times: it starts the next time, and what was turned away is done (FAULTS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    for (let n = 0; n < STARTS; n++) {
      server = ServerChild.begin(wanted());
      const begun = server;
      endings.add(() => begun.kill());
      await sleep(random.below(Math.ceil(startMs)));
      server.tell('SIGTERM');
      expect([0, null]).toContain(await server.ended()); // null: before it listened to anybody
    }
    await start();
    await load.repeatUnknown();
    expect([load.faults, load.unknown.size]).toEqual([[], 0]);
    expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
  });

  it('control: killed instead, nobody is answered', async () => {
    await waitingAt(async () => {
      await server.kill();
    });
    expect([await server.ended(), load.unknown.size]).toEqual([null, 1]);
  });

  // On a server whoever comes next waits until the dead one was silent for twenty seconds.
  const stops = kind.name === 'sqlite' ? MIGRATES : times(0, 3);
  (stops > 0 ? it : it.skip)(
    `told to end while it migrates, ${stops} times: it ends when it is begun again (FAULTS_SEED=${SEED})`,
    async () => {
      const database = await kind.create();
      const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-migrate-'));
      endings.add(() => database.drop());
      endings.add(() => {
        rmSync(dataDir, { recursive: true });
      });
      const migrate = (afterMs: number | null): Promise<boolean> =>
        new Promise((resolve) => {
          const env = { PATH: process.env['PATH'], DATABASE_URL: database.url, HUZHU_DATA_DIR: dataDir };
          const child = execFile(process.execPath, [CLI, 'migrate'], { cwd: dataDir, env }, (error) => {
            resolve(error === null);
          });
          if (afterMs !== null) setTimeout(() => child.kill('SIGTERM'), afterMs);
        });
      const random = new Random(SEED);
      for (let n = 0; n < stops; n++) await migrate(200 + random.below(times(2000, 4000)));
      expect(await migrate(null)).toBe(true);
      const dataSource = await dataSourceOf(database.url, schema).initialize();
      expect(await promisesOf(dataSource)).toEqual(PROMISES);
      await dataSource.destroy();
    },
  );
});

/** Where a proxy shares requests out: it has seen that this program is ending before a request of its is refused. */
(isLong ? it : it.skip)(
  'in production it says that it is ending, and serves all who come for five seconds more',
  async () => {
    const [sqlite] = kinds;
    if (!sqlite) return;
    const endings = new Endings();
    try {
      const ground = await givenGround(sqlite);
      endings.add(() => endGround(ground));
      const server = await ServerChild.start({
        url: ground.database.url,
        dataDir: ground.dataDir,
        port: await freePort(),
        environment: {
          NODE_ENV: 'production',
          HUZHU_PUBLIC_URL: 'https://huzhu.example',
          HUZHU_KEY_FILE: join(ground.dataDir, 'keys.json'),
          HUZHU_COOKIE_SECRET: 'only for this test, and long enough for it',
          HOST: '127.0.0.1',
          STEP_UP: 'off',
          STAFF_TOTP: 'optional',
        },
      });
      endings.add(() => server.kill());
      const load = new Load(ground, server.base, await signIn(server.base, ground));
      const began = performance.now();
      server.tell('SIGTERM');
      await until('it says that it is ending', () => isRefused(server.base));
      let served = 0;
      while (performance.now() - began < 3000) {
        await load.give(load.nextInflow());
        served += 1;
      }
      expect(load.answers.size).toBe(served);
      expect(served).toBeGreaterThan(0);
      expect(await server.ended()).toBe(0);
      expect(performance.now() - began).toBeGreaterThan(4900);
      expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
    } finally {
      await endings.run();
    }
  },
);
