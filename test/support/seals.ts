import { randomBytes } from 'node:crypto';
import { Sealing } from '../../src/platform/crypto/sealing.js';

/** Seals under a key that is forgotten with the test. */
export function givenSealing(): Sealing {
  const key = randomBytes(32);
  return new Sealing({ current: ['test', key], index: randomBytes(32), find: () => key });
}
