import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../fuzz/random.js';
import { kinds } from '../support/databases.js';
import { report, SEED, times } from './support/counts.js';
import { audited, endGround, givenGround } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { answerOf, builtPowercut, cutPower, fileOnDisk } from './support/power.js';
import { freePort, ServerChild } from './support/server-child.js';

const CUTS = times(5, 50);
const [sqlite] = kinds;
const powercut = builtPowercut();
if (powercut === null) process.stdout.write('power cut: not run, there is no compiler for C here\n');

const preloaded = (folder: string): Record<string, string> => ({
  LD_PRELOAD: powercut ?? '',
  POWERCUT_DIR: folder,
});

/** quality.md G2. */
(powercut === null ? describe.skip : describe)('sqlite', () => {
  it(`the power cut ${CUTS} times while it pays: all that was answered is in the books, once (FAULTS_SEED=${SEED})`, async () => {
    if (!sqlite) return;
    const [random, made] = [new Random(SEED), await givenGround(sqlite, { orders: times(10, 40) })];
    const file = fileOnDisk(made.database.url.slice('sqlite:'.length));
    const ground = { ...made, database: { ...made.database, url: `sqlite:${file}` } };
    const wanted = { url: ground.database.url, dataDir: ground.dataDir, port: await freePort() };
    const start = (): Promise<ServerChild> =>
      ServerChild.start({ ...wanted, environment: preloaded(dirname(file)) });
    let server = await start();
    const load = new Load(ground, server.base, await signIn(server.base, ground));
    for (let n = 0; n < CUTS; n++) {
      let isDark = false;
      const before = load.answers.size;
      const running = load.run(8, () => isDark);
      while (load.answers.size === before) await sleep(5);
      await sleep(random.below(500));
      await server.kill();
      isDark = true;
      await running;
      expect(existsSync(`${file}-wal.durable`)).toBe(true); // the program is really watched
      cutPower(file);
      expect(integrityOf(file)).toBe('ok');
      server = await start();
      await load.repeatUnknown();
    }
    await server.end();
    expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
    expect([load.faults, load.unknown.size]).toEqual([[], 0]);
    report('power cut, sqlite', { cuts: CUTS, answered: load.answers.size, lost: 0, doubled: 0 });
    await endGround(made);
    rmSync(dirname(file), { recursive: true });
  });

  it.each([
    ['FULL', 'loses nothing of what it said', false],
    ['NORMAL', 'loses some of it, which is why the program refuses it', true],
  ])('a file that is written with synchronous=%s %s', async (synchronous, _what, isLosing) => {
    const folder = mkdtempSync(join(tmpdir(), 'huzhu-power-'));
    const file = join(folder, 'numbers.db');
    let lost = 0;
    for (let n = 0; n < 3; n++) {
      const said = await killedAt(60, [file, synchronous], folder);
      cutPower(file);
      expect(integrityOf(file)).toBe('ok');
      lost += Math.max(0, said - lastIn(file));
    }
    expect(lost > 0).toBe(isLosing);
    report(`power cut, synchronous=${synchronous}`, { cuts: 3, lost });
    rmSync(folder, { recursive: true });
  });
});

/** Kills the bare writer once it has said so many numbers more, and says the last it had said. */
async function killedAt(count: number, wanted: readonly string[], folder: string): Promise<number> {
  const writer = join(process.cwd(), 'test', 'faults', 'support', 'bare-writer.mjs');
  const child = spawn(process.execPath, [writer, ...wanted], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...preloaded(folder) },
  });
  const ended = once(child, 'exit');
  let [last, said] = [0, 0];
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (++said === count) child.kill('SIGKILL');
  }
  await ended;
  return last;
}

const integrityOf = (file: string): unknown => answerOf(file, 'PRAGMA integrity_check');
/** None where not even the table is left. */
const lastIn = (file: string): number => {
  const isThere = Number(answerOf(file, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'numbers'`)) > 0;
  return isThere ? Number(answerOf(file, 'SELECT COALESCE(MAX(n), 0) FROM numbers')) : 0;
};
