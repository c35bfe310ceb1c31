import { flat } from '../../funds/domain/formula.js';
import { USUAL_RULE } from '../../funds/domain/rule.js';
import { workOut } from '../../funds/domain/worksheet.js';
import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { draftContentOf } from '../../notices/domain/notice-content.js';
import type { Kept } from '../../notices/domain/notice-words.js';
import { keptOf } from '../../notices/domain/notice-words.js';
import { lintNotice } from '../../notices/domain/privacy-lint.js';
import { preNotice, reliefRejectionNotice, resultNotice } from './relief-notices.js';
import type { ReliefNoticeFacts } from './relief-notices.js';

const rule = {
  ...USUAL_RULE,
  formula: flat({ numerator: 60, denominator: 100 }),
  ...{ id: 'rule', fundId: 'fund', version: 1, validFrom: day('2026-01-01') },
  document: '《安心纾困慈善基金管理办法》第八条',
};
const counts = {
  decidedAt: '2026-03-05T02:00:00.000Z',
  decisionNumber: '柳岸决〔2026〕3号',
  ...{ directors: 5, recused: 1, electors: 4, present: 4, yes: 3, no: 1, abstain: 0 },
};
const charter = {
  article: '章程第十四条',
  numberPrefix: '柳岸',
  noticeDays: 7,
  noticeDayKind: 'natural',
  publicContactOffice: '柳岸县慈善总会办公室',
  publicContactPhone: '0000-7654321',
  publicContactAddress: '柳岸县政府二楼',
} as const;
const frozen = {
  federationName: '柳岸县慈善总会',
  ...{ charter, rule, fundName: '安心纾困慈善基金' },
  ...{ printedName: '张*三', group: '柳溪村三组', mayPrintName: true, minors: 0 },
  names: ['张老三', '李秀英'],
};
const bill = { totalFen: fen(99_540_000), deductions: { BASIC_INSURANCE: fen(60_960_000) } };

function facts(change: Partial<typeof frozen> = {}, usedFen = 0): ReliefNoticeFacts {
  const sheet = workOut(bill, rule, fen(usedFen));
  return { number: '慈救2026-0003', cause: 'ILLNESS', sheet, counts, frozen: { ...frozen, ...change } };
}

const money = { amount: '231,480.00', amountInWords: '贰拾叁万壹仟肆佰捌拾元整' };
const paidAt = new Date('2026-03-18T02:00:00.000Z');

it('hangs before the money: rule, vote, sum and amount, and how long by the rule of the fund', () => {
  const words = preNotice(facts(), null);
  expect(words).toMatchObject({
    ...{ title: ['柳岸县慈善总会', '关于拟给予安心纾困慈善基金救助', '的公示'], fund: '安心纾困慈善基金' },
    ...{ person: '张*三', group: '柳溪村三组', cause: '突发疾病', caseNumber: '慈救2026-0003' },
    ...{ rate: '×60%', grant: money, cap: null, advance: null, noticeDays: 5, noticeDayKind: 'working' },
    ...{ publishMode: 'MASKED_NAME', numberPrefix: '柳岸', contactPhone: '0000-7654321' },
  });
  expect(words.basis).toContain('依据《安心纾困慈善基金管理办法》第八条');
  expect(words.basis).toContain('理事5人，回避1人，应到4人，实到4人，同意3人');
  expect(words.sum.at(0)).toEqual({ label: '费用合计', amount: '995,400.00' });
  expect(words.sum.at(-1)).toEqual({ label: '自付费用', amount: '385,800.00' });
  expect(words.forbidden).toEqual(['张老三', '李秀英']);
});

it('says what was advanced, and when', () => {
  const advanced = { amountFen: fen(6_944_400), paidAt: new Date('2026-03-06T02:00:00.000Z') };
  expect(preNotice(facts(), advanced).advance).toEqual({
    ...{ amount: '69,444.00', amountInWords: '陆万玖仟肆佰肆拾肆元整', paidOn: '2026年3月6日' },
    hasRest: true,
  });
});

