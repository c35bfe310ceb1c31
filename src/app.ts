import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { askerOf, SessionsService } from './access/index.js';
import { AppModule } from './app.module.js';
import { addApiDocs } from './house/index.js';
import type { Ground } from './platform/platform.module.js';
import { addWeb } from './platform/web/web.js';

export type AppOptions = Ground & {
  readonly requestsPerMinute?: number;
  /** Lines of pino; false is silence, for tests. */
  readonly log?: boolean;
};

/** The whole program, short of a port: `main.ts` listens with it, the tests inject requests into it. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const { config } = options;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.on(options),
    new FastifyAdapter({ trustProxy: 'loopback', bodyLimit: 1_000_000, logger: logOf(options.log ?? false) }),
    { logger: ['warn', 'error'], forceCloseConnections: true },
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
  app.enableShutdownHooks();
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** A line a request: method, route (never the address with its ids), status, time. */
function logOf(wanted: boolean): object | false {
  if (!wanted) return false;
  return {
    level: 'info',
    serializers: {
      req: (request: { method: string; routeOptions?: { url?: string } }) => ({
        method: request.method,
        route: request.routeOptions?.url ?? '?',
      }),
      res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
    },
  };
}
