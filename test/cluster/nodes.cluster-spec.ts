import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from '../faults/support/command.js';
import { report, SEED, spread } from '../faults/support/counts.js';
import { audited, givenOffice } from '../faults/support/ground.js';
import type { Books, Ground } from '../faults/support/ground.js';
import { judged, NOTHING_LOST, signIn } from '../faults/support/load.js';
import type { Tokens } from '../faults/support/load.js';
import { Random } from '../fuzz/random.js';
import { houseOn } from '../support/house.js';
import { isLong, times } from './support/counts.js';
import { Galera, missingForGalera, patience, VotedOut, WITNESS } from './support/galera.js';
import type { GaleraNode } from './support/galera.js';
import { createDatabase, DATABASE, migrateBy } from './support/houses.js';
import { doubled, Programs, Shared } from './support/programs.js';

const KILLS = times(3, 30);
const PAUSES = times(1, 10);
const PAUSE_MS = 4000;
const PEOPLE = 6;
/**
 * So long MariaDB's unit waits before it starts a server that died (`RestartSec=5s`). Who comes back while the others still
 * wait for him takes their majority from them: they stand still for up to nine seconds.
 */
const RESTART_MS = 5000;

if (missingForGalera.length > 0)
  process.stdout.write(`cluster node lost: not run, there is no ${missingForGalera.join(', no ')}\n`);

