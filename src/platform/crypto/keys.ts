import { statSync } from 'node:fs';
import { Logger } from '@nestjs/common';
import { readKeyRing } from './key-ring.js';
import type { KeyRing } from './key-ring.js';
import { stackOf } from '../observability/stack.js';

/** So long a running program may go on sealing under the key before the last. */
export const NOTICED_WITHIN_MS = 5_000;

/**
 * The key ring of a running program. Its file may get a new key while the program serves: that is noticed within five
 * seconds, and at once where a value names a key that is not known yet.
 */
export class Keys {
  private readonly logger = new Logger(Keys.name);
  private ring: KeyRing;
  private version: string;
  private lookedAt: number;

  constructor(
    private readonly path: string,
    mayMake: boolean,
  ) {
    if (mayMake) readKeyRing(path, mayMake);
    this.version = versionOf(path); // before it is read: a change in between is noticed later
    this.ring = readKeyRing(path, false);
    this.lookedAt = performance.now();
  }

  get index(): Buffer {
    return this.ring.index;
  }

  /** The id and the bytes of the key that seals now. */
  get current(): readonly [id: string, key: Buffer] {
    if (performance.now() - this.lookedAt > NOTICED_WITHIN_MS) this.lookIfPossible();
    return [this.ring.current, this.find(this.ring.current)];
  }

  /** Throws where the ring does not hold it, not even in what its file says now. */
  find(id: string): Buffer {
    if (!this.ring.sealing.has(id)) this.look();
    const key = this.ring.sealing.get(id);
    if (!key) throw new Error(`The key ring does not hold ${id}`);
    return key;
  }

  /** A file that is just being copied is looked at again later; what is known goes on sealing. */
  private lookIfPossible(): void {
    try {
      this.look();
    } catch (error) {
      this.logger.error('The key file cannot be read', stackOf(error));
    }
  }

  private look(): void {
    this.lookedAt = performance.now();
    const version = versionOf(this.path);
    if (version === this.version) return;
    this.ring = readKeyRing(this.path, false);
    this.version = version;
  }
}

/** A file that was replaced is another one, even within the same tick of its clock. */
function versionOf(path: string): string {
  const { ino, mtimeMs, size } = statSync(path);
  return [ino, mtimeMs, size].join('/');
}
