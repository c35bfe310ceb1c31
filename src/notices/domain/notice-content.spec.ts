import { day } from '../../kernel/day.js';
import { contentOf, subjectWords } from './notice-content.js';
import { keptWordsOf } from './notice-words.js';
import type { NoticeWords } from './notice-words.js';

const words: NoticeWords = {
  title: ['柳溪村“救急难”互助社', '关于急难救助情况的公示'],
  basis: '根据本社章程第十四条，现予公示：',
  items: [
    {
      person: '张*三',
      group: '柳溪村三组',
      cause: '突发疾病',
      amountInWords: '壹仟元整',
      amount: '1,000.00',
      paidOn: '2026年3月6日',
      paidHow: '已先行打款',
    },
  ],
  objection: '如有异议，请反映。',
  issuer: '柳溪村“救急难”互助社',
  numberPrefix: '柳溪',
  noticeDays: 7,
  noticeDayKind: 'natural',
  publishMode: 'MASKED_NAME',
  caseNumber: '2026-0012',
  contactPhone: '0566-1234567',
  forbidden: ['张老三'],
};
const signing = {
  version: 1,
  number: '柳溪救公〔2026〕3号',
  signedOn: day('2026-03-09'),
  period: '公示期：张贴次日起7日（计划3月10日至3月16日）。',
  code: 'K7M4Q2XD',
  verifyUrl: 'https://huzhu.example/n/K7M4Q2XD',
};

it('freezes the masked name with its group', () => {
  const content = contentOf('GRANT_POST', keptWordsOf(words), signing);
  expect(content).toMatchObject({ signedOn: '2026年3月9日', number: '柳溪救公〔2026〕3号', version: 1 });
  expect(subjectWords(content)).toBe('张*三（柳溪村三组）');
});

it('keeps no forbidden name, neither in the words nor in the content', () => {
  const kept = keptWordsOf(words);
  expect(JSON.stringify([kept, contentOf('GRANT_POST', kept, signing)])).not.toContain('张老三');
});

it('D4-33 names only the case of whoever refused publication, and keeps no more', () => {
  const kept = keptWordsOf({ ...words, publishMode: 'NUMBER_ONLY' });
  const content = contentOf('GRANT_POST', kept, signing);
  expect(subjectWords(content)).toBe('案号2026-0012');
  expect(JSON.stringify([kept, content])).not.toMatch(/张\*三|三组/);
});
