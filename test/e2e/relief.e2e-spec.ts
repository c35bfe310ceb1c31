import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import { fen } from '../../src/kernel/fen.js';
import { PeopleService } from '../../src/people/index.js';
import { ReliefQueries } from '../../src/relief/index.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import {
  applicantIn,
  by,
  decideObjection,
  endNotice,
  givenGrown,
  givenHome,
  givenHospital,
  givenRelief,
  givenReliefGround,
  givenUpheld,
  hang,
  hold,
  letTimePass,
  newCard,
  noticeOf,
  openPanel,
  ordersOf,
  paper,
  PAPERS,
  payAll,
  post,
  recheck,
  sendBack,
  stateOf,
  vote,
} from '../support/relief.js';
import type { HomeSeat, OfRelief, ReliefGround, Seat } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { cardNumber, idNumber, personIn } from '../support/village.js';

const ADMIN = randomUUID();
const CONSENTS = ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'];
let logins = 0;

const POLICIES = [
  { deduction: 'BASIC_INSURANCE', outcome: 'APPLIED', amountFen: 40_000_000, proof: 'JS-1' },
  { deduction: 'SERIOUS_ILLNESS', outcome: 'APPLIED', amountFen: 20_960_000, proof: 'JS-2' },
  { deduction: 'MEDICAL_AID', outcome: 'REFUSED' },
  { deduction: 'COMMERCIAL', outcome: 'NOT_ASKED' },
  { deduction: 'OTHER_AID', outcome: 'NOT_ELIGIBLE' },
];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;
  let desk: Record<
    'clerk' | 'secretary' | 'reviewer' | 'otherReviewer' | 'chair' | 'supervisor',
    FormVisitor
  >;
  let village: FormVisitor;
  const accounts = new Map<string, Promise<string>>();

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  // Notices that hang move the clock past the end of a session.
  beforeEach(async () => {
    const [clerk, secretary, reviewer, otherReviewer, chair, supervisor] = await Promise.all(
      (['clerk', 'secretary', 'reviewer', 'otherReviewer', 'chair', 'supervisor'] as const).map(visitorAs),
    );
    if (!clerk || !secretary || !reviewer || !otherReviewer || !chair || !supervisor)
      throw new Error('Nobody');
    desk = { clerk, secretary, reviewer, otherReviewer, chair, supervisor };
    village = await signedIn(house, await loginOf(ground.home.at.secretary));
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  /** An account for whoever holds an office, opened once. */
  function loginOf({ personId, societyId }: { personId: string; societyId: string }): Promise<string> {
    const known = accounts.get(personId) ?? open();
    accounts.set(personId, known);
    return known;

    async function open(): Promise<string> {
      const login = `relief${++logins}`;
      const admin = callerOf({ accountId: ADMIN, roles: ['system-admin'] });
      await house.get(AccessService).openAccount(admin, { societyId, personId, login, password: PASSWORD });
      return login;
    }
  }
  async function visitorAs(seat: Seat): Promise<FormVisitor> {
    return signedIn(house, await loginOf(ground.at[seat]));
  }
  const program = async (seat: Seat): Promise<ApiClient> => api(house, await loginOf(ground.at[seat]));
  const homeProgram = async (seat: HomeSeat = 'secretary', home = ground.home): Promise<ApiClient> =>
    api(house, await loginOf(home.at[seat]));

  const need = (personId: string, invoices: string) => ({
    ...{ personId, fundId: ground.fund.fundId, cause: 'ILLNESS', invoices, debtsFen: '12万' },
    ...{ story: '住院三次，欠了亲戚的钱', account: 'none', 'consents[]': CONSENTS, pledged: 'yes' },
  });
  const pageOf = (personId: string) => `/s/relief/new?person=${personId}&fund=${ground.fund.fundId}`;
  const photos = async () => {
    const bytes = await paper();
    const names = [
      'idCard',
      'householdRegister',
      'invoicePhotos',
      'insuranceStatement',
      'consent',
      'bankCard',
    ];
    return Object.fromEntries(names.map((name) => [name, bytes]));
  };

  describe('a society asks a fund', () => {
    it('is led from the list to the fund and the person, and picks among those of one name', async () => {
      const list = await village.get('/s/relief');
      expect(list.status).toBe(200);
      for (const words of ['基金救助', '申请基金救助', '没有这样的件。']) expect(list.body).toContain(words);
      expect(list.body).not.toContain('按基金、社、事由找');
      const first = await applicantIn(ground, ground.home, { name: '欧阳两人', group: '一组' });
      await applicantIn(ground, ground.home, { name: '欧阳两人', group: '二组' });
      const start = await village.get('/s/relief/new');
      for (const words of ['1/2', '向哪个基金申请？', ground.fund.name]) expect(start.body).toContain(words);
      const { fundId } = ground.fund;
      const nobody = await village.post('/s/relief/new', { fundId, who: '没有此人' });
      expect([nobody.status, nobody.body.includes('名册里没有找到这个人')]).toEqual([422, true]);
      const two = await village.post('/s/relief/new', { fundId, who: '欧阳两人' });
      expect(two.status).toBe(422);
      for (const words of ['有几个人对得上', '欧阳两人 一组', 'value="欧阳两人"'])
        expect(two.body).toContain(words);
      const picked = await village.post('/s/relief/new', { fundId, who: '欧阳两人', pick: first });
      expect([picked.status, picked.location]).toEqual([303, pageOf(first)]);
      const page = await village.get(picked.location);
      for (const words of ['2/2', '要带的材料', '发票原件（加盖印章）', '自付费用的 60%', '每户最高'])
        expect(page.body).toContain(words);
      expect(page.body).not.toContain('value="SCHOOLING"');
    });

    it('is told which line is no invoice, beside the box, and keeps what was typed: 422', async () => {
      const personId = await applicantIn(ground, ground.home);
      await village.get(pageOf(personId));
      const typed = 'BAD00000001 99540.00\n12345';
      const wrong = await village.upload('/s/relief', need(personId, typed), {});
      expect(wrong.status).toBe(422);
      for (const words of ['第 2 张发票没写对', 'BAD00000001 99540.00\n12345', '住院三次', 'value="12万"'])
        expect(wrong.body).toContain(words);
      expect(wrong.body).toMatch(/<textarea[^>]*name="invoices"[^>]*aria-describedby="[^"]*error/);
      const twice = await village.upload('/s/relief', need(personId, 'BAD00000001 1\nbad0000 0001 2'), {});
      expect([twice.status, twice.body.includes('第 2 张发票没写对')]).toEqual([422, true]);
      const same = await village.upload('/s/relief', need(personId, 'BAD00000001 1\nbad00000001 2'), {});
      expect([same.status, same.body.includes('第 2 张发票前面已经填过')]).toEqual([422, true]);
      const unsigned = { ...need(personId, 'BAD00000001 1'), 'consents[]': ['PROCESS'], pledged: '' };
      const refused = await village.upload('/s/relief', unsigned, {});
      expect([refused.status, refused.body.includes('同意使用病情和银行卡信息')]).toEqual([422, true]);
      expect((await house.get(ReliefQueries).list(ground.home.societyId)).count).toBe(0);
    });

    it('registers a new card once, although something else was wrong the first time', async () => {
      const personId = await applicantIn(ground, ground.home, { name: '新卡一张' });
      const card = { account: 'new', cardNumber: cardNumber(), bankName: '农村信用社' };
      await village.get(pageOf(personId));
      const stranger = { ...need(personId, 'CARD00000001 10'), ...card, holderName: '另一个人' };
      const theirs = await village.upload('/s/relief', stranger, {});
      expect([theirs.status, theirs.body.includes('不能打到别人的卡上')]).toEqual([422, true]);
      const unsigned = { ...need(personId, 'CARD00000001 10'), ...card, pledged: '' };
      expect((await village.upload('/s/relief', unsigned, {})).status).toBe(422);
      const again = await village.upload(
        '/s/relief',
        { ...need(personId, 'CARD00000001 10'), account: 'x' },
        {},
      );
      expect([again.status, again.body.includes('选的这张卡不是收款人本人的')]).toEqual([422, true]);
      const [, known = ''] = /name="account" type="radio" value="([\w-]{36})"/.exec(again.body) ?? [];
      const made = await village.upload(
        '/s/relief',
        { ...need(personId, 'CARD00000001 10'), account: known },
        {},
      );
      expect(made.status).toBe(303);
      expect((await village.get(made.location)).body).toContain('农村信用社 尾号');
    });

    it('D4-11 hears that an invoice was used; by whom the federation alone hears', async () => {
      const personId = await applicantIn(ground, ground.home);
      await village.get(pageOf(personId));
      const made = await village.upload('/s/relief', need(personId, 'USED00000001 5000'), {});
      expect(made.status).toBe(303);
      const [, number = ''] = /(慈救2026-\d{4})/.exec((await village.get(made.location)).body) ?? [];
      expect(number).not.toBe('');

      await village.get(pageOf(personId));
      const again = await village.upload('/s/relief', need(personId, 'USED00000001 5000'), {});
      expect([again.status, again.body.includes('第 1 张发票在本基金已经用过。')]).toEqual([422, true]);
      expect(again.body).not.toContain(number);

      const own = await personIn(house, ground.federationId, { name: '总会自受', idNumber: idNumber() });
      await desk.clerk.get(pageOf(own));
      const told = await desk.clerk.upload('/s/relief', need(own, 'USED00000001 5000'), {});
      expect([told.status, told.body.includes(`在本基金已经用过（${number}）`)]).toEqual([422, true]);
      const asked = { personId: own, fundId: ground.fund.fundId, cause: 'ILLNESS', consents: CONSENTS };
      const sent = { ...asked, pledged: true, invoices: [{ number: 'used-0000 0001', amountFen: 500_000 }] };
      const answer = await (await program('clerk')).post('/relief', sent);
      expect([answer.status, answer.code]).toEqual([409, 'INVOICE_USED']);
      expect(answer.body).toMatchObject({ details: { line: 1, usedBy: number } });
    });

    it('is refused by program with the fields named', async () => {
      const client = await homeProgram();
      const personId = await applicantIn(ground, ground.home);
      const sent = {
        personId,
        fundId: ground.fund.fundId,
        cause: 'ILLNESS',
        consents: CONSENTS,
        pledged: true,
      };
      for (const invoices of [
        [],
        'no json',
        [{ number: '1', amountFen: 1 }],
        [{ number: 'ABCDEF1', amountFen: 1.5 }],
      ]) {
        const { status, code, body } = await client.post('/relief', { ...sent, invoices });
        expect([status, code, Object.keys(body['errors'] as object)]).toEqual([
          422,
          'INVALID_INPUT',
          ['invoices'],
        ]);
      }
      const elsewhere = { ...sent, cause: 'SCHOOLING', invoices: [{ number: 'ABCDEF1', amountFen: 1 }] };
      expect((await client.post('/relief', elsewhere)).code).toBe('CAUSE_NOT_IN_RULE');
      const theirs = await personIn(house, ground.federationId, { name: '别处的人' });
      const stranger = { ...sent, personId: theirs, invoices: [{ number: 'ABCDEF1', amountFen: 1 }] };
      expect((await client.post('/relief', stranger)).status).toBe(404);
    });
  });

  describe('the road, as far as people and programs walk it', () => {
    let made: OfRelief;
    const at = (page = '') => `/s/relief/${made.reliefId}${page}`;
    const resource = (name = '') => `/relief/${made.reliefId}${name}`;

    it('is handed in by page, with photos: both sides see it, each what is theirs', async () => {
      const personId = await applicantIn(ground, ground.home, { name: '诸葛大病' });
      await house.get(PeopleService).addPayeeAccount(by(ground.home, 'clerk'), {
        ...{ personId, bankName: '农村信用社', cardNumber: cardNumber() },
      });
      const page = await village.get(pageOf(personId));
      const [, account = ''] = /name="account" type="radio" value="([\w-]{36})"/.exec(page.body) ?? [];
      const typed = { ...need(personId, 'FP00000001 900000\nFP00000002 95400.00'), account };
      const sent = await village.upload('/s/relief', typed, await photos());
      expect(sent.status).toBe(303);
      made = { reliefId: sent.location.split('/').at(-1) ?? '' };

      const mine = await village.get(at());
      for (const words of [
        '诸葛*病',
        '等核政策',
        '住院三次',
        '995,400.00',
        '总会在办：等经办人核政策',
        '身份证',
      ])
        expect(mine.body).toContain(words);
      for (const words of ['算式', '其他救助', '有关系的人', '/s/files/', '核政策</a>'])
        expect(mine.body).not.toContain(words);
      const theirs = await desk.clerk.get(at());
      for (const words of ['其他救助', '有关系的人', '/s/files/', '算式', '还没核', `${at()}/policies`])
        expect(theirs.body).toContain(words);
    });

    it('D4-69 is not there for another society, and no part of whoever else', async () => {
      const other = await givenHome(house, ground.federationId);
      const stranger = await homeProgram('secretary', other);
      const read = await stranger.get(resource());
      expect([read.status, read.code]).toEqual([404, 'RELIEF_NOT_FOUND']);
      const acts = [
        ['/policies', { policies: POLICIES }],
        ['/ending', { reason: 'OWN_WISH' }],
        ['/returns', { items: ['INVOICES'] }],
      ] as const;
      for (const [name, body] of acts) expect((await stranger.post(resource(name), body)).status).toBe(404);
      const outside = await signedIn(house, await loginOf(other.at.secretary));
      for (const page of ['', '/policies', '/completion', '/ending'])
        expect([page, (await outside.get(at(page))).status]).toEqual([page, 404]);
      const reviewer = await program('reviewer');
      expect((await reviewer.post(resource('/policies'), { policies: POLICIES })).status).toBe(403);
      const home = await homeProgram();
      const early = await home.post(resource('/policies'), { policies: POLICIES });
      expect([early.status, early.code]).toEqual([409, 'ONLY_THE_DESK']);
      expect((await desk.clerk.get(at('/verification'))).status).toBe(409);
    });

    it('wants an answer to each policy, beside its own boxes, and keeps the others', async () => {
      const form = await desk.clerk.get(at('/policies'));
      for (const words of ['基本医保办得怎样？', '其他慈善和互助出了多少？', '系统里查到的其他救助'])
        expect(form.body).toContain(words);
      expect(form.body).not.toContain('网络筹款');
      const typed = {
        ...{ 'BASIC_INSURANCE-outcome': 'APPLIED', 'BASIC_INSURANCE-fen': '四十万' },
        ...{ 'BASIC_INSURANCE-proof': 'JS-1', 'SERIOUS_ILLNESS-outcome': 'NOT_ELIGIBLE' },
      };
      const unread = await desk.clerk.post(at('/policies'), typed);
      expect(unread.status).toBe(422);
      expect(unread.body).toContain('href="#BASIC_INSURANCE-fen"');
      for (const words of ['value="四十万"', 'value="JS-1"']) expect(unread.body).toContain(words);
      const missing = await desk.clerk.post(at('/policies'), { ...typed, 'BASIC_INSURANCE-fen': '40万' });
      expect([missing.status, missing.body.includes('“医疗救助”还没有核')]).toEqual([422, true]);
      expect(missing.body).toContain('href="#MEDICAL_AID-outcome"');

      const clerk = await program('clerk');
      const odd = POLICIES.map((each) => ({ ...each, proof: null }));
      const unproven = await clerk.post(resource('/policies'), { policies: odd });
      expect([unproven.status, unproven.code]).toEqual([422, 'POLICY_AMOUNT_WRONG']);
      expect(unproven.body).toMatchObject({ details: { deduction: 'BASIC_INSURANCE' } });
      expect((await clerk.post(resource('/policies'), { policies: POLICIES })).status).toBe(200);
      const page = await desk.clerk.get(at());
      for (const words of ['已经报销或救助，凭据 JS-1', '231,480.00', '贰拾叁万壹仟肆佰捌拾元整', '等核实'])
        expect(page.body).toContain(words);
    });

    it('is verified with stamped originals; what is abnormal has words', async () => {
      const page = await desk.clerk.get(at('/verification'));
      expect([page.status, page.body.includes('还缺')]).toEqual([200, false]);
      const unstamped = await desk.clerk.post(at('/verification'), { result: 'NORMAL' });
      expect([unstamped.status, unstamped.body.includes('href="#originalsStamped"')]).toEqual([422, true]);
      const abnormal = { result: 'ABNORMAL', originalsStamped: 'yes' };
      const silent = await desk.clerk.post(at('/verification'), abnormal);
      expect([silent.status, silent.body.includes('href="#note"')]).toEqual([422, true]);
      const noted = { ...abnormal, note: '名下有一辆旧车，实地看过' };
      expect((await desk.clerk.post(at('/verification'), noted)).status).toBe(303);
    });

    it('is assessed by three who are in office, with the sheet that they signed', async () => {
      const page = await desk.clerk.get(at('/assessment'));
      for (const words of ['赵小龙（理事）', '231,480.00 元', '不另外填']) expect(page.body).toContain(words);
      const [third, fourth, fifth] = [ground.at.third, ground.at.fourth, ground.at.fifth];
      const two = { [`score-${third.personId}`]: '80', [`score-${fourth.personId}`]: '101', opinion: '' };
      const wrong = await desk.clerk.upload(at('/assessment'), two, {});
      expect(wrong.status).toBe(422);
      for (const words of [
        '打 0 到 100 之间的整数分',
        '研判意见至少 2 个字',
        '请拍下打分人签字的研判表',
        'value="101"',
      ])
        expect(wrong.body).toContain(words);
      const scores = [third, fourth, fifth].map(({ personId }, i) => ({ personId, score: 80 + i }));
      const clerk = await program('clerk');
      const fields = { scores: JSON.stringify(scores.slice(1)), opinion: '确实困难' };
      const few = await clerk.upload(resource('/assessment'), fields, { sheet: await paper() });
      expect([few.status, few.code]).toEqual([422, 'TOO_FEW_ASSESSORS']);
      const unsigned = await clerk.upload(resource('/assessment'), fields, {});
      expect([unsigned.status, unsigned.code]).toEqual([422, 'INVALID_INPUT']);
      const all = { ...fields, scores: JSON.stringify(scores) };
      expect((await clerk.upload(resource('/assessment'), all, { sheet: await paper() })).status).toBe(200);
    });

    it('waits in the queue of whoever may review it, and of nobody who has', async () => {
      const queue = await desk.reviewer.get('/s/relief');
      for (const words of ['待我审 1', 'aria-current="page">待我审', '诸葛*病'])
        expect(queue.body).toContain(words);
      const { fundId } = ground.fund;
      const found = await desk.reviewer.get(`/s/relief?state=ASSESSED&fundId=${fundId}&cause=ILLNESS`);
      expect(found.body).toContain('共 1 件');
      expect((await desk.reviewer.get('/s/relief?view=all&cause=FIRE')).body).toContain('没有这样的件。');
      const { body } = await (
        await program('secretary')
      ).get(`/relief?state=ASSESSED&fundId=${fundId}&limit=1`);
      expect(body).toMatchObject({ count: 1, next: null, items: [{ id: made.reliefId, state: 'ASSESSED' }] });
    });

    it('is reviewed by two: left the facts in their order, right what is decided', async () => {
      const page = await desk.reviewer.get(at('/review'));
      for (const words of [
        ...['1 人与户', '2 事由与材料', '3 钱', '4 研判', '5 其他救助', '平均 81.0 分', '名下有一辆旧车'],
        ...['您的决定', '核实的结果异常', '这一件要两人审核：您是第一审', '审核通过', '退回补正'],
      ])
        expect(page.body).toContain(words);
      const nothing = await desk.reviewer.post(at('/review'), { note: '都看过了' });
      expect([nothing.status, nothing.body.includes('请选审核通过的理由')]).toEqual([422, true]);
      expect(nothing.body).toContain('都看过了');
      expect((await desk.reviewer.post(at('/review'), { reason: 'FIGURES_MATCH' })).status).toBe(303);
      expect((await desk.reviewer.get('/s/relief')).body).toContain('待我审 0');
      expect((await desk.reviewer.get(at('/review'))).body).toContain('您已经审过了');
      const again = await (await program('reviewer')).post(resource('/reviews'), { reason: 'COMPLETE' });
      expect([again.status, again.code]).toEqual([409, 'REVIEWER_TWICE']);
      expect((await desk.otherReviewer.get(at('/review'))).body).toContain('第一审 秦* 已过，您是第二审');
      const other = await (await program('otherReviewer')).post(resource('/reviews'), { reason: 'COMPLETE' });
      expect([other.status, other.body]).toEqual([201, { reliefId: made.reliefId, reviews: 2, needed: 2 }]);
    });

    it('D4-1 shows the board what it will vote on, and asks it', async () => {
      const page = await desk.secretary.get(at('/panel'));
      for (const words of [
        '算式',
        '231,480.00 元',
        '理事 5 人，回避后应到 5 人',
        '谁要回避',
        '按今天的规则试算',
      ])
        expect(page.body).toContain(words);
      expect(page.body).not.toContain('不予救助');
      const recusal = `${ground.at.fifth.personId}:NO_REASON`;
      const odd = await desk.secretary.post(at('/panel'), { 'recusals[]': [recusal] });
      expect([odd.status, odd.body.includes('请重新选回避的理事和原因')]).toEqual([422, true]);
      const asked = await desk.secretary.post(at('/panel'), { 'recusals[]': ['', ''] });
      expect([asked.status, asked.location.startsWith('/s/rounds/')]).toEqual([303, true]);
      const director = await signedIn(house, await loginOf(ground.at.third));
      expect((await director.get(at())).body).toContain('去评审');
      const roundId = asked.location.split('/').at(-1) ?? '';
      const hands = (['chair', 'deputy', 'third', 'fourth', 'fifth'] as const).map((seat) => ({
        ...{ directorId: ground.at[seat].personId, choice: 'yes' },
      }));
      const sheet = { presiderId: ground.at.chair.personId, hands: JSON.stringify(hands) };
      const secretary = await program('secretary');
      const voted = await secretary.upload(`/rounds/${roundId}/show-of-hands`, sheet, {
        sheet: await paper(),
      });
      expect(voted.status).toBeLessThan(300);
      expect(await stateOf(ground, made)).toBe('PRE_NOTICE');
      const fixed = await village.get(at());
      for (const words of ['算式', '评审时已经定下', '231,480.00']) expect(fixed.body).toContain(words);
    });

    it('is paid as planned: to the hospital and the family, not a fen more', async () => {
      const hospital = await givenHospital(ground);
      const page = await desk.secretary.get(at('/plan'));
      for (const words of ['231,480.00 元', 'value="231480.00"', '演示县人民医院'])
        expect(page.body).toContain(words);
      const typed = { amount1: '20万', to1: hospital, amount2: '3万', to2: 'FAMILY' };
      const short = await desk.secretary.post(at('/plan'), typed);
      expect([short.status, short.body.includes('各笔加起来 230,000 元')]).toEqual([422, true]);
      expect(short.body).toContain('value="20万"');
      const nobody = await desk.secretary.post(at('/plan'), { ...typed, to2: '' });
      expect([nobody.status, nobody.body.includes('请选第 2 笔付给谁')]).toEqual([422, true]);
      expect((await desk.secretary.post(at('/plan'), { ...typed, amount2: '31480' })).status).toBe(303);
      const parts = [{ amountFen: 20_000_000, institutionId: randomUUID() }, { amountFen: 3_148_000 }];
      const strange = await (await program('secretary')).post(resource('/plan'), { parts });
      expect(strange.status).toBe(404);
    });

    it('says that somebody objects while it is looked into, and how that ended; by its notice alone', async () => {
      await hold(ground, made);
      const words = '公示有异议，查明以前不批不付';
      const [chair, home] = [await desk.chair.get(at()), await village.get(at())];
      for (const { body } of [chair, home]) expect(body).toContain('有异议，暂缓');
      expect(chair.body).toContain('查明中');
      expect(home.body).toContain(words);
      for (const gone of ['/objection', '/finding'])
        expect((await desk.supervisor.get(at(gone))).status).toBe(404);
      await decideObjection(ground, made, 'DISMISSED');
      expect((await desk.chair.get(at())).body).toContain('不成立');
      expect((await village.get(at())).body).not.toContain(words);
    });

    it('is advanced in part where lives hang on it, by two signatures', async () => {
      await desk.secretary.get(at('/advance'));
      const fields = { amountFen: '7万', to: '' };
      const nobody = await desk.secretary.upload(at('/advance'), fields, {});
      expect([nobody.status, nobody.body.includes('请选付给谁')]).toEqual([422, true]);
      const unproven = await desk.secretary.upload(at('/advance'), { ...fields, to: 'FAMILY' }, {});
      expect([unproven.status, unproven.body.includes('href="#statement"')]).toEqual([422, true]);
      const statement = await paper();
      const much = await desk.secretary.upload(at('/advance'), { ...fields, to: 'FAMILY' }, { statement });
      expect([much.status, much.body.includes('先行拨付最多 69,444.00 元')]).toEqual([422, true]);
      const secretary = await program('secretary');
      const asked = await secretary.upload(resource('/advance'), { amountFen: '5000000' }, { statement });
      expect(asked.status).toBe(201);
      expect((await desk.chair.get(at())).body).toContain('先行拨付');
      const page = await desk.chair.get(at('/advance'));
      expect(page.body).toContain('同意先拨 50,000.00 元');
      expect((await desk.chair.post(at('/advance/signature'), {})).status).toBe(303);
      const signed = await (await program('supervisor')).post(resource('/advance/signature'), {});
      expect(signed.body).toEqual({ reliefId: made.reliefId, ordered: true });
      await payAll(ground, made);
      await desk.secretary.get(at('/plan'));
      const typed = { amount1: '181480', to1: 'FAMILY' };
      expect((await desk.secretary.post(at('/plan'), typed)).status).toBe(303);
    });

    it('is published, and the society is led to the paper that hangs', async () => {
      const { id } = await noticeOf(ground, made, 'RELIEF_PRE');
      expect((await desk.chair.get(at())).body).toContain(`href="/s/notices/${id}"`);
      expect((await village.get(at())).body).not.toContain('救助事前公示');
      const chair = await program('chair');
      expect(
        (await chair.post(`/notices/${id}/signature`, { plannedPostingOn: '2026-03-02' })).status,
      ).toBeLessThan(300);
      const link = /href="(\/n\/\w{8})"/.exec((await village.get(at())).body)?.[1] ?? '';
      expect((await village.get(link)).body).toContain('诸葛*病');
      const page = await desk.chair.get(at('/approval'));
      expect([
        page.body.includes('等事前公示期满才能批准'),
        page.body.includes('<form method="post" action="/s/relief'),
      ]).toEqual([true, false]);
      const early = await chair.post(resource('/approval'), {});
      expect([early.status, early.code]).toEqual([409, 'NOTICE_STILL_RUNS']);
      await post(ground, made, 'RELIEF_PRE');
      await endNotice(ground, made, 'RELIEF_PRE');
    });

    it('is approved once, whoever presses twice, and paid', async () => {
      const page = await desk.chair.get(at('/approval'));
      for (const words of ['231,480.00 元（贰拾叁万壹仟肆佰捌拾元整）', '已先拨', '181,480.00', '第 1 笔'])
        expect(page.body).toContain(words);
      const first = await desk.chair.post(at('/approval'), {});
      const second = await desk.chair.post(at('/approval'), {});
      expect([first.status, second.status, second.location]).toEqual([303, 303, first.location]);
      const cashier = await visitorAs('cashier');
      const [, order] = await ordersOf(ground, made);
      expect((await cashier.get(at())).body).toContain(`href="/s/payments/${order?.orderId ?? ''}"`);
      await payAll(ground, made);
      expect(await stateOf(ground, made)).toBe('PAID');
    });

    it('is visited, and what an insurer pays later is reckoned back', async () => {
      await desk.clerk.get(at('/follow-up'));
      const unsaid = await desk.clerk.post(at('/follow-up'), { seenOn: '2026-03-20', note: '能下地了' });
      expect([unsaid.status, unsaid.body.includes('请选钱用在了哪里')]).toEqual([422, true]);
      expect(unsaid.body).toContain('能下地了');
      const clerk = await program('clerk');
      const seen = await clerk.post(resource('/follow-ups'), { seenOn: '2026-03-20', usedAsMeant: true });
      expect(seen.status).toBe(201);

      await desk.secretary.get(at('/refund'));
      const unsaidHow = await desk.secretary.post(at('/refund'), { reason: 'INSURER_PAID_LATER' });
      expect([unsaidHow.status, unsaidHow.body.includes('href="#laterFen"')]).toEqual([422, true]);
      const missing = await (await program('secretary')).post(resource('/refunds'), { reason: 'OTHER_USE' });
      expect([missing.status, missing.code, missing.body['errors']]).toEqual([
        422,
        'INVALID_INPUT',
        { amountFen: '请填写要退回多少元' },
      ]);
      const demanded = await (
        await program('secretary')
      ).post(resource('/refunds'), {
        ...{ reason: 'INSURER_PAID_LATER', laterFen: 1_000_000, proof: 'JS-9' },
      });
      expect(demanded.body).toEqual({ reliefId: made.reliefId, excessFen: fen(600_000) });
      const page = await desk.secretary.get(at());
      for (const words of ['待退款', '要求退款', '6,000.00', '/s/recoveries/'])
        expect(page.body).toContain(words);
    });

    it('is read by program: the federation all of it, the society its own', async () => {
      const { body } = await (await program('clerk')).get(resource());
      expect(body).toMatchObject({
        ...{ id: made.reliefId, state: 'REFUND_DUE', applicant: '诸葛*病', totalFen: 99_540_000 },
        sum: { isFixed: true, baseFen: 38_580_000, grantFen: 23_148_000, capApplied: false },
        invoices: [{ number: 'FP00000001', amountFen: 90_000_000 }, { number: 'FP00000002' }],
        payments: [
          { kind: 'ADVANCE', state: 'PAID' },
          { kind: 'PART', state: 'PAID' },
        ],
        desk: { reviewsNeeded: 2, refunds: [{ excessFen: 600_000 }], holds: [{ outcome: 'DISMISSED' }] },
      });
      const mine = await (await homeProgram()).get(resource());
      expect(mine.body).toMatchObject({ desk: null, sum: { grantFen: 23_148_000 } });
      expect(mine.text).not.toMatch(/诸葛大病|住院三次|reviewerId|有两辆车/);
      expect(JSON.stringify(body)).not.toMatch(/诸葛大病|住院三次|有两辆车/);
    });
  });

  describe('what comes back, and what ends', () => {
    it('asks for what is missing, and takes it in one go', async () => {
      const made = await givenRelief(ground, { at: 'ASSESSED' });
      const at = (page = '') => `/s/relief/${made.reliefId}${page}`;
      await desk.reviewer.get(at('/return'));
      const nothing = await desk.reviewer.post(at('/return'), { note: '看不清' });
      expect([nothing.status, nothing.body.includes('没有写明要补什么')]).toEqual([422, true]);
      const items = { 'items[]': ['INVOICES', 'DIAGNOSIS'], note: '第二张看不清' };
      expect((await desk.reviewer.post(at('/return'), items)).status).toBe(303);

      expect((await village.get('/s')).body).toContain('没补正');
      const page = await village.get(at());
      for (const words of ['要补的材料', '诊断证明', '第二张看不清', `${at('/completion')}"`])
        expect(page.body).toContain(words);
      expect((await desk.clerk.get(at('/completion'))).status).toBe(409);
      await village.get(at('/completion'));
      const bytes = await paper();
      const half = await village.upload(at('/completion'), {}, { invoicePhotos: bytes });
      expect([half.status, half.body.includes('还没有补来：诊断证明')]).toEqual([422, true]);
      const faulty = { invoices: 'ZZ000001' };
      const unread = await village.upload(at('/completion'), faulty, {
        invoicePhotos: bytes,
        diagnosis: bytes,
      });
      expect([unread.status, unread.body.includes('第 1 张发票没写对')]).toEqual([422, true]);
      const bad = await (
        await homeProgram()
      ).upload(`/relief/${made.reliefId}/completion`, { invoices: 'x' }, {});
      expect([bad.status, bad.code]).toEqual([422, 'INVALID_INPUT']);
      const whole = await village.upload(at('/completion'), {}, { invoicePhotos: bytes, diagnosis: bytes });
      expect(whole.status).toBe(303);
      expect(await stateOf(ground, made)).toBe('ASSESSED');
    });

    it('refuses without a vote where the rule gives nothing, and offers no panel', async () => {
      const made = await givenRelief(ground, {
        ...{ at: 'REVIEWED', totalFen: 500_000, reimbursed: { BASIC_INSURANCE: 500_000 } },
      });
      const page = await desk.secretary.get(`/s/relief/${made.reliefId}/panel`);
      for (const words of ['没有自付费用，按规则是 0 元', '不予救助']) expect(page.body).toContain(words);
      expect(page.body).not.toContain('谁要回避');
      expect((await desk.secretary.post(`/s/relief/${made.reliefId}/refusal`, {})).status).toBe(303);
      expect((await village.get(`/s/relief/${made.reliefId}`)).body).toContain('政策用足以后没有自付费用');
      const more = await givenRelief(ground, { at: 'REVIEWED' });
      const refused = await (await program('secretary')).post(`/relief/${more.reliefId}/refusal`, {});
      expect([refused.status, refused.code]).toEqual([409, 'SOMETHING_TO_GRANT']);
    });

    it('reckons anew what a panel had fixed, once that panel was undone', async () => {
      const made = await givenRelief(ground, { at: 'PRE_NOTICE' });
      await hold(ground, made);
      await decideObjection(ground, made, 'UPHELD');
      expect((await desk.secretary.get(`/s/relief/${made.reliefId}`)).body).toContain('按今天的规则试算');
      expect((await village.get(`/s/relief/${made.reliefId}`)).body).not.toContain('算式');
    });

    it('asks for a second review where the sum has grown since, and offers no panel before', async () => {
      const made = await givenGrown(ground);
      const at = `/s/relief/${made.reliefId}`;
      const page = await desk.secretary.get(`${at}/panel`);
      for (const words of [
        '审核以后金额变了',
        '231,480.00 元，要 2 个人审核，只审过 1 个人',
        '请第二个人审核',
      ])
        expect(page.body).toContain(words);
      expect(page.body).not.toContain('谁要回避');
      const early = await (
        await program('secretary')
      ).post(`/relief/${made.reliefId}/panel`, { recusals: [] });
      expect([early.status, early.code]).toEqual([409, 'SECOND_REVIEW_NEEDED']);
      expect((await desk.secretary.post(`${at}/second-review`, {})).status).toBe(303);
      expect(await stateOf(ground, made)).toBe('ASSESSED');
      expect((await desk.otherReviewer.get(`${at}/review`)).body).toContain('您是第二审');
      const again = await (await program('secretary')).post(`/relief/${made.reliefId}/second-review`, {});
      expect([again.status, again.code]).toEqual([409, 'RELIEF_NOT_IN_STATE']);
    });

    it('takes the card of a family later, by page and by program, and says where it stays', async () => {
      const made = await givenRelief(ground, { at: 'PRE_NOTICE', card: false });
      const at = `/s/relief/${made.reliefId}`;
      const page = await village.get(at);
      for (const words of ['没有家庭账户，付给医院', `href="${at}/account"`])
        expect(page.body).toContain(words);
      expect((await desk.secretary.get(at)).body).not.toContain(`href="${at}/account"`);
      const form = await village.get(`${at}/account`);
      expect(form.body).toContain('还没有家庭的收款账户');
      expect(form.body).not.toContain('不用卡');
      const card = { account: 'new', cardNumber: cardNumber(), bankName: '农村信用社' };
      const nothing = await village.post(`${at}/account`, {});
      expect([nothing.status, nothing.body.includes('请选钱打到哪里')]).toEqual([422, true]);
      const none = await village.post(`${at}/account`, { account: 'none' });
      expect([none.status, none.body.includes('请选一张卡，或者填一张新的')]).toEqual([422, true]);
      const stranger = await village.post(`${at}/account`, { ...card, holderName: '另一个人' });
      expect([stranger.status, stranger.body.includes('不能打到别人的卡上')]).toEqual([422, true]);
      expect((await village.post(`${at}/account`, card)).status).toBe(303);
      const named = await village.get(at);
      expect(named.body).toContain('农村信用社 尾号');
      expect(named.body).not.toContain(`href="${at}/account"`);
      expect((await desk.secretary.get(at)).body).toContain('登记家庭的收款账户');

      const other = await givenRelief(ground, { card: false });
      const payeeAccountId = await newCard(ground, other.home, other.personId);
      const client = await homeProgram('clerk');
      const unread = await client.post(`/relief/${other.reliefId}/account`, { payeeAccountId: 'x' });
      expect([unread.status, unread.code]).toEqual([422, 'INVALID_INPUT']);
      const set = await client.post(`/relief/${other.reliefId}/account`, { payeeAccountId });
      expect([set.status, set.body]).toEqual([200, { reliefId: other.reliefId }]);
      const theirs = await (
        await program('clerk')
      ).post(`/relief/${other.reliefId}/account`, { payeeAccountId });
      expect([theirs.status, theirs.code]).toEqual([409, 'ONLY_THE_HOME']);
      await village.get(`/s/relief/${other.reliefId}/account`);
      const same = await village.post(`/s/relief/${other.reliefId}/account`, { account: payeeAccountId });
      expect([same.status, same.body.includes('登记的就是这张卡')]).toEqual([422, true]);
      const fixed = await givenRelief(ground, { at: 'PANEL' });
      const late = await client.post(`/relief/${fixed.reliefId}/account`, {
        payeeAccountId: await newCard(ground, fixed.home, fixed.personId),
      });
      expect([late.status, late.code]).toEqual([409, 'RELIEF_ACCOUNT_FIXED']);
    });

    it('decides on less than was advanced, and says on each page what comes back', async () => {
      const made = await givenUpheld(ground, 6_944_400);
      await recheck(ground, made, 10_000_000);
      const at = `/s/relief/${made.reliefId}`;
      const panel = await desk.secretary.get(`${at}/panel`);
      for (const words of ['60,000.00 元', '69,444.00 元', '9,444.00 元，批准以后要求退回', '谁要回避'])
        expect(panel.body).toContain(words);
      await openPanel(ground, made);
      await vote(ground, made, 'YYYYY');
      expect((await desk.secretary.get(at)).body).not.toContain(`href="${at}/plan"`);
      await hang(ground, made, 'RELIEF_PRE');
      const chair = await visitorAs('chair'); // the notice has moved the clock past the end of the session
      const approval = await chair.get(`${at}/approval`);
      for (const words of ['批准，不用再付', '9,444.00 元，批准以后要求退回'])
        expect(approval.body).toContain(words);
      expect((await chair.post(`${at}/approval`, {})).status).toBe(303);
      const page = await (await visitorAs('secretary')).get(at);
      for (const words of ['待退款', '先行拨付的比批准的多', '9,444.00', '/s/recoveries/'])
        expect(page.body).toContain(words);
    });

    it('says of a file that lapsed what was advanced, and what of it is asked back', async () => {
      const made = await givenUpheld(ground, 6_944_400);
      await sendBack(ground, made);
      await letTimePass(ground);
      const page = await (await visitorAs('secretary')).get(`/s/relief/${made.reliefId}`);
      expect(page.body).toContain('付出 69,444.00 元，要求退回 69,444.00 元，已退 0.00 元');
      expect(page.body).toContain('最后没有获得救助');
    });

    it('leads whoever may open them to the hospitals that are paid to', async () => {
      const link = 'href="/s/payments/institutions"';
      for (const visitor of [desk.clerk, desk.secretary, desk.supervisor])
        expect((await visitor.get('/s/relief?view=all')).body).toContain(link);
      for (const visitor of [desk.reviewer, village])
        expect((await visitor.get('/s/relief?view=all')).body).not.toContain(link);
      expect((await desk.clerk.get('/s/payments/institutions')).status).toBe(200);
    });

    it('ends by either side before money left, and goes to another home', async () => {
      const [one, other] = [await givenRelief(ground), await givenRelief(ground, { at: 'PANEL' })];
      expect((await village.get(`/s/relief/${other.reliefId}/ending`)).body).toContain(
        '正在进行的评审会作废',
      );
      const why = await village.post(`/s/relief/${other.reliefId}/ending`, {});
      expect([why.status, why.body.includes('请选为什么结束')]).toEqual([422, true]);
      expect((await village.post(`/s/relief/${other.reliefId}/ending`, { reason: 'OWN_WISH' })).status).toBe(
        303,
      );
      expect(await stateOf(ground, other)).toBe('WITHDRAWN');
      const home = await givenHome(house, ground.federationId);
      const page = await desk.clerk.get(`/s/relief/${one.reliefId}/transfer`);
      expect(page.body).toContain(home.societyId);
      const to = { toSocietyId: home.societyId };
      expect((await desk.clerk.post(`/s/relief/${one.reliefId}/transfer`, to)).status).toBe(303);
      expect((await village.get(`/s/relief/${one.reliefId}`)).status).toBe(404);
      const ended = await (
        await program('clerk')
      ).post(`/relief/${one.reliefId}/ending`, { reason: 'DUPLICATE' });
      expect([ended.status, await stateOf(ground, one)]).toEqual([200, 'TERMINATED']);
    });

    it('keeps from whoever is tied to the applicant the form and the words', async () => {
      const made = await givenRelief(ground, { at: 'SUBMITTED', story: '只有不相干的人能看的话' });
      const known = await house.get(ReliefQueries).relief(ground.federationId, made.reliefId);
      await house.get(PeopleService).declareKin(by(ground, 'clerk'), {
        ...{ personId: known.applicantId, relativeId: ground.at.clerk.personId, relation: 'COLLATERAL_3' },
        isGuardian: false,
      });
      const page = await desk.clerk.get(`/s/relief/${made.reliefId}`);
      expect([page.status, page.body.includes('只有不相干的人能看的话')]).toEqual([200, false]);
      const form = await desk.clerk.get(`/s/relief/${made.reliefId}/policies`);
      expect([form.status, form.body.includes('您和申请人有关系')]).toEqual([409, true]);
      expect((await desk.secretary.get(`/s/relief/${made.reliefId}`)).body).toContain('吴*（');
    });

    it('shows where no fund stands above', async () => {
      const alone = await givenHome(house, null);
      const visitor = await signedIn(house, await loginOf(alone.at.secretary));
      expect((await visitor.get('/s/relief/new')).body).toContain('上级还没有慈善总会');
      expect((await visitor.get('/s/relief')).body).not.toContain('申请基金救助</a>');
      expect(PAPERS.length).toBeGreaterThan(0);
    });
  });
});
