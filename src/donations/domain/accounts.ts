import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { addDays, day, daysBetween, monthOf, startOfDay, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, negated, sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { SOURCE_WORDS } from '../../ledger/domain/entries.js';
import type { LotSource } from '../../ledger/domain/entries.js';
import { purseName, UNCLAIMED } from '../../ledger/domain/funds.js';
import type { AccountLine, AccountPurse, NoticeWords } from '../../notices/domain/notice-words.js';
import { commonOf } from '../../notices/domain/resolution-notice.js';
import type { NoticeCharter } from '../../notices/domain/resolution-notice.js';
import type { Money } from '../../notices/domain/resolutions.js';
import { causesOf, figuresIn, groupOf } from './open-books.js';
import type { CauseSum, Figures, MonthSum, Months, SpentOnThread } from './open-books.js';

/** A quarter of a year, or the whole of it: 0. */
export type Quarter = 0 | 1 | 2 | 3 | 4;
export type AccountsPeriod = { readonly year: number; readonly quarter: Quarter };

/**
 * 村委会组织法 art. 30: donations and aid are published once a quarter at least. How soon after it, the law does not say:
 * fifteen working days are our proposal, and a county that wants another number changes it here.
 */
export const ACCOUNTS_WORKING_DAYS = 15;

/** 慈善组织信息公开办法, and 社会团体登记管理条例 art. 28: the year's report stands there by 31 May, the work report by 31 March. */
export const ANNUAL_DUE = { month: 5, date: 31 } as const;
export const WORK_REPORT_DUE = { month: 3, date: 31 } as const;

const two = (number: number): string => String(number).padStart(2, '0');

export function monthsIn({ year, quarter }: AccountsPeriod): Months {
  if (quarter === 0) return { from: `${year}-01`, until: `${year}-12` };
  return { from: `${year}-${two(quarter * 3 - 2)}`, until: `${year}-${two(quarter * 3)}` };
}

export function daysIn(period: AccountsPeriod): { readonly first: Day; readonly last: Day } {
  const { from, until } = monthsIn(period);
  const [year, month] = [Number(until.slice(0, 4)), Number(until.slice(5))];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`;
  return { first: day(`${from}-01`), last: addDays(day(next), -1) };
}

/** How soon accounts hang anew, once an objection to them was upheld. */
export const PUBLISH_ANEW_WORKING_DAYS = 10;

/** 2026年第一季度, 2026年度 */
export function periodWords({ year, quarter }: AccountsPeriod): string {
  return quarter === 0 ? `${year}年度` : `${year}年第${'一二三四'.charAt(quarter - 1)}季度`;
}

/** Whether all its days are over: accounts of a time that still runs would be wrong tomorrow. */
export const isOver = (period: AccountsPeriod, today: Day): boolean => daysIn(period).last < today;

/** The quarter, and the year, that ended last before today. */
export function lastEnded(today: Day): { readonly quarter: AccountsPeriod; readonly year: AccountsPeriod } {
  const year = yearOf(today);
  const running = Math.ceil(monthOf(today) / 3);
  const quarter: AccountsPeriod =
    running === 1 ? { year: year - 1, quarter: 4 } : { year, quarter: (running - 1) as Quarter };
  return { quarter, year: { year: year - 1, quarter: 0 } };
}

export type IncomeLine = {
  readonly kind: LotSource | 'REFUNDED';
  readonly amountFen: Fen;
  readonly lines: number;
};

/** What the lines of the ledger say of some months: nothing here is typed by anybody. */
export type AccountFigures = {
  readonly figures: Figures;
  readonly income: readonly IncomeLine[];
  readonly causes: readonly CauseSum[];
  /** What came back in these months of what was paid before them. */
  readonly backFen: Fen;
  readonly administrationFen: Fen;
  /** What was paid and is neither help to a case nor administration. */
  readonly otherFen: Fen;
  readonly cases: number;
  readonly purses: readonly { readonly name: string; readonly openingFen: Fen; readonly closingFen: Fen }[];
};

export type AccountGround = {
  readonly period: AccountsPeriod;
  /** Of the whole house, or of the purses of one fund. */
  readonly sums: readonly MonthSum[];
  /** Of the same purses and of these months alone. */
  readonly spent: readonly SpentOnThread[];
  readonly causeOf: ReadonlyMap<string, string>;
};

export function accountFigures(ground: AccountGround): AccountFigures {
  const { period, sums, spent, causeOf } = ground;
  const months = monthsIn(period);
  const figures = figuresIn(sums, months);
  const inside = sums.filter(({ month }) => month >= months.from && month <= months.until);
  const managed = inside.filter(({ kind }) => kind === 'MANAGED');
  const administrationFen = negated(sumOf(managed.map(({ amountFen }) => amountFen)));
  const causes = causesOf(spent, causeOf, '救助');
  const given = sumOf(causes.map(({ spentFen }) => spentFen));
  const backFen = negated(sumOf(spent.map(({ spentFen }) => spentFen).filter((each) => each < 0)));
  return {
    figures,
    income: incomeIn(inside),
    causes,
    ...{ backFen, administrationFen },
    otherFen: fen(figures.spendingFen - given + backFen - administrationFen),
    cases: causes.reduce((sum, { cases }) => sum + cases, 0),
    purses: pursesIn(sums, months),
  };
}

const INCOME: readonly IncomeLine['kind'][] = ['GIFT', 'FEE', 'SUBSIDY', 'INTEREST', 'REFUNDED'];

/** A mistyped inflow was none: it is taken off its own kind. What went back to a giver is a line of its own. */
function incomeIn(inside: readonly MonthSum[]): IncomeLine[] {
  const income = inside.filter((sum) => groupOf(sum) === 'income');
  return INCOME.flatMap((kind) => {
    const came = income.filter((sum) => sum.kind === kind);
    const struck = income.filter((sum) => sum.kind === 'STRUCK' && sum.struck === kind);
    const amountFen = sumOf([...came, ...struck].map((sum) => sum.amountFen));
    const count = (of: readonly MonthSum[]): number => of.reduce((total, { lines }) => total + lines, 0);
    const lines = count(came) - count(struck);
    return amountFen === 0 && lines === 0 ? [] : [{ kind, amountFen, lines }];
  });
}

function pursesIn(sums: readonly MonthSum[], months: Months): AccountFigures['purses'] {
  const names = new Map<string, MonthSum[]>();
  for (const sum of sums) {
    if (sum.fund === UNCLAIMED.fund || sum.month > months.until) continue;
    const name = purseName(sum);
    names.set(name, [...(names.get(name) ?? []), sum]);
  }
  const byName = [...names].sort(([one], [other]) => (one < other ? -1 : 1));
  return byName.map(([name, own]) => {
    const { openingFen, balanceFen } = figuresIn(own, months);
    return { name, openingFen, closingFen: balanceFen };
  });
}

const INCOME_WORDS: Readonly<Record<IncomeLine['kind'], string>> = {
  ...SOURCE_WORDS,
  REFUNDED: '减：退还捐赠人',
};

export type AccountsFacts = {
  readonly period: AccountsPeriod;
  readonly societyName: string;
  readonly charter: NoticeCharter;
  /** Of a federation one of its funds; null for the whole house. */
  readonly fund: string | null;
  readonly account: AccountFigures;
  readonly replaces: string | null;
};

/** The accounts of a quarter (domain.md 1.6): every figure a sum of the ledger's lines, and nobody named. */
export function quarterlyAccounts(facts: AccountsFacts): NoticeWords<'QUARTERLY_ACCOUNTS'> {
  return accountsWords(facts, '收支情况');
}

export function accountsWords(facts: AccountsFacts, about: string): NoticeWords<'QUARTERLY_ACCOUNTS'> {
  const { period, societyName, charter, fund, account, replaces } = facts;
  const { figures } = account;
  const span = periodWords(period);
  const days = daysIn(period);
  const [from, until] = [dayWords(days.first), dayWords(days.last)];
  return {
    ...commonOf({ societyName, charter, names: [] }, about),
    title: [societyName, `关于${fund ?? ''}${span}`, about, '的公示'],
    basis: `依据章程和财务公开的规定，现将${fund ?? ''}${span}（${from}至${until}）${about}公示如下。`,
    ...{ span, from, until, fund },
    opening: signedMoney(figures.openingFen),
    income: account.income.map(incomeLine),
    incomeTotal: signedMoney(figures.incomeFen),
    spending: spendingLines(account),
    spendingTotal: signedMoney(figures.spendingFen),
    cases: account.cases,
    moved: movedWords(figures.movedFen),
    balance: signedMoney(figures.balanceFen),
    purses: account.purses.map(purseLine),
    unclaimed: figures.unclaimedFen === 0 ? null : signedMoney(figures.unclaimedFen),
    replaces,
  };
}

function incomeLine({ kind, amountFen, lines }: IncomeLine): AccountLine {
  const isTaken = kind === 'REFUNDED';
  return {
    label: INCOME_WORDS[kind],
    count: `${lines}笔`,
    amount: yuanText(isTaken ? negated(amountFen) : amountFen),
  };
}

/** Administration stands there even where there is none: that is what people ask for first. */
function spendingLines({ causes, backFen, administrationFen, otherFen }: AccountFigures): AccountLine[] {
  const line = (label: string, amountFen: Fen): AccountLine => ({
    label,
    count: null,
    amount: yuanText(amountFen),
  });
  return [
    ...causes.map(({ cause, cases, spentFen }) => ({
      label: cause === '救助' ? cause : `救助：${cause}`,
      count: `${cases}件`,
      amount: yuanText(spentFen),
    })),
    ...(backFen === 0 ? [] : [line('减：退回和追回以前的救助款', backFen)]),
    line('管理费用', administrationFen),
    ...(otherFen === 0 ? [] : [line('其他支出', otherFen)]),
  ];
}

const purseLine = ({ name, openingFen, closingFen }: AccountFigures['purses'][number]): AccountPurse => ({
  name,
  opening: yuanText(openingFen),
  closing: yuanText(closingFen),
});

function movedWords(movedFen: Fen): string | null {
  if (movedFen === 0) return null;
  return `变更用途${movedFen > 0 ? '转入' : '转出'}${yuanText(fen(Math.abs(movedFen)))}元`;
}

/** More may go back in a quarter than came in: then the sum is below nothing, in words and figures alike. */
export function signedMoney(amount: Fen): Money {
  const sign = amount < 0 ? '负' : '';
  return { amountInWords: `${sign}${amountInWords(fen(Math.abs(amount)))}`, amount: yuanText(amount) };
}

type PublishingRule = {
  readonly unit: 'working-days' | 'natural-days';
  readonly count: number;
  readonly from: Date;
};

/** By when the accounts are to hang: so many working days after the quarter, by 31 May for the year before. */
export function publishingRule(period: AccountsPeriod): PublishingRule {
  const { last } = daysIn(period);
  const from = startOfDay(last);
  if (period.quarter !== 0) return { unit: 'working-days', count: ACCOUNTS_WORKING_DAYS, from };
  const due = day(`${period.year + 1}-${two(ANNUAL_DUE.month)}-${two(ANNUAL_DUE.date)}`);
  return { unit: 'natural-days', count: daysBetween(last, due), from };
}

const FIGURES = [
  'opening',
  'income',
  'incomeTotal',
  'spending',
  'spendingTotal',
  'cases',
  'moved',
  'balance',
  'purses',
  'unclaimed',
] as const;

/** Whether two notices say the same of the money: wording, contact and number series may differ. */
export function sameAccounts(one: object, other: object): boolean {
  const figuresOf = (words: object): string =>
    JSON.stringify(FIGURES.map((name) => (words as Record<string, unknown>)[name] ?? null));
  return figuresOf(one) === figuresOf(other);
}
