import { addDays, dayOf } from '../../src/kernel/day.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { givenDonor } from '../support/donations.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

const PAGE = '/s/goods';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let clerk: FormVisitor;
  let secretary: FormVisitor;
  let accountant: FormVisitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 1_000_000 });
    clerk = await signedIn(house, village.at.clerk.login);
    secretary = await signedIn(house, village.at.secretary.login);
    accountant = await signedIn(house, village.at.accountant.login);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const today = () => dayOf(house.clock.now());
  const itemIn = (body: string) => /href="(\/s\/goods\/items\/[^"]+)">大米/.exec(body)?.[1] ?? '';

  it('leads goods from the door to a case, each step by whoever may, with what is wrong beside its field', async () => {
    const donorId = await givenDonor(village, { name: '顾大米' });
    await clerk.get(`${PAGE}/new`);
    const typed = { donorId, receivedOn: today(), lines: '大米 20 袋\n棉被十床', intentWords: '' };
    const wrong = await clerk.post(PAGE, typed);
    expect([wrong.status, wrong.body.includes('第 2 行：写成：名称 数量 单位')]).toEqual([422, true]);
    const lines = `大米 20 袋 ${addDays(today(), 20)}\n棉被 10 床`;
    const { status, location } = await clerk.post(PAGE, { ...typed, lines });
    expect(status).toBe(303);

    const own = await clerk.get(location);
    expect(own.body).toContain('请换一位来验收');
    expect(own.body).not.toContain('记验收');
    expect(own.body).toContain('顾*米');
    const look = await secretary.get(location);
    expect(look.body).toContain('棉被：收到 10 床');
    const until = addDays(today(), 20);
    const much = await secretary.post(`${location}/inspection`, {
      ...{ 'accepted[]': ['21', '10'], 'expiresOn[]': [until, ''], finding: '' },
    });
    expect([much.status, much.body.includes('验收的数量填 0 到 20')]).toEqual([422, true]);
    expect(much.body).toContain('value="21"');
    const found = { 'accepted[]': ['20', '9'], 'expiresOn[]': [until, ''], finding: '棉被少一床' };
    expect((await secretary.post(`${location}/inspection`, found)).status).toBe(303);
    expect((await secretary.get(location)).body).not.toContain('记估价');

    const value = await accountant.get(location);
    expect(value.body).toContain('每袋多少元');
    const words = await accountant.post(`${location}/value`, {
      'unitValue[]': ['很多', '100'],
      'evidence[]': ['INVOICE', 'MARKET'],
    });
    expect([words.status, words.body.includes('单价按元填')]).toEqual([422, true]);
    const prices = { 'unitValue[]': ['60', '100'], 'evidence[]': ['INVOICE', 'MARKET'] };
    expect((await accountant.post(`${location}/value`, prices)).status).toBe(303);
    expect((await accountant.get(location)).body).toContain('确认入库，记账 2,100.00 元');
    expect((await accountant.post(`${location}/stock`, {})).status).toBe(303);
    const done = await accountant.get(location);
    for (const each of ['已入库', '看这笔捐赠和票据', '记-']) expect(done.body).toContain(each);

    const list = await clerk.get(PAGE);
    for (const each of ['大米', '20 袋', '快到期', '棉被', '9 床']) expect(list.body).toContain(each);
    expect((await secretary.get('/s')).body).toContain('大米');

    const item = itemIn(list.body);
    const { number } = await givenCase(village, { at: 'PAID', amountFen: 50_000 });
    await clerk.get(item);
    const unasked = await clerk.upload(`${item}/issues`, { quantity: '3', caseNumber: number }, {});
    expect([unasked.status, unasked.body.includes('第四十条')]).toEqual([422, true]);
    const out = { quantity: '3', caseNumber: number, isNoKin: 'yes' };
    const more = await clerk.upload(`${item}/issues`, { ...out, quantity: '30' }, {});
    expect([more.status, more.body.includes('库里只有 20')]).toEqual([422, true]);
    const nobody = await clerk.upload(`${item}/issues`, { ...out, caseNumber: '2026-9999' }, {});
    expect([nobody.status, nobody.body.includes('本社没有这个案号')]).toEqual([422, true]);
    await clerk.get(item);
    expect((await clerk.upload(`${item}/issues`, out, { slip: await photo() })).status).toBe(303);
    const after = await clerk.get(item);
    for (const each of ['17 袋', '看领取单', number]) expect(after.body).toContain(each);
    const slip = /href="(\/s\/files\/[^"]+)"/.exec(after.body)?.[1] ?? '';
    expect((await accountant.get(slip)).status).toBe(200);

    await secretary.get(item);
    expect((await secretary.post(`${item}/disposals`, { gone: '1', reason: '' })).status).toBe(422);
    expect((await secretary.post(`${item}/disposals`, { gone: '1', reason: '受潮' })).status).toBe(303);
    expect((await clerk.get(item)).body).toContain('16 袋');
  });

  it('does the same for a program, and D4-69 not for another society', async () => {
    const [atDoor, office, books] = await Promise.all(
      (['clerk', 'secretary', 'accountant'] as const).map((post) => api(house, village.at[post].login)),
    );
    if (!atDoor || !office || !books) throw new Error('Nobody is there');
    const received = await atDoor.post('/goods', { receivedOn: today(), lines: '大米 5 袋' });
    const url = `/goods/${String(received.body['deliveryId'])}`;
    expect(
      await office.post(`${url}/inspection`, { found: [{ accepted: 'x', expiresOn: null }] }),
    ).toMatchObject({
      ...{ status: 422, code: 'INVALID_INPUT' },
    });
    expect(
      (await office.post(`${url}/inspection`, { found: [{ accepted: 5, expiresOn: null }] })).status,
    ).toBe(200);
    const values = [{ unitValueFen: 6_000, evidence: 'APPRAISAL' }];
    expect((await books.post(`${url}/value`, { values })).status).toBe(200);
    expect((await books.post(`${url}/stock`, {})).body).toMatchObject({
      voucherNumber: expect.any(Number) as number,
    });
    const read = await books.get(url);
    expect(read.body).toMatchObject({ state: 'STOCKED', valueFen: 30_000, items: [{ inStock: 5 }] });
    const [{ id } = { id: '' }] = read.body['items'] as { id: string }[];
    const { number } = await givenCase(village, {
      at: 'PAID',
      amountFen: 50_000,
      applicant: { name: '蒋程序' },
    });
    const issue = { quantity: 2, caseNumber: number, isNoKin: true };
    expect((await atDoor.post(`/goods/items/${id}/issues`, issue)).body).toMatchObject({ inStock: 3 });
    const other = await givenVillage(house, { heldFen: 0 });
    const stranger = await api(house, other.at.secretary.login);
    expect((await stranger.get(url)).status).toBe(404);
    expect((await stranger.post(`/goods/items/${id}/disposals`, { gone: 1, reason: '试试' })).status).toBe(
      404,
    );
    expect((await stranger.get('/goods')).body).toEqual({ stock: [], waiting: [] });
  });

  it('keeps programs told of gifts: the page shows the secret once, and each telling can be repeated', async () => {
    const chair = await signedIn(house, village.at.chair.login);
    expect((await accountant.get('/s/webhooks')).status).toBe(403);
    await chair.get('/s/webhooks');
    for (const [url, words] of [
      ['http://example.org/', '地址要用 https:// 开头'],
      ['不是地址', '地址写成 https:// 开头'],
    ] as const) {
      const refused = await chair.post('/s/webhooks', { url, 'events[]': ['gift.received'] });
      expect([refused.status, refused.body.includes(words)]).toEqual([422, true]);
    }
    expect((await chair.post('/s/webhooks', { url: 'https://example.org/hooks' })).status).toBe(422);
    const typed = { url: 'https://example.org/hooks', 'events[]': ['gift.received', 'gift.used'] };
    const made = await chair.post('/s/webhooks', typed);
    const secret = /whsec_[A-Za-z0-9+/=]+/.exec(made.body)?.[0] ?? '';
    expect(made.status).toBe(200);
    expect(secret.length).toBeGreaterThan(40);
    const page = /href="(\/s\/webhooks\/[^"]+)"/.exec(made.body)?.[1] ?? '';
    await accountant.get('/s/donations/new');
    const gift = {
      nature: 'GIFT',
      donorId: '',
      amountFen: '300',
      receivedOn: today(),
      method: 'BANK',
      intent: 'UNRESTRICTED',
    };
    expect((await accountant.post('/s/donations', gift)).status).toBe(303);
    const seen = await chair.get(page);
    for (const words of ['收到捐赠', '等着送', '再送一次', 'https://example.org/hooks'])
      expect(seen.body).toContain(words);
    expect(seen.body).not.toContain(secret.slice(6, 20));
    const replay = /action="(\/s\/webhooks\/deliveries\/[^"]+)"/.exec(seen.body)?.[1] ?? '';
    expect((await chair.post(replay, {})).status).toBe(303);
    await chair.get(page);
    expect((await chair.post(`${page}/end`, {})).status).toBe(303);
    expect((await chair.get('/s/webhooks')).body).toContain('已经停用');
    const program = await api(house, village.at.chair.login);
    expect((await program.get('/webhooks')).text).not.toContain('whsec_');
  });
});
