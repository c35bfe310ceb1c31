import type { NoticeLine } from '../notices/index.js';
import { noticeWarnings } from './notice-warnings.views.js';

const issue = { number: '柳溪救公〔2026〕3号' } as NoticeLine['issue'];
const grant = {
  id: 'one',
  kind: 'GRANT_POST',
  version: 1,
  state: 'RUNNING',
  openObjections: 0,
  issue,
} as const;
const again = { ...grant, id: 'two', version: 2, state: 'DRAFT', issue: null } as const;
const down = { ...grant, state: 'SUSPENDED' } as const;

it.each`
  notices                                     | words                                              | because
  ${[grant]}                                  | ${[]}                                              | ${'nothing is the matter'}
  ${[{ ...grant, openObjections: 2 }]}        | ${['救助公示 柳溪救公〔2026〕3号 有异议，查明中']} | ${'two are being looked into'}
  ${[down]}                                   | ${['救助公示 柳溪救公〔2026〕3号 已撤下，等重发']} | ${'nothing hangs'}
  ${[again, down]}                            | ${[]}                                              | ${'another is drafted: its own duties say what is next'}
  ${[{ ...again, state: 'DISCARDED' }, down]} | ${['救助公示 柳溪救公〔2026〕3号 已撤下，等重发']} | ${'that draft was taken back'}
  ${[{ ...down, openObjections: 1 }]}         | ${['救助公示 柳溪救公〔2026〕3号 已撤下，等重发']} | ${'what is gone from the board is said first'}
`('says $words: $because', ({ notices, words }: { notices: (typeof grant)[]; words: string[] }) => {
  expect(noticeWarnings(notices).map((link) => link.words)).toEqual(words);
});
