import { randomUUID } from 'node:crypto';
import { AccessService, PhoneSignIn } from '../../src/access/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { OfficesService } from '../../src/offices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { Config } from '../../src/platform/config.js';
import { MessageDriver } from '../../src/platform/messages/index.js';
import { kindsOverHttp } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { Visitor } from '../support/visitor.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
let numbers = 0;

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let sent: { to: string; code: string }[] = [];

  beforeAll(async () => {
    house = await givenHouse(kind, undefined, { settings: { STEP_UP: 'on' } });
    societyId = await givenSociety(house);
  });
  beforeEach(() => {
    sent = [];
    jest.spyOn(house.get(MessageDriver), 'sendCode').mockImplementation((to, code) => {
      sent.push({ to, code });
      return Promise.resolve({ outcome: 'taken', reference: null });
    });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  /** The chair, whose account was opened with the number of the register and who never set a password. */
  async function chair(): Promise<{ phone: string; accountId: string }> {
    const phone = `1390567${String(1000 + ++numbers)}`;
    const by = callerOf({ ...admin, societyId });
    const draft = { name: '王大山', group: '三组', residence: 'HUKOU' as const, phone };
    const { personId } = await house.get(PeopleService).addPerson(by, draft);
    const fromOn = addDays(dayOf(house.clock.now()), -10);
    const term = { societyId, personId, office: 'CHAIR' as const, fromOn, untilOn: addDays(fromOn, 1500) };
    await house.get(OfficesService).appoint(callerOf({ ...admin, societyId }), term);
    const { accountId } = await house
      .get(AccessService)
      .openAccount(callerOf(admin), { societyId, personId });
    return { phone, accountId };
  }
  const latest = async (): Promise<string> => {
    await house.get(PhoneSignIn).settled();
    return sent.at(-1)?.code ?? '';
  };
  const signedIn = async (phone: string, keep = {}): Promise<Visitor> => {
    const browser = new Visitor(house.app);
    const asked = await (await browser.open('/sign-in/phone')).send({ phone, ...keep });
    expect([asked.statusCode, asked.headers.location]).toEqual([303, '/sign-in/phone/code']);
    const done = await (await browser.open('/sign-in/phone/code')).send({ code: await latest() });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/s']);
    return browser;
  };

  /** Tries over all networks. */
  const counted = async (): Promise<number> => {
    const rows: { tries: number | string }[] = await house.dataSource.query(
      `SELECT tries AS "tries" FROM sign_in_failures WHERE subject LIKE 'network/%'`,
    );
    return rows.reduce((sum, { tries }) => sum + Number(tries), 0);
  };

  it('signs an officer in by phone, back to the page asked for, and shows nothing of a number', async () => {
    const { phone } = await chair();
    const browser = new Visitor(house.app);
    expect((await browser.get('/sign-in')).body).toContain('/sign-in/phone');
    const asked = await (await browser.open('/sign-in/phone?next=/s/offices')).send({ phone, keep: 'yes' });
    expect(asked.headers.location).toBe('/sign-in/phone/code?next=%2Fs%2Foffices');
    const page = await browser.open(String(asked.headers.location));
    expect(page.page.body).not.toContain(phone);
    expect(page.page.body).toContain('autocomplete="one-time-code"');
    const right = await latest();
    const wrong = await page.send({ code: right === '000000' ? '000001' : '000000' });
    expect([wrong.statusCode, wrong.body.includes('短信验证码不对')]).toEqual([422, true]);
    const done = await browser.formIn(wrong, '/sign-in/phone/code').send({ code: right });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/s/offices']);
    house.clock.advance({ days: 20 });
    expect((await browser.get('/s/offices')).statusCode).toBe(200);
  });

  it('answers a number that nobody has with the same page, and a wrong one with words', async () => {
    const browser = new Visitor(house.app);
    const asked = await (await browser.open('/sign-in/phone')).send({ phone: '13905679999' });
    expect([asked.statusCode, asked.headers.location]).toEqual([303, '/sign-in/phone/code']);
    expect((await browser.get('/sign-in/phone/code')).body).toContain('这个号码如果能登录，短信已经发出');
    await house.get(PhoneSignIn).settled();
    expect(sent).toEqual([]);
    const wrong = await (await browser.open('/sign-in/phone')).send({ phone: '123' });
    expect([wrong.statusCode, wrong.body.includes('手机号应为 11 位')]).toEqual([422, true]);
    const soon = await (await browser.open('/sign-in/phone')).send({ phone: '13905679999' });
    expect([soon.statusCode, soon.body.includes('短信刚发过，请过一分钟再要；先看看收到没有。')]).toEqual([
      422,
      true,
    ]);
    const lost = await (await new Visitor(house.app).open('/sign-in/phone/code')).send({ code: '123456' });
    expect([lost.statusCode, lost.body.includes('过期了')]).toEqual([422, true]);
  });

  it('asks for another text before an office is given, when the last proof is old', async () => {
    const { phone } = await chair();
    const browser = await signedIn(phone);
    house.clock.advance({ minutes: 11 });
    const sentOn = await browser.get('/s/offices/new');
    expect(sentOn.headers.location).toBe('/me/proof?next=%2Fs%2Foffices%2Fnew');
    const ask = await browser.open(String(sentOn.headers.location), '/me/proof/text');
    expect(ask.page.body).not.toContain('name="password"');
    const texted = await ask.send({});
    expect(texted.headers.location).toBe('/me/proof?sent=1&next=%2Fs%2Foffices%2Fnew');
    const form = await browser.open(String(texted.headers.location), '/me/proof');
    const wrong = await form.send({ code: 'abc' });
    expect(wrong.statusCode).toBe(422);
    const done = await browser.formIn(wrong, '/me/proof').send({ code: await latest() });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/s/offices/new']);
    expect((await browser.get('/s/offices/new')).statusCode).toBe(200);
  });

  it('lets an officer with a password add a phone and take it away, and one without keep it', async () => {
    const { login } = await givenOfficer(house, societyId, 'CLERK');
    const browser = new Visitor(house.app);
    await browser.signIn(login, PASSWORD);
    const phone = `1390567${String(1000 + ++numbers)}`;
    const before = await counted();
    const asked = await (await browser.open('/me/phone', '/me/phone')).send({ phone });
    expect(asked.headers.location).toBe('/me/phone?sent=1');
    expect(await counted()).toBe(before + 1);
    const form = await browser.open('/me/phone?sent=1', '/me/phone/confirmation');
    expect((await form.send({ code: 'abc' })).statusCode).toBe(422);
    expect((await form.send({ code: await latest() })).headers.location).toBe('/me/phone');
    const page = await browser.get('/me/phone');
    expect(page.body).toContain(`尾号 ${phone.slice(-4)}`);
    expect(page.body).not.toContain(phone);
    expect((await (await browser.open('/me/phone', '/me/phone/removal')).send({})).statusCode).toBe(303);
    expect((await browser.get('/me/phone')).body).toContain('还没有');

    const villager = await chair();
    house.clock.advance({ minutes: 2 });
    const theirs = await signedIn(villager.phone);
    expect((await theirs.get('/me/phone')).body).not.toContain('/me/phone/removal');
  });

  it('shows the administrator who signs in by phone, and lets them take it away', async () => {
    const { accountId, phone } = await chair();
    const browser = new Visitor(house.app);
    await browser.signIn(await givenAdmin(house), PASSWORD);
    await (await browser.open('/choose', '/choose')).send({ societyId });
    const page = await browser.get('/admin/accounts');
    expect(page.body).toContain(`尾号 ${phone.slice(-4)}`);
    const removal = await browser.open('/admin/accounts', `/admin/accounts/${accountId}/phone/removal`);
    expect((await removal.send({})).statusCode).toBe(303);
    await (await new Visitor(house.app).open('/sign-in/phone')).send({ phone });
    await house.get(PhoneSignIn).settled();
    expect(sent).toEqual([]);
  });

  it('is offered nowhere in production where no operator carries texts', async () => {
    const { login } = await givenOfficer(house, societyId, 'CLERK');
    const browser = new Visitor(house.app);
    await browser.signIn(login, PASSWORD);
    const replaced = jest.replaceProperty(house.get(Config), 'production', true);
    const stranger = new Visitor(house.app);
    const page = await stranger.get('/sign-in');
    expect([page.statusCode, page.body.includes('/sign-in/phone')]).toEqual([200, false]);
    const missed = await stranger.get('/sign-in/phone');
    const byCode = await stranger.get('/sign-in/phone/code');
    expect([missed.statusCode, byCode.statusCode]).toEqual([404, 404]);
    const api = await house.app.inject({
      method: 'POST',
      url: '/api/v1/sign-in-codes',
      payload: { phone: '13905679998' },
    });
    expect([api.statusCode, api.json<{ code: string }>().code]).toEqual([404, 'TEXTS_NOT_CARRIED']);
    expect((await browser.get('/me/devices')).body).not.toContain('/me/phone');
    expect((await browser.get('/me/phone')).body).not.toContain('name="phone"');
    replaced.restore();
    expect((await browser.get('/me/phone')).body).toContain('name="phone"');
  });

  it('signs a program in', async () => {
    const { phone } = await chair();
    const call = (url: string, payload: object, token: string | null = null) =>
      house.app.inject({
        method: 'POST',
        url: `/api/v1${url}`,
        headers: {
          'idempotency-key': randomUUID(),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        payload,
      });
    const asked = await call('/sign-in-codes', { phone });
    expect(asked.statusCode).toBe(201);
    const { challenge } = asked.json<{ challenge: string }>();
    const wrong = await call('/sessions/by-code', { challenge, code: 'abc' });
    expect([wrong.statusCode, wrong.json<{ code: string }>().code]).toEqual([422, 'WRONG_TEXTED_CODE']);
    const done = await call('/sessions/by-code', { challenge, code: await latest() });
    expect([done.statusCode, done.json<{ societyId: string }>().societyId]).toEqual([201, societyId]);
    const { token } = done.json<{ token: string }>();
    house.clock.advance({ minutes: 11 });
    expect((await call('/offices', {}, token)).json<{ code: string }>().code).toBe('PROOF_NEEDED');
    const proof = (await call('/me/proof/text', {}, token)).json<{ challenge: string }>();
    const proven = await call('/me/proof', { challenge: proof.challenge, code: await latest() }, token);
    expect(proven.statusCode).toBe(204);
    expect((await call('/offices', {}, token)).json<{ code: string }>().code).toBe('INVALID_INPUT');
    const before = await counted();
    const binding = await call('/me/phone', { phone: `1390567${String(1000 + ++numbers)}` }, token);
    const sure = { challenge: binding.json<{ challenge: string }>().challenge, code: await latest() };
    expect([binding.statusCode, await counted()]).toEqual([201, before + 1]);
    expect((await call('/me/phone/confirmation', sure, token)).statusCode).toBe(204);
  });
});
