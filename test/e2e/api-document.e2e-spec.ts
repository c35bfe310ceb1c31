import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissions } from '../../src/permissions.js';
import { freePort, ServerChild } from '../faults/support/server-child.js';
import { ApiClient, api, askersIn, listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

type Schema = {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, object>>;
};
type Operation = {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<Record<string, object>>;
  readonly security: readonly object[];
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, { readonly content: object }>>;
  };
};
/** Without the words, which come from the comments of the source when it is built. */
const outline = ({ paths, components: { schemas } }: Document): object => ({
  operations: Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId, parameters, responses, security }]) => ({
      ...{ path, method, operationId, security, answers: Object.keys(responses) },
      parameters: parameters.map(({ name, required }) => ({ name, required })),
    })),
  ),
  forms: Object.entries(schemas).map(([name, { properties = {} }]) => [name, Object.keys(properties).sort()]),
});

type Listed = Operation & { readonly method: string; readonly path: string };

/** The road of a case, from the society to the last paper: other programs rely on these names. */
const ROAD = [
  'signIn',
  'signOut',
  'foundSociety',
  'addPerson',
  'recordLead',
  'registerCase',
  'verifyCase',
  'openRound',
  'castBallot',
  'makeBallotLinks',
  'declareRecusal',
  'recordShowOfHands',
  'recordJointMeeting',
  'closeRound',
  'recordPayment',
  'signNotice',
  'recordPosting',
  'completePapers',
  'confirmWaiver',
  'recordInflow',
];

const PROBLEM = ['type', 'title', 'status', 'detail', 'code', 'requestId'];

/** The document says the same over every database, so one is enough. */
const [kind] = kinds;

