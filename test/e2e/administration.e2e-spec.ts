import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegionList, SocietiesQueries, SocietiesService } from '../../src/societies/index.js';
import { kindsOverHttp } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { plain, Visitor } from '../support/visitor.js';

const CHARTER = {
  validFrom: '2026-01-01',
  article: '章程第十四条',
  scope: 'ANY',
  perCaseLimitFen: '３，０００',
  householdYearLimitFen: '0.5万',
  householdYearLimitCount: '２',
  fastPathLimitFen: '1000',
  quorum: '2/3',
  majority: '2/3',
  voteHours: '24',
  payHours: '24',
  postWorkingDays: '3',
  paperWorkingDays: '10',
  noticeDays: '7',
  noticeDayKind: 'natural',
  custody: 'OWN_ACCOUNT',
  minBalanceFen: '3万',
  numberPrefix: '柳溪',
  publicContactOffice: '柳溪镇民政办',
  publicContactPhone: '0000-1234567',
  publicContactAddress: '柳溪镇政府一楼',
};

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let browser: Visitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
    const list = readFileSync(join(process.cwd(), 'data', 'regions', 'liuxi-county.csv'), 'utf8');
    await house
      .get(SocietiesService)
      .importRegions(callerOf({ roles: ['system-admin'] }), readRegionList(list));
    browser = new Visitor(house.app);
    await browser.signIn(await givenAdmin(house), PASSWORD);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const SOCIETY = {
    name: '石桥村“救急难”互助社',
    shortName: '石桥互助社',
    regionCode: '990121100202',
    parentId: '',
    uscc: '',
  };

  it('starts from a form that is filled with what most charters say', async () => {
    const { page } = await browser.open('/admin/societies/new');
    expect(page.statusCode).toBe(200);
    for (const value of ['value="2026-03-02"', 'value="章程第十四条"', 'value="3000"', 'value="10"'])
      expect(page.body).toContain(value);
  });

  it.each([
    ['nothing typed', {}, ['请填写简称', '请填写监督电话']],
    [
      'an amount in words',
      { ...SOCIETY, ...CHARTER, perCaseLimitFen: '3千' },
      ['请填写单笔最多多少元', 'value="3千"'],
    ],
    [
      'a place that is not there',
      { ...SOCIETY, ...CHARTER, regionCode: '990121100299' },
      ['没有登记，或者已经停用'],
    ],
    [
      'a charter against itself',
      { ...SOCIETY, ...CHARTER, fastPathLimitFen: '3001' },
      ['快速救助的限额不能高于单笔限额'],
    ],
    ['a wrong credit code', { ...SOCIETY, ...CHARTER, uscc: '51341702MJB123456Q' }, ['统一社会信用代码不对']],
  ])('gives the form back after %s: 422, with all that was typed', async (_because, typed, words) => {
    const form = await browser.open('/admin/societies/new');
    const again = await form.send(typed);
    expect(again.statusCode).toBe(422);
    expect(again.body).toContain('<title>错误：');
    for (const each of words) expect(again.body).toContain(each);
    if ('shortName' in typed) expect(again.body).toContain('value="石桥互助社"');
  });

  it('founds a society, once however often it is pressed, and shows it with its charter', async () => {
    const form = await browser.open('/admin/societies/new');
    const presses = await Promise.all([1, 2, 3].map(() => form.send({ ...SOCIETY, ...CHARTER })));
    expect(presses.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    const [place] = new Set(presses.map(({ headers }) => headers.location));
    const page = await browser.get(place ?? '');
    for (const words of [
      '石桥村“救急难”互助社',
      '虚构省 虚构市 柳溪县 柳溪镇 石桥村',
      '3,000 元',
      '5,000 元，2 次',
      '30,000 元',
    ])
      expect(page.body).toContain(words);
    const societies = await house.get(SocietiesQueries).page({ text: '石桥', limit: 10 });
    expect(societies.items).toHaveLength(1);
    const again = await browser.open('/admin/societies/new');
    const refused = await again.send({ ...SOCIETY, ...CHARTER });
    expect([refused.statusCode, refused.body.includes('已经有同名的互助社')]).toEqual([422, true]);
    const list = await browser.get('/admin/societies?q=石桥');
    expect(list.body).toContain('石桥村“救急难”互助社');
  });

  it('founds by the API with amounts in fen, and lists page by page', async () => {
    const login = await givenAdmin(house);
    const session = await house.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      payload: { login, password: PASSWORD },
    });
    const { token } = session.json<{ token: string }>();
    const call = (payload: object) =>
      house.app.inject({
        method: 'POST',
        url: '/api/v1/societies',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': `found-${kind.name}-0001` },
        payload,
      });
    const body = {
      ...CHARTER,
      shortName: SOCIETY.shortName,
      name: '竹园村互助社',
      regionCode: '990121101202',
      perCaseLimitFen: 300_000,
      householdYearLimitFen: 500_000,
      householdYearLimitCount: 2,
      fastPathLimitFen: 100_000,
      voteHours: 24,
      payHours: 24,
      postWorkingDays: 3,
      paperWorkingDays: 10,
      noticeDays: 7,
      minBalanceFen: 3_000_000,
    };
    const slip = await call({ ...body, perCaseLimitFen: '3000', surprise: true });
    expect([slip.statusCode, Object.keys(slip.json<{ errors: object }>().errors).sort()]).toEqual([
      422,
      ['perCaseLimitFen', 'surprise'],
    ]);
    const first = await call(body);
    expect(first.statusCode).toBe(201);
    expect((await call(body)).json()).toEqual(first.json());
    const otherwise = await call({ ...body, shortName: '竹园社' });
    expect([otherwise.statusCode, otherwise.json<{ code: string }>().code]).toEqual([
      422,
      'KEY_USED_OTHERWISE',
    ]);
    const listed = await house.app.inject({
      url: '/api/v1/societies',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(listed.json<{ items: { name: string }[] }>().items.map(({ name }) => name)).toContain(
      '竹园村互助社',
    );
  });

  it('sets a society up: chosen, first officers entered, their accounts opened by a link', async () => {
    const societyId = await givenSociety(house);
    const { login } = await givenOfficer(house, societyId);
    const one = await browser.open(`/admin/societies/${societyId}`, '/choose');
    expect((await one.send({})).headers.location).toBe('/admin');
    expect((await browser.get('/admin')).body).toContain('href="/s/offices"');

    const found = await (await browser.open('/s/offices/new', '/s/offices/new')).send({ q: '周秀兰' });
    expect([found.statusCode, found.headers.location]).toEqual([200, undefined]);
    const search = browser.formIn(found, '/s/offices');
    const personId = /name="personId"[^>]*value="([^"]+)"/.exec(search.page.body)?.[1] ?? '';
    const term = { personId, office: 'CASHIER', fromOn: '2026-03-01', untilOn: '2031-02-28' };
    expect((await search.send({ ...term, untilOn: '2026-02-28' })).body).toContain('早于第一天');
    expect((await search.send(term)).headers.location).toBe('/s/offices');
    const clash = await search.send({ ...term, office: 'ACCOUNTANT', submission_id: 'another-form-1' });
    expect([clash.statusCode, clash.body.includes('不能既是出纳又是会计')]).toEqual([422, true]);

    const list = await browser.get('/s/offices');
    expect(list.body).toContain('出纳 周秀兰');
    const end = /href="(\/s\/offices\?end=[^"]+)"/.exec(plain(list.body))?.[1] ?? '';
    const ending = await browser.open(end);
    expect((await ending.send({ endedOn: '2026-3-2' })).statusCode).toBe(422);
    expect((await ending.send({ endedOn: '2026-03-02' })).headers.location).toBe('/s/offices');
    expect((await browser.get('/s/offices')).body).toContain('以前的任期');

    const listing = await browser.open('/admin/accounts', '/admin/accounts/search');
    const shown = await listing.send({ q: '周秀兰' });
    expect([shown.statusCode, shown.headers.location]).toEqual([200, undefined]);
    const accounts = browser.formIn(shown, '/admin/accounts');
    expect(accounts.page.body).toContain(login);
    const taken = await accounts.send({ personId });
    expect([taken.statusCode, taken.body.includes('这位已经有账号了')]).toEqual([422, true]);
  });

  it.each(['/s/offices/new', '/admin/accounts'])('looks up nobody by the address of %s', async (page) => {
    const societyId = await givenSociety(house);
    await givenOfficer(house, societyId);
    await (await browser.open(`/admin/societies/${societyId}`, '/choose')).send({});
    const named = await browser.get(`${page}?q=${encodeURIComponent('周秀兰')}`);
    expect([named.statusCode, named.body.includes('name="personId"')]).toEqual([200, false]);
    const forms = [...named.body.matchAll(/<form method="(\w+)"/g)].map(([, method]) => method);
    expect(new Set(forms)).toEqual(new Set(['post']));
    const stranger = await new Visitor(house.app).get(`${page}?end=1&q=${encodeURIComponent('周秀兰')}`);
    expect(stranger.headers.location).toBe(`/sign-in?next=${encodeURIComponent(`${page}?end=1`)}`);
  });

  it('asks again for a name that is too long: 422', async () => {
    const societyId = await givenSociety(house);
    await (await browser.open(`/admin/societies/${societyId}`, '/choose')).send({});
    for (const [page, action] of [
      ['/s/offices/new', '/s/offices/new'],
      ['/admin/accounts', '/admin/accounts/search'],
    ] as const) {
      const again = await (await browser.open(page, action)).send({ q: '明'.repeat(51) });
      expect([again.statusCode, again.body.includes('最多 50 个字')]).toEqual([422, true]);
    }
  });

  it.each([
    ['/s/people?after=x', '/s/people?after=x'],
    ['/s/people/search', '/s/people'],
    ['/admin/accounts/search', '/admin/accounts'],
    ['//evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/s/李建明', '/'],
  ])('comes back from the size of the letters at %j to %j', async (back, to) => {
    const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec((await browser.get('/admin')).body) ?? [];
    const reply = await browser.post('/font-size', { _csrf: plain(token), size: 'large', back });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, to]);
  });

  it('gives an account its link once, and no page shows it again', async () => {
    const societyId = await givenSociety(house);
    const { accountId } = await givenOfficer(house, societyId);
    await (await browser.open(`/admin/societies/${societyId}`, '/choose')).send({});
    const action = `/admin/accounts/${accountId}/links`;
    const form = await browser.open('/admin/accounts', action);
    const shown = await form.send({});
    const link = /http:\/\/[^<\s]+\/link\/[\w-]{43}/.exec(shown.body)?.[0];
    expect(link).toBeDefined();
    const again = await form.send({});
    expect(again.body).toContain('链接已经给过了');
    expect(again.body).not.toContain('/link/');
    const disabling = await browser.open('/admin/accounts', `/admin/accounts/${accountId}/disabling`);
    expect((await disabling.send({})).statusCode).toBe(303);
    expect((await browser.get('/admin/accounts')).body).toContain('已停用');
  });

  it('has no part in what a society does', async () => {
    for (const page of ['/s/people', '/s/offices']) expect((await browser.get(page)).statusCode).toBe(200);
    expect((await browser.get('/s/files/017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).statusCode).toBe(403);
  });
});
