import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenVillage, personIn } from '../support/village.js';
import type { Village } from '../support/village.js';

const PHONE = '19912345678';
const ASKED = { kind: 'ERASE', how: 'IN_PERSON', askedOn: '2026-03-02' };

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let secretary: FormVisitor;
  let clerk: FormVisitor;
  let chair: FormVisitor;
  let personId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    secretary = await signedIn(house, village.at.secretary.login);
    clerk = await signedIn(house, village.at.clerk.login);
    chair = await signedIn(house, village.at.chair.login);
  });
  beforeEach(async () => {
    personId = await personIn(house, village.societyId, { name: '范常河', phone: PHONE });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const record = async (asked: Record<string, string>) => {
    await secretary.get(`/s/people/${personId}/requests`);
    return secretary.post(`/s/people/${personId}/requests`, asked);
  };

  it('is written down on the page of the person, waits for the chair, and is then erased', async () => {
    expect((await secretary.get(`/s/people/${personId}`)).body).toContain(`/s/people/${personId}/requests`);
    const asked = await record(ASKED);
    expect([asked.status, asked.location]).toEqual([303, expect.stringContaining('/s/people/requests/')]);
    const own = await secretary.get(asked.location);
    expect(own.body).toContain('记下请求的人和本人都不能自己确认');
    expect(own.body).not.toContain('核对无误，确认删除');

    const home = await chair.get('/s');
    for (const words of ['本人的请求没答复', '范*河']) expect(home.body).toContain(words);
    expect(home.body).not.toContain('范常河');
    expect((await chair.get(asked.location)).body).toContain('核对无误，确认删除');
    expect((await chair.post(`${asked.location}/erasure`, {})).status).toBe(303);
    expect((await chair.get(asked.location)).body).toContain('已经删除');
  });

  it('shows the copy to the office alone, kept by no cache, and not any more once it was handed over', async () => {
    const { location } = await record({ ...ASKED, kind: 'COPY' });
    const own = await secretary.get(location);
    expect([own.body.includes('记下请求的人不能自己打开'), own.body.includes(`${location}/copy`)]).toEqual([
      true,
      false,
    ]);
    expect((await secretary.get(`${location}/copy`)).status).toBe(409);
    const page = await clerk.get(`${location}/copy`);
    for (const words of ['范常河', PHONE]) expect(page.body).toContain(words);
    const { cookie } = clerk.carried();
    for (const url of [`${location}/copy`, `${location}/copy.json`]) {
      const { headers } = await house.app.inject({ method: 'GET', url, headers: { cookie } });
      expect(headers['cache-control']).toBe('no-store');
    }
    const file = await clerk.get(`${location}/copy.json`);
    expect(JSON.stringify(JSON.parse(file.body))).toContain(PHONE);
    expect((await chair.get(`${location}/copy`)).status).toBe(403);
    const supervisor = await signedIn(house, village.at.supervisor.login);
    const seen = await supervisor.get(location);
    expect([seen.status, seen.body.includes(`${location}/copy`), seen.body.includes('不同意，写明')]).toEqual(
      [200, false, false],
    );
    await clerk.get(location);
    expect((await clerk.post(`${location}/handing`, {})).status).toBe(303);
    expect((await clerk.get(`${location}/copy`)).status).toBe(409);
  });

  it('is opened by an office of one when the chair has asked the person, who sees nothing of it', async () => {
    const { location } = await record({ ...ASKED, kind: 'COPY' });
    expect((await secretary.get(location)).body).toContain('请理事长或者副理事长问过本人');
    const asked = await chair.get(location);
    expect([asked.body.includes('问过了，是本人要'), asked.body.includes(`${location}/copy`)]).toEqual([
      true,
      false,
    ]);
    expect((await chair.post(`${location}/voucher`, {})).status).toBe(303);
    const after = await chair.get(location);
    expect(after.body).toContain('等秘书长或者经办人打开副本');
    expect(after.body).not.toContain('问过了，是本人要</button>');
    expect((await chair.get(`${location}/copy`)).status).toBe(403);
    expect((await secretary.get(`${location}/copy`)).body).toContain(PHONE);
    await secretary.get(location);
    expect((await secretary.post(`${location}/handing`, {})).status).toBe(303);
  });

  it('says beside the field what is wrong', async () => {
    const ahead = await record({ ...ASKED, askedOn: '2026-03-03' });
    expect([ahead.status, ahead.body.includes('提出的日期还没有到')]).toEqual([422, true]);
    expect((await record({ how: 'PHONE', askedOn: '2026-03-02' })).body).toContain('请选择本人要什么');
    await record(ASKED);
    const again = await record(ASKED);
    expect([again.status, again.body.includes('已经有一个同样的请求')]).toEqual([422, true]);
  });

  it('does the same for programs', async () => {
    const maker = await api(house, village.at.secretary.login);
    const checker = await api(house, village.at.chair.login);
    const asked = await maker.post(`/people/${personId}/requests`, ASKED);
    expect(asked.status).toBe(201);
    const at = `/people/requests/${String(asked.body['requestId'])}`;
    const { items } = (await checker.get('/people/requests')).body as { items: { personId: string }[] };
    expect(items.map((each) => each.personId)).toContain(personId);
    expect((await maker.post(`${at}/erasure`, {})).body).toMatchObject({
      code: 'ERASURE_NEEDS_SECOND_PERSON',
    });
    expect((await checker.post(`${at}/refusal`, { words: '' })).status).toBe(422);
    expect((await checker.post(`${at}/erasure`, {})).status).toBe(200);
    expect((await checker.post(`${at}/erasure`, {})).body).toMatchObject({ code: 'REQUEST_ANSWERED' });
    const copy = await maker.post(`/people/${personId}/requests`, { ...ASKED, kind: 'COPY' });
    const of = `/people/requests/${String(copy.body['requestId'])}`;
    const needsAnother = { code: 'COPY_NEEDS_SECOND_PERSON' };
    expect((await maker.get(`${of}/copy`)).body).toMatchObject(needsAnother);
    expect((await maker.post(`${of}/handing`, {})).body).toMatchObject(needsAnother);
    expect((await maker.post(`${of}/voucher`, {})).body).toMatchObject({ code: 'COPY_VOUCHED_BY_WRITER' });
    expect((await checker.post(`${of}/voucher`, {})).status).toBe(200);
    expect((await maker.get(`${of}/copy`)).status).toBe(200);
    expect((await maker.post(`${of}/handing`, {})).status).toBe(200);
    const periods = (await maker.get('/people/retention')).body as { items: { kind: string }[] };
    expect(periods.items.map((each) => each.kind)).toContain('VOUCHER');
  });
});
