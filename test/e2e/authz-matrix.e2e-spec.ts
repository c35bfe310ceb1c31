import { randomUUID } from 'node:crypto';
import {
  AccessService,
  PermissionTable,
  RouteCheck,
  SESSION_COOKIE,
  SessionsService,
} from '../../src/access/index.js';
import type { Role } from '../../src/kernel/actor.js';
import { ROLES } from '../../src/kernel/actor.js';
import { permissions } from '../../src/permissions.js';
import type { PermissionRow } from '../../src/platform/web/permissions.js';
import { kinds } from '../support/databases.js';
import { givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, givenOfficer, OFFICE_OF, PASSWORD } from '../support/officers.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import { Visitor } from '../support/visitor.js';

/** Somebody who asks, and all that the table says about them. */
type Asker = {
  readonly name: string;
  /** Null: to the guard this is a stranger. */
  readonly roles: readonly Role[] | null;
  readonly inSociety: boolean;
  web: string | null;
  api: string | null;
  /** Signs in anew, on pages and in the API. */
  readonly renew: () => Promise<void>;
};

type Answer = { readonly status: number; readonly location: string; readonly code: string };

const OFFICERS = ROLES.filter((role) => OFFICE_OF[role] !== undefined);

/** What the program must answer, from the row alone; written apart from the guard that it judges. */
function isRight(row: PermissionRow, asker: Asker, answer: Answer): boolean {
  const isApi = row.route.split(' ')[1]?.startsWith('/api/') ?? false;
  const sentTo = (page: string) => answer.status === 303 && answer.location.startsWith(page);
  const may =
    row.scope === 'public' ||
    (asker.roles !== null &&
      row.roles.some((role) => asker.roles?.includes(role)) &&
      (row.scope !== 'own-society' || asker.inSociety));
  if (may)
    return (
      answer.status < 500 &&
      ![401, 403].includes(answer.status) &&
      (!sentTo('/sign-in') || row.scope === 'public')
    );
  if (asker.roles === null) return isApi ? answer.status === 401 : sentTo('/sign-in');
  const isAdmin = asker.roles.includes('system-admin');
  const mayYetBeNamed = row.roles.includes('system-admin') || !isAdmin;
  const mayChoose = !isApi && row.scope === 'own-society' && !asker.inSociety && mayYetBeNamed;
  return mayChoose ? sentTo('/choose') : answer.status === 403 && answer.code === 'NOT_YOUR_PART';
}

/** Every id is one that nobody has: whoever may pass finds nothing. */
const addressOf = (path: string) =>
  path
    .replace(':number', '2026-9999')
    .replace(':code', 'ZZZZZZZZ')
    .replace(':boardCode', 'ZZZZZZZZ')
    .replace(':token', 'x'.repeat(43))
    .replace(/:\w+/g, () => randomUUID());

