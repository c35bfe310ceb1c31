import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../fuzz/random.js';
import { report, SEED, spread, times } from './support/counts.js';
import { audited, endGround, givenGround } from './support/ground.js';
import type { Ground } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { hasOwnMariadb, OwnMariadb } from './support/own-mariadb.js';
import { freePort, ServerChild } from './support/server-child.js';

const KILLS = times(2, 20);

if (!hasOwnMariadb) process.stdout.write('database server killed: not run, there is no mariadbd\n');

/** quality.md G3. */
(hasOwnMariadb ? describe : describe.skip)('mariadb', () => {
  let mariadb: OwnMariadb;
  let ground: Ground;
  let port: number;

  beforeAll(async () => {
    mariadb = await OwnMariadb.install();
    await mariadb.start();
    ground = await givenGround(mariadb.kind, { orders: times(6, 30) });
    port = await freePort();
  });
  afterAll(async () => {
    await endGround(ground);
    await mariadb.remove();
  });

  const start = (): Promise<ServerChild> =>
    ServerChild.start({ url: ground.database.url, dataDir: ground.dataDir, port });

  it(`the server killed ${KILLS} times: the program goes on by itself, and nothing is lost (FAULTS_SEED=${SEED})`, async () => {
    const [random, backMs] = [new Random(SEED), [] as number[]];
    const server = await start();
    const load = new Load(ground, server.base, await signIn(server.base, ground));
    for (let n = 0; n < KILLS; n++) {
      let isOver = false;
      const running = load.run(8, () => isOver);
      await sleep(100 + random.below(600));
      await mariadb.kill();
      await sleep(random.below(1500));
      await mariadb.start();
      const [began, before] = [performance.now(), load.answers.size];
      while (load.answers.size === before) await sleep(10);
      backMs.push(performance.now() - began);
      isOver = true;
      await running;
    }
    const unanswered = await load.repeatUnknown();
    expect(server.isAlive).toBe(true);
    await server.end();

    expect(load.faults).toEqual([]);
    expect(load.unknown.size).toBe(0);
    expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
    report('database server killed', {
      kills: KILLS,
      answered: load.answers.size,
      'without an answer': unanswered,
      lost: 0,
      doubled: 0,
      'served again after': spread(backMs),
    });
  });

  it('a server that would lose what it has confirmed is refused at the start', async () => {
    await mariadb.end();
    await mariadb.start({ flush: 0 });
    await expect(start()).rejects.toThrow(/innodb_flush_log_at_trx_commit is not 1/);
  });
});
