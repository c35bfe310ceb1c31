import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { Config } from '../platform/config.js';
import { cookieSeconds } from './domain/session-life.js';
import type { SignedIn } from './sessions.service.js';

export const SESSION_COOKIE = 'huzhu_session';
export const DEVICE_COOKIE = 'huzhu_device';

const YEAR_S = 365 * 24 * 3600;

const common = (config: Config): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: config.publicUrl.startsWith('https://'),
});

export function giveCookies(
  reply: FastifyReply,
  config: Config,
  { token, newDevice }: SignedIn,
  keep: boolean,
): void {
  const seconds = cookieSeconds(keep);
  const session = seconds === null ? common(config) : { ...common(config), maxAge: seconds };
  void reply.setCookie(SESSION_COOKIE, token, session);
  if (newDevice) void reply.setCookie(DEVICE_COOKIE, newDevice, { ...common(config), maxAge: YEAR_S });
}

/** The device stays known: it is not a way in, only a count of its own. */
export function takeSessionCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(SESSION_COOKIE, common(config));
}
