import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { kinds } from '../support/databases.js';
import { Random } from '../fuzz/random.js';
import { report, SEED, spread, times } from './support/counts.js';
import { FaultProxy } from './support/fault-proxy.js';
import { audited, endGround, givenGround } from './support/ground.js';
import type { Ground } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { freePort, ServerChild } from './support/server-child.js';

const KILLS = times(20, 200);
const PEOPLE = 8;

/** quality.md G1. */
describe.each(kinds)('$name', (kind) => {
  let ground: Ground;
  let port: number;

  beforeAll(async () => {
    ground = await givenGround(kind, { orders: times(20, 60) });
    port = await freePort();
  });
  afterAll(() => endGround(ground));

  const start = (): Promise<ServerChild> =>
    ServerChild.start({ url: ground.database.url, dataDir: ground.dataDir, port });

  it('what was done and never answered is in the books once under its key, and twice under a new one', async () => {
    let server = await start();
    const tokens = await signIn(server.base, ground);
    const line = await FaultProxy.to(port);
    const [near, far] = [server.base, `http://127.0.0.1:${String(line.port)}`];
    line.set({ mute: true });
    const deaf = new Load(ground, far, tokens);
    const load = new Load(ground, near, tokens);
    const before = await load.poolFen();
    const commands = [load.nextInflow(), load.nextInflow(), load.nextInflow()];
    const sum = commands.reduce((total, { subject }) => total + Number(subject), 0);
    const given = Promise.all(commands.map((command) => deaf.give(command)));
    while ((await load.poolFen()) < before + sum) await sleep(20);
    await server.kill();
    await given;
    await line.close();
    expect(deaf.unknown.size).toBe(commands.length);

    server = await start();
    for (const command of commands) await load.give(command);
    expect(await load.poolFen()).toBe(before + sum);
    for (const command of commands) await load.give({ ...command, key: randomUUID() });
    expect(await load.poolFen()).toBe(before + 2 * sum); // which is why the key is the form's, and not the click's
    await server.end();
    const { lots } = await audited(ground);
    expect(commands.map(({ subject }) => lots.get(Number(subject)))).toEqual(commands.map(() => 2));
    ground = { ...ground, heldFen: before + 2 * sum };
  });

  it(`killed ${KILLS} times while it pays: all that was answered is in the books, once (FAULTS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const readyMs: number[] = [];
    let server = await start();
    const load = new Load(ground, server.base, await signIn(server.base, ground));
    let unanswered = 0;
    for (let n = 0; n < KILLS; n++) {
      let isDead = false;
      const running = load.run(PEOPLE, () => isDead);
      await sleep(50 + random.below(500));
      await server.kill();
      isDead = true;
      await running;
      const began = performance.now();
      server = await start();
      readyMs.push(performance.now() - began);
      unanswered += await load.repeatUnknown();
    }
    await server.end();

    // Before anything is sent again: what was lost would come back by that.
    expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
    server = await start();
    expect(await load.differing()).toBe(0);
    await server.end();
    expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);

    expect(load.faults).toEqual([]);
    expect(load.unknown.size).toBe(0);
    report(`app killed, ${kind.name}`, {
      kills: KILLS,
      answered: load.answers.size,
      'without an answer': unanswered,
      lost: 0,
      doubled: 0,
      'ready again': spread(readyMs),
    });
  });
});
