import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import { RequestLog } from './request-log.js';

type Line = {
  readonly msg: string;
  readonly req?: object;
  readonly res?: object;
  readonly responseTime?: number;
};

describe('the log of requests', () => {
  const lines: Line[] = [];
  let ready = true;
  let server: FastifyInstance;

  beforeEach(() => {
    lines.length = 0;
    ready = true;
    const serializers = {
      req: ({ method, routeOptions }: { method: string; routeOptions?: { url?: string } }) => ({
        method,
        route: routeOptions?.url,
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    };
    const stream = { write: (line: string) => lines.push(JSON.parse(line) as Line) };
    server = fastify({ logger: { level: 'info', stream, serializers }, logController: new RequestLog() });
    server.get('/cases/:id', (_, reply) => reply.send('here'));
    server.get('/healthz', (_, reply) => reply.send('ok'));
    server.get('/readyz', (_, reply) => reply.status(ready ? 200 : 503).send('said'));
  });
  afterEach(() => server.close());

  it('has one line for each: method, route without its ids, status, time', async () => {
    await server.inject('/cases/17');

    expect(lines).toMatchObject([
      { msg: 'request completed', req: { method: 'GET', route: '/cases/:id' }, res: { status: 200 } },
    ]);
    expect(lines[0]?.responseTime).toBeGreaterThan(0);
    expect(JSON.stringify(lines)).not.toContain('17"');
  });

  it('has none for whoever looks after the house while all is well', async () => {
    await server.inject('/healthz');
    await server.inject('/readyz');

    expect(lines).toEqual([]);
  });

  it('has one when all is not well', async () => {
    ready = false;
    await server.inject('/readyz');

    expect(lines).toMatchObject([{ req: { route: '/readyz' }, res: { status: 503 } }]);
  });
});
