import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** A fresh clone remembers no times, and a long file that begins last keeps everybody waiting. */
const LONG = [
  '/test/lives/house-lives-mariadb',
  '/test/browser/permission-table',
  '/test/e2e/authz-matrix',
  '/test/integration/reconciler-mutations',
  '/test/integration/donations-trace',
  '/test/integration/desk.int-spec',
  '/test/integration/decisions-racing',
  '/test/integration/relief-consents',
  '/test/faults/time-zones',
  '/test/faults/app-killed',
  '/test/integration/seal',
  '/test/integration/donations-open-books',
  '/test/integration/schema',
  '/test/e2e/privacy',
  '/test/browser/donor-rights',
  '/test/faults/',
  '/test/simulation/sqlite',
  '/test/integration/verify',
  '/test/integration/ledger-model',
  '/test/lives/',
  '/test/integration/command-line',
  '/test/integration/person-rights',
  '/test/integration/backup',
  '/test/integration/objections-cases',
  '/test/integration/fast-path',
  '/test/fuzz/fuzz',
  '/test/gallery/gallery',
  '/test/browser/',
  '/test/integration/custody',
  '/test/integration/key-change',
  '/test/integration/donations-import',
  '/test/integration/looks',
  '/test/integration/migrations-interrupted',
  '/test/integration/messages.int-spec',
  '/test/e2e/api-document',
  '/test/integration/data-set',
  '/test/integration/transactions',
  '/test/integration/row-statements',
  '/test/integration/months',
  '/test/integration/notices-free-text',
  '/test/integration/one-decision',
  '/test/integration/caps-model',
  '/test/integration/notice-texts',
  '/test/integration/notices-proof',
  '/test/integration/overrides',
  '/test/integration/cases-road',
  '/test/integration/board-ballots',
  '/test/integration/cases-changes',
  '/test/integration/people-import',
  '/test/integration/ledger.int-spec',
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
