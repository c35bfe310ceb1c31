import { day } from '../../kernel/day.js';
import { contentOf, draftContentOf } from './notice-content.js';
import { summaryOf } from './notice-summary.js';
import { keptOf, printsName } from './notice-words.js';
import type {
  GrantWords,
  NoticeKind,
  ReliefPreWords,
  ReliefResultWords,
  ReliefWords,
  RevocationWords,
  Worded,
} from './notice-words.js';

const common = {
  title: ['柳溪村“救急难”互助社', '关于急难救助情况的公示'],
  basis: '根据本社章程第十四条，现予公示：',
  objection: '如有异议，请反映。',
  issuer: '柳溪村“救急难”互助社',
  numberPrefix: '柳溪',
  noticeDays: 7,
  noticeDayKind: 'natural',
  contactPhone: '0566-1234567',
  forbidden: ['张老三'],
} as const;
const caseNumber = '2026-0012';
const cause = '突发疾病';
const thousand = { amountInWords: '壹仟元整', amount: '1,000.00' };

const grant = (publishMode: GrantWords['publishMode']): Worded => ({
  kind: 'GRANT_POST',
  words: {
    ...{ ...common, publishMode, caseNumber },
    items: [
      {
        ...{ person: '张*三', group: '柳溪村三组', cause, ...thousand },
        ...{ paidOn: '2026年3月6日', paidHow: '已先行打款' },
      },
    ],
  },
});
const revocation = (change: Partial<RevocationWords> = {}): Worded => ({
  kind: 'REVOCATION',
  words: {
    ...{ ...common, publishMode: 'MASKED_NAME', caseNumber, cause, person: '张*三', group: '柳溪村三组' },
    ...{ minors: 0, revokes: '柳溪救公〔2026〕3号', reason: 'FALSE_FACTS' },
    ...{ granted: thousand, demanded: thousand, kept: null },
    ...change,
  },
});
const eighth = { amountInWords: '捌佰元整', amount: '800.00' };
const relief: ReliefWords = {
  ...{ ...common, publishMode: 'MASKED_NAME', caseNumber, cause, person: '张*三', group: '柳溪村三组' },
  ...{ minors: 0, fund: '安心纾困慈善基金', rate: '×60%', grant: thousand, cap: null },
  sum: [
    { label: '费用合计', amount: '2,000.00' },
    { label: '自付费用', amount: '1,666.67' },
  ],
};
const pre = (change: Partial<ReliefPreWords> = {}): Worded => ({
  kind: 'RELIEF_PRE',
  words: { ...relief, advance: null, ...change },
});
const result = (change: Partial<ReliefResultWords> = {}): Worded => ({
  kind: 'RELIEF_RESULT',
  words: {
    ...{ ...relief, preNotice: '柳慈救公〔2026〕3号', decisionNumber: '柳慈决〔2026〕3号', paid: eighth },
    payments: [
      { amount: '300.00', paidOn: '2026年3月6日', to: 'HOSPITAL' },
      { amount: '500.00', paidOn: '2026年3月18日', to: 'FAMILY' },
    ],
    ...change,
  },
});
const rejection: Worded = {
  kind: 'REJECTION',
  words: { ...common, caseNumber, cause, outcome: 'NOT_ENOUGH_YES' },
};
const resolution = (about: 'CHARTER' | 'WRITE_OFF'): Worded => ({
  kind: 'RESOLUTION',
  words: {
    ...{ ...common, decisionNumber: '柳溪决〔2026〕3号' },
    resolution:
      about === 'CHARTER'
        ? { about, charterVersion: 2, validFrom: '2026年4月1日' }
        : { about, societyName: '石桥社', caseNumber, recovered: null, writtenOff: thousand },
  },
});

const signing = {
  version: 1,
  number: '柳溪救公〔2026〕3号',
  signedOn: day('2026-03-09'),
  period: '公示期：张贴次日起7日（计划3月10日至3月16日）。',
  code: 'K7M4Q2XD',
  verifyUrl: 'https://huzhu.example/n/K7M4Q2XD',
};
const frozen = (worded: Worded) => contentOf(keptOf(worded), signing);

it('freezes the masked name with its group', () => {
  const content = frozen(grant('MASKED_NAME'));
  expect(content).toMatchObject({ signedOn: '2026年3月9日', number: '柳溪救公〔2026〕3号', version: 1 });
  expect(summaryOf(content).subject).toBe('张*三（柳溪村三组）');
});

it.each([grant('MASKED_NAME'), pre(), result(), rejection, revocation(), resolution('CHARTER')])(
  'keeps no forbidden name, neither in the words nor in the content: $kind',
  (worded) => {
    expect(JSON.stringify([keptOf(worded), frozen(worded)])).not.toMatch(/张老三|forbidden/);
  },
);

it.each([
  grant('NUMBER_ONLY'),
  pre({ publishMode: 'NUMBER_ONLY', minors: 1 }),
  result({ publishMode: 'NUMBER_ONLY', minors: 1 }),
  revocation({ publishMode: 'NUMBER_ONLY', minors: 1 }),
])('D4-33 names only the case of whoever refused publication, and keeps no more: $kind', (worded) => {
  const content = frozen(worded);
  expect(summaryOf(content).subject).toBe('案号2026-0012');
  expect(JSON.stringify([keptOf(worded), content])).not.toMatch(/张\*三|三组|户内未成年人|"minors":1/);
  expect(JSON.stringify(content)).toContain('按规定不公开姓名，案卷由监事查验。');
});

it.each([
  pre({ person: '李*明', minors: 1 }),
  result({ person: '李*明', minors: 1 }),
  revocation({ person: '李*明', minors: 1 }),
])('D4-32 shows the guardian, and of the child only that there is one: $kind', (worded) => {
  expect(frozen(worded)).toMatchObject({ subject: '李*明', minors: '户内未成年人1名' });
});

