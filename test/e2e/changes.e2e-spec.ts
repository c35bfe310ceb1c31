import { CasesQueries } from '../../src/cases/index.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { Answer, FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

function expectWords({ body, status }: Answer, words: readonly string[]): void {
  expect([status, words.filter((each) => !body.includes(each))]).toEqual([200, []]);
}

/** What may still become of a case on its way, by forms as a browser without script sends them, and by the API. */
describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const at = (post: Post): Promise<FormVisitor> => signedIn(house, village.at[post].login);
  const apiOf = (post: Post): Promise<ApiClient> => api(house, village.at[post].login);
  const stateOf = async (caseId: string) =>
    (await house.get(CasesQueries).case(village.societyId, caseId)).state;
  const expectRefused = ({ status, body }: Answer, words: string) => {
    expect([status, body.includes(words)]).toEqual([422, true]);
  };

  it('takes a case back from its page, and the note to sign lies with it', async () => {
    const made = await givenCase(village, { at: 'VOTING', applicant: { name: '范撤回' } });
    const page = `/s/cases/${made.number}`;
    const secretary = await at('secretary');
    expectWords(await secretary.get(page), ['其他', '改案件', '撤回或终止', '登记表']);
    expectWords(await secretary.get(`${page}/ending`), ['正在进行的表决会作废', '申请人自己不要了']);
    expectRefused(await secretary.post(`${page}/ending`, {}), '请选为什么');
    expect(await stateOf(made.caseId)).toBe('VOTING');
    const ended = await secretary.post(`${page}/ending`, { reason: 'OWN_WISH', note: '家里凑够了' });
    expect([ended.status, ended.location]).toEqual([303, page]);
    const after = await secretary.get(page);
    expectWords(after, ['已撤回', '撤回（终止）确认书']);
    expect(after.body).not.toMatch(/改案件|撤回或终止/);
    const letter = /href="(\/s\/cases\/[\d-]+\/letters\/[\da-f-]{36}\.pdf)"/.exec(after.body)?.[1] ?? '';
    expect((await secretary.get(letter)).status).toBe(200);
    expect((await (await at('cashier')).get(page)).body).not.toContain('/letters/');
  });

  it('changes the words without a new vote, and the amount with one; what was typed stands where it is refused', async () => {
    const made = await givenCase(village, { at: 'VOTING', cause: 'FIRE', method: 'CASH' });
    const page = `/s/cases/${made.number}`;
    const clerk = await at('clerk');
    expectWords(await clerk.get(`${page}/amendment`), ['原来的表决就作废', '钱打给谁？', '为什么要改？']);
    const form = {
      ...{ amountFen: '1000', cause: 'FIRE', story: '房子烧了一间', payeeRelation: 'SELF' },
      ...{ method: 'CASH', reason: 'TYPO' },
    };
    expectRefused(await clerk.post(`${page}/amendment`, { ...form, reason: '' }), '请选为什么要改');
    const over = await clerk.post(`${page}/amendment`, { ...form, amountFen: '99999' });
    expect(over.status).toBe(422);
    expect(over.body).toContain('value="99999"');
    expectRefused(
      await clerk.post(`${page}/amendment`, { ...form, payeeRelation: 'OTHER', payeeName: '查无此人' }),
      '查无此人',
    );
    await clerk.get(`${page}/amendment`);
    expect((await clerk.post(`${page}/amendment`, form)).status).toBe(303);
    expect(await stateOf(made.caseId)).toBe('VOTING');
    await clerk.get(`${page}/amendment`);
    const less = await clerk.post(`${page}/amendment`, { ...form, amountFen: '800' });
    expect(less.status).toBe(303);
    expect(await stateOf(made.caseId)).toBe('VERIFIED');
    expectWords(await clerk.get(page), ['800.00 元', '请大家表决']);
  });

  it('asks the board to take a paid grant back, once the applicant was heard', async () => {
    const made = await givenCase(village, { at: 'PAID', cause: 'ACCIDENT' });
    const page = `/s/cases/${made.number}`;
    const secretary = await at('secretary');
    const paid = await secretary.get(page);
    expectWords(paid, ['请理事表决撤销']);
    expect(paid.body).not.toMatch(/改案件|撤回或终止/);
    expectWords(await secretary.get(`${page}/revocation`), ['先听申请人说明', '谁要回避']);
    expectRefused(
      await secretary.post(`${page}/revocation`, { reason: 'PAID_TWICE' }),
      '请选申请人怎么说明的',
    );
    const asked = await secretary.post(`${page}/revocation`, { reason: 'PAID_TWICE', hearing: 'HEARD' });
    expect([asked.status, asked.location]).toEqual([303, expect.stringMatching(/^\/s\/rounds\//)]);
    expectWords(await secretary.get(asked.location), ['撤销', made.number]);
    expect((await (await at('cashier')).get(`${page}/revocation`)).status).toBe(403);
  });

  it('asks the board to make a grant smaller, and says beside the box when that is no less', async () => {
    const made = await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 90_000 });
    const page = `/s/cases/${made.number}`;
    const secretary = await at('secretary');
    expectWords(await secretary.get(`${page}/revocation`), ['变更为多少钱？', '当初发了 900.00 元']);
    const typed = { reason: 'SOCIETY_ERROR', hearing: 'HEARD' };
    const same = await secretary.post(`${page}/revocation`, { ...typed, keptFen: '900' });
    expectRefused(same, '没有比当初发的 900.00 元少');
    expect(same.body).toContain('value="900"');
    expectRefused(
      await secretary.post(`${page}/revocation`, { ...typed, keptFen: '六百' }),
      '变更以后的金额',
    );
    const asked = await secretary.post(`${page}/revocation`, { ...typed, keptFen: '600' });
    expect(asked.status).toBe(303);
    expectWords(await secretary.get(asked.location), ['由 900.00 元变更为 600.00 元', '追回 300.00 元']);
    const api = await (
      await apiOf('secretary')
    ).post(`/cases/${made.caseId}/revocations`, { ...typed, keptFen: 0 });
    expect(api.status).toBe(422);
  });

  it('does all of it by the API, once for each key, and refuses what has no place', async () => {
    const secretary = await apiOf('secretary');
    const made = await givenCase(village, { at: 'APPROVED', cause: 'SCHOOLING', method: 'CASH' });
    const of = (path: string) => `/cases/${made.caseId}/${path}`;
    const amendment = {
      ...{ amountFen: 70_000, cause: 'SCHOOLING', payeeRelation: 'SELF', method: 'CASH' },
      reason: 'NEED_CHANGED',
    };
    expect((await secretary.post(of('revocations'), { reason: 'FALSE_FACTS', hearing: 'HEARD' })).code).toBe(
      'CASE_NOT_IN_STATE',
    );
    expect((await secretary.post(of('amendments'), { ...amendment, amountFen: 1.5 })).status).toBe(422);
    const amended = await secretary.post(of('amendments'), amendment, 'amend-once');
    expect([amended.status, amended.body['voided']]).toEqual([200, true]);
    const again = await secretary.post(of('amendments'), amendment, 'amend-once');
    expect(again.body).toEqual(amended.body);
    expect((await secretary.post(of('termination'), { reason: 'OWN_WISH' })).status).toBe(422);
    expect((await secretary.post(of('termination'), { reason: 'DEATH' })).status).toBe(200);
    expect((await secretary.post(of('withdrawal'), { reason: 'OWN_WISH' })).code).toBe('CASE_NOT_IN_STATE');
    expect((await (await apiOf('cashier')).post(of('withdrawal'), { reason: 'OWN_WISH' })).status).toBe(403);
    expect(await stateOf(made.caseId)).toBe('TERMINATED');
  });
});
