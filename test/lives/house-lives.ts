import fc from 'fast-check';
import { CASE_STATES } from '../../src/cases/index.js';
import type { CaseState } from '../../src/cases/index.js';
import { kinds } from '../support/databases.js';
import type { Kind } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { often, seedOf } from '../support/often.js';
import { expectSound } from '../support/sound.js';
import { givenTown, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { differencesIn } from './house-books.js';
import { endWhatIsDue, lapseTime, noticeTime } from './house-cases.js';
import { DONE_BY_SOMEBODY, HouseLife } from './house-life.js';
import type { HouseEvent } from './house-life.js';

/** A failing run is lived again with LIVES_SEED; its number stands in the title of the test. */
const SEED = seedOf('LIVES_SEED');
const LIVES = often('HOUSE_LIVES', { short: 100, long: 1_000 });

/** So many villages live side by side, each with one case at a time. */
const VILLAGES = 20;
/** A house is left when so many lives have been lived in it: what its reconcilers read grows with them. */
const LIVES_IN_A_HOUSE = 250;
const POOL_FEN = 250_000;
const HOURS = 20;

const TIMES = ['none', 'day', 'notice'] as const;

const amount = fc.integer({ min: 1, max: 300_000 });
const wanted: fc.Arbitrary<HouseEvent> = fc.record({
  act: fc.constantFrom(...DONE_BY_SOMEBODY, 'instalment' as const),
  amountFen: amount,
});
/** Somebody does something in each village; then time goes by, or not. Without bias: every hour is as random as the last. */
const hour = fc.noBias(
  fc.record({
    done: fc.array(fc.tuple(wanted, fc.nat(), amount), { minLength: VILLAGES, maxLength: VILLAGES }),
    time: fc.constantFrom(...TIMES.flatMap((time) => Array<typeof time>(time === 'none' ? 8 : 1).fill(time))),
  }),
);
/** What ends a case early. It is chosen less often, so that lives get somewhere. */
const EARLY_ENDS: readonly string[] = ['withdraw', 'terminate', 'refer', 'escalate'];

/** One act in four is whatever comes; the others have a place. */
const next = (
  life: HouseLife,
  [event, pick, amountFen]: readonly [HouseEvent, number, number],
): HouseEvent | null => {
  if (pick % 4 === 0) return event;
  const open = life.open(amountFen);
  const onwards = pick % 13 === 1 ? open : open.filter(({ act }) => !EARLY_ENDS.includes(act));
  return onwards[pick % Math.max(onwards.length, 1)] ?? null;
};

type Hour = {
  readonly done: readonly (readonly [HouseEvent, number, number])[];
  readonly time: (typeof TIMES)[number];
};

/** The whole of it on one kind of database, in a file of its own: the two run side by side. */
export function describeLives(name: Kind['name']): void {
  const kind = kinds.find((each) => each.name === name);
  describe(name, () => {
    const title = `keeps every promise through ${LIVES} random lives of cases (LIVES_SEED=${SEED})`;
    if (kind) it(title, () => walk(kind), 3_600_000);
    else it.skip(title, () => undefined);
  });
}

async function walk(kind: Kind): Promise<void> {
  const seen = new Set<CaseState>();
  let begun = 0;
  for (let houses = 0; begun < LIVES; houses += 1) {
    const house = await givenHouse(kind);
    const town = await givenTown(house);
    const villages: Village[] = [];
    for (let n = 0; n < VILLAGES; n += 1)
      villages.push(await givenVillage(house, { parentId: town.societyId, heldFen: POOL_FEN }));
    const enough = Math.min(LIVES, begun + LIVES_IN_A_HOUSE);
    for (let runs = 0; begun < enough; runs += 1) {
      const hours = fc.sample(hour, { seed: SEED + houses * 1_000 + runs, numRuns: HOURS });
      begun += await live(house, town, villages, hours, seen);
    }
    await house.close();
  }
  // A walk that never came somewhere would prove nothing of it.
  expect(CASE_STATES.filter((state) => !seen.has(state))).toEqual([]);
}

/** Lives through these hours in every village, and says how many cases began. */
async function live(
  house: House,
  town: Village,
  villages: readonly Village[],
  hours: readonly Hour[],
  seen: Set<CaseState>,
): Promise<number> {
  const begin = (village: Village, n: number, leastFen: number) =>
    HouseLife.begin(village, town, 1 + ((n * 9_677) % 120_000), leastFen);
  let lives = await Promise.all(villages.map((village, n) => begin(village, n + hours.length, POOL_FEN)));
  let begun = lives.length;
  for (const { done, time } of hours) {
    house.clock.advance({ minutes: 1 });
    lives = await Promise.all(
      lives.map(async (life, n) => {
        const village = villages[n];
        if (!life.isOver || !village) return life;
        begun += 1;
        return begin(village, begun, 0);
      }),
    );
    const faults = await Promise.all(
      lives.map(async (life, n) => {
        const wish = done[n];
        const event = wish ? next(life, wish) : null;
        return event === null ? null : life.tryOut(event);
      }),
    );
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
    if (time !== 'none') await pass(house, lives, time);
    expect(await differencesIn(house, lives)).toEqual([]);
    await expectSound(house);
    for (const { life } of lives) if (life.state !== null) seen.add(life.state);
  }
  await Promise.all(lives.map((life) => life.leaveInOrder()));
  return begun;
}

/** What nobody does in time is done by the clock. */
async function pass(house: House, lives: readonly HouseLife[], time: 'day' | 'notice'): Promise<void> {
  if (time === 'day') await lapseTime(house);
  else {
    await noticeTime(house);
    await endWhatIsDue(house);
  }
  for (const life of lives) {
    if (time === 'day') life.pass();
    else life.passTheNotice();
  }
}
