import { ReceiptsService } from '../../src/donations/index.js';
import { api, ApiClient, listening, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenVillage } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

const ASKED = { kind: 'ERASE', how: 'IN_PERSON', askedOn: '2026-03-02', wish: '' };
let phones = 0;

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  const visitors = new Map<Post, FormVisitor>();
  const at = (post: Post): FormVisitor => {
    const visitor = visitors.get(post);
    if (!visitor) throw new Error(`${post} is not signed in`);
    return visitor;
  };

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 0 });
    for (const post of ['secretary', 'accountant', 'chair', 'supervisor', 'cashier'] as const)
      visitors.set(post, await signedIn(house, village.at[post].login));
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  /** Gave once, agreed to be named, and has his receipt. */
  async function given(name: string) {
    const phone = `1994567${String(++phones).padStart(4, '0')}`;
    const donorId = await givenDonor(village, { name, phone, homePlace: '演示朝霞村', publishesName: true });
    const giftId = await give(village, 12_300, { donorId });
    await house.get(ReceiptsService).issueReceipt(as(village, 'accountant'), { giftId });
    return { donorId, giftId, name, phone };
  }

  const record = async (donorId: string, asked: Record<string, string>) => {
    await at('secretary').get(`/s/donors/${donorId}/requests`);
    return at('secretary').post(`/s/donors/${donorId}/requests`, asked);
  };

  it('is written down on the page of the donor, waits for the chair, and is then erased', async () => {
    const { donorId, giftId, name, phone } = await given('暮页面');
    const books = `/open/${village.boardCode}`;
    expect((await at('chair').get(books)).body).toContain(name); // the control: it was public until then
    const page = await at('secretary').get(`/s/donors/${donorId}`);
    expect(page.body).toContain(`/s/donors/${donorId}/requests`);
    const asked = await record(donorId, ASKED);
    expect([asked.status, asked.location]).toEqual([303, expect.stringContaining('/s/donors/requests/')]);
    const own = await at('secretary').get(asked.location);
    expect(own.body).toContain('记下请求的人和本人都不能自己确认');
    expect(own.body).not.toContain('核对无误，确认删除');
    for (const words of ['依法还要保存的', '2056年12月31日', '会计档案管理办法'])
      expect(own.body).toContain(words);

    const home = await at('chair').get('/s');
    for (const words of ['本人的请求没答复', '删除自己的信息：暮*面（捐赠人）', asked.location])
      expect(home.body).toContain(words);
    expect(home.body).not.toContain(name);
    const again = await record(donorId, ASKED);
    expect([again.status, again.body.includes('已经有一个同样的请求')]).toEqual([422, true]);
    await at('chair').get(asked.location);
    expect((await at('chair').post(`${asked.location}/erasure`, {})).status).toBe(303);
    expect((await at('chair').get(asked.location)).body).toContain('能删的已经删除');
    const after = await at('accountant').get(`/s/donors/${donorId}`);
    for (const words of ['按本人要求删除了电话', '不公开，写“爱心人士”', '没有登记'])
      expect(after.body).toContain(words);
    const pages = [books, `${books}.csv`, `/s/donors/${donorId}`, '/s/donors', '/s/donors/requests'];
    const rest = [asked.location, '/s/donations', `/s/donations/${giftId}`, '/s/donations/receipts', '/s'];
    for (const url of [...pages, ...rest]) {
      const { status, body } = await at('chair').get(url);
      expect([url, status, new RegExp(`${name}|${phone}|演示朝霞村`).test(body)]).toEqual([url, 200, false]);
    }
  });

  it('shows the copy to two pairs of hands, kept by no cache, and not any more once it was handed over', async () => {
    const { donorId, name, phone } = await given('暮副本');
    const { location } = await record(donorId, { ...ASKED, kind: 'COPY' });
    expect((await at('secretary').get(`${location}/copy`)).status).toBe(409);
    const page = await at('accountant').get(`${location}/copy`);
    for (const words of [name, phone, '123.00 元', '演示朝霞村']) expect(page.body).toContain(words);
    expect((await at('accountant').get(`${location}/copy`)).body).toContain('谁看过您的资料'); // the look before
    const { cookie } = at('accountant').carried();
    for (const url of [`${location}/copy`, `${location}/copy.json`]) {
      const { headers } = await house.app.inject({ method: 'GET', url, headers: { cookie } });
      expect(headers['cache-control']).toBe('no-store');
    }
    expect((await at('chair').get(`${location}/copy`)).status).toBe(403);
    const seen = await at('supervisor').get(location);
    expect([seen.status, seen.body.includes(`${location}/copy`), seen.body.includes('不同意，写明')]).toEqual(
      [200, false, false],
    );
    await at('accountant').get(location);
    expect((await at('accountant').post(`${location}/handing`, {})).status).toBe(303);
    expect((await at('accountant').get(`${location}/copy`)).status).toBe(409);
  });

  it('lets a donor read all of it, put his phone right and ask for the rest', async () => {
    const { donorId, name, phone } = await given('暮自己');
    const { login } = await givenDonorAccount(village, donorId);
    const donor = await signedIn(house, login);
    expect((await donor.get('/d')).body).toContain('/d/rights');
    const mine = await donor.get('/d/rights');
    expect([mine.status, mine.body.includes('要互助社做什么')]).toEqual([200, true]);
    const copy = await donor.get('/d/copy');
    for (const words of [name, phone, login, '123.00 元']) expect(copy.body).toContain(words);
    expect(JSON.stringify(JSON.parse((await donor.get('/d/copy.json')).body))).toContain(phone);

    const contact = await donor.get('/d/contact');
    expect(contact.body).toContain(`value="${phone}"`);
    const wrong = await donor.post('/d/contact', { phone: '123', homePlace: '' });
    expect([wrong.status, wrong.body.includes('手机号')]).toEqual([422, true]);
    const now = '19945678888';
    expect((await donor.post('/d/contact', { phone: now, homePlace: '' })).status).toBe(303);
    expect((await donor.get('/d/contact')).body).toContain(`value="${now}"`);

    await donor.get('/d/rights');
    const empty = await donor.post('/d/rights', { donorId, kind: 'CORRECT', wish: '' });
    expect([empty.status, empty.body.includes('请写明哪里写错了')]).toEqual([422, true]);
    const asked = await donor.post('/d/rights', { donorId, kind: 'CORRECT', wish: '“暮”写成了“慕”' });
    expect([asked.status, asked.location]).toEqual([303, '/d/rights']);
    expect((await donor.get('/d/rights')).body).toContain('改正登记的姓名');
    const list = await at('accountant').get('/s/donors/requests');
    const [, href = ''] = /href="(\/s\/donors\/requests\/[^"]+)">改正登记的信息/.exec(list.body) ?? [];
    expect((await at('accountant').get(href)).body).toContain('“暮”写成了“慕”');
    expect((await at('supervisor').get(href)).body).not.toContain('慕');
    await at('accountant').get(href);
    expect((await at('accountant').post(`${href}/correction`, {})).status).toBe(303);
    expect((await donor.get('/d/rights')).body).toContain('已经办好');
  });

  it('ends the session of whoever was erased with an account of nothing else', async () => {
    const { donorId } = await given('暮断开');
    const { login } = await givenDonorAccount(village, donorId);
    const donor = await signedIn(house, login);
    expect((await donor.get('/d')).status).toBe(200);
    await donor.get('/d/rights');
    expect((await donor.post('/d/rights', { donorId, kind: 'ERASE', wish: '' })).status).toBe(303);
    const list = await at('chair').get('/s/donors/requests');
    const [, href = ''] = /href="(\/s\/donors\/requests\/[^"]+)">删除自己的信息/.exec(list.body) ?? [];
    expect((await at('chair').get(href)).body).toContain('本人登录以后自己提的');
    expect((await at('chair').post(`${href}/erasure`, {})).status).toBe(303);
    const gone = await donor.get('/d');
    expect([gone.status, gone.location]).toEqual([303, expect.stringContaining('/sign-in')]);
    await expect(signedIn(house, login)).rejects.toThrow(/cannot sign in/);
  });

  it('is refused with every reason and its day, and changes nothing', async () => {
    const { donorId } = await given('暮还有');
    await give(village, 5_000, { donorId });
    const { location } = await record(donorId, ASKED);
    await at('chair').get(location);
    const refused = await at('chair').post(`${location}/erasure`, {});
    expect([refused.status, refused.body.includes('2026年3月2日那一笔的票据还没有开')]).toEqual([409, true]);
    await at('chair').get(location);
    expect((await at('chair').post(`${location}/refusal`, { words: '' })).status).toBe(422);
    expect((await at('chair').post(`${location}/refusal`, { words: '票据还没有开' })).status).toBe(303);
    expect((await at('chair').get(location)).body).toContain('票据还没有开');
  });

  it('says the same to programs, by a key, and to nobody who may not', async () => {
    const { donorId, name, phone } = await given('暮程序');
    const secretary = await api(house, village.at.secretary.login);
    const accountant = await api(house, village.at.accountant.login);
    const chair = await api(house, village.at.chair.login);
    const cashier = await api(house, village.at.cashier.login);
    const asked = { kind: 'COPY', how: 'PHONE', askedOn: '2026-03-02' };
    expect((await cashier.post(`/donors/${donorId}/requests`, asked)).status).toBe(403);
    expect((await secretary.post(`/donors/${donorId}/requests`, asked, null)).code).toBe(
      'IDEMPOTENCY_KEY_REQUIRED',
    );
    const made = await secretary.post(`/donors/${donorId}/requests`, asked, 'donor-rights-1');
    const twice = await secretary.post(`/donors/${donorId}/requests`, asked, 'donor-rights-1');
    expect([made.status, twice.body]).toEqual([201, made.body]);
    const one = `/donors/requests/${String(made.body['requestId'])}`;
    expect((await secretary.get(`${one}/copy`)).code).toBe('COPY_NEEDS_SECOND_PERSON');
    expect((await chair.post(`${one}/voucher`, {})).status).toBe(200);
    const copy = await secretary.get(`${one}/copy`);
    for (const words of [name, phone]) expect(copy.text).toContain(words);
    expect((await secretary.get('/donors/requests')).text).not.toContain(name);
    expect((await accountant.post(`${one}/handing`, {})).status).toBe(200);
    const reveal = `/donors/${donorId}/reveal`;
    expect((await accountant.post(reveal, { reason: 'CONTACT' }, null)).code).toBe(
      'IDEMPOTENCY_KEY_REQUIRED',
    );
    expect((await accountant.post(reveal, { reason: '随便看看' })).status).toBe(422);
    expect((await accountant.post(reveal, { reason: 'CONTACT' })).body).toEqual({ name, phone });

    const { login } = await givenDonorAccount(village, donorId);
    const donor = await api(house, login);
    expect((await donor.get('/my-gifts/copy')).text).toContain('联系本人');
    const own = await donor.post(`/my-gifts/requests/${donorId}`, { kind: 'ERASE' });
    expect(own.status).toBe(201);
    const stranger = new ApiClient(await listening(house), null);
    expect((await stranger.get('/my-gifts/copy')).status).toBe(401);
    const { donorId: strange } = await given('暮别人');
    expect((await donor.post(`/my-gifts/requests/${strange}`, { kind: 'ERASE' })).code).toBe(
      'DONOR_NOT_FOUND',
    );
    const erasure = `/donors/requests/${String(own.body['requestId'])}/erasure`;
    expect((await chair.post(erasure, {})).status).toBe(200);
    expect((await donor.get('/my-gifts/copy')).status).toBe(401);
  });

  it('links a yearly statement to the years in which something was given, and to no other', async () => {
    const donorId = await givenDonor(village);
    for (const receivedOn of ['2024-05-06', '2026-03-01'])
      await give(village, 1_000, { donorId, receivedOn });
    const page = await at('accountant').get(`/s/donors/${donorId}/statements/2026`);
    const linked = [...page.body.matchAll(/href="[^"]*statements\/(\d{4})"/g)].map(([, year]) => year);
    expect(linked).toEqual(['2024']);
    expect((await at('accountant').get(`/s/donors/${donorId}/statements/2024`)).status).toBe(200);
  });
});
