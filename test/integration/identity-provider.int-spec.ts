import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { IdentityProvider } from '../../src/access/identity-provider.js';
import { Config } from '../../src/platform/config.js';

const TRIP = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };

/** What a provider says about itself, to be bent. */
type Said = Record<string, unknown>;
const truth = (issuer: string): Said => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});

const servers: Server[] = [];
let logged: string[];
beforeEach(() => {
  logged = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: unknown) => void logged.push(String(line)));
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const secret of ['a-secret', TRIP.state, TRIP.nonce, TRIP.verifier])
    expect(logged.join()).not.toContain(secret);
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

/** A provider that says this, and how often it was asked. */
async function saying(say: (issuer: string) => Said | null, status = 200) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const said = say(issuer);
    if (said === null) return; // never answers
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const settings = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'huzhu', OIDC_CLIENT_SECRET: 'a-secret' };
  return { issuer, asked, provider: new IdentityProvider(new Config(settings)) };
}

const codeOf = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  );
const answer = (issuer: string) => new URLSearchParams({ code: 'c', state: TRIP.state, iss: issuer });

it('sends the browser to the provider’s door with everything that binds the answer to this browser', async () => {
  const { provider, issuer } = await saying(truth);
  const address = await provider.address(TRIP);
  expect(address.href).toMatch(`${issuer}/auth?`);
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    ...{ client_id: 'huzhu', response_type: 'code', scope: 'openid', code_challenge_method: 'S256' },
    ...{ state: TRIP.state, nonce: TRIP.nonce, max_age: '43200' },
    redirect_uri: 'http://localhost:3000/sign-in/oidc/return',
  });
  expect(address.href).not.toContain(TRIP.verifier);
  expect(address.searchParams.has('prompt')).toBe(false);
  const anew = await provider.address(TRIP, true);
  expect(Object.fromEntries(anew.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
});

it('asks what the provider says about itself once for all who come', async () => {
  const { provider, asked } = await saying(truth);
  await Promise.all(Array.from({ length: 10 }, () => provider.address(TRIP)));
  await provider.address(TRIP);
  expect(asked).toHaveLength(1);
});

it.each<[string, (issuer: string) => Said]>([
  ['speaks for another issuer', (issuer) => ({ ...truth(issuer), issuer: 'https://id.other.example' })],
  [
    'has its door elsewhere',
    (issuer) => ({ ...truth(issuer), authorization_endpoint: 'https://id.other.example/auth' }),
  ],
])('goes to nobody who %s', async (_what, say) => {
  const { provider } = await saying(say);
  expect(await codeOf(provider.address(TRIP))).toBe('IDENTITY_PROVIDER_DOWN');
});

it('gives the secret to no other host, whatever the provider says', async () => {
  const other = await saying(() => ({}));
  const { provider, issuer } = await saying((own) => ({
    ...truth(own),
    token_endpoint: `${other.issuer}/token`,
  }));
  expect(await codeOf(provider.claims(answer(issuer), TRIP))).toBe('IDENTITY_PROVIDER_DOWN');
  expect(other.asked).toEqual([]);
});

it('says that the provider is down when it stammers, and leaves it alone for a moment', async () => {
  const { provider, asked } = await saying(() => ({}), 500);
  for (let i = 0; i < 3; i++) expect(await codeOf(provider.address(TRIP))).toBe('IDENTITY_PROVIDER_DOWN');
  expect(asked).toHaveLength(1);
});

it('waits for the provider no longer than it has patience', async () => {
  const { provider } = await saying(() => null);
  expect(provider.patienceS).toBe(5);
  provider.patienceS = 0.2;
  const before = performance.now();
  expect(await codeOf(provider.address(TRIP))).toBe('IDENTITY_PROVIDER_DOWN');
  expect(performance.now() - before).toBeLessThan(4000);
});

it('takes a refusal of the provider for one', async () => {
  const { provider, issuer } = await saying(truth);
  const denied = new URLSearchParams({
    error: 'access_denied',
    error_description: 'a-secret',
    state: TRIP.state,
    iss: issuer,
  });
  expect(await codeOf(provider.claims(denied, TRIP))).toBe('IDENTITY_REFUSED');
});

it('is not there where nothing is set up', async () => {
  const provider = new IdentityProvider(new Config({}));
  expect(await codeOf(provider.address(TRIP))).toBe('NO_IDENTITY_PROVIDER');
});
