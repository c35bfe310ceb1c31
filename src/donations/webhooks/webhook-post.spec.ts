import type { lookup, LookupAddress } from 'node:dns';
import { createServer } from 'node:net';
import type { AddressInfo, LookupFunction, Server } from 'node:net';
import { Config } from '../../platform/config.js';
import { readWebhookUrl } from '../domain/webhook.js';
import { isOpenAddress, openLookup, WebhookPost } from './webhook-post.js';

/** What the resolver of the test knows; one name changes its mind each time it is asked. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'open.example': ['93.184.215.14'],
  'open6.example': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'inside.example': ['127.0.0.1'],
  'inside6.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'office.example': ['10.1.2.3'],
  'metadata.example': ['169.254.169.254'],
  'both.example': ['93.184.215.14', '127.0.0.1'],
  'first-inside.example': ['127.0.0.1', '93.184.215.14'],
  '127.0.0.1.nip.example': ['127.0.0.1'],
  localhost: ['127.0.0.1', '::1'],
};

let asked = 0;

/** Stands in the place of the machine's resolver: `{ all: true }` is how it is always asked. */
const resolve = ((
  name: string,
  _options: object,
  answer: (error: Error | null, list: LookupAddress[]) => void,
) => {
  asked += 1;
  const found = name === 'turning.example' ? [asked % 2 === 1 ? '93.184.215.14' : '127.0.0.1'] : NAMES[name];
  const list = (found ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  answer(found ? null : new Error('ENOTFOUND'), list);
}) as typeof lookup;

class PostByTest extends WebhookPost {
  protected override readonly resolve = resolve;
}

const HOSTS = [
  // This machine, as people write it, as nobody does, and as the parser of addresses still understands it.
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0', '0.0.0.0', '2130706433', '017700000001'],
  ...[
    '0x7f000001',
    '0x7f.1',
    '0x7f.0x0.0x0.0x1',
    '0177.0.0.1',
    '0177.0.0.01',
    '00000177.0.0.1',
    '127.0.0.1.',
  ],
  ...['１２７.0.0.1', '①②⑦.⓪.⓪.①', '127。0。0。1', '%31%32%37.0.0.1', 'localhost', 'LOCALHOST', 'localhost.'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]'],
  ...['[0:0:0:0:0:ffff:7f00:0001]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]'],
  // The office, the provider, the cloud.
  ...['10.0.0.1', '10.255.255.255', '167772161', '172.16.0.1', '172.31.255.254', '192.168.0.1', '0xc0a80001'],
  ...['100.64.0.1', '100.100.100.200', '169.254.169.254', '2852039166', '0xa9fea9fe', '[::ffff:a9fe:a9fe]'],
  ...['[fd00:ec2::254]', '[fc00::1]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[100::1]', '[5f00::1]'],
  ...['[2001:db8::1]', '[2001::1]', '[3fff::1]', '[::ffff:10.0.0.1]', '[2002:a00:1::]'],
  // For books, for tests, for everybody at once.
  ...['192.0.0.1', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
  ...['224.0.0.1', '240.0.0.1', '255.255.255.255'],
  // Names that lead inside.
  ...Object.keys(NAMES).filter((name) => !name.startsWith('open')),
];

describe('with somebody listening', () => {
  let sink: Server;
  let port: number;
  let connections = 0;
  beforeAll(async () => {
    sink = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((opened) => sink.listen(0, '127.0.0.1', opened));
    ({ port } = sink.address() as AddressInfo);
  });
  afterAll(() => sink.close());

  const strict = new PostByTest(new Config({}));

  it.each(HOSTS)('nothing is sent to %s', async (host) => {
    const before = connections;
    const url = `https://${host}:${port}/hooks`;
    // What cannot be written as an address is refused at the form; the rest when it is called.
    const typed = URL.canParse(url) ? readWebhookUrl(url, { allowsPlain: false }) : null;
    if (typed !== null)
      expect(await strict.post(typed, {}, '{}', 2_000)).toEqual({
        status: null,
        words: expect.any(String) as string,
      });
    expect(connections).toBe(before);
  });

  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::ffff:127.0.0.1]',
    'inside.example',
    '127.0.0.1.nip.example',
  ])('control: without the rule %s is reached', async (host) => {
    const open = new PostByTest(new Config({ HUZHU_WEBHOOKS_TO_PRIVATE: 'yes' }));
    const before = connections;
    await open.post(`https://${host}:${port}/hooks`, {}, '{}', 2_000);
    expect(connections).toBe(before + 1);
  });

  it.each([
    'http://open.example/hooks',
    'https://127.0.0.1@open.example/',
    'https://open.example:secret@127.0.0.1/',
    'https://open.example@127.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'ftp://open.example/',
    'javascript:alert(1)',
    'data:text/plain,x',
    '//open.example/',
    'https://',
    'https:///',
    'https://[::1%25lo]/',
    'https://[::1/',
    'https://open.example:99999/',
    'https://exa mple.org/',
    'https://256.256.256.256/',
    'https://0x100000000/',
  ])('%s is refused when it is typed', (url) => {
    expect(() => readWebhookUrl(url, { allowsPlain: false })).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_URL_REFUSED' }) as Error,
    );
  });

  it('a backslash, a tab or a newline leads where the parser says, and is judged there', async () => {
    const before = connections;
    for (const url of [
      `https://127.0.0.1:${port}\\@open.example/`,
      `https://127.0\t.0.1:${port}/`,
      `https://127.0.0.1\n:${port}/`,
    ]) {
      const typed = readWebhookUrl(url, { allowsPlain: false });
      expect((await strict.post(typed, {}, '{}', 2_000)).words).toBe('地址不在公网上');
    }
    expect(connections).toBe(before);
  });
});

/** The addresses that a connection would be given; an error where it would be given none. */
const addressesBehind = (name: string, by: LookupFunction): Promise<string[]> =>
  new Promise((found, failed) => {
    by(name, { all: true }, (error, list) => {
      if (error) failed(error);
      else found((list as LookupAddress[]).map(({ address }) => address));
    });
  });

describe('a name', () => {
  const open = openLookup(resolve);

  it.each(['open.example', 'open6.example'])(
    '%s that leads into the open is given its address',
    async (name) => {
      expect(await addressesBehind(name, open)).toEqual(NAMES[name]);
    },
  );

  it('is asked about once for a connection, and judged by that answer: what it turns into is not believed', async () => {
    asked = 0;
    expect(await addressesBehind('turning.example', open)).toEqual(['93.184.215.14']);
    await expect(addressesBehind('turning.example', open)).rejects.toThrow();
    expect(asked).toBe(2);
  });

  it('control: the plain resolver gives the inside away', async () => {
    expect(await addressesBehind('both.example', resolve)).toContain('127.0.0.1');
  });
});

it.each([
  '8.8.8.8',
  '172.32.0.1',
  '192.0.1.1',
  '100.128.0.1',
  '2400:3200::1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
])('%s lies in the open', (address) => {
  expect(isOpenAddress(address)).toBe(true);
});
