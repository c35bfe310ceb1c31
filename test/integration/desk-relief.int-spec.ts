import { LeasesService } from '../../src/federation/index.js';
import { DeskGround } from '../../src/federation/desk-ground.js';
import { DeskQueries } from '../../src/federation/desk.queries.js';
import { readFilter } from '../../src/federation/domain/desk-filter.js';
import { ReliefDeskService } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { by, givenRelief, givenReliefGround } from '../support/relief.js';
import type { ReliefGround, Seat } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const queue = async (seat: Seat, query: Record<string, string> = {}) => {
    const asking = await house.get(DeskGround).askingOf(by(ground, seat).actor);
    return house.get(DeskQueries).page(asking, readFilter(query), null);
  };
  const idsIn = async (seat: Seat, query: Record<string, string> = {}) =>
    (await queue(seat, query)).rows.map(({ id }) => id);

  it('holds relief while it waits for somebody at the desk, each row for whoever has the next step', async () => {
    const submitted = await givenRelief(ground, { at: 'SUBMITTED' });
    const assessed = await givenRelief(ground, { at: 'ASSESSED', cause: 'ACCIDENT' });
    const reviewed = await givenRelief(ground, { at: 'REVIEWED' });
    await givenRelief(ground, { at: 'PANEL' });
    await givenRelief(ground, { at: 'RETURNED' });
    const all = await queue('reviewer', { view: 'all' });
    expect(all.rows.map(({ id }) => id).sort()).toEqual(
      [submitted, assessed, reviewed].map(({ reliefId }) => reliefId).sort(),
    );
    expect(all.rows.find(({ id }) => id === assessed.reliefId)).toMatchObject({
      ...{ kind: 'relief', text: assessed.number, state: 'ASSESSED', risk: 'NONE' },
    });
    expect(await idsIn('reviewer')).toEqual([assessed.reliefId]);
    expect(await idsIn('clerk')).toEqual([submitted.reliefId]);
    expect((await idsIn('secretary')).sort()).toEqual([submitted.reliefId, reviewed.reliefId].sort());
    expect(await idsIn('reviewer', { view: 'all', cause: 'ACCIDENT' })).toEqual([assessed.reliefId]);
    expect(await idsIn('reviewer', { view: 'all', q: assessed.number })).toEqual([assessed.reliefId]);
    expect(await idsIn('reviewer', { view: 'all', kind: 'grant' })).toEqual([]);
    expect(await idsIn('reviewer', { view: 'all', state: 'REVIEWED' })).toEqual([reviewed.reliefId]);
    const asking = await house.get(DeskGround).askingOf(by(ground, 'reviewer').actor);
    expect(await house.get(DeskQueries).counts(asking)).toMatchObject({ all: 3, mine: 1, duplicates: 0 });
  });

  it('is out of a reviewer’s hands once they have reviewed it, and waits for the second', async () => {
    const { reliefId } = await givenRelief(ground, { at: 'ASSESSED' });
    const review = (seat: Seat) =>
      house.get(ReliefDeskService).review(by(ground, seat), { reliefId, reason: 'COMPLETE', note: null });
    expect(await review('reviewer')).toMatchObject({ reviews: 1, needed: 2 });
    expect(await idsIn('reviewer', { cause: 'ILLNESS' })).toEqual([]);
    expect(await idsIn('otherReviewer', { cause: 'ILLNESS' })).toEqual([reliefId]);
  });

  it('is reviewed by whoever took it while they have it, and by others afterwards', async () => {
    const { reliefId } = await givenRelief(ground, { at: 'ASSESSED', cause: 'DISASTER' });
    const review = (seat: Seat) =>
      house.get(ReliefDeskService).review(by(ground, seat), { reliefId, reason: 'COMPLETE', note: null });
    const subject = { subjectKind: 'relief', subjectId: reliefId } as const;
    await house.get(LeasesService).claim(by(ground, 'reviewer'), subject);
    await expect(review('otherReviewer')).rejects.toMatchObject({ code: 'REVIEW_LEASE_HELD' });
    await review('reviewer');
    await review('otherReviewer');
  });

  it('of another federation is not found', async () => {
    const other = await givenReliefGround(house);
    const { reliefId } = await givenRelief(other, { at: 'ASSESSED' });
    const subject = { subjectKind: 'relief', subjectId: reliefId } as const;
    await expect(house.get(LeasesService).claim(by(ground, 'reviewer'), subject)).rejects.toMatchObject({
      code: 'RELIEF_NOT_FOUND',
    });
    expect(await idsIn('reviewer', { view: 'all' })).not.toContain(reliefId);
  });
});
