import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import type { Role } from '../../src/kernel/actor.js';
import { permissions } from '../../src/permissions.js';
import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin, PASSWORD } from '../support/officers.js';
import { seedOf } from '../support/often.js';
import { sampleFieldsOf } from '../support/sample-fields.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage, posts } from '../support/village.js';
import type { Village } from '../support/village.js';
import { faultOf, shown } from './faults.js';
import type { Given } from './faults.js';
import { mutated } from './mutations.js';
import type { Request, Sample } from './mutations.js';
import { Random } from './random.js';

/** All of quality.md G13 on demand: FUZZ=50000. */
const REQUESTS = Number(process.env['FUZZ'] ?? 5000);
const SEED = seedOf('FUZZ_SEED');

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let samples: Sample[];

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    await givenCase(village, { at: 'PAID' });
    samples = await samplesOf(village);
  });
  afterAll(() => house.close());

  const sent = async ({ method, url, headers, body }: Request): Promise<Given> => {
    const reply = await house.app.inject({
      ...{ method: method as 'GET', url, headers },
      ...(body === null ? {} : { payload: body }),
    });
    return {
      status: reply.statusCode,
      text: reply.headers['content-type'] === 'application/pdf' ? '' : reply.body,
    };
  };

  it(`answers ${REQUESTS} wrong requests over every route without a fault (FUZZ_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const faults: string[] = [];
    const seen = new Map<number, number>();
    // A first round over every route fills caches and compiles; what grows after it is growth.
    const warm = Math.min(5000, Math.floor(REQUESTS / 2));
    let began = rssMb();
    for (let n = 0; n < REQUESTS; n += 1) {
      if (n === warm) began = rssMb();
      const sample = samples[n % samples.length];
      if (!sample) throw new Error('There is no route');
      const request = mutated(sample, random);
      const given = await sent(request);
      seen.set(given.status, (seen.get(given.status) ?? 0) + 1);
      const fault = faultOf(given);
      if (fault) faults.push(`${fault}: ${shown(request)}`);
    }
    const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`);
    console.info(
      `${kind.name}: ${samples.length} routes, ${statuses.join(', ')}, RSS +${rssMb() - began} MB after the first ${warm}`,
    );
    expect(faults).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await house.app.inject('/readyz')).statusCode).toBe(200);
    await expectSound(house);
  });

  it('outlives requests that break off, over real sockets', async () => {
    const { port } = new URL(await listening(house));
    const random = new Random(SEED);
    for (let n = 0; n < 50; n += 1) {
      const head = `POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"login":"`;
      await brokenOff(Number(port), head.slice(0, 1 + random.below(head.length)));
    }
    expect((await house.app.inject('/readyz')).statusCode).toBe(200);
  });
});

/** Says so much, and hangs up. */
async function brokenOff(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.write(text);
  await sleep(2);
  socket.destroy();
}

/** With every guard taken away: a program that trusts what it is sent must be found out by the same requests. */
it('control: finds the faults of a program that trusts what it is sent', async () => {
  const trusting = fastify({ onProtoPoisoning: 'ignore', onConstructorPoisoning: 'ignore' });
  trusting.post('/api/v1/trusting', (request) => {
    const { name } = request.body as { name: string };
    return { length: name.trim().length };
  });
  trusting.setErrorHandler((error: Error, _request, reply) => reply.status(400).send(error.stack));
  const sample = {
    route: 'POST /api/v1/trusting',
    path: '/api/v1/trusting',
    headers: {},
    ids: {},
    fields: { name: '试' },
    isForm: false,
  };
  const random = new Random(SEED);
  const faults: string[] = [];
  for (let n = 0; n < 200; n += 1) {
    const { url, headers, body } = mutated(sample, random);
    const reply = await trusting.inject({ method: 'POST', url, headers, payload: body ?? '' });
    const fault = faultOf({ status: reply.statusCode, text: reply.body });
    if (fault) faults.push(fault);
  }
  expect(faults.length).toBeGreaterThan(0);
  await trusting.close();
});

