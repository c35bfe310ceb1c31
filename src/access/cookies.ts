import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config.js';
import { FLOW_MINUTES } from './domain/identity.js';
import { cookieSeconds } from './domain/session-life.js';
import type { SignedIn } from './session-opener.js';

/** Their names on a laptop, by plain http. */
export const SESSION_COOKIE = 'huzhu_session';
export const DEVICE_COOKIE = 'huzhu_device';
export const STEP_COOKIE = 'huzhu_step';
export const TEXT_COOKIE = 'huzhu_text';
export const IDENTITY_COOKIE = 'huzhu_identity';

const YEAR_S = 365 * 24 * 3600;

const isSecure = (config: Config) => config.publicUrl.startsWith('https://');

/** Over TLS a browser takes `__Host-` from this very host only: no other of the same domain can plant a cookie. */
const nameOf = (config: Config, name: string) => (isSecure(config) ? `__Host-${name}` : name);

export function sessionCookieOf(config: Config): string {
  return nameOf(config, SESSION_COOKIE);
}

const common = (config: Config): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: isSecure(config),
});

export function deviceIn(request: FastifyRequest, config: Config): string | null {
  return request.cookies[nameOf(config, DEVICE_COOKIE)] ?? null;
}

export function stepIn(request: FastifyRequest, config: Config): string {
  return request.cookies[nameOf(config, STEP_COOKIE)] ?? '';
}

export function giveCookies(reply: FastifyReply, config: Config, { token, device, kept }: SignedIn): void {
  const seconds = cookieSeconds(kept);
  const session = seconds === null ? common(config) : { ...common(config), maxAge: seconds };
  void reply.setCookie(sessionCookieOf(config), token, session);
  if (device !== null)
    void reply.setCookie(nameOf(config, DEVICE_COOKIE), device, { ...common(config), maxAge: YEAR_S });
  void reply.clearCookie(nameOf(config, STEP_COOKIE), common(config));
}

/** Between password and code; it is over with the browser, or with the step itself. */
export function giveStepCookie(reply: FastifyReply, config: Config, step: string): void {
  void reply.setCookie(nameOf(config, STEP_COOKIE), step, common(config));
}

/** The secret that a texted code goes with: the code is worth nothing in another browser. */
export function giveTextCookie(reply: FastifyReply, config: Config, challenge: string): void {
  void reply.setCookie(nameOf(config, TEXT_COOKIE), challenge, common(config));
}

export function challengeIn(request: FastifyRequest, config: Config): string {
  return request.cookies[nameOf(config, TEXT_COOKIE)] ?? '';
}

export function takeTextCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(nameOf(config, TEXT_COOKIE), common(config));
}

/** While somebody is at the identity provider, and until they have said yes to what was found there. */
export function giveIdentityCookie(reply: FastifyReply, config: Config, sealed: string): void {
  const options = { ...common(config), maxAge: FLOW_MINUTES * 60 };
  void reply.setCookie(nameOf(config, IDENTITY_COOKIE), sealed, options);
}

export function identityIn(request: FastifyRequest, config: Config): string {
  return request.cookies[nameOf(config, IDENTITY_COOKIE)] ?? '';
}

export function takeIdentityCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(nameOf(config, IDENTITY_COOKIE), common(config));
}

/** The device stays known: it is not a way in, only a count of its own. */
export function takeSessionCookie(reply: FastifyReply, config: Config): void {
  void reply.clearCookie(sessionCookieOf(config), common(config));
}
