import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One key for sealing, named, and one for the blind indexes. Both are 32 bytes. */
export type KeyRing = {
  /** The key that seals; every older one still opens. */
  readonly current: string;
  readonly sealing: ReadonlyMap<string, Buffer>;
  readonly index: Buffer;
};

type KeyFile = { current: string; sealing: Record<string, string>; index: string };

/**
 * Keys lie in a file of their own, outside the database and its backups (quality.md T17). Outside production a missing
 * file is made; in production its absence keeps the program from starting.
 */
export function readKeyRing(path: string, mayMake: boolean): KeyRing {
  if (!existsSync(path)) {
    if (!mayMake)
      throw new Error(`There is no key file at ${path}; make one with: npm run huzhu -- keys:create`);
    makeKeyFile(path);
  }
  return keyRingOf(readFile(path));
}

/** Refuses to write over keys: what they sealed could never be opened again. */
export function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const file: KeyFile = {
    current: 'k1',
    sealing: { k1: randomBytes(32).toString('base64') },
    index: randomBytes(32).toString('base64'),
  };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

/** A new key that seals nothing yet: time to bring the file to every machine. The file is replaced whole, or not at all. */
export function addKey(path: string): string {
  const file = readFile(path);
  const id = `k${String(numberOf(newestIn(file)) + 1)}`;
  const key = randomBytes(32).toString('base64');
  replaceFile(path, { ...file, sealing: { ...file.sealing, [id]: key } });
  return id;
}

/** From now on the newest key seals: the one that waits, or one that is made. Every older one stays and opens. */
export function useNewKey(path: string): string {
  const { current } = readFile(path);
  const newest = newestIn(readFile(path));
  const id = newest === current ? addKey(path) : newest;
  replaceFile(path, { ...readFile(path), current: id });
  return id;
}

/** Takes a key away that seals nothing any more. What a backup holds of it can then be opened by nobody. */
export function removeKey(path: string, id: string): void {
  const file = readFile(path);
  if (id === file.current) throw new Error(`${id} is the key that seals now`);
  if (!(id in file.sealing)) throw new Error(`The key ring does not hold ${id}`);
  const sealing = Object.fromEntries(Object.entries(file.sealing).filter(([each]) => each !== id));
  replaceFile(path, { ...file, sealing });
}

const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? 0);

const newestIn = ({ sealing }: KeyFile): string =>
  Object.keys(sealing).reduce((newest, id) => (numberOf(id) > numberOf(newest) ? id : newest));

const readFile = (path: string): KeyFile => JSON.parse(readFileSync(path, 'utf8')) as KeyFile;

function replaceFile(path: string, file: KeyFile): void {
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(unfinished, path);
}

function keyRingOf(file: KeyFile): KeyRing {
  const sealing = new Map(Object.entries(file.sealing).map(([id, key]) => [id, bytesOf(id, key)]));
  if (!sealing.has(file.current)) throw new Error(`The key ring names ${file.current}, but does not hold it`);
  return { current: file.current, sealing, index: bytesOf('index', file.index) };
}

function bytesOf(id: string, key: string): Buffer {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32) throw new Error(`Key ${id} is not 32 bytes of base64`);
  if (new Set(bytes).size < 8) throw new Error(`Key ${id} is too regular to be a secret`);
  return bytes;
}
