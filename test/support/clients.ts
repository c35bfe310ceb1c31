import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/kernel/actor.js';
import { givenDonor } from './donations.js';
import { givenDonorAccount } from './donor-accounts.js';
import type { House } from './house.js';
import { FormVisitor, multipart } from './form-visitor.js';
import { givenAdmin, PASSWORD } from './officers.js';
import { posts } from './village.js';
import type { Village } from './village.js';

/** Somebody at the pages, signed in. */
export async function signedIn(house: House, login: string): Promise<FormVisitor> {
  const visitor = new FormVisitor(house.app);
  const { status, body } = await visitor.signIn(login, PASSWORD);
  if (status !== 303) throw new Error(`${login} cannot sign in: ${status} ${body.slice(0, 300)}`);
  return visitor;
}

const addresses = new WeakMap<House, Promise<string>>();

/** The address of the house on a port of its own, opened at the first question: what comes there is really at once. */
export function listening(house: House): Promise<string> {
  const known = addresses.get(house);
  if (known) return known;
  const opened = house.app.listen(0, '127.0.0.1').then(() => house.app.getUrl());
  addresses.set(house, opened);
  return opened;
}

export type ApiAnswer = {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** As they came over the line: a paper, a table. */
  readonly bytes: Buffer;
  /** Its headers, one to a line, but for the time and the count of requests: the same twice for the same answer. */
  readonly head: string;
  /** What the answer holds, if it is JSON; the code of a refusal is in `code`. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly code: string;
  /** Seconds, where the answer names them. */
  readonly retryAfter: string | null;
};

const OF_THE_MOMENT = /^(date|x-ratelimit-.*)$/;

/** A program with a token. Every command has a key of its own unless it is to be the same again; null sends none. */
export class ApiClient {
  constructor(
    private readonly base: string,
    readonly token: string | null,
    /** Sent with everything. */
    private readonly besides: Readonly<Record<string, string>> = {},
  ) {}

  get(path: string): Promise<ApiAnswer> {
    return this.send('GET', path, {}, null);
  }

  post(path: string, body: unknown, key: string | null = randomUUID()): Promise<ApiAnswer> {
    const sent = { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) };
    return this.send('POST', path, sent, key);
  }

  /** A form with photos. */
  upload(
    path: string,
    fields: Readonly<Record<string, string>>,
    files: Readonly<Record<string, Buffer>>,
    key: string | null = randomUUID(),
  ): Promise<ApiAnswer> {
    return this.send('POST', path, multipart(fields, files), key);
  }

  delete(path: string): Promise<ApiAnswer> {
    return this.send('DELETE', path, {}, null);
  }

  private async send(
    method: string,
    path: string,
    { headers = {}, payload }: { headers?: Record<string, string>; payload?: string | Buffer },
    key: string | null,
  ): Promise<ApiAnswer> {
    const reply = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...this.besides,
        ...headers,
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(key === null ? {} : { 'idempotency-key': key }),
      },
      ...(payload === undefined
        ? {}
        : { body: typeof payload === 'string' ? payload : new Uint8Array(payload) }),
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    const text = bytes.toString();
    const said = [...reply.headers].filter(([name]) => !OF_THE_MOMENT.test(name));
    const head = said.map(([name, value]) => `${name}: ${value}`).join('\n');
    const type = reply.headers.get('content-type') ?? '';
    const body = type.includes('json') ? (JSON.parse(text) as Record<string, unknown>) : {};
    const code = typeof body['code'] === 'string' ? body['code'] : '';
    const retryAfter = reply.headers.get('retry-after');
    return { status: reply.status, type, text, bytes, head, body, code, retryAfter };
  }
}

/** Over a real socket, signed in. */
export async function api(house: House, login: string, societyId?: string): Promise<ApiClient> {
  const base = await listening(house);
  const whom = { login, password: PASSWORD, ...(societyId ? { societyId } : {}) };
  const { body, status, text } = await new ApiClient(base, null).post('/sessions', whom, null);
  if (status !== 201) throw new Error(`${login} cannot sign in: ${status} ${text}`);
  return new ApiClient(base, String(body['token']));
}

/** Somebody of the village whom a row of the permission table lets in, or a donor; the administrator where nobody else may. */
export function askersIn(village: Village): (roles: readonly Role[]) => Promise<ApiClient> {
  const known = new Map<string, Promise<ApiClient>>();
  return (roles) => {
    const post = posts.find((each) => village.at[each].roles.some((role) => roles.includes(role)));
    const name = post ?? (roles.includes('donor') ? 'donor' : 'system-admin');
    const asker = known.get(name) ?? open();
    known.set(name, asker);
    return asker;

    async function open(): Promise<ApiClient> {
      if (post) return api(village.house, village.at[post].login);
      if (name === 'system-admin') return api(village.house, await givenAdmin(village.house));
      return api(village.house, (await givenDonorAccount(village, await givenDonor(village))).login);
    }
  };
}
