import { randomUUID } from 'node:crypto';
import { CasesQueries } from '../../src/cases/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesService } from '../../src/notices/index.js';
import { PeopleQueries } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { api, signedIn } from '../support/clients.js';
import type { Answer, FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

const CONSENTS = ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'];

/** Names the words that a page lacks, and not the whole page. */
function expectWords({ body }: Answer, words: readonly string[]): void {
  expect(words.filter((each) => !body.includes(each))).toEqual([]);
}

/** Over HTTP, by forms as a browser without script sends them. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let slip: Buffer;
  const visitors = new Map<Post, FormVisitor>();

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    slip = await photo();
  });
  staysSound(() => house);
  afterAll(() => house.close());

  /** One browser per officer. */
  async function at(post: Post): Promise<FormVisitor> {
    const known = visitors.get(post) ?? (await signedIn(house, village.at[post].login));
    visitors.set(post, known);
    return known;
  }
  const open = async (post: Post, url: string): Promise<Answer> => {
    const answer = await (await at(post)).get(url);
    expect([url, answer.status, answer.body.slice(0, answer.status === 200 ? 0 : 400)]).toEqual([
      url,
      200,
      '',
    ]);
    return answer;
  };
  const followed = (answer: Answer): string => {
    expect([
      answer.status,
      answer.status === 303 ? '' : answer.body.replace(/\s+/g, ' ').slice(0, 3000),
    ]).toEqual([303, '']);
    return answer.location;
  };
  const linkIn = (body: string, pattern: RegExp): string =>
    pattern.exec(body.replaceAll('&#x3D;', '='))?.[1] ?? '';

  it('walks from 登记急难 to 已办结, one officer after the other', async () => {
    const before = await house.get(LedgerQueries).fund(village.societyId);
    await personIn(house, village.societyId, { name: '李建明', idNumber: idNumber() });
    const clerk = await at('clerk');

    const empty = await open('secretary', '/s');
    expectWords(empty, ['＋ 登记急难', '现在没有要办的事。', '池里还有 30,000.00 元', '还没有案件。']);

    const first = await open('clerk', '/s/cases/new');
    expectWords(first, [
      '谁遇到了困难？',
      '突发疾病',
      '其他突发困难',
      '本社单笔最多 3,000 元；池里还有 30,000.00 元',
    ]);
    const draft = followed(
      await clerk.post('/s/cases/new', {
        who: 'ljm',
        cause: 'ILLNESS',
        amountFen: '１０００',
        story: '夜里发病',
      }),
    );
    expect(draft).toMatch(/^\/s\/cases\/drafts\/[\da-f-]{36}$/);

    const second = await open('clerk', draft);
    expectWords(second, [
      '李建明（三组）',
      '材料可以后补：打款后 10 个工作日内补齐。',
      '还没去看',
      '已自动保存',
    ]);
    const rest = {
      'consents[]': CONSENTS,
      pledged: 'yes',
      method: 'CARD',
      account: 'new',
      cardNumber: '6217001234567890122',
      bankName: '农村信用社',
      'visitors[]': village.at.fourth.personId,
      otherVisitor: '沈里',
    };
    const check = followed(await clerk.upload(draft, rest, { idCard: slip, consent: slip }));

    const checked = await open('clerk', check);
    expectWords(checked, [
      '核对一下',
      '李建明（三组）',
      '1,000.00 元',
      '夜里发病',
      '农村信用社 尾号 0122',
      '未发现',
    ]);
    expect(checked.body).not.toContain('6217001234567890122');
    const draftId = draft.split('/').at(-1) ?? '';
    const registration = { draftId };
    const again = await clerk.post('/s/cases', registration);
    const round = followed(again);
    expect(round).toMatch(/^\/s\/cases\/2026-0001\/rounds\/new$/);

    const asking = await open('secretary', round);
    expectWords(asking, ['请大家表决', '李*明', '理事 5 人，回避后应到 5 人', '24 小时内']);
    const secretary = await at('secretary');
    const voting = followed(
      await secretary.post('/s/cases/2026-0001/rounds', {
        'recusals[]': ['', `${village.at.fifth.personId}:CREDITOR`],
      }),
    );

    const home = await open('secretary', '/s');
    expectWords(home, [
      '今天要办 1 件',
      '表决截止',
      '李*明\u00a0· 突发疾病\u00a0· 1,000 元',
      '投了 0/4',
      '池里还有 29,000.00 元',
    ]);
    const ballot = await open('secretary', voting);
    expect(ballot.body).toContain('应到4人');
    const hands = Object.fromEntries(
      (['chair', 'deputy', 'third', 'fourth'] as const).map((post) => [
        `hand-${village.at[post].personId}`,
        'yes',
      ]),
    );
    const presider = { presiderId: village.at.chair.personId, place: '村委会' };
    followed(await secretary.upload(`${voting}/show-of-hands`, { ...hands, ...presider }, { sheet: slip }));

    const till = await open('cashier', '/s');
    expect(till.body).toContain('还剩 24 小时 没打款');
    const order = linkIn(till.body, /href="(\/s\/payments\/[\da-f-]{36})"/);
    house.clock.advance({ hours: 5 });
    await open('cashier', order);
    const cashier = await at('cashier');
    const paid = followed(
      await cashier.upload(`${order}/transfer`, { bankReference: 'R-1' }, { photo: slip }),
    );
    expect(paid).toBe('/s/cases/2026-0001');

    const page = await open('secretary', paid);
    expectWords(page, [
      '已打款',
      '用 5 小时',
      '缺：事由证明材料、收款回执',
      '公示没签',
      '等理事长或副理事长签公示',
    ]);
    const signing = await open('chair', '/s');
    expect(signing.body).toContain('签公示');
    const notice = linkIn(signing.body, /href="(\/s\/notices\/[\da-f-]{36})"/);
    await open('chair', notice);
    const chair = await at('chair');
    followed(await chair.post(`${notice}/signature`, { plannedPostingOn: '2026-03-02' }));

    expect((await open('secretary', '/s')).body).toContain('打印公示单');
    await open('secretary', `${notice}/postings`);
    const posting = { place: '村委会公示栏', postedAt: '2026-03-02T14:00' };
    followed(await secretary.upload(`${notice}/postings`, posting, { photo: slip }));

    await open('secretary', '/s/cases/2026-0001/papers');
    const none = await secretary.upload('/s/cases/2026-0001/papers', {}, {});
    expect([none.status, none.body.includes('href="#causeProof"')]).toEqual([422, true]);
    const papers = { waiverReceipt: '本人住院，电话确认收到' };
    followed(await secretary.upload('/s/cases/2026-0001/papers', papers, { causeProof: slip }));
    expectWords(await open('secretary', '/s/cases/2026-0001'), ['看公示', '等监事确认免交：收款回执']);
    await open('supervisor', '/s/cases/2026-0001/papers');
    const supervisor = await at('supervisor');
    followed(await supervisor.post('/s/cases/2026-0001/papers/RECEIPT/confirmation', {}));
    house.clock.advance({ days: 8 });
    visitors.clear(); // nobody stays signed in for a week
    await house.get(NoticesService).endDue(house.clock.now());

    const ended = await open('supervisor', '/s/cases/2026-0001');
    expectWords(ended, [
      '已办结',
      '公示期满',
      '表决第 1 轮：应到 4，到 4（4同意 0反对 0弃权）',
      '凭证',
      '免交',
    ]);
    expect((await open('secretary', '/s')).body).toContain('现在没有要办的事。');
    const after = await house.get(LedgerQueries).fund(village.societyId);
    expect(after.balanceFen).toBe(before.balanceFen - 100_000);
    expect(after.reservedFen).toBe(before.reservedFen);
  });

  it('does a form sent twice once, and shows the same page again', async () => {
    await personIn(house, village.societyId, { name: '周二次', idNumber: idNumber() });
    const clerk = await signedIn(house, village.at.clerk.login);
    await clerk.get('/s/cases/new');
    const need = { who: '周二次', cause: 'FIRE', amountFen: '500', submission_id: randomUUID() };
    const [one, two] = [await clerk.post('/s/cases/new', need), await clerk.post('/s/cases/new', need)];
    expect(two.location).toBe(one.location);
    await clerk.get(one.location);
    const rest = { 'consents[]': CONSENTS, pledged: 'yes', method: 'CASH', 'visitors[]': 'none' };
    const check = followed(await clerk.upload(one.location, rest, {}));
    await clerk.get(check);
    const press = { draftId: one.location.split('/').at(-1) ?? '', submission_id: randomUUID() };
    const [first, second] = [await clerk.post('/s/cases', press), await clerk.post('/s/cases', press)];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.location).toBe(first.location);
    expect((await clerk.get(first.location)).body).toContain('已受理');
  });

  it('shows each page again with what was typed and what is wrong: 422', async () => {
    await personIn(house, village.societyId, { name: '吴同名', idNumber: idNumber() });
    await personIn(house, village.societyId, { name: '吴同名', group: '四组', idNumber: idNumber() });
    const clerk = await at('clerk');
    await clerk.get('/s/cases/new');
    const typed = { who: '吴同名', cause: 'FIRE', amountFen: '1千', story: '半夜起火"<b>' };
    const wrong = await clerk.post('/s/cases/new', typed);
    expect(wrong.status).toBe(422);
    expectWords(wrong, [
      'value="1千"',
      '半夜起火&quot;&lt;b&gt;',
      '请填写申请金额，如 1000',
      '有几个人对得上',
      '吴同名 四组',
      '不在名单里',
    ]);

    const tooMuch = await clerk.post('/s/cases/new', {
      ...typed,
      who: '范',
      amountFen: '3001',
      pick: village.visitors[0],
    });
    expect(tooMuch.status).toBe(422);
    expect(tooMuch.body).toContain('章程规定单笔最多 3,000 元');

    const unknown = await clerk.post('/s/cases/new', {
      ...typed,
      who: '王不在',
      amountFen: '500',
      pick: 'new',
    });
    expect(unknown.status).toBe(422);
    expect(unknown.body).toContain('请填写住在哪个组');
    const added = { newGroup: '六组', newResidence: 'HUKOU', newBornOn: '1950-01-01' };
    const draft = followed(
      await clerk.post('/s/cases/new', { ...typed, who: '王不在', amountFen: '500', pick: 'new', ...added }),
    );

    const again = { ...typed, who: '王不在', amountFen: '500', ...added };
    await clerk.get('/s/cases/new'); // a form of its own: the same one twice is the same person
    const alike = await clerk.post('/s/cases/new', again);
    expect(alike.status).toBe(422);
    expectWords(alike, [
      '是不是他？',
      '王不在 六组',
      '1950 年生',
      '不是，登记新人',
      '名册里可能已经有这个人',
    ]);
    const his = linkIn(alike.body, /name="pick" type="radio" value="([\da-f-]{36})"/);
    followed(await clerk.post('/s/cases/new', { ...again, pick: his }));
    expect(await house.get(PeopleQueries).search(village.societyId, '王不在')).toHaveLength(1);
    await clerk.get('/s/cases/new');
    followed(await clerk.post('/s/cases/new', { ...again, pick: 'another' }));
    expect(await house.get(PeopleQueries).search(village.societyId, '王不在')).toHaveLength(2);

    await clerk.get(draft);
    const nothing = await clerk.upload(
      draft,
      { method: 'CARD', 'consents[]': ['VERIFY'], 'visitors[]': 'none' },
      {},
    );
    expect(nothing.status).toBe(422);
    const strange = {
      method: 'CARD',
      cardNumber: '6217001234567890122',
      bankName: '农信',
      holderName: '别人',
    };
    const other = await clerk.upload(draft, { ...strange, 'visitors[]': 'none' }, {});
    expectWords(other, ['户名要是本人的姓名']);
    expectWords(nothing, [
      '还有 4 处没填好',
      '还没有“同意登记和办理这件事”',
      '承诺了再打勾',
      '请填写卡号，或改选现金',
      '请填写开户行',
    ]);
  });

  it('D4-70 keeps no case of “1千” or “1,000.005”, and one of “１０００” over 100,000 fen', async () => {
    const applicantId = await personIn(house, village.societyId, { name: '金额难', idNumber: idNumber() });
    const clerk = await at('clerk');
    await clerk.get('/s/cases/new');
    const need = { pick: applicantId, who: '金额难', cause: 'SCHOOLING' };
    for (const amountFen of ['1千', '1,000.005']) {
      const refused = await clerk.post('/s/cases/new', { ...need, amountFen });
      expect(refused.status).toBe(422);
      expectWords(refused, [`value="${amountFen}"`, '请填写申请金额，如 1000']);
    }
    const draft = followed(await clerk.post('/s/cases/new', { ...need, amountFen: '１０００' }));
    await clerk.get(draft);
    const rest = { 'consents[]': CONSENTS, pledged: 'yes', method: 'CASH', 'visitors[]': 'none' };
    await clerk.get(followed(await clerk.upload(draft, rest, {})));
    followed(await clerk.post('/s/cases', { draftId: draft.split('/').at(-1) ?? '' }));
    const { cases } = await house.get(CasesQueries).page(village.societyId, { limit: 100 });
    const own = cases.filter((each) => each.applicantId === applicantId);
    expect(own.map(({ amountFen }) => amountFen)).toEqual([100_000]);
  });

  it('says on the check page and on the case what may be a second claim of the same need', async () => {
    const twin = { name: '逄无名', group: '七组', bornOn: '1960-02-03', idNumber: null };
    const first = await givenCase(village, { at: 'ACCEPTED', applicant: twin, cause: 'DISASTER' });
    const personId = await personIn(house, village.societyId, twin);
    const clerk = await at('clerk');
    await clerk.get('/s/cases/new');
    const need = { pick: personId, who: '逄无名', cause: 'DISASTER', amountFen: '300' };
    const draft = followed(await clerk.post('/s/cases/new', need));
    await clerk.get(draft);
    const rest = { 'consents[]': CONSENTS, pledged: 'yes', method: 'CASH', 'visitors[]': 'none' };
    const check = followed(await clerk.upload(draft, rest, {}));
    const { body } = await clerk.get(check);
    expect(body).toContain(`${first.number}（自然灾害，1,000.00 元）`);
    expect(body).toContain('原因也相同');
    const number = followed(await clerk.post('/s/cases', { draftId: draft.split('/').at(-1) ?? '' }));
    expect((await clerk.get(number)).body).toContain(first.number);
  });

  it('shows the supervisor what was waived and why, and takes the confirmation', async () => {
    const made = await givenCase(village, { at: 'PAID' });
    const secretary = await at('secretary');
    const form = `/s/cases/${made.number}/papers`;
    await secretary.get(form);
    followed(await secretary.upload(form, { waiverCauseProof: '没去医院' }, { idCard: slip }));
    expectWords(await open('secretary', `/s/cases/${made.number}`), ['免交，等监事确认']);
    expectWords(await open('secretary', form), ['交不了的原因：没去医院']);
    const supervisor = await at('supervisor');
    expectWords(await supervisor.get('/s'), ['还剩', '免交没确认', '免交：事由证明材料', '确认免交']);
    const asked = await supervisor.get(form);
    expectWords(asked, ['没去医院', '确认免交：事由证明材料']);
    expect(asked.body).not.toContain('type="file"');
    const confirmation = `${form}/CAUSE_PROOF/confirmation`;
    expect((await secretary.post(confirmation, {})).status).toBe(403);
    expect(followed(await supervisor.post(confirmation, {}))).toBe(`/s/cases/${made.number}`);
    expect((await supervisor.get(form)).body).toContain('现在没有等您确认的免交');
    for (const [path, status] of [
      [confirmation, 409],
      [`${form}/NONE/confirmation`, 404],
    ] as const)
      expect((await supervisor.post(path, { submission_id: randomUUID() })).status).toBe(status);
  });

  it('keeps a lead, and opens the form with its words', async () => {
    const informant = await at('informant');
    await informant.get('/s/leads/new');
    const bad = await informant.post('/s/leads', { source: 'VISIT', place: '' });
    expect(bad.status).toBe(422);
    const lead = { source: 'VISIT', place: '三组，小学后面', contact: '老李家', words: '屋顶塌了' };
    expect(followed(await informant.post('/s/leads', lead))).toBe('/s');
    expect((await informant.get('/s/leads')).status).toBe(403);
    const { body } = await open('secretary', '/s/leads');
    expect(body).toContain('三组，小学后面');
    const form = await open('secretary', linkIn(body, /href="(\/s\/cases\/new\?lead=[^"]+)"/));
    expect(form.body).toContain('屋顶塌了');
  });

  it('shows a case without its story to the till, and D4-69 to no other society at all', async () => {
    const made = await givenCase(village, { at: 'VERIFIED', cause: 'FIRE', story: '灶台起火' });
    expect((await open('chair', `/s/cases/${made.number}`)).body).toContain('灶台起火');
    expect((await open('cashier', `/s/cases/${made.number}`)).body).not.toContain('灶台起火');
    const other = await givenVillage(house);
    const stranger = await signedIn(house, other.at.secretary.login);
    const missing = await stranger.get(`/s/cases/${made.number}`);
    expect([missing.status, missing.body.includes('CASE_NOT_FOUND')]).toEqual([404, true]);
  });

  it('lists the cases of a state', async () => {
    const closed = await open('secretary', '/s/cases?state=CLOSED');
    expectWords(closed, ['2026-0001', '已办结']);
    expect(closed.body.includes('2026-0002')).toBe(false);
  });

  describe('the API', () => {
    it('registers, verifies, opens and reads a case, and answers the same to the same key', async () => {
      const client = await api(house, village.at.clerk.login);
      const applicantId = await personIn(house, village.societyId, { idNumber: idNumber() });
      const body = {
        applicantId,
        cause: 'SCHOOLING',
        amountFen: 80_000,
        method: 'CASH',
        consents: CONSENTS,
        pledged: true,
        visitors: [],
      };
      const key = randomUUID();
      const first = await client.post('/cases', body, key);
      expect(first.status).toBe(201);
      expect(await client.post('/cases', body, key)).toEqual(first);
      const other = await client.post('/cases', { ...body, amountFen: 90_000 }, key);
      expect([other.status, other.code]).toEqual([422, 'KEY_USED_OTHERWISE']);
      const id = String(first.body['caseId']);

      const visit = { visitors: village.visitors, visitedOn: '2026-03-10' };
      expect((await client.post(`/cases/${id}/visits`, visit)).status).toBe(201);
      const opened = await client.post(`/cases/${id}/rounds`, {
        recusals: [{ personId: village.at.fifth.personId, reason: 'EMPLOYER' }],
      });
      expect([opened.status, typeof opened.body['roundId']]).toEqual([201, 'string']);
      const papers = await client.upload(
        `/cases/${id}/papers`,
        { waiverIdCard: '证件补办中' },
        { consent: slip },
      );
      expect(papers.body).toMatchObject({ done: false, missing: ['CAUSE_PROOF', 'RECEIPT'] });

      const confirmation = `/cases/${id}/papers/ID_CARD/confirmation`;
      expect((await client.post(confirmation, {})).status).toBe(403);
      const supervisor = await api(house, village.at.supervisor.login);
      const confirmed = await supervisor.post(confirmation, {});
      expect([confirmed.status, confirmed.body['unconfirmed']]).toEqual([200, []]);

      const read = await client.get(`/cases/${id}`);
      expect(read.body).toMatchObject({
        state: 'VOTING',
        cause: 'SCHOOLING',
        amountFen: 80_000,
        applicant: '李*明',
      });
      expect(read.text).not.toContain('李建明');
      const list = await client.get('/cases?state=VOTING');
      expect(list.text).toContain(id);
      expect((await house.get(CasesQueries).case(village.societyId, id)).state).toBe('VOTING');
    });

    it('refuses what is no field, no amount, no key: 422', async () => {
      const client = await api(house, village.at.clerk.login);
      const wrong = await client.post('/cases', { applicantId: 'x', amountFen: '1000', extra: 1 });
      expect([wrong.status, wrong.code]).toEqual([422, 'INVALID_INPUT']);
      const keyless = await client.post('/leads', { source: 'SELF', place: '一组', contact: '家里' }, null);
      expect([keyless.status, keyless.code]).toEqual([422, 'IDEMPOTENCY_KEY_REQUIRED']);
    });
  });
});
