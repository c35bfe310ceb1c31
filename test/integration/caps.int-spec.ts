import { randomInt, randomUUID } from 'node:crypto';
import { CapExhausted, CapsService, windowKeyOf } from '../../src/funds/index.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenFederation, givenFund } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { often } from '../support/often.js';
import { staysSound } from '../support/sound.js';
import { refusalsIn } from './books.given.js';

const CAP = fen(50_000_000);
/** A tenth of quality.md G6 with every run. */
const HOUSEHOLDS = often('CAP_HOUSEHOLDS', { short: 100, long: 1_000 });
const PANELS = 8;
/** So many households are served side by side. */
const AT_ONCE = 8;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let fundId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ({ fundId } = await givenFund(house, await givenFederation(house)));
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const within = <Of>(work: (tx: Tx, caps: CapsService) => Promise<Of>): Promise<Of> =>
    house.get(Transactions).run((tx) => work(tx, house.get(CapsService)));

  const open = (
    people: readonly string[],
    askedFen: number,
    { purpose = randomUUID(), windowKey = 'LIFETIME' } = {},
  ) =>
    within(async (tx, caps) => {
      const { groupId, merged } = await caps.groupOf(tx, people);
      const asked = { fundId, groupId, windowKey, capFen: CAP, askedFen: fen(askedFen), purpose };
      return { ...(await caps.hold(tx, asked)), purpose, merged };
    });
  const reject = (purpose: string) => within((tx, caps) => caps.release(tx, purpose));
  const pay = (purpose: string, windowKey = 'LIFETIME') =>
    within((tx, caps) => caps.spend(tx, purpose, windowKey));
  const refund = (purpose: string, amountFen: number) =>
    within((tx, caps) => caps.restore(tx, purpose, fen(amountFen)));
  const counters = () => house.dataSource.query<unknown[]>('SELECT * FROM cap_counters ORDER BY id');

  it('D4-4 promises what is left of the cap, and says that it was capped', async () => {
    const people = [randomUUID()];
    const first = await open(people, 40_000_000);
    await pay(first.purpose);
    expect(await open(people, 15_000_000)).toMatchObject({
      ...{ heldFen: 10_000_000, takenFen: 40_000_000, capApplied: true },
    });
  });

  it('D4-5 refuses where the cap is used up, and changes nothing', async () => {
    const people = [randomUUID()];
    await pay((await open(people, CAP)).purpose);
    const before = await counters();
    await expect(open(people, 1)).rejects.toMatchObject({ code: 'CAP_EXHAUSTED' });
    expect(await counters()).toEqual(before);
  });

  it('D4-6 opens two panels of 300,000 at once with 300,000 and 200,000, ten times over', async () => {
    for (let round = 0; round < 10; round += 1) {
      const people = [randomUUID(), randomUUID()];
      const both = await Promise.all([open(people, 30_000_000), open([...people].reverse(), 30_000_000)]);
      expect(both.map(({ heldFen }) => Number(heldFen)).sort()).toEqual([20_000_000, 30_000_000]);
      expect(both.filter(({ capApplied }) => capApplied)).toHaveLength(1);
    }
  });

  it('D4-7 has room again for what was received back, and for no more', async () => {
    const people = [randomUUID()];
    const { purpose } = await open(people, CAP);
    await pay(purpose);
    await refund(purpose, 5_000_000);
    expect(await open(people, 8_000_000)).toMatchObject({ heldFen: 5_000_000, capApplied: true });
    await expect(refund(purpose, 45_000_001)).rejects.toMatchObject({ code: 'CAP_RESTORED_TOO_MUCH' });
  });

  it('D4-9 counts a grant in the year of its approval, also where its panel opened in the year before', async () => {
    const people = [randomUUID()];
    const [old, next] = [day('2026-12-31'), day('2027-01-04')].map((on) =>
      windowKeyOf('NATURAL_YEAR', 'ILLNESS', on),
    );
    const paidOnTime = await open(people, 30_000_000, { windowKey: old });
    await pay(paidOnTime.purpose, old);
    const decidedLate = await open(people, 20_000_000, { windowKey: old });
    await pay(decidedLate.purpose, next);
    expect(await open(people, CAP, { windowKey: old })).toMatchObject({ heldFen: 20_000_000 });
    expect(await open(people, CAP, { windowKey: next })).toMatchObject({ heldFen: 30_000_000 });
  });

  it('does not let a household that splits begin anew, and counts the larger of two that marry', async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    await pay((await open([a, b], 30_000_000)).purpose);
    expect(await open([b], 30_000_000)).toMatchObject({ heldFen: 20_000_000 });
    await pay((await open([c], 40_000_000)).purpose);
    const wed = [b, c];
    await expect(open(wed, 1)).rejects.toBeInstanceOf(CapExhausted); // 400,000 used, 200,000 promised
    const later = await open([a, randomUUID()], 1).catch((error: unknown) => error);
    expect(later).toBeInstanceOf(CapExhausted);
  });

  it('says which groups became one, and pays no more than the cap of what both had promised', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const [one, other] = [await open([a], 30_000_000), await open([b], 30_000_000)];
    expect(one.merged).toEqual([]);
    const { merged } = await within((tx, caps) => caps.groupOf(tx, [a, b]));
    expect(merged).toHaveLength(1);
    await pay(one.purpose);
    const before = await counters();
    await expect(pay(other.purpose)).rejects.toBeInstanceOf(CapExhausted);
    expect(await counters()).toEqual(before);
    expect(await reject(other.purpose)).toBe(true);
    expect(await open([a], CAP)).toMatchObject({ heldFen: 20_000_000 });
  });

  it('does each thing once, ten at a time: one panel, one release, one grant', async () => {
    const people = [randomUUID()];
    const ten = <Of>(work: () => Promise<Of>) => Promise.allSettled(Array.from({ length: 10 }, work));
    const purpose = randomUUID();
    const opened = await ten(() => open(people, 1_000, { purpose }));
    expect(refusalsIn(opened)).toHaveLength(9);
    for (const refusal of refusalsIn(opened)) expect(refusal).toMatchObject({ code: 'CAP_ALREADY_HELD' });
    expect(refusalsIn(await ten(() => pay(purpose)))).toHaveLength(9);
    const taken = (await open(people, 2_000)).purpose;
    const freed = await ten(() => reject(taken));
    expect(freed.filter((each) => each.status === 'fulfilled' && each.value)).toHaveLength(1);
    expect(refusalsIn(await ten(() => refund(purpose, 400)))).toHaveLength(8);
    expect(await open(people, CAP)).toMatchObject({ takenFen: 200 });
  });

  it('makes one group of households that marry at the same moment as they ask', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
      await open([a], 10_000_000);
      await open([b], 10_000_000);
      const asked = [open([a], 20_000_000), open([b], 20_000_000), open([a, b], 1), open([b, c], 1)];
      await Promise.allSettled(asked);
      const last = await open([a, b, c], CAP).catch((error: unknown) => error);
      const taken =
        last instanceof CapExhausted ? last.details['takenFen'] : (last as { takenFen: number }).takenFen;
      expect(taken).toBe(60_000_002 - (await refusedIn(asked)));
    }
    async function refusedIn(asked: readonly Promise<unknown>[]): Promise<number> {
      const sizes = [20_000_000, 20_000_000, 1, 1];
      const held = await Promise.all(
        asked.map(async (each, i) => {
          const got = await each.then((value) => (value as { heldFen: number }).heldFen).catch(() => 0);
          return (sizes[i] ?? 0) - got;
        }),
      );
      return held.reduce((sum, missing) => sum + missing, 0);
    }
  });

  it(`D4-6 keeps the cap of ${HOUSEHOLDS} households with ${PANELS} panels at once, and refuses none that fitted`, async () => {
    let refused = 0;
    for (let done = 0; done < HOUSEHOLDS; done += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, HOUSEHOLDS - done) }, async () => {
          const people = [randomUUID(), randomUUID()];
          const asked = Array.from({ length: PANELS }, () => randomInt(1, 15_000_000));
          const outcomes = await Promise.allSettled(asked.map((amount) => open(people, amount)));
          const held = outcomes.map((each) => (each.status === 'fulfilled' ? Number(each.value.heldFen) : 0));
          for (const refusal of refusalsIn(outcomes)) expect(refusal).toBeInstanceOf(CapExhausted);
          refused += refusalsIn(outcomes).length;
          // All that was asked, or the whole cap: nobody was refused or cut while there was room.
          const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
          expect(sum(held)).toBe(Math.min(sum(asked), CAP));
          const cut = held.filter((amount, i) => amount > 0 && amount < (asked[i] ?? 0));
          expect(cut.length).toBeLessThanOrEqual(1);
        }),
      );
    expect(refused).toBeGreaterThan(0);
    const over = await house.dataSource.query<unknown[]>(
      `SELECT id FROM cap_counters WHERE used_fen + reserved_fen > ${CAP} AND merged_into_id IS NULL
       AND id NOT IN (SELECT counter_id FROM cap_moves WHERE kind = 'MERGED')`,
    );
    expect(over).toEqual([]);
  });
});
