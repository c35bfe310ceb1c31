import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKeyFile, readKeyRing } from './key-ring.js';
import { Sealing } from './sealing.js';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'keys-'))));
afterEach(() => {
  rmSync(directory, { recursive: true });
});
const sealing = () => new Sealing(readKeyRing(join(directory, 'keys.json'), true));

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
