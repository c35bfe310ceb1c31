import { randomUUID } from 'node:crypto';
import { AccessService, SESSION_COOKIE, SessionsService } from '../../src/access/index.js';
import type { Role } from '../../src/kernel/actor.js';
import type { PermissionRow } from '../../src/platform/web/permissions.js';
import { callerOf } from './house.js';
import type { House } from './house.js';
import { PASSWORD } from './officers.js';
import type { SampleFields } from './sample-fields.js';
import { Visitor } from './visitor.js';

/** Somebody who asks, and all that the table says about them. */
export type Asker = {
  readonly name: string;
  /** Null: to the guard this is a stranger. */
  readonly roles: readonly Role[] | null;
  readonly inSociety: boolean;
  web: string | null;
  api: string | null;
  /** Signs in anew, on pages and in the API. */
  readonly renew: () => Promise<void>;
};

export type Answer = { readonly status: number; readonly location: string; readonly code: string };

/** What stands in the address, and what is sent. */
export type Asked = {
  readonly idFor?: (name: string, path: string) => string;
  readonly fields?: SampleFields;
};

export const STRANGER: Asker = {
  ...{ name: 'anonymous', roles: null, inSociety: false, web: null, api: null },
  renew: () => Promise.resolve(),
};

/** The table alone says so: the role, and a society to act in where one is needed. */
export const mayPass = (row: PermissionRow, { roles, inSociety }: Asker): boolean =>
  row.scope === 'public' ||
  (roles !== null &&
    row.roles.some((role) => roles.includes(role)) &&
    (row.scope !== 'own-society' || inSociety));

const isOfApi = (row: PermissionRow): boolean => row.route.includes(' /api/');

/** What the program must answer, from the row alone; written apart from the guard that it judges. */
export function isRight(row: PermissionRow, asker: Asker, answer: Answer): boolean {
  const isApi = isOfApi(row);
  const sentTo = (page: string) => answer.status === 303 && answer.location.startsWith(page);
  if (mayPass(row, asker))
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

/**
 * What belongs to others is answered as what nobody has: with 404, or with what is said before anything is looked up (a
 * form that is not filled in, a desk that only federations have), and then word for word the same.
 */
export const isHidden = (theirs: Answer, nobodys: Answer): boolean =>
  [403, 404, 409, 422].includes(theirs.status) &&
  theirs.status === nobodys.status &&
  theirs.code === nobodys.code;

/** Every id is one that nobody has: whoever may pass finds nothing. */
export const nobodysId = (name: string): string => {
  if (name === 'number') return '2026-9999';
  if (/code$/i.test(name)) return 'ZZZZZZZZ';
  if (name === 'token') return 'x'.repeat(43);
  return randomUUID();
};

/** Asks every route as anybody, of whatever stands in its address. */
export class Walker {
  private form: { csrf: string; cookies: Record<string, string> } = { csrf: '', cookies: {} };
  cells = 0;

  constructor(private readonly house: House) {}

  /** A page is needed once, for the token against forgery that every form carries. */
  async open(): Promise<this> {
    const visitor = new Visitor(this.house.app);
    const page = await visitor.get('/sign-in');
    const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(page.body) ?? [];
    this.form = { csrf, cookies: visitor.cookies };
    return this;
  }

  async ask(
    row: PermissionRow,
    asker: Asker,
    { idFor = nobodysId, fields = {} }: Asked = {},
  ): Promise<Answer> {
    this.cells += 1;
    const [method = '', path = ''] = row.route.split(' ');
    const reply = await this.house.app.inject({
      method: method as 'GET',
      url: path.replace(/:(\w+)/g, (_all, name: string) => idFor(name, path)),
      ...(isOfApi(row) ? this.asProgram(method, asker, fields) : this.asPerson(method, asker, fields)),
    });
    const code = /\b([A-Z]+(?:_[A-Z]+)+)\b/.exec(reply.statusCode >= 400 ? reply.body : '')?.[1] ?? '';
    return { status: reply.statusCode, location: reply.headers.location ?? '', code };
  }

  private asProgram(method: string, { api }: Asker, fields: SampleFields) {
    return {
      headers: { ...(api ? { authorization: `Bearer ${api}` } : {}), 'idempotency-key': randomUUID() },
      ...(method === 'POST' ? { payload: fields } : {}),
    };
  }

  private asPerson(method: string, { web }: Asker, fields: SampleFields) {
    const cookies = { ...this.form.cookies, ...(web ? { [SESSION_COOKIE]: web } : {}) };
    if (method !== 'POST') return { cookies };
    const typed = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, String(each)]),
    );
    const body = [['_csrf', this.form.csrf], ['submission_id', randomUUID()], ...typed];
    return {
      cookies,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(body).toString(),
    };
  }

  /** Somebody who signs in with `PASSWORD`, in a society where one is named. */
  async signedIn(
    name: string,
    roles: readonly Role[] | null,
    login: string,
    inSociety: boolean,
    societyId: string | null = null,
  ): Promise<Asker> {
    const tokenOf = async (origin: 'web' | 'api') => {
      const attempt = { login, password: PASSWORD, origin, keep: false, device: null, societyId };
      return (await this.house.get(SessionsService).signIn(attempt)).token;
    };
    const asker: Asker = {
      ...{ name, roles, inSociety, web: null, api: null },
      renew: async () => {
        asker.web = await tokenOf('web');
        asker.api = await tokenOf('api');
      },
    };
    await asker.renew();
    return asker;
  }

  /** Whoever this account was: from now on a stranger. */
  async disabled(name: string, { login, accountId }: { login: string; accountId: string }): Promise<Asker> {
    const asker = await this.signedIn(`${name}, disabled`, null, login, false);
    await this.house.get(AccessService).disable(callerOf({ roles: ['system-admin'] }), accountId);
    return asker;
  }
}
