import { randomUUID } from 'node:crypto';
import { AccessQueries, AccessService, SessionsService } from '../../src/access/index.js';
import type { Origin } from '../../src/access/index.js';
import { firstAdministrator } from '../../src/house/index.js';
import { day } from '../../src/kernel/day.js';
import { OfficesService } from '../../src/offices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
const PASSWORD = '柳溪村头三棵老槐树下';
let logins = 0;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let access: AccessService;
  let sessions: SessionsService;

  beforeAll(async () => {
    house = await givenHouse(kind);
    access = house.get(AccessService);
    sessions = house.get(SessionsService);
    societyId = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const person = async (society = societyId) => {
    const draft = { name: '王大山', group: '三组', residence: 'HUKOU' as const };
    return (await house.get(PeopleService).addPerson(callerOf({ ...admin, societyId: society }), draft))
      .personId;
  };
  const account = async (society = societyId) => {
    const [personId, login] = [await person(society), `officer${++logins}`];
    const draft = { societyId: society, personId, login, password: PASSWORD };
    const { accountId } = await access.openAccount(callerOf(admin), draft);
    return { accountId, personId, login };
  };
  const signIn = (
    login: string,
    more: { password?: string; origin?: Origin; device?: string; keep?: boolean; societyId?: string } = {},
  ) =>
    sessions.signIn({
      login,
      password: more.password ?? PASSWORD,
      origin: more.origin ?? 'web',
      keep: more.keep ?? false,
      device: more.device ?? null,
      societyId: more.societyId ?? null,
    });
  const rolesOf = async (token: string) => (await sessions.visitorOf(token, 'web'))?.actor.roles ?? null;
  const tokenOf = (link: string | null) => link?.replace('/link/', '') ?? '';
  const codesOf = (answers: readonly PromiseSettledResult<unknown>[]) =>
    answers.map((each) => (each.status === 'rejected' ? (each.reason as { code?: string }).code : 'done'));

  describe('links', () => {
    it('lets the first administrator in, once, and is not printed again', async () => {
      const publicUrl = 'https://huzhu.example';
      const said = (production: boolean) => firstAdministrator(house.app, { production, publicUrl });
      expect(await said(true)).toBe('huzhu admin:create');
      expect(await house.get(AccessQueries).waitingAdmin()).toBeNull();
      expect(await said(false)).toMatch(/^https:\/\/huzhu\.example\/link\/[\w-]+$/);
      const first = await access.firstAdminLink();
      const second = await access.firstAdminLink();
      const typed = { login: '管理员', password: PASSWORD };
      await expect(access.useLink(callerOf({}), tokenOf(first), typed)).rejects.toMatchObject({
        code: 'LINK_SPENT',
      });
      await access.useLink(callerOf({}), tokenOf(second), typed);
      expect(await access.firstAdminLink()).toBeNull();
      expect([await said(true), await said(false)]).toEqual([null, null]);
      const { token, societyId: chosen } = await signIn('管理员');
      expect(await rolesOf(token)).toEqual(['signed-in', 'system-admin']);
      expect(chosen).toBeNull();
    });

    it('is used by one of ten who use it at once', async () => {
      const { link } = await access.openAccount(callerOf(admin), { societyId, personId: await person() });
      const uses = Array.from({ length: 10 }, (_, i) =>
        access.useLink(callerOf({}), tokenOf(link), { login: `crowd${i}`, password: PASSWORD }),
      );
      const codes = codesOf(await Promise.allSettled(uses));
      expect(codes.filter((code) => code === 'done')).toHaveLength(1);
      expect(codes.filter((code) => code === 'LINK_SPENT')).toHaveLength(9);
    });

    it('expires after three days', async () => {
      const { link } = await access.openAccount(callerOf(admin), { societyId, personId: await person() });
      house.clock.advance({ hours: 72 });
      const use = access.useLink(callerOf({}), tokenOf(link), { login: 'toolate', password: PASSWORD });
      await expect(use).rejects.toMatchObject({ code: 'LINK_SPENT' });
    });

    it('shows its secret once: the same command again has none', async () => {
      const caller = callerOf(admin);
      const draft = { societyId, personId: await person() };
      const first = await access.openAccount(caller, draft);
      const again = await access.openAccount(caller, draft);
      expect(again).toEqual({ accountId: first.accountId, link: null });
      const everything = await contents();
      expect(everything).not.toContain(tokenOf(first.link));
    });

    it('gives a new password, keeps the login, and signs the account out everywhere', async () => {
      const { accountId, login } = await account();
      const { token } = await signIn(login);
      const { link } = await access.issueLink(callerOf(admin), accountId);
      const other = { login: `${login}x`, password: PASSWORD };
      await expect(access.useLink(callerOf({}), tokenOf(link), other)).rejects.toMatchObject({
        code: 'LINK_SPENT',
      });
      await access.useLink(callerOf({}), tokenOf(link), { login, password: '村口柿子树今年挂满果' });
      expect(await rolesOf(token)).toBeNull();
      await expect(signIn(login)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
      await expect(signIn(login, { password: '村口柿子树今年挂满果' })).resolves.toBeDefined();
    });

    it.each([
      ['a weak password', { login: 'somebody', password: '1234567890' }, 'PASSWORD_TOO_WEAK'],
      ['a login that is none', { login: 'a b', password: PASSWORD }, 'LOGIN_WRONG'],
      ['a login that is taken', { login: '管理员', password: PASSWORD }, 'LOGIN_TAKEN'],
    ])('stays good after %s', async (_because, typed, code) => {
      const { link } = await access.openAccount(callerOf(admin), { societyId, personId: await person() });
      await expect(access.useLink(callerOf({}), tokenOf(link), typed)).rejects.toMatchObject({ code });
      const login = `officer${++logins}`;
      await expect(
        access.useLink(callerOf({}), tokenOf(link), { login, password: PASSWORD }),
      ).resolves.toBeUndefined();
    });
  });

  describe('accounts', () => {
    it('belongs to a person of the register or to an administrator, and each person has one', async () => {
      const personId = await person();
      const open = (draft: object) => access.openAccount(callerOf(admin), draft);
      for (const draft of [{}, { personId }, { societyId }, { societyId, personId, admin: true }])
        await expect(open(draft)).rejects.toMatchObject({ code: 'ACCOUNT_WITHOUT_OWNER' });
      await expect(open({ societyId: await givenSociety(house), personId })).rejects.toMatchObject({
        kind: 'not-found',
      });
      const answers = await Promise.allSettled(
        Array.from({ length: 10 }, () => open({ societyId, personId })),
      );
      const codes = codesOf(answers);
      expect(codes.filter((code) => code === 'done')).toHaveLength(1);
      expect(codes.filter((code) => code === 'ACCOUNT_EXISTS')).toHaveLength(9);
    });

    it('is nobody from the next request on once it is disabled', async () => {
      const { accountId, login } = await account();
      const { token } = await signIn(login);
      expect(await rolesOf(token)).toEqual(['signed-in']);
      await access.disable(callerOf(admin), accountId);
      expect(await rolesOf(token)).toBeNull();
      await expect(signIn(login)).rejects.toMatchObject({ code: 'ACCOUNT_DISABLED' });
      await expect(signIn(login, { password: 'something else' })).rejects.toMatchObject({
        code: 'WRONG_CREDENTIALS',
      });
      const { link } = await access.issueLink(callerOf(admin), accountId);
      await expect(signIn(login)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
      await access.useLink(callerOf({}), tokenOf(link), { login, password: PASSWORD });
      expect(await rolesOf((await signIn(login)).token)).toEqual(['signed-in']);
      expect(await rolesOf(token)).toBeNull();
      await expect(access.disable(callerOf(admin), randomUUID())).rejects.toMatchObject({
        code: 'ACCOUNT_NOT_FOUND',
      });
    });

    it('keeps the last administrator', async () => {
      const admins = await house.get(AccessQueries).accounts(null);
      const { accountId } = await access.openAccount(callerOf(admin), {
        admin: true,
        login: '管理员二',
        password: PASSWORD,
      });
      const disabled = await Promise.allSettled(
        [...admins.map(({ id }) => id), accountId].map((id) => access.disable(callerOf(admin), id)),
      );
      expect(codesOf(disabled)).toContain('LAST_ADMIN');
      expect(await access.firstAdminLink()).toBeNull();
    });

    it('acts in two societies, one at a time, and in no third', async () => {
      const { login, accountId } = await account();
      const [second, third] = [await givenSociety(house), await givenSociety(house)];
      await access.joinAccount(callerOf(admin), { login, societyId: second, personId: await person(second) });
      const { token, societyId: chosen } = await signIn(login);
      expect(chosen).toBeNull();
      const visitor = async () => {
        const who = await sessions.visitorOf(token, 'web');
        if (!who) throw new Error('The session is gone');
        return who;
      };
      await sessions.chooseSociety(await visitor(), second);
      expect((await visitor()).actor).toMatchObject({ accountId, societyId: second });
      await sessions.chooseSociety(await visitor(), societyId);
      expect((await visitor()).actor).toMatchObject({ accountId, societyId });
      await expect(sessions.chooseSociety(await visitor(), third)).rejects.toMatchObject({
        code: 'NOT_OF_THIS_SOCIETY',
      });
      await expect(signIn(login, { origin: 'api', societyId: third })).rejects.toMatchObject({
        code: 'NOT_OF_THIS_SOCIETY',
      });
    });
  });

  describe('sessions', () => {
    it('gives the roles of this moment: an office whose term is over has no power at the next request', async () => {
      const { personId, login } = await account();
      const { token: before } = await signIn(login);
      const [fromOn, untilOn] = [day('2026-01-01'), day('2026-03-20')];
      const term = { societyId, personId, office: 'CHAIR' as const, fromOn, untilOn };
      await house.get(OfficesService).appoint(callerOf({ ...admin, societyId }), term);
      expect(await rolesOf(before)).toBeNull(); // an office that is given ends what was open before it
      const { token } = await signIn(login, { keep: true });
      expect(await rolesOf(token)).toEqual(['signed-in', 'chair', 'director']);
      house.clock.advance({ days: 20 });
      expect(await rolesOf(token)).toEqual(['signed-in']);
    });

    it('is over when signed out, after twelve idle hours, and on an own phone after thirty days', async () => {
      const { login } = await account();
      const [first, idle, phone] = [
        await signIn(login),
        await signIn(login),
        await signIn(login, { keep: true }),
      ];
      const visitor = await sessions.visitorOf(first.token, 'web');
      if (visitor) await sessions.signOut(visitor);
      expect([await rolesOf(first.token), await rolesOf(idle.token)]).toEqual([null, ['signed-in']]);
      house.clock.advance({ hours: 11 });
      expect(await rolesOf(idle.token)).toEqual(['signed-in']);
      house.clock.advance({ hours: 11 });
      expect(await rolesOf(idle.token)).toEqual(['signed-in']);
      house.clock.advance({ hours: 12 });
      expect([await rolesOf(idle.token), await rolesOf(phone.token)]).toEqual([null, ['signed-in']]);
      house.clock.advance({ days: 29 });
      expect(await rolesOf(phone.token)).toBeNull();
    });

    it('opens no other door: neither does a token of pages in the API, nor anything that is no token', async () => {
      const { login } = await account();
      const [web, api] = [await signIn(login), await signIn(login, { origin: 'api' })];
      expect(await sessions.visitorOf(web.token, 'api')).toBeNull();
      expect(await sessions.visitorOf(api.token, 'web')).toBeNull();
      expect(await sessions.visitorOf(api.token, 'api')).toMatchObject({
        actor: { societyId, origin: 'api' },
      });
      for (const wrong of [undefined, '', "' OR 1=1 --", 'x'.repeat(43), `${web.token}=`])
        expect(await sessions.visitorOf(wrong, 'web')).toBeNull();
    });

    it('keeps no secret: the whole database holds neither token, device nor password', async () => {
      const { login } = await account();
      const { token, device: newDevice } = await signIn(login);
      const everything = await contents();
      expect(everything).toContain(login);
      for (const secret of [token, newDevice ?? '?', PASSWORD]) expect(everything).not.toContain(secret);
    });
  });

  describe('guessing', () => {
    const guess = (login: string, device?: string) =>
      signIn(login, { password: `guess ${randomUUID()}`, ...(device ? { device } : {}) });
    const codeOf = async (attempt: Promise<unknown>) => codesOf(await Promise.allSettled([attempt]))[0];

    it('looks at ten guesses in an hour, and lets the rightful person in by a known phone meanwhile', async () => {
      const { login } = await account();
      const { device: newDevice } = await signIn(login);
      let looked = 0;
      for (let minute = 0; minute < 60; minute++) {
        for (let i = 0; i < 4; i++) if ((await codeOf(guess(login))) === 'WRONG_CREDENTIALS') looked++;
        house.clock.advance({ minutes: 1 });
      }
      expect(looked).toBe(10);
      await guess(login).catch(() => undefined);
      expect(await codeOf(signIn(login))).toBe('TOO_MANY_TRIES');
      expect(await codeOf(signIn(login, { device: newDevice ?? '' }))).toBe('done');
      expect(await codeOf(signIn(login, { device: 'x'.repeat(43) }))).toBe('TOO_MANY_TRIES');
      house.clock.advance({ minutes: 15 });
      expect(await codeOf(signIn(login))).toBe('done');
    });

    it('looks at four of fifty guesses that arrive together', async () => {
      const { login } = await account();
      const codes = codesOf(await Promise.allSettled(Array.from({ length: 50 }, () => guess(login))));
      expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(4);
      expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(46);
    });

    it('slows a login that does not exist down in the same way', async () => {
      const codes = [];
      for (let i = 0; i < 5; i++) codes.push(await codeOf(guess('nobody-here')));
      expect(codes).toEqual([...Array.from({ length: 4 }, () => 'WRONG_CREDENTIALS'), 'TOO_MANY_TRIES']);
    });
  });

  /** Every row of every table of access and of the trail, as text. */
  async function contents(): Promise<string> {
    const tables = [
      'accounts',
      'sessions',
      'known_devices',
      'one_time_links',
      'sign_in_failures',
      'commands',
      'audit_acts',
    ];
    const rows = await Promise.all(tables.map((table) => house.dataSource.query(`SELECT * FROM ${table}`)));
    return JSON.stringify(rows);
  }
});
