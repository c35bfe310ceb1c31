import { randomBytes } from 'node:crypto';
import { BackupDamaged, BackupKeyWrong } from './backup.errors.js';
import { openChunks, sealChunks } from './chunks.js';

const HEADER = 63;
const CHUNK = 65_536 + 16;
const key = randomBytes(32);

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function whole(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const part of parts) found.push(part);
  return Buffer.concat(found);
}

const sealed = (plain: Buffer, size = 10_000): Promise<Buffer> => whole(sealChunks(cut(plain, size), key));
const opened = (bytes: Buffer, by = key, size = 7000): Promise<Buffer> =>
  whole(openChunks(cut(bytes, size), by));

describe('an encrypted stream', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])(
    'gives back %i bytes as they were',
    async (size) => {
      const plain = randomBytes(size);
      const bytes = await sealed(plain);
      expect((await opened(bytes)).equals(plain)).toBe(true);
      expect((await opened(bytes, key, 1)).equals(plain)).toBe(true);
    },
  );

  it('is another each time, and holds nothing of what went in', async () => {
    const plain = Buffer.from('灶台冷了半个月'.repeat(40));
    const [first, second] = [await sealed(plain), await sealed(plain)];
    expect(first.equals(second)).toBe(false);
    expect(first.includes('灶台冷了半个月')).toBe(false);
  });

  it('does not open by another key, and says so', async () => {
    await expect(opened(await sealed(randomBytes(100)), randomBytes(32))).rejects.toThrow(BackupKeyWrong);
  });

  it('names a flipped byte wherever it is, and hands on nothing of its chunk', async () => {
    const plain = randomBytes(200_000);
    const bytes = await sealed(plain);
    for (const at of [0, HEADER, HEADER + 20, HEADER + CHUNK + 5, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const got: Buffer[] = [];
      const reading = (async () => {
        for await (const part of openChunks(cut(changed, 5000), key)) got.push(part);
      })();
      await expect(reading).rejects.toThrow(BackupDamaged);
      const good = Buffer.concat(got);
      expect(good.equals(plain.subarray(0, good.length))).toBe(true);
      expect(good.length).toBeLessThan(plain.length);
    }
  });

  const CUTS: readonly (readonly [why: string, change: (bytes: Buffer) => Buffer])[] = [
    ['nothing is left', () => Buffer.alloc(0)],
    ['the header is left', (bytes) => bytes.subarray(0, HEADER)],
    ['one whole chunk is missing at the end', (bytes) => bytes.subarray(0, HEADER + 2 * CHUNK)],
    ['a byte is missing at the end', (bytes) => bytes.subarray(0, -1)],
    ['a byte stands behind the end', (bytes) => Buffer.concat([bytes, Buffer.from([0])])],
    [
      'two chunks changed places',
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, HEADER),
          bytes.subarray(HEADER + CHUNK, HEADER + 2 * CHUNK),
          bytes.subarray(HEADER, HEADER + CHUNK),
          bytes.subarray(HEADER + 2 * CHUNK),
        ]),
    ],
    [
      'a chunk was left out',
      (bytes) => Buffer.concat([bytes.subarray(0, HEADER), bytes.subarray(HEADER + CHUNK)]),
    ],
  ];
  it.each(CUTS)('is refused where %s', async (_why, change) => {
    await expect(opened(change(await sealed(randomBytes(200_000))))).rejects.toThrow(BackupDamaged);
  });

  it('control: the same pieces, each sealed by itself without number and end, would be taken cut and in any order', async () => {
    const pieces = await Promise.all([1, 2, 3].map(() => sealed(randomBytes(1000))));
    for (const order of [[0, 1], [2, 0], [1]])
      for (const at of order) expect(await opened(pieces[at] ?? Buffer.alloc(0))).toHaveLength(1000);
  });
});
