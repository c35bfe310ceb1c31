import { findAll } from '../../src/house/verify.js';
import { givenBesideTheDemo } from '../support/beside-the-demo.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { askedOf, foundAfter } from '../support/mutating.js';
import { MUTATIONS_BESIDE } from '../support/mutations-beside.js';
import { everyNth } from '../support/often.js';
import { expectSound } from '../support/sound.js';

/** The same as `reconciler-mutations`, in a house with what the demo has none of: goods, refunds, flags, objections, duties. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let intruder: Intruder;
  const isAskedWhenUndone = everyNth(10);

  beforeAll(async () => {
    house = await givenHouse(kind);
    await givenBesideTheDemo(house);
    await expectSound(house);
    intruder = await intruderIn(house.dataSource);
  });
  afterAll(async () => {
    await intruder.close();
    await expectSound(house);
    await house.close();
  });

  it.each(askedOf(MUTATIONS_BESIDE, kind))('$kind: $because', async (mutation) => {
    const { subject, found } = await foundAfter(house, intruder, mutation);
    expect(found).toContain(`${mutation.kind}: ${subject}`);
    if (isAskedWhenUndone()) expect((await findAll(house.app)).findings).toEqual([]);
  });
});
