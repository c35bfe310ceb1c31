import { addDays, dayOf } from '../../src/kernel/day.js';
import { CampaignQueries, CampaignService } from '../../src/donations/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { api, signedIn } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer } from '../support/officers.js';
import { staysSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const PAGE = '/s/campaigns';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let village: Village;
  let chair: FormVisitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
    federationId = await givenFederation(house);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0, parentId: federationId });
    chair = await signedIn(house, village.at.chair.login);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const today = () => dayOf(house.clock.now());
  const formOf = (more: Record<string, string> = {}) => ({
    ...{ kind: 'TARGETED', name: '冬季助学募捐', purposeWords: '给困难家庭的孩子交学费', targetFen: '5万' },
    ...{
      startsOn: today(),
      endsOn: addDays(today(), 60),
      intent: 'UNRESTRICTED',
      purpose: '',
      planNumber: '',
    },
    ...{ planFiledOn: '', adminPercent: '', ...more },
  });
  const certify = () =>
    house.get(CampaignService).setCertificate(ofFederation(federationId), {
      ...{ societyId: village.societyId, number: '柳民募002' },
      ...{ validFrom: addDays(today(), -30), validUntil: addDays(today(), 300) },
    });
  const opened = async (more: Record<string, string> = {}) => {
    await chair.get(`${PAGE}/new`);
    const answer = await chair.post(PAGE, formOf(more));
    expect(answer.status).toBe(303);
    const campaign = await house
      .get(CampaignQueries)
      .campaign(village.societyId, answer.location.split('/').at(-1) ?? '');
    return { url: answer.location, campaign };
  };

  it('D4-61 says with the articles why a public campaign is refused, and keeps what was typed', async () => {
    const list = await chair.get(PAGE);
    expect(list.body).toContain('没有公开募捐资格');
    await chair.get(`${PAGE}/new`);
    const filed = { planNumber: '备1', planFiledOn: today(), startsOn: addDays(today(), 10) };
    const refused = await chair.post(PAGE, formOf({ kind: 'PUBLIC', ...filed }));
    expect(refused.status).toBe(409);
    for (const words of ['第二十二条', '第一百一十三条', 'value="冬季助学募捐"', '定向募捐'])
      expect(refused.body).toContain(words);
    await certify();
    const done = await chair.post(PAGE, formOf({ kind: 'PUBLIC', ...filed }));
    expect(done.status).toBe(303);
    expect((await chair.get(PAGE)).body).toContain('柳民募002');
  });

  it.each`
    field             | value                 | words
    ${'purposeWords'} | ${'每户两百元，助学'} | ${'不能摊派（《慈善法》第三十二条）'}
    ${'purposeWords'} | ${'联系13900005341'}  | ${'像电话号码'}
    ${'targetFen'}    | ${'很多'}             | ${'请填写目标金额'}
    ${'startsOn'}     | ${'2020-01-01'}       | ${'开始的日期已经过了'}
    ${'adminPercent'} | ${'12'}               | ${'管理费填 0 到 10 之间的整数'}
    ${'purpose'}      | ${''}                 | ${'请写明指定的用途'}
  `(
    'says beside $field what is wrong with “$value”: 422',
    async ({ field, value, words }: Record<'field' | 'value' | 'words', string>) => {
      await chair.get(`${PAGE}/new`);
      const more = field === 'purpose' ? { intent: 'PURPOSE' } : {};
      const { status, body } = await chair.post(PAGE, formOf({ ...more, [field]: value }));
      expect(status).toBe(422);
      expect(body).toMatch(new RegExp(`id="${field}-error"[^]*?${words}`));
      expect(await house.get(CampaignQueries).all(village.societyId)).toEqual([]);
    },
  );

  it('counts a gift, publishes, and shows everybody what was published and how old it is', async () => {
    const { url, campaign } = await opened();
    const donorId = await givenDonor(village, { group: 'MEMBER', name: '顾秘名' });
    const accountant = await signedIn(house, village.at.accountant.login);
    const form = await accountant.get('/s/donations/new');
    expect(form.body).toContain('是为哪个募捐活动捐的？');
    const gift = {
      nature: 'GIFT',
      donorId,
      amountFen: '300',
      receivedOn: today(),
      method: 'BANK',
      campaignId: campaign.id,
    };
    const recorded = await accountant.post('/s/donations', {
      ...gift,
      intent: 'UNRESTRICTED',
      purpose: '',
      intentWords: '',
    });
    expect(recorded.status).toBe(303);
    await accountant.get('/s/donations/new');
    const outside = await accountant.post('/s/donations', {
      ...gift,
      donorId: '',
      intent: 'UNRESTRICTED',
      purpose: '',
      intentWords: '',
    });
    expect([outside.status, outside.body.includes('这是定向募捐，只面向')]).toEqual([422, true]);

    const visitor = new FormVisitor(house.app);
    const publicUrl = `/c/${campaign.code}`;
    expect((await visitor.get(publicUrl)).body).toContain('还没有公布过收支情况');
    const page = await accountant.get(url);
    expect(page.body).toContain('300.00 元');
    const done = await accountant.post(`${url}/reports`, { words: '第一次公布' });
    expect(done.status).toBe(303);
    house.clock.advance({ hours: 48 });
    const seen = await visitor.get(publicUrl.toLowerCase());
    expect(seen.status).toBe(200);
    for (const words of ['第 1 次公布', '300.00 元', '第一次公布', '2 天前', '不向社会募捐', '0000-1234567'])
      expect(seen.body).toContain(words);
    // Nobody is named, no appeal of a targeted campaign is made to everybody, and nobody is asked to give.
    for (const words of ['顾秘名', '顾*', '给困难家庭的孩子交学费', '立即捐'])
      expect(seen.body).not.toContain(words);
    expect((await visitor.get('/c/22222222')).status).toBe(404);
    expect((await visitor.get('/c/nonsense%20')).status).toBe(404);
  });

  it('is ended early with its reason, and then reported whole', async () => {
    const { url } = await opened();
    await chair.get(url);
    expect((await chair.post(`${url}/end`, { reason: '' })).status).toBe(422);
    expect((await chair.post(`${url}/end`, { reason: '已经够了' })).status).toBe(303);
    house.clock.advance({ hours: 24 });
    chair = await signedIn(house, village.at.chair.login);
    const page = await chair.get(url);
    for (const words of ['已经够了', '全面公布', '公布以后就不再变']) expect(page.body).toContain(words);
    expect((await chair.post(`${url}/reports`, { words: '' })).status).toBe(303);
    const after = await chair.get(url);
    expect(after.body).toContain('已经结束，全部公布了');
    expect(after.body).not.toContain('公布现在的情况');
  });

  it('lets the chair of the federation enter a certificate, and shows others only the list', async () => {
    const { login } = await givenOfficer(house, federationId, 'CHAIR');
    const above = await signedIn(house, login);
    const page = await above.get(`${PAGE}/certificates`);
    const { name } = await house.get(SocietiesQueries).society(village.societyId);
    for (const words of ['登记证书', name]) expect(page.body).toContain(words);
    const typed = {
      societyId: village.societyId,
      number: '柳民募003',
      validFrom: today(),
      validUntil: addDays(today(), 100),
    };
    expect((await above.post(`${PAGE}/certificates`, { ...typed, validUntil: '2020-01-01' })).status).toBe(
      422,
    );
    expect((await above.post(`${PAGE}/certificates`, typed)).status).toBe(303);
    const own = await chair.get(`${PAGE}/certificates`);
    expect(own.body).toContain('柳民募003');
    expect(own.body).not.toContain('name="number"');
    await above.get(`${PAGE}/certificates`);
    const end = { holderId: village.societyId, from: today() };
    expect((await above.post(`${PAGE}/certificates/end`, end)).status).toBe(303);
    expect((await chair.get(PAGE)).body).toContain('没有公开募捐资格');
  });

  it('does the same for a program, and D4-69 not for another society', async () => {
    const program = await api(house, village.at.chair.login);
    const body = {
      ...{ kind: 'TARGETED', name: '助学募捐', purposeWords: '给困难家庭的孩子交学费', targetFen: 5_000_000 },
      ...{ startsOn: today(), endsOn: addDays(today(), 60), intent: 'UNRESTRICTED' },
    };
    expect(await program.post('/campaigns', { ...body, kind: 'PUBLIC' })).toMatchObject({
      ...{ status: 409, code: 'PUBLIC_RAISING_REFUSED' },
    });
    expect(await program.post('/campaigns', { ...body, perHouseholdFen: 20_000 })).toMatchObject({
      ...{ status: 422, code: 'INVALID_INPUT' },
    });
    const { body: made, status } = await program.post('/campaigns', body);
    expect(status).toBe(201);
    const url = `/campaigns/${String(made['campaignId'])}`;
    expect((await program.post(`${url}/reports`, {})).body).toMatchObject({ number: 1, kind: 'PERIODIC' });
    expect((await program.get(url)).body).toMatchObject({ figures: { gifts: 0 }, reports: [{ number: 1 }] });
    expect((await program.get('/campaigns')).body).toMatchObject({ items: [{ name: '助学募捐' }] });
    const other = await givenVillage(house, { heldFen: 0 });
    const stranger = await api(house, other.at.chair.login);
    expect((await stranger.get(url)).status).toBe(404);
    expect((await stranger.post(`${url}/reports`, {})).status).toBe(404);
    await give(village, 1_000);
  });
});
