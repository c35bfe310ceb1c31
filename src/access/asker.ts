import type { FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.js';
import { sessionCookieOf } from './cookies.js';
import type { SessionsService, Visitor } from './sessions.service.js';

/**
 * Who asks: from the cookie on pages and from the bearer token in the API (a cookie opens nothing there, so that no other
 * site can use it). Null for a stranger.
 */
export async function askerOf(
  request: FastifyRequest,
  sessions: SessionsService,
  config: Config,
): Promise<Visitor | null> {
  if (!request.url.startsWith('/api/'))
    return sessions.visitorOf(request.cookies[sessionCookieOf(config)], 'web');
  const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return sessions.visitorOf(token, 'api');
}