const rssMb = () => Math.round(process.memoryUsage().rss / 2 ** 20);

/** Each route as somebody asks for it whom it lets in. */
async function samplesOf(village: Village): Promise<Sample[]> {
  const { house } = village;
  const fieldsOf = sampleFieldsOf(house.app);
  const asked = askers(village);
  const ids = await idsIn(house);
  const samples: Sample[] = [];
  for (const row of permissions) {
    const [, path = ''] = row.route.split(' ');
    if (path === '/sign-out' || path === '/api/v1/sessions/current') continue; // nobody would be left to ask
    const isForm = !path.startsWith('/api/');
    const { headers, fields } = await asked(row.roles, isForm);
    samples.push({
      route: row.route,
      path,
      ids,
      headers,
      fields: { ...fieldsOf(row), ...fields },
      isForm,
    });
  }
  return samples;
}

/** What stands in the books, by the names that the routes give it, so that some requests come far. */
async function idsIn({ dataSource }: House): Promise<Readonly<Record<string, readonly string[]>>> {
  const of = async (sql: string): Promise<string[]> =>
    (await dataSource.query<{ id: string | number }[]>(sql)).map(({ id }) => String(id));
  return {
    number: ['2026-0001'],
    caseId: await of('SELECT id FROM cases'),
    roundId: await of('SELECT id FROM rounds'),
    orderId: await of('SELECT id FROM payment_orders'),
    noticeId: await of('SELECT id FROM notices'),
    personId: await of('SELECT id FROM persons'),
    voucherId: await of('SELECT id FROM vouchers'),
    donorId: await of('SELECT id FROM donors'),
    accountId: await of('SELECT id FROM accounts'),
    societyId: await of('SELECT id FROM organisations'),
    code: await of('SELECT code AS id FROM notice_issues'),
    boardCode: await of('SELECT board_code AS id FROM organisations'),
    fileId: await of('SELECT id FROM stored_files'),
    year: ['2026'],
  };
}

type Asker = {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
};

function askers(village: Village): (roles: readonly Role[], isForm: boolean) => Promise<Asker> {
  const { house } = village;
  const known = new Map<string, Promise<Asker>>();
  return (roles, isForm) => {
    const post = posts.find((each) => village.at[each].roles.some((role) => roles.includes(role)));
    const who =
      post ??
      (roles.includes('donor') ? 'donor' : roles.includes('system-admin') ? 'system-admin' : 'anonymous');
    const name = `${who} ${isForm ? 'form' : 'api'}`;
    const asker = known.get(name) ?? open(who, isForm);
    known.set(name, asker);
    return asker;
  };

  async function loginOf(who: string): Promise<string | null> {
    if (who === 'anonymous') return null;
    if (who === 'donor') return (await givenDonorAccount(village, await givenDonor(village))).login;
    if (who === 'system-admin') return givenAdmin(house);
    return village.at[who as keyof Village['at']].login;
  }

  async function open(who: string, isForm: boolean): Promise<Asker> {
    const login = await loginOf(who);
    if (!isForm) return { headers: login === null ? {} : await tokenOf(login), fields: {} };
    const visitor = new FormVisitor(house.app);
    const page = login === null ? await visitor.get('/sign-in') : await visitor.signIn(login, PASSWORD);
    if (login !== null && page.status !== 303) throw new Error(`${login} cannot sign in: ${page.status}`);
    await visitor.get(login === null ? '/sign-in' : '/choose');
    const { cookie, hidden } = visitor.carried();
    return { headers: { cookie }, fields: { submission_id: randomUUID(), ...hidden } };
  }

  async function tokenOf(login: string): Promise<Record<string, string>> {
    const reply = await house.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      payload: { login, password: PASSWORD },
    });
    const { token } = reply.json<{ token: string }>();
    return { authorization: `Bearer ${token}`, 'idempotency-key': 'fuzz-key-0000001' };
  }
}
