import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RoundAlreadyClosed } from '../../src/board/domain/board.errors.js';
import { BoardQueries } from '../../src/board/index.js';
import { CapExhausted, CapsService } from '../../src/funds/index.js';
import { Timers } from '../../src/house/index.js';
import { fen } from '../../src/kernel/fen.js';
import { sendableFrom } from '../../src/messages/domain/delivery.js';
import { MessagesOutbox } from '../../src/messages/index.js';
import { NumberSeries } from '../../src/platform/database/number-series.entity.js';
import { Numbers } from '../../src/platform/database/numbers.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { booksOf, givenOffice } from '../faults/support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from '../faults/support/load.js';
import { report } from '../faults/support/counts.js';
import { refusalsIn } from '../integration/books.given.js';
import { castOwn, givenBoard, givenRound, registerSubject, timesTold } from '../support/board.js';
import { listening } from '../support/clients.js';
import { givenFederation, givenFund } from '../support/federation.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenVillage, stopTimers } from '../support/village.js';
import { times } from './support/counts.js';
import { Galera, missingForGalera } from './support/galera.js';
import { createDatabase, DATABASE, housesOn, migrateBy } from './support/houses.js';
import type { Houses } from './support/houses.js';

const CAP = fen(50_000_000);
const [HOUSEHOLDS, PANELS] = [times(100, 1000), 8];
const MOTIONS = times(50, 500);
const COMMANDS = times(100, 1000);
const READS = times(100, 300);
/** So many households, motions or commands are under way side by side. */
const AT_ONCE = 4;

if (missingForGalera.length > 0)
  process.stdout.write(`cluster at once: not run, there is no ${missingForGalera.join(', no ')}\n`);

