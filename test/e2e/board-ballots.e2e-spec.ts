import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import type { RoundView } from '../../src/board/index.js';
import { aPhoto, castOwn, givenBoard, givenRound, registerSubject, timesTold } from '../support/board.js';
import type { Board } from '../support/board.js';
import { kinds } from '../support/databases.js';
import { FormVisitor, multipart } from '../support/form-visitor.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';

const PASSWORD = '柳溪村头三棵老槐树下';
const UNCONFIRMED = '电话·由秘书长代录·待本人确认';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let board: Board;
  let secretary: FormVisitor;
  let login: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    registerSubject(house);
  });
  beforeEach(async () => {
    board = await givenBoard(house);
    login = await givenAccount(board.secretary.personId ?? '');
    secretary = await signedIn(login);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  async function givenAccount(personId: string): Promise<string> {
    const name = `u${randomUUID().slice(0, 8)}`;
    const admin = callerOf({ accountId: randomUUID(), roles: ['system-admin'] });
    const account = { societyId: board.societyId, personId, login: name, password: PASSWORD };
    await house.get(AccessService).openAccount(admin, account);
    return name;
  }
  async function signedIn(name: string): Promise<FormVisitor> {
    const visitor = new FormVisitor(house.app);
    expect((await visitor.signIn(name, PASSWORD)).status).toBe(303);
    return visitor;
  }
  const personOf = (director: number) => board.directors[director]?.personId ?? '';

  /** The links that the page shows once, in the order of the directors. */
  async function makeLinks(roundId: string, directors: readonly number[]): Promise<string[]> {
    await secretary.get(`/s/rounds/${roundId}/links`);
    const { status, body } = await secretary.post(`/s/rounds/${roundId}/links`, {
      'directorIds[]': directors.map(personOf),
    });
    expect(status).toBe(200);
    return [...body.matchAll(/\/v\/([\w-]{43})/g)].map(([, token]) => `/v/${token ?? ''}`);
  }

  describe('a director with a link and no account', () => {
    it('sees who he is, what it is about, how it stands; looking does not vote', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const [link = ''] = await makeLinks(roundId, [0]);
      const director = new FormVisitor(house.app);
      for (let i = 0; i < 3; i++) await director.get(link);
      const { status, body } = await director.get(link);
      expect(status).toBe(200);
      for (const words of [
        '王*山理事，您好',
        '张*三（三组）',
        '1,000.00 元',
        '理事5人，回避1人，应到4人，需3人到会，到会的2/3同意才通过；现在：到0人',
        '2026年3月3日（周二）09:00（还剩 24 小时）',
        '您还没有投',
        '是亲属或有欠款？',
        '电话',
      ])
        expect(body).toContain(words);
      for (const { name } of board.directors) expect(body).not.toContain(name);
      expect(body).not.toContain('/s/cases');
    });

    it('votes with one tap, changes it, and the last one ends the round', async () => {
      const roundId = await givenRound(house, board, { recused: 2 });
      const [first = '', second = '', third = ''] = await makeLinks(roundId, [0, 1, 2]);
      const vote = async (link: string, choice: string) => {
        const director = new FormVisitor(house.app);
        await director.get(link);
        const done = await director.post(`${link}/ballot`, { choice, why: '' });
        expect([done.status, done.location]).toEqual([303, link]);
        return director;
      };
      const director = await vote(first, 'yes');
      expect((await director.get(first)).body).toContain('您投了“同意”');
      await director.post(`${first}/ballot`, { choice: 'no', why: '去年救过' });
      const { body } = await director.get(first);
      expect(body).toContain('您投了“不同意”');
      expect(body).not.toContain('去年救过');
      await vote(second, 'yes');
      const last = await vote(third, 'yes');
      const over = await last.get(third);
      expect(over.status).toBe(410);
      expect(over.body).toContain('这一轮表决已经结束');
      expect(over.body).toContain('结果：通过');
      expect(await timesTold(house, roundId)).toBe(1);

      const late = await director.post(`${first}/ballot`, { choice: 'yes' }); // his page is older than the end
      expect([late.status, late.body.includes('这一轮表决已经结束')]).toEqual([410, true]);

      const page = await secretary.get(`/s/rounds/${roundId}`);
      expect(page.body).toContain('不同意（链接）；先前：同意（链接');
      const reasons = await secretary.get(`/s/rounds/${roundId}/reasons`);
      expect(reasons.body).toContain('去年救过');
    });

    it('stands aside, and then has no ballot', async () => {
      const roundId = await givenRound(house, board);
      const [link = ''] = await makeLinks(roundId, [3]);
      const director = new FormVisitor(house.app);
      const elsewhere = new FormVisitor(house.app);
      await elsewhere.get(link);
      await director.get(link);
      const missing = await director.post(`${link}/recusal`, { reason: '' });
      expect([missing.status, missing.body.includes('请选回避的原因')]).toEqual([422, true]);
      expect((await director.post(`${link}/recusal`, { reason: 'CREDITOR' })).status).toBe(303);
      const { body } = await director.get(link);
      expect(body).toContain('您已经回避，这一轮没有您的票');
      const late = await elsewhere.post(`${link}/ballot`, { choice: 'yes' });
      expect([late.status, late.body.includes('已经回避，不能再投票')]).toEqual([409, true]);
    });

    it('that is unknown, revoked or too late is told why, and whom to phone', async () => {
      const roundId = await givenRound(house, board);
      const [old = ''] = await makeLinks(roundId, [0]);
      const [link = ''] = await makeLinks(roundId, [0]);
      const director = new FormVisitor(house.app);
      const unknown = await director.get(`/v/${'x'.repeat(43)}`);
      expect([unknown.status, unknown.body.includes('没有这条投票链接')]).toEqual([404, true]);
      const revoked = await director.get(old);
      expect([revoked.status, revoked.body.includes('这条链接已经换成新的')]).toEqual([410, true]);
      expect(revoked.body).toContain(`href="tel:`);
      await director.get(link);
      house.clock.advance({ hours: 24 });
      const late = await director.post(`${link}/ballot`, { choice: 'yes' });
      expect([late.status, late.body.includes('已经过了截止时间')]).toEqual([410, true]);
      expect(late.body).toContain(`href="tel:`);
    });

    it('sends no form without its token against forgery, and no choice that is none', async () => {
      const roundId = await givenRound(house, board);
      const [link = ''] = await makeLinks(roundId, [0]);
      const director = new FormVisitor(house.app);
      await director.get(link);
      expect((await director.post(`${link}/ballot`, { _csrf: 'x', choice: 'yes' })).status).toBe(403);
      await director.get(link);
      const wrong = await director.post(`${link}/ballot`, { choice: 'perhaps' });
      expect([wrong.status, wrong.body.includes('请选同意、不同意或弃权')]).toEqual([422, true]);
    });

    it('confirms what the office wrote down from the phone', async () => {
      const roundId = await givenRound(house, board);
      await secretary.get(`/s/rounds/${roundId}`);
      await secretary.post(`/s/rounds/${roundId}/ballots`, { callerId: personOf(0), said: 'yes' });
      const [link = ''] = await makeLinks(roundId, [0]);
      const director = new FormVisitor(house.app);
      expect((await director.get(link)).body).toContain('代您记了“同意”');
      await director.post(`${link}/ballot`, { choice: 'yes' });
      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain('同意（链接）；先前：同意（电话');
      expect(body).not.toContain(`同意（${UNCONFIRMED}）`);
    });
  });

  describe('the secretary', () => {
    it('sends links: ready words without a name or a cause, shown once', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await castOwn(house, board, roundId, 0, 'yes');
      const ask = await secretary.get(`/s/rounds/${roundId}/links`);
      expect(ask.body).toContain('同意（本人登录）');
      expect(ask.body.match(/type="checkbox"/g)).toHaveLength(4);
      expect(ask.body.match(/ checked/g)).toHaveLength(3);
      const nobody = await secretary.post(`/s/rounds/${roundId}/links`, {});
      expect([nobody.status, nobody.body.includes('请选至少一位理事')]).toEqual([422, true]);

      await secretary.get(`/s/rounds/${roundId}/links`);
      const form = { 'directorIds[]': [personOf(1)], submission_id: randomUUID() };
      const { body } = await secretary.post(`/s/rounds/${roundId}/links`, form);
      const [, text = ''] = /readonly>([^<]+)<\/textarea>/.exec(body) ?? [];
      expect(text.replace(/&#x27;|&quot;/g, '')).toMatch(
        /^【柳溪村“救急难”互助社】有一件急事请您表决，1,000\.00 元。点开投票（24 小时内）http:\/\/\S+\/v\/[\w-]{43}$/,
      );
      expect(body).toContain('<h2>李秀英</h2>');
      const again = await secretary.post(`/s/rounds/${roundId}/links`, form);
      expect([again.status, again.body.includes('/v/')]).toEqual([200, false]);
      expect(again.body).toContain('链接只显示一次');
    });

    it('writes down what a director said on the phone, marked as such, and takes it back', async () => {
      const roundId = await givenRound(house, board);
      await secretary.get(`/s/rounds/${roundId}`);
      const nothing = await secretary.post(`/s/rounds/${roundId}/ballots`, {});
      expect(nothing.status).toBe(422);
      expect(nothing.body).toContain('请选是哪位理事');
      expect(nothing.body).toContain('href="#callerId"');
      const ballot = { callerId: personOf(1), said: 'no' };
      expect((await secretary.post(`/s/rounds/${roundId}/ballots`, ballot)).status).toBe(303);
      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain(`不同意（${UNCONFIRMED}）`);
      await secretary.post(`/s/rounds/${roundId}/ballots`, { ...ballot, said: 'none' });
      expect((await secretary.get(`/s/rounds/${roundId}`)).body).toContain('还没投（代录的票已撤回）');
    });

    it('writes down a joint meeting with the photo of the signed minutes', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await secretary.get(`/s/rounds/${roundId}`);
      const path = `/s/rounds/${roundId}/joint-meeting`;
      const empty = await secretary.upload(path, {}, {});
      expect(empty.status).toBe(422);
      for (const words of [
        '请勾出到会签字的理事',
        '请选大家签字的结果',
        '请选谁主持',
        '请拍大家签了字的会议记录',
      ])
        expect(empty.body).toContain(words);
      const fields = {
        'presentIds[]': [0, 1, 2, 3].map(personOf),
        outcome: 'approved',
        meetingPresiderId: personOf(1),
        meetingPlace: '村委会会议室',
      };
      const deputy = await secretary.upload(path, fields, { minutes: await aPhoto() });
      expect([deputy.status, deputy.body.includes('应由理事长主持')]).toEqual([422, true]);
      expect(deputy.body).toContain('value="村委会会议室"');
      const done = await secretary.upload(
        path,
        { ...fields, meetingPresiderId: personOf(0) },
        { minutes: await aPhoto() },
      );
      expect(done.status).toBe(303);
      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain('结果：到4人（4同意 0反对 0弃权）→ 通过');
      expect(body).toContain('同意（会议，周明代录）');
    });

    it('records hands without those who have voted for themselves', async () => {
      const roundId = await givenRound(house, board);
      await castOwn(house, board, roundId, 4, 'no');
      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain('孙建国已经自己投了票，不用再记。');
      expect(body).not.toContain(`hand-${personOf(4)}`);
      const hands = Object.fromEntries([0, 1, 2, 3].map((i) => [`hand-${personOf(i)}`, 'yes']));
      const fields = { ...hands, presiderId: personOf(0), place: '' };
      const done = await secretary.upload(`/s/rounds/${roundId}/show-of-hands`, fields, {
        sheet: await aPhoto(),
      });
      expect(done.status).toBe(303);
      expect((await secretary.get(`/s/rounds/${roundId}`)).body).toContain(
        '到5人（4同意 1反对 0弃权）→ 通过',
      );
    });

    it('whose page is older than a director’s own ballot is told so beside the hands', async () => {
      const roundId = await givenRound(house, board);
      await secretary.get(`/s/rounds/${roundId}`);
      await castOwn(house, board, roundId, 4, 'no');
      const hands = JSON.stringify([{ directorId: personOf(4), choice: 'yes' }]);
      const session = await token();
      const { headers, payload } = multipart({ presiderId: personOf(0), hands }, { sheet: await aPhoto() });
      const reply = await house.app.inject({
        method: 'POST',
        url: `/api/v1/rounds/${roundId}/show-of-hands`,
        headers: { ...headers, authorization: session, 'idempotency-key': randomUUID() },
        payload,
      });
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([409, 'OWN_BALLOT_STANDS']);
    });

    it('prints the sheet to sign', async () => {
      const roundId = await givenRound(house, board);
      const sheet = await secretary.get(`/s/rounds/${roundId}/sheet.pdf`);
      expect([sheet.status, sheet.type, sheet.bytes.subarray(0, 5).toString()]).toEqual([
        200,
        'application/pdf',
        '%PDF-',
      ]);
    });

    it('D4-16 sees a round with too few left as handed to the town union', async () => {
      const roundId = await givenRound(house, board, { recused: 3 });
      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain('转镇联合社');
      expect(body).toContain('回避后只剩 2 位理事，不足 3 位，转镇联合社');
      expect(body).not.toContain('记举手表决');
      expect((await secretary.get(`/s/rounds/${roundId}/links`)).status).toBe(409);
    });
  });

  describe('a director with an account', () => {
    it('votes on the page of the round, and sees no form of the office', async () => {
      const roundId = await givenRound(house, board);
      const director = await signedIn(await givenAccount(personOf(2)));
      const { body } = await director.get(`/s/rounds/${roundId}`);
      expect(body).toContain('您的一票');
      for (const words of ['记电话里说的票', '记一事一议', '发给理事', '看不同意的理由'])
        expect(body).not.toContain(words);
      const done = await director.post(`/s/rounds/${roundId}/ballots`, { choice: 'abstain', why: '' });
      expect(done.status).toBe(303);
      const after = await director.get(`/s/rounds/${roundId}`);
      expect(after.body).toContain('弃权（本人登录）');
      expect(after.body).toContain('您投了“弃权”');
      const other = await director.post(`/s/rounds/${roundId}/ballots`, {
        callerId: personOf(3),
        said: 'yes',
      });
      expect(other.status).toBe(403);
      await director.get(`/s/rounds/${roundId}`);
      expect((await director.get(`/s/rounds/${roundId}/reasons`)).status).toBe(403);
    });
  });

  async function token(name = login): Promise<string> {
    const reply = await house.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      payload: { login: name, password: PASSWORD },
    });
    return `Bearer ${reply.json<{ token: string }>().token}`;
  }

  describe('the API', () => {
    const post = async (path: string, payload: object, authorization: string) =>
      house.app.inject({
        method: 'POST',
        url: `/api/v1/rounds/${path}`,
        headers: { authorization, 'idempotency-key': randomUUID() },
        payload,
      });

    it('casts one’s own ballot, and records another’s from the phone, marked until he confirms it', async () => {
      const roundId = await givenRound(house, board);
      const office = await token();
      const director = await token(await givenAccount(personOf(0)));
      const told = await post(`${roundId}/ballots`, { directorId: personOf(0), choice: 'yes' }, office);
      expect(told.json()).toEqual({ roundId, outcome: null, decisionNumber: null });
      const view = async () => {
        const url = `/api/v1/rounds/${roundId}`;
        return (await house.app.inject({ url, headers: { authorization: office } })).json<RoundView>();
      };
      expect((await view()).directors[0]).toMatchObject({ choice: 'yes', how: 'PHONE', unconfirmed: true });
      await post(`${roundId}/ballots`, { choice: 'no', why: '不急' }, director);
      const after = await view();
      expect(after.directors[0]).toMatchObject({ choice: 'no', how: 'OWN', unconfirmed: false });
      expect(JSON.stringify(after)).not.toContain('不急');

      const codeOf = async (reply: ReturnType<typeof post>) => (await reply).json<{ code: string }>().code;
      const ballot = { directorId: personOf(0), choice: 'yes' };
      expect(await codeOf(post(`${roundId}/ballots`, ballot, office))).toBe('OWN_BALLOT_STANDS');
      expect(await codeOf(post(`${roundId}/ballots`, { choice: 'yes' }, office))).toBe(
        'NOT_A_DIRECTOR_OF_ROUND',
      );
      const other = { directorId: personOf(1), choice: 'yes' };
      expect(await codeOf(post(`${roundId}/ballots`, other, director))).toBe('NOT_YOUR_BALLOT');
    });

    it('records a joint meeting', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const fields = {
        presiderId: personOf(0),
        presentIds: JSON.stringify([0, 1, 2, 3].map(personOf)),
        outcome: 'approved',
      };
      const { headers, payload } = multipart(fields, { minutes: await aPhoto() });
      const reply = await house.app.inject({
        method: 'POST',
        url: `/api/v1/rounds/${roundId}/joint-meeting`,
        headers: { ...headers, authorization: await token(), 'idempotency-key': randomUUID() },
        payload,
      });
      expect(reply.json()).toMatchObject({ roundId, outcome: 'approved' });
    });

    it('makes links for those who have not voted', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await castOwn(house, board, roundId, 0, 'yes');
      const reply = await post(`${roundId}/links`, {}, await token());
      const { links } = reply.json<{ links: { directorId: string; name: string; url: string }[] }>();
      expect(links.map(({ directorId }) => directorId)).toEqual([1, 2, 3].map(personOf));
      for (const { url } of links) expect(url).toMatch(/\/v\/[\w-]{43}$/);
    });
  });
});
