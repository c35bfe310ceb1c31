import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { AccessService, Proofs, SecondFactorService, SessionsService } from '../../src/access/index.js';
import { IdentityFlows } from '../../src/access/identity-flows.js';
import { IdentitySignIn } from '../../src/access/identity-sign-in.service.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { OfficesService } from '../../src/offices/index.js';
import { Config } from '../../src/platform/config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { secretBytes, shownCode } from '../support/authenticator.js';
import { kindsOverHttp } from '../support/databases.js';
import { givenFederation } from '../support/federation.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { GivenProvider } from '../support/identity-provider.js';
import type { Known } from '../support/identity-provider.js';
import { givenAdmin, givenOfficer, PASSWORD } from '../support/officers.js';
import type { Officer } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { Visitor } from '../support/visitor.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
const SESSION = 'huzhu_session';
let people = 0;
const newPerson = (more: Partial<Known> = {}): Known => ({ subject: `staff-${++people}`, ...more });

describe.each(kindsOverHttp)('$name', (kind) => {
  let provider: GivenProvider;
  let house: House;
  let federationId: string;
  let logged: string[];

  beforeAll(async () => {
    provider = await GivenProvider.start();
    house = await givenHouse(kind, undefined, { settings: { STEP_UP: 'on', ...provider.settings } });
    federationId = await givenFederation(house);
  });
  beforeEach(() => {
    logged = [];
    jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((line: unknown) => void logged.push(String(line)));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => expectSound(house));
  afterAll(() => house.close());
  afterAll(() => provider.stop());

  const rows = async (sql: string, ...values: string[]): Promise<Record<string, unknown>[]> =>
    house.dataSource.query(sql, values);
  const reviewer = (): Promise<Officer> => givenOfficer(house, federationId, 'REVIEWER');
  const signedIn = async (login: string): Promise<Visitor> => {
    const browser = new Visitor(house.app);
    await browser.signIn(login, PASSWORD);
    return browser;
  };
  /** To the provider and back, short of the last step: the address that the browser is sent back to. */
  const trip = async (browser: Visitor, person: Known, from = '/sign-in/oidc'): Promise<string> => {
    const left = await browser.get(from);
    expect(left.statusCode).toBe(303);
    return provider.visit(String(left.headers.location), person);
  };
  const arrive = async (person: Known, from?: string) => {
    const browser = new Visitor(house.app);
    const reply = await browser.get(await trip(browser, person, from));
    return { browser, reply, to: reply.headers.location };
  };
  const visitorIn = async (browser: Visitor) => {
    const visitor = await house.get(SessionsService).visitorOf(browser.cookies[SESSION], 'web');
    if (!visitor) throw new Error('The session is gone');
    return visitor;
  };
  /** Tries that count against the network that all come from. */
  const tries = async (): Promise<number> =>
    Number(
      (await rows(`SELECT tries AS "tries" FROM sign_in_failures WHERE subject LIKE 'network/%'`))[0]?.[
        'tries'
      ],
    );
  /** Signed in with a password, back from the provider, before the button that binds. */
  const found = async (login: string, person: Known): Promise<Visitor> => {
    const browser = await signedIn(login);
    const back = await browser.get(await trip(browser, person, '/me/identity/provider'));
    expect([back.statusCode, back.headers.location]).toEqual([303, '/me/identity']);
    return browser;
  };
  const press = async (browser: Visitor) => (await browser.open('/me/identity', '/me/identity')).send({});
  const bound = async (login: string, person: Known): Promise<Visitor> => {
    const browser = await found(login, person);
    expect((await press(browser)).statusCode).toBe(303);
    return browser;
  };
  /** Everything by which somebody could have come in. */
  const opened = async (): Promise<unknown> =>
    Promise.all(
      ['accounts', 'sessions', 'sign_in_steps', 'account_identities'].map((table) =>
        rows(`SELECT COUNT(*) AS "n" FROM ${table}`),
      ),
    );
  const expectNothingOpened = async (attempt: () => Promise<unknown>): Promise<void> => {
    const before = await opened();
    await attempt();
    expect(await opened()).toEqual(before);
  };

  describe('the staff of a federation', () => {
    it('bind their identity once, by a button, and come in by it from then on', async () => {
      const [{ login, accountId }, person] = [await reviewer(), newPerson()];
      const browser = await signedIn(login);
      expect((await browser.get('/me/devices')).body).toContain('href="/me/identity"');
      await browser.get(await trip(browser, person, '/me/identity/provider'));
      expect(await rows('SELECT id FROM account_identities WHERE account_id = ?', accountId)).toEqual([]);
      const elsewhere = await signedIn(login);
      expect((await press(browser)).headers.location).toBe('/me/identity');
      expect((await browser.get('/me/identity')).body).toContain('断开单位账号');
      expect((await elsewhere.get('/s')).headers.location).toMatch(/^\/sign-in/);

      const door = await new Visitor(house.app).get('/sign-in?next=/s/people');
      expect(door.body).toContain('用柳岸总会账号登录');
      expect(door.body).toContain('href="/sign-in/oidc?next&#x3D;%2Fs%2Fpeople"');
      const { browser: come, to } = await arrive(person, '/sign-in/oidc?next=%2Fs%2Fpeople');
      expect(to).toBe('/s/people');
      expect((await come.get('/s')).statusCode).toBe(200);
      expect(Object.keys(come.cookies)).not.toContain('huzhu_identity');
      const acts = await rows(
        'SELECT act AS "act", words AS "words" FROM audit_acts WHERE account_id = ? ORDER BY id',
        accountId,
      );
      const trail = acts.map(({ act, words }) => `${String(act)} ${String(words)}`);
      expect(trail).toEqual(expect.arrayContaining(['bindIdentity 连上单位账号', 'signIn 用单位账号登录']));
    });

    it('keep nothing readable of who they are there', async () => {
      const person = newPerson({ subject: 'chen-xiulan@cishan.example' });
      await bound((await reviewer()).login, person);
      await arrive(person);
      const tables = ['account_identities', 'commands', 'audit_acts', 'sessions', 'sign_in_failures'];
      const all = await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table}`)));
      expect(JSON.stringify(all)).not.toContain('chen-xiulan');
    });

    it('are asked again before an act with money when the provider signed them in long ago', async () => {
      const [{ login }, person] = [await reviewer(), newPerson()];
      await bound(login, person);
      const removal = '/me/identity/removal';
      const old = (await arrive({ ...person, signedInAgoS: 11 * 3600 })).browser;
      expect((await old.get('/s')).statusCode).toBe(200);
      const asked = await (await old.open('/me/identity', removal)).send({});
      expect(asked.headers.location).toMatch(/^\/me\/proof/);
      const fresh = (await arrive(person)).browser;
      expect((await (await fresh.open('/me/identity', removal)).send({})).headers.location).toBe(
        '/me/identity',
      );
      expect((await fresh.get('/me/identity')).body).toContain('还没有连上');
      expect((await old.get('/s')).headers.location).toMatch(/^\/sign-in/);
    });

    it('are asked for their own code, unless the provider says that it asked for one', async () => {
      const [{ login, accountId, personId }, person] = [await reviewer(), newPerson()];
      const visitor = await visitorIn(await bound(login, person));
      const begun = await house.get(Proofs).beginFactor(callerOf(visitor.actor), visitor, PASSWORD);
      const secret = secretBytes(begun?.secret ?? '');
      const now = () => shownCode(secret, house.clock.now());
      await house.get(SecondFactorService).confirm(callerOf(visitor.actor), visitor, now());
      house.clock.advance({ seconds: 30 });

      const { browser, to } = await arrive(person, '/sign-in/oidc?next=%2Fs%2Fpeople');
      expect(to).toBe('/sign-in/code?next=%2Fs%2Fpeople');
      expect((await browser.get('/s')).headers.location).toMatch(/^\/sign-in/);
      const done = await (await browser.open(String(to))).send({ code: now() });
      expect(done.headers.location).toBe('/s/people');
      const two = { ...person, amr: ['pwd', 'otp'] };
      expect((await arrive(two)).to).toBe('/s');
      expect((await arrive({ ...two, signedInAgoS: 31 * 60 })).to).toBe('/sign-in/code');

      const half = () =>
        rows('SELECT id FROM sign_in_steps WHERE account_id = ? AND spent_at IS NULL', accountId);
      expect(await half()).toHaveLength(1);
      const access = house.get(AccessService);
      await house.get(Transactions).run((tx) => access.signOutPerson(tx, federationId, personId));
      expect(await half()).toEqual([]);
      expect((await arrive(person)).to).toBe('/sign-in/code');
      await house.get(IdentitySignIn).unbind(callerOf(visitor.actor), accountId, visitor.sessionId);
      expect(await half()).toEqual([]);
    });

    it('are out with their office, and their identity opens nothing then', async () => {
      const [{ login, personId }, person] = [await reviewer(), newPerson()];
      const browser = await bound(login, person);
      const { browser: come } = await arrive(person);
      const [term] = await rows('SELECT id AS "id" FROM office_terms WHERE person_id = ?', personId);
      const endedOn = addDays(dayOf(house.clock.now()), -1);
      const ending = { societyId: federationId, termId: String(term?.['id']), endedOn };
      await house.get(OfficesService).endTerm(callerOf({ ...admin, societyId: federationId }), ending);
      for (const each of [browser, come])
        expect((await each.get('/s')).headers.location).toMatch(/^\/sign-in/);
      await expectNothingOpened(async () => {
        const { reply } = await arrive(person);
        expect([reply.statusCode, reply.body.includes('只给联合会工作人员')]).toEqual([403, true]);
      });
    });

    it('are out when their account is disabled, and the identity does not come back with it', async () => {
      const [{ login, accountId }, person] = [await reviewer(), newPerson()];
      await bound(login, person);
      const { browser } = await arrive(person);
      const access = house.get(AccessService);
      await house.dataSource.transaction((manager) =>
        manager.query(`UPDATE accounts SET disabled_at = '2026-03-02 00:00:00' WHERE id = ?`, [accountId]),
      );
      await expectNothingOpened(async () => {
        const { reply } = await arrive(person); // between the disabling and its end
        expect([reply.statusCode, reply.body.includes('这个账号已经停用')]).toEqual([403, true]);
      });
      await house.dataSource.transaction((manager) =>
        manager.query('UPDATE accounts SET disabled_at = NULL WHERE id = ?', [accountId]),
      );
      await access.disable(callerOf(admin), accountId);
      expect((await browser.get('/s')).headers.location).toMatch(/^\/sign-in/);
      await access.issueLink(callerOf(admin), accountId);
      await expectNothingOpened(async () => {
        expect((await arrive(person)).reply.statusCode).toBe(403);
      });
    });

    it('lose it with a password set anew by a link, and a session that is over binds none', async () => {
      const [{ login, accountId }, person] = [await reviewer(), newPerson()];
      await bound(login, person);
      const intruder = await found(login, newPerson());
      const [visitor, sealed] = [await visitorIn(intruder), intruder.cookies['huzhu_identity'] ?? ''];
      const access = house.get(AccessService);
      const { link } = await access.issueLink(callerOf(admin), accountId);
      const token = link?.replace('/link/', '') ?? '';
      await access.useLink(callerOf({}), token, { login, password: PASSWORD });
      expect((await arrive(person)).reply.statusCode).toBe(403);
      const binding = house.get(IdentitySignIn).bind(callerOf(visitor.actor), visitor, sealed);
      await expect(binding).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
      expect(await rows('SELECT id FROM account_identities WHERE account_id = ?', accountId)).toEqual([]);
    });

    it('lose it to an administrator, and are signed out', async () => {
      const [{ login, accountId }, person] = [await reviewer(), newPerson()];
      const browser = await bound(login, person);
      const boss = await signedIn(await givenAdmin(house));
      const chosen = await (await boss.open('/choose', '/choose')).send({ societyId: federationId });
      expect(chosen.statusCode).toBe(303);
      const removal = `/admin/accounts/${accountId}/identity/removal`;
      expect((await (await boss.open('/admin/accounts', removal)).send({})).statusCode).toBe(303);
      expect((await boss.get('/admin/accounts')).body).not.toContain(removal);
      expect((await browser.get('/s')).headers.location).toMatch(/^\/sign-in/);
      expect((await arrive(person)).reply.statusCode).toBe(403);
    });

    it('may read and end it by a program', async () => {
      const [{ login }, person] = [await reviewer(), newPerson()];
      await bound(login, person);
      const { token } = await house.get(SessionsService).signIn({
        ...{ login, password: PASSWORD, origin: 'api', keep: false, device: null, societyId: null },
      });
      const call = (method: 'GET' | 'POST', url: string) =>
        house.app.inject({
          method,
          url: `/api/v1/me/identity${url}`,
          headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
        });
      expect((await call('GET', '')).json<object>()).toEqual({
        boundAt: house.clock.now().toISOString(),
        mayBind: true,
      });
      expect((await call('POST', '/removal')).statusCode).toBe(204);
      expect((await call('GET', '')).json()).toEqual({ boundAt: null, mayBind: true });
      const again = await call('POST', '/removal');
      expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'IDENTITY_NOT_BOUND']);
    });
  });

  describe('nobody else', () => {
    it('comes in by an identity that no account is bound to, and no account is made', async () => {
      const person = newPerson();
      await expectNothingOpened(async () => {
        const { reply, browser } = await arrive(person);
        expect([reply.statusCode, reply.body.includes('还没有和这里的账号连上')]).toEqual([403, true]);
        expect(Object.keys(browser.cookies)).not.toContain(SESSION);
        expect(reply.body).not.toContain(person.subject);
      });
      const noted = await rows(`SELECT id FROM audit_acts WHERE words = 'IDENTITY_UNKNOWN'`);
      expect(noted.length).toBeGreaterThan(0);
    });

    it('binds one: not the chair of a village, and not whoever has no office', async () => {
      const village = await givenSociety(house);
      for (const { login } of [
        await givenOfficer(house, village, 'CHAIR'),
        await givenOfficer(house, federationId),
      ]) {
        const browser = await signedIn(login);
        expect((await browser.get('/me/devices')).body).not.toContain('/me/identity');
        expect((await browser.get('/me/identity')).body).toContain('只给联合会工作人员');
        expect((await browser.get('/me/identity/provider')).statusCode).toBe(403);
      }
    });

    it('binds what was found in another session, or ten minutes ago', async () => {
      const [one, other, person] = [await reviewer(), await reviewer(), newPerson()];
      const [browser, theirs] = [await found(one.login, person), await signedIn(other.login)];
      const form = await browser.open('/me/identity', '/me/identity');
      theirs.cookies['huzhu_identity'] = browser.cookies['huzhu_identity'] ?? '';
      expect((await theirs.get('/me/identity')).body).not.toContain('刚才');
      house.clock.advance({ minutes: 10 });
      await expectNothingOpened(async () => {
        const late = await form.send({});
        expect([late.statusCode, late.body.includes('等得太久')]).toEqual([422, true]);
      });
    });

    it('binds whoever is signed in at the provider already: it asks anew, and must say so', async () => {
      const [{ login }, person, there] = [await reviewer(), newPerson(), new Map<string, string>()];
      const old = { ...person, signedInAgoS: 3600 };
      const begun = await new Visitor(house.app).get('/sign-in/oidc');
      await provider.visit(String(begun.headers.location), old, there);
      const asked = provider.logins;
      const browser = await signedIn(login);
      const left = new URL(String((await browser.get('/me/identity/provider')).headers.location));
      left.searchParams.delete('prompt');
      left.searchParams.set('max_age', '43200');
      const silent = await provider.visit(left.href, old, there);
      expect(provider.logins).toBe(asked);
      await expectNothingOpened(async () => {
        const reply = await browser.get(silent);
        expect([reply.statusCode, reply.body.includes('没有登录成功')]).toEqual([422, true]);
        expect(reply.body).not.toContain('刚才');
      });
      const again = String((await browser.get('/me/identity/provider')).headers.location);
      const back = await browser.get(await provider.visit(again, person, there));
      expect([back.headers.location, provider.logins]).toEqual(['/me/identity', asked + 1]);
    });

    it('is bound to two accounts: of ten who bind one identity at once, one does', async () => {
      const person = newPerson();
      const browsers: Visitor[] = [];
      for (let i = 0; i < 10; i++) browsers.push(await found((await reviewer()).login, person));
      const forms = await Promise.all(browsers.map((each) => each.open('/me/identity', '/me/identity')));
      const before = await rows('SELECT id FROM account_identities');
      const replies = await Promise.all(forms.map((form) => form.send({})));
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([
        303,
        ...Array.from({ length: 9 }, () => 422),
      ]);
      expect(replies.filter(({ body }) => body.includes('已经连着这里的另一个账号'))).toHaveLength(9);
      expect(await rows('SELECT id FROM account_identities')).toHaveLength(before.length + 1);
    });

    it('is bound beside another: an account has one identity', async () => {
      const { login } = await reviewer();
      const [one, other] = [await found(login, newPerson()), await found(login, newPerson())];
      const forms = [
        await one.open('/me/identity', '/me/identity'),
        await other.open('/me/identity', '/me/identity'),
      ];
      const replies = await Promise.all(forms.map((form) => form.send({})));
      const kept = replies.filter(({ headers }) => headers.location === '/me/identity');
      expect(kept).toHaveLength(1); // the other is told so, or is signed out already by the first
    });
  });

  describe('an answer of the provider', () => {
    let person: Known;
    beforeAll(async () => {
      person = newPerson();
      await bound((await reviewer()).login, person);
    });
    const refused = async (browser: Visitor, path: string, status = 422): Promise<string> => {
      let words = '';
      await expectNothingOpened(async () => {
        const reply = await browser.get(path);
        expect(reply.statusCode).toBe(status);
        expect(Object.keys(browser.cookies)).not.toContain(SESSION);
        words = reply.body;
      });
      return words;
    };
    const changed = (path: string, change: (query: URLSearchParams) => void): string => {
      const url = new URL(path, 'http://localhost:3000');
      change(url.searchParams);
      return `${url.pathname}${url.search}`;
    };

    it('is taken with its own state, and with no other; the provider is not even asked', async () => {
      const browser = new Visitor(house.app);
      const path = await trip(browser, person);
      const cookies = { ...browser.cookies };
      const asked = provider.exchanges;
      for (const state of ['', 'x'.repeat(43)]) {
        Object.assign(browser.cookies, cookies);
        expect(
          await refused(
            browser,
            changed(path, (query) => {
              query.set('state', state);
            }),
          ),
        ).toContain('等得太久');
      }
      expect(await refused(new Visitor(house.app), path)).toContain('不是从这台设备开始的');
      expect(provider.exchanges).toBe(asked);
      Object.assign(browser.cookies, cookies);
      expect((await browser.get(path)).headers.location).toBe('/s'); // all that was wrong was the state
    });

    it('of a stranger signs nobody in as the stranger: the state stops it, and without it nothing would', async () => {
      const stranger = new Visitor(house.app);
      const theirs = await trip(stranger, person);
      const victim = new Visitor(house.app);
      await victim.get('/sign-in/oidc');
      const own = { ...victim.cookies };
      await refused(victim, theirs);
      const flows = house.get(IdentityFlows);
      const flow = flows.underWay(stranger.cookies['huzhu_identity'] ?? '');
      if (!flow) throw new Error('The stranger is not under way');
      jest.spyOn(flows, 'flowOf').mockReturnValue(flow);
      Object.assign(victim.cookies, own);
      expect((await victim.get(theirs)).headers.location).toBe('/s');
    });

    it('is good once', async () => {
      const browser = new Visitor(house.app);
      const path = await trip(browser, person);
      const cookies = { ...browser.cookies };
      expect((await browser.get(path)).headers.location).toBe('/s');
      expect(logged).toEqual([]);
      const again = new Visitor(house.app);
      Object.assign(again.cookies, cookies);
      expect(await refused(again, path)).toContain('没有登录成功');
      expect(logged).toEqual([expect.stringMatching(/^The identity provider said no: [\w <]+$/)]);
    });

    it('is for ten minutes', async () => {
      const browser = new Visitor(house.app);
      const path = await trip(browser, person);
      house.clock.advance({ minutes: 10 });
      expect(await refused(browser, path)).toContain('等得太久');
    });

    it('with another nonce, code, issuer or a “no” opens nothing', async () => {
      const browser = new Visitor(house.app);
      const left = new URL(String((await browser.get('/sign-in/oidc')).headers.location));
      left.searchParams.set('nonce', 'x'.repeat(43));
      expect(await refused(browser, await provider.visit(left.href, person))).toContain('没有登录成功');
      for (const [name, value] of [
        ['code', 'x'.repeat(43)],
        ['iss', 'http://127.0.0.1:1'],
      ] as const) {
        const path = await trip(browser, person);
        await refused(
          browser,
          changed(path, (query) => {
            query.set(name, value);
          }),
        );
      }
      await refused(browser, await trip(browser, { ...person, givesUp: true }));
    });

    it('of a session there that is older than ours may be opens nothing, though the wish was taken out', async () => {
      const browser = new Visitor(house.app);
      const left = new URL(String((await browser.get('/sign-in/oidc')).headers.location));
      left.searchParams.delete('max_age');
      const path = await provider.visit(left.href, { ...person, signedInAgoS: 13 * 3600 });
      expect(await refused(browser, path)).toContain('没有登录成功');
    });

    it('of another provider opens nothing, though it knows the same name', async () => {
      const other = await GivenProvider.start();
      const browser = new Visitor(house.app);
      const left = String((await browser.get('/sign-in/oidc')).headers.location);
      const path = await other.visit(left.replace(provider.issuer, other.issuer), person);
      await refused(browser, path);
      await refused(
        browser,
        changed(path, (query) => {
          query.set('iss', provider.issuer);
        }),
      );
      expect(other.exchanges).toBe(0);
      await other.stop();
    });

    it('cannot be had while the provider is down: the page says so, and the password works', async () => {
      const { login } = await reviewer();
      const browser = new Visitor(house.app);
      const path = await trip(browser, person);
      const before = await tries();
      await provider.stop();
      const words = await refused(browser, path, 503);
      expect(await tries()).toBe(before); // nobody guessed
      expect(words).toContain('单位的登录系统现在连不上');
      expect(words).toContain('name="password"');
      expect((await browser.signIn(login, PASSWORD)).headers.location).toBe('/s');
      await provider.listenAgain();
      expect((await arrive(person)).to).toBe('/s');
    });

    it('is counted by network, and those that were right are not', async () => {
      await arrive(newPerson());
      const before = await tries();
      await arrive(person);
      expect(await tries()).toBe(before);
      await house.dataSource.transaction((manager) =>
        manager.query(`UPDATE sign_in_failures SET tries = 60 WHERE subject LIKE 'network/%'`),
      );
      await arrive(newPerson());
      const asked = provider.exchanges;
      const { reply } = await arrive(person);
      expect([reply.statusCode, reply.body.includes('试的次数太多')]).toEqual([422, true]);
      expect(provider.exchanges).toBe(asked);
    });
  });

  it('is not there where no provider is set up', async () => {
    jest.replaceProperty(house.get(Config), 'oidc', null);
    house.clock.advance({ hours: 1 }); // the network was counted above
    const browser = new Visitor(house.app);
    expect((await browser.get('/sign-in')).body).not.toContain('/sign-in/oidc');
    for (const path of ['/sign-in/oidc', '/sign-in/oidc/return?code=a&state=b'])
      expect((await browser.get(path)).statusCode).toBe(404);
    await browser.signIn((await reviewer()).login, PASSWORD);
    expect((await browser.get('/me/devices')).body).not.toContain('/me/identity');
    for (const path of ['/me/identity', '/me/identity/provider'])
      expect((await browser.get(path)).statusCode).toBe(404);
  });
});
