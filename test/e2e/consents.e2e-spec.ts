import { PeopleService } from '../../src/people/index.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, personIn } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let secretary: FormVisitor;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    secretary = await signedIn(house, village.at.secretary.login);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  it('records, shows what follows, and takes back on the pages', async () => {
    const { applicantId, number } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const at = `/s/people/${applicantId}/consents`;
    expect((await secretary.get(`/s/people/${applicantId}`)).body).toContain(at);
    const before = await secretary.get(at);
    for (const words of ['使用健康和收款账户信息', '2026-1', '撤回这一项', '说过的每一次'])
      expect(before.body).toContain(words);
    expect(before.body).not.toContain('签的是旧版文字');

    const ask = await secretary.get(`${at}/withdrawal?purpose=PROCESS`);
    for (const words of ['凭证、决定和公示依法还要保存', `案件 ${number} 停下来`])
      expect(ask.body).toContain(words);
    const unheard = await secretary.post(`${at}/withdrawal`, { purpose: 'PROCESS', how: 'PHONE' });
    expect([unheard.status, unheard.body.includes('要写明代签人或者见证人')]).toEqual([422, true]);
    const nobody = await secretary.post(`${at}/withdrawal`, {
      ...{ purpose: 'PROCESS', how: 'PHONE', other: '没有这个人' },
    });
    expect([nobody.status, nobody.body.includes('名册里没有找到')]).toEqual([422, true]);
    const done = await secretary.post(`${at}/withdrawal`, {
      ...{ purpose: 'PROCESS', how: 'PHONE', other: '赵小龙' },
    });
    expect([done.status, done.location]).toEqual([303, at]);
    const after = await secretary.get(at);
    for (const words of ['已撤回', '见证人 赵小龙']) expect(after.body).toContain(words);
    expect((await secretary.get('/s')).body).toContain('撤回了同意，没结束办理');
    await secretary.get(at);
    expect((await secretary.post(`${at}/withdrawal`, { purpose: 'PROCESS', how: 'PAPER' })).status).toBe(409);
  });

  it('says on the page of the payment that it is stopped, and keeps the form for what had left before', async () => {
    const { applicantId, orderId } = await givenCase(village, { at: 'APPROVED', amountFen: 10_000 });
    const cashier = await signedIn(house, village.at.cashier.login);
    const page = () => cashier.get(`/s/payments/${orderId}`);
    expect((await page()).body).not.toContain('已经停下来');
    const answers = { PROCESS: false };
    await house
      .get(PeopleService)
      .giveConsents(as(village, 'clerk'), { personId: applicantId, answers, how: 'PAPER' });
    const { body } = await page();
    for (const words of ['已经停下来，不能再打款', `/s/payments/${orderId}/transfer`])
      expect(body).toContain(words);
  });

  it('answers a withdrawal that is sent again as before, and takes nothing back twice', async () => {
    const { applicantId } = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
    const at = `/s/people/${applicantId}/consents`;
    await secretary.get(`${at}/withdrawal?purpose=PUBLISH`);
    const key = secretary.carried().hidden['submission_id'] ?? '';
    const send = () =>
      secretary.post(`${at}/withdrawal`, { purpose: 'PUBLISH', how: 'PAPER', submission_id: key });
    expect(key).not.toBe('');
    for (const time of ['first', 'again']) {
      const { status, location } = await send();
      expect([time, status, location]).toEqual([time, 303, at]);
    }
    const rows = await house.dataSource.query<object[]>(
      `SELECT id FROM consents WHERE person_id = '${applicantId}' AND purpose = 'PUBLISH'`,
    );
    expect(rows).toHaveLength(2); // the yes of the table, and one no
    await secretary.get(at);
    const anew = await secretary.post(`${at}/withdrawal`, { purpose: 'PUBLISH', how: 'PAPER' });
    expect(anew.status).toBe(409); // the control: another press takes nothing back that is not given
  });

  it('D4-69 is not there for another society, whatever is asked of it', async () => {
    const other = await givenVillage(house, { heldFen: 0 });
    const theirs = `/s/people/${await personIn(house, other.societyId)}/consents`;
    for (const page of [theirs, `${theirs}/withdrawal`, `${theirs}/withdrawal?purpose=PUBLISH`])
      expect((await secretary.get(page)).status).toBe(404);
    const own = `/s/people/${await personIn(house, village.societyId)}/consents`;
    expect((await secretary.get(own)).status).toBe(200); // the control
    for (const purpose of ['', '?purpose=PUBLISH'])
      expect((await secretary.get(`${own}/withdrawal${purpose}`)).status).toBe(409);
  });

  it('is the office’s alone', async () => {
    const personId = await personIn(house, village.societyId);
    for (const post of ['chair', 'supervisor', 'cashier'] as const) {
      const visitor = await signedIn(house, village.at[post].login);
      expect((await visitor.get(`/s/people/${personId}/consents`)).status).toBe(403);
    }
  });

  it('gives programs the same, with the words of every version', async () => {
    const personId = await personIn(house, village.societyId);
    const program = await api(house, village.at.secretary.login);
    const at = `/people/${personId}/consents`;
    await program.post(at, { process: 'yes', healthBank: 'yes', how: 'PAPER' });
    await program.post(at, { healthBank: 'no', how: 'SPOKEN', otherId: village.at.third.personId });
    const { body } = await program.get(at);
    expect(body).toMatchObject({
      standing: { process: true, healthBank: false },
      textVersion: '2026-1',
      answers: [{ answered: 'GIVEN' }, { answered: 'GIVEN' }, { answered: 'WITHDRAWN', how: 'SPOKEN' }],
    });
    expect(JSON.stringify(body['texts'])).toContain('单独同意');
    expect((await program.post(at, { publish: 'yes', how: 'PHONE' })).code).toBe('CONSENT_NEEDS_ANOTHER');
  });
});
