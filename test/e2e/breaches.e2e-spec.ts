import { givenUntrue, REASON, STATEMENT } from '../support/breaches.js';
import type { Untrue } from '../support/breaches.js';
import { api, signedIn } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let untrue: Untrue;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    untrue = await givenUntrue(village);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const visitor = (post: Post): Promise<FormVisitor> => signedIn(house, village.at[post].login);

  it('goes from its proposal to the intake, is appealed against and taken away again, page by page', async () => {
    const secretary = await visitor('secretary');
    expect((await secretary.get('/s/people')).body).toContain('href="/s/breaches"');
    const asked = await secretary.get('/s/breaches/new');
    for (const words of ['范长河', '号救助：申请时所说的情况经查不属实', '12 个月'])
      expect(asked.body).toContain(words);
    const typed = { groundId: untrue.groundId, reason: REASON, months: '12' };
    const nobody = await secretary.post('/s/breaches', { ...typed, groundId: '' });
    expect([nobody.status, nobody.body.includes('请选一个依据')]).toEqual([422, true]);
    const silent = await secretary.post('/s/breaches', { ...typed, reason: '' });
    expect([silent.status, silent.body.includes('违反承诺的情况')]).toEqual([422, true]);
    const { status, location: at } = await secretary.post('/s/breaches', typed);
    expect(status).toBe(303);
    for (const words of [REASON, '等本人说明', '记下说明'])
      expect((await secretary.get(at)).body).toContain(words);
    const early = await secretary.post(`${at}/hearing`, { how: 'SILENT' });
    expect([early.status, early.body.includes('不能记')]).toEqual([422, true]);
    const empty = await secretary.post(`${at}/hearing`, { how: 'PHONE', statement: '' });
    expect([empty.status, empty.body.includes('说明的内容')]).toEqual([422, true]);
    expect((await secretary.post(`${at}/hearing`, { how: 'PHONE', statement: STATEMENT })).status).toBe(303);
    const waits = await secretary.get(at);
    expect([waits.body.includes('等另一个人'), waits.body.includes('确认记入')]).toEqual([true, false]);

    const chair = await visitor('chair');
    const home = await chair.get('/s');
    for (const words of ['失信标记没人确认', '失信标记：范*河']) expect(home.body).toContain(words);
    expect((await chair.get(at)).body).toContain('确认记入');
    expect((await chair.post(`${at}/confirmation`, {})).status).toBe(303);
    expect((await chair.get('/s/breaches')).body).toContain('2027年3月2日');

    await secretary.get(at);
    const tomorrow = { how: 'WRITTEN', madeOn: '2026-03-03', said: '我说过的' };
    const unfit = await secretary.post(`${at}/appeals`, tomorrow);
    expect([unfit.status, unfit.body.includes('不能晚于今天')]).toEqual([422, true]);
    expect((await secretary.post(`${at}/appeals`, { ...tomorrow, madeOn: '2026-03-02' })).status).toBe(303);
    expect((await secretary.get(at)).body).toContain('有效，正在申诉');
    expect(await checkPage(secretary)).toContain('到2027年3月2日为止，本人正在申诉');

    const supervisor = await visitor('supervisor');
    const list = await supervisor.get('/s/breaches/appeals');
    const appeal = /href="(\/s\/breaches\/appeals\/[^"]+)"/.exec(list.body)?.[1] ?? '';
    const page = await supervisor.get(appeal);
    for (const words of ['范*河', REASON, STATEMENT, '我说过的']) expect(page.body).toContain(words);
    expect(page.body).not.toContain('范长河');
    const answered = await supervisor.post(`${appeal}/answer`, { outcome: 'UPHELD', words: '登记表上写着' });
    expect(answered.status).toBe(303);
    for (const words of ['申诉成立，已撤销', '登记表上写着'])
      expect((await secretary.get(at)).body).toContain(words);
    expect(await checkPage(secretary)).not.toContain('失信标记');
    expect((await secretary.get('/s/breaches')).body).not.toContain('范长河');
  });

  it('goes by program too, and is not there for a director', async () => {
    const { groundId } = await givenUntrue(village);
    const [maker, checker] = [
      await api(house, village.at.supervisor.login),
      await api(house, village.at.chair.login),
    ];
    const { items } = (await maker.get('/breaches/grounds')).body as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toContain(groundId);
    const proposed = await maker.post('/breaches', { groundId, reason: REASON, months: 3 });
    expect(proposed.status).toBe(201);
    const at = `/breaches/${String(proposed.body['breachId'])}`;
    const own = await maker.post(`${at}/confirmation`, {});
    expect([own.status, own.code]).toEqual([409, 'BREACH_NEEDS_SECOND_PERSON']);
    const tooLong = await maker.post('/breaches', { groundId, reason: REASON, months: 25 });
    expect([tooLong.status, tooLong.code]).toEqual([422, 'INVALID_INPUT']);
    await maker.post(`${at}/hearing`, { how: 'WRITTEN', statement: STATEMENT });
    expect((await checker.post(`${at}/confirmation`, {})).status).toBe(200);
    expect((await checker.get(at)).body).toMatchObject({ state: 'STANDS', untilOn: '2026-06-02' });
    const made = { how: 'PHONE', madeOn: '2026-03-02', said: '我说过的' };
    const appealed = await checker.post(`${at}/appeals`, made);
    const asked = await (
      await api(house, village.at.deputy.login)
    ).get(`/breaches/appeals/${String(appealed.body['appealId'])}`);
    const breach = { reason: REASON, statement: STATEMENT };
    expect(asked.body).toMatchObject({ maskedName: '范*河', words: '我说过的', breach });
    expect((await checker.get('/breaches')).body).toMatchObject({ items: [{ state: 'STANDS' }] });
    const director = await api(house, village.at.third.login);
    expect((await director.get(at)).status).toBe(403);
    expect((await checker.post(`${at}/lifting`, { words: '已经改正' })).status).toBe(200);
    expect((await checker.get(at)).body).toMatchObject({ state: 'LIFTED', appeal: { state: 'UPHELD' } });
  });

  /** The last page of an intake of the same person. */
  async function checkPage(clerk: FormVisitor): Promise<string> {
    await clerk.get('/s/cases/new');
    const { applicantId, payeeAccountId } = untrue;
    const need = { who: '范长河', applicantId, cause: 'FIRE', amountFen: '300', story: '屋顶烧了' };
    const { location } = await clerk.post('/s/cases/new', need);
    await clerk.get(location);
    const rest = { 'consents[]': ['PROCESS', 'HEALTH_BANK'], pledged: 'yes', method: 'CARD' };
    const saved = await clerk.post(location, {
      ...rest,
      account: payeeAccountId ?? '',
      'visitors[]': ['none'],
    });
    expect(saved.status).toBe(303);
    return (await clerk.get(saved.location)).body;
  }
});
