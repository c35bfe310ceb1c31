import type { INestApplicationContext } from '@nestjs/common';
import { TrailSealer } from '../../src/audit/index.js';
import { playDemo } from '../../src/demo/play.js';
import { FundsVerifier } from '../../src/funds/index.js';
import { findAll } from '../../src/house/verify.js';
import { askedOf, foundAfter, whileWrong } from '../support/mutating.js';
import { MUTATIONS, UNPROMISED } from '../support/mutations.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { everyNth } from '../support/often.js';
import { expectSound } from '../support/sound.js';

/**
 * quality.md 7, reconcile.mutation: the tester is tested. A house in which everything was done once by the program
 * (the demo), one row made wrong behind its back, and the reconciler must name that row by kind and id; undone, it
 * must find nothing (asked once in ten and at the end, with `LONG=1` after each).
 */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let intruder: Intruder;
  const named = new Set<string>();
  const asked = askedOf(MUTATIONS, kind);
  const isAskedWhenUndone = everyNth(10);

  beforeAll(async () => {
    house = await givenHouse(kind, '2026-03-02T00:00:00.000Z');
    await playDemo(house.app, house.clock);
    await house.get(TrailSealer).sealDue();
    await expectSound(house);
    intruder = await intruderIn(house.dataSource);
  });
  afterAll(async () => {
    await intruder.close();
    await expectSound(house);
    await house.close();
  });

  it.each(asked)('$kind: $because', async (mutation) => {
    const { subject, found } = await foundAfter(house, intruder, mutation);
    expect(found).toContain(`${mutation.kind}: ${subject}`);
    named.add(`${mutation.kind}: ${mutation.table}: ${mutation.because}`);
    if (isAskedWhenUndone()) expect((await findAll(house.app)).findings).toEqual([]);
  });

  it.each(UNPROMISED)('control: says nothing of $because, which no invariant speaks of', async (mutation) => {
    expect((await foundAfter(house, intruder, mutation)).found).toEqual([]);
  });

  it('control: without its verifier a kind is not named', async () => {
    const seeing: Pick<INestApplicationContext, 'get'> = house.app;
    const blind = {
      get: (token: typeof FundsVerifier, options: object) =>
        token === FundsVerifier ? { check: () => Promise.resolve([]) } : seeing.get<unknown>(token, options),
    } as typeof seeing;
    const mutation = MUTATIONS.find(({ kind: of }) => of === 'cap');
    if (!mutation) throw new Error('There is no mutation of a cap');
    await whileWrong(house, intruder, mutation, async () => {
      const [seen, unseen] = [await findAll(seeing), await findAll(blind)];
      expect(seen.findings.map(({ kind: of }) => of)).toContain('cap');
      expect(unseen.findings.map(({ kind: of }) => of)).not.toContain('cap');
    });
  });

  it('every kind of corruption was named', () => {
    expect(named.size).toBe(asked.length);
    expect(asked.length).toBeGreaterThanOrEqual(30);
    console.info(`${kind.name}: ${String(named.size)} kinds of corruption named`);
  });
});
