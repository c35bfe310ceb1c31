import { Injectable, Logger } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Config } from '../platform/config.js';
import type { OidcSettings } from '../platform/oidc-settings.js';
import type { IdentityClaims } from './domain/identity.js';
import { IdentityRefused, NoIdentityProvider, ProviderDown } from './domain/identity.errors.js';

/** The secrets of one trip to the provider and back; the browser keeps them, sealed. */
export type Trip = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** What it says about itself is read anew now and then; a provider that was down is left alone for a moment. */
const KNOWN_MS = 3_600_000;
const LEFT_ALONE_MS = 3_000;
/** A session there that is older than ours may be is asked for the password again. */
const OLDEST_SESSION_S = 12 * 3600;

const RETURN = '/sign-in/oidc/return';

/** The line to the provider, not what it said. */
class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

type Known = { readonly until: number; readonly provider: Promise<oidc.Configuration> };

/**
 * The federation's identity provider, by OpenID Connect: authorization code with PKCE, state and nonce. Nothing is asked
 * of any host but the issuer's own, and nothing waits longer than five seconds for it.
 */
@Injectable()
export class IdentityProvider {
  private readonly logger = new Logger(IdentityProvider.name);
  private known: Known | null = null;
  /** How long the provider may take for one answer. */
  patienceS = 5;

  constructor(private readonly config: Config) {}

  /** Where the browser is sent. `asksAnew`: the person signs in there now, whoever the browser is signed in as. */
  async address({ state, nonce, verifier }: Trip, asksAnew = false): Promise<URL> {
    return this.asked(async (provider, { issuer }) => {
      const address = oidc.buildAuthorizationUrl(provider, {
        ...{ redirect_uri: `${this.config.publicUrl}${RETURN}`, scope: 'openid', state, nonce },
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(asksAnew ? { prompt: 'login', max_age: '0' } : { max_age: String(OLDEST_SESSION_S) }),
      });
      if (address.origin !== new URL(issuer).origin) throw new Unreachable('The door is at another host');
      return address;
    });
  }

  /** Gives the code of the answer (`?code=…&state=…`) for a token, and reads it once all of it has been found good. */
  async claims(query: URLSearchParams, trip: Trip): Promise<IdentityClaims> {
    return this.asked(async (provider) => {
      const answer = new URL(`${this.config.publicUrl}${RETURN}?${query.toString()}`);
      const tokens = await oidc.authorizationCodeGrant(provider, answer, {
        ...{ expectedState: trip.state, expectedNonce: trip.nonce, pkceCodeVerifier: trip.verifier },
        ...{ idTokenExpected: true, maxAge: OLDEST_SESSION_S },
      });
      const claims = tokens.claims();
      if (!claims) throw new IdentityRefused();
      const { iss, sub, iat, auth_time: signedInAtS = null, amr, acr } = claims;
      return {
        ...{ issuer: iss, subject: sub, issuedAtS: iat, signedInAtS },
        methods: Array.isArray(amr) ? amr.filter((method) => typeof method === 'string') : [],
        level: typeof acr === 'string' ? acr : null,
      };
    });
  }

  /** Whatever goes wrong is one of two things: the provider cannot be reached, or it does not vouch for the person. */
  private async asked<Answer>(
    ask: (provider: oidc.Configuration, settings: OidcSettings) => Promise<Answer>,
  ): Promise<Answer> {
    const settings = this.config.oidc;
    if (settings === null) throw new NoIdentityProvider();
    let provider: oidc.Configuration;
    try {
      provider = await this.provider(settings);
    } catch (error) {
      this.logger.warn(`The identity provider was not found: ${reasonOf(error)}`);
      throw new ProviderDown();
    }
    try {
      return await ask(provider, settings);
    } catch (error) {
      const isDown = isUnreachable(error);
      this.logger.warn(`The identity provider ${isDown ? 'was not reached' : 'said no'}: ${reasonOf(error)}`);
      throw isDown ? new ProviderDown() : new IdentityRefused();
    }
  }

  /** One question for all who come meanwhile. */
  private provider(settings: OidcSettings): Promise<oidc.Configuration> {
    const now = performance.now();
    if (this.known !== null && this.known.until > now) return this.known.provider;
    const provider = discovered(settings, this.patienceS);
    const known = { until: now + KNOWN_MS, provider };
    this.known = known;
    provider.catch(() => {
      if (this.known === known) this.known = { provider, until: performance.now() + LEFT_ALONE_MS };
    });
    return provider;
  }
}

async function discovered(
  { issuer, clientId, clientSecret }: OidcSettings,
  patienceS: number,
): Promise<oidc.Configuration> {
  const address = new URL(issuer);
  const isLoopback = address.protocol === 'http:';
  return oidc.discovery(address, clientId, {}, secretBy(clientSecret), {
    timeout: patienceS,
    [oidc.customFetch]: (url, options) => fetchFrom(address.origin, url, options),
    // The token comes straight from the issuer; its signature is looked at all the same.
    execute: [
      oidc.enableNonRepudiationChecks,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the settings let it be loopback alone
      ...(isLoopback ? [oidc.allowInsecureRequests] : []),
    ],
  });
}

/** As the provider takes secrets: in a header unless it says that it takes them in the body only. */
function secretBy(secret: string): oidc.ClientAuth {
  const [inHeader, inBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = ways.includes('client_secret_basic') ? inHeader : inBody;
    way(server, client, body, headers);
  };
}

/** Of the issuer's host alone, whatever addresses it names, and along no redirect: the secret would follow it. */
async function fetchFrom(origin: string, url: string, options: oidc.CustomFetchOptions): Promise<Response> {
  if (new URL(url).origin !== origin) throw new Unreachable('Another host was named');
  let response: Response;
  try {
    response = await fetch(url, { ...options, redirect: 'manual' } as RequestInit);
  } catch (error) {
    throw new Unreachable('No answer', { cause: error });
  }
  if (response.status >= 500) throw new Unreachable(`Answered ${response.status}`);
  return response;
}

/** A late body is found by the library, and wrapped. */
function isUnreachable(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if (each instanceof Unreachable || each.name === 'TimeoutError') return true;
  return false;
}

/** Kinds and codes, without what the provider wrote: a description there may name somebody. */
function reasonOf(error: unknown): string {
  const reasons: string[] = [];
  for (let each = error; each instanceof Error && reasons.length < 4; each = each.cause) {
    const code = (each as { code?: unknown }).code;
    reasons.push(typeof code === 'string' ? `${each.name} ${code.slice(0, 60)}` : each.name);
  }
  return reasons.join(' < ');
}
