import { kinds } from '../support/databases.js';
import { FormVisitor, multipart } from '../support/form-visitor.js';
import { PASSWORD } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { givenOfficer, givenOrder, givenTill, photo, CARD } from '../integration/payments.given.js';
import type { Ordered, Till } from '../integration/payments.given.js';
import { accountOf } from './payments.visitors.js';

describe.each(kinds)('$name', (kind) => {
  let till: Till;
  let slip: Buffer;

  beforeAll(async () => {
    till = await givenTill(kind);
    slip = await photo();
  });
  afterAll(() => expectSound(till.house));
  afterAll(() => till.close());

  async function signedIn(societyId: string, personId: string): Promise<FormVisitor> {
    const visitor = new FormVisitor(till.house.app);
    expect((await visitor.signIn(await accountOf(till, societyId, personId), PASSWORD)).status).toBe(303);
    return visitor;
  }
  const cashierOf = ({ societyId, cashierId }: Ordered) => signedIn(societyId, cashierId);
  const page = ({ orderId }: Ordered) => `/s/payments/${orderId}`;
  const transfer = ({ orderId }: Ordered) => `/s/payments/${orderId}/transfer`;

  it('shows whom, how much in figures and words, to which card, and the clock of 24 hours', async () => {
    const given = await givenOrder(till);
    const { status, body } = await (await cashierOf(given)).get(page(given));
    expect(status).toBe(200);
    for (const words of [
      '记打款',
      '待打款',
      '李*明',
      '1,000.00 元',
      '人民币壹仟元整',
      '农村信用社 尾号 0122',
      '2026-0012 突发疾病',
      '还剩 24 小时',
      '限 24 小时',
      '转账凭证照片',
      'type="datetime-local"',
      'value="2026-03-05T17:00"',
    ])
      expect(body).toContain(words);
    for (const secret of ['李建明', CARD]) expect(body).not.toContain(secret);
  });

  it('shows the whole card number to the cashier alone, on asking, and writes that down', async () => {
    const given = await givenOrder(till);
    const cashier = await cashierOf(given);
    expect((await cashier.get(page(given))).body).toContain('看完整卡号');
    expect((await cashier.get(`${page(given)}?card=full`)).body).toContain('6217 0012 3456 7890 122');
    const acts = await till.audit.thread(given.societyId, given.threadId);
    expect(acts).toMatchObject([{ act: 'read', subjectKind: 'payee-account', personId: given.cashierId }]);

    const chair = await signedIn(given.societyId, given.chairId);
    const looked = await chair.get(`${page(given)}?card=full`);
    expect(looked.status).toBe(200);
    expect(looked.body).not.toContain('6217');
    expect(looked.body).not.toContain('<form class="narrow"');
  });

  it('records the payment with its photo and goes to the case: 303, and once when pressed twice', async () => {
    const given = await givenOrder(till);
    const cashier = await cashierOf(given);
    till.clock.advance({ hours: 5, minutes: 10 });
    await cashier.get(page(given));
    const typed = { paidAt: '2026-03-05T20:00', bankReference: 'ICBC-77' };
    const first = await cashier.upload(transfer(given), typed, { photo: slip });
    expect([first.status, first.location]).toEqual([303, '/s/cases/2026-0012']);
    // The form as it stood: sent twice, it is one command.
    const second = await cashier.upload(transfer(given), typed, { photo: slip });
    expect([second.status, second.location]).toEqual([303, '/s/cases/2026-0012']);
    expect((await till.books.fund(given.societyId)).balanceFen).toBe(2_900_000);

    const { body } = await cashier.get(page(given));
    for (const words of [
      '打款记录',
      '已打款',
      '2026年3月5日（周四）20:00',
      'ICBC-77',
      '凭证 记-0003',
      '凭证照片',
    ])
      expect(body).toContain(words);
    expect(body).toContain('限 24 小时，用 3 小时');
    const [, file = ''] = /href="(\/s\/files\/[^"]+)"/.exec(body) ?? [];
    expect((await cashier.get(file)).type).toBe('image/jpeg');
    const voucher = /\/s\/ledger\/vouchers\/[\w-]+/.exec(body)?.[0] ?? '';
    expect((await cashier.get(voucher)).body).toContain('用的是哪几笔来款');
  });

  it('says beside the field what is missing, and keeps what was typed: 422', async () => {
    const given = await givenOrder(till);
    const cashier = await cashierOf(given);
    await cashier.get(page(given));
    const without = await cashier.upload(transfer(given), { paidAt: '', bankReference: 'ICBC-78' }, {});
    expect(without.status).toBe(422);
    for (const words of ['还没有转账凭证的照片', '还有 1 处没填好', 'value="ICBC-78"'])
      expect(without.body).toContain(words);
    const noPhoto = await cashier.upload(
      transfer(given),
      {},
      { photo: Buffer.from('<svg onload=alert(1)>') },
    );
    expect([noPhoto.status, noPhoto.body.includes('不是 JPG 或 PNG 照片')]).toEqual([422, true]);
    const future = await cashier.upload(transfer(given), { paidAt: '2027-01-01T08:00' }, { photo: slip });
    expect([future.status, future.body.includes('打款时间不能晚于现在')]).toEqual([422, true]);
    expect((await till.queries.order(given.societyId, given.orderId)).state).toBe('TO_PAY');
  });

  it('D4-48 asks for two witnesses who are on neither side when cash is paid', async () => {
    const given = await givenOrder(till, { method: 'CASH' });
    const cashier = await cashierOf(given);
    const { body } = await cashier.get(page(given));
    for (const words of ['现金（要 2 名见证人）', '见证人 1', '见证人 2', '签收单照片', '王大海', '吴敏'])
      expect(body).toContain(words);
    expect(body).not.toContain(`value="${given.cashierId}"`);
    const one = await cashier.upload(transfer(given), { witnessOne: given.chairId }, { photo: slip });
    expect([one.status, one.body.includes('付现金要 2 名见证人')]).toEqual([422, true]);
    const witnesses = { witnessOne: given.chairId, witnessTwo: given.accountantId };
    await cashier.get(page(given));
    expect((await cashier.upload(transfer(given), witnesses, { photo: slip })).status).toBe(303);
    expect((await cashier.get(page(given))).body).toContain('王*海、吴*');
  });

  it('lets nobody but a cashier in office record it: 403, and another society find it: 404', async () => {
    const [given, other] = [await givenOrder(till), await givenOrder(till)];
    const chair = await signedIn(given.societyId, given.chairId);
    await chair.get(page(given));
    expect((await chair.upload(transfer(given), {}, { photo: slip })).status).toBe(403);
    const directorId = await givenOfficer(till, given.societyId, '孙八', ['DIRECTOR']);
    expect((await (await signedIn(given.societyId, directorId)).get(page(given))).status).toBe(403);
    const stranger = await cashierOf(other);
    expect((await stranger.get(page(given))).status).toBe(404);
    await stranger.get(page(other)); // a form of their own, to send elsewhere
    expect((await stranger.upload(transfer(given), {}, { photo: slip })).status).toBe(404);
    expect((await till.queries.order(given.societyId, given.orderId)).state).toBe('TO_PAY');
  });

  it('takes the same by the API: once under its key, ALREADY_PAID under another', async () => {
    const given = await givenOrder(till);
    const login = await accountOf(till, given.societyId, given.cashierId);
    const session = await till.house.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: { 'idempotency-key': `session-${login}` },
      payload: { login, password: PASSWORD },
    });
    const authorization = `Bearer ${session.json<{ token: string }>().token}`;
    const url = `/api/v1/payments/${given.orderId}`;
    const send = (key: string) => {
      const { headers, payload } = multipart({ method: 'CARD' }, { photo: slip });
      const all = { ...headers, authorization, 'idempotency-key': key };
      return till.house.app.inject({ method: 'POST', url: `${url}/transfer`, headers: all, payload });
    };
    const answers = [await send('payment-key-1'), await send('payment-key-1')];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(answers[1]?.json()).toEqual(answers[0]?.json());
    const late = await send('payment-key-2');
    expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'ALREADY_PAID']);
    const read = await till.house.app.inject({ url, headers: { authorization } });
    expect(read.json()).toMatchObject({ state: 'PAID', amountFen: 100_000, voucherNumber: 3 });
    expect(read.body).not.toContain('李');
  });
});