it.each([pre(), result()])(
  'shows the sum of a relief as it was worked out, line by line: $kind',
  (worded) => {
    const { sum, rate, grant: granted } = relief;
    const content = frozen(worded);
    expect(content).toMatchObject({ sum, rate, grant: granted, cap: null, minors: null, remark: null });
  },
);

it.each([pre({ cap: eighth }), result({ cap: eighth })])(
  'says that $kind gives the highest help',
  (worded) => {
    expect(frozen(worded)).toMatchObject({ cap: eighth });
  },
);

it('says what was paid before the notice ended, and when', () => {
  const advance = { ...eighth, paidOn: '2026年3月6日', hasRest: true };
  expect(frozen(pre({ advance }))).toMatchObject({ advance });
  expect(frozen(pre())).toMatchObject({ advance: null });
});

it('says of each payment whether the family had it or the hospital', () => {
  expect(frozen(result())).toMatchObject({
    ...{ preNotice: '柳慈救公〔2026〕3号', decisionNumber: '柳慈决〔2026〕3号', paid: eighth },
    payments: [
      { amount: '300.00', paidOn: '2026年3月6日', to: '医院' },
      { amount: '500.00', paidOn: '2026年3月18日', to: '受助家庭' },
    ],
  });
});

it('D4-33 has no place for a name in a refusal', () => {
  expect(frozen(rejection)).toMatchObject({ subject: '案号2026-0012', cause: '突发疾病' });
  expect(JSON.stringify(frozen(rejection))).not.toMatch(/\*|三组/);
});

it.each`
  worded                     | kind               | subject                  | matter                      | amount
  ${grant('MASKED_NAME')}    | ${'GRANT_POST'}    | ${'张*三（柳溪村三组）'} | ${'突发疾病'}               | ${'1,000.00'}
  ${pre()}                   | ${'RELIEF_PRE'}    | ${'张*三（柳溪村三组）'} | ${'突发疾病，拟给予救助'}   | ${'1,000.00'}
  ${result()}                | ${'RELIEF_RESULT'} | ${'张*三（柳溪村三组）'} | ${'突发疾病，救助款已拨付'} | ${'800.00'}
  ${rejection}               | ${'REJECTION'}     | ${'案号2026-0012'}       | ${'突发疾病，不予救助'}     | ${null}
  ${revocation()}            | ${'REVOCATION'}    | ${'张*三（柳溪村三组）'} | ${'突发疾病，撤销并追回'}   | ${'1,000.00'}
  ${resolution('CHARTER')}   | ${'RESOLUTION'}    | ${null}                  | ${'修订章程'}               | ${null}
  ${resolution('WRITE_OFF')} | ${'RESOLUTION'}    | ${'案号2026-0012'}       | ${'核销未追回的救助款'}     | ${'1,000.00'}
`(
  'is said in one line: $kind, $matter',
  ({ worded, kind, ...line }: { worded: Worded; kind: NoticeKind }) => {
    expect([frozen(worded).kind, summaryOf(frozen(worded))]).toEqual([kind, line]);
  },
);

it.each`
  worded                                        | named    | because
  ${grant('MASKED_NAME')}                       | ${true}  | ${'a mask is a name to a neighbour'}
  ${grant('NUMBER_ONLY')}                       | ${false} | ${'the number alone'}
  ${revocation({ publishMode: 'NUMBER_ONLY' })} | ${false} | ${'the number alone'}
  ${pre()}                                      | ${true}  | ${'it hangs with the mask, before a fen is paid'}
  ${pre({ publishMode: 'NUMBER_ONLY' })}        | ${false} | ${'the number alone'}
  ${result()}                                   | ${true}  | ${'a mask is a name to a neighbour'}
  ${result({ publishMode: 'NUMBER_ONLY' })}     | ${false} | ${'the number alone'}
  ${rejection}                                  | ${false} | ${'a refusal names nobody'}
  ${resolution('WRITE_OFF')}                    | ${false} | ${'a resolution names nobody'}
`('prints a name: $named, $because', ({ worded, named }: { worded: Worded; named: boolean }) => {
  expect(printsName(keptOf(worded))).toBe(named);
});

it('lists donors in order, and says of how many the name is not public', () => {
  const gift = { what: '捐款', day: '2026年3月5日', amount: '500.00' } as const;
  const gifts = [
    { ...gift, giver: '演示县柳编有限公司' },
    { ...gift, giver: '爱心人士' },
  ];
  const [from, until] = ['2026年3月1日', '2026年3月31日'];
  const listed = (words: Partial<{ until: string; gifts: typeof gifts }> = {}) =>
    frozen({
      kind: 'DONATION_LIST',
      words: { ...common, from, until, gifts, total: thousand, goods: null, ...words },
    });
  expect(listed()).toMatchObject({
    ...{ span: '2026年3月1日至2026年3月31日', count: '2', unnamed: '1', total: thousand },
    gifts: [{ place: '1' }, { place: '2', giver: '爱心人士' }],
  });
  expect(listed({ until: from, gifts: gifts.slice(0, 1) })).toMatchObject({ span: from, unnamed: null });
  expect(summaryOf(listed())).toEqual({
    ...{ subject: null, amount: '1,000.00' },
    matter: '2026年3月1日至2026年3月31日接受的捐赠 2 笔',
  });
});

it('leads nobody from a draft to a notice that nobody signed', () => {
  const draft = draftContentOf({ ...keptOf(rejection), version: 1 });
  expect(draft).toMatchObject({ verifyUrl: null, code: '', signedOn: '（签发日期）' });
});
