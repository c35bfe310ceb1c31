import { randomUUID } from 'node:crypto';
import readXlsxFile from 'read-excel-file/node';
import sharp from 'sharp';
import { ReceiptsQueries, ReceiptsService } from '../../src/donations/index.js';
import type { ReceiptRow } from '../../src/donations/index.js';
import { ApiClient, api, listening, signedIn } from '../support/clients.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kindsOverHttp } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenAsking, giverOf, settle } from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { MARKERS, markersIn, textOfPdf } from '../support/markers.js';
import { PASSWORD } from '../support/officers.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

/** A village that is named nowhere else: found on a donor's page, it has leaked. */
const SMALL = '暮色';

const COMPANY = {
  kind: 'COMPANY',
  group: 'ENTERPRISE',
  name: '演示县柳编有限公司',
  uscc: '9144030071526726XG',
} as const;

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let stranger: FormVisitor;
  let open: ApiClient;

  beforeAll(async () => {
    house = await givenHouse(kind);
    open = new ApiClient(await listening(house), null);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
    stranger = new FormVisitor(house.app);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  async function receiptOf(giftId: string): Promise<ReceiptRow> {
    const { receiptId } = await house
      .get(ReceiptsService)
      .issueReceipt(as(village, 'accountant'), { giftId });
    return house.get(ReceiptsQueries).receipt(village.societyId, receiptId);
  }
  const addressOf = ({ number, checkCode }: Pick<ReceiptRow, 'number' | 'checkCode'>) =>
    `/t?no=${number}&code=${checkCode}`;

  /** The accountant presses the button, the donor opens the link: signed in at the pages, and his login. */
  async function donorAtHome(donorId: string): Promise<{ pages: FormVisitor; login: string }> {
    const office = await signedIn(house, village.at.accountant.login);
    await office.get(`/s/donors/${donorId}/invitation`);
    const made = await office.post(`/s/donors/${donorId}/invitation`, { login: '' });
    expect(made.status).toBe(200);
    const link = /(\/link\/[\w-]+)/.exec(made.body)?.[1] ?? '';
    const login = `juanzeng${randomUUID().slice(0, 8)}`;
    const pages = new FormVisitor(house.app);
    await pages.get(link);
    const set = await pages.post(link, { login, password: PASSWORD, again: PASSWORD });
    expect([set.status, set.location]).toEqual([303, '/sign-in']);
    const home = await pages.signIn(login, PASSWORD);
    expect([home.status, home.location]).toEqual([303, '/d']);
    return { pages, login };
  }

  describe('the trace of one gift, without an account', () => {
    it('asks for number and code, and leads 500.00 to its cases', async () => {
      const giftId = await give(village, 50_000);
      await givenCase(village, { at: 'RUNNING', cause: 'FIRE', amountFen: 20_680 });
      const form = await stranger.get('/t');
      for (const words of ['查捐款去向', '票据号', '校验码', '不用登录']) expect(form.body).toContain(words);

      const receipt = await receiptOf(giftId);
      const { status, body } = await stranger.get(addressOf(receipt));
      expect(status).toBe(200);
      for (const words of [
        ...['从您的 500.00\u00a0元，到 1 户人家', '火灾', '206.80 元', '293.20 元', '救急难池'],
        ...['开票据', '理事会表决通过', '打款', '先按您指定的用途', receipt.number],
      ])
        expect(body).toContain(words);
      expect(
        (await stranger.get(`/t?no= ${receipt.number} &code=${receipt.checkCode.toLowerCase()}`)).status,
      ).toBe(200);
    });

    it('gives one and the same answer for a wrong number and a wrong code', async () => {
      const receipt = await receiptOf(await give(village, 50_000));
      const asked = [
        await stranger.get(addressOf({ ...receipt, number: '2026999999' })),
        await stranger.get(addressOf({ ...receipt, checkCode: 'WRONG9' })),
      ];
      const without = (body: string) =>
        body.replace(/name="_csrf" value="[^"]*"/g, '').replace(/value="[^"]*"/g, '');
      expect(asked.map(({ status }) => status)).toEqual([404, 404]);
      expect(without(asked[0]?.body ?? '')).toBe(without(asked[1]?.body ?? ''));
      expect(asked[0]?.body).toContain('没有号码和校验码都对得上的票据');
      const [number, code] = [
        await open.get(`/trace?number=2026999999&code=${receipt.checkCode}`),
        await open.get(`/trace?number=${receipt.number}&code=WRONG9`),
      ];
      expect([number.status, number.code, code.status, code.code]).toEqual([
        ...[404, 'TRACE_NOT_FOUND', 404, 'TRACE_NOT_FOUND'],
      ]);
    });

    it.each`
      query                            | field
      ${'no=2026000001'}               | ${'code'}
      ${'code=ABCDEF'}                 | ${'no'}
      ${`no=${'9'.repeat(60)}&code=A`} | ${'no'}
      ${'no=1&no=2&code=A'}            | ${'no'}
    `(
      'says beside $field what $query lacks: 422',
      async ({ query, field }: Record<'query' | 'field', string>) => {
        const { status, body } = await stranger.get(`/t?${query}`);
        expect(status).toBe(422);
        expect(body).toContain(`id="${field}-error"`);
      },
    );

    it('says of a red-reversed receipt that it is, and still leads the money', async () => {
      const giftId = await give(village, 50_000);
      const receipt = await receiptOf(giftId);
      await house.get(ReceiptsService).reverseReceipt(as(village, 'accountant'), {
        ...{ receiptId: receipt.id, cause: 'ERROR', reason: '抬头写错', returned: 'PAPER' },
      });
      const { status, body } = await stranger.get(addressOf(receipt));
      expect([status, body.includes('已经红冲作废')]).toEqual([200, true]);
      expect(await open.get(`/trace?number=${receipt.number}&code=${receipt.checkCode}`)).toMatchObject({
        body: { receipt: { state: 'REVERSED' }, unspentFen: 50_000 },
      });
    });

    it('answers programs with the same fen', async () => {
      const receipt = await receiptOf(await give(village, 50_000));
      await givenCase(village, { at: 'PAID', amountFen: 20_000 });
      const { status, body } = await open.get(`/trace?number=${receipt.number}&code=${receipt.checkCode}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        ...{ receivedFen: 50_000, usedFen: 20_000, unspentFen: 30_000, refundedFen: 0, holder: null },
        uses: [{ cause: '突发疾病', usedFen: 20_000, noticeNumber: null }],
      });
    });
  });

  describe('a donor with an account', () => {
    it('is let in by the accountant, and sees what he gave and what became of it', async () => {
      const donorId = await givenDonor(village);
      const giftId = await give(village, 50_000, { donorId });
      await givenCase(village, { at: 'PAID', cause: 'SCHOOLING', amountFen: 30_000 });
      const receipt = await receiptOf(giftId);
      const { pages } = await donorAtHome(donorId);
      const home = await pages.get('/d');
      for (const words of [
        ...['您一共捐了 500.00 元，用了 300.00 元，还有 200.00 元在池里', '帮助了 1 户：就学 1'],
        ...['公示和网上的收支公开里怎么署名', '下载明细', '退出'],
      ])
        expect(home.body).toContain(words);
      const gift = await pages.get(`/d/gifts/${giftId}`);
      for (const words of ['就学', '300.00 元', `下载票据 ${receipt.number}`])
        expect(gift.body).toContain(words);
      const pdf = await pages.get(`/d/receipts/${receipt.id}/receipt.pdf`);
      expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
      expect(textOfPdf(pdf.bytes)).toContain(receipt.number);
      expect((await pages.get('/')).location).toBe('/d');
    });

    it('sees nobody else’s gift, receipt or picture: 404; and whoever never gave sees none: 403', async () => {
      const [mine, his] = [await givenDonor(village), await givenDonor(village)];
      await give(village, 10_000, { donorId: mine });
      const giftId = await give(village, 20_000, { donorId: his });
      const receipt = await receiptOf(giftId);
      const { pages } = await donorAtHome(mine);
      for (const url of [
        ...[`/d/gifts/${giftId}`, `/d/gifts/${giftId}/share.png`, `/d/receipts/${receipt.id}/receipt.pdf`],
        ...[`/d/gifts/${randomUUID()}`],
      ])
        expect((await pages.get(url)).status).toBe(404);
      const officer = await signedIn(house, village.at.chair.login);
      expect((await officer.get('/d')).status).toBe(403);
      expect((await stranger.get('/d')).location).toContain('/sign-in');
      expect((await pages.get('/s/donors')).status).not.toBe(200);
    });

    it('chooses how he stands in public', async () => {
      const donorId = await givenDonor(village, { publishesName: true });
      await give(village, 10_000, { donorId });
      const { pages, login } = await donorAtHome(donorId);
      const isChecked = (body: string, value: string) => new RegExp(`value="${value}" checked`).test(body);
      expect(isChecked((await pages.get('/d')).body, 'NAME')).toBe(true);
      const changed = await pages.post('/d/signature', { signature: 'UNNAMED' });
      expect([changed.status, changed.location]).toEqual([303, '/d']);
      expect(isChecked((await pages.get('/d')).body, 'UNNAMED')).toBe(true);
      await pages.get('/d');
      const wrong = await pages.post('/d/signature', { signature: 'SHOUTED' });
      expect([wrong.status, wrong.body.includes('请选择怎么署名')]).toEqual([422, true]);
      const program = await api(house, login);
      expect(await program.post('/my-gifts/signature', { signature: 'NAME' })).toMatchObject({
        ...{ status: 200, body: { records: 1 } },
      });
      expect((await program.get('/my-gifts')).body).toMatchObject({ totals: { receivedFen: 10_000 } });
    });

    it('of a company: its code, its receipts, every line as a sheet', async () => {
      const donorId = await givenDonor(village, COMPANY);
      const giftId = await give(village, 80_000, { donorId });
      await give(village, 20_000, { donorId });
      await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 30_000 });
      await receiptOf(giftId);
      const { pages } = await donorAtHome(donorId);
      const { body } = await pages.get('/d');
      for (const words of [COMPANY.uscc, COMPANY.name, '开了 1 张，还有 1 笔待开'])
        expect(body).toContain(words);
      const statement = await pages.get(`/d/statements/${donorId}/2026/statement.pdf`);
      expect([statement.status, statement.type]).toEqual([200, 'application/pdf']);
      expect(body).toContain(`/d/statements/${donorId}/2026/statement.pdf`);
      const looks = await house.dataSource.query<{ words: string }[]>(
        `SELECT words AS "words" FROM audit_acts WHERE act = 'read' AND subject_id = ? AND society_id = ?`,
        [donorId, village.societyId],
      );
      expect(looks.map(({ words }) => words)).toEqual(['看 2026 年捐赠清单']);
      const another = await givenDonor(village);
      expect((await pages.get(`/d/statements/${another}/2026/statement.pdf`)).status).toBe(404);
      const sheet = await pages.get('/d/lines.xlsx');
      expect(sheet.status).toBe(200);
      const [first] = await readXlsxFile(sheet.bytes);
      const rows = (first?.data ?? []) as unknown[][];
      expect(rows.slice(1).map((row) => [row[5], row[7], row[8]])).toEqual([
        ['还没用', 200, null],
        ['用了', 300, '火灾'],
        ['还没用', 500, null],
      ]);
    });

    it('makes a picture without the amount, and with it only when asked', async () => {
      const donorId = await givenDonor(village);
      const giftId = await give(village, 123_456, { donorId });
      await givenCase(village, { at: 'PAID', amountFen: 30_000 });
      const { pages } = await donorAtHome(donorId);
      const [plain, again, withAmount, one] = [
        await pages.get('/d/share.png'),
        await pages.get('/d/share.png?amount=1'),
        await pages.get('/d/share.png?amount=yes'),
        await pages.get(`/d/gifts/${giftId}/share.png`),
      ];
      for (const { bytes, type } of [plain, again, withAmount, one]) {
        expect(type).toBe('image/png');
        expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1080, height: 1440 });
      }
      expect(again.bytes.equals(plain.bytes)).toBe(true);
      expect(withAmount.bytes.equals(plain.bytes)).toBe(false);
      expect((await pages.get('/d/share')).body).toContain('要显示金额的那一张');
    });
  });

  describe('a donor who is asked about another use', () => {
    const words = (html: string) => html.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

    it('finds the question at home, answers on a page of its own, and may change his mind until it is done', async () => {
      const donorId = await givenDonor(village);
      await give(village, 20_000, { donorId, intent: 'PURPOSE', purpose: '火灾' });
      const { pages, login } = await donorAtHome(donorId);
      expect((await pages.get('/d')).body).not.toContain('有一件事要您拿主意');
      const changeId = await givenAsking(village);
      const { id: giverId } = await giverOf(village, changeId, 20_000);
      const home = await pages.get('/d');
      expect(home.body).toContain(`href="/d/questions/${giverId}"`);
      for (const said of [
        ...['有一件事要您拿主意', '等您答复', '还有 200.00 元没有用完，想改作别用'],
        ...['救急难池 · 火灾 改到 救急难池', '您不说，钱就放着不动'],
      ])
        expect(words(home.body)).toContain(said);
      const page = await pages.get(`/d/questions/${giverId}`);
      expect(page.status).toBe(200);
      for (const said of ['返回我的捐赠', '同意改用', '不同意，退给我', '再想想', '没有答复不等于同意'])
        expect(words(page.body)).toContain(said);
      const wrong = await pages.post(`/d/questions/${giverId}`, { answer: 'MAYBE' });
      expect([wrong.status, wrong.body.includes('请选一个答复')]).toEqual([422, true]);
      const said = await pages.post(`/d/questions/${giverId}`, { answer: 'THINK' });
      expect([said.status, said.location]).toEqual([303, `/d/questions/${giverId}`]);
      expect(words((await pages.get(`/d/questions/${giverId}`)).body)).toContain(
        '答复：再想想。办理以前还可以改',
      );
      expect(words((await pages.get('/d')).body)).toContain('您说：再想想');

      const program = await api(house, login);
      expect((await program.get('/my-gifts')).body).toMatchObject({
        questions: [{ giverId, answer: 'THINK', frozenFen: 20_000, reason: 'SURPLUS' }],
      });
      const consent = { answer: 'CONSENT' };
      expect(await program.post(`/my-gifts/questions/${giverId}/answer`, consent)).toMatchObject({
        ...{ status: 200, body: { changeId, giverId, answer: 'CONSENT' } },
      });
      expect(await program.post(`/my-gifts/questions/${giverId}/answer`, { answer: 'MAYBE' })).toMatchObject({
        status: 422,
      });
      const office = await signedIn(house, village.at.accountant.login);
      expect(words((await office.get(`/s/donations/changes-of-use/${changeId}`)).body)).toContain('本人登录');
      await settle(village, changeId);
      const over = await pages.get(`/d/questions/${giverId}`);
      expect([over.status, words(over.body).includes('这件事已经办完了')]).toEqual([410, true]);
      await pages.get('/d');
      expect((await pages.post(`/d/questions/${giverId}`, consent)).status).toBe(410);
      expect(await program.post(`/my-gifts/questions/${giverId}/answer`, consent)).toMatchObject({
        ...{ status: 409, code: 'CHANGE_OF_USE_MOVED_ON' },
      });
      expect((await pages.get('/d')).body).not.toContain('有一件事要您拿主意');
    });

    it('D4-69 finds nobody else’s question: 404, on the page and for a program', async () => {
      const donorId = await givenDonor(village);
      await give(village, 20_000, { donorId, intent: 'PURPOSE', purpose: '火灾' });
      const changeId = await givenAsking(village);
      const { id: giverId } = await giverOf(village, changeId, 20_000);
      const { pages, login } = await donorAtHome(await givenDonor(village));
      expect((await pages.get(`/d/questions/${giverId}`)).status).toBe(404);
      await pages.get('/d');
      expect((await pages.post(`/d/questions/${giverId}`, { answer: 'CONSENT' })).status).toBe(404);
      const program = await api(house, login);
      expect(
        await program.post(`/my-gifts/questions/${giverId}/answer`, { answer: 'CONSENT' }),
      ).toMatchObject({ status: 404, code: 'USE_QUESTION_NOT_FOUND' });
      expect(await giverOf(village, changeId, 20_000)).toMatchObject({ answer: 'WAITING' });
    });
  });

  it('says why a link is not made for an account that opens more', async () => {
    const donorId = await givenDonor(village);
    const office = await signedIn(house, village.at.accountant.login);
    await office.get(`/s/donors/${donorId}/invitation`);
    const offered = await office.post(`/s/donors/${donorId}/invitation`, { login: village.at.chair.login });
    expect([offered.status, offered.body.includes('等他自己认领')]).toEqual([200, true]);
    const chair = await signedIn(house, village.at.chair.login);
    await chair.get('/d');
    expect(await chair.post(`/d/offers/${donorId}`, { answer: 'ACCEPT' })).toMatchObject({
      ...{ status: 303, location: '/d' },
    });
    await office.get(`/s/donors/${donorId}/invitation`);
    const refused = await office.post(`/s/donors/${donorId}/invitation`, { login: '' });
    expect([refused.status, refused.body.includes('这个账号在别处也有用')]).toEqual([409, true]);
    const another = await givenDonor(village);
    await office.get(`/s/donors/${another}/invitation`);
    const wrong = await office.post(`/s/donors/${another}/invitation`, { login: 'meiyouzhegeren' });
    const plain = (body: string) => body.replace(/name="(_csrf|submission_id)" value="[^"]*"/g, '');
    expect([wrong.status, plain(wrong.body)]).toEqual([
      200,
      plain(offered.body).replaceAll(donorId, another),
    ]);
    const clerk = await signedIn(house, village.at.clerk.login);
    expect((await clerk.get(`/s/donors/${donorId}/invitation`)).status).toBe(403);
    expect((await chair.get('/d')).status).toBe(200);
    expect((await chair.get('/s')).body).toContain('我的捐赠');
    const program = await api(house, village.at.accountant.login);
    expect(await program.post(`/donors/${randomUUID()}/invitation`, {})).toMatchObject({ status: 404 });
  });

  it('puts gifts before a login by the society’s name alone, until its owner says that they are his', async () => {
    const donorId = await givenDonor(village, COMPANY);
    const giftId = await give(village, 77_700, { donorId });
    const accountant = await api(house, village.at.accountant.login);
    const { login } = village.at.cashier;
    const invited = { status: 201, body: { donorId, offered: true, link: null } };
    expect(await accountant.post(`/donors/${donorId}/invitation`, { login })).toMatchObject(invited);
    const owner = await signedIn(house, login);
    const home = await owner.get('/d');
    expect(home.status).toBe(200);
    for (const words of ['互助社说您在那里也捐过，要不要放到这里一起看？', '是我的', '不是我'])
      expect(home.body).toContain(words);
    for (const hidden of [
      '777.00',
      COMPANY.name,
      COMPANY.uscc,
      '怎么署名',
      '0.00',
      '每一笔</h2>',
      '基本情况',
    ])
      expect(home.body).not.toContain(hidden);
    expect((await owner.get(`/d/gifts/${giftId}`)).status).toBe(404);
    await owner.get('/d');
    const unsaid = await owner.post(`/d/offers/${donorId}`, {});
    expect([unsaid.status, unsaid.body.includes('请选“是我的”或者“不是我”')]).toEqual([422, true]);
    const declined = await owner.post(`/d/offers/${donorId}`, { answer: 'DECLINE' });
    expect([declined.status, declined.location]).toEqual([303, '/']);
    expect((await owner.get('/d')).status).toBe(403);

    await accountant.post(`/donors/${donorId}/invitation`, { login });
    const stranger = await api(house, village.at.chair.login);
    const his = await api(house, login);
    const yes = { answer: 'ACCEPT' };
    expect(await stranger.post(`/my-gifts/offers/${donorId}`, yes)).toMatchObject({
      ...{ status: 404, code: 'OFFER_NOT_FOUND' },
    });
    expect((await his.get('/my-gifts')).body).toMatchObject({ offers: [{ donorId }], gifts: [] });
    expect(await his.post(`/my-gifts/offers/${donorId}`, yes)).toMatchObject({
      ...{ status: 200, body: { donorId, linked: true } },
    });
    expect((await owner.get('/d')).body).toContain('777.00');

    const twin = await givenDonor(village);
    await accountant.post(`/donors/${twin}/invitation`, { login });
    await owner.get('/d');
    const twice = await owner.post(`/d/offers/${twin}`, yes);
    expect([twice.status, twice.body.includes('在这个互助社已经有一份')]).toEqual([409, true]);

    const office = await signedIn(house, village.at.accountant.login);
    expect((await office.get(`/s/donors/${donorId}/invitation`)).body).toContain('断开账号');
    const ended = await office.post(`/s/donors/${donorId}/invitation/end`, {});
    expect([ended.status, ended.location]).toEqual([303, `/s/donors/${donorId}/invitation`]);
    expect((await owner.get(`/d/gifts/${giftId}`)).status).toBe(404);
    expect(await accountant.post(`/donors/${donorId}/invitation/end`, {})).toMatchObject({
      ...{ status: 409, code: 'DONOR_WITHOUT_ACCOUNT' },
    });
  });

  it('names nobody, and no village of four: in the page, the account, the program, the sheet and the receipt’s trace', async () => {
    const { societyId } = village;
    await house.get(Transactions).run(async (tx) => {
      await tx.change`UPDATE organisations SET name = ${`${SMALL}村“救急难”互助社`} WHERE id = ${societyId}`;
      await tx.change`
        UPDATE region_codes SET name = ${`${SMALL}村`}
        WHERE open_region_id = (SELECT region_id FROM organisations WHERE id = ${societyId})`;
    });
    const donorId = await givenDonor(village);
    const giftId = await give(village, 500_000, { donorId, intentWords: `给${MARKERS.name}` });
    for (const cause of ['ILLNESS', 'FIRE', 'ACCIDENT', 'OTHER'] as const)
      await givenCase(village, {
        ...{ at: 'RUNNING', cause, amountFen: 50_000, story: `${MARKERS.name}得了${MARKERS.diagnosis}` },
        ...(cause === 'ILLNESS'
          ? {
              applicant: { name: MARKERS.name, idNumber: MARKERS.id, phone: MARKERS.mobile },
              cardNumber: MARKERS.card,
            }
          : {}),
      });
    const receipt = await receiptOf(giftId);
    const { pages, login } = await donorAtHome(donorId);
    const sheet = await readXlsxFile((await pages.get('/d/lines.xlsx')).bytes);
    const program = await api(house, login);
    const seen: Record<string, string> = {
      public: (await stranger.get(addressOf(receipt))).body,
      api: (await open.get(`/trace?number=${receipt.number}&code=${receipt.checkCode}`)).text,
      home: (await pages.get('/d')).body,
      gift: (await pages.get(`/d/gifts/${giftId}`)).body,
      mine: (await program.get('/my-gifts')).text,
      sheet: JSON.stringify(sheet),
    };
    const numbers = await house.dataSource.query<{ number: number }[]>(
      'SELECT number FROM cases WHERE society_id = ?',
      [societyId],
    );
    expect(numbers).toHaveLength(4);
    for (const [where, text] of Object.entries(seen)) {
      expect([where, markersIn(text)]).toEqual([where, []]);
      expect([where, text.includes(SMALL)]).toEqual([where, false]);
      for (const { number } of numbers)
        expect([where, text.includes(`2026-${String(number).padStart(4, '0')}`)]).toEqual([where, false]);
      expect([where, /\/n\/[A-Z0-9]{8}|救公〔/.test(text)]).toEqual([where, false]);
    }
    expect(seen['public']).toContain('一个村救助满 5 件以前');

    await givenCase(village, { at: 'RUNNING', cause: 'SCHOOLING', amountFen: 50_000 });
    const fifth = (await stranger.get(addressOf(receipt))).body;
    expect([fifth.includes(`${SMALL}村`), /\/n\/[A-Z0-9]{8}/.test(fifth), markersIn(fifth)]).toEqual([
      true,
      true,
      [],
    ]);
  });
});
