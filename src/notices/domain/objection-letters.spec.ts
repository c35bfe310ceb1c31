import { OUTCOMES, REASONS_OF } from './objection.js';
import { effectWords, outcomeSentence, receiptLetter, replyLetter } from './objection-letters.js';

const FACTS = {
  number: '异2026-0003',
  noticeNumber: '柳溪救公〔2026〕3号',
  ground: 'AMOUNT',
  inTime: true,
  receivedAt: new Date('2026-03-10T15:59:00.000Z'),
  at: new Date('2026-03-11T01:00:00.000Z'),
  issuer: '柳溪村“救急难”互助社',
  contact: { office: '柳溪镇民政办', phone: '0000-1234567', address: '柳溪镇政府一楼' },
} as const;

it('gives a receipt with the number and the code, and names nobody', () => {
  const letter = receiptLetter({ ...FACTS, code: 'K7M4Q2XD', queryUrl: 'https://huzhu.example/o' });
  expect(letter).toMatchObject({
    title: ['柳溪村“救急难”互助社', '异议受理回执'],
    number: '受理号：异2026-0003',
    date: '2026年3月11日',
  });
  expect(letter.query).toContain('查询码：K7M4Q2XD');
  expect(letter.about).toContain('2026年3月10日');
  expect(letter).not.toHaveProperty('to');
});

it('calls what came after the period a complaint, and says that no period begins anew (D4-40)', () => {
  const letter = receiptLetter({ ...FACTS, inTime: false, code: 'K7M4Q2XD', queryUrl: 'x' });
  expect(letter.title.join('')).toContain('投诉受理回执');
  expect(letter.effect).toContain('公示期不重新计算');
  expect(effectWords(true)).toContain('没有答复以前，公示期不结束');
});

it.each(OUTCOMES.flatMap((outcome) => REASONS_OF[outcome].map((reason) => [outcome, reason] as const)))(
  'answers %s for %s in whole sentences to the one it is for',
  (outcome, reason) => {
    const letter = replyLetter({ ...FACTS, to: '欧阳暮秋', outcome, reason, reviewer: '柳河镇联合互助社' });
    expect(letter.to).toBe('欧阳暮秋');
    for (const text of [letter.about, letter.found, letter.outcome, letter.next]) expect(text).toMatch(/。$/);
    expect(letter.about).toContain('对公示“柳溪救公〔2026〕3号”的异议（金额不对）');
    expect(letter.next).toContain('柳河镇联合互助社');
  },
);

it('says what follows', () => {
  expect(outcomeSentence({ outcome: 'REJECTED', inTime: false })).toBe(
    '本社认为，投诉不成立。公示的内容不变。',
  );
  expect(outcomeSentence({ outcome: 'NO_FACT', inTime: true })).toContain('说明理由后办结');
});
