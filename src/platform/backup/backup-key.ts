import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readKeyRing } from '../crypto/key-ring.js';
import { BackupKeyUnusable } from './backup.errors.js';

const BYTES = 32;

/**
 * The key of the backups is a file of its own, one line of base64: neither the key ring of the house nor in any backup.
 * Whoever finds a backup alone has nothing, and so has whoever finds the key alone.
 */
export function makeBackupKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${randomBytes(BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
}

export function readBackupKey(path: string): Buffer {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new BackupKeyUnusable('读不到文件');
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== BYTES) throw new BackupKeyUnusable('不是 32 字节的 base64');
  if (new Set(key).size < 8) throw new BackupKeyUnusable('太有规律，不是随机做出来的');
  return key;
}

/** The key of one file (RFC 5869): no two backups are encrypted under the same. */
export function fileKeyOf(key: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, 'huzhu backup 1', BYTES));
}

/** Says whether a key is the right one, and nothing of the key. */
export function markOf(key: Buffer, what: string): string {
  return createHmac('sha256', key).update(`huzhu backup mark ${what}`).digest('hex').slice(0, 16);
}

/** Key id → mark, `index` for the blind indexes: what a ring must hold to read what it once sealed. */
export function marksOfRing(path: string): Readonly<Record<string, string>> {
  const ring = readKeyRing(path, false);
  const sealing = [...ring.sealing].map(([id, key]) => [id, markOf(key, id)] as const);
  return Object.fromEntries([...sealing, ['index', markOf(ring.index, 'index')]]);
}
