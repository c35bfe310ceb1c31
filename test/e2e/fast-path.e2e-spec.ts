import { randomUUID } from 'node:crypto';
import { LedgerQueries } from '../../src/ledger/index.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { boardSays, givenApproved, givenFastPath, openFast } from '../support/fast-path.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

/** Over HTTP: by forms as a browser without script sends them, and as a program. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let visitors: Map<Post, FormVisitor>;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house);
    visitors = new Map();
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const at = async (post: Post): Promise<FormVisitor> => {
    const known = visitors.get(post) ?? (await signedIn(house, village.at[post].login));
    visitors.set(post, known);
    return known;
  };
  const pageOf = ({ number }: GivenCase) => `/s/cases/${number}/fast-path`;
  /** What the page says to this officer, after the words that it must hold. */
  const open = async (post: Post, url: string, words: readonly string[] = []): Promise<string> => {
    const { status, body } = await (await at(post)).get(url);
    expect([url, status, words.filter((each) => !body.includes(each))]).toEqual([url, 200, []]);
    return body;
  };
  const send = async (post: Post, url: string, fields: Record<string, string>) =>
    (await at(post)).post(url, { submission_id: randomUUID(), ...fields });
  const sign = async (post: Post, made: GivenCase, answer: 'yes' | 'no') => {
    const body = await open(post, pageOf(made));
    const [, fastPathId = ''] = /name="fastPathId" value="([^"]+)"/.exec(body) ?? [];
    return send(post, `${pageOf(made)}/signatures`, { fastPathId, answer });
  };
  const fund = () => house.get(LedgerQueries).fund(village.societyId);

  describe('the page', () => {
    it('leads from 核实 to 追认, each of the three on an own account', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const page = pageOf(made);
      expect(await open('secretary', `/s/cases/${made.number}`, ['紧急快办', '请大家表决'])).toContain(page);
      await open('secretary', page, [
        '为什么等不得表决？',
        '危及生命',
        '没有住处',
        '1,000 元以内可以紧急快办',
        '5 个工作日内请理事会追认',
        '发起紧急快办',
      ]);
      const missing = await send('secretary', page, {});
      expect([missing.status, missing.body.includes('请选为什么等不得表决')]).toEqual([422, true]);
      const opened = await send('secretary', page, { risk: 'LIFE' });
      expect([opened.status, opened.location]).toEqual([303, page]);

      await open('secretary', page, ['等三人签', '周明（您）：同意', '王大山：还没签', '还剩 2 小时']);
      await open('chair', '/s', ['三人没签完', '签了 1/3', '看紧急快办']);
      await open('chair', page, ['您同意，就是批准付这笔钱', '不同意，改请理事表决']);
      expect((await sign('chair', made, 'yes')).status).toBe(303);
      expect(await open('chair', page, ['王大山（您）：同意'])).not.toContain('name="answer"');
      await open('supervisor', page, ['会签表示您看过、没有理由叫停；批准付钱的是理事长和秘书长', '叫停']);
      expect((await sign('supervisor', made, 'yes')).status).toBe(303);

      await open('supervisor', page, ['三人都签了，等理事追认', '褚正（您）：会签', '限 5 个工作日']);
      await open('secretary', '/s', ['理事会没追认', '请理事追认', '没打款']);
      const asking = await open('secretary', page, ['请理事追认', '不用回避']);
      expect(asking).toContain(`${page}/ratification`);
      const asked = await send('secretary', `${page}/ratification`, { 'recusals[]': '' });
      expect([asked.status, asked.location]).toEqual([303, expect.stringMatching(/^\/s\/rounds\//)]);
      await open('third', asked.location, ['追认紧急快办', '危及生命']);
      expect(await open('secretary', page, ['看追认的表决'])).not.toContain(`action="${page}/ratification"`);
      await open('third', '/s', ['追认紧急快办', '投了 0/5']);
    });

    it('D4-74 is stopped by the supervisor, and leads to the board', async () => {
      const made = await givenFastPath(village);
      expect((await sign('supervisor', made, 'no')).status).toBe(303);
      await open('supervisor', pageOf(made), ['有人不同意，已停下', '褚正（您）：叫停', '请大家表决']);
      const body = await open('secretary', pageOf(made), ['已经有人不同意，不能再快办']);
      expect(body).not.toContain('发起紧急快办');
      expect(body).toContain(`/s/cases/${made.number}/rounds/new`);
    });

    it('says why not, and what to do instead, where it may not be taken', async () => {
      const late = await givenCase(village, { at: 'PAID' });
      const made = await givenCase(village, { at: 'VERIFIED' });
      const large = await givenCase(village, { at: 'VERIFIED', amountFen: 100_001 });
      house.clock.advance({ days: 20 });
      await open('secretary', `/s/cases/${made.number}`, ['紧急快办（现在不能办，看原因）']);
      await open('secretary', pageOf(made), [
        `1 件过了时限还没补齐材料（${late.number}）`,
        '请先补齐这些材料',
      ]);
      expect(await open('secretary', `/s/cases/${large.number}`)).not.toContain('fast-path');
      const before = await fund();
      const sent = await send('secretary', pageOf(made), { risk: 'LIFE' });
      expect([sent.status, sent.body.includes('PAPERS_OVERDUE')]).toEqual([409, true]);
      expect(await fund()).toEqual(before);
    });

    it('D4-68 says that the money stays, who reviews it, and by whom it can be lifted', async () => {
      const made = await givenApproved(village);
      await boardSays(village, made, 'no');
      await open('secretary', pageOf(made), [
        '理事会没有追认，等镇联合社复核',
        '钱不追回',
        '不能再签紧急快办',
      ]);
      const next = await givenCase(village, { at: 'VERIFIED' });
      await open('secretary', pageOf(next), [
        '现任理事长签过的一件紧急快办没有得到理事会追认',
        '请镇联合社复核',
      ]);
    });

    it('gives the buttons to the three alone, and the form to the secretary-general', async () => {
      const made = await givenFastPath(village);
      for (const post of ['deputy', 'third', 'clerk', 'secretary'] as const)
        expect(await open(post, pageOf(made))).not.toContain('name="answer"');
      await open('deputy', pageOf(made));
      const foreign = await send('deputy', `${pageOf(made)}/signatures`, {
        fastPathId: made.fastPathId,
        answer: 'yes',
      });
      expect([foreign.status, foreign.body.includes('NOT_YOUR_SIGNATURE')]).toEqual([403, true]);
      for (const post of ['cashier', 'accountant', 'informant'] as const)
        expect((await (await at(post)).get(pageOf(made))).status).toBe(403);
      const verified = await givenCase(village, { at: 'VERIFIED' });
      await open('clerk', pageOf(verified));
      expect((await send('clerk', pageOf(verified), { risk: 'LIFE' })).status).toBe(403);
    });

    it('never shows a name in full of whom the money is for', async () => {
      const made = await givenApproved(village);
      for (const post of ['secretary', 'chair', 'third'] as const)
        expect(await open(post, pageOf(made), ['范*河'])).not.toContain('范长河');
    });

    it('is in time to the last minute, and says when it is over', async () => {
      const made = await givenFastPath(village);
      house.clock.advance({ hours: 2 });
      expect(await open('chair', pageOf(made))).not.toContain('name="answer"');
      const sent = await send('chair', `${pageOf(made)}/signatures`, {
        fastPathId: made.fastPathId,
        answer: 'yes',
      });
      expect([sent.status, sent.body.includes('SIGNING_TIME_OVER')]).toEqual([409, true]);
    });

    it('D4-69 is not there for another society', async () => {
      const made = await givenFastPath(village);
      const other = await givenVillage(house);
      const stranger = await signedIn(house, other.at.secretary.login);
      expect((await stranger.get(pageOf(made))).status).toBe(404);
    });
  });

  describe('a program', () => {
    const program = (post: Post): Promise<ApiClient> => api(house, village.at[post].login);

    it('opens, signs, asks and reads', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const secretary = await program('secretary');
      const url = `/cases/${made.caseId}/fast-path`;
      expect((await secretary.get(url)).code).toBe('FAST_PATH_NOT_FOUND');
      const opened = await secretary.post(url, { risk: 'SHELTER' });
      expect([opened.status, typeof opened.body['dueAt']]).toEqual([201, 'string']);
      const signatures = `/fast-paths/${String(opened.body['fastPathId'])}/signatures`;
      const first = await (await program('chair')).post(signatures, { answer: 'yes' });
      expect([first.status, first.body['state']]).toEqual([200, 'OPEN']);
      const key = randomUUID();
      const supervisor = await program('supervisor');
      const last = await supervisor.post(signatures, { answer: 'yes' }, key);
      expect(last.body['state']).toBe('APPROVED');
      expect((await supervisor.post(signatures, { answer: 'yes' }, key)).body).toEqual(last.body);
      const asked = await secretary.post(`${url}/ratification`, { recusals: [] });
      expect(asked.status).toBe(201);
      expect((await secretary.get(url)).body).toMatchObject({
        caseId: made.caseId,
        risk: 'SHELTER',
        state: 'APPROVED',
        ratificationRoundId: asked.body['roundId'],
        signatures: [
          { seat: 'chair', personId: village.at.chair.personId, answer: 'yes' },
          { seat: 'secretary', answer: 'yes' },
          { seat: 'supervisor', answer: 'yes' },
        ],
      });
    });

    it.each`
      post           | body                 | status | code               | because
      ${'chair'}     | ${{ risk: 'LIFE' }}  | ${403} | ${'NOT_YOUR_PART'} | ${'only the secretary-general opens'}
      ${'secretary'} | ${{ risk: 'HASTE' }} | ${422} | ${'INVALID_INPUT'} | ${'the list of risks is closed'}
      ${'secretary'} | ${{}}                | ${422} | ${'INVALID_INPUT'} | ${'no risk was named'}
    `(
      'is told $code: $because',
      async ({ post, body, status, code }: { post: Post; body: object; status: number; code: string }) => {
        const made = await givenCase(village, { at: 'VERIFIED' });
        const answer = await (await program(post)).post(`/cases/${made.caseId}/fast-path`, body);
        expect([answer.status, answer.code]).toEqual([status, code]);
      },
    );

    it('twenty signatures of two at once approve once', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const { fastPathId } = await openFast(village, made);
      const [chair, supervisor] = [await program('chair'), await program('supervisor')];
      const path = `/fast-paths/${fastPathId}/signatures`;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 === 0 ? chair : supervisor).post(path, { answer: 'yes' }),
        ),
      );
      const said = answers.map(({ body, code }) => (code === '' ? body['state'] : code));
      expect(said.filter((each) => each === 'OPEN')).toHaveLength(1);
      expect(said.filter((each) => each === 'APPROVED')).toHaveLength(1);
      const refused = said.filter((each) => each === 'ALREADY_SIGNED' || each === 'FAST_PATH_OVER');
      expect(refused).toHaveLength(18);
      expect((await fund()).reservedFen).toBe(100_000);
    });
  });
});
