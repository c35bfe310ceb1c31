import { kinds } from '../support/databases.js';
import type { Rewording } from './gates.js';
import { play } from './play.js';
import type { Otherwise, Played } from './play.js';
import { Worlds } from './world.js';

/** So many seeds at most, until what is wrong is found. */
const MOST_SEEDS = 25;

/** What the simulation would miss, were it blind: each of these programs is wrong, or each of these people. */
describe('sqlite', () => {
  let worlds: Worlds;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('No SQLite');
    worlds = await Worlds.of(sqlite);
  });
  afterAll(() => worlds.house.close());

  /** The first seed that finds it. */
  async function found(otherwise: () => Otherwise, most = MOST_SEEDS): Promise<Played> {
    for (let seed = 1; seed <= most; seed += 1) {
      const played = await play(worlds, seed, otherwise());
      if (played.faults.length > 0) return played;
    }
    throw new Error(`Not found in ${most} seeds`);
  }

  it('finds a balance that is read, and then written', async () => {
    const { faults } = await found(() => ({ reworded: readThenWritten(worlds) }));
    expect(faults.join()).toMatch(/a fund is not the sum of its lines/);
  });

  it('finds a limit that has lost its guard', async () => {
    const guard = /\s+AND used_fen \+ \? <= \?\s+AND used_count \+ 1 <= \?/;
    const unguarded: Rewording = (_task, { sql, values }) =>
      Promise.resolve(
        guard.test(sql) ? { sql: sql.replace(guard, ''), values: values.slice(0, -3) } : { sql, values },
      );
    // Two of one household must be approved at once: one seed in a hundred.
    const { faults } = await found(() => ({ reworded: unguarded }), 500);
    expect(faults.join()).toMatch(/a household is over its year/);
  });

  it('finds a command that keeps no key', async () => {
    let keys = 0;
    const forgetful: Rewording = (_task, { sql, values }) =>
      Promise.resolve({
        sql,
        values: sql.startsWith('INSERT INTO "commands"')
          ? values.map((value) => (isKey(value) ? `${String(value)}-${(keys += 1)}` : value))
          : values,
      });
    const { faults } = await found(() => ({ reworded: forgetful }));
    expect(faults.join()).toMatch(/times/);
  });

  it('finds people who ask again under a new key', async () => {
    const { faults } = await found(() => ({ newKeys: true }));
    expect(faults.join()).toMatch(
      /in the books 2 times|acknowledged \d+ times, and done \d+ times|refused with \w+, although it is done/,
    );
  });

  it('plays the same seed alike, and another one otherwise', async () => {
    const [first, other, again] = [await play(worlds, 7), await play(worlds, 8), await play(worlds, 7)];
    expect(again.trail).toEqual(first.trail);
    expect(again.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
  });
});

const isKey = (value: unknown) => typeof value === 'string' && /^simulation-\d+-\d+$/.test(value);

/** Each request remembers the balance that it saw when it came, and writes down the sum that it made of it. */
function readThenWritten({ house }: Worlds): Rewording {
  const seen = new WeakMap<object, number>();
  const relative = 'balance_fen = balance_fen + ?';
  return async (task, { sql, values }) => {
    if (!seen.has(task)) {
      const [row] = await house.dataSource.query<{ fen: number }[]>(
        'SELECT SUM(balance_fen) AS "fen" FROM fund_balances',
      );
      seen.set(task, Number(row?.fen));
    }
    if (!sql.includes(relative)) return { sql, values };
    const [amount, ...others] = values;
    return {
      sql: sql.replace(relative, 'balance_fen = ?'),
      values: [(seen.get(task) ?? 0) + Number(amount), ...others],
    };
  };
}
