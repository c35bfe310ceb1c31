import { join } from 'node:path';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { askerOf, SessionsService } from './access/index.js';
import { AppModule } from './app.module.js';
import { addApiDocs } from './house/index.js';
import { RequestLog } from './platform/observability/request-log.js';
import type { Ground } from './platform/platform.module.js';
import { addWeb } from './platform/web/web.js';

export type AppOptions = Ground & {
  readonly requestsPerMinute?: number;
  /** Lines of pino; false is silence, for tests. */
  readonly log?: boolean;
};

/** A photo of 8 MB over 100 kbit/s takes eleven minutes; whoever sends slower than that only holds a line. */
const LONGEST_UPLOAD_MS = 900_000;

/** The whole program, short of a port: `main.ts` listens with it, the tests inject requests into it. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const { config } = options;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on({ waiting: 'bounded', ...options }),
    new FastifyAdapter({
      trustProxy: [...config.trustedProxies],
      bodyLimit: 1_000_000,
      requestTimeout: LONGEST_UPLOAD_MS,
      logger: logOf(options.log ?? false),
      logController: new RequestLog(),
    }),
    {
      // Lines that a collector reads, as those of the requests are; on a laptop a person reads them.
      logger: new ConsoleLogger({ json: config.production, logLevels: ['warn', 'error'] }),
      forceCloseConnections: true,
    },
  );
  await addWeb(app, {
    assets: join(options.root, 'build', 'assets'),
    requestsPerMinute: options.requestsPerMinute ?? 600,
    cookieSecret: config.cookieSecret,
    isSignedIn: async (request) => (await askerOf(request, app.get(SessionsService), config)) !== null,
    secure: config.publicUrl.startsWith('https://'),
    publicUrl: config.publicUrl,
  });
  addApiDocs(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** A line a request: method, route (never the address with its ids), status, time. */
function logOf(wanted: boolean): object | false {
  if (!wanted) return false;
  return {
    level: 'info',
    stream: process.stdout, // pino's own ends the program when a line cannot be written
    serializers: {
      req: (request: { method: string; routeOptions?: { url?: string } }) => ({
        method: request.method,
        route: request.routeOptions?.url ?? '?',
      }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
    },
  };
}
