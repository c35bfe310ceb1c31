import { randomUUID } from 'node:crypto';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerService } from '../../src/ledger/index.js';
import { kindsOverHttp } from '../support/databases.js';
import { FormVisitor } from '../support/form-visitor.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenOfficer, PASSWORD } from '../support/officers.js';
import type { Officer } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let accountant: FormVisitor;
  let books: Officer;
  let societyId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    societyId = await givenSociety(house);
    books = await givenOfficer(house, societyId, 'ACCOUNTANT');
    accountant = await signedIn(books);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  async function signedIn({ login }: Officer): Promise<FormVisitor> {
    const visitor = new FormVisitor(house.app);
    expect((await visitor.signIn(login, PASSWORD)).status).toBe(303);
    return visitor;
  }

  it('shows an empty pool, what the charter wants kept, and where money is booked', async () => {
    const { status, body } = await accountant.get('/s/ledger');
    expect(status).toBe(200);
    for (const words of [
      '资金',
      '救急难池',
      '余额',
      '可用',
      '已留',
      '0.00 元',
      '还没有凭证',
      '还没有来款',
      '记一笔收入',
    ])
      expect(body).toContain(words);
    expect(body).toContain('余额低于章程定的最低余额 30,000.00 元');
  });

  it('says beside the field what is wrong, and keeps what was typed: 422', async () => {
    await accountant.get('/s/ledger/inflows/new');
    const typed = { kind: 'SUBSIDY', amountFen: '1千', receivedOn: '2026-03-01', note: '县里拨的' };
    const again = await accountant.post('/s/ledger/inflows', typed);
    expect(again.status).toBe(422);
    for (const words of ['请填写金额，如 1000', '还有 1 处没填好', 'value="1千"', 'value="县里拨的"'])
      expect(again.body).toContain(words);
    const future = await accountant.post('/s/ledger/inflows', {
      ...typed,
      amountFen: '1000',
      receivedOn: '2026-03-09',
    });
    expect([future.status, future.body.includes('到账日期不能晚于今天')]).toEqual([422, true]);
  });

  it('books what came in and goes to its voucher: 303, and once when pressed twice', async () => {
    await accountant.get('/s/ledger/inflows/new');
    const typed = { kind: 'SUBSIDY', amountFen: '3万', receivedOn: '2026-03-01', bankReference: 'ICBC-1' };
    const [first, second] = [
      await accountant.post('/s/ledger/inflows', typed),
      await accountant.post('/s/ledger/inflows', typed),
    ];
    expect(first.status).toBe(303);
    expect(second.location).toBe(first.location);
    const voucher = await accountant.get(first.location);
    for (const words of [
      '2026 年 记-0001',
      '收到启动补助',
      '1002 银行存款',
      '4401 政府补助收入',
      '30,000.00',
    ])
      expect(voucher.body).toContain(words);

    const page = await accountant.get('/s/ledger');
    for (const words of ['记-0001', '30,000.00 元', '启动补助']) expect(page.body).toContain(words);
    expect(page.body).not.toContain('余额低于');
    await accountant.get('/s/ledger/inflows/new');
    const sameLine = await accountant.post('/s/ledger/inflows', typed);
    expect([sameLine.status, sameLine.body.includes('已经记过账')]).toEqual([422, true]);
  });

  it('turns the page to older vouchers', async () => {
    for (let n = 1; n <= 51; n++) {
      const fee = { kind: 'FEE', amountFen: fen(n * 100), receivedOn: day('2026-03-01'), note: '' } as const;
      await house.get(LedgerService).receive(callerOf({ societyId, roles: ['accountant'] }), fee);
    }
    const { body } = await accountant.get('/s/ledger');
    const [, older = ''] = /href="([^"]+)">更早的凭证/.exec(body) ?? [];
    expect(older).toMatch(/^\/s\/ledger\?after/);
    const page = await accountant.get(older.replace('&#x3D;', '='));
    expect(page.body).toContain('记-0001');
    expect(page.body).not.toContain('记-0052');
    expect((await accountant.get('/s/ledger?after=nonsense')).body).toContain('记-0052');
  });

  it('takes a mistyped inflow back on its page: 303 to the mirror, and the lot says so', async () => {
    await accountant.get('/s/ledger/inflows/new');
    const typed = { kind: 'FEE', amountFen: '5000', receivedOn: '2026-03-01', bankReference: 'WRONG-1' };
    const { location } = await accountant.post('/s/ledger/inflows', typed);
    const page = await accountant.get(location);
    for (const words of ['这笔收入记错了？', '这笔来款用到哪里', '还没有用过', '冲销这笔收入'])
      expect(page.body).toContain(words);
    const without = await accountant.post(`${location}/reversal`, { reason: '' });
    expect([without.status, without.body.includes('请填写哪里记错了')]).toEqual([422, true]);
    const said = await accountant.post(`${location}/reversal`, { reason: '应为 500 元' });
    expect(said.status).toBe(303);
    expect(said.location).not.toBe(location);
    const mirror = await accountant.get(said.location);
    for (const words of ['冲销 记-', '应为 500 元', '被冲销的凭证', '4201 会费收入'])
      expect(mirror.body).toContain(words);
    const wrong = await accountant.get(location);
    for (const words of ['冲销凭证', '冲销']) expect(wrong.body).toContain(words);
    expect(wrong.body).not.toContain('/reversal');
    expect((await accountant.get('/s/ledger')).body).toContain('会费（已冲销）');
    await accountant.get('/s/ledger/inflows/new');
    const right = await accountant.post('/s/ledger/inflows', { ...typed, amountFen: '500' });
    expect(right.status).toBe(303); // the line of the bank is free again
    await accountant.get(right.location);
    await accountant.post(`${right.location}/reversal`, { reason: '试一下' });
  });

  it('lets the cashier read, and book nothing: 403', async () => {
    const cashier = await signedIn(await givenOfficer(house, await givenSociety(house), 'CASHIER'));
    const page = await cashier.get('/s/ledger');
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('记一笔收入');
    expect((await cashier.get('/s/ledger/inflows/new')).status).toBe(403);
    expect(
      (await cashier.post('/s/ledger/inflows', { kind: 'FEE', amountFen: '1', receivedOn: '2026-03-01' }))
        .status,
    ).toBe(403);
  });

  it('does not show the voucher of another society: 404', async () => {
    const stranger = await signedIn(await givenOfficer(house, await givenSociety(house), 'ACCOUNTANT'));
    const own = /\/s\/ledger\/vouchers\/[\w-]+/.exec((await accountant.get('/s/ledger')).body)?.[0] ?? '';
    expect((await accountant.get(own)).status).toBe(200);
    expect((await stranger.get(own)).status).toBe(404);
  });

  describe('the API', () => {
    async function api(method: 'GET' | 'POST', url: string, payload?: object, key?: string) {
      const { login } = books;
      const session = await house.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        headers: { 'idempotency-key': `session-${login}` },
        payload: { login, password: PASSWORD },
      });
      const { token } = session.json<{ token: string }>();
      const headers = { authorization: `Bearer ${token}`, ...(key ? { 'idempotency-key': key } : {}) };
      return house.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
    }

    it('books an inflow in whole fen under a key, and answers the same key with the same voucher', async () => {
      const inflow = { kind: 'INTEREST', amountFen: 1234, receivedOn: '2026-03-01' };
      const first = await api('POST', '/api/v1/ledger/inflows', inflow, 'inflow-key-1');
      expect([first.statusCode, Object.keys(first.json<object>())]).toEqual([
        201,
        ['voucherId', 'voucherNumber'],
      ]);
      expect((await api('POST', '/api/v1/ledger/inflows', inflow, 'inflow-key-1')).json()).toEqual(
        first.json(),
      );
      const other = await api('POST', '/api/v1/ledger/inflows', { ...inflow, amountFen: 1 }, 'inflow-key-1');
      expect([other.statusCode, other.json<{ code: string }>().code]).toEqual([422, 'KEY_USED_OTHERWISE']);
    });

    it('takes a mistyped inflow back once: ALREADY_REVERSED under another key', async () => {
      const inflow = { kind: 'INTEREST', amountFen: 77, receivedOn: '2026-03-01' };
      const booked = await api('POST', '/api/v1/ledger/inflows', inflow, randomUUID());
      const { voucherId } = booked.json<{ voucherId: string }>();
      const url = `/api/v1/ledger/vouchers/${voucherId}/reversal`;
      const key = randomUUID();
      const first = await api('POST', url, { reason: '重复' }, key);
      expect(first.statusCode).toBe(201);
      expect((await api('POST', url, { reason: '重复' }, key)).json()).toEqual(first.json());
      const late = await api('POST', url, { reason: '重复' }, randomUUID());
      expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([409, 'ALREADY_REVERSED']);
      expect((await api('POST', url, {}, randomUUID())).statusCode).toBe(422);
      const unknown = `/api/v1/ledger/vouchers/${randomUUID()}/reversal`;
      expect((await api('POST', unknown, { reason: '重复' }, randomUUID())).statusCode).toBe(404);
    });

    it.each([0, -5, 0.5, '100', '1千', null])('refuses an amount of %p: 422', async (amountFen) => {
      const inflow = { kind: 'INTEREST', amountFen, receivedOn: '2026-03-01' };
      const refused = await api('POST', '/api/v1/ledger/inflows', inflow, randomUUID());
      expect(refused.statusCode).toBe(422);
      expect(refused.json<{ errors: object }>().errors).toHaveProperty('amountFen');
    });

    it('tells what the pool holds and its vouchers, a page at a time', async () => {
      const { fund, vouchers, next } = (await api('GET', '/api/v1/ledger')).json<{
        fund: { balanceFen: number };
        vouchers: { number: number; amountFen: number }[];
        next: string;
      }>();
      expect(fund.balanceFen).toBe(3_000_000 + (51 * 52 * 100) / 2 + 1234);
      expect(vouchers).toHaveLength(50);
      expect(vouchers[0]).toMatchObject({ number: 59, amountFen: 77 });
      const rest = (await api('GET', `/api/v1/ledger?after=${next}`)).json<{
        vouchers: object[];
        next: null;
      }>();
      expect([rest.vouchers.length, rest.next]).toEqual([9, null]);
    });
  });
});
