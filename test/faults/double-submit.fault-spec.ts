import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { report, times } from './support/counts.js';
import { booksOf, givenOffice } from './support/ground.js';
import type { Office } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';

const COMMANDS = times(100, 1000);
const TOGETHER = 4;

/** quality.md G8: a finger that presses five times, and a person who tries again tomorrow. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let office: Office;

  beforeAll(async () => {
    house = await givenHouse(kind, new Date().toISOString());
    office = await givenOffice(house, { orders: 10 });
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  it(`${COMMANDS} commands, each sent five times at once and once more the next day, act once`, async () => {
    const base = await listening(house);
    const load = new Load(office, base, await signIn(base, office));
    let differing = 0;
    for (let n = 0; n < COMMANDS; n += TOGETHER) {
      const commands = Array.from({ length: TOGETHER }, () => load.next());
      await Promise.all(
        commands.map(async (command) => {
          const answers = await Promise.all(Array.from({ length: 5 }, () => load.patiently(command)));
          for (const answer of answers) if (answer.text !== answers[0]?.text) differing++;
        }),
      );
    }
    expect(differing).toBe(0);
    expect(load.faults).toEqual([]);
    expect(load.answers.size).toBe(COMMANDS);
    expect(judged(load, office, await booksOf(house, office.societyId))).toEqual(NOTHING_LOST);

    house.clock.advance({ days: 1 }); // and everybody signs in anew
    load.tokens = await signIn(base, office);
    expect(await load.differing()).toBe(0);
    expect(judged(load, office, await booksOf(house, office.societyId))).toEqual(NOTHING_LOST);
    report(`double submit, ${kind.name}`, { commands: COMMANDS, sent: COMMANDS * 6, differing, doubled: 0 });
  });

  it('the same key with another body is refused, and changes nothing', async () => {
    const base = await listening(house);
    const load = new Load(office, base, await signIn(base, office));
    const first = load.nextInflow();
    expect(await load.send(first)).toMatchObject({ status: 201 });
    const before = await load.poolFen();
    const changed = { ...first, subject: Number(first.subject) + 1_000_000 };
    expect(await load.send(changed)).toMatchObject({ status: 422, code: 'KEY_USED_OTHERWISE' });
    expect(await load.poolFen()).toBe(before);
    // The control: under a key of its own the very same body acts.
    expect(await load.send({ ...changed, key: load.nextInflow().key })).toMatchObject({ status: 201 });
    expect(await load.poolFen()).toBeGreaterThan(before);
  });
});
