import { randomBytes } from 'node:crypto';
import { Sealing } from '../../src/platform/crypto/sealing.js';

/** Seals under keys that are forgotten with the test. */
export function givenSealing(): Sealing {
  return new Sealing({
    current: 'test',
    sealing: new Map([['test', randomBytes(32)]]),
    index: randomBytes(32),
  });
}
