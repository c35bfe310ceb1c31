import { randomUUID } from 'node:crypto';
import { AccessService } from '../../src/access/index.js';
import type { RoundView } from '../../src/board/index.js';
import { aPhoto, givenBoard, givenRound, handsOf, registerSubject } from '../support/board.js';
import type { Board } from '../support/board.js';
import { kindsOverHttp } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { FormVisitor, multipart } from '../support/form-visitor.js';
import { expectSound } from '../support/sound.js';

const PASSWORD = '柳溪村头三棵老槐树下';
const LETTERS: Record<string, string> = { Y: 'yes', N: 'no', '-': 'abstain', '.': 'absent' };

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let board: Board;
  let secretary: FormVisitor;
  let login: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    registerSubject(house);
    board = await givenBoard(house);
    login = await givenAccount(board.secretary.personId ?? '');
    secretary = await signedIn(login);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  async function givenAccount(personId: string, societyId = board.societyId): Promise<string> {
    const login = `u${randomUUID().slice(0, 8)}`;
    const admin = callerOf({ accountId: randomUUID(), roles: ['system-admin'] });
    await house.get(AccessService).openAccount(admin, { societyId, personId, login, password: PASSWORD });
    return login;
  }
  async function signedIn(name: string): Promise<FormVisitor> {
    const visitor = new FormVisitor(house.app);
    expect((await visitor.signIn(name, PASSWORD)).status).toBe(303);
    return visitor;
  }
  const personOf = (director: number) => board.directors[director]?.personId ?? '';
  /** The radio buttons of the page: a letter for each director. */
  const radios = (letters: string) =>
    Object.fromEntries(
      Array.from(letters).map((letter, i) => [`hand-${personOf(i)}`, LETTERS[letter] ?? '']),
    );
  const sheet = async () => ({ sheet: await aPhoto() });

  describe('the secretary', () => {
    it('sees who may vote, the sum and how it stands', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const { status, body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(status).toBe(200);
      for (const words of [
        '请理事表决：张*三 · 突发疾病 · 1,000.00 元',
        '表决中',
        '理事5人，回避1人，应到4人，需3人到会，到会的2/3同意才通过；现在：到0人（0同意 0反对 0弃权）→ 按现在的票到会人数不够，会作废',
        '王大山',
        '回避（三代以内旁系亲属',
        '还没投',
        '2026年3月3日（周二）09:00（还剩 24 小时）',
        '还有 4 位没投，他们的票可能改变结果',
        '是，我回避',
      ])
        expect(body).toContain(words);
      expect(body.match(/name="hand-[^"]+" type="radio"/g)).toHaveLength(4 * 4); // the recused director has no hand
      expect(body).not.toContain('minutes.pdf');
    });

    it('writes down the hands with the photo of the sheet, and prints the minutes', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await secretary.get(`/s/rounds/${roundId}`);
      const fields = { ...radios('YYYY'), presiderId: personOf(0), place: '村委会会议室' };
      const done = await secretary.upload(`/s/rounds/${roundId}/show-of-hands`, fields, await sheet());
      expect([done.status, done.location]).toEqual([303, `/s/rounds/${roundId}`]);

      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain('结果：到4人（4同意 0反对 0弃权）→ 通过');
      expect(body).toMatch(/柳溪决〔2026〕\d+号/);
      expect(body).not.toContain('type="radio"');
      const minutes = await secretary.get(`/s/rounds/${roundId}/minutes.pdf`);
      expect([minutes.status, minutes.type]).toEqual([200, 'application/pdf']);
      expect(minutes.bytes.subarray(0, 5).toString()).toBe('%PDF-');
      const [, photo = ''] = /href="(\/s\/files\/[^"]+)"/.exec(body) ?? [];
      expect((await secretary.get(photo)).type).toBe('image/jpeg');
    });

    it('gets the page back with what was typed where something is missing', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await secretary.get(`/s/rounds/${roundId}`);
      const fields = { ...radios('YN-'), place: '村头大槐树下' };
      const { status, body } = await secretary.upload(`/s/rounds/${roundId}/show-of-hands`, fields, {});
      expect(status).toBe(422);
      expect(body).toContain('还有 3 处没填好');
      expect(body).toContain('请选钱桂花投了什么，没来选“没到”');
      expect(body).toContain('请选谁主持');
      expect(body).toContain('请拍签到表的照片');
      expect(body).toContain('value="村头大槐树下"');
      expect(body).toMatch(new RegExp(`name="hand-${personOf(1)}" type="radio" value="no" checked`));
      expect(body).toContain('<title>错误：');
    });

    it('is told beside the field who may preside', async () => {
      const roundId = await givenRound(house, board);
      await secretary.get(`/s/rounds/${roundId}`);
      const typed = { ...radios('YYYYY'), presiderId: personOf(1) };
      const { status, body } = await secretary.upload(
        `/s/rounds/${roundId}/show-of-hands`,
        typed,
        await sheet(),
      );
      expect(status).toBe(422);
      expect(body).toContain('理事长到会，应由理事长主持。');
      expect(body).toMatch(new RegExp(`value="${personOf(1)}" checked`));
    });

    it('notes a recusal, and the sum is counted on the rest', async () => {
      const roundId = await givenRound(house, board);
      await secretary.get(`/s/rounds/${roundId}`);
      const forgotten = await secretary.post(`/s/rounds/${roundId}/recusals`, { reason: '' });
      expect(forgotten.status).toBe(422);
      expect(forgotten.body).toContain('请选是哪位理事');
      expect(forgotten.body).toContain('请选回避的原因');
      const recusal = { directorId: personOf(4), reason: 'CREDITOR' };
      expect((await secretary.post(`/s/rounds/${roundId}/recusals`, recusal)).status).toBe(303);
      const { body } = await secretary.get(`/s/rounds/${roundId}`);
      expect(body).toContain('理事5人，回避1人，应到4人，需3人到会');
      expect(body).toContain('回避（债权债务关系）');
    });

    it('closes early only where it changes nothing', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await secretary.get(`/s/rounds/${roundId}`);
      const early = await secretary.post(`/s/rounds/${roundId}/closing`, {});
      expect(early.status).toBe(409);
      expect(early.body).toContain('还有4位理事没投，他们的票可能改变结果，现在不能结束表决。');

      await secretary.get(`/s/rounds/${roundId}`);
      const fields = { ...radios('YYY.'), presiderId: personOf(0) };
      await secretary.upload(`/s/rounds/${roundId}/show-of-hands`, fields, await sheet());
      expect((await secretary.get(`/s/rounds/${roundId}`)).body).toContain('没投的票已经不能改变结果');
      expect((await secretary.post(`/s/rounds/${roundId}/closing`, {})).status).toBe(303);
    });

    it('sends no form without its token', async () => {
      const roundId = await givenRound(house, board);
      await secretary.get(`/s/rounds/${roundId}`);
      const forged = await secretary.post(`/s/rounds/${roundId}/closing`, { _csrf: 'x' });
      expect(forged.status).toBe(403);
    });
  });

  describe('others', () => {
    it('a stranger is asked to sign in', async () => {
      const roundId = await givenRound(house, board);
      const { status, location } = await new FormVisitor(house.app).get(`/s/rounds/${roundId}`);
      expect(status).toBe(303);
      expect(location).toContain('/sign-in?next=');
    });

    it('a director stands aside, for himself only, and writes down no hands', async () => {
      const roundId = await givenRound(house, board);
      const director = await signedIn(await givenAccount(personOf(2)));
      const { body } = await director.get(`/s/rounds/${roundId}`);
      expect(body).toContain('是，我回避');
      expect(body).not.toContain('hand-');
      const hands = await director.upload(
        `/s/rounds/${roundId}/show-of-hands`,
        { ...radios('YYYYY'), presiderId: personOf(0) },
        await sheet(),
      );
      expect(hands.status).toBe(403);
      await director.get(`/s/rounds/${roundId}`);
      const other = await director.post(`/s/rounds/${roundId}/recusals`, {
        directorId: personOf(3),
        reason: 'OTHER',
      });
      expect(other.status).toBe(403);
      await director.get(`/s/rounds/${roundId}`);
      const self = await director.post(`/s/rounds/${roundId}/recusals`, {
        directorId: personOf(2),
        reason: 'OTHER',
      });
      expect(self.status).toBe(303);
    });

    it('D4-69 another society is told that there is no such round', async () => {
      const roundId = await givenRound(house, board);
      const other = await givenBoard(house);
      const foreign = await signedIn(await givenAccount(other.secretary.personId ?? '', other.societyId));
      expect((await foreign.get(`/s/rounds/${roundId}`)).status).toBe(404);
      expect((await foreign.get(`/s/rounds/${roundId}/minutes.pdf`)).status).toBe(404);
      await foreign.get('/sign-in');
      expect(
        (await foreign.post(`/s/rounds/${roundId}/closing`, { submission_id: randomUUID() })).status,
      ).toBe(404);
    });
  });

  describe('the API', () => {
    let authorization: string;

    beforeAll(async () => {
      const session = await house.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        payload: { login, password: PASSWORD },
      });
      authorization = `Bearer ${session.json<{ token: string }>().token}`;
    });
    const getRound = async (roundId: string) => {
      const reply = await house.app.inject({ url: `/api/v1/rounds/${roundId}`, headers: { authorization } });
      return reply.json<RoundView & { sum: string; mayClose: boolean }>();
    };
    const record = async (roundId: string, letters: string, key: string = randomUUID()) => {
      const fields = { presiderId: personOf(0), hands: JSON.stringify(handsOf(board, letters)) };
      const { headers, payload } = multipart(fields, await sheet());
      return house.app.inject({
        method: 'POST',
        url: `/api/v1/rounds/${roundId}/show-of-hands`,
        headers: { ...headers, authorization, 'idempotency-key': key },
        payload,
      });
    };
    const post = (path: string, payload: object) =>
      house.app.inject({
        method: 'POST',
        url: `/api/v1/rounds/${path}`,
        headers: { authorization, 'idempotency-key': randomUUID() },
        payload,
      });

    it('records a show of hands, and gives the same answer to the same key', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const before = await getRound(roundId);
      expect(before).toMatchObject({ state: 'OPEN', electors: 4, amountFen: 100_000, mayClose: false });
      const key = randomUUID();
      const first = await record(roundId, 'YYYY', key);
      expect(first.statusCode).toBe(200);
      expect(first.json()).toMatchObject({ roundId, outcome: 'approved' });
      expect((await record(roundId, 'YYYY', key)).json()).toEqual(first.json());
      const second = await record(roundId, 'YYYY');
      expect([second.statusCode, second.json<{ code: string }>().code]).toEqual([
        409,
        'ROUND_ALREADY_CLOSED',
      ]);
      expect((await getRound(roundId)).sum).toContain('→ 通过');
    });

    it('declares a recusal, and closes what may be closed', async () => {
      const roundId = await givenRound(house, board);
      const recusal = { directorId: personOf(4), reason: 'SPOUSE' };
      expect((await post(`${roundId}/recusals`, recusal)).json()).toEqual({
        roundId,
        outcome: null,
        decisionNumber: null,
      });
      const early = await post(`${roundId}/closing`, {});
      expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([
        409,
        'ROUND_CLOSED_TOO_EARLY',
      ]);
      await record(roundId, 'NNN');
      expect((await post(`${roundId}/closing`, {})).json()).toMatchObject({ outcome: 'rejected' });
    });

    it('names what it cannot read', async () => {
      const roundId = await givenRound(house, board);
      const wrong = await post(`${roundId}/recusals`, { directorId: 'x', reason: 'BECAUSE', extra: 1 });
      expect(wrong.statusCode).toBe(422);
      expect(Object.keys(wrong.json<{ errors: object }>().errors)).toEqual(
        expect.arrayContaining(['directorId', 'reason']),
      );
      const bodies = ['not json', '[{"directorId":"x","choice":"yes"}]', '[{"choice":"yes"}]', '{}'];
      for (const hands of bodies) {
        const { headers, payload } = multipart({ presiderId: personOf(0), hands }, await sheet());
        const reply = await house.app.inject({
          method: 'POST',
          url: `/api/v1/rounds/${roundId}/show-of-hands`,
          headers: { ...headers, authorization, 'idempotency-key': randomUUID() },
          payload,
        });
        expect([reply.statusCode, Object.keys(reply.json<{ errors: object }>().errors)]).toEqual([
          422,
          ['hands'],
        ]);
      }
    });
  });
});
