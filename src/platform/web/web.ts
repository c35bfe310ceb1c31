import { BadRequestException, ForbiddenException, UnauthorizedException } from '@nestjs/common';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import statics from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { ErrorFilter, isApi } from './error.filter.js';
import { ClockWatch } from '../clock-watch.js';
import { ALWAYS_ANSWERED } from '../observability/request-watch.js';
import { Assets } from './assets.js';
import { isFromElsewhere } from './origin.js';
import { addView } from './frame.js';
import { RequestCounts } from './request-counts.js';
import { Templates } from './templates.js';
import { readMultipart } from './uploads.js';

export type WebOptions = {
  readonly assets: string;
  readonly requestsPerMinute: number;
  readonly cookieSecret: string;
  /** Whether somebody is really signed in, who may send more than a stranger. */
  readonly isSignedIn: (request: FastifyRequest) => Promise<boolean>;
  /** Cookies go over TLS only; false on a laptop. */
  readonly secure: boolean;
  /** Where people find the house: forms come from there, or from the very host that is asked. */
  readonly publicUrl: string;
};

/** Whoever doubts a notice sends its file here, without an account. */
const FOR_ALL = new Set(['/verify/file', '/api/v1/notices/verify']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const YEAR_S = 31_536_000;
const LIMITS = {
  files: 12,
  fileSize: 8_000_000,
  fields: 200,
  fieldSize: 20_000,
  parts: 210,
  headerPairs: 50,
};

/** Nothing that we take has more. Whoever walks into a body by recursion, as validators do, has a stack that ends. */
const MOST_LEVELS = 20;

/** Everything between the socket and a controller. */
export async function addWeb(app: NestFastifyApplication, options: WebOptions): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: options.secure,
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: '1 minute',
    store: RequestCounts,
    allowList: (request) => ALWAYS_ANSWERED.has(request.routeOptions.url ?? ''),
  });
  await app.register(compress, { threshold: 1024 });
  await app.register(cookie, { secret: options.cookieSecret });
  await app.register(csrf, {
    cookieKey: options.secure ? '__Host-huzhu_csrf' : 'huzhu_csrf',
    cookieOpts: { httpOnly: true, sameSite: 'lax', path: '/', secure: options.secure, signed: true },
  });
  await app.register(multipart, { limits: LIMITS });
  await app.register(statics, {
    root: options.assets,
    prefix: '/assets/',
    immutable: true,
    preCompressed: true,
    maxAge: YEAR_S * 1000,
  });

  const fastify = app.getHttpAdapter().getInstance();
  addView(fastify, app.get(Templates), Assets.in(options.assets));
  // After the body is read, since a form carries its token in the field _csrf.
  fastify.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    // Nobody uploads without having signed in, but for a file to be looked at: megabytes of a stranger are not read.
    const isForAll = FOR_ALL.has(request.routeOptions.url ?? '');
    if (!isForAll && !(await options.isSignedIn(request))) throw new UnauthorizedException();
    await readMultipart(request, isForAll);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (isDeeperThan(MOST_LEVELS, request.body)) throw new BadRequestException();
    done();
  });
  // Before anything is read: a browser says from which page a form comes, and from another house none is taken.
  fastify.addHook('onRequest', async (request) => {
    if (SAFE.has(request.method) || isApi(request)) return Promise.resolve();
    if (isFromElsewhere(request, options.publicUrl)) throw new ForbiddenException();
    return Promise.resolve();
  });
  // The API takes no cookie (see the guard of `access`), so that there is nothing to forge there.
  fastify.addHook('preValidation', (request, reply, done) => {
    if (SAFE.has(request.method) || isApi(request)) done();
    else fastify.csrfProtection(request, reply, done);
  });
  fastify.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/assets/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
    return Promise.resolve();
  });
  app.useGlobalFilters(new ErrorFilter(app.get(ClockWatch)));
}

function isDeeperThan(levels: number, body: unknown): boolean {
  let level: unknown[] = [body];
  for (let deep = 0; level.length > 0; deep += 1) {
    if (deep > levels) return true;
    const groups = level.filter((each): each is object => typeof each === 'object' && each !== null);
    level = groups.flatMap((each): unknown[] => Object.values(each));
  }
  return false;
}
