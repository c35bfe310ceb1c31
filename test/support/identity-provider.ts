import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Configuration, Provider } from 'oidc-provider';

/** Somebody as the provider knows them. */
export type Known = {
  readonly subject: string;
  /** How they showed who they are; a password when nothing is said. */
  readonly amr?: readonly string[];
  readonly signedInAgoS?: number;
  /** They press “no” there. */
  readonly givesUp?: boolean;
};

const CLIENT = { id: 'huzhu', secret: 'a-secret-of-the-federation-and-of-us' };
const RETURN = 'http://localhost:3000/sign-in/oidc/return';
const PERSON = 'x-test-person';

/** An identity provider on this machine (oidc-provider), whose people sign in by a header instead of a page. */
export class GivenProvider {
  /** How often somebody gave it a code for a token. */
  exchanges = 0;
  /** How often it asked somebody who they are. */
  logins = 0;
  private provider: Provider | null = null;

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<GivenProvider> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const given = new GivenProvider(
      server,
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    );
    const provider = await quietly(async () => {
      const { Provider: Made } = await import('oidc-provider');
      return new Made(given.issuer, configuration());
    });
    given.provider = provider;
    const serve = provider.callback();
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/token')) given.exchanges++;
      if (request.url?.startsWith('/interaction/')) void given.let(request, response);
      else void serve(request, response);
    });
    return given;
  }

  /** What a house is told of it. */
  get settings(): Record<string, string> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_LABEL: '用柳岸总会账号登录',
    };
  }

  /**
   * A browser goes there, the person signs in, and it is sent back: to this path of ours, with its query. With the cookies
   * of an earlier visit whoever is signed in there still is.
   */
  async visit(
    address: string,
    person: Known,
    cookies: Map<string, string> = new Map<string, string>(),
  ): Promise<string> {
    for (let at = address, hops = 0; hops < 10; hops++) {
      const reply = await fetch(at, {
        redirect: 'manual',
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          [PERSON]: JSON.stringify(person),
        },
      });
      for (const each of reply.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
        cookies.set(name, value);
      }
      const next = reply.headers.get('location');
      if (next === null) throw new Error(`The provider stopped at ${reply.status}: ${await reply.text()}`);
      at = new URL(next, this.issuer).href;
      if (at.startsWith(RETURN)) return at.slice(new URL(RETURN).origin.length);
    }
    throw new Error('The provider sent the browser round and round');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Answers nobody until it listens again, at the same address. */
  async listenAgain(): Promise<void> {
    await new Promise<void>((done) =>
      this.server.listen(Number(new URL(this.issuer).port), '127.0.0.1', done),
    );
  }

  private async let(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.logins++;
    const {
      subject,
      amr,
      signedInAgoS = 0,
      givesUp = false,
    } = JSON.parse(String(request.headers[PERSON])) as Known;
    const login = {
      accountId: subject,
      amr: [...(amr ?? ['pwd'])],
      ts: Math.floor(Date.now() / 1000) - signedInAgoS,
    };
    await this.provider?.interactionFinished(
      request,
      response,
      givesUp ? { error: 'access_denied' } : { login },
    );
  }
}

/** It warns that it keeps everything in memory and has no other Node below it: just so, in a test. */
async function quietly<Made>(make: () => Promise<Made>): Promise<Made> {
  const spies = (['warn', 'info'] as const).map((level) => jest.spyOn(console, level).mockReturnValue());
  try {
    return await make();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const MINUTES = 600;

function configuration(): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [
      {
        ...{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [RETURN] },
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only of a test'] },
    claims: { openid: ['sub', 'amr', 'auth_time'] },
    ttl: { AccessToken: MINUTES, Grant: MINUTES, IdToken: MINUTES, Interaction: MINUTES, Session: MINUTES },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    /** Everybody of the office agrees that their own office is told who they are. */
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  };
}
