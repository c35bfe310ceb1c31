import { readOidcSettings } from './oidc-settings.js';

const WHOLE = {
  OIDC_ISSUER: 'https://id.cishan.example',
  OIDC_CLIENT_ID: 'huzhu',
  OIDC_CLIENT_SECRET: 'kept-by-the-office',
};

function read(environment: Readonly<Record<string, string>>) {
  const faults: string[] = [];
  const settings = readOidcSettings({ text: (name) => environment[name] ?? '', faults });
  return { settings, faults };
}

it('is not there where nothing is set', () => {
  expect(read({})).toEqual({ settings: null, faults: [] });
});

it('has words for its button, its own or the office’s', () => {
  expect(read(WHOLE)).toEqual({
    settings: {
      ...{ issuer: WHOLE.OIDC_ISSUER, clientId: 'huzhu', clientSecret: 'kept-by-the-office' },
      label: '用单位账号登录',
    },
    faults: [],
  });
  const label = '用市慈善总会账号登录';
  expect(read({ ...WHOLE, OIDC_LABEL: label }).settings?.label).toBe(label);
});

it.each([
  [{ OIDC_ISSUER: WHOLE.OIDC_ISSUER }, 'OIDC_CLIENT_ID, OIDC_CLIENT_SECRET is missing'],
  [{ ...WHOLE, OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET is missing'],
  [{ ...WHOLE, OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID is missing'],
  [{ OIDC_LABEL: '用单位账号登录' }, 'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET is missing'],
])('keeps the program from starting when half of it is given: %j', (environment, words) => {
  const { settings, faults } = read(environment);
  expect([settings, faults]).toEqual([null, [expect.stringContaining(words)]]);
  expect(faults.join()).not.toContain('kept-by-the-office');
});

it.each`
  issuer                                | isTaken  | because
  ${'https://id.cishan.example'}        | ${true}  | ${'it is https'}
  ${'https://id.cishan.example/realms'} | ${true}  | ${'an issuer may have a path'}
  ${'http://id.cishan.example'}         | ${false} | ${'whoever listens on the way could let themselves in'}
  ${'http://127.0.0.1:9000'}            | ${true}  | ${'nothing leaves this machine'}
  ${'http://localhost:9000'}            | ${true}  | ${'nothing leaves this machine'}
  ${'http://[::1]:9000'}                | ${true}  | ${'nothing leaves this machine'}
  ${'http://127.0.0.1.example'}         | ${false} | ${'it only looks like this machine'}
  ${'http://10.0.0.5'}                  | ${false} | ${'the own network is another machine'}
  ${'ftp://id.cishan.example'}          | ${false} | ${'it is no web address'}
  ${'id.cishan.example'}                | ${false} | ${'it is no address'}
  ${'https://id.cishan.example?a=b'}    | ${false} | ${'an issuer has no query'}
  ${'https://id.cishan.example#a'}      | ${false} | ${'an issuer has no fragment'}
  ${'https://me:word@id.example'}       | ${false} | ${'a password would stand in the address'}
`('takes $issuer as an issuer: $isTaken, $because', ({ issuer, isTaken }: Row) => {
  expect(read({ ...WHOLE, OIDC_ISSUER: issuer }).faults).toHaveLength(isTaken ? 0 : 1);
});

it('takes no label that would not fit on a button', () => {
  expect(read({ ...WHOLE, OIDC_LABEL: '市'.repeat(30) }).faults).toEqual([]);
  expect(read({ ...WHOLE, OIDC_LABEL: '市'.repeat(31) }).faults).toHaveLength(1);
});

type Row = { issuer: string; isTaken: boolean };
