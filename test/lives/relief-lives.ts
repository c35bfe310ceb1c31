import fc from 'fast-check';
import { RoundsService } from '../../src/board/index.js';
import { fen } from '../../src/kernel/fen.js';
import { NoticesService } from '../../src/notices/index.js';
import { RELIEF_STATES } from '../../src/relief/index.js';
import type { ReliefState } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import type { Kind } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import { often, seedOf } from '../support/often.js';
import { applicantIn, expireDue, givenHospital, givenReliefGround, purse } from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { LIFE_ACT_NAMES, ReliefLife } from './relief-life.js';
import type { ReliefWish } from './relief-life.js';

/** A failing run is lived again with LIVES_SEED; its number stands in the title of the test. */
const SEED = seedOf('LIVES_SEED');
const LIVES = often('RELIEF_LIVES', { short: 40, long: 100 });

/** So many live side by side in one federation; a house is left when so many are over: its calendar is a year. */
const SIDE_BY_SIDE = 10;
const HOURS = 32;
const HELD_FEN = 100_000_000_000;
/** Little enough that two cases of one family get in each other's way. */
const CAP_FEN = fen(30_000_000);

const amountFen = fc.oneof(
  fc.integer({ min: 1, max: 1_000 }),
  fc.integer({ min: 1, max: 20_000_000 }),
  fc.integer({ min: 1, max: 80_000_000 }),
);
const wish: fc.Arbitrary<ReliefWish> = fc.record({
  act: fc.constantFrom(...LIFE_ACT_NAMES),
  pick: fc.nat({ max: 1_000_000 }),
  amountFen,
});
const TIMES = ['none', 'days', 'weeks'] as const;
type Hour = { readonly wishes: readonly ReliefWish[]; readonly time: (typeof TIMES)[number] };
/** Somebody does something about each case; then time goes by, or not. Without bias: every hour is as random as the last. */
const hour: fc.Arbitrary<Hour> = fc.noBias(
  fc.record({
    wishes: fc.array(wish, { minLength: SIDE_BY_SIDE, maxLength: SIDE_BY_SIDE }),
    time: fc.constantFrom(
      ...TIMES.flatMap((time) => Array<typeof time>({ none: 22, days: 4, weeks: 2 }[time]).fill(time)),
    ),
  }),
);

/** One act in eight is whatever comes; the others have a place. */
function next(life: ReliefLife, wished: ReliefWish): ReliefWish {
  const { pick } = wished;
  if (pick % 8 === 0) return wished;
  const open = life.open(pick);
  return { ...wished, act: open[pick % Math.max(open.length, 1)] ?? wished.act };
}

/** The whole of it on one kind of database, in a file of its own: the two run side by side. */
export function describeReliefLives(name: Kind['name']): void {
  const kind = kinds.find((each) => each.name === name);
  describe(name, () => {
    const title = `keeps every promise through ${LIVES} random lives of relief, and leaves none stuck (LIVES_SEED=${SEED})`;
    if (kind) it(title, () => walk(kind), 3_600_000);
    else it.skip(title, () => undefined);
  });
}

async function walk(kind: Kind): Promise<void> {
  const seen = new Set<ReliefState>();
  for (let begun = 0; begun < LIVES; begun += SIDE_BY_SIDE) {
    const house = await givenHouse(kind);
    try {
      const ground = await givenReliefGround(house, { heldFen: HELD_FEN, capFen: CAP_FEN });
      const hours = fc.sample(hour, { seed: SEED + begun, numRuns: HOURS });
      await live(ground, await families(ground, begun), hours, seen);
    } finally {
      await house.close();
    }
  }
  // A walk that never came somewhere would prove nothing of it.
  expect(RELIEF_STATES.filter((state) => !seen.has(state))).toEqual([]);
}

/** Two cases of each family, some without a card, of all sizes. */
async function families(ground: ReliefGround, begun: number): Promise<ReliefLife[]> {
  const hospitalId = await givenHospital(ground);
  const lives: ReliefLife[] = [];
  let personId = '';
  for (let n = 0; n < SIDE_BY_SIDE; n += 1) {
    if (n % 2 === 0) personId = await applicantIn(ground, ground.home);
    const from = (['SUBMITTED', 'PRE_NOTICE', 'UPHELD'] as const)[n % 3] ?? 'SUBMITTED';
    const most = from === 'SUBMITTED' ? 80_000_000 : 20_000_000;
    const totalFen = 1_000 + (((begun + n) * 7_654_321) % most);
    lives.push(await ReliefLife.begin(ground, hospitalId, from, { personId, totalFen, card: n % 5 !== 0 }));
  }
  return lives;
}

async function live(
  ground: ReliefGround,
  lives: readonly ReliefLife[],
  hours: readonly Hour[],
  seen: Set<ReliefState>,
): Promise<void> {
  const { house } = ground;
  const remember = () => {
    for (const { state } of lives) seen.add(state);
  };
  remember();
  for (const { wishes, time } of hours) {
    house.clock.advance({ minutes: 1 });
    const faults: (string | null)[] = [];
    for (const [n, life] of lives.entries()) {
      const wished = wishes[n];
      if (wished) faults.push(await life.tryOut(next(life, wished)));
    }
    remember();
    if (time !== 'none') faults.push(...(await pass(ground, lives, time)));
    remember();
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
    await expectSound(house);
    await expectMoney(ground);
  }
  for (const life of lives) {
    expect(await life.goHome()).toBeNull();
    seen.add(life.state);
  }
  await expectSound(house);
  await expectMoney(ground);
}

/** What nobody does in time is done by the clock. */
async function pass(
  ground: ReliefGround,
  lives: readonly ReliefLife[],
  time: 'days' | 'weeks',
): Promise<(string | null)[]> {
  const { house } = ground;
  house.clock.advance({ days: time === 'days' ? 2 : 25 });
  await house.get(RoundsService).closeDue(house.clock.now());
  await house.get(NoticesService).endDue(house.clock.now());
  await expireDue(ground);
  return Promise.all(lives.map((life) => life.pass()));
}

/** Of the purse so much is gone as the cases say was paid and did not come back, and nothing is held that no case waits for. */
async function expectMoney(ground: ReliefGround): Promise<void> {
  const { house, fund } = ground;
  const { balanceFen, reservedFen } = await purse(ground, { fund: fund.name, restriction: null });
  const [out] = await house.dataSource.query<{ sum: number | string | null; held: number | string | null }[]>(
    `SELECT SUM(paid_fen - refunded_fen) AS "sum",
            SUM(CASE WHEN state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD') AND grant_fen > advanced_fen
                     THEN grant_fen - advanced_fen ELSE 0 END) AS "held"
     FROM relief_cases WHERE fund_id = ?`,
    [fund.fundId],
  );
  const [ordered] = await house.dataSource.query<{ sum: number | string | null }[]>(
    `SELECT SUM(p.amount_fen) AS "sum" FROM relief_payments p JOIN relief_cases r ON r.id = p.relief_id
     WHERE r.fund_id = ? AND p.state = 'ORDERED'`,
    [fund.fundId],
  );
  expect([balanceFen, reservedFen]).toEqual([
    HELD_FEN - Number(out?.sum ?? 0),
    Number(out?.held ?? 0) + Number(ordered?.sum ?? 0),
  ]);
}
