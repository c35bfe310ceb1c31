import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage, idNumber } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

const PHONE = '13900005341';
const ASKED = { field: 'ID_NUMBER', reason: 'VERIFY_IDENTITY', note: '和身份证对一对' };

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let secretary: FormVisitor;
  let number: string;
  let made: GivenCase;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    secretary = await signedIn(house, village.at.secretary.login);
  });
  beforeEach(async () => {
    number = idNumber();
    made = await givenCase(village, { at: 'ACCEPTED', applicant: { idNumber: number, phone: PHONE } });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const inGroups = (value: string) => value.replace(/^(\d{6})(\d{8})/, '$1 $2 ');
  /** In whichever way it is written. */
  const leaks = (text: string) => [number, inGroups(number)].some((value) => text.includes(value));
  const words = async (visitor: FormVisitor, url: string) => (await visitor.get(url)).body;

  it('stands masked on the page of the case, and in full on one answer to a form', async () => {
    const at = `/s/cases/${made.number}`;
    const page = await words(secretary, at);
    for (const masked of [`${number.slice(0, 4)}**********${number.slice(-4)}`, '尾号 5341'])
      expect(page).toMatch(new RegExp(`${masked.replaceAll('*', '\\*')} <a href="${at}/look[^>]*>查看完整`));
    const form = await words(secretary, `${at}/look?field=ID_NUMBER`);
    for (const each of ['查看完整身份证号', '核对身份', '会记在案件的时间线里', '每人每天最多看 20 次'])
      expect(form).toContain(each);
    expect(form).not.toContain('监督检查');
    expect([leaks(page), leaks(form)]).toEqual([false, false]);

    const wrong = await secretary.post(`${at}/look`, { field: 'ID_NUMBER', reason: '' });
    expect([wrong.status, wrong.body.includes('请选择为什么要看'), leaks(wrong.body)]).toEqual([
      422,
      true,
      false,
    ]);
    const shown = await secretary.post(`${at}/look`, ASKED);
    expect([shown.status, shown.body.includes('只显示这一次')]).toEqual([200, true]);
    expect(leaks(shown.body)).toBe(true); // the control: a page without its mask is seen

    const timeline = await words(secretary, at);
    expect(timeline).toContain('秘书长因“核对身份”查看了身份证号');
    expect(leaks(timeline)).toBe(false);
  });

  it('is told to a program once, uncached, and refused to a part that may not look', async () => {
    const path = `/cases/${made.caseId}/looks`;
    const clerk = await api(house, village.at.clerk.login);
    const shown = await clerk.post(path, { field: 'PHONE', reason: 'CONTACT' });
    expect([shown.status, shown.body]).toEqual([200, { field: 'PHONE', value: PHONE }]);
    const wrong = await clerk.post(path, { field: 'PHONE', reason: 'CURIOSITY' });
    expect(wrong.status).toBe(422);
    const unfit = await clerk.post(path, { field: 'PHONE', reason: 'OVERSIGHT' });
    expect([unfit.status, unfit.code]).toEqual([403, 'LOOK_REASON_UNFIT']);
    const director = await api(house, village.at.third.login);
    expect((await director.post(path, { field: 'PHONE', reason: 'CONTACT' })).code).toBe('NOT_YOUR_PART');
    const stranger = await api(house, (await givenVillage(house)).at.secretary.login);
    const elsewhere = await stranger.post(path, { field: 'PHONE', reason: 'CONTACT' });
    expect([elsewhere.status, elsewhere.code]).toEqual([404, 'CASE_NOT_FOUND']);
  });

  it('stops at the limit with words that say it, and the refusal is on record for the supervisor', async () => {
    house.clock.advance({ minutes: 11 }); // the looks before are no longer of these ten minutes
    const clerk = await api(house, village.at.clerk.login);
    const path = `/cases/${made.caseId}/looks`;
    const asked = Array.from({ length: 10 }, () => clerk.post(path, { field: 'PHONE', reason: 'CONTACT' }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    const last = await clerk.post(path, { field: 'PHONE', reason: 'CONTACT' });
    expect([last.status, last.code, last.body['title']]).toEqual([
      403,
      'LOOK_LIMIT_REACHED',
      expect.stringContaining('10 分钟里已经查看了 5 次'),
    ]);
    const supervisor = await signedIn(house, village.at.supervisor.login);
    const list = await words(supervisor, '/s/looks');
    for (const each of ['没有给看：看得太多', '经办人因“联系本人”查看了电话', made.number, '范*河'])
      expect(list).toContain(each);
    expect([leaks(list), list.includes(PHONE)]).toEqual([false, false]);
    const told = await (await api(house, village.at.supervisor.login)).get('/looks');
    expect(told.body['items']).toContainEqual(
      expect.objectContaining({ words: 'LOOK_LIMIT_REACHED', isRefused: true }),
    );
  });

  it('is watched over by whoever runs the house, without cases and without who was helped', async () => {
    await secretary.get(`/s/cases/${made.number}/look?field=PHONE`);
    const asked = { field: 'PHONE', reason: 'CONTACT', note: '说错了地方' };
    expect((await secretary.post(`/s/cases/${made.number}/look`, asked)).status).toBe(200);
    const list = await words(await signedIn(house, await givenAdmin(house)), '/admin/looks');
    expect(list).toContain('秘书长因“联系本人”查看了电话');
    for (const secret of ['说错了地方', made.number, '范*河']) expect(list).not.toContain(secret);
  });

  it('says beside no field what cannot be looked at', async () => {
    const nothing = await secretary.get(`/s/cases/${made.number}/look?field=PAYEE_PHONE`);
    expect([nothing.status, nothing.body.includes('还没有登记收款人电话')]).toEqual([409, true]);
    const unknown = await secretary.get(`/s/cases/${made.number}/look?field=%27`);
    expect(unknown.status).toBe(409);
  });
});
