import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Random } from '../fuzz/random.js';
import { listening } from '../support/clients.js';
import type { ApiAnswer } from '../support/clients.js';
import { countOf, givenCounter } from '../support/counters.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { report, SEED, spread, times } from './support/counts.js';
import { behind, FaultProxy } from './support/fault-proxy.js';
import type { CommitFault } from './support/fault-proxy.js';
import { booksOf, givenOffice } from './support/ground.js';
import type { Office } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import type { Tokens } from './support/load.js';

const mariadb = kinds.find(({ name }) => name === 'mariadb');

/** quality.md G5: the line between the program and its database does what lines do. */
(mariadb ? describe : describe.skip)('mariadb', () => {
  let proxy: FaultProxy;
  let house: House;
  let office: Office;
  let base: string;
  let tokens: Tokens;

  beforeAll(async () => {
    if (!mariadb) return;
    proxy = await FaultProxy.to(Number(new URL(process.env['TEST_DATABASE_URL'] ?? '').port));
    house = await givenHouse(behind(proxy, mariadb), new Date().toISOString());
  });
  beforeEach(async () => {
    office = await givenOffice(house, { orders: 6 });
    base = await listening(house);
    tokens = await signIn(base, office);
  });
  afterEach(async () => {
    proxy.set({});
    proxy.mendCommits();
    await expectSound(house);
  });
  afterAll(async () => {
    await house.close();
    await proxy.close();
  });

  const expectAllOnce = async (load: Load): Promise<void> => {
    expect(load.faults).toEqual([]);
    expect(load.unknown.size).toBe(0);
    expect(judged(load, office, await booksOf(house, office.societyId))).toEqual(NOTHING_LOST);
    expect(await load.differing()).toBe(0);
    expect(judged(load, office, await booksOf(house, office.societyId))).toEqual(NOTHING_LOST);
  };

  it.each<[CommitFault, number]>([
    ['blind', times(20, 200)],
    ['dropped', times(20, 200)],
  ])('a COMMIT that is %s, %i times, moves money once', async (fault, wanted) => {
    const load = new Load(office, base, tokens);
    const before = proxy.commits[fault];
    proxy.breakCommits(fault, { each: 3, times: wanted });
    await load.run(6, () => proxy.commits[fault] - before === wanted);
    proxy.mendCommits();
    const unanswered = await load.repeatUnknown();
    await expectAllOnce(load);
    report(`COMMIT ${fault}`, {
      faults: wanted,
      answered: load.answers.size,
      'without an answer': unanswered,
    });
  });

  it('a COMMIT that is blind does a unit twice which has no key to find itself by', async () => {
    const row = await givenCounter(house.dataSource, 0);
    proxy.breakCommits('blind', { times: 1 });
    await house
      .get(Transactions)
      .run(
        (tx) =>
          tx.change`UPDATE number_series SET last_number = last_number + 1 WHERE scope_id = ${row.scopeId}`,
        { onLostCommit: 'repeat' },
      );
    expect(await countOf(house.dataSource, row)).toBe(2);
  });

  it(`lines that are cut in the midst of everything lose nothing (FAULTS_SEED=${SEED})`, async () => {
    const [random, wanted] = [new Random(SEED), times(50, 500)];
    const load = new Load(office, base, tokens);
    let cut = 0;
    const running = load.run(6, () => cut >= wanted);
    while (cut < wanted) {
      await sleep(random.below(60));
      cut += proxy.cut();
    }
    await running;
    const unanswered = await load.repeatUnknown();
    await expectAllOnce(load);
    report('lines cut', { cut, answered: load.answers.size, 'without an answer': unanswered });
  });

  it('a server that says nothing: everybody is answered 503 within 20 s, and served as soon as it speaks', async () => {
    const tookMs: number[] = [];
    const load = new Load(office, base, tokens);
    for (let n = 0; n < times(2, 20); n++) {
      let isHanging = false;
      const running = load.run(16, () => isHanging);
      await sleep(200);
      proxy.set({ hang: true });
      isHanging = true;
      const began = performance.now();
      const reading = fetch(`${base}/readyz`).then(({ status }) => status);
      const asked = Array.from({ length: 24 }, () => timed(() => load.send(load.next())));
      const answers = await Promise.all(asked);
      await running; // whatever they were in the midst of
      expect(performance.now() - began).toBeLessThan(20_000);
      expect(await reading).toBe(503);
      for (const { answer, ms } of answers) {
        expect(answer).toMatchObject({ status: 503, code: 'TRY_AGAIN', retryAfter: '2' });
        expect(answer.type).toMatch(/^application\/problem\+json/);
        tookMs.push(ms);
      }
      proxy.set({});
      await load.repeatUnknown();
      expect(load.faults).toEqual([]);
      await Promise.all(Array.from({ length: 24 }, () => load.give(load.next())));
      expect(load.unknown.size).toBe(0);
    }
    report('server hangs', { asked: tookMs.length, 'answered 503 after': spread(tookMs) });
  });

  it('a slow line, and one that lets nobody in for a while, change nothing but the time', async () => {
    const load = new Load(office, base, tokens);
    proxy.set({ latencyMs: 15 });
    const until = performance.now() + 1500;
    const running = load.run(6, () => performance.now() > until);
    await sleep(500);
    proxy.set({ down: true });
    proxy.cut();
    await sleep(500);
    proxy.set({});
    await running;
    await load.repeatUnknown();
    expect(load.answers.size).toBeGreaterThan(0);
    await expectAllOnce(load);
  });
});

async function timed(ask: () => Promise<ApiAnswer>): Promise<{ answer: ApiAnswer; ms: number }> {
  const began = performance.now();
  const answer = await ask();
  return { answer, ms: performance.now() - began };
}
