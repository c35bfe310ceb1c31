import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestLog } from './request-log.js';

type Line = {
  readonly msg: string;
  readonly req?: object;
  readonly res?: object;
  readonly responseTime?: number;
};

const routeOf = ({ routeOptions }: { readonly routeOptions?: { readonly url?: string | undefined } }) =>
  routeOptions?.url ?? '?';

describe('the log of requests', () => {
  const lines: Line[] = [];
  let ready = true;
  let server: FastifyInstance;

  beforeEach(() => {
    lines.length = 0;
    ready = true;
    const serializers = {
      req: (request: FastifyRequest) => ({ method: request.method, route: routeOf(request) }),
      res: (reply: FastifyReply) => ({ status: reply.statusCode }),
    };
    const stream = { write: (line: string) => lines.push(JSON.parse(line) as Line) };
    const logger = { level: 'info', stream, serializers };
    server = fastify({
      logger: logger as object,
      logController: new RequestLog(),
      frameworkErrors: (error, _, reply: FastifyReply) => void reply.send(error), // as Nest does
    });
    server.get('/cases/:id', (_, reply) => reply.send('here'));
    server.get('/healthz', (_, reply) => reply.send('ok'));
    server.get('/metrics', (_, reply) => reply.status(404).send('not you'));
    server.get('/readyz', (_, reply) => reply.status(ready ? 200 : 503).send('said'));
  });
  afterEach(() => server.close());

  it('has one line for each: method, route without its ids, status, time', async () => {
    await server.inject('/cases/17');

    expect(lines).toMatchObject([
      { msg: 'request completed', req: { method: 'GET', route: '/cases/:id' }, res: { status: 200 } },
    ]);
    expect(lines[0]?.responseTime).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain('/cases/17');
  });

  it('has none for whoever looks after the house while all is well', async () => {
    await server.inject('/healthz');
    await server.inject('/readyz');

    expect(lines).toEqual([]);
  });

  it('has one when all is not well, or somebody else asks', async () => {
    ready = false;
    await server.inject('/readyz');
    await server.inject('/metrics');

    expect(lines).toMatchObject([
      { req: { route: '/readyz' }, res: { status: 503 } },
      { req: { route: '/metrics' }, res: { status: 404 } },
    ]);
  });

  it('has one for whoever hangs up before the answer', async () => {
    let answer: (() => void) | undefined;
    server.get('/slow', (_, reply) => {
      answer = () => void reply.send('late');
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
    lines.length = 0; // that it listens
    const caller = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    caller.write('GET /slow HTTP/1.1\r\nHost: here\r\n\r\n');
    while (!answer) await new Promise(setImmediate);
    caller.destroy();
    while (lines.length === 0) await new Promise(setImmediate);

    expect(lines).toMatchObject([{ msg: 'request aborted', req: { method: 'GET', route: '/slow' } }]);
    answer();
  });

  it('never has the address itself, not even of one that is none', async () => {
    const { statusCode } = await server.inject('/link/secret-word%zz');

    expect(statusCode).toBe(400);
    expect(lines).toMatchObject([{ msg: 'request refused: FST_ERR_BAD_URL', res: { status: 400 } }]);
    expect(JSON.stringify(lines)).not.toContain('secret-word');
  });
});
