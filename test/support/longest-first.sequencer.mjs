import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** A fresh clone remembers no times, and a long file that begins last keeps everybody waiting. */
const LONG = [
  '/test/lives/house-lives-mariadb',
  '/test/browser/permission-table',
  '/test/integration/decisions-racing',
  '/test/lives/',
  '/test/e2e/authz-matrix',
  '/test/fuzz/fuzz',
  '/test/gallery/gallery',
  '/test/browser/',
  '/test/integration/notices-free-text',
  '/test/integration/command-line',
  '/test/integration/key-change',
  '/test/integration/one-decision',
  '/test/integration/donations-import',
  '/test/integration/caps-model',
  '/test/integration/notice-texts',
  '/test/integration/notices-proof',
  '/test/integration/seal',
  '/test/integration/overrides',
  '/test/e2e/privacy',
  '/test/integration/cases-road',
  '/test/integration/board-ballots',
  '/test/integration/desk.int-spec',
  '/test/integration/cases-changes',
  '/test/integration/people-import',
  '/test/integration/ledger.int-spec',
  '/test/integration/fast-path.int-spec',
  '/test/e2e/relief.e2e-spec',
  '/test/e2e/commands',
  '/test/integration/relief-',
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
