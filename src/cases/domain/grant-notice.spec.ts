import { fen } from '../../kernel/fen.js';
import { decisionSentence, grantNotice } from './grant-notice.js';

const counts = {
  decidedAt: '2026-03-05T02:00:00.000Z',
  decisionNumber: '柳溪决〔2026〕3号',
  directors: 5,
  recused: 1,
  electors: 4,
  present: 4,
  yes: 4,
  no: 0,
  abstain: 0,
};
const charter = {
  article: '章程第十四条',
  numberPrefix: '柳溪',
  noticeDays: 7,
  noticeDayKind: 'natural' as const,
  publicContactOffice: '柳溪村互助社监事会',
  publicContactPhone: '0566-1234567',
  publicContactAddress: '柳溪村村委会',
};
const frozen = {
  societyName: '柳溪村“救急难”互助社',
  charter,
  maskedName: '张*三',
  group: '柳溪村三组',
  mayPrintName: true,
  names: ['张小三'],
};
const facts = {
  caseNumber: '2026-0012',
  cause: 'ILLNESS',
  amountFen: fen(100_000),
  method: 'CARD',
  paidAt: new Date('2026-03-06T01:30:00Z'),
  decision: { via: 'ROUND', ...counts },
  frozen,
} as const;

/** All of it but the list of what must not be printed. */
const printed = (notice: ReturnType<typeof grantNotice>) => JSON.stringify({ ...notice, forbidden: [] });

it('says what the vector of domain.md 5 says', () => {
  const notice = grantNotice(facts);
  expect(notice.title.join('')).toBe('柳溪村“救急难”互助社关于急难救助情况的公示');
  expect(notice.basis).toContain(
    '经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意4人），对下列对象先行给予救助，现予公示：',
  );
  expect(notice.items).toEqual([
    {
      person: '张*三',
      group: '柳溪村三组',
      cause: '突发疾病',
      amountInWords: '壹仟元整',
      amount: '1,000.00',
      paidOn: '2026年3月6日',
      paidHow: '已先行打款',
    },
  ]);
  expect(notice).toMatchObject({
    publishMode: 'MASKED_NAME',
    contactPhone: '0566-1234567',
    forbidden: ['张小三'],
  });
});

it('D4-33 names only the number of the case where publication was refused, and D4-32 for a child', () => {
  const notice = grantNotice({ ...facts, frozen: { ...frozen, mayPrintName: false } });
  expect(notice.publishMode).toBe('NUMBER_ONLY');
  expect(printed(notice)).not.toMatch(/张|三组/);
  expect(notice).toMatchObject({ caseNumber: '2026-0012', items: [{ person: '', group: '' }] });
});

it('writes a name nowhere but in the list of what must not be printed', () => {
  expect(printed(grantNotice(facts))).not.toContain('张小三');
});

it('says that cash was handed over', () => {
  expect(grantNotice({ ...facts, method: 'CASH' }).items[0]?.paidHow).toBe('已先行付现金');
});

it.each`
  change                           | words                                                           | because
  ${{}}                            | ${'（理事5人，回避1人，应到4人，实到4人，同意4人）'}            | ${'all said yes'}
  ${{ recused: 0, electors: 5 }}   | ${'（理事5人，应到5人，实到4人，同意4人）'}                     | ${'nobody stood aside'}
  ${{ present: 3, yes: 2, no: 1 }} | ${'（理事5人，回避1人，应到4人，实到3人，同意2人，不同意1人）'} | ${'D4-13 one said no'}
  ${{ yes: 3, abstain: 1 }}        | ${'（理事5人，回避1人，应到4人，实到4人，同意3人，弃权1人）'}   | ${'one abstained'}
`('prints $words: $because', ({ change, words }: { change: object; words: string }) => {
  expect(decisionSentence({ ...counts, ...change })).toBe(`经2026年3月5日理事会表决${words}`);
});

it('counts the day in China: 0:30 of the 6th there is still the 5th in UTC', () => {
  expect(decisionSentence({ ...counts, decidedAt: '2026-03-05T16:30:00.000Z' })).toContain('经2026年3月6日');
});

it.each`
  chairOffice | words                                                                                                                                              | because
  ${'CHAIR'}  | ${'依据章程第十四条，经2026年3月5日理事长、秘书长批准，监事会签，按紧急快办对下列对象先行给予救助，并将在5个工作日内提请理事会追认，现予公示：'}   | ${'the fast path'}
  ${'DEPUTY'} | ${'依据章程第十四条，经2026年3月5日副理事长、秘书长批准，监事会签，按紧急快办对下列对象先行给予救助，并将在5个工作日内提请理事会追认，现予公示：'} | ${'D4-19 the deputy stood in'}
`(
  'says who approved and who only countersigned: $because',
  ({ chairOffice, words }: { chairOffice: 'CHAIR'; words: string }) => {
    const approval = { approvedAt: counts.decidedAt, chairOffice, ratifyWorkingDays: 5 };
    expect(grantNotice({ ...facts, decision: { via: 'FAST', ...approval } }).basis).toBe(words);
  },
);
