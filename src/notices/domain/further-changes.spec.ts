import { furtherChanges } from './further-changes.js';
import type { NoticeContent } from './notice-content.js';
import type { CorrectedText } from './notice-words.js';

const signed = {
  ...{ kind: 'REJECTION', template: 'notices/rejection', version: 1, title: ['关于不予救助的公示'] },
  ...{ number: '柳溪救公〔2026〕3号', basis: '依据章程第十四条', period: '', objection: '请反映' },
  ...{ issuer: '柳溪村互助社', signedOn: '2026年3月9日', code: 'K7M4Q2XD', verifyUrl: null },
  ...{ subject: '案号2026-0012', cause: '突发疾病', outcome: '同意票不够', note: '', closing: '' },
} as unknown as NoticeContent;

const cause = (was: string, now: string): CorrectedText => ({ field: '不予救助·事由', was, now });
const toFire = cause('突发疾病', '火灾');
const toFlood = cause('突发疾病', '自然灾害');

type Row = { fresh: CorrectedText[]; earlier: CorrectedText[][]; further: CorrectedText[] };

it.each`
  fresh        | earlier                                    | further                        | because
  ${[toFire]}  | ${[]}                                      | ${[toFire]}                    | ${'nothing was corrected yet'}
  ${[toFire]}  | ${[[toFire]]}                              | ${[]}                          | ${'it was corrected already'}
  ${[toFlood]} | ${[[toFire]]}                              | ${[cause('火灾', '自然灾害')]} | ${'the correction was wrong too'}
  ${[]}        | ${[[toFire]]}                              | ${[cause('火灾', '突发疾病')]} | ${'it was right at first'}
  ${[toFire]}  | ${[[toFire], [cause('火灾', '就学')]]}     | ${[cause('就学', '火灾')]}     | ${'the last version counts'}
  ${[]}        | ${[[toFire], [cause('火灾', '突发疾病')]]} | ${[]}                          | ${'it was corrected back'}
`('$because', ({ fresh, earlier, further }: Row) => {
  expect(furtherChanges(signed, fresh, earlier)).toEqual(further);
});