describe.each(kinds)('$name', (kind) => {
  let house: House;
  const askers: Asker[] = [];
  const asked: { row: PermissionRow; asker: Asker; answer: Answer }[] = [];
  let form: { csrf: string; cookies: Record<string, string> };

  beforeAll(async () => {
    house = await givenHouse(kind);
    const societyId = await givenSociety(house);
    const stranger = {
      name: 'anonymous',
      roles: null,
      inSociety: false,
      web: null,
      api: null,
      renew: () => Promise.resolve(),
    };
    askers.push(stranger, await expired(societyId), await disabled(societyId));
    askers.push(
      await signedIn('no office', ['signed-in'], (await givenOfficer(house, societyId)).login, true),
    );
    for (const role of OFFICERS) {
      const office = OFFICE_OF[role];
      const { login } = await givenOfficer(house, societyId, ...(office ? [office] : []));
      const roles: Role[] = ['chair', 'deputy'].includes(role)
        ? ['signed-in', role, 'director']
        : ['signed-in', role];
      askers.push(await signedIn(role, roles, login, true));
    }
    const village = await givenVillage(house, { heldFen: 0 });
    const { login: donor } = await givenDonorAccount(village, await givenDonor(village));
    askers.push(await signedIn('donor', ['signed-in', 'donor'], donor, false));
    const admin: Role[] = ['signed-in', 'system-admin'];
    askers.push(await signedIn('system-admin outside', admin, await givenAdmin(house), false));
    askers.push(await signedIn('system-admin inside', admin, await givenAdmin(house), true, societyId));

    const visitor = new Visitor(house.app);
    const page = await visitor.get('/sign-in');
    form = { csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '', cookies: visitor.cookies };
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const tokenOf = async (login: string, origin: 'web' | 'api', societyId: string | null = null) => {
    const attempt = { login, password: PASSWORD, origin, keep: false, device: null, societyId };
    return (await house.get(SessionsService).signIn(attempt)).token;
  };
  const signedIn = async (
    name: string,
    roles: readonly Role[] | null,
    login: string,
    inSociety: boolean,
    societyId: string | null = null,
  ): Promise<Asker> => {
    const asker: Asker = {
      ...{ name, roles, inSociety, web: null, api: null },
      renew: async () => {
        asker.web = await tokenOf(login, 'web', societyId);
        asker.api = await tokenOf(login, 'api', societyId);
      },
    };
    await asker.renew();
    return asker;
  };

  const expired = async (societyId: string): Promise<Asker> => {
    const { login } = await givenOfficer(house, societyId, 'CHAIR');
    const asker = await signedIn('expired', null, login, false);
    house.clock.advance({ hours: 13 });
    return asker;
  };
  const disabled = async (societyId: string): Promise<Asker> => {
    const { login, accountId } = await givenOfficer(house, societyId, 'CHAIR');
    const asker = await signedIn('disabled', null, login, false);
    await house.get(AccessService).disable(callerOf({ roles: ['system-admin'] }), accountId);
    return asker;
  };

  const ask = async (row: PermissionRow, asker: Asker): Promise<Answer> => {
    const [method = '', path = ''] = row.route.split(' ');
    const url = addressOf(path);
    const isApi = path.startsWith('/api/');
    const reply = await house.app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(isApi && asker.api ? { authorization: `Bearer ${asker.api}` } : {}),
        ...(isApi ? { 'idempotency-key': randomUUID() } : {}),
      },
      ...(!isApi
        ? { cookies: { ...form.cookies, ...(asker.web ? { [SESSION_COOKIE]: asker.web } : {}) } }
        : {}),
      ...(method === 'GET' || method === 'DELETE'
        ? {}
        : { payload: isApi ? {} : { _csrf: form.csrf, submission_id: randomUUID() } }),
    });
    const code = /\b([A-Z]+(?:_[A-Z]+)+)\b/.exec(reply.statusCode >= 400 ? reply.body : '')?.[1] ?? '';
    return { status: reply.statusCode, location: reply.headers.location ?? '', code };
  };

  it('has a row for every route of the program', () => {
    const routes = house.get(RouteCheck).routes();
    expect(house.get(PermissionTable).faults(routes)).toEqual([]);
    expect(permissions.length).toBe(routes.length);
    expect(askers).toHaveLength(17);
  });

  // Signing out ends the session of whoever asks: last, so that the others are still who they are.
  const rows = [...permissions].sort((a, b) => Number(a.act === 'signOut') - Number(b.act === 'signOut'));

  it.each(rows.map((row) => [row.route, row] as const))(
    '%s is open to whom the table says',
    async (_route, row) => {
      const answers = await Promise.all(
        askers.map(async (asker) => ({ row, asker, answer: await ask(row, asker) })),
      );
      asked.push(...answers);
      // Whoever asks by one face has signed out the other.
      const isLeft = row.act === 'endOtherSessions';
      if (isLeft) for (const asker of askers) if (asker.roles !== null) await asker.renew();
      const wrong = answers.filter(({ asker, answer }) => !isRight(row, asker, answer));
      expect(wrong.map(({ asker, answer }) => ({ asker: asker.name, ...answer }))).toEqual([]);
    },
  );

  it('would notice each cell of it that is turned around', () => {
    const ofSociety = asked.filter(
      ({ row, asker }) => row.scope === 'own-society' && asker.roles !== null && asker.inSociety,
    );
    expect(ofSociety.length).toBeGreaterThan(100);
    for (const { row, asker, answer } of ofSociety) {
      const may = row.roles.some((role) => asker.roles?.includes(role));
      expect(isRight({ ...row, roles: may ? [] : (asker.roles ?? []) }, asker, answer)).toBe(false);
    }
  });
});