/** quality.md G6 and G7: everybody presses at the same moment, and each is served by another node. */
(missingForGalera.length === 0 ? describe : describe.skip)('mariadb', () => {
  let galera: Galera;
  let houses: Houses;

  beforeAll(async () => {
    galera = await Galera.start();
    await createDatabase(galera);
  });
  afterAll(async () => {
    await houses.close();
    await galera.remove();
  });

  it('is migrated once by two who begin it on two nodes at the same moment', async () => {
    const began = performance.now();
    const both = await Promise.all([migrateBy(galera, 1), migrateBy(galera, 2)]);
    const counts = both.map(({ migrations }) => migrations.length).sort((a, b) => a - b);
    expect(counts[0]).toBe(0);
    expect(counts[1]).toBeGreaterThan(20);
    report('migrate on two nodes at once', {
      migrations: counts[1] ?? 0,
      took: `${String(Math.round(performance.now() - began))} ms`,
    });
    // In every node's order, whatever its operator had set: each has the whole schema.
    const ofNode = async (n: number) =>
      galera
        .node(n)
        .ask(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${DATABASE}'`);
    const [one, two, three] = [await ofNode(1), await ofNode(2), await ofNode(3)];
    expect(one.length).toBeGreaterThan(100);
    expect([two.length, three.length]).toEqual([one.length, one.length]);

    houses = await housesOn(galera, new Date().toISOString());
    for (const house of houses.all) {
      registerSubject(house);
      stopTimers(house);
    }
  });

  /** So many at a time, one after the other. */
  const each = async (count: number, act: (n: number) => Promise<void>): Promise<void> => {
    for (let n = 0; n < count; n += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - n) }, (_each, i) => act(n + i)));
  };

  it(`G6 keeps the cap of ${HOUSEHOLDS} households with ${PANELS} panels at once, and refuses none that fitted`, async () => {
    const { fundId } = await givenFund(houses.first, await givenFederation(houses.first));
    const open = (house: House, people: readonly string[], askedFen: number) =>
      house.get(Transactions).run(async (tx) => {
        const caps = house.get(CapsService);
        const { groupId } = await caps.groupOf(tx, people);
        const asked = { fundId, groupId, windowKey: 'LIFETIME', capFen: CAP, askedFen: fen(askedFen) };
        return caps.hold(tx, { ...asked, purpose: randomUUID() });
      });
    const began = performance.now();
    let refused = 0;
    await each(HOUSEHOLDS, async () => {
      const people = [randomUUID(), randomUUID()];
      const asked = Array.from({ length: PANELS }, () => randomInt(1, 15_000_000));
      const outcomes = await Promise.allSettled(
        asked.map((amount, n) => open(houses.turn(n), people, amount)),
      );
      const held = outcomes.map((one) => (one.status === 'fulfilled' ? Number(one.value.heldFen) : 0));
      for (const refusal of refusalsIn(outcomes)) expect(refusal).toBeInstanceOf(CapExhausted);
      refused += refusalsIn(outcomes).length;
      const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
      expect(sum(held)).toBe(Math.min(sum(asked), CAP));
    });
    expect(refused).toBeGreaterThan(0);
    report('caps on three nodes', {
      ...{ households: HOUSEHOLDS, panels: HOUSEHOLDS * PANELS, refused, over: 0 },
      took: `${String(Math.round(performance.now() - began))} ms`,
    });
  });

  it('keeps one place for one, by the guarded row and not by the count of rows', async () => {
    const places = times(20, 100);
    const naive = (house: House, scopeId: string) =>
      house.get(Transactions).run(async (tx) => {
        const taken = await tx.read`SELECT series FROM number_series WHERE scope_id = ${scopeId}`;
        if (taken.length > 0) throw new Error('taken');
        await tx.insert(NumberSeries, {
          scopeId,
          series: randomUUID().slice(0, 18),
          year: 2026,
          lastNumber: 1,
        });
      });
    const guarded = (house: House, scopeId: string) =>
      house.get(Transactions).run(
        (tx) => tx.changeOne(() => new Error('taken'))`UPDATE number_series
        SET last_number = last_number + 1 WHERE scope_id = ${scopeId} AND last_number + 1 <= 1`,
      );
    const takenBy = async (take: typeof naive, scopeId: string): Promise<number> => {
      const asked = await Promise.allSettled(houses.all.map((house) => take(house, scopeId)));
      return asked.filter(({ status }) => status === 'fulfilled').length;
    };
    let [tooMany, once] = [0, 0];
    await each(places, async () => {
      if ((await takenBy(naive, randomUUID())) > 1) tooMany++;
      const scopeId = randomUUID();
      await houses.first
        .get(Transactions)
        .run((tx) => tx.insert(NumberSeries, { scopeId, series: 'place', year: 2026, lastNumber: 0 }));
      if ((await takenBy(guarded, scopeId)) === 1) once++;
    });
    expect(once).toBe(places);
    expect(tooMany).toBeGreaterThan(0); // the control: rows of different names are no conflict to anybody
    report('one place for one', { places, 'guarded: once': once, 'control: given twice': tooMany });
  });

  it(`G7 decides ${MOTIONS} motions once, whose five directors vote at the same moment; numbers without gap`, async () => {
    const board = await givenBoard(houses.first);
    const roundIds: string[] = [];
    const began = performance.now();
    await each(MOTIONS, async () => {
      const roundId = await givenRound(houses.first, board);
      roundIds.push(roundId);
      const ballots = board.directors.map((_director, n) =>
        castOwn(houses.turn(n), board, roundId, n, n === 4 ? 'no' : 'yes'),
      );
      for (const refusal of refusalsIn(await Promise.allSettled(ballots)))
        expect(refusal).toBeInstanceOf(RoundAlreadyClosed);
    });
    const numbers: (string | null)[] = [];
    for (const roundId of roundIds) {
      expect(await timesTold(houses.turn(numbers.length), roundId)).toBe(1);
      const round = await houses.first.get(BoardQueries).round(board.societyId, roundId);
      expect(round).toMatchObject({ state: 'APPROVED', electors: 5 });
      numbers.push(round.decisionNumber);
    }
    const counted = numbers.map((number) => Number(/(\d+)号$/.exec(number ?? '')?.[1]));
    expect(counted.sort((a, b) => a - b)).toEqual(Array.from({ length: MOTIONS }, (_each, n) => n + 1));
    report('votes on three nodes', {
      ...{ motions: MOTIONS, 'decided twice': 0, stuck: 0 },
      took: `${String(Math.round(performance.now() - began))} ms`,
    });
  });

  it('gives sixty who ask on three nodes the numbers 1 to 40, when twenty of them change their minds', async () => {
    const scope = randomUUID();
    const asked = Array.from({ length: 60 }, (_each, n) => {
      const house = houses.turn(n);
      return house.get(Transactions).run(async (tx) => {
        const number = await house.get(Numbers).next(tx, scope, 'test', 2026);
        if (n % 9 < 3) throw new Error('changed their mind');
        return number;
      });
    });
    const given = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: given.length }, (_each, n) => n + 1));
    expect(given.length).toBe(39);
  });

  it(`does ${COMMANDS} commands once, each sent to all three at once under one key`, async () => {
    const office = await givenOffice(houses.first, { orders: 5 });
    const bases = await Promise.all(houses.all.map((house) => listening(house)));
    const tokens = await signIn(bases[0] ?? '', office); // by one node, and known to all
    const loads = bases.map((base) => new Load(office, base, tokens));
    const [load] = loads;
    if (!load) throw new Error('There is no node');
    let differing = 0;
    await each(COMMANDS, async () => {
      const command = load.next();
      const answers = await Promise.all(loads.map((one) => one.patiently(command)));
      for (const answer of answers) if (answer.text !== answers[0]?.text) differing++;
    });
    expect(loads.flatMap(({ faults }) => faults)).toEqual([]);
    expect(differing).toBe(0);
    const [, , third] = houses.all;
    const verdict = async () => judged(load, office, await booksOf(third, office.societyId));
    expect(await verdict()).toEqual(NOTHING_LOST);
    report('keys on three nodes', { commands: COMMANDS, sent: COMMANDS * 3, differing, doubled: 0 });
    // The control: the same under another key acts again, and the judge sees it.
    const [command] = [...load.answers.keys()].filter(({ kind }) => kind !== 'payment');
    if (!command) throw new Error('Nothing was answered');
    await loads[1]?.patiently({ ...command, key: randomUUID() });
    expect(await verdict()).toMatchObject({ doubled: 1 });
  });

  it(`reads on one node what another has acknowledged, ${READS} times`, async () => {
    const scopeId = randomUUID();
    const [one, two] = houses.all;
    await one
      .get(Transactions)
      .run((tx) => tx.insert(NumberSeries, { scopeId, series: 'read', year: 2026, lastNumber: 0 }));
    const write = (n: number) =>
      one
        .get(Transactions)
        .run((tx) => tx.change`UPDATE number_series SET last_number = ${n} WHERE scope_id = ${scopeId}`);
    const sql = 'SELECT last_number AS "n" FROM number_series WHERE scope_id = ?';
    const stale = { told: 0, control: 0 };
    const tookMs = { told: 0, control: 0 };
    const untold = two.dataSource.createQueryRunner();
    await untold.query('SET SESSION wsrep_sync_wait = 0');
    const ask = async (who: keyof typeof stale, n: number): Promise<void> => {
      await write(n);
      const began = performance.now();
      const [row] = (await (who === 'told' ? two.dataSource : untold).query(sql, [scopeId])) as {
        n: number;
      }[];
      tookMs[who] += performance.now() - began;
      if (row?.n !== n) stale[who]++;
    };
    for (let n = 1; n <= 2 * READS; n++) await ask(n % 2 === 0 ? 'told' : 'control', n);
    await untold.query('SET SESSION wsrep_sync_wait = 1');
    await untold.release();
    expect(stale.told).toBe(0);
    const mean = (ms: number): string => `${(ms / READS).toFixed(1)} ms`;
    report('reads on another node', {
      ...{ reads: READS, stale: stale.told, 'a read': mean(tookMs.told) },
      ...{ 'without the setting stale': stale.control, 'then a read': mean(tookMs.control) },
    });
  });

  it('does by the clock once what three programs wake up for', async () => {
    const board = await givenBoard(houses.first);
    const village = await givenVillage(houses.first);
    const roundIds = await Promise.all(Array.from({ length: 6 }, () => givenRound(houses.first, board)));
    const numbers = Array.from({ length: 12 }, () => `139${String(randomInt(1e8)).padStart(8, '0')}`);
    for (const number of numbers) await tell(houses.first, village.societyId, number);
    const { clock } = houses.first;
    clock.advance({ hours: 30 });
    clock.moveTo(sendableFrom(clock.now())); // the day began with this run, and at night no text goes out
    await Promise.all(
      houses.all.map(async (house) => {
        const timers = house.get(Timers);
        await Promise.all([timers.runDue(), timers.sendTexts(), timers.sendWebhooks()]);
      }),
    );
    for (const [n, roundId] of roundIds.entries()) {
      expect(await timesTold(houses.turn(n), roundId)).toBe(1);
      expect(await houses.turn(n).get(BoardQueries).round(board.societyId, roundId)).toMatchObject({
        state: 'LAPSED',
        closing: 'DEADLINE',
      });
    }
    const lines = readFileSync(join(houses.dataDir, 'messages', 'sent.jsonl'), 'utf8');
    expect(numbers.map((number) => lines.split(number).length - 1)).toEqual(numbers.map(() => 1));
  });

  it('leaves rows that belie nobody, whichever node is asked', async () => {
    for (const house of houses.all) await expectSound(house);
  });
});

/** Writes down a text by itself, as a unit of the trade would. */
function tell(house: House, societyId: string, number: string): Promise<boolean> {
  return house.get(Transactions).run((tx) =>
    house.get(MessagesOutbox).tell(
      tx,
      { societyId, id: randomUUID(), number },
      {
        ...{ event: 'case.accepted', template: 'application-accepted', subjectId: randomUUID() },
        ...{ cause: `case.accepted:${randomUUID()}`, parameters: { day: '3月6日' } },
        ...{ notBefore: null, expiresAt: null, needsConsent: false },
      },
    ),
  );
}
