import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { givenFederation } from '../support/federation.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage, idNumber } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let first: Village;
  let after: GivenCase;
  let secretary: FormVisitor;
  let reviewer: FormVisitor;
  let program: ApiClient;

  beforeAll(async () => {
    house = await givenHouse(kind);
    const federationId = await givenFederation(house);
    first = await givenVillage(house, { parentId: federationId });
    village = await givenVillage(house, { parentId: federationId });
    const applicant = { name: '诸葛重复', idNumber: idNumber() };
    await givenCase(first, { at: 'ACCEPTED', applicant, amountFen: 100_000 });
    house.clock.advance({ days: 40 });
    after = await givenCase(village, { at: 'ACCEPTED', applicant, cause: 'FIRE' });
    secretary = await signedIn(house, village.at.secretary.login);
    const { login } = await givenOfficer(house, federationId, 'SECRETARY_GENERAL');
    reviewer = await signedIn(house, login);
    program = await api(house, login);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  it('tells the clerk on the home page and on the case, without a name, a village or a number', async () => {
    const words = '身份证号相同：另一个互助社，40 天前，1,000.00 元，突发疾病';
    const home = await secretary.get('/s');
    for (const said of ['可能重复没说明', '说明可能重复']) expect(home.body).toContain(said);
    const page = await secretary.get(`/s/cases/${after.number}`);
    for (const said of ['别的互助社也有', words, '还没说明']) expect(page.body).toContain(said);
    const matches = await secretary.get(`/s/cases/${after.number}/matches`);
    expect([matches.status, matches.body.includes(words)]).toEqual([200, true]);
    for (const { body } of [page, matches]) expect(body).not.toContain('诸葛重复');
    expect(matches.body).not.toContain(first.societyId);
  });

  it('shows the federation both sides, what is the same and what is not', async () => {
    expect((await reviewer.get('/s')).body).toContain('各社之间可能重复的');
    const list = await reviewer.get('/s/matches');
    expect([list.status, list.body.includes('诸*重复') || list.body.includes('诸葛*复')]).toEqual([
      200,
      true,
    ]);
    const [, href = ''] = /href="(\/s\/matches\/[\w-]+)"/.exec(list.body) ?? [];
    const page = await reviewer.get(href);
    for (const said of ['并排看', '诸葛重复', '一样', '不同', '火灾', '突发疾病'])
      expect(page.body).toContain(said);
  });

  it('wants a reason from the list, and keeps what was said: 422, then 303', async () => {
    const [, action = ''] =
      /action="(\/s\/cases\/[\w-]+\/matches\/[\w-]+)"/.exec(
        (await secretary.get(`/s/cases/${after.number}/matches`)).body,
      ) ?? [];
    const nothing = await secretary.post(action, {});
    expect([nothing.status, nothing.body.includes('请选一条说明')]).toEqual([422, true]);
    await secretary.get(`/s/cases/${after.number}/matches`);
    expect((await secretary.post(action, { reason: 'OTHER_EVENT' })).status).toBe(303);
    const page = await secretary.get(`/s/cases/${after.number}/matches`);
    for (const said of ['允许的第二次', '是另一件急难', '改说明']) expect(page.body).toContain(said);
    expect((await secretary.get('/s')).body).not.toContain('可能重复没说明');
  });

  it('answers a program alike, and a society that is none of the two not at all', async () => {
    const { items } = (await program.get('/matches')).body as {
      items: { id: string; mine: { name: string } }[];
    };
    expect(items.map(({ mine }) => mine.name)).toEqual(['诸葛重复']);
    const disposed = await program.post(`/matches/${items[0]?.id ?? ''}/disposition`, {
      reason: 'SAME_EVENT',
    });
    expect([disposed.status, disposed.body]).toEqual([201, { disposition: 'REPEAT_CLAIM' }]);
    const clerk = await api(house, village.at.clerk.login);
    const own = await clerk.get(`/cases/${after.caseId}/matches`);
    expect(own.body).toMatchObject({ items: [{ disposition: 'REPEAT_CLAIM', whys: ['ID_NUMBER'] }] });
    expect(own.text).not.toMatch(/诸葛|society|number/);
    const stranger = await api(house, first.at.secretary.login);
    expect((await stranger.get(`/cases/${after.caseId}/matches`)).status).toBe(404);
    const refused = await stranger.post(`/matches/${items[0]?.id ?? ''}/disposition`, { reason: 'VISITED' });
    expect([refused.status, refused.code]).toEqual([404, 'MATCH_NOT_FOUND']);
    expect((await stranger.get('/matches')).body).toEqual({ items: [] });
  });
});
