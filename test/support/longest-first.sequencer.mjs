import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** A fresh clone remembers no times, and a long file that begins last keeps everybody waiting. */
const LONG = [
  '/test/lives/',
  '/test/integration/decisions-racing',
  '/test/e2e/authz-matrix',
  '/test/browser/',
  '/test/integration/desk.int-spec',
  '/test/integration/fast-path.int-spec',
  '/test/integration/relief-',
  '/test/e2e/privacy',
];

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONG.findIndex((each) => path.includes(each));
      return found < 0 ? LONG.length : found;
    };
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}
