import { GiftsQueries } from '../../src/donations/index.js';
import { kinds } from '../support/databases.js';
import { api as apiAs, signedIn } from '../support/clients.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const GIFT = { nature: 'GIFT', donorId: '', amountFen: '500', receivedOn: '2026-03-02', method: 'BANK' };
const ANY = { intent: 'UNRESTRICTED', purpose: '', intentWords: '' };
/** Planted: whoever reads it anywhere but where the accountant asked for it has found a leak. */
const PLANTED = { name: '顾瑶瑶', phone: '13800005557' };

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let accountant: FormVisitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 0 });
    accountant = await signedIn(house, village.at.accountant.login);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const idIn = (location: string) => location.split('/').at(-1) ?? '';

  it('registers a donor, and shows him masked: the whole name only for a reason, which is kept', async () => {
    const form = await accountant.get('/s/donors/new');
    expect(form.body).toContain('同意公开姓名');
    const typed = { kind: 'PERSON', group: 'RETIRED_CADRE', ...PLANTED, uscc: '', homePlace: '柳溪村' };
    const { status, location } = await accountant.post('/s/donors', typed);
    expect(status).toBe(303);
    const page = await accountant.get(location);
    expect(page.body).toContain('顾*瑶');
    expect(page.body).toContain('退休干部');
    for (const secret of Object.values(PLANTED)) expect(page.body).not.toContain(secret);
    const reveal = `${location}/reveal`;
    expect((await accountant.post(reveal, { reason: '' })).status).toBe(422);
    expect((await accountant.post(reveal, { reason: '打电话核对汇款' })).status).toBe(422);
    const revealed = await accountant.post(reveal, { reason: 'VERIFY_TRANSFER' });
    for (const secret of Object.values(PLANTED)) expect(revealed.body).toContain(secret);
    const found = await accountant.post('/s/donors/find', { q: PLANTED.name });
    expect(found.body).toContain(location);
    expect(found.body).toContain('找到 1 位');
  });

  it('keeps a company’s form with what is wrong beside it', async () => {
    await accountant.get('/s/donors/new');
    const typed = { kind: 'COMPANY', group: 'ENTERPRISE', name: '演示县柳编厂', phone: '', homePlace: '' };
    const without = await accountant.post('/s/donors', { ...typed, uscc: '' });
    expect([without.status, without.body.includes('单位捐赠要填统一社会信用代码')]).toEqual([422, true]);
    const wrong = await accountant.post('/s/donors', { ...typed, uscc: '914403001922038217' });
    expect([wrong.status, wrong.body.includes('统一社会信用代码不对')]).toEqual([422, true]);
    expect(wrong.body).toContain('value="演示县柳编厂"');
  });

  it('books a gift and goes to its page; D4-56 a fee says there that no receipt is due', async () => {
    await accountant.get('/s/donations/new');
    const { status, location } = await accountant.post('/s/donations', { ...GIFT, ...ANY });
    expect(status).toBe(303);
    const page = await accountant.get(location);
    for (const words of ['爱心人士', '500.00 元', '还没用', '不指定，由社里安排'])
      expect(page.body).toContain(words);
    await accountant.get('/s/donations/new');
    const fee = await accountant.post('/s/donations', { ...GIFT, ...ANY, nature: 'FEE', amountFen: '20' });
    expect((await accountant.get(fee.location)).body).toContain('会费，不是捐赠，不开捐赠票据');
    expect((await accountant.get('/s/donations')).body).toContain('会费');
  });

  it('says beside the field what a purpose lacks, and keeps what was typed', async () => {
    await accountant.get('/s/donations/new');
    const again = await accountant.post('/s/donations', { ...GIFT, ...ANY, intent: 'PURPOSE' });
    expect([again.status, again.body.includes('请写明指定的用途')]).toEqual([422, true]);
    expect(again.body).toContain('value="500"');
  });

  it('D4-57 takes money of an unknown giver, and gives it to whom it belongs', async () => {
    await accountant.get('/s/donations/unknown/new');
    const typed = { amountFen: '500', receivedOn: '2026-03-02', bankReference: 'E2E-1', note: '附言：老乡' };
    const { location } = await accountant.post('/s/donations/unknown', typed);
    expect((await accountant.get(location)).body).toContain('还不知道是谁');
    const donorId = await givenDonor(village, { name: '顾老乡' });
    const claimed = await accountant.post(`${location}/owner`, { ...ANY, nature: 'GIFT', donorId });
    expect(claimed.status).toBe(303);
    expect(await giftOf(village, idIn(location))).toMatchObject({ state: 'RECEIVED', donorId });
  });

  it('registers a pledge, books what came of it, and ends another', async () => {
    const pledge = async () => {
      await accountant.get('/s/donations/pledges/new');
      const typed = { donorId: '', amountFen: '1000', pledgedOn: '2026-03-01', ...ANY };
      return (await accountant.post('/s/donations/pledges', typed)).location;
    };
    const [kept, dropped] = [await pledge(), await pledge()];
    const { amountFen, receivedOn, method } = GIFT;
    const received = await accountant.post(`${kept}/receipt-of-pledge`, { amountFen, receivedOn, method });
    expect(received.status).toBe(303);
    expect(await giftOf(village, idIn(kept))).toMatchObject({ state: 'RECEIVED', amountFen: 50_000 });
    expect((await accountant.post(`${dropped}/end-of-pledge`, {})).status).toBe(303);
    expect((await accountant.get(dropped)).body).toContain('已取消');
  });

  it('merges two records of one donor on the page that shows them alike', async () => {
    const [kept, gone] = [
      await givenDonor(village, { name: '顾同名' }),
      await givenDonor(village, { name: '顾同名' }),
    ];
    await give(village, 3_000, { donorId: gone });
    expect((await accountant.get(`/s/donors/${kept}`)).body).toContain('可能登记了两次');
    expect((await accountant.post(`/s/donors/${kept}/merger`, { goneId: gone })).status).toBe(303);
    expect((await accountant.get(`/s/donors/${kept}`)).body).toContain('30.00 元');
    expect((await accountant.get(`/s/donors/${gone}`)).body).toContain('已经合并');
  });

  it('lets others of the house read, and nobody but the accountant write', async () => {
    const secretary = await signedIn(house, village.at.secretary.login);
    const list = await secretary.get('/s/donations');
    expect(list.status).toBe(200);
    expect(list.body).not.toContain('/s/donations/new');
    expect((await secretary.get('/s/donations/new')).status).toBe(403);
  });

  it('does the same for programs: whole fen in, whole fen out, an error with its code', async () => {
    const api = await apiAs(house, village.at.accountant.login);
    const donor = await api.post('/donors', { kind: 'PERSON', group: 'CARING', name: '顾接口' });
    expect(donor.status).toBe(201);
    const gift = {
      nature: 'GIFT',
      amountFen: 12_345,
      receivedOn: '2026-03-02',
      method: 'BANK',
      intent: 'SOCIETY',
    };
    const { status, body } = await api.post('/donations', { ...gift, donorId: donor.body['donorId'] });
    expect(status).toBe(201);
    const giftId = String(body['giftId']);
    expect((await api.get(`/donations/${giftId}`)).body).toMatchObject({
      amountFen: 12_345,
      unspentFen: 12_345,
    });
    const future = await api.post('/donations', { ...gift, receivedOn: '2026-03-09' });
    expect([future.status, future.code]).toEqual([422, 'GIVEN_IN_FUTURE']);
    const reversed = await api.post(`/donations/${giftId}/reversal`, { reason: '记错了' });
    expect(reversed.status).toBe(200);
    expect(await house.get(GiftsQueries).gift(village.societyId, giftId)).toMatchObject({ state: 'ENDED' });
    const found = await api.post('/donors/find', { q: '顾接口' }, null);
    expect(found.body['items']).toHaveLength(1);
    expect(found.text).not.toContain('顾接口');
  });
});
