import { secretBytes, shownCode } from '../support/authenticator.js';
import { kinds, kindsOverHttp } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { plain, Visitor } from '../support/visitor.js';
import { givenCase, givenVillage } from '../support/village.js';

/** The secret that the page shows. */
function secretOn(body: string): Buffer {
  const [, shown = ''] = /密钥：<span class="code">([A-Z2-7 ]+)<\/span>/.exec(body) ?? [];
  return secretBytes(shown);
}

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let societyId: string;

  beforeAll(async () => {
    house = await givenHouse(kind, undefined, { settings: { STAFF_TOTP: 'required', STEP_UP: 'on' } });
    societyId = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const now = (secret: Buffer) => shownCode(secret, house.clock.now());
  const nextStep = () => {
    house.clock.advance({ seconds: 30 });
  };
  const signedIn = async (login: string): Promise<Visitor> => {
    const browser = new Visitor(house.app);
    expect((await browser.signIn(login, PASSWORD)).statusCode).toBe(303);
    return browser;
  };

  /** Sets the code up on the pages, as a person does. */
  async function enrol(browser: Visitor): Promise<{ secret: Buffer; codes: string[] }> {
    const begun = await (
      await browser.open('/me/second-factor', '/me/second-factor')
    ).send({ password: PASSWORD });
    expect([begun.statusCode, begun.headers.location]).toEqual([303, '/me/second-factor']);
    const form = await browser.open('/me/second-factor', '/me/second-factor/confirmation');
    expect(form.page.body).toContain('href="otpauth://totp/');
    const secret = secretOn(form.page.body);
    expect(secret).toHaveLength(20);
    const wrong = await form.send({ code: '000000' });
    expect([wrong.statusCode, wrong.body.includes('验证码不对')]).toEqual([422, true]);
    const done = await browser.formIn(wrong, '/me/second-factor/confirmation').send({ code: now(secret) });
    expect(done.statusCode).toBe(200);
    const codes = [...done.body.matchAll(/<li class="code">([\w-]+)<\/li>/g)].map(([, code = '']) => code);
    expect(codes).toHaveLength(10);
    nextStep();
    return { secret, codes };
  }

  describe('an administrator, where a code is required', () => {
    it('comes nowhere before it is set up, signs in with it then, and loses it to another administrator only', async () => {
      const login = await givenAdmin(house);
      const browser = await signedIn(login);
      for (const page of ['/admin', '/admin/accounts', '/choose'])
        expect((await browser.get(page)).headers.location).toBe('/me/second-factor');
      expect((await browser.get('/me/second-factor')).body).toContain('要先设好动态验证码才能办事');
      const { secret, codes } = await enrol(browser);
      expect((await browser.get('/admin')).statusCode).toBe(200);
      const on = (await browser.get('/me/second-factor')).body;
      expect([on.includes('otpauth://'), on.includes('请找另一位系统管理员取消')]).toEqual([false, true]);

      const again = new Visitor(house.app);
      const first = await (
        await again.open('/sign-in?next=/admin/accounts')
      ).send({ login, password: PASSWORD });
      expect(first.headers.location).toBe('/sign-in/code?next=%2Fadmin%2Faccounts');
      expect((await again.get('/admin')).headers.location).toMatch(/^\/sign-in/);
      const asked = await again.open(String(first.headers.location));
      const wrong = await asked.send({ code: '000000' });
      expect([wrong.statusCode, wrong.body.includes('验证码不对')]).toEqual([422, true]);
      expect(wrong.body).not.toContain('000000');
      const right = await again.formIn(wrong, '/sign-in/code').send({ code: now(secret) });
      expect([right.statusCode, right.headers.location]).toEqual([303, '/admin/accounts']);
      const page = await again.get('/admin/accounts');
      expect(page.body).not.toContain('取消他的动态验证码'); // there is nobody else's yet

      const by = new Visitor(house.app);
      await by.signIn(login, PASSWORD);
      expect((await (await by.open('/sign-in/code')).send({ code: codes[0] ?? '' })).statusCode).toBe(303);

      const other = await signedIn(await givenAdmin(house));
      await enrol(other);
      const remove = await other.open('/admin/accounts', await removalOn(other));
      expect((await remove.send({})).statusCode).toBe(303);
      expect((await again.get('/admin')).headers.location).toMatch(/^\/sign-in/);
      const anew = await signedIn(login);
      expect((await anew.get('/admin')).headers.location).toBe('/me/second-factor');
    });

    it('is asked when the page with the form is opened, and whoever only looks is not', async () => {
      const village = await givenVillage(house);
      const { orderId } = await givenCase(village, { at: 'APPROVED' });
      const [cashier, supervisor] = [
        await signedIn(village.at.cashier.login),
        await signedIn(village.at.supervisor.login),
      ];
      expect((await cashier.get(`/s/payments/${orderId}`)).statusCode).toBe(200);
      house.clock.advance({ minutes: 11 });
      const asked = await cashier.get(`/s/payments/${orderId}`);
      expect([asked.statusCode, String(asked.headers.location)]).toEqual([
        303,
        `/me/proof?next=${encodeURIComponent(`/s/payments/${orderId}`)}`,
      ]);
      expect((await supervisor.get(`/s/payments/${orderId}`)).statusCode).toBe(200);
    });

    it('is told so as a program too, and may set it up there', async () => {
      const login = await givenAdmin(house);
      const call = (method: 'GET' | 'POST', url: string, token: string | null, payload?: object) =>
        house.app.inject({
          method,
          url: `/api/v1${url}`,
          headers: {
            'idempotency-key': `key-${String(Math.random()).slice(2)}`,
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          },
          ...(payload ? { payload } : {}),
        });
      const { token } = (await call('POST', '/sessions', null, { login, password: PASSWORD })).json<{
        token: string;
      }>();
      const refused = await call('GET', '/societies', token);
      expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
        409,
        'SECOND_FACTOR_MISSING',
      ]);
      expect((await call('GET', '/me/second-factor', token)).json()).toMatchObject({
        required: true,
        confirmedAt: null,
      });
      const begun = await call('POST', '/me/second-factor', token, { password: PASSWORD });
      const { uri, secret } = begun.json<{ uri: string; secret: string }>();
      expect(uri).toContain(`secret=${secret}`);
      const bytes = secretBytes(secret);
      const done = await call('POST', '/me/second-factor/confirmation', token, { code: now(bytes) });
      expect([done.statusCode, done.json<{ recoveryCodes: string[] }>().recoveryCodes.length]).toEqual([
        201, 10,
      ]);
      expect((await call('GET', '/societies', token)).statusCode).toBe(200);
      nextStep();
      const without = await call('POST', '/sessions', null, { login, password: PASSWORD });
      expect([without.statusCode, without.json<{ code: string }>().code]).toEqual([
        409,
        'SECOND_FACTOR_NEEDED',
      ]);
      const withCode = await call('POST', '/sessions', null, { login, password: PASSWORD, code: now(bytes) });
      expect(withCode.statusCode).toBe(201);
    });

    it('is signed out after half an hour without use, on whatever device', async () => {
      const browser = new Visitor(house.app);
      const form = await browser.open('/sign-in');
      await form.send({ login: await givenAdmin(house), password: PASSWORD, keep: 'yes' });
      house.clock.advance({ minutes: 29 });
      expect((await browser.get('/me/devices')).statusCode).toBe(200);
      house.clock.advance({ minutes: 31 });
      expect((await browser.get('/me/devices')).headers.location).toMatch(/^\/sign-in/);
    });
  });

  describe('an officer of a village', () => {
    it('needs no code, and proves who they are again before an office is given', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const browser = await signedIn(login);
      expect((await browser.get('/s/offices/new')).statusCode).toBe(200);
      house.clock.advance({ minutes: 10 });
      expect((await browser.get('/s/offices/new')).statusCode).toBe(200);
      house.clock.advance({ seconds: 1 });
      expect((await browser.get('/s/offices')).statusCode).toBe(200); // to look needs none
      const sent = await browser.get('/s/offices/new');
      expect([sent.statusCode, sent.headers.location]).toEqual([303, '/me/proof?next=%2Fs%2Foffices%2Fnew']);
      const form = await browser.open(String(sent.headers.location), '/me/proof');
      const wrong = await form.send({ password: 'wrong-password-9' });
      expect([wrong.statusCode, wrong.body.includes('密码不对')]).toEqual([422, true]);
      expect(wrong.body).not.toContain('wrong-password-9');
      const right = await browser.formIn(wrong, '/me/proof').send({ password: PASSWORD });
      expect([right.statusCode, right.headers.location]).toEqual([303, '/s/offices/new']);
      expect((await browser.get('/s/offices/new')).statusCode).toBe(200);
    });

    it('does nothing by a form that comes too late, and goes back to where it stood', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const browser = await signedIn(login);
      const form = await browser.open('/s/offices/new');
      house.clock.advance({ minutes: 30 });
      expect((await form.send({})).statusCode).toBe(200); // opened in time, filled in slowly: it is read
      house.clock.advance({ seconds: 1 });
      const count = async (): Promise<unknown> =>
        house.dataSource.query('SELECT COUNT(*) AS "n" FROM office_terms');
      const before = await count();
      const late = await form.send({});
      expect([late.statusCode, late.headers.location]).toEqual([303, '/me/proof?lost=1']);
      expect(await count()).toEqual(before);
      const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(form.page.body) ?? [];
      const lateFrom = async (referer: string) => {
        const reply = await house.app.inject({
          method: 'POST',
          url: '/s/offices',
          headers: { 'content-type': 'application/x-www-form-urlencoded', referer },
          payload: new URLSearchParams({ _csrf: plain(csrf) }).toString(),
          cookies: browser.cookies,
        });
        return reply.headers.location;
      };
      const id = 'c1a9ad66-0c76-4d7b-8a3c-6a9a0b1d2e3f';
      const to = (page: string) => `/me/proof?next=${encodeURIComponent(page)}&lost=1`;
      expect(await lateFrom('http://localhost:3000/s/offices/new?q=a')).toBe(to('/s/offices/new'));
      expect(await lateFrom(`http://localhost:3000/s/payments/${id}/transfer`)).toBe(to(`/s/payments/${id}`));
      expect(await lateFrom('http://localhost:3000/admin/accounts/search')).toBe(to('/admin/accounts'));
      expect(await lateFrom('http://localhost:3000/nowhere/at/all')).toBe('/me/proof?lost=1');
      const proof = await browser.open(to('/s/offices/new'), '/me/proof');
      const words = '刚才填的没有交上去，照片也没有存。确认以后请重新填一次。';
      expect(proof.page.body).toContain(words);
      const wrong = await proof.send({ password: 'wrong-password-9' });
      expect([wrong.statusCode, wrong.body.includes(words)]).toEqual([422, true]);
      const right = await browser.formIn(wrong, '/me/proof').send({ password: PASSWORD });
      expect(right.headers.location).toBe('/s/offices/new');
      expect((await browser.get('/me/proof?next=%2Fs%2Foffices%2Fnew')).body).not.toContain(words);
    });

    it('is told so as a program, and proves it there', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const call = (url: string, token: string | null, payload: object) =>
        house.app.inject({
          method: 'POST',
          url: `/api/v1${url}`,
          headers: {
            'idempotency-key': `key-${String(Math.random()).slice(2)}`,
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          },
          payload,
        });
      const { token } = (await call('/sessions', null, { login, password: PASSWORD })).json<{
        token: string;
      }>();
      house.clock.advance({ minutes: 11 });
      const refused = await call('/offices', token, {});
      expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([409, 'PROOF_NEEDED']);
      expect((await call('/me/proof', token, { password: 'wrong-password-9' })).statusCode).toBe(422);
      expect((await call('/me/proof', token, { password: PASSWORD })).statusCode).toBe(204);
      const asked = await call('/offices', token, {});
      expect(asked.json<{ code: string }>().code).toBe('INVALID_INPUT');
    });

    it('reads whom to ask about a code or a strange device: the administrator, not another one', async () => {
      const browser = await signedIn((await givenOfficer(house, societyId, 'CLERK')).login);
      await enrol(browser);
      expect((await browser.get('/me/second-factor')).body).toContain('请找系统管理员取消');
      expect((await browser.get('/me/devices')).body).toContain('请系统管理员发一条新的登录链接，重新设密码');
    });

    it('sees their devices, ends one and then all others', async () => {
      const { login } = await givenOfficer(house, societyId, 'CLERK');
      const [mine, second, third] = [await signedIn(login), await signedIn(login), await signedIn(login)];
      const page = await mine.get('/me/devices');
      expect(page.body.match(/最近使用/g)).toHaveLength(3);
      expect(page.body).toContain('127.0.*.*');
      const [, ending = ''] = /action="(\/me\/devices\/[\da-f-]{36}\/ending)"/.exec(page.body) ?? [];
      expect((await (await mine.open('/me/devices', ending)).send({})).headers.location).toBe('/me/devices');
      expect((await mine.get('/me/devices')).body.match(/最近使用/g)).toHaveLength(2);
      const rest = await mine.open('/me/devices', '/me/devices/others/ending');
      expect((await rest.send({})).statusCode).toBe(303);
      expect((await mine.get('/me/devices')).body).not.toContain('全部退出');
      for (const gone of [second, third])
        expect((await gone.get('/me/devices')).headers.location).toMatch(/^\/sign-in/);
    });
  });

  it('takes no form from another house, token or not: 403', async () => {
    const { login } = await givenOfficer(house, societyId);
    const browser = new Visitor(house.app);
    const { page } = await browser.open('/sign-in');
    const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(page.body) ?? [];
    const send = (headers: Record<string, string>) =>
      house.app.inject({
        method: 'POST',
        url: '/sign-in',
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost:3000', ...headers },
        payload: new URLSearchParams({ _csrf: csrf, login, password: PASSWORD }).toString(),
        cookies: browser.cookies,
      });
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect((await send(headers as Record<string, string>)).statusCode).toBe(403);
    expect((await send({ origin: 'http://localhost:3000' })).statusCode).toBe(303);
  });

  const removalOn = async (browser: Visitor): Promise<string> => {
    const { body } = await browser.get('/admin/accounts');
    const [, action = ''] =
      /action="(\/admin\/accounts\/[\da-f-]{36}\/second-factor\/removal)"/.exec(body) ?? [];
    return action;
  };
});

describe('over TLS', () => {
  it('names every cookie so that no other host of the domain can plant it', async () => {
    const [kind] = kinds;
    if (!kind) throw new Error('No database');
    const house = await givenHouse(kind, undefined, {
      settings: { HUZHU_PUBLIC_URL: 'https://huzhu.example' },
    });
    const societyId = await givenSociety(house);
    const { login } = await givenOfficer(house, societyId, 'CHAIR');
    const browser = new Visitor(house.app);
    await browser.signIn(login, PASSWORD);
    expect((await browser.get('/s/offices')).statusCode).toBe(200);
    const form = await browser.open('/sign-in');
    const reply = await form.send({ login, password: PASSWORD });
    expect(
      reply.cookies
        .filter(({ value }) => value !== '')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['__Host-huzhu_device', '__Host-huzhu_session']);
    for (const cookie of reply.cookies)
      expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: '/', sameSite: 'Lax' });
    expect(Object.keys(browser.cookies)).toContain('__Host-huzhu_csrf');
    await house.close();
  });
});
