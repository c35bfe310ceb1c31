import { addDays, dayOf } from '../../src/kernel/day.js';
import { OfficesService } from '../../src/offices/index.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let termId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  /** The clerk takes another office, and has signed nothing for it. */
  beforeAll(async () => {
    const { societyId } = village;
    const fromOn = dayOf(house.clock.now());
    const term = { societyId, personId: village.at.clerk.personId, fromOn, untilOn: addDays(fromOn, 100) };
    const admin = callerOf({ societyId, accountId: societyId, roles: ['system-admin'] });
    ({ termId } = await house.get(OfficesService).appoint(admin, { ...term, office: 'DIRECTOR' }));
  });

  it('stands on the home pages and in the list, and is confirmed by the officer alone', async () => {
    const supervisor = await signedIn(house, village.at.supervisor.login);
    for (const words of ['没签承诺书', '诚信自律承诺书：理事 吴*', '等本人签'])
      expect((await supervisor.get('/s')).body).toContain(words);
    const list = await supervisor.get('/s/offices');
    expect(list.body.split('没签承诺书')).toHaveLength(2);
    const at = `/s/offices/${termId}/pledge`;
    expect(list.body).toContain(at);
    const seen = await supervisor.get(at);
    expect([seen.body.includes('主动回避'), seen.body.includes('签承诺书</button>')]).toEqual([true, false]);
    const secretary = await signedIn(house, village.at.secretary.login);
    const asked = await secretary.get(at);
    expect(asked.body).not.toContain('我看过了，在这里承诺');
    expect((await secretary.post(at, {})).status).toBe(422);
    expect((await secretary.post(at, { how: 'ON_SCREEN' })).status).toBe(403);

    const clerk = await signedIn(house, village.at.clerk.login);
    expect((await clerk.get(at)).body).toContain('我看过了，在这里承诺');
    const done = await clerk.post(at, { how: 'ON_SCREEN' });
    expect([done.status, done.location]).toEqual([303, at]);
    expect((await clerk.get(at)).body).toContain('本人在屏幕上确认');
    expect((await supervisor.get('/s')).body).not.toContain('没签承诺书');
    expect((await clerk.get(at)).body).not.toContain('签承诺书</button>');
  });

  it('is listed for programs, and taken with the appointment', async () => {
    const chair = await api(house, village.at.chair.login);
    const { items } = (await chair.get('/offices/pledges')).body as {
      items: { office: string; signedAt: string | null }[];
    };
    expect(items).toHaveLength(14);
    expect(items.every(({ signedAt }) => signedAt !== null)).toBe(true);
    const again = await chair.post(`/offices/${termId}/pledge`, { how: 'PAPER' });
    expect([again.status, again.code]).toEqual([409, 'PLEDGE_ALREADY_SIGNED']);
  });
});