describe('the document of the API', () => {
  let house: House;
  let village: Village;
  let document: Document;
  let operations: Listed[];
  let askerOf: ReturnType<typeof askersIn>;

  beforeAll(async () => {
    if (!kind) throw new Error('There is no database');
    house = await givenHouse(kind);
    village = await givenVillage(house);
    askerOf = askersIn(village);
    const reply = await fetch(`${await listening(house)}/api/v1/openapi.json`);
    document = (await reply.json()) as Document;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
    );
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const find = (operationId: string): Listed => {
    const [found, other] = operations.filter((operation) => operation.operationId === operationId);
    if (!found || other) throw new Error(`${operationId} is not there once`);
    return found;
  };
  const rowOf = ({ method, path }: Listed) => {
    const route = `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`;
    const row = permissions.find((each) => each.route === route);
    if (!row) throw new Error(`${route} has no row in the table`);
    return row;
  };
  const isOpen = (operation: Listed): boolean => rowOf(operation).scope === 'public';
  const pathOf = ({ path }: Listed) => path.replace('/api/v1', '').replace(/\{\w+\}/g, () => randomUUID());
  const keyOf = ({ parameters }: Listed) => parameters.find(({ name }) => name === 'Idempotency-Key');
  const commands = () => operations.filter(({ method }) => method === 'post');

  it('is the document of the built program: the same operations, forms and answers', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-built-'));
    const url = `sqlite:${join(dataDir, 'huzhu.sqlite')}`;
    const built = await ServerChild.start({ url, dataDir, port: await freePort() });
    try {
      const reply = await fetch(`${built.base}/api/v1/openapi.json`);
      expect(outline((await reply.json()) as Document)).toEqual(outline(document));
    } finally {
      await built.end();
      rmSync(dataDir, { recursive: true });
    }
  });

  it('names every step of the road', () => {
    for (const operationId of ROAD) expect(find(operationId).operationId).toBe(operationId);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId } of operations) expect(operationId).toMatch(/^[a-z]+(?:[A-Z][a-z]+)*$/);
  });

  it('has every route of the table, and no other', () => {
    const routes = permissions.map(({ route }) => route).filter((route) => route.includes(' /api/v1/'));
    const written = operations.map((operation) => rowOf(operation).route);
    expect([...written].sort()).toEqual([...routes].sort());
  });

  it('asks for a key where the program does, and nowhere else', async () => {
    const told: string[] = [];
    const asked: string[] = [];
    for (const operation of commands()) {
      const { operationId } = operation;
      if (keyOf(operation)?.required) told.push(operationId);
      const asker = await askerOf(rowOf(operation).roles);
      const { code } = await asker.post(pathOf(operation), {}, null);
      if (code === 'IDEMPOTENCY_KEY_REQUIRED') asked.push(operationId);
    }
    expect(told).toEqual(asked);
    for (const operationId of ROAD.filter((each) => !['signIn', 'signOut'].includes(each)))
      expect(told).toContain(operationId);
  });

  it('wants a token everywhere but at the door and for what everybody may read: 401', async () => {
    const stranger = new ApiClient(await listening(house), null);
    for (const operation of operations) {
      const { operationId, security, method } = operation;
      expect([operationId, security]).toEqual([operationId, isOpen(operation) ? [] : [{ bearer: [] }]]);
      if (isOpen(operation)) continue;
      const answer =
        method === 'get'
          ? await stranger.get(pathOf(operation))
          : method === 'delete'
            ? await stranger.delete(pathOf(operation))
            : await stranger.post(pathOf(operation), {});
      expect([operationId, answer.status, answer.code]).toEqual([operationId, 401, 'NOT_SIGNED_IN']);
    }
  });

  it('promises a problem document for every refusal, and the refusals keep to it', async () => {
    for (const { operationId, responses } of operations)
      expect([operationId, responses['default']]).toEqual([
        operationId,
        { $ref: '#/components/responses/Problem' },
      ]);
    expect(document.components.responses['Problem']?.content).toHaveProperty('application/problem+json');
    const { required, properties } = document.components.schemas['Problem'] ?? {};
    expect(required).toEqual(PROBLEM);

    const secretary = await api(house, village.at.secretary.login);
    const { caseId } = await givenCase(village, { at: 'ACCEPTED' });
    const refusals = [
      [401, await new ApiClient(await listening(house), null).get('/cases')],
      [403, await secretary.post('/ledger/inflows', {})],
      [404, await secretary.get(`/cases/${randomUUID()}`)],
      [409, await secretary.post(`/cases/${caseId}/rounds`, { recusals: [] })],
      [422, await secretary.post('/leads', { source: 'NOBODY' })],
      [400, await secretary.get('/cases/no-id-at-all')],
    ] as const;
    for (const [status, { type, body, ...answer }] of refusals) {
      expect([answer.status, type]).toEqual([status, 'application/problem+json; charset=utf-8']);
      expect(body).toMatchObject({ status, code: expect.stringMatching(/^[A-Z_]+$/) as string });
      for (const name of PROBLEM) expect(body).toHaveProperty(name);
      expect(Object.keys(properties ?? {})).toEqual(expect.arrayContaining(Object.keys(body)));
    }
  });

  it('is kept to: what it calls required is asked for by name, what it does not name is refused', async () => {
    const forms = commands().flatMap((operation) => {
      const { $ref = '' } = (operation.requestBody?.content['application/json']?.schema ?? {}) as {
        $ref?: string;
      };
      const schema = document.components.schemas[$ref.replace('#/components/schemas/', '')];
      return schema ? [{ operation, schema }] : [];
    });
    expect(forms.length).toBeGreaterThan(12);
    for (const { operation, schema } of forms) {
      const { operationId } = operation;
      const asker = await askerOf(rowOf(operation).roles);
      const send = (body: object) => asker.post(pathOf(operation), body);

      const extra = await send({ nobodyAskedForThis: 1 });
      expect([operationId, extra.status, extra.code]).toEqual([operationId, 422, 'INVALID_INPUT']);
      const named = Object.keys(extra.body['errors'] as object);
      expect([operationId, named]).toEqual([
        operationId,
        expect.arrayContaining([...(schema.required ?? []), 'nobodyAskedForThis']),
      ]);
      const written = [...Object.keys(schema.properties ?? {}), 'nobodyAskedForThis'];
      expect([operationId, written]).toEqual([operationId, expect.arrayContaining(named)]);
      for (const body of [[], 'text', null, 7]) {
        const wrong = await asker.post(pathOf(operation), body);
        expect([operationId, wrong.status >= 400 && wrong.status < 500]).toEqual([operationId, true]);
      }
    }
  });

  it('is readable by people too', async () => {
    const page = await fetch(`${await listening(house)}/api/docs`);
    expect(page.status).toBe(200);
  });
});