/** quality.md G4: the built program on each of three nodes, and one node after the other is lost. */
(missingForGalera.length === 0 ? describe : describe.skip)('mariadb', () => {
  let galera: Galera;
  let ground: Ground;
  let programs: Programs;
  let shared: Shared;
  let tokens: Tokens;

  beforeAll(async () => {
    galera = await Galera.start();
    await createDatabase(galera);
    await galera.node(1).ask('CREATE DATABASE witness', WITNESS);
    await migrateBy(galera, 1);
    const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-ground-'));
    const database = { url: galera.node(2).url(DATABASE), drop: () => Promise.resolve() };
    const house = await houseOn({ database, dataDir }, new Date().toISOString());
    const office = await givenOffice(house, { orders: times(8, 60) });
    await house.close();
    ground = { ...office, database, dataDir };
    programs = await Programs.start(galera, dataDir);
    tokens = await signIn(programs.base(1), ground); // by one node, and known to all
    shared = new Shared(programs, ground, tokens);
  });
  afterAll(async () => {
    await programs.end();
    await galera.remove();
    rmSync(ground.dataDir, { recursive: true, force: true });
  });

  /** As `node` sees the books, read while the programs go on. */
  const booksAt = (node: GaleraNode): Promise<Books> =>
    audited({ ...ground, database: { ...ground.database, url: node.url(DATABASE) } });
  const isServing = (n: number): Promise<void> => programs.until(n, ({ status }) => status === 200);
  const saysWhy = (n: number, why: string): Promise<void> =>
    programs.until(n, ({ status, text }) => status === 503 && text.includes(why));
  /** The command line on the machine of this node. */
  const huzhu = (node: GaleraNode, command: string) =>
    runCommand(command, { url: node.url(DATABASE), dataDir: ground.dataDir });
  const expectAllOnce = async (): Promise<void> => {
    expect(shared.faults).toEqual([]);
    for (const node of galera.nodes)
      expect(judged(shared.load, ground, await booksAt(node))).toEqual(NOTHING_LOST);
  };

  it(`a node killed ${KILLS} times, a node paused ${PAUSES} times: nothing lost, nothing doubled (FAULTS_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const backMs: number[] = [];
    const waitedMs: number[] = [];
    const stallMs = { killed: [] as number[], paused: [] as number[] };
    let rebuilt = 0;
    const run = async (kind: keyof typeof stallMs, act: (node: GaleraNode) => Promise<void>) => {
      const lost = galera.node(1 + random.below(3));
      let isOver = false;
      const others = galera.nodes.filter((node) => node !== lost);
      const writing = Promise.all(others.map((node) => node.longestWrite(() => isOver)));
      try {
        const waited = await shared.during(PEOPLE, async () => {
          await sleep(500 + random.below(500));
          await act(lost);
          await isServing(lost.n);
          await sleep(300);
        });
        waitedMs.push(waited);
      } finally {
        isOver = true;
      }
      stallMs[kind].push(...(await writing));
    };
    for (let n = 0; n < KILLS; n++)
      await run('killed', async (node) => {
        await node.kill();
        const began = performance.now();
        await sleep(RESTART_MS + random.below(2000));
        try {
          await node.rejoin();
        } catch (error) {
          if (!(error instanceof VotedOut)) throw error;
          rebuilt++; // it said so itself, which is what was promised of it
          await node.rebuild();
        }
        backMs.push(performance.now() - began);
      });
    for (let n = 0; n < PAUSES; n++)
      await run('paused', async (node) => {
        node.pause();
        await sleep(PAUSE_MS);
        node.resume();
        await node.until(({ state, cluster }) => state === 'Synced' && cluster === 'Primary', 'come back');
      });
    await expectAllOnce();
    report(`node lost under load, ${patience} patience`, {
      ...{ kills: KILLS, pauses: PAUSES, answered: shared.load.answers.size, lost: 0, doubled: 0 },
      'killed: the others wrote nothing for': spread(stallMs.killed),
      'paused: for': spread(stallMs.paused),
      ...{ 'anybody waited': spread(waitedMs), 'sent again': `${shared.errorPercent.toFixed(1)} %` },
      ...{ 'a killed node is back after': spread(backMs), rebuilt },
    });
    if (!isLong) return; // how long anything takes is a matter of whatever else CI does
    expect(Math.max(...stallMs.killed, ...stallMs.paused)).toBeLessThanOrEqual(
      patience === 'tuned' ? 3000 : 10_000,
    );
    expect(shared.errorPercent).toBeLessThanOrEqual(1);
  });

  it('all nodes killed at once: the one that knows most begins anew, and what was answered is on each of them', async () => {
    await shared.during(PEOPLE, async () => {
      await sleep(1000);
      await Promise.all(galera.nodes.map((node) => node.kill()));
      for (const n of [1, 2, 3]) await programs.until(n, ({ status }) => status === 503);
      await galera.startAnew();
      for (const n of [1, 2, 3]) await isServing(n);
    });
    await expectAllOnce();
  });

  it('the judge sees what came in twice, and what did not come in', async () => {
    const [[command, answer] = []] = [...shared.load.answers].filter(([{ kind }]) => kind !== 'payment');
    if (!command || !answer) throw new Error('Nothing was answered');
    expect(await shared.load.send(doubled(command))).toMatchObject({ status: 201 });
    const belied = { answers: new Map(shared.load.answers).set({ ...command, subject: 1 }, answer) };
    expect(judged(belied, ground, await booksAt(galera.node(3)))).toMatchObject({ lost: 1, doubled: 1 });
  });

  it('a node whose rows are not theirs is voted out, says so, serves nobody, and is back when it is rebuilt', async () => {
    const node = galera.node(3);
    const row = `INSERT INTO ${DATABASE}.number_series (scope_id, series, year, last_number) VALUES ('astray', 'x', 2026, 1)`;
    await node.ask('SET SESSION wsrep_on = OFF', row);
    await galera.node(1).ask(row);
    await saysWhy(3, 'voted this node out');
    expect(await huzhu(node, 'doctor')).toMatchObject({
      status: 1,
      out: expect.stringContaining('voted this node out') as string,
    });
    const refused = await fetch(`${programs.base(3)}/api/v1/ledger`, {
      headers: { authorization: `Bearer ${tokens.accountant}` },
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    const before = shared.load.answers.size;
    await shared.during(2, () => sleep(500)); // the two others serve
    expect(shared.load.answers.size).toBeGreaterThan(before);
    expect(shared.faults).toEqual([]);
    await node.rebuild();
    await isServing(3);
  });

  it('a node that sees no majority serves nobody and says why; they are one again when the others are back', async () => {
    const [one, two, three] = [galera.node(1), galera.node(2), galera.node(3)];
    two.pause();
    three.pause();
    await saysWhy(1, 'majority');
    const said = await Promise.all([huzhu(one, 'doctor'), huzhu(one, 'verify')]);
    expect(said.map(({ status }) => status)).toEqual([1, 1]);
    expect(said[0].out).toMatch(/^fault cluster: .*: this node does not see the majority of its cluster → /m);
    expect(said[1].err).toBe(
      'The database serves nobody: this node does not see the majority of its cluster\n',
    );
    two.resume();
    three.resume();
    for (const node of [one, two, three])
      await node.until(({ cluster, size }) => cluster === 'Primary' && size === 3, 'find the others');
    for (const n of [1, 2, 3]) await isServing(n);
  });
});
