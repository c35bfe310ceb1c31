import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fileKeyOf, markOf } from './backup-key.js';
import { BackupDamaged, BackupKeyWrong } from './backup.errors.js';

const MAGIC = Buffer.from('HUZHU-BACKUP/1\n');
const SALT = 32;
const MARK = 16;
const HEADER = MAGIC.length + SALT + MARK;
const CHUNK = 65_536;
const TAG = 16;

/**
 * A stream encrypted in chunks of 64 KiB by AES-256-GCM, each under the next number, the last one marked as the last
 * (the STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). So a chunk that was changed, moved, left out or cut off
 * is named, and nothing of it is handed on.
 */
export async function* sealChunks(plain: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT);
  const header = Buffer.concat([MAGIC, salt, Buffer.from(markOf(key, salt.toString('hex')))]);
  const fileKey = fileKeyOf(key, salt);
  const seal = (chunk: Buffer, number: number, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(number, isLast)).setAAD(header);
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  };
  yield header;
  let number = 0;
  for await (const { piece, isLast } of piecesOf(plain, CHUNK)) yield seal(piece, number++, isLast);
}

/** The same, read back. Throws what is wrong before the first byte of a wrong chunk is handed on. */
export async function* openChunks(sealed: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  let open: ((chunk: Buffer, number: number, isLast: boolean) => Buffer) | null = null;
  let number = 0;
  for await (const { piece, isLast } of piecesOf(sealed, CHUNK + TAG, HEADER)) {
    if (open === null) {
      open = openerOf(piece, key);
      if (isLast) throw new BackupDamaged('只有文件头');
    } else yield open(piece, number++, isLast);
  }
}

function openerOf(header: Buffer, key: Buffer): (chunk: Buffer, number: number, isLast: boolean) => Buffer {
  if (header.length < HEADER || !header.subarray(0, MAGIC.length).equals(MAGIC))
    throw new BackupDamaged('不是互助的备份文件');
  const salt = header.subarray(MAGIC.length, MAGIC.length + SALT);
  if (header.subarray(HEADER - MARK).toString() !== markOf(key, salt.toString('hex')))
    throw new BackupKeyWrong();
  const fileKey = fileKeyOf(key, salt);
  return (chunk, number, isLast) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', fileKey, nonceOf(number, isLast)).setAAD(header);
      decipher.setAuthTag(chunk.subarray(-TAG));
      return Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()]);
    } catch {
      throw new BackupDamaged(`第 ${String(number + 1)} 块`);
    }
  };
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

type Piece = { readonly piece: Buffer; readonly isLast: boolean };

/** Cut anew: the first piece of `first` bytes, where that is wanted, then equal ones; only the last may be shorter. */
async function* piecesOf(
  source: AsyncIterable<Buffer>,
  size: number,
  first: number = size,
): AsyncGenerator<Piece> {
  let [waiting, held, wanted]: [Buffer[], number, number] = [[], 0, first];
  for await (const bytes of source) {
    waiting.push(bytes);
    held += bytes.length;
    if (held <= wanted) continue; // what fills a piece exactly may be the last
    let whole = Buffer.concat(waiting, held);
    while (whole.length > wanted) {
      yield { piece: whole.subarray(0, wanted), isLast: false };
      whole = whole.subarray(wanted);
      wanted = size;
    }
    [waiting, held] = [[whole], whole.length];
  }
  yield { piece: Buffer.concat(waiting, held), isLast: true };
}
