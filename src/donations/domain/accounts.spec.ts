import { day } from '../../kernel/day.js';
import { fen, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import {
  accountFigures,
  daysIn,
  isOver,
  lastEnded,
  monthsIn,
  periodWords,
  publishingRule,
  quarterlyAccounts,
  sameAccounts,
} from './accounts.js';
import type { AccountGround, AccountsPeriod, Quarter } from './accounts.js';
import { annualReport, shareWords } from './annual.js';
import { figuresOf } from './open-books.js';
import type { LineKind, MonthSum } from './open-books.js';

it.each`
  quarter | from         | until        | first           | last            | words
  ${1}    | ${'2026-01'} | ${'2026-03'} | ${'2026-01-01'} | ${'2026-03-31'} | ${'2026年第一季度'}
  ${2}    | ${'2026-04'} | ${'2026-06'} | ${'2026-04-01'} | ${'2026-06-30'} | ${'2026年第二季度'}
  ${3}    | ${'2026-07'} | ${'2026-09'} | ${'2026-07-01'} | ${'2026-09-30'} | ${'2026年第三季度'}
  ${4}    | ${'2026-10'} | ${'2026-12'} | ${'2026-10-01'} | ${'2026-12-31'} | ${'2026年第四季度'}
  ${0}    | ${'2026-01'} | ${'2026-12'} | ${'2026-01-01'} | ${'2026-12-31'} | ${'2026年度'}
`('$words goes from $first to $last', ({ quarter, from, until, first, last, words }: Span) => {
  const period = { year: 2026, quarter };
  expect(monthsIn(period)).toEqual({ from, until });
  expect(daysIn(period)).toEqual({ first, last });
  expect(periodWords(period)).toBe(words);
});
type Span = Record<'from' | 'until' | 'first' | 'last' | 'words', string> & { quarter: Quarter };

it.each`
  today           | quarter      | isOverNow | because
  ${'2026-04-01'} | ${[2026, 1]} | ${true}   | ${'the first day after it'}
  ${'2026-03-31'} | ${[2025, 4]} | ${false}  | ${'its last day is not over'}
  ${'2026-01-01'} | ${[2025, 4]} | ${false}  | ${'in January it is the last of the year before'}
  ${'2026-12-31'} | ${[2026, 3]} | ${true}   | ${'the fourth runs still'}
`('on $today the last that ended is $quarter: $because', ({ today, quarter, isOverNow }: Today) => {
  const ended = lastEnded(day(today));
  expect([ended.quarter.year, ended.quarter.quarter]).toEqual(quarter);
  expect(ended.year).toEqual({ year: Number(today.slice(0, 4)) - 1, quarter: 0 });
  expect(isOver({ year: 2026, quarter: 1 }, day(today))).toBe(isOverNow);
  expect(isOver(ended.quarter, day(today))).toBe(true);
});
type Today = { today: string; quarter: number[]; isOverNow: boolean };

it('is owed fifteen working days after a quarter, and by 31 May for a year', () => {
  expect(publishingRule({ year: 2026, quarter: 1 })).toMatchObject({ unit: 'working-days', count: 15 });
  const { unit, count, from } = publishingRule({ year: 2026, quarter: 0 });
  expect({ unit, count }).toEqual({ unit: 'natural-days', count: 151 });
  expect(from.toISOString()).toBe('2026-12-30T16:00:00.000Z');
});

const pool = { fund: '救急难池', restriction: 'none' };
const schooling = { fund: '救急难池', restriction: '就学' };
const sum = (month: string, kind: LineKind, amount: number, more: Partial<MonthSum> = {}): MonthSum => ({
  ...{ ...pool, kind, month, struck: null, lines: 1 },
  amountFen: fen(amount),
  ...more,
});

const SUMS: readonly MonthSum[] = [
  sum('2025-12', 'OPENING', 3_000_000),
  sum('2026-01', 'GIFT', 150_000, { lines: 3 }),
  sum('2026-01', 'STRUCK', -50_000, { struck: 'GIFT' }),
  sum('2026-02', 'FEE', 2_000),
  sum('2026-02', 'GIFT', 40_000, schooling),
  sum('2026-02', 'UNKNOWN', 50_000, { fund: '待认领来款' }),
  sum('2026-03', 'PAID', -130_000, { lines: 2 }),
  sum('2026-03', 'MOVED_OUT', -10_000),
  sum('2026-03', 'MOVED_IN', 10_000, schooling),
  sum('2026-03', 'REFUNDED', -1_000),
  sum('2026-04', 'RETURNED', 30_000),
  sum('2026-05', 'GIFT', 7_000),
];
const ground = (period: AccountsPeriod, more: Partial<AccountGround> = {}): AccountGround => ({
  ...{ period, sums: SUMS, spent: [], causeOf: new Map<string, string>() },
  ...more,
});
const Q1 = { year: 2026, quarter: 1 } as const;
const spent = [
  { threadId: 'a', spentFen: fen(100_000) },
  { threadId: 'b', spentFen: fen(30_000) },
];
const causeOf = new Map([
  ['a', '突发疾病'],
  ['b', '火灾'],
]);

it('takes what was mistyped off its own kind, and shows what went back as a line of its own', () => {
  const { income, figures } = accountFigures(ground(Q1, { spent, causeOf }));
  expect(income).toEqual([
    { kind: 'GIFT', amountFen: 140_000, lines: 3 },
    { kind: 'FEE', amountFen: 2_000, lines: 1 },
    { kind: 'REFUNDED', amountFen: -1_000, lines: 1 },
  ]);
  expect(sumOf(income.map(({ amountFen }) => amountFen))).toBe(figures.incomeFen);
});

it('has the balance of each purse before and after, and no money of unknown givers among them', () => {
  const { purses, figures } = accountFigures(ground(Q1, { spent, causeOf }));
  expect(purses).toEqual([
    { name: '救急难池', openingFen: 3_000_000, closingFen: 2_961_000 },
    { name: '救急难池 · 就学', openingFen: 0, closingFen: 50_000 },
  ]);
  expect(sumOf(purses.map(({ closingFen }) => closingFen))).toBe(figures.balanceFen);
  expect(figures.unclaimedFen).toBe(50_000);
});

it('goes on where the quarter before ended, and four quarters are the year of the open books', () => {
  const quarters = ([1, 2, 3, 4] as const).map(
    (quarter) => accountFigures(ground({ year: 2026, quarter })).figures,
  );
  const year = figuresOf(SUMS, 2026);
  const sumUp = (of: 'incomeFen' | 'spendingFen' | 'movedFen'): Fen =>
    sumOf(quarters.map((each) => each[of]));
  expect(quarters[0]?.openingFen).toBe(year.openingFen);
  for (const i of [1, 2, 3]) expect(quarters[i]?.openingFen).toBe(quarters[i - 1]?.balanceFen);
  expect(quarters[3]?.balanceFen).toBe(year.balanceFen);
  for (const part of ['incomeFen', 'spendingFen', 'movedFen'] as const) expect(sumUp(part)).toBe(year[part]);
  expect(accountFigures(ground({ year: 2026, quarter: 0 })).figures).toEqual(year);
});

const managed = (amount: number): MonthSum => sum('2026-03', 'MANAGED', -amount);

it.each`
  quarter | spentThen                                      | lines                                  | administration | back      | other     | because
  ${1}    | ${spent}                                       | ${[]}                                  | ${0}           | ${0}      | ${0}      | ${'all went to cases'}
  ${1}    | ${spent}                                       | ${[managed(20_000)]}                   | ${20_000}      | ${0}      | ${0}      | ${'the running of the house is spent on no case'}
  ${1}    | ${spent.slice(0, 1)}                           | ${[managed(20_000)]}                   | ${20_000}      | ${0}      | ${30_000} | ${'what went to no case and is no administration is said'}
  ${1}    | ${spent}                                       | ${[sum('2026-04', 'MANAGED', -5_000)]} | ${0}           | ${0}      | ${0}      | ${'of another quarter'}
  ${2}    | ${[{ threadId: 'a', spentFen: fen(-30_000) }]} | ${[]}                                  | ${0}           | ${30_000} | ${0}      | ${'it came back in a later quarter'}
`('adds up to what was spent: $because', ({ quarter, spentThen, lines, ...wanted }: Spending) => {
  const { administration, back, other } = wanted;
  const sums = [...SUMS, ...lines];
  const account = accountFigures(ground({ year: 2026, quarter }, { spent: spentThen, causeOf, sums }));
  expect(account).toMatchObject({ administrationFen: administration, backFen: back, otherFen: other });
  const helped = sumOf(account.causes.map(({ spentFen }) => spentFen));
  expect(helped - back + administration + other).toBe(account.figures.spendingFen);
});
type Spending = {
  quarter: Quarter;
  spentThen: AccountGround['spent'];
  lines: MonthSum[];
  administration: number;
  back: number;
  other: number;
};

const charter = {
  ...{ article: '章程第十四条', numberPrefix: '柳溪', noticeDays: 7, noticeDayKind: 'natural' as const },
  publicContactOffice: '柳溪镇民政办',
  publicContactPhone: '0000-1234567',
  publicContactAddress: '柳溪镇政府一楼',
};
const facts = (period: AccountsPeriod, more: Partial<AccountGround> = {}) => ({
  ...{ period, societyName: '柳溪社', charter, fund: null, replaces: null },
  account: accountFigures(ground(period, more)),
});

it('says it in figures and capitals of one integer, and names nobody', () => {
  const words = quarterlyAccounts(facts(Q1, { spent, causeOf }));
  expect(words).toMatchObject({
    ...{ span: '2026年第一季度', from: '2026年1月1日', until: '2026年3月31日', cases: 2, moved: null },
    opening: { amount: '30,000.00', amountInWords: '叁万元整' },
    incomeTotal: { amount: '1,410.00', amountInWords: '壹仟肆佰壹拾元整' },
    balance: { amount: '30,110.00', amountInWords: '叁万零壹佰壹拾元整' },
    income: [
      { label: '捐款', count: '3笔', amount: '1,400.00' },
      { label: '会费', count: '1笔', amount: '20.00' },
      { label: '减：退还捐赠人', count: '1笔', amount: '10.00' },
    ],
    spending: [
      { label: '救助：突发疾病', count: '1件', amount: '1,000.00' },
      { label: '救助：火灾', count: '1件', amount: '300.00' },
      { label: '管理费用', count: null, amount: '0.00' },
    ],
    ...{ unclaimed: { amount: '500.00' }, forbidden: [] },
  });
});

it('says 负 where more went back than came in, and where more came back than was paid', () => {
  const second = facts({ year: 2026, quarter: 2 }, { spent: [{ threadId: 'a', spentFen: fen(-30_000) }] });
  const { spendingTotal, spending } = quarterlyAccounts(second);
  expect(spendingTotal).toEqual({ amount: '-300.00', amountInWords: '负叁佰元整' });
  expect(spending[0]).toEqual({ label: '减：退回和追回以前的救助款', count: null, amount: '300.00' });
});

it('says of one fund what came from other purposes and what went to them', () => {
  const own = SUMS.filter(({ restriction }) => restriction === '就学');
  expect(quarterlyAccounts({ ...facts(Q1, { sums: own }), fund: '救急难池' })).toMatchObject({
    moved: '变更用途转入100.00元',
    title: ['柳溪社', '关于救急难池2026年第一季度', '收支情况', '的公示'],
  });
});

it('measures help by the income of the year before, and administration by all that was spent', () => {
  const sums = [...SUMS, managed(25_000)];
  const year = facts({ year: 2026, quarter: 0 }, { spent, causeOf, sums });
  expect(annualReport({ ...year, lastIncomeFen: fen(120_000), work: [] }).ratios).toEqual([
    '本年救助等业务支出1,000.00元，上年收入1,200.00元，占83.3%。',
    '本年管理费用250.00元，本年总支出1,250.00元，占20%。',
  ]);
  const nothing = facts({ year: 2027, quarter: 0 });
  expect(annualReport({ ...nothing, lastIncomeFen: fen(0), work: [] }).ratios).toEqual([
    '本年救助等业务支出0.00元；上年没有收入，不计算比例。',
    '本年没有支出，不计算管理费用的比例。',
  ]);
});

it.each`
  part   | whole        | words      | because
  ${1}   | ${3}         | ${'33.3%'} | ${'down'}
  ${2}   | ${3}         | ${'66.7%'} | ${'up'}
  ${1}   | ${2000}      | ${'0.1%'}  | ${'half goes up'}
  ${999} | ${2_000_000} | ${'0%'}    | ${'below half goes down'}
  ${3}   | ${2}         | ${'150%'}  | ${'more than all of it'}
  ${-5}  | ${10}        | ${'0%'}    | ${'more came back than was paid'}
`('$part of $whole is $words: $because', ({ part, whole, words }: Share) => {
  expect(shareWords(fen(part), fen(whole))).toBe(words);
});
type Share = { part: number; whole: number; words: string };

it('is the same as long as the money is, whoever the contact is now', () => {
  const one = quarterlyAccounts(facts(Q1, { spent, causeOf }));
  expect(sameAccounts(one, { ...one, objection: '别的说法', numberPrefix: '新' })).toBe(true);
  expect(sameAccounts(one, JSON.parse(JSON.stringify(one)) as object)).toBe(true);
  expect(sameAccounts(one, quarterlyAccounts(facts(Q1, { spent: spent.slice(1), causeOf })))).toBe(false);
});
