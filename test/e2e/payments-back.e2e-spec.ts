import { randomUUID } from 'node:crypto';
import { kinds } from '../support/databases.js';
import { expectSound } from '../support/sound.js';
import { demand, givenOfficer, givenOrder, givenTill, photo } from '../integration/payments.given.js';
import type { Ordered, Till } from '../integration/payments.given.js';
import { atBoth } from './payments.visitors.js';
import type { Both } from './payments.visitors.js';

const UNAPPROVED = { approverId: null, approveHours: 24 } as const;

describe.each(kinds)('$name', (kind) => {
  let till: Till;
  let slip: Buffer;

  beforeAll(async () => {
    till = await givenTill(kind);
    slip = await photo();
  });
  afterEach(() => {
    till.tied.clear();
    return expectSound(till.house);
  });
  afterAll(() => till.close());

  const chairOf = ({ societyId, chairId }: Ordered): Promise<Both> => atBoth(till, societyId, chairId);
  const cashierOf = ({ societyId, cashierId }: Ordered): Promise<Both> => atBoth(till, societyId, cashierId);
  const page = ({ orderId }: Ordered) => `/s/payments/${orderId}`;
  const api = ({ orderId }: Ordered) => `/payments/${orderId}`;
  const stateOf = async ({ societyId, orderId }: Ordered) =>
    (await till.queries.order(societyId, orderId)).state;
  async function givenPaid(): Promise<Ordered> {
    const given = await givenOrder(till);
    await till.payments.recordPayment(given.cashier(), { orderId: given.orderId, photo: slip });
    till.clock.advance({ hours: 1 });
    return given;
  }

  describe('同意付款', () => {
    it('is a button for the chair, and only then a form for the cashier', async () => {
      const given = await givenOrder(till, UNAPPROVED);
      const [chair, cashier] = [await chairOf(given), await cashierOf(given)];
      const waiting = await cashier.pages.get(page(given));
      for (const words of ['待同意付款', '理事长或副理事长同意以后，出纳才能打款'])
        expect(waiting.body).toContain(words);
      for (const form of ['记打款', '/transfer', '银行没打成功']) expect(waiting.body).not.toContain(form);

      const asked = await chair.pages.get(page(given));
      for (const words of [
        '同意付款',
        '表决通过不等于同意付款',
        '1,000.00 元',
        '还剩 24 小时',
        '农村信用社 尾号 0122',
      ])
        expect(asked.body).toContain(words);
      const pressed = await chair.pages.post(`${page(given)}/approval`, {});
      expect([pressed.status, pressed.location]).toEqual([303, page(given)]);
      const again = await chair.pages.post(`${page(given)}/approval`, {});
      expect([again.status, again.location]).toEqual([303, page(given)]); // the same form, sent twice
      const approved = await chair.pages.get(page(given));
      expect(approved.body).toContain('待打款');
      expect(approved.body).not.toContain('/approval');
      expect((await cashier.pages.get(page(given))).body).toContain('/transfer');
    });

    it('is no button for whoever is tied, and the page says why', async () => {
      const given = await givenOrder(till, UNAPPROVED);
      till.tied.add(given.chairId);
      const { pages } = await chairOf(given);
      const { body } = await pages.get(page(given));
      expect(body).toContain('您和申请人有关系');
      expect(body).not.toContain('/approval');
    });

    it('is nobody else’s part: 403 for the cashier and a director, 404 for another society', async () => {
      const [given, other] = [await givenOrder(till, UNAPPROVED), await givenOrder(till, UNAPPROVED)];
      const directorId = await givenOfficer(till, given.societyId, '孙八', ['DIRECTOR']);
      for (const personId of [given.cashierId, directorId]) {
        const { program } = await atBoth(till, given.societyId, personId);
        expect((await program.post(`${api(given)}/approval`, {})).status).toBe(403);
      }
      const stranger = await chairOf(other);
      expect((await stranger.pages.get(page(given))).status).toBe(404);
      const { status, code } = await stranger.program.post(`${api(given)}/approval`, {});
      expect([status, code]).toEqual([404, 'PAYMENT_ORDER_NOT_FOUND']);
      expect(await stateOf(given)).toBe('TO_APPROVE');
    });

    it('is the same by the API: once under its key, ALREADY_APPROVED under another', async () => {
      const given = await givenOrder(till, UNAPPROVED);
      const { program } = await chairOf(given);
      const key = randomUUID();
      const answers = [1, 2].map(() => program.post(`${api(given)}/approval`, {}, key));
      for (const { status, body } of await Promise.all(answers))
        expect([status, body]).toEqual([201, { orderId: given.orderId }]);
      const late = await program.post(`${api(given)}/approval`, {});
      expect([late.status, late.code]).toEqual([409, 'ALREADY_APPROVED']);
      expect((await program.get(api(given))).body).toMatchObject({ state: 'TO_PAY', attempts: [] });
    });
  });

  describe('银行没打成功', () => {
    it('is written down on the page, with a reason from the list, and the order waits for another account', async () => {
      const given = await givenOrder(till);
      const { pages } = await cashierOf(given);
      const { body } = await pages.get(page(given));
      for (const words of ['银行没打成功？', '户名不符', '账号错误', '银行退单', '其他'])
        expect(body).toContain(words);

      const without = await pages.post(`${page(given)}/failures`, { failedAt: '' });
      expect([without.status, without.body.includes('请选择银行说的原因')]).toEqual([422, true]);
      expect(without.body).toMatch(/<details class="group" open>\s*<summary>银行没打成功/);
      const other = await pages.post(`${page(given)}/failures`, { reason: 'OTHER', note: '' });
      expect([other.status, other.body.includes('要写清楚是什么原因')]).toEqual([422, true]);

      const said = await pages.post(`${page(given)}/failures`, { reason: 'NAME_MISMATCH', note: '少一个字' });
      expect([said.status, said.location]).toEqual([303, page(given)]);
      const after = await pages.get(page(given));
      for (const words of [
        '打款经过',
        '第 1 次',
        '没打成功',
        '户名不符：少一个字',
        '改账户',
        '上一次没打成',
        '限 1 个工作日',
      ])
        expect(after.body).toContain(words);
      expect(await stateOf(given)).toBe('TO_PAY');
    });

    it('is the same by the API', async () => {
      const given = await givenOrder(till);
      const { program } = await cashierOf(given);
      const wrong = await program.post(`${api(given)}/failures`, { reason: 'TIRED' });
      expect([wrong.status, wrong.code]).toEqual([422, 'INVALID_INPUT']);
      const said = await program.post(`${api(given)}/failures`, { reason: 'WRONG_ACCOUNT' });
      expect([said.status, said.body]).toEqual([201, { attempt: 1 }]);
      const read = await program.get(api(given));
      expect(read.body).toMatchObject({
        state: 'TO_PAY',
        attempts: [{ number: 1, outcome: 'FAILED', reason: 'WRONG_ACCOUNT', voucherId: null }],
      });
    });
  });

  describe('银行把钱退回来了', () => {
    it('D4-44 is written down with the line of the bank, and the payment can be recorded once more', async () => {
      const given = await givenPaid();
      const { pages } = await cashierOf(given);
      expect((await pages.get(page(given))).body).toContain('银行把钱退回来了？');
      const typed = { reason: 'NAME_MISMATCH', bankReference: 'BACK-77' };
      const without = await pages.upload(`${page(given)}/return`, typed, {});
      expect([without.status, without.body.includes('还没有转账凭证的照片')]).toEqual([422, true]);
      expect(without.body).toContain('value="BACK-77"');
      const said = await pages.upload(`${page(given)}/return`, typed, { photo: slip });
      expect([said.status, said.location]).toEqual([303, page(given)]);

      const { body } = await pages.get(page(given));
      for (const words of [
        '待打款',
        '打款经过',
        '已打款',
        '银行退回',
        '户名不符',
        '记-0003',
        '记-0004',
        '/transfer',
      ])
        expect(body).toContain(words);
      expect(body).not.toContain('/return"');
      const again = await pages.upload(`${page(given)}/transfer`, { paidAt: '' }, { photo: slip });
      expect(again.status).toBe(303);
      expect((await pages.get(page(given))).body).toContain('第 2 次');
      const voucher = /\/s\/ledger\/vouchers\/[\w-]+">记-0004/.exec(body)?.[0].split('"')[0] ?? '';
      const back = await pages.get(voucher);
      for (const words of [
        '银行退回救助款 2026-0012',
        '1002 银行存款',
        '2209 其他应付款',
        '-1,000.00',
        '银行退回',
      ])
        expect(back.body).toContain(words);
    });

    it('is the same by the API: once, then PAYMENT_NOT_OUT', async () => {
      const given = await givenPaid();
      const { program } = await cashierOf(given);
      const send = () => program.upload(`${api(given)}/return`, { reason: 'BANK_REFUSED' }, { photo: slip });
      expect((await send()).status).toBe(201);
      const late = await send();
      expect([late.status, late.code]).toEqual([409, 'PAYMENT_NOT_OUT']);
      const { program: chair } = await chairOf(given);
      const others = await chair.upload(`${api(given)}/return`, { reason: 'BANK_REFUSED' }, { photo: slip });
      expect(others.status).toBe(403);
    });
  });

  describe('追回', () => {
    async function givenOwing(): Promise<Ordered & { readonly recoveryId: string }> {
      const paid = await givenPaid();
      const { recoveryId } = await demand(till, paid);
      return { ...paid, recoveryId };
    }

    it('shows what is owed, by whom, until when, and takes what comes back in parts', async () => {
      const owing = await givenOwing();
      const url = `/s/recoveries/${owing.recoveryId}`;
      const { pages } = await cashierOf(owing);
      expect((await pages.get(page(owing))).body).toContain(url);
      const { status, body } = await pages.get(url);
      expect(status).toBe(200);
      for (const words of [
        '追回 2026-0012',
        '正在追回',
        '李*明',
        '还欠',
        '1,000.00 元',
        '还没有退过',
        '最多 1,000.00 元',
      ])
        expect(body).toContain(words);
      expect(body).not.toContain('李建明');

      const wrong = await pages.upload(`${url}/instalments`, { amountFen: '1千' }, { photo: slip });
      expect([wrong.status, wrong.body.includes('请填写还了多少')]).toEqual([422, true]);
      const over = await pages.upload(`${url}/instalments`, { amountFen: '1000.01' }, { photo: slip });
      expect([over.status, over.body.includes('现在只欠 1,000.00 元')]).toEqual([422, true]);
      const without = await pages.upload(`${url}/instalments`, { amountFen: '400' }, {});
      expect([without.status, without.body.includes('value="400"')]).toEqual([422, true]);
      const said = await pages.upload(`${url}/instalments`, { amountFen: '400' }, { photo: slip });
      expect([said.status, said.location]).toEqual([303, url]);
      const after = await pages.get(url);
      for (const words of ['600.00 元', '400.00', '记-0005', '看照片']) expect(after.body).toContain(words);
      await pages.upload(`${url}/instalments`, { amountFen: '600' }, { photo: slip });
      const over2 = await pages.get(url);
      expect(over2.body).toContain('全部追回');
      expect(over2.body).not.toContain('/instalments');
    });

    it('is read by those who answer for it, and taken by the cashier alone', async () => {
      const [owing, other] = [await givenOwing(), await givenOwing()];
      const url = `/s/recoveries/${owing.recoveryId}`;
      const chair = await chairOf(owing);
      const { status, body } = await chair.pages.get(url);
      expect(status).toBe(200);
      expect(body).not.toContain('/instalments');
      const taken = await chair.pages.upload(`${url}/instalments`, { amountFen: '400' }, { photo: slip });
      expect(taken.status).toBe(403);
      const stranger = await cashierOf(other);
      expect((await stranger.pages.get(url)).status).toBe(404);
      const clerkId = await givenOfficer(till, owing.societyId, '吴兰', ['CLERK']);
      expect((await (await atBoth(till, owing.societyId, clerkId)).pages.get(url)).status).toBe(403);
    });

    it('is the same by the API, in whole fen', async () => {
      const owing = await givenOwing();
      const { program } = await cashierOf(owing);
      const url = `/recoveries/${owing.recoveryId}`;
      const send = (amountFen: string, key?: string) =>
        program.upload(`${url}/instalments`, { amountFen }, { photo: slip }, key ?? randomUUID());
      const key = randomUUID();
      const [first, second] = [await send('40000', key), await send('40000', key)];
      expect([first.status, second.body]).toEqual([201, first.body]);
      const over = await send('60001');
      expect([over.status, over.code]).toEqual([409, 'INSTALMENT_OVER_OUTSTANDING']);
      for (const amount of ['0', '-5', '1.5', '1千']) expect((await send(amount)).status).toBe(422);
      const read = await program.get(url);
      expect(read.body).toMatchObject({
        ...{ state: 'OPEN', caseNumber: '2026-0012', demandedFen: 100_000, recoveredFen: 40_000 },
        ...{ outstandingFen: 60_000, instalments: [{ amountFen: 40_000, voucherNumber: 5 }] },
      });
      expect(read.text).not.toContain('李');
    });
  });
});
