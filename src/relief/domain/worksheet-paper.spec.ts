import { flat } from '../../funds/domain/formula.js';
import type { Formula } from '../../funds/domain/formula.js';
import { USUAL_RULE } from '../../funds/domain/rule.js';
import type { Rule } from '../../funds/domain/rule.js';
import { workOut } from '../../funds/domain/worksheet.js';
import type { Bill } from '../../funds/domain/worksheet.js';
import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { PolicyChecked } from './policies.js';
import { formulaWords, worksheetPaper } from './worksheet-paper.js';
import type { WorksheetFacts, WorksheetPaper } from './worksheet-paper.js';

const rule: Rule = {
  ...USUAL_RULE,
  ...{ id: 'rule', fundId: 'fund', version: 2, validFrom: day('2026-01-01') },
  document: '《安心纾困慈善基金管理办法》第八条',
};
const policy = (
  deduction: PolicyChecked['deduction'],
  amount: number,
  proof: string | null,
): PolicyChecked => ({
  ...{ deduction, amountFen: fen(amount), proof },
  outcome: amount > 0 ? 'APPLIED' : 'NOT_ELIGIBLE',
});
const bill: Bill = {
  totalFen: fen(99_540_000),
  deductions: { BASIC_INSURANCE: fen(50_000_000), SERIOUS_ILLNESS: fen(10_960_000) },
};
const facts: WorksheetFacts = {
  ...{
    number: '慈救2026-0003',
    federationName: '柳溪县慈善总会',
    homeName: '柳溪村互助社',
    cause: 'ILLNESS',
  },
  ...{ applicantName: '范长河', guardianName: null, group: '柳溪村三组', submittedOn: day('2026-03-02') },
  ...{ fundName: '安心纾困慈善基金', rule, sheet: workOut(bill, rule, fen(0)), triedOn: null },
  invoices: [
    { number: '12345678', amountFen: fen(90_000_000) },
    { number: '12345679', amountFen: fen(9_540_000) },
  ],
  policies: [
    policy('BASIC_INSURANCE', 50_000_000, 'JS-1'),
    policy('SERIOUS_ILLNESS', 10_960_000, 'DB-2'),
    policy('MEDICAL_AID', 0, null),
  ],
  ...{ reviewers: ['周秀兰', '蒋邻'], approver: '王守成' },
  url: 'https://huzhu.example/s/relief/1',
};
const amountOf = ({ sum }: WorksheetPaper, label: string) => sum.find((line) => line.label === label)?.amount;

it('D4-1 shows the whole sum: invoices, what was taken off, and the grant in figures and words', () => {
  const paper = worksheetPaper(facts);
  expect(paper.invoices).toEqual([
    { at: '1', number: '12345678', amount: '900,000.00' },
    { at: '2', number: '12345679', amount: '95,400.00' },
  ]);
  expect([paper.invoiceTotal, paper.policyTotal]).toEqual(['995,400.00', '609,600.00']);
  expect(paper.sum.map(({ label, amount }) => [label, amount])).toEqual([
    ['费用合计', '995,400.00'],
    ['减：扣除合计', '609,600.00'],
    ['自付费用', '385,800.00'],
    ['按比例算出', '231,480.00'],
    ['每户最高', '500,000.00'],
    ['以前已用', '0.00'],
    ['余下额度', '500,000.00'],
    ['救助金额', '231,480.00'],
  ]);
  expect(paper.grantInWords).toBe('贰拾叁万壹仟肆佰捌拾元整');
  expect(paper.remarks).toEqual([]);
});

it('names the fund, the version of its rule and the document, and who asks', () => {
  const child = worksheetPaper({ ...facts, applicantName: '范小宝', guardianName: '范长河' });
  expect(child.about.map(({ value }) => value)).toEqual([
    '范小宝（监护人：范长河），柳溪村三组',
    '突发疾病，柳溪村互助社2026年3月2日提交',
    '安心纾困慈善基金',
    '《安心纾困慈善基金管理办法》第八条（第2版，2026年1月1日起）',
  ]);
});

