import { ReceiptsQueries, ReceiptRightsService } from '../../src/donations/index.js';
import { day } from '../../src/kernel/day.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer } from '../support/officers.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { staysSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const RECEIPTS = '/s/donations/receipts';
const RIGHTS = '/s/donations/receipt-rights';
/** Any page with a form: its hidden fields are those of a form that was opened anew. */
const FORM = '/s/donations/new';
const RED = { cause: 'ERROR', reason: '名称少了两个字', returned: 'PAPER' };
/** Planted: whoever reads it anywhere but on the paper has found a leak. */
const PLANTED = '欧阳锦绣山';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let village: Village;
  let accountant: FormVisitor;
  let program: ApiClient;

  beforeAll(async () => {
    house = await givenHouse(kind);
    federationId = await givenFederation(house);
    village = await givenVillage(house, { heldFen: 0, parentId: federationId });
    accountant = await signedIn(house, village.at.accountant.login);
    program = await api(house, village.at.accountant.login);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const given = async (amountFen = 50_000) =>
    give(village, amountFen, { donorId: await givenDonor(village, { name: PLANTED }) });
  const open = async (url: string, who = accountant) => {
    const page = await who.get(url);
    expect([url, page.status]).toEqual([url, 200]);
    expect(page.body).not.toContain(PLANTED);
    return page.body;
  };
  const paperOf = async (url: string, who = accountant) => {
    const { status, type, bytes } = await who.get(url);
    expect([status, type]).toEqual([200, 'application/pdf']);
    return bytes;
  };
  const issued = async (giftId: string): Promise<string> => {
    await accountant.get(FORM);
    const { status, location } = await accountant.post(`/s/donations/${giftId}/receipt`, {});
    expect([status, location]).toEqual([
      303,
      expect.stringMatching(/^\/s\/donations\/receipts\/[0-9a-f-]{36}$/),
    ]);
    return location;
  };

  it('issues from the page, shows the receipt masked, and prints it with the whole name', async () => {
    const place = await issued(await given());
    const page = await open(place);
    for (const words of [
      '有效',
      '500.00 元',
      '欧阳**山',
      '内部收据（非税前扣除凭证）',
      '校验码',
      '开错了，或者退款了？',
    ])
      expect(page).toContain(words);
    const [receipt, thanks] = [await paperOf(`${place}/paper`), await paperOf(`${place}/thanks`)];
    if (canReadPapers) {
      expect(wordsOfPaper(receipt)).toContain(PLANTED);
      expect(wordsOfPaper(thanks)).toContain(`尊敬的${PLANTED}`);
    }
    expect((await paperOf(`${place}/paper`)).equals(receipt)).toBe(true);
  });

  it('sent twice is one receipt; a second form is told that it is there', async () => {
    const giftId = await given();
    const url = `/s/donations/${giftId}/receipt`;
    await accountant.get(FORM);
    const [once, twice] = [await accountant.post(url, {}), await accountant.post(url, {})];
    expect([twice.status, twice.location]).toEqual([303, once.location]);
    await accountant.get(FORM);
    const again = await accountant.post(url, {});
    expect([again.status, again.body.includes('已经开过票据')]).toEqual([409, true]);
  });

  it('waives with a reason, asks again without one, and issues later', async () => {
    const giftId = await given();
    await accountant.get(FORM);
    const url = `/s/donations/${giftId}/receipt-waiver`;
    const without = await accountant.post(url, { waiver: '' });
    expect([
      without.status,
      without.body.includes('请填写怎么说的') || without.body.includes('至少 2 个字'),
    ]).toEqual([422, true]);
    const done = await accountant.post(url, { waiver: '电话里说不用开' });
    expect([done.status, done.location]).toEqual([303, `/s/donations/${giftId}`]);
    expect(await giftOf(village, giftId)).toMatchObject({ receiptState: 'WAIVED' });
    await issued(giftId);
  });

  it('takes one back in red: the form comes back with what is missing, then the old one says 已红冲', async () => {
    const giftId = await given();
    const place = await issued(giftId);
    await accountant.get(place);
    const without = await accountant.post(`${place}/reversal`, { cause: 'ERROR', reason: '名称少了两个字' });
    expect([without.status, without.body.includes('请选择原票怎么收回的')]).toEqual([422, true]);
    expect(without.body).toContain('value="名称少了两个字"');
    const done = await accountant.post(`${place}/reversal`, RED);
    expect([done.status, done.location]).toEqual([303, `/s/donations/${giftId}`]);
    const old = await open(place);
    for (const words of ['已红冲', '号红冲']) expect(old).toContain(words);
    expect(old).not.toContain('红冲这张票据');
    expect((await accountant.get(`${place}/thanks`)).status).toBe(409);
    const register = await open(RECEIPTS);
    for (const words of ['红字票据', '-500.00', '待开的']) expect(register).toContain(words);
  });

  it('issues all that is due with one button', async () => {
    await given(1_000);
    await given(2_000);
    const before = await open(RECEIPTS);
    expect(before).toMatch(/给待开的 \d+ 笔都开上/);
    const { status, location } = await accountant.post(RECEIPTS, {});
    expect([status, location]).toEqual([303, expect.stringMatching(/issued=\d+&refused=0$/)]);
    const after = await open(location);
    expect(after).toMatch(/开好了 \d+ 张/);
    expect(after).not.toContain('都开上');
    expect(await house.get(ReceiptsQueries).due(village.societyId)).toMatchObject({ named: 0 });
  });

  it('lists a year of a donor, and prints it with the whole name', async () => {
    const donorId = await givenDonor(village, { name: PLANTED });
    const giftId = await give(village, 50_000, { donorId });
    await issued(giftId);
    const url = `/s/donors/${donorId}/statements/2026`;
    const page = await open(url);
    for (const words of ['2026 年捐赠清单', '500.00', '已用', '打印清单']) expect(page).toContain(words);
    expect(page).not.toContain('2025 年'); // nothing was given in it
    const pdf = await paperOf(`${url}/paper`);
    if (canReadPapers) expect(wordsOfPaper(pdf)).toContain(`尊敬的${PLANTED}`);
    expect(await open(`/s/donors/${donorId}/statements/2025`)).toContain('这一年没有捐赠');
    expect((await accountant.get(`/s/donors/${donorId}/statements/2027`)).status).toBe(404);
  });

  it('lets the federation write down who issues what, and a society read it', async () => {
    const { login } = await givenOfficer(house, federationId, 'ACCOUNTANT');
    const federal = await signedIn(house, login);
    expect(await open(RIGHTS, federal)).toContain('谁能开什么票据');
    const own = `${RIGHTS}/${federationId}`;
    await federal.get(own);
    const wrong = await federal.post(own, { mode: 'FISCAL', ticketCode: '12', validFrom: '2026-03-02' });
    expect([wrong.status, wrong.body.includes('票据代码应为 6 至 12 位数字')]).toEqual([422, true]);
    const typed = { mode: 'FISCAL', ticketCode: '34170000', validFrom: '2026-03-02' };
    expect((await federal.post(own, typed)).location).toBe(own);
    const below = `${RIGHTS}/${village.societyId}`;
    await federal.get(below);
    const given = { mode: 'FEDERATION', ticketCode: '', validFrom: '2026-03-02' };
    expect((await federal.post(below, given)).location).toBe(below);
    expect(await open(below, federal)).toContain('由慈善总会代开');
    const seen = await open(RIGHTS);
    for (const words of ['不能自己改', '慈善总会代开']) expect(seen).toContain(words);
    await accountant.get(FORM);
    const refused = await accountant.post(below, { ...typed, mode: 'FISCAL' });
    expect([refused.status, refused.body.includes('由慈善总会登记')]).toEqual([409, true]);
    expect((await accountant.get(own)).status).toBe(404);
    expect(await open(RECEIPTS)).toContain('代开');
  });

  it('does the same for a program', async () => {
    const giftId = await given(70_000);
    const made = await program.post(`/donations/${giftId}/receipt`, {});
    expect(made.status).toBe(201);
    const { receiptId, number } = made.body as Record<string, string>;
    expect((await program.get(`/receipts/${receiptId ?? ''}`)).body).toMatchObject({
      number,
      amountFen: 70_000,
    });
    expect((await program.get('/receipts')).body['items']).toContainEqual(
      expect.objectContaining({ number }),
    );
    expect(await program.get(`/receipts/${receiptId ?? ''}/paper`)).toMatchObject({
      status: 200,
      type: 'application/pdf',
    });
    expect((await program.get(`/receipts/${receiptId ?? ''}/thanks`)).status).toBe(200);
    expect(await program.post(`/donations/${giftId}/receipt-waiver`, { waiver: '不要' })).toMatchObject({
      ...{ status: 409, code: 'RECEIPT_ALREADY_ISSUED' },
    });
    const red = await program.post(`/receipts/${receiptId ?? ''}/reversal`, RED);
    expect([red.status, red.body['giftId']]).toEqual([201, giftId]);
    expect((await program.post(`/donations/${giftId}/receipt-waiver`, { waiver: '不要了' })).status).toBe(
      200,
    );
    const due = await given(1_000);
    const all = await program.post('/receipts', {});
    expect(all.body).toMatchObject({ refused: [], left: 0 });
    expect(all.body['issued']).toContainEqual(expect.objectContaining({ giftId: due }));
    const right = await program.get(`/receipt-rights/${village.societyId}`);
    expect(right.body).toMatchObject({ today: { mode: expect.any(String) as string } });
    expect((await program.get('/receipt-rights')).body['items']).toHaveLength(1);
    const asked = { mode: 'INTERNAL', validFrom: '2026-03-02' };
    expect(await program.post(`/receipt-rights/${village.societyId}`, asked)).toMatchObject({
      ...{ status: 409, code: 'RIGHTS_BY_FEDERATION' },
    });
    const { donorId } = await giftOf(village, giftId);
    const statement = await program.get(`/donors/${donorId ?? ''}/statements/2026`);
    expect(statement.body).toMatchObject({ year: 2026, totals: { gifts: 1, amountFen: 70_000 } });
    expect((await program.get(`/donors/${donorId ?? ''}/statements/2026/paper`)).type).toBe(
      'application/pdf',
    );
  });

  it('D4-69 another society’s receipt is not there, on any page', async () => {
    const place = await issued(await given());
    const other = await givenVillage(house, { heldFen: 0 });
    const stranger = await signedIn(house, other.at.accountant.login);
    for (const url of [place, `${place}/paper`, `${place}/thanks`])
      expect((await stranger.get(url)).status).toBe(404);
    await stranger.get(FORM);
    expect((await stranger.post(`${place}/reversal`, RED)).status).toBe(404);
  });

  it('reaches who issued in whose name: the federation reads what stands in its own series', async () => {
    const federation = await givenFederation(house);
    const society = await givenVillage(house, { heldFen: 0, parentId: federation });
    const rights = house.get(ReceiptRightsService);
    for (const [organisationId, mode, ticketCode] of [
      [federation, 'FISCAL', '34170001'],
      [society.societyId, 'FEDERATION', null],
    ] as const)
      await rights.giveRight(ofFederation(federation), {
        organisationId,
        mode,
        ticketCode,
        validFrom: day('2026-03-01'),
      });
    const issuer = await api(house, society.at.accountant.login);
    const giftId = await give(society, 1_000, { donorId: await givenDonor(society, { name: PLANTED }) });
    const { receiptId } = (await issuer.post(`/donations/${giftId}/receipt`, {})).body as {
      receiptId: string;
    };
    const { login } = await givenOfficer(house, federation, 'ACCOUNTANT');
    const federal = await signedIn(house, login);
    const page = await open(`${RECEIPTS}/${receiptId}`, federal);
    expect(page).toContain('由谁代收');
    expect(page).not.toContain('红冲这张票据');
    await paperOf(`${RECEIPTS}/${receiptId}/paper`, federal);
    await federal.get(FORM);
    expect((await federal.post(`${RECEIPTS}/${receiptId}/reversal`, RED)).status).toBe(404);
  });
});
