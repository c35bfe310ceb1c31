import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** One key for sealing, named, and one for the blind indexes. Both are 32 bytes. */
export type KeyRing = {
  /** The key that seals; every older one still opens. */
  readonly current: string;
  readonly sealing: ReadonlyMap<string, Buffer>;
  readonly index: Buffer;
};

/** `latest` is the highest number that a key ever had. */
type KeyFile = { current: string; sealing: Record<string, string>; index: string; latest?: number };

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
  writeFileSync(path, textOf(file), { mode: 0o600, flag: 'wx' });
}

/** A new key that seals nothing yet: time to bring the file to every machine. No id is ever given twice. */
export function addKey(path: string): string {
  const file = readFile(path);
  const latest = latestIn(file) + 1;
  const id = `k${String(latest)}`;
  const key = randomBytes(32).toString('base64');
  replaceFile(path, { ...file, latest, sealing: { ...file.sealing, [id]: key } });
  return id;
}

/** From now on the newest key seals: the one that waits, or one that is made. Every older one stays and opens. */
export function useNewKey(path: string): string {
  const { current, sealing } = readFile(path);
  const waiting = Object.keys(sealing).reduce((newest, id) =>
    numberOf(id) > numberOf(newest) ? id : newest,
  );
  const id = waiting === current ? addKey(path) : waiting;
  replaceFile(path, { ...readFile(path), current: id });
  return id;
}

/**
 * Takes a key away that seals nothing any more, into a file of its own beside the ring, which it names: what a backup holds
 * is opened with it.
 */
export function removeKey(path: string, id: string): string {
  const file = readFile(path);
  if (id === file.current) throw new Error(`${id} is the key that seals now`);
  if (!(id in file.sealing)) throw new Error(`The key ring does not hold ${id}`);
  const aside = `${path}.${id}`;
  writeFileSync(aside, textOf({ ...file, current: id, sealing: { [id]: file.sealing[id] ?? '' } }), {
    ...{ mode: 0o600, flag: 'wx', flush: true },
  });
  const sealing = Object.fromEntries(Object.entries(file.sealing).filter(([each]) => each !== id));
  replaceFile(path, { ...file, latest: latestIn(file), sealing });
  return aside;
}

const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? 0);
const latestIn = ({ latest = 0, sealing }: KeyFile): number =>
  Math.max(latest, ...Object.keys(sealing).map(numberOf));

const readFile = (path: string): KeyFile => JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
const textOf = (file: KeyFile): string => `${JSON.stringify(file, null, 2)}\n`;

/** Whole, or not at all; and still the file of whoever runs the program, also where the administrator changed it. */
function replaceFile(path: string, file: KeyFile): void {
  const unfinished = `${path}.new`;
  const { mode, uid, gid } = statSync(path);
  writeFileSync(unfinished, textOf(file), { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(unfinished, mode & 0o777);
  if (process.getuid?.() === 0) chownSync(unfinished, uid, gid);
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