it('has a line for each policy that the rule asks about, also where nobody has looked, and for what else was found', () => {
  const crowd = policy('CROWDFUNDING', 3_000_000, 'SD-9');
  const { policies } = worksheetPaper({ ...facts, policies: [...facts.policies, crowd] });
  expect(policies).toEqual([
    { label: '基本医保', outcome: '已经报销或救助', proof: 'JS-1', amount: '500,000.00' },
    { label: '大病保险', outcome: '已经报销或救助', proof: 'DB-2', amount: '109,600.00' },
    { label: '医疗救助', outcome: '不符合条件', proof: '', amount: '0.00' },
    { label: '商业保险', outcome: '还没有核对', proof: '', amount: '' },
    { label: '其他慈善和互助', outcome: '还没有核对', proof: '', amount: '' },
    { label: '网络筹款（不扣除）', outcome: '已经报销或救助', proof: 'SD-9', amount: '30,000.00' },
  ]);
});

it('is marked as tried before a panel, with the day whose rule it is', () => {
  const fixed = worksheetPaper(facts);
  expect([fixed.title.join(''), fixed.standing]).toEqual([
    '柳溪县慈善总会救助金额计算表',
    '本表由评审确定，公示、决定和付款都以此为准。',
  ]);
  const tried = worksheetPaper({ ...facts, triedOn: day('2026-03-05') });
  expect(tried.title.join('')).toBe('柳溪县慈善总会救助金额计算表（试算）');
  expect(tried.standing).toMatch(/^试算：还没有评审，按2026年3月5日的规则/);
});

it('D4-4 says that the cap was applied', () => {
  const paper = worksheetPaper({ ...facts, sheet: workOut(bill, rule, fen(40_000_000)) });
  expect(amountOf(paper, '救助金额（按最高限额救助）')).toBe('100,000.00');
  expect(paper.remarks).toEqual([
    '按比例算出的231,480.00元超过余下额度100,000.00元，按最高限额救助100,000.00元。',
  ]);
});

it('D4-10 warns where more was taken off than was spent', () => {
  const over = { totalFen: fen(1_000_000), deductions: { BASIC_INSURANCE: fen(1_200_000) } };
  const paper = worksheetPaper({ ...facts, sheet: workOut(over, rule, fen(0)) });
  expect([amountOf(paper, '自付费用'), paper.grantInWords]).toEqual(['0.00', '零元整']);
  expect(paper.remarks).toEqual([
    '注意：扣除合计比费用合计多2,000.00元，自付费用按零计算。请核对发票和结算单，查明原因。',
  ]);
});

it.each`
  grant         | reviewers             | approver    | places                                                            | because
  ${23_148_000} | ${['周秀兰', '蒋邻']} | ${'王守成'} | ${['经办', '审核：周秀兰', '第二人审核：蒋邻', '理事长：王守成']} | ${'both have passed it'}
  ${23_148_000} | ${[]}                 | ${null}     | ${['经办', '审核', '第二人审核', '理事长']}                       | ${'two are needed from 100,000 yuan'}
  ${9_999_999}  | ${['周秀兰']}         | ${null}     | ${['经办', '审核：周秀兰', '第二人审核：不需要', '理事长']}       | ${'one is enough below'}
`(
  'has places to sign: $because',
  ({
    grant,
    reviewers,
    approver,
    places,
  }: {
    grant: number;
    reviewers: string[];
    approver: string | null;
    places: string[];
  }) => {
    const sheet = { ...facts.sheet, grantFen: fen(grant) };
    expect(worksheetPaper({ ...facts, sheet, reviewers, approver }).signatures).toEqual(places);
  },
);

const rate = (numerator: number, denominator = 100) => ({ numerator, denominator });

it.each`
  formula                                                                                                                                                           | words
  ${flat(rate(60))}                                                                                                                                                 | ${'自付费用的60%'}
  ${flat(rate(1, 3), fen(100))}                                                                                                                                     | ${'自付费用的1/3；取整到元（舍去尾数）'}
  ${flat(rate(60), fen(10_000), 'HALF_UP')}                                                                                                                         | ${'自付费用的60%；取整到百元（四舍五入）'}
  ${{ ...flat(rate(1)), brackets: [{ upToFen: fen(5_000_000), rate: rate(70) }, { upToFen: fen(20_000_000), rate: rate(60) }, { upToFen: null, rate: rate(50) }] }} | ${'不超过50,000元的部分按70%，超过50,000元至200,000元的部分按60%，超过200,000元的部分按50%'}
`('says the formula as $words', ({ formula, words }: { formula: Formula; words: string }) => {
  expect(formulaWords(formula)).toBe(words);
});
