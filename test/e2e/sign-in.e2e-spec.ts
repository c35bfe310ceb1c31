import { AccessService, SESSION_COOKIE } from '../../src/access/index.js';
import { day } from '../../src/kernel/day.js';
import { OfficesQueries, OfficesService } from '../../src/offices/index.js';
import { kindsOverHttp } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { Visitor } from '../support/visitor.js';

const admin = { roles: ['system-admin'] as const };

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let other: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
    societyId = await givenSociety(house);
    other = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const visitor = () => new Visitor(house.app);
  const signedIn = async (login: string) => {
    const browser = visitor();
    const reply = await browser.signIn(login, PASSWORD);
    expect(reply.statusCode).toBe(303);
    return browser;
  };

  describe('pages', () => {
    it('sends a stranger to sign in, and back to the page that was asked for', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const browser = visitor();
      const sent = await browser.get('/s/offices?end=1');
      expect([sent.statusCode, sent.headers.location]).toEqual([
        303,
        '/sign-in?next=%2Fs%2Foffices%3Fend%3D1',
      ]);
      const form = await browser.open(String(sent.headers.location));
      const back = await form.send({ login, password: PASSWORD });
      expect([back.statusCode, back.headers.location]).toEqual([303, '/s/offices?end=1']);
      expect((await browser.get('/s/offices')).statusCode).toBe(200);
    });

    it('gives a cookie that no script reads and no other site sends, for the session only unless kept', async () => {
      const { login } = await givenOfficer(house, societyId);
      const form = await visitor().open('/sign-in');
      const cookiesOf = async (more: object) => {
        const reply = await form.send({ login, password: PASSWORD, ...more });
        return reply.cookies.find(({ name }) => name === SESSION_COOKIE);
      };
      const shared = await cookiesOf({});
      expect(shared).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
      expect(shared?.maxAge).toBeUndefined();
      expect(await cookiesOf({ keep: 'yes' })).toMatchObject({ maxAge: 30 * 24 * 3600 });
    });

    it('says one thing to a wrong password and an unknown name, and gives no password back', async () => {
      const { login } = await givenOfficer(house, societyId);
      const words = [];
      for (const name of [login, 'nobody-at-all']) {
        const form = await visitor().open('/sign-in');
        const reply = await form.send({ login: name, password: 'wrong-password-9' });
        expect(reply.statusCode).toBe(422);
        expect(reply.body).toContain('登录名或密码不对');
        expect(reply.body).not.toContain('wrong-password-9');
        expect(reply.body).toContain(`value="${name}"`);
        words.push(
          reply.body.replaceAll(name, '').replace(/name="(_csrf|submission_id)" value="[^"]*"/g, ''),
        );
      }
      expect(words[0]).toBe(words[1]);
    });

    it('goes to no other house after signing in', async () => {
      const { login } = await givenOfficer(house, societyId);
      for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
        const form = await visitor().open(`/sign-in?next=${encodeURIComponent(next)}`);
        const reply = await form.send({ login, password: PASSWORD, next });
        expect(reply.headers.location).toBe('/s');
      }
    });

    it('takes no form that was not opened here: 403', async () => {
      const { login } = await givenOfficer(house, societyId);
      const reply = await visitor().post('/sign-in', { login, password: PASSWORD });
      expect(reply.statusCode).toBe(403);
      expect(reply.cookies.map(({ name }) => name)).not.toContain(SESSION_COOKIE);
    });

    it('signs out: the cookie is taken and its copy opens nothing', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const browser = await signedIn(login);
      const copy = browser.cookies[SESSION_COOKIE] ?? '';
      const form = await browser.open('/sign-in');
      const { _csrf = '' } = Object.fromEntries(
        [...form.page.body.matchAll(/name="(_csrf)" value="([^"]+)"/g)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      );
      const out = await browser.post('/sign-out', { _csrf });
      expect([out.statusCode, out.headers.location]).toEqual([303, '/sign-in']);
      expect(browser.cookies[SESSION_COOKIE]).toBeUndefined();
      const again = await house.app.inject({ url: '/s/offices', cookies: { [SESSION_COOKIE]: copy } });
      expect(again.statusCode).toBe(303);
    });

    it('sends whoever lost the office to sign in anew, refuses them then, and whoever lost the account for good', async () => {
      const { login, personId, accountId } = await givenOfficer(house, societyId, 'CHAIR');
      const browser = await signedIn(login);
      expect((await browser.get('/s/offices/new')).statusCode).toBe(200);
      const terms = await house.get(OfficesQueries).terms(societyId);
      const termId = terms.find((term) => term.personId === personId)?.id ?? '';
      const ending = { societyId, termId, endedOn: day('2026-03-02') };
      await house.get(OfficesService).endTerm(callerOf({ ...admin, societyId }), ending);
      expect((await browser.get('/s/offices/new')).headers.location).toMatch(/^\/sign-in/);
      expect((await browser.signIn(login, PASSWORD)).statusCode).toBe(303);
      const refused = await browser.get('/s/offices/new');
      expect(refused.statusCode).toBe(403);
      expect(refused.body).toContain('NOT_YOUR_PART');
      await house.get(AccessService).disable(callerOf(admin), accountId);
      expect((await browser.get('/choose')).headers.location).toMatch(/^\/sign-in/);
    });

    it('asks whoever serves two societies where to act, and shows the one that was chosen', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const second = await givenOfficer(house, other, 'SUPERVISOR');
      await house.get(AccessService).disable(callerOf(admin), second.accountId);
      const there = await givenPerson(other);
      const joining = { login, societyId: other, personId: there };
      await house.get(AccessService).joinAccount(callerOf(admin), joining);
      const browser = visitor();
      expect((await browser.signIn(login, PASSWORD)).headers.location).toBe('/choose');
      expect((await browser.get('/s/offices')).headers.location).toBe('/choose?next=%2Fs%2Foffices');
      const form = await browser.open('/choose?next=/s/offices', '/choose');
      expect((await form.send({})).statusCode).toBe(422);
      const chosen = await form.send({ societyId });
      expect([chosen.statusCode, chosen.headers.location]).toEqual([303, '/s/offices']);
      expect((await browser.get('/s/offices')).statusCode).toBe(200);
      const elsewhere = await form.send({ societyId: other });
      expect(elsewhere.statusCode).toBe(303);
      expect((await browser.get('/s/offices')).statusCode).toBe(403);
    });

    it('D4-69 a clerk of one society opens what belongs to another: 404, and it is kept', async () => {
      const { login, accountId } = await givenOfficer(house, societyId, 'CLERK');
      const theirs = await givenPerson(other);
      const browser = await signedIn(login);
      const reply = await browser.get(`/s/people/${theirs}`);
      expect(reply.statusCode).toBe(404);
      expect(reply.body).not.toContain('周秀兰');
      const kept: { subject: string }[] = await house.dataSource.query(
        `SELECT subject_id AS "subject" FROM audit_acts WHERE account_id = ? AND subject_kind = 'refused'`,
        [accountId],
      );
      expect(kept).toEqual([{ subject: theirs }]);
    });

    it('keeps in the trail what somebody asked for without a right to it', async () => {
      const { login, accountId } = await givenOfficer(house, societyId, 'CASHIER');
      const browser = await signedIn(login);
      expect((await browser.get('/admin')).statusCode).toBe(403);
      const kept: { act: string; words: string }[] = await house.dataSource.query(
        `SELECT act AS "act", words AS "words" FROM audit_acts WHERE account_id = ? AND subject_kind = 'refused'`,
        [accountId],
      );
      expect(kept).toEqual([{ act: 'GET /admin', words: 'NOT_YOUR_PART' }]);
    });
  });

  describe('one-time link', () => {
    it('does nothing when it is opened, sets login and password once, and is then spent', async () => {
      const personId = await givenPerson(societyId);
      const { link } = await house.get(AccessService).openAccount(callerOf(admin), { societyId, personId });
      const browser = visitor();
      for (let i = 0; i < 3; i++) expect((await browser.get(link ?? '')).statusCode).toBe(200);
      const form = await browser.open(link ?? '');
      const login = `linked-${kind.name}`;
      for (const [password, again, words] of [
        [PASSWORD, 'another', '两次输入的密码不一样'],
        ['1234567890', '1234567890', '太常见'],
        ['short', 'short', '至少 10'],
      ] as const) {
        const wrong = await form.send({ login, password, again });
        expect([wrong.statusCode, wrong.body.includes(words)]).toEqual([422, true]);
        expect(wrong.body).not.toContain(`value="${password}"`);
      }
      const done = await form.send({ login, password: PASSWORD, again: PASSWORD });
      expect([done.statusCode, done.headers.location]).toEqual([303, '/sign-in']);
      const spent = await browser.get(link ?? '');
      expect([spent.statusCode, spent.body.includes('这条链接不能用了')]).toEqual([404, true]);
      expect((await browser.signIn(login, PASSWORD)).headers.location).toBe('/s');
    });

    it('tells nobody whether a link ever was', async () => {
      for (const token of ['x'.repeat(43), 'short', "'%20OR%201"])
        expect((await visitor().get(`/link/${token}`)).statusCode).toBe(404);
    });
  });

  describe('API', () => {
    const call = (method: 'GET' | 'POST' | 'DELETE', url: string, token: string | null, payload?: object) =>
      house.app.inject({
        method,
        url,
        headers: {
          'idempotency-key': `key-${String(Math.random()).slice(2)}`,
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(payload ? { payload } : {}),
      });
    type Session = { token: string; societyId: string; societies: { id: string }[] };

    it('signs in, acts with the token, signs out', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const reply = await call('POST', '/api/v1/sessions', null, { login, password: PASSWORD });
      expect(reply.statusCode).toBe(201);
      const session = reply.json<Session>();
      expect(session).toMatchObject({ societyId, societies: [{ id: societyId }] });
      expect((await call('GET', '/api/v1/offices', session.token)).statusCode).toBe(200);
      expect((await call('DELETE', '/api/v1/sessions/current', session.token)).statusCode).toBe(204);
      expect((await call('GET', '/api/v1/offices', session.token)).statusCode).toBe(401);
    });

    it('takes no cookie: 401 as a problem, whoever is signed in to the pages', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const browser = await signedIn(login);
      const reply = await browser.get('/api/v1/offices');
      expect(reply.statusCode).toBe(401);
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(reply.json()).toMatchObject({ code: 'NOT_SIGNED_IN', status: 401 });
    });

    it('answers a wrong password, a wrong shape and a wrong society as problems', async () => {
      const { login } = await givenOfficer(house, societyId, 'CHAIR');
      const signIn = (body: object) => call('POST', '/api/v1/sessions', null, body);
      const wrong = await signIn({ login, password: 'wrong-password-9' });
      expect([wrong.statusCode, wrong.json<{ code: string }>().code]).toEqual([422, 'WRONG_CREDENTIALS']);
      expect((await signIn({ login })).json()).toMatchObject({
        code: 'INVALID_INPUT',
        errors: { password: '请填写密码' },
      });
      const foreign = await signIn({ login, password: PASSWORD, societyId: other });
      expect([foreign.statusCode, foreign.json<{ code: string }>().code]).toEqual([
        404,
        'NOT_OF_THIS_SOCIETY',
      ]);
    });

    it('lets the administrator open and disable accounts, and not twice', async () => {
      const login = await givenAdmin(house);
      const { token } = (
        await call('POST', '/api/v1/sessions', null, { login, password: PASSWORD })
      ).json<Session>();
      const personId = await givenPerson(societyId);
      const opened = await call('POST', '/api/v1/accounts', token, { societyId, personId });
      expect(opened.statusCode).toBe(201);
      const { accountId, link } = opened.json<{ accountId: string; link: string }>();
      expect(link).toMatch(/^\/link\/[\w-]{43}$/);
      expect((await call('POST', `/api/v1/accounts/${accountId}/links`, token, {})).statusCode).toBe(201);
      expect((await visitor().get(link)).statusCode).toBe(404); // replaced by the later one
      expect((await call('POST', `/api/v1/accounts/${accountId}/disabling`, token, {})).statusCode).toBe(204);
      expect((await call('POST', `/api/v1/accounts/${accountId}/disabling`, token, {})).statusCode).toBe(404);
    });
  });

  const givenPerson = async (society: string) => {
    const { personId, accountId } = await givenOfficer(house, society);
    const sql = `DELETE FROM account_persons WHERE account_id = ?`;
    await house.dataSource.transaction((manager) => manager.query(sql, [accountId]));
    return personId;
  };
});
