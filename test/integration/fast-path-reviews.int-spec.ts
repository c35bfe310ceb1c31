import { FastPathQueries } from '../../src/cases/fast-path.queries.js';
import { FastPathReviewsService } from '../../src/cases/index.js';
import { kinds } from '../support/databases.js';
import { boardSays, givenApproved, openFast } from '../support/fast-path.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  let fastPathId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId });
    const made = await givenApproved(village);
    await boardSays(village, made, 'no');
    fastPathId = (await house.get(FastPathQueries).latest(made.caseId))?.id ?? '';
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const heldOff = () => house.get(FastPathQueries).suspendedIn(village.societyId);
  const restore = (seat: 'chair' | 'secretary' | 'supervisor', of = town) =>
    house.get(FastPathReviewsService).restore(as(of, 'chair'), { fastPathId, seat, reason: 'IN_ORDER' });

  it('D4-68 the town reviews it, and lets each of the three sign again', async () => {
    const next = await givenCase(village, { at: 'VERIFIED' });
    for (const seat of ['chair', 'secretary'] as const) await restore(seat);
    expect(await heldOff()).toEqual([village.at.supervisor.personId]);
    await expect(openFast(village, next)).rejects.toMatchObject({ code: 'FAST_PATH_SUSPENDED' });
    await restore('supervisor');
    expect(await heldOff()).toEqual([]);
    await openFast(village, next);
  });

  it('D4-68 each of them once, also where two of the town do it at the same moment', async () => {
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => restore('chair')));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(restore('chair')).rejects.toMatchObject({ code: 'NOBODY_HELD_OFF' });
    expect(await heldOff()).toHaveLength(2);
  });

  it('D4-69 is the business of the union directly above, and of nobody else', async () => {
    const stranger = await givenTown(house);
    for (const other of [stranger, village])
      await expect(restore('chair', other)).rejects.toMatchObject({ code: 'FAST_PATH_NOT_FOUND' });
    expect(await heldOff()).toHaveLength(3);
  });
});
