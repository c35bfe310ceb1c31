import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { givenVillage, personIn } from '../support/village.js';
import type { Village } from '../support/village.js';

const ASKED = { field: 'NAME', after: '范长河', reason: '登记时写错了字' };

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let secretary: FormVisitor;
  let chair: FormVisitor;
  let personId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    secretary = await signedIn(house, village.at.secretary.login);
    chair = await signedIn(house, village.at.chair.login);
  });
  beforeEach(async () => {
    personId = await personIn(house, village.societyId, { name: '范常河' });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const propose = async (asked: Record<string, string> = ASKED) => {
    await secretary.get(`/s/people/${personId}`);
    return secretary.post(`/s/people/${personId}/corrections`, asked);
  };
  const pageOf = async () => {
    const { body } = await secretary.get(`/s/people/${personId}`);
    return /href="(\/s\/people\/corrections\/[^"]+)"/.exec(body)?.[1] ?? '';
  };

  it('is proposed on the page of the person, waits for the chair, and is then in the register', async () => {
    const asked = await propose();
    expect([asked.status, asked.location]).toEqual([303, `/s/people/${personId}`]);
    const page = await secretary.get(`/s/people/${personId}`);
    for (const words of ['<h1>范常河</h1>', '等第二个人确认']) expect(page.body).toContain(words);
    const own = await secretary.get(await pageOf());
    expect(own.body).toContain('提出的人和本人都不能自己确认');
    expect(own.body).not.toContain('核对无误，确认更正');

    const home = await chair.get('/s');
    for (const words of ['名册更正没人确认', '核对更正', '范*河']) expect(home.body).toContain(words);
    expect(home.body).not.toContain('范常河');
    const card = await chair.get(await pageOf());
    for (const words of ['范常河', '范长河', ASKED.reason, '核对无误，确认更正'])
      expect(card.body).toContain(words);
    const confirmed = await chair.post(`${await pageOf()}/confirmation`, {});
    expect(confirmed.status).toBe(303);
    expect((await chair.get(confirmed.location)).body).toContain('名册已经更正');
    expect((await secretary.get(`/s/people/${personId}`)).body).toContain('<h1>范长河</h1>');
    expect((await chair.get('/s')).body).not.toContain('名册更正没人确认');
  });

  it('says what is wrong beside the field, and keeps what was typed', async () => {
    const wrongs = [
      [{ ...ASKED, after: '范3' }, '姓名里只能有文字和间隔号'],
      [{ ...ASKED, after: '范常河' }, '和名册里现在写的一样'],
      [{ ...ASKED, reason: '' }, '更正的原因'],
    ] as const;
    for (const [wrong, words] of wrongs) {
      const again = await propose(wrong);
      expect([again.status, again.body.includes(words)]).toEqual([422, true]);
    }
    expect((await propose()).status).toBe(303);
    const twice = await propose();
    expect([twice.status, twice.body.includes('已经有一条更正在等人确认')]).toEqual([422, true]);
  });

  it('is refused to who proposed it by a conflict, and is declined with a reason', async () => {
    await propose();
    const at = await pageOf();
    await secretary.get(`/s/people/${personId}`);
    const own = await secretary.post(`${at}/confirmation`, {});
    expect([own.status, own.body.includes('提出更正的人不能自己确认')]).toEqual([409, true]);
    await chair.get(at);
    const silent = await chair.post(`${at}/refusal`, { words: '' });
    expect([silent.status, silent.body.includes('退回的原因')]).toEqual([422, true]);
    expect((await chair.post(`${at}/refusal`, { words: '身份证上写的是常' })).status).toBe(303);
    const page = await secretary.get(at);
    for (const words of ['没有同意', '身份证上写的是常']) expect(page.body).toContain(words);
  });

  it('is listed for the office, and not offered to the administrator, who keeps no names right', async () => {
    await propose();
    const list = await secretary.get('/s/people');
    expect(list.body).toContain('href="/s/people/corrections"');
    expect((await secretary.get('/s/people/corrections')).body).toContain('范常河');
    const admin = await signedIn(house, await givenAdmin(house));
    await admin.get('/choose');
    await admin.post('/choose', { societyId: village.societyId });
    const seen = await admin.get('/s/people');
    expect([seen.status, seen.body.includes('/s/people/corrections')]).toEqual([200, false]);
  });

  it('goes by program too, by two', async () => {
    const maker = await api(house, village.at.clerk.login);
    const checker = await api(house, village.at.secretary.login);
    const asked = await maker.post(`/people/${personId}/corrections`, {
      ...{ field: 'GROUP', after: '四组', reason: '分组的时候登记错了' },
    });
    expect(asked.status).toBe(201);
    const at = `/people/corrections/${String(asked.body['correctionId'])}`;
    const own = await maker.post(`${at}/confirmation`, {});
    expect([own.status, own.code]).toEqual([409, 'NEEDS_SECOND_PERSON']);
    const { items } = (await checker.get('/people/corrections')).body as { items: { after: string }[] };
    expect(items.map(({ after }) => after)).toContain('四组');
    expect((await checker.post(`${at}/confirmation`, {})).status).toBe(200);
    const read = await checker.get(`/people/${personId}`);
    expect(read.body).toMatchObject({ group: '四组' });
    const gone = await checker.post(`${at}/refusal`, { words: '晚了' });
    expect([gone.status, gone.code]).toEqual([409, 'CORRECTION_DECIDED']);
  });
});
