import { randomUUID } from 'node:crypto';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { FormVisitor } from '../support/form-visitor.js';
import { disposeGoods, givenGoods, issueGoods } from '../support/goods.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenManaged } from '../support/management.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

const words = (html: string) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const browser = (post: Post) => signedIn(house, village.at[post].login);
  const program = (post: Post, of = village) => api(house, of.at[post].login);
  const today = () => house.clock.now().toISOString().slice(0, 10);

  it('goes through the pages of the accountant and the chair, and stands in public as 管理费用', async () => {
    const donorId = await givenDonor(village, { name: '顾长河' });
    const giftId = await give(village, 100_000, { donorId, intent: 'PURPOSE', purpose: '火灾' });
    const page = `/s/donations/${giftId}/management`;
    const accountant = await browser('accountant');
    expect((await accountant.get(`/s/donations/${giftId}`)).body).toContain(`href="${page}"`);
    const empty = words((await accountant.get(page)).body);
    for (const said of ['没有约定的，一分也不能付', '捐赠人同意最多百分之几？', '还没有付过'])
      expect(empty).toContain(said);
    expect(empty).not.toContain('记一笔管理费用');
    const wrong = await accountant.upload(`${page}/terms`, { sharePercent: '21' }, { paper: await photo() });
    expect([wrong.status, words(wrong.body).includes('百分之几填 1 到 20 之间的整数')]).toEqual([422, true]);
    const bare = await accountant.upload(`${page}/terms`, { sharePercent: '10' }, {});
    expect([bare.status, words(bare.body).includes('请拍下捐赠人书面同意的约定')]).toEqual([422, true]);
    expect(bare.body).toContain('value="10"');
    const made = await accountant.upload(`${page}/terms`, { sharePercent: '10' }, { paper: await photo() });
    expect([made.status, made.location]).toEqual([303, page]);

    const chair = await browser('chair');
    const home = await chair.get('/s');
    expect(words(home.body)).toContain('管理费用的约定没人同意');
    expect(home.body).toContain(page);
    expect(words((await chair.get(page)).body)).toContain('看过书面约定，同意吗？');
    const silent = await chair.post(`${page}/decision`, {});
    expect([silent.status, words(silent.body).includes('请选同意还是不同意')]).toEqual([422, true]);
    expect((await chair.post(`${page}/decision`, { decision: 'yes' })).status).toBe(303);

    expect(words((await accountant.get(page)).body)).toContain('最多 100.00 元');
    const draw = { amountFen: '101', purpose: 'OFFICE', paidOn: today(), bankReference: 'H-1' };
    const over = await accountant.post(`${page}/draws`, draw);
    expect([over.status, words(over.body).includes('还能付 100.00 元')]).toEqual([422, true]);
    expect(over.body).toContain('value="H-1"');
    expect((await accountant.post(`${page}/draws`, { ...draw, amountFen: '60' })).status).toBe(303);
    await accountant.get(page);
    const twice = await accountant.post(`${page}/draws`, { ...draw, amountFen: '1' });
    expect([twice.status, words(twice.body).includes('已经记过一笔管理费用')]).toEqual([422, true]);
    const done = words((await accountant.get(page)).body);
    for (const said of ['还能付 40.00 元', '办公用品、打印', '60.00']) expect(done).toContain(said);
    expect(done).not.toContain('顾长河');
    expect(words((await accountant.get(`/s/donations/${giftId}`)).body)).toContain('其中管理费用60.00 元');

    const stranger = new FormVisitor(house.app);
    const open = words((await stranger.get(`/open/${village.boardCode}`)).body);
    for (const said of ['管理费用', '60.00', '940.00']) expect(open).toContain(said);
    const csv = (await stranger.get(`/open/${village.boardCode}.csv`)).body;
    expect(csv).toContain('管理费用,救急难池 · 火灾,,60.00');
  });

  it('goes through the API, and says why not', async () => {
    const giftId = await give(village, 100_000, { donorId: await givenDonor(village) });
    const accountant = await program('accountant');
    const draw = { amountFen: 5_000, purpose: 'BANK', paidOn: today(), bankReference: 'H-2' };
    expect(await accountant.post(`/donations/${giftId}/management/draws`, draw)).toMatchObject({
      ...{ status: 409, code: 'MANAGEMENT_NOT_AGREED' },
    });
    const agreed = await givenManaged(village, 100_000, { sharePercent: 5 });
    expect(await accountant.post(`/donations/${agreed}/management/draws`, draw)).toMatchObject({
      ...{ status: 201, body: { giftId: agreed, drawnFen: 5_000 } },
    });
    const more = { ...draw, amountFen: 1, bankReference: 'H-3' };
    expect(await accountant.post(`/donations/${agreed}/management/draws`, more)).toMatchObject({
      ...{ status: 409, code: 'MANAGEMENT_OVER_SHARE' },
    });
    expect(
      await accountant.post(`/donations/${agreed}/management/draws`, { ...more, purpose: 'FEAST' }),
    ).toMatchObject({ status: 422 });
    expect((await accountant.get(`/donations/${agreed}/management`)).body).toMatchObject({
      terms: [{ sharePercent: 5, mostFen: 5_000, drawnFen: 5_000, state: 'AGREED' }],
      draws: [{ amountFen: 5_000, purpose: 'BANK', bankReference: 'H-2' }],
    });
    const chair = await program('chair');
    expect(await chair.post(`/donations/${agreed}/management/decision`, { decision: 'no' })).toMatchObject({
      ...{ status: 404, code: 'MANAGEMENT_TERMS_NOT_FOUND' },
    });
    expect(await giftOf(village, agreed)).toMatchObject({ managedFen: 5_000 });
    const other = await givenVillage(house, { heldFen: 0 });
    const foreign = await program('accountant', other);
    for (const id of [agreed, randomUUID()])
      expect(await foreign.get(`/donations/${id}/management`)).toMatchObject({ status: 404 });
    expect(await chair.post(`/donations/${agreed}/management/draws`, more)).toMatchObject({ status: 403 });
  });

  it('shows goods in the open books: figures, a file of their own, and for programs; no giver without consent', async () => {
    village = await givenVillage(house, { heldFen: 100_000 });
    const stranger = new FormVisitor(house.app);
    const at = `/open/${village.boardCode}`;
    expect((await stranger.get(at)).body).not.toContain('捐赠物资');
    const { rice, quilts } = await givenGoods(village, await givenDonor(village, { name: '顾大山' }));
    const { number } = await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 20_000 });
    await issueGoods(village, rice, number, 3);
    await disposeGoods(village, quilts, 1);
    const page = await stranger.get(at);
    for (const said of [
      '捐赠物资（元，按入库时的估价）',
      '2,200.00',
      '180.00',
      '100.00',
      '1,920.00',
      '发给了 1 件救助',
    ])
      expect(words(page.body)).toContain(said);
    expect(page.body.replaceAll('&#x3D;', '=')).toContain(`href="${at}/goods.csv?year=2026"`);
    const file = await stranger.get(`${at}/goods.csv?year=all`);
    expect([file.status, file.type]).toEqual([200, 'text/csv; charset=utf-8']);
    const rows = file.body
      .trim()
      .split('\r\n')
      .map((row) => row.split(',').slice(2));
    expect(rows).toEqual([
      ['事项', '入库（元，估价）', '出库（元，估价）'],
      ['处置物资：过期或者损坏', '', '100.00'],
      ['发放物资 · 火灾', '', '180.00'],
      ['爱心人士 捐物资', '2200.00', ''],
    ]);
    expect(page.body + file.body).not.toContain('大山');
    const program_ = await api(house, village.at.chair.login);
    expect((await program_.get(`/open-books/${village.boardCode}`)).body).toMatchObject({
      goods: {
        figures: {
          receivedFen: 220_000,
          issuedFen: 18_000,
          disposedFen: 10_000,
          stockFen: 192_000,
          cases: 1,
        },
      },
    });
    expect((await stranger.get('/open/ZZZZZZZZ/goods.csv')).status).toBe(404);
  });
});
