import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from './config.js';
import type { Environment } from './config.js';

const WENKAI = 'build/fonts/LXGWWenKai-Medium.ttf';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'huzhu-fonts-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const fileOf = (bytes: Buffer): string => {
  const path = join(directory, 'office.ttf');
  writeFileSync(path, bytes);
  return path;
};
/** A TrueType file whose list names these tables. */
const listing = (...tags: readonly string[]): Buffer => {
  const head = Buffer.alloc(12 + 16 * tags.length);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tags.length, 4);
  tags.forEach((tag, i) => head.write(tag, 12 + 16 * i, 'latin1'));
  return head;
};

describe.each(['FONT_FANGSONG', 'FONT_XIAOBIAOSONG', 'FONT_HEITI', 'FONT_KAITI'])('%s', (name) => {
  it.each([
    ['OTTO, then anything', /is OpenType with CFF outlines/],
    ['ttcf, then anything', /is a collection/],
    ['%PDF-1.7', /is no TrueType font file/],
    ['', /is no TrueType font file/],
    [listing('head', 'hhea', 'hmtx', 'maxp'), /has no table glyf, loca/],
  ])('with a file of %j keeps the program from starting, by its name', (bytes, why) => {
    const path = fileOf(Buffer.from(bytes));
    const start = () => new Config({ [name]: path });
    expect(start).toThrow(why);
    expect(start).toThrow(`${name}: ${path}`);
  });

  it('keeps the program from starting where there is no file', () => {
    expect(() => new Config({ [name]: join(directory, 'none.ttf') })).toThrow(/none.ttf cannot be read/);
    expect(() => new Config({ [name]: directory })).toThrow(/cannot be read/);
  });

  it('may name a TrueType font, or nothing', () => {
    expect(() => new Config({ [name]: WENKAI })).not.toThrow();
    expect(() => new Config({ [name]: '' })).not.toThrow();
  });
});

it('names all faults at once', () => {
  const start = () => new Config({ FONT_HEITI: 'none.ttf', FONT_KAITI: 'package.json', PORT: '-1' });
  for (const fault of ['FONT_HEITI', 'FONT_KAITI', 'PORT']) expect(start).toThrow(fault);
});

describe('how people prove who they are', () => {
  const production = {
    NODE_ENV: 'production',
    HUZHU_PUBLIC_URL: 'https://huzhu.example',
    HUZHU_KEY_FILE: '/etc/huzhu/keys.json',
    HUZHU_COOKIE_SECRET: 'x'.repeat(32),
  };

  it.each<[Environment, boolean, boolean, string]>([
    [{}, false, false, 'a laptop and the demo ask for nothing more'],
    [production, true, true, 'production asks for both'],
    [{ STAFF_TOTP: 'required', STEP_UP: 'on' }, true, true, 'either may be tried elsewhere'],
    [
      { ...production, STAFF_TOTP: 'optional', STEP_UP: 'off' },
      false,
      false,
      'or be left out by a plain word',
    ],
  ])('%j: a code %s, a fresh proof %s (%s)', (environment, staffTotp, stepUp) => {
    const config = new Config(environment);
    expect([config.staffTotp, config.stepUp]).toEqual([staffTotp, stepUp]);
  });

  it('takes no other word', () => {
    expect(() => new Config({ STAFF_TOTP: 'yes' })).toThrow('STAFF_TOTP is required or optional');
    expect(() => new Config({ STEP_UP: 'yes' })).toThrow('STEP_UP is on or off');
  });
});

describe('who stands before the program, and what it does by the clock', () => {
  it.each<[string | undefined, readonly string[]]>([
    [undefined, ['loopback']],
    ['loopback', ['loopback']],
    ['10.1.2.3, 172.16.0.0/12', ['10.1.2.3', '172.16.0.0/12']],
    ['fd00::/8', ['fd00::/8']],
  ])('TRUSTED_PROXIES=%s: %j', (given, proxies) => {
    expect(new Config({ TRUSTED_PROXIES: given }).trustedProxies).toEqual(proxies);
  });

  it.each(['everybody', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0', 'true', ','])(
    'TRUSTED_PROXIES=%s is refused: whoever is believed can be anybody',
    (given) => {
      expect(() => new Config({ TRUSTED_PROXIES: given })).toThrow('TRUSTED_PROXIES');
    },
  );

  it.each<[string | undefined, boolean]>([
    [undefined, true],
    ['on', true],
    ['off', false],
  ])('TIMERS=%s: %s', (given, timers) => {
    expect(new Config({ TIMERS: given }).timers).toBe(timers);
  });

  it('takes no other word for TIMERS', () => {
    expect(() => new Config({ TIMERS: 'yes' })).toThrow('TIMERS is on or off');
  });
});
