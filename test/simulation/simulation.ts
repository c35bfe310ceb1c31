import { randomInt } from 'node:crypto';
import { kinds } from '../support/databases.js';
import type { Kind } from '../support/databases.js';
import { play } from './play.js';
import type { Played } from './play.js';
import { ACTS } from './wishes.js';
import { Worlds } from './world.js';

/** A failing seed is played again, alone, with SIMULATION_SEED. */
const ALONE = process.env['SIMULATION_SEED'] ?? '';
const SEEDS = Number(process.env['SIMULATION'] ?? 200);
/** A seed is dear there: each has a village of its own. */
const SEEDS_ON_MARIADB = Number(process.env['SIMULATION_MARIADB'] ?? 4);
/** The same with every run of the suite, so that it says the same of the same program; by chance where more are wanted. */
const FIRST = ALONE !== '' ? Number(ALONE) : 'SIMULATION' in process.env ? randomInt(2 ** 30) : 20_261_127;

/** Fewer need not have come everywhere: what they did is printed. */
const ENOUGH = 500;

type Part = { readonly number: number; readonly of: number; readonly file: string };

/** A part of the seeds on one kind of database, in a file of its own: parts run side by side. */
export function describeSimulation(name: Kind['name'], { number, of, file }: Part): void {
  const kind = kinds.find((each) => each.name === name);
  const all = name === 'mariadb' ? SEEDS_ON_MARIADB : SEEDS;
  const seeds = Array.from({ length: ALONE === '' ? all : 1 }, (_, i) => FIRST + i);
  const own = seeds.filter((_, i) => i % of === number - 1);
  describe(name, () => {
    const title = `keeps every promise through ${own.length} seeds (SIMULATION_SEED=${String(own[0])})`;
    if (kind && own.length > 0) it(title, () => playAll(kind, own, file), 7_200_000);
    else it.skip(title, () => undefined);
  });
}

async function playAll(kind: Kind, seeds: readonly number[], file: string): Promise<void> {
  const worlds = await Worlds.of(kind);
  const counts = new Map<string, number>();
  try {
    for (const seed of seeds) {
      const played = await play(worlds, seed);
      if (played.faults.length > 0) throw new Error(toldOf(played, file));
      for (const [what, times] of played.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    }
  } finally {
    await worlds.house.close();
  }
  const done = ACTS.map((act) => `${act} ${counts.get(`${act} done`) ?? 0}`).join(', ');
  console.info(`${kind.name}: ${seeds.length} seeds: ${done}`);
  if (seeds.length < ENOUGH) return;
  const wanted = [...ACTS.map((act) => `${act} done`), ...HARM];
  // What never happened proves nothing of what would have come of it.
  expect(wanted.filter((what) => !counts.has(what))).toEqual([]);
}

const HARM = [
  ...[
    'before read',
    'before begin',
    'before step',
    'after step',
    'busy step',
    'before commit',
    'after commit',
  ],
  ...[
    'busy commit',
    'died at work',
    'castBallot unheard',
    'recordPayment TRY_AGAIN',
    'recordDonation BANK_LINE_TAKEN',
  ],
];

/** All that is needed to see it again. */
export function toldOf({ seed, faults, trail }: Played, file: string): string {
  return [
    `Seed ${seed} breaks a promise:`,
    ...faults.map((fault) => `  ${fault}`),
    `Again: SIMULATION_SEED=${seed} npx jest -i test/simulation/${file}`,
    ...trail,
  ].join('\n');
}
