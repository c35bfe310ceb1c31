import { createServer } from 'node:http';
import { join } from 'node:path';
import { Templates } from '../../src/platform/web/templates.js';
import { answering, given } from './children.js';
import type { Shown } from './served-house.js';

export type PlainGiven = Shown;

/** The reference of S5 and S6: bare node:http, the same template on the same view at every request, and nothing else. */
const { template, view } = given() as PlainGiven;
const templates = new Templates(join(process.cwd(), 'templates'));
const server = createServer((_request, reply) => {
  reply.setHeader('content-type', 'text/html; charset=utf-8');
  reply.end(templates.render(template, view));
});
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
const address = server.address();
const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

answering(
  { base },
  () => Promise.resolve({ base }),
  () => {
    server.closeAllConnections();
    return new Promise<void>((closed) => {
      server.close(() => {
        closed();
      });
    });
  },
);