it.each`
  advanced      | before                                                                    | after                                                                 | because
  ${23_147_999} | ${''}                                                                     | ${''}                                                                 | ${'a fen is left'}
  ${23_148_000} | ${'（救助款已经先行拨付，不再另行付款）'}                                 | ${''}                                                                 | ${'as much was advanced as is given'}
  ${23_148_100} | ${'（先行拨付的比救助金额多1.00元，批准以后由申请人退回，不再另行付款）'} | ${'（先行拨付的比救助金额多1.00元，已要求申请人退回，不再另行付款）'} | ${'more was'}
`(
  'says of $advanced advanced what becomes of it: $because',
  ({ advanced, before, after }: { advanced: number; before: string; after: string }) => {
    const paid = { amountFen: fen(advanced), paidAt };
    expect(preNotice(facts(), paid).basis).toContain(`拟给予救助${before}，现予公示：`);
    expect(preNotice(facts(), paid).advance?.hasRest).toBe(before === '');
    const { basis } = resultNotice(facts(), 'x', [{ ...paid, toHospital: true }]);
    expect(basis).toContain(`给予救助${after}，现将结果公示如下：`);
    const words = { ...preNotice(facts(), paid), publishMode: 'NUMBER_ONLY' } as const;
    const content = draftContentOf({ ...keptOf({ kind: 'RELIEF_PRE', words }), version: 1 });
    expect(
      lintNotice(content, { contactPhone: charter.publicContactPhone, forbidden: frozen.names }),
    ).toEqual([]);
  },
);

it('D4-4 says that it is the highest help where the cap bounds it, and only there', () => {
  const words = preNotice(facts({}, 40_000_000), null);
  expect(words).toMatchObject({ grant: { amount: '100,000.00' }, cap: { amount: '500,000.00' } });
  expect(resultNotice(facts({}, 40_000_000), 'x', []).cap).toMatchObject({ amount: '500,000.00' });
  expect(preNotice(facts({}, 26_852_000), null).cap).toBeNull(); // exactly what is left
});

it('D4-33 leaves out name, group and child where nobody may be named', () => {
  const unnamed = { person: '', group: '', minors: 0, publishMode: 'NUMBER_ONLY' };
  expect(preNotice(facts({ mayPrintName: false, minors: 1 }), null)).toMatchObject(unnamed);
  expect(resultNotice(facts({ mayPrintName: false, minors: 1 }), 'x', [])).toMatchObject(unnamed);
});

it('hangs after the money: what was promised, each payment in its order, and all together', () => {
  const words = resultNotice(facts(), '柳岸救公〔2026〕3号', [
    { amountFen: fen(6_944_400), paidAt: new Date('2026-03-06T02:00:00.000Z'), toHospital: true },
    { amountFen: fen(16_203_600), paidAt, toHospital: false },
  ]);
  expect(words).toMatchObject({
    ...{ preNotice: '柳岸救公〔2026〕3号', decisionNumber: '柳岸决〔2026〕3号', grant: money, paid: money },
    payments: [
      { amount: '69,444.00', paidOn: '2026年3月6日', to: 'HOSPITAL' },
      { amount: '162,036.00', paidOn: '2026年3月18日', to: 'FAMILY' },
    ],
  });
});

it.each`
  counts    | outcome               | basis
  ${counts} | ${'NOT_ENOUGH_YES'}   | ${'理事会表决'}
  ${null}   | ${'CAP_EXHAUSTED'}    | ${'经审核'}
  ${null}   | ${'NOTHING_TO_GRANT'} | ${'经审核'}
`(
  'refuses by number alone, also whoever agreed to be named: $outcome',
  ({
    counts: voted,
    outcome,
    basis,
  }: {
    counts: typeof counts | null;
    outcome: 'NOT_ENOUGH_YES' | 'CAP_EXHAUSTED' | 'NOTHING_TO_GRANT';
    basis: string;
  }) => {
    const words = reliefRejectionNotice(facts(), voted, outcome);
    expect(words).toMatchObject({ caseNumber: '慈救2026-0003', cause: '突发疾病', outcome });
    expect(words.basis).toContain(basis);
    expect(JSON.stringify({ ...words, forbidden: [] })).not.toMatch(/张|\*|三组/);
  },
);

it('D4-29 passes the privacy check in every form, and not with a name in full', () => {
  const hits = (kept: Kept) =>
    lintNotice(draftContentOf({ ...kept, version: 1 }), {
      contactPhone: charter.publicContactPhone,
      forbidden: frozen.names,
    });
  for (const mayPrintName of [true, false]) {
    const pre = preNotice(facts({ mayPrintName }), null);
    const result = resultNotice(facts({ mayPrintName }), '柳岸救公〔2026〕3号', [
      { amountFen: fen(23_148_000), paidAt, toHospital: false },
    ]);
    expect(hits(keptOf({ kind: 'RELIEF_PRE', words: pre }))).toEqual([]);
    expect(hits(keptOf({ kind: 'RELIEF_RESULT', words: result }))).toEqual([]);
  }
  const refused = reliefRejectionNotice(facts(), counts, 'NOT_ENOUGH_YES');
  expect(hits(keptOf({ kind: 'REJECTION', words: refused }))).toEqual([]);
  const named = preNotice(facts({ fundName: '张老三纪念基金' }), null);
  expect(hits(keptOf({ kind: 'RELIEF_PRE', words: named })).map(({ kind }) => kind)).toContain('FULL_NAME');
});
