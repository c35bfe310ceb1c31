import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { runPending } from '../../src/platform/database/pending-migrations.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { schema } from '../../src/schema.js';
import { Random } from '../fuzz/random.js';
import { kinds, migrated } from '../support/databases.js';
import type { Kind, TestDatabase } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { houseOn, MONDAY } from '../support/house.js';
import { PROMISES, promisesOf } from '../support/promises.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import { isEverywhere, isLong, report, SEED, times } from './support/counts.js';
import { Endings } from './support/endings.js';
import { Rows } from './support/rows.js';

const MIGRATOR = join(process.cwd(), 'test', 'faults', 'support', 'migrator.mjs');

type Migration = { readonly name: string };
const stampOf = ({ name }: Migration): number => Number(name.slice(-13));
/** In the order in which they are run. */
const ALL = (Object.values(schema.migrations) as Migration[]).sort((a, b) => stampOf(a) - stampOf(b));

/** After so many migrations a house stood, filled up, and is brought up to date: of every such past in the long form. */
const PASTS = isLong ? ALL.slice(1).map((_, i) => i + 1) : [Math.floor(ALL.length / 2)];
/** Twenty times from the very first schema on, less often from each later one; a server is slow to see that somebody died. */
const killsFrom = (past: number, { name }: Kind): number =>
  times(name === 'sqlite' || isEverywhere ? 3 : 1, past === 1 ? 20 : 4);

/** Brings the database up to date in a process of its own, killed after so many statements; says whether it ended by itself. */
async function migrate(
  url: string,
  { killedAfter = Infinity, how = '', diesAfter = 0 } = {},
): Promise<boolean> {
  const child = spawn(process.execPath, [MIGRATOR, url, how, String(diesAfter)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] },
  });
  const ended = once(child, 'exit');
  let words = '';
  child.stderr.on('data', (data: Buffer) => (words += data.toString()));
  for await (const line of createInterface(child.stdout))
    if (Number(line) >= killedAfter) child.kill('SIGKILL');
  const [status, signal] = (await ended) as [number | null, string | null];
  if (signal === null && status !== 0) throw new Error(words);
  return signal === null;
}

/** quality.md G22. */
describe.each(kinds)('$name', (kind) => {
  let source: TestDatabase;
  let sourceRows: Rows;
  let dataDir: string;
  /** Of one test, and of all. */
  const [endings, last] = [new Endings(), new Endings()];

  beforeAll(async () => {
    source = await kind.create();
    last.add(() => source.drop());
    await (await migrated(source)).destroy();
    dataDir = mkdtempSync(join(tmpdir(), 'huzhu-upgrade-'));
    last.add(() => {
      rmSync(dataDir, { recursive: true });
    });
    const house = await houseOn({ database: source, dataDir }, MONDAY, { seals: true });
    const village = await givenVillage(house, { heldFen: 3_000_000 });
    for (const at of ['APPROVED', 'PAID', 'CLOSED'] as const) await givenCase(village, { at });
    await give(village, 20_000, { donorId: await givenDonor(village) });
    await house.close();
    sourceRows = await Rows.of(source.url);
    last.add(() => sourceRows.close());
  });
  afterEach(() => endings.run());
  afterAll(() => last.run());

  /** A house as it stood after its first `past` migrations, with the rows that it would have had. */
  const standing = async (past: number): Promise<{ database: TestDatabase; rows: Rows }> => {
    const database = await kind.create();
    endings.add(() => database.drop());
    const then = await dataSourceOf(database.url, {
      entities: [],
      migrations: ALL.slice(0, past) as never,
    }).initialize();
    await runPending(then);
    await then.destroy();
    const rows = await Rows.of(database.url);
    endings.add(() => rows.close());
    await rows.copyFrom(sourceRows);
    return { database, rows };
  };
  const contents = async (rows: Rows, of: ReadonlyMap<string, readonly string[]>): Promise<object> => {
    const found: Record<string, string> = {};
    for (const [table, columns] of of) found[table] = await rows.hashOf(table, columns);
    return found;
  };

  it.each(PASTS)(
    `what stood after %i migrations, with its rows, comes up to date though it is killed again and again (FAULTS_SEED=${SEED})`,
    async (past) => {
      const random = new Random(SEED + past);
      const { database, rows } = await standing(past);
      const of = new Map<string, readonly string[]>();
      for (const table of await rows.tables()) of.set(table, await rows.columns(table));
      const before = await contents(rows, of);
      let kills = 0;
      for (let isOver = false; !isOver;) {
        const isMortal = kills < killsFrom(past, kind);
        const killedAfter = isMortal ? 1 + random.below(times(12, 24)) : Infinity;
        isOver = await migrate(database.url, { killedAfter });
        if (!isOver) kills += 1;
        await rows.quiet();
      }
      expect(await contents(rows, of)).toEqual(before);
      const now = await dataSourceOf(database.url, schema).initialize();
      expect(await runPending(now)).toEqual([]);
      expect(await promisesOf(now)).toEqual(PROMISES);
      await now.destroy();

      await rows.copyFrom(sourceRows); // what came with later migrations alone
      const house = await houseOn({ database, dataDir }, MONDAY);
      endings.add(() => house.close());
      await expectSound(house);
      report(`upgrade from ${String(past)} of ${String(ALL.length)}, ${kind.name}`, {
        tables: of.size,
        kills,
      });
    },
  );

  it('control: a row that an upgrade changes is seen', async () => {
    const { database, rows } = await standing(1);
    const of = new Map([['number_series', await rows.columns('number_series')]]);
    const before = await contents(rows, of);
    const there = await dataSourceOf(database.url, { entities: [], migrations: [] }).initialize();
    await new Transactions(there).run(
      (tx) => tx.change`UPDATE number_series SET last_number = last_number + 1`,
    );
    await there.destroy();
    expect(await contents(rows, of)).not.toEqual(before);
  });

  // The short form has the same in `migrations-interrupted.int-spec.ts`.
  (isLong ? it : it.skip)(
    'control: run plainly, a server that was killed in the midst never ends; a file does',
    async () => {
      const { database, rows } = await standing(1);
      const how = 'plainly';
      expect(await migrate(database.url, { diesAfter: 2, how })).toBe(false);
      await rows.quiet();
      if (kind.name === 'sqlite') expect(await migrate(database.url, { how })).toBe(true);
      else await expect(migrate(database.url, { how })).rejects.toThrow(/already exists/);
    },
  );
});
