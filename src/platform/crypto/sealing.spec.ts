import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addKey, makeKeyFile, readKeyRing, removeKey, useNewKey } from './key-ring.js';
import { Keys, NOTICED_WITHIN_MS } from './keys.js';
import { keyIdOf, Sealing } from './sealing.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'keys-'))));
afterEach(() => {
  rmSync(directory, { recursive: true });
});
const sealing = () => new Sealing(new Keys(join(directory, 'keys.json'), true));

it('opens what it sealed, in its own place only', () => {
  const vault = sealing();
  const sealed = vault.seal('341702198503140010', 'persons/id_number/1');
  expect(sealed).not.toContain('3417');
  expect(vault.open(sealed, 'persons/id_number/1')).toBe('341702198503140010');
  expect(() => vault.open(sealed, 'persons/id_number/2')).toThrow();
});

it('opens no value that was changed by one bit', () => {
  const vault = sealing();
  const [id = '', body = ''] = vault.seal('x', 'here').split('.');
  const bytes = Buffer.from(body, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => vault.open(`${id}.${bytes.toString('base64')}`, 'here')).toThrow();
});

it('seals the same value differently each time, and indexes it the same', () => {
  const vault = sealing();
  expect(vault.seal('x', 'here')).not.toBe(vault.seal('x', 'here'));
  expect(vault.blindIndex('a', 'x')).toBe(vault.blindIndex('a', 'x'));
  expect(vault.blindIndex('a', 'x')).not.toBe(vault.blindIndex('b', 'x'));
});

it('seals files and opens them', () => {
  const vault = sealing();
  const sealed = vault.sealFile(Buffer.from('photo'), 'files/1');
  expect(sealed.includes('photo')).toBe(false);
  expect(vault.openFile(sealed, 'files/1').toString()).toBe('photo');
});

it('does not start without its keys in production, nor with weak ones', () => {
  const path = join(directory, 'keys.json');
  expect(() => readKeyRing(path, false)).toThrow(/no key file/);
  writeFileSync(
    path,
    JSON.stringify({ current: 'k1', sealing: { k1: Buffer.alloc(32).toString('base64') }, index: '' }),
  );
  expect(() => readKeyRing(path, false)).toThrow(/too regular/);
  expect(() => {
    makeKeyFile(path);
  }).toThrow(/EEXIST/);
});

describe('a key ring that changes while it serves', () => {
  it('seals under the new key within five seconds, and opens both; the old one goes only when it is not the current', () => {
    const path = join(directory, 'keys.json');
    const [serving, other] = [sealing(), sealing()];
    const old = serving.seal('x', 'here');
    expect([addKey(path), useNewKey(path)]).toEqual(['k2', 'k2']);
    expect(keyIdOf(serving.seal('x', 'here'))).toBe('k1'); // it has not looked yet
    const later = performance.now() + NOTICED_WITHIN_MS + 1;
    jest.spyOn(performance, 'now').mockReturnValue(later);
    const fresh = serving.seal('x', 'here');
    expect(keyIdOf(fresh)).toBe('k2');
    expect(other.open(fresh, 'here')).toBe('x'); // a key that it did not know
    expect(other.open(old, 'here')).toBe('x');
    expect(() => {
      removeKey(path, 'k2');
    }).toThrow(/seals now/);
    removeKey(path, 'k1');
    expect(() => sealing().open(old, 'here')).toThrow(/does not hold k1/);
    expect(() => {
      removeKey(path, 'k1');
    }).toThrow(/does not hold/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    jest.restoreAllMocks();
  });
});
