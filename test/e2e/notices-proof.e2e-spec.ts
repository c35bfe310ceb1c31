import sharp from 'sharp';
import { Timers } from '../../src/house/timers.js';
import { NoticePapers, NoticesQueries } from '../../src/notices/index.js';
import { api, listening, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { FormVisitor, multipart } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

const THURSDAY = '2026-03-05T01:00:00.000Z';
const WECHAT = 'Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.50';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind, THURSDAY);
    village = await givenVillage(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const stranger = () => new FormVisitor(house.app);
  const secretary = () => signedIn(house, village.at.secretary.login);
  const signed = () => givenCase(village, { at: 'SIGNED' });
  const paperOf = async ({ code }: GivenCase): Promise<Buffer> => {
    const notice = await house.get(NoticesQueries).findByCode(code);
    if (!notice?.issue) throw new Error('The notice was not signed');
    return house.get(NoticePapers).getPdf(notice.issue);
  };

  describe('a file that somebody doubts', () => {
    it('is looked at without an account, and the page says what is true of it', async () => {
      const grant = await signed();
      const visitor = stranger();
      const page = await visitor.get('/verify');
      expect(page.body).toContain('手里是一个 PDF 文件');
      const genuine = await visitor.upload('/verify/file', {}, { pdf: await paperOf(grant) });
      expect(genuine.status).toBe(200);
      for (const words of ['✔ 真的', grant.code, '待张贴', '内容哈希', '您的文件的 SHA-256'])
        expect(genuine.body).toContain(words);
      expect(genuine.body).not.toContain('范长河');

      await visitor.get('/verify');
      const altered = Buffer.concat([await paperOf(grant), Buffer.from(' ')]);
      const found = await visitor.upload('/verify/file', {}, { pdf: altered });
      expect(found.body).toContain('✘ 改过');
      await visitor.get('/verify');
      const unknown = await visitor.upload('/verify/file', {}, { pdf: Buffer.from('%PDF-1.4 a letter') });
      expect([unknown.status, unknown.body.includes('不是我们签发的文件')]).toEqual([200, true]);
    });

    it('is asked for again where none came: 422', async () => {
      const visitor = stranger();
      await visitor.get('/verify');
      const none = await visitor.upload('/verify/file', {}, {});
      expect([none.status, none.body.includes('请选一个 PDF 文件')]).toEqual([422, true]);
    });

    it('is looked at for a program without a token or a key', async () => {
      const grant = await signed();
      const base = await listening(house);
      const ask = async (pdf: Buffer | null) => {
        const { headers, payload } = multipart({}, pdf ? { pdf } : {});
        const url = `${base}/api/v1/notices/verify`;
        const reply = await fetch(url, { method: 'POST', headers, body: new Uint8Array(payload) });
        return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
      };
      const { status, body } = await ask(await paperOf(grant));
      expect(status).toBe(200);
      expect(body).toMatchObject({
        verdict: 'GENUINE',
        file: 'PAPER',
        notice: { code: grant.code, state: 'SIGNED' },
      });
      expect(JSON.stringify(body)).not.toContain('范');
      expect(await ask(Buffer.from('%PDF-1.4'))).toMatchObject({
        status: 200,
        body: { verdict: 'UNKNOWN', notice: null },
      });
      expect(await ask(null)).toMatchObject({ status: 422, body: { code: 'FILE_TO_VERIFY_NEEDED' } });
    });

    it('is not read beyond 4 MB, and a stranger sends one file and no more', async () => {
      const visitor = stranger();
      await visitor.get('/verify');
      const huge = await visitor.upload('/verify/file', {}, { pdf: Buffer.alloc(4_100_000, 'x') });
      expect([huge.status, huge.body.includes('超过了 4 MB')]).toEqual([422, true]);
      await visitor.get('/verify');
      const two = await visitor.upload('/verify/file', {}, { pdf: Buffer.from('a'), more: Buffer.from('b') });
      expect(two.status).toBe(413);
      await visitor.get('/verify');
      const elsewhere = await visitor.upload('/sign-in', {}, { photo: Buffer.from('a') });
      expect(elsewhere.status).toBe(401);
    });
  });

  describe('out of the phone', () => {
    it('offers the picture, the PDF, a print code and words to send on, before the posting', async () => {
      const grant = await signed();
      const { body } = await (await secretary()).get(`/s/notices/${grant.noticeId}/print`);
      for (const words of [
        `/n/${grant.code}/pages/1.png`,
        '取打印码',
        '下载 PDF',
        'A3 大张',
        '大字版',
        `点开查看：http://localhost:3000/n/${grant.code}`,
      ])
        expect(body).toContain(words);
      const [, share = ''] = /<textarea id="share"[^>]*>([^<]*)</.exec(body) ?? [];
      expect(share).toMatch(/^【.+】/);
      expect(share).not.toMatch(/范|疾病|元/);
      expect(body).not.toContain('微信里存不下 PDF');
    });

    it('says the way out of WeChat where it is opened there', async () => {
      const grant = await signed();
      const url = `/s/notices/${grant.noticeId}/print`;
      const visitor = await secretary();
      await visitor.get(url);
      const cookies = (visitor as unknown as { cookies: Record<string, string> }).cookies;
      const { body } = await house.app.inject({ url, cookies, headers: { 'user-agent': WECHAT } });
      expect(body).toContain('点右上角“···”，选“在浏览器打开”');
    });

    it('shows each page as a picture of A4, answers a second question briefly, and has no other page', async () => {
      const grant = await signed();
      const url = `/n/${grant.code}/pages/1.png`;
      const first = await house.app.inject({ url });
      expect([first.statusCode, first.headers['content-type']]).toEqual([200, 'image/png']);
      expect(await sharp(first.rawPayload).metadata()).toMatchObject({ width: 1240, height: 1754 });
      expect(first.rawPayload.length).toBeLessThan(200_000);
      expect(first.headers['x-robots-tag']).toContain('noindex');
      const headers = { 'if-none-match': String(first.headers.etag) };
      const again = await house.app.inject({ url, headers });
      expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
      for (const none of ['0.png', '2.png', '99.png', '1', '1.jpg', 'x.png', '-1.png'])
        expect((await house.app.inject({ url: `/n/${grant.code}/pages/${none}` })).statusCode).toBe(404);
      expect((await house.app.inject({ url: '/n/ZZZZZZZZ/pages/1.png' })).statusCode).toBe(404);
    });

    it('brings the paper to a computer where nobody is signed in', async () => {
      const grant = await signed();
      const visitor = await secretary();
      const print = `/s/notices/${grant.noticeId}/print`;
      await visitor.get(print);
      const made = await visitor.post(`/s/notices/${grant.noticeId}/print-codes`, {});
      expect([made.status, made.location.startsWith(`${print}?code=`)]).toEqual([303, true]);
      const { body } = await visitor.get(made.location.replace(/#.*/, ''));
      const [, code = ''] = /class="big-code">([\d ]+)</.exec(body) ?? [];
      expect(code).toMatch(/^\d{3} \d{3}$/);
      expect(made.location).not.toContain(code.replace(' ', ''));

      const computer = stranger();
      await computer.get('/p');
      const sent = await computer.post('/p', { code });
      expect([sent.status, sent.location]).toEqual([303, `/n/${grant.code}/notice.pdf`]);
      expect((await computer.get(sent.location)).type).toBe('application/pdf');

      house.clock.advance({ minutes: 11 });
      await computer.get('/p');
      const late = await computer.post('/p', { code });
      expect([late.status, late.body.includes('没有这个打印码')]).toEqual([422, true]);
      expect(late.body).toContain(`value="${code}"`);
    });

    it('takes the check code of a paper there too, and makes a guesser wait', async () => {
      const grant = await signed();
      const computer = stranger();
      for (const typed of ['', '000001', '000002', '000003', '000004']) {
        await computer.get('/p');
        await computer.post('/p', { code: typed });
      }
      await computer.get('/p');
      const waits = await computer.post('/p', { code: '000005' });
      expect([waits.status, waits.body.includes('试错的次数太多')]).toEqual([422, true]);
      await computer.get('/p');
      const paper = await computer.post('/p', { code: grant.code.toLowerCase() });
      expect(paper.location).toBe(`/n/${grant.code}/notice.pdf`);
    });

    it('makes a print code for a program, and none for a draft', async () => {
      const grant = await signed();
      const program = await api(house, village.at.secretary.login);
      const made = await program.post(`/notices/${grant.noticeId}/print-codes`, {});
      expect(made.status).toBe(200);
      expect(made.body).toMatchObject({
        code: expect.stringMatching(/^\d{6}$/) as string,
        address: 'http://localhost:3000/p',
      });
      const draft = await givenCase(village, { at: 'PAID' });
      const refused = await program.post(`/notices/${draft.noticeId}/print-codes`, {});
      expect([refused.status, refused.code]).toEqual([409, 'NOTICE_NOT_SIGNED']);
    });

    it('prints it larger, for a high wall and for weak eyes', async () => {
      const grant = await signed();
      for (const name of ['poster', 'large']) {
        const pdf = await stranger().get(`/n/${grant.code}/${name}.pdf`);
        expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
      }
    });

    it('has no file signed by machine where the house has no certificate: 404', async () => {
      const grant = await signed();
      await house.get(Timers).runDue();
      const none = await stranger().get(`/n/${grant.code}/notice-signed.pdf`);
      expect([none.status, none.body.includes('没有电子签名的文件')]).toEqual([404, true]);
      expect((await stranger().get(`/n/${grant.code}`)).body).not.toContain('带电子签名的 PDF');
    });
  });
});
