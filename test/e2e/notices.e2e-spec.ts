import { randomUUID } from 'node:crypto';
import { Timers } from '../../src/house/timers.js';
import { NoticesQueries, NoticesService, NoticeSubjects } from '../../src/notices/index.js';
import type { Worded } from '../../src/notices/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { api, signedIn } from '../support/clients.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { WORDED, wordsOf } from '../support/notices.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage, photo } from '../support/village.js';
import type { CaseWanted, GivenCase, Village } from '../support/village.js';

/** Thursday, 5 March 2026, 9:00 in China. */
const THURSDAY = '2026-03-05T01:00:00.000Z';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  const given = (wanted: CaseWanted) => givenCase(village, wanted);
  const at = (post: keyof Village['at']) => signedIn(house, village.at[post].login);
  const stranger = () => new FormVisitor(house.app);
  const page = ({ noticeId }: GivenCase) => `/s/notices/${noticeId}`;

  /** A draft about something that this test answers for. */
  const drafted = async (worded: Worded, subjectId: string = randomUUID()): Promise<string> => {
    const about = { societyId: village.societyId, subjectKind: 'test', subjectId, threadId: subjectId };
    const draft = { ...about, author: village.at.clerk, ...worded };
    return (await house.get(Transactions).run((tx) => house.get(NoticesService).draft(tx, draft))).noticeId;
  };
  const answerForTests = () => {
    const nothing = () => Promise.resolve();
    house.get(NoticeSubjects).register('test', {
      maySign: () => Promise.resolve(null),
      posted: nothing,
      ended: nothing,
      describe: () => Promise.resolve({ title: '理事会的一件事', facts: [], href: '/s' }),
    });
  };

  describe('on one morning', () => {
    beforeAll(async () => {
      house = await givenHouse(kind, THURSDAY);
      village = await givenVillage(house);
      answerForTests();
    });
    afterAll(async () => {
      await expectSound(house);
      await house.close();
    });

    it('says beside the field what is wrong, and keeps what was typed: 422', async () => {
      const grant = await given({ at: 'PAID' });
      const chair = await at('chair');
      await chair.get(page(grant));
      const past = await chair.post(`${page(grant)}/signature`, { plannedPostingOn: '2026-03-01' });
      expect([past.status, past.body.includes('计划张贴日不能早于今天')]).toEqual([422, true]);
      await chair.post(`${page(grant)}/signature`, { plannedPostingOn: '2026-03-05' });

      const secretary = await at('secretary');
      await secretary.get(`${page(grant)}/postings`);
      const early = { place: '老槐树下', postedAt: '2026-03-04T08:00' };
      const refused = await secretary.upload(`${page(grant)}/postings`, early, {});
      for (const words of ['早于签发时间', 'value="老槐树下"', 'value="2026-03-04T08:00"'])
        expect(refused.body).toContain(words);
      expect(refused.status).toBe(422);
    });

    it('D4-29 shows the chair what must come out, marked, and no way to sign', async () => {
      const subjectId = randomUUID();
      const words = wordsOf({ basis: '经理事会表决，对白血病患者张老三先行给予救助，现予公示：' });
      const noticeId = await drafted({ kind: 'GRANT_POST', words }, subjectId);
      const { body } = await (await at('chair')).get(`/s/notices/${noticeId}`);
      for (const found of ['<mark>白血病</mark>', '<mark>张老三</mark>', '依据：写了病名或诊疗情况'])
        expect(body).toContain(found);
      expect(body).not.toContain('签发公示</button>');
    });

    it('shows a draft that was taken back as such, with nothing to do', async () => {
      const subjectId = randomUUID();
      const noticeId = await drafted(WORDED.REVOCATION, subjectId);
      const series = { kind: 'REVOCATION', subjectKind: 'test', subjectId } as const;
      await house.get(Transactions).run((tx) => house.get(NoticesService).discardDraft(tx, series));
      const { body } = await (await at('chair')).get(`/s/notices/${noticeId}`);
      expect(body).toContain('已收回');
      expect(body).not.toContain('签发公示</button>');
      const chair = await api(house, village.at.chair.login);
      const signed = await chair.post(`/notices/${noticeId}/signature`, { plannedPostingOn: '2026-03-05' });
      expect([signed.status, signed.code]).toEqual([409, 'NOTICE_NOT_DRAFT']);
    });

    it('is signed by nobody else: 403; and found by no other society: 404', async () => {
      const grant = await given({ at: 'PAID' });
      const secretary = await at('secretary');
      await secretary.get(page(grant));
      const signing = { plannedPostingOn: '2026-03-05' };
      expect((await secretary.post(`${page(grant)}/signature`, signing)).status).toBe(403);
      const chair = await at('chair');
      await chair.get(page(grant));
      expect((await chair.upload(`${page(grant)}/postings`, {}, {})).status).toBe(403);
      const other = await givenVillage(house);
      const strange = await signedIn(house, other.at.chair.login);
      expect((await strange.get(page(grant))).status).toBe(404);
    });

    it('finds no draft, no code that was never given, and no file by its own key', async () => {
      const grant = await given({ at: 'PAID' });
      for (const url of ['/n/K7M4Q2XD', '/n/x', `/n/${grant.noticeId}`, '/b/K7M4Q2XD'])
        expect((await stranger().get(url)).status).toBe(404);
      expect((await stranger().get(page(grant))).status).toBe(303);
    });

    it('D4-33 reads the number of the case alone where publication was refused', async () => {
      const grant = await given({ at: 'RUNNING', consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'] });
      for (const url of [`/n/${grant.code}`, `/b/${village.boardCode}`]) {
        const { body } = await stranger().get(url);
        expect(body).toContain(`案号${grant.number}`);
        expect(body).not.toMatch(/范\*河|三组/);
      }
    });

    it('checks a paper by its number and code', async () => {
      const grant = await given({ at: 'SIGNED' });
      const visitor = stranger();
      await visitor.get('/verify');
      const notice = await house.get(NoticesQueries).findByCode(grant.code);
      const number = notice?.issue?.number ?? '';
      const right = {
        number: number.replace('〔', '[').replace('〕', '] '),
        code: ` ${grant.code.toLowerCase()} `,
      };
      const found = await visitor.post('/verify', right);
      expect([found.status, found.location]).toEqual([303, `/n/${grant.code}`]);
      await visitor.get('/verify');
      const wrong = await visitor.post('/verify', { ...right, number: number.replace('2026', '2025') });
      expect([wrong.status, wrong.body.includes('这张公示就不是真的')]).toEqual([422, true]);
      const empty = await visitor.post('/verify', { number: '', code: '' });
      expect([empty.status, empty.body.includes('请填写文号')]).toEqual([422, true]);
    });

    it('is signed and posted by a program, once for one key', async () => {
      const grant = await given({ at: 'PAID' });
      const path = `/notices/${grant.noticeId}`;
      const chair = await api(house, village.at.chair.login);
      const key = randomUUID();
      const first = await chair.post(`${path}/signature`, { plannedPostingOn: '2026-03-05' }, key);
      const again = await chair.post(`${path}/signature`, { plannedPostingOn: '2026-03-05' }, key);
      expect([first.status, again.body]).toEqual([200, first.body]);
      expect(first.body['number']).toMatch(/^柳溪救公〔2026〕\d号$/);
      const other = await chair.post(`${path}/signature`, { plannedPostingOn: '2026-03-06' }, key);
      expect([other.status, other.code]).toEqual([422, 'KEY_USED_OTHERWISE']);
      const twice = await chair.post(`${path}/signature`, { plannedPostingOn: '2026-03-05' });
      expect([twice.status, twice.code]).toEqual([409, 'NOTICE_NOT_DRAFT']);

      const secretary = await api(house, village.at.secretary.login);
      const posting = { place: '村委会公示栏', postedAt: '2026-03-05T01:00:00Z' };
      const posted = await secretary.upload(`${path}/postings`, posting, { photo: await photo() });
      expect(posted.body).toEqual({ state: 'RUNNING', firstDay: '2026-03-06', lastDay: '2026-03-12' });
      const read = await secretary.get(path);
      expect(read.body).toMatchObject({
        state: 'RUNNING',
        number: first.body['number'],
        place: '村委会公示栏',
      });
      const { items } = (await secretary.get('/notices')).body as { items: { id: string }[] };
      expect(items[0]?.id).toBe(grant.noticeId);
    });

    it.each`
      worded                  | words                                                                      | never
      ${WORDED.RELIEF_PRE}    | ${['救助事前公示', '张*三（柳溪村三组）', '突发疾病，拟给予救助']}         | ${/已拨付/}
      ${WORDED.RELIEF_RESULT} | ${['救助结果公示', '张*三（柳溪村三组）', '突发疾病，救助款已拨付']}       | ${/拟给予/}
      ${WORDED.REJECTION}     | ${['不予救助公示', '案号2026-0012', '突发疾病，不予救助']}                 | ${/张\*三|三组/}
      ${WORDED.REVOCATION}    | ${['撤销（变更）救助公示', '张*三（柳溪村三组）', '突发疾病，撤销并追回']} | ${/户内未成年人/}
      ${WORDED.RESOLUTION}    | ${['决议公示', '案号2026-0012', '核销未追回的救助款']}                     | ${/张\*三|三组/}
    `(
      'shows a $worded.kind on every page for what it is',
      async ({ worded, words, never }: { worded: Worded; words: string[]; never: RegExp }) => {
        const noticeId = await drafted(worded);
        const chair = await at('chair');
        const url = `/s/notices/${noticeId}`;
        const says = (body: string, wanted: string[], own = true) => {
          for (const each of wanted) expect(body).toContain(each);
          if (own) expect(body).not.toMatch(never);
          expect(body).not.toMatch(/张老三|张小宝|<d[dt][^>]*>\s*<\/d[dt]>|<td[^>]*>\s*<\/td>/);
        };
        says((await chair.get('/s/notices')).body, words, false);
        says((await chair.get(url)).body, words);
        await chair.post(`${url}/signature`, { plannedPostingOn: '2026-03-05' });
        const secretary = await at('secretary');
        says((await secretary.get(`${url}/print`)).body, words.slice(0, 1));
        await secretary.get(`${url}/postings`);
        const posting = { place: '村委会公示栏', postedAt: '2026-03-05T09:00' };
        await secretary.upload(`${url}/postings`, posting, { photo: await photo() });
        says((await stranger().get(`/b/${village.boardCode}`)).body, words, false);
        const { issue } = await house.get(NoticesQueries).notice(village.societyId, noticeId);
        const shown = await stranger().get(`/n/${issue?.code ?? ''}`);
        says(shown.body, [...words.slice(0, 1), issue?.number ?? '', '✔ 这张公示是真的']);
      },
    );
  });

  describe('as the days pass', () => {
    beforeEach(async () => {
      house = await givenHouse(kind, THURSDAY);
      village = await givenVillage(house);
    });
    afterEach(async () => {
      await expectSound(house);
      await house.close();
    });

    it('is signed, printed, posted, photographed and archived by pages alone', async () => {
      const grant = await given({ at: 'PAID' });
      const chair = await at('chair');
      expect((await chair.get('/s/notices')).body).toContain('待签发');
      const draft = await chair.get(page(grant));
      for (const words of ['待签发的公示', '范*河', '（签发时编号）', '计划哪天张贴？', 'value="2026-03-05"'])
        expect(draft.body).toContain(words);
      expect(draft.body).not.toContain('范长河');
      const signing = { plannedPostingOn: '2026-03-06' };
      expect((await chair.post(`${page(grant)}/signature`, signing)).location).toBe(page(grant));

      const secretary = await at('secretary');
      const print = await secretary.get(`${page(grant)}/print`);
      for (const words of ['下载 PDF', '实际大小', '45 毫米', '柳溪救公〔2026〕1号', '计划3月7日至3月13日'])
        expect(print.body).toContain(words);
      const pdf = await secretary.get(`${page(grant)}/notice.pdf`);
      expect([pdf.type, pdf.bytes.subarray(0, 8).toString()]).toEqual(['application/pdf', '%PDF-1.7']);

      const form = await secretary.get(`${page(grant)}/postings`);
      for (const words of ['贴在哪里？', '村委会公示栏', '拍张照证明已张贴'])
        expect(form.body).toContain(words);
      house.clock.advance({ minutes: 10 });
      const posting = { place: '村委会公示栏', postedAt: '2026-03-05T09:05' };
      const posted = await secretary.upload(`${page(grant)}/postings`, posting, { photo: await photo() });
      expect([posted.status, posted.location]).toEqual([303, page(grant)]);
      const running = await secretary.get(page(grant));
      for (const words of ['公示中', '（03-06 至 03-12）', '张贴照片 03-05', '打印公示单'])
        expect(running.body).toContain(words);

      house.clock.moveTo('2026-03-12T16:00:00.000Z');
      await house.get(Timers).runDue();
      const later = await at('secretary');
      const over = await later.get(page(grant));
      expect(over.body).toContain('期满了，再拍一张照');
      const archived = await later.upload(`${page(grant)}/archive`, {}, { photo: await photo() });
      expect([archived.status, archived.location]).toEqual([303, page(grant)]);
      expect((await later.get(page(grant))).body).toContain('期满照片');
    });

    it('D4-28 shows a posting without its photo in red, and takes the photo later', async () => {
      const grant = await given({ at: 'SIGNED' });
      const secretary = await at('secretary');
      await secretary.get(`${page(grant)}/postings`);
      const posting = { place: '村委会公示栏', postedAt: '2026-03-05T09:00' };
      await secretary.upload(`${page(grant)}/postings`, posting, {});
      house.clock.advance({ days: 2 });
      const later = await at('secretary');
      const waiting = await later.get(page(grant));
      for (const words of ['已张贴', '还没有张贴照片，公示期没有开始']) expect(waiting.body).toContain(words);
      const none = await later.upload(`${page(grant)}/posting-photo`, {}, {});
      expect([none.status, none.body.includes('请拍一张照片再交')]).toEqual([422, true]);
      await later.upload(`${page(grant)}/posting-photo`, {}, { photo: await photo() });
      expect((await later.get(page(grant))).body).toContain('3月8日起公示（03-08 至 03-14）');
    });

    it('sees what is signed, whether it is genuine, and how long it runs, without signing in', async () => {
      const grant = await given({ at: 'RUNNING' });
      house.clock.advance({ days: 2 });
      const { status, body } = await stranger().get(`/n/${grant.code.toLowerCase()}`);
      const headers = (await house.app.inject({ url: `/n/${grant.code}` })).headers;
      expect(headers['x-robots-tag']).toContain('noindex');
      expect(status).toBe(200);
      for (const words of [
        '✔ 这张公示是真的（编号、内容哈希一致，第 1 版）',
        '还剩 5 天（03-06 至 03-12）',
        '柳溪救公〔2026〕1号',
        '范*河',
        '人民币壹仟元整（¥1,000.00）',
        '扫一扫：验真伪',
        '0000-1234567',
        'PDF 的 SHA-256',
        '村委会公示栏',
      ])
        expect(body).toContain(words);
      expect(body).not.toContain('范长河');
      const pdf = await stranger().get(`/n/${grant.code}/notice.pdf`);
      expect(pdf.type).toBe('application/pdf');
      const picture = await stranger().get(`/n/${grant.code}/photos/1`);
      expect(picture.type).toBe('image/jpeg');
      for (const none of ['photos/2', 'photos/0', 'photos/x'])
        expect((await stranger().get(`/n/${grant.code}/${none}`)).status).toBe(404);
    });

    it('reads the board: what runs first, then what has ended', async () => {
      await given({ at: 'ENDED' });
      await given({ at: 'RUNNING' });
      await given({ at: 'SIGNED' });
      const { body } = await stranger().get(`/b/${village.boardCode}`);
      const [running, ended] = [body.indexOf('〔2026〕2号'), body.indexOf('〔2026〕1号')];
      expect(running).toBeGreaterThan(0);
      expect(ended).toBeGreaterThan(running);
      expect(body).not.toContain('〔2026〕3号'); // signed, but nobody has posted it
      expect(body).toContain('柳溪镇民政办');
      expect(body).not.toContain('范长河');
    });
  });
});
