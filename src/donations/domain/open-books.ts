import { daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, negated } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { AllocationKind } from '../../ledger/domain/allocation.js';
import { SOURCE_WORDS } from '../../ledger/domain/entries.js';
import type { LotSource } from '../../ledger/domain/entries.js';
import { UNCLAIMED } from '../../ledger/domain/funds.js';
import type { Purse } from '../../ledger/domain/funds.js';
import { UNNAMED_DONOR } from './donor.js';

/*
 * What the public reads of the books. A line is what one voucher moved at the bank and in cash for one purse; its kind
 * is read from the lots, which say why money moved. Every figure is a sum of lines, so that whoever adds up the list
 * comes to the figures, and to what the fund holds.
 */

/** Why money of a purse moved: an inflow, what became of one, or a payment and what came back of it. */
export const LINE_KINDS = [
  'OPENING',
  'GIFT',
  'FEE',
  'SUBSIDY',
  'INTEREST',
  'UNKNOWN',
  'CLAIMED',
  'STRUCK',
  'REFUNDED',
  'MOVED_IN',
  'MOVED_OUT',
  'PAID',
  'RETURNED',
  'RECOVERED',
  'MANAGED',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** What the rows of the ledger say of a line. */
export type LineFacts = Purse & {
  /** Of the lot that the voucher opened in this purse; null where it opened none. */
  readonly source: LotSource | null;
  /** What the voucher did to lots of this purse that were there before; null where it did nothing. */
  readonly taken: AllocationKind | null;
  /** The fund whose lots the same voucher moved here; null where it moved none. */
  readonly movedFrom: string | null;
};

const KIND_TAKEN: Readonly<Record<AllocationKind, LineKind>> = {
  PAID: 'PAID',
  RETURNED: 'RETURNED',
  RECOVERED: 'RECOVERED',
  REVERSED: 'STRUCK',
  REFUNDED: 'REFUNDED',
  MOVED: 'MOVED_OUT',
  MANAGED: 'MANAGED',
};

/**
 * Null where the rows do not say: the verifier finds such a line. What waited for its giver and was claimed is income
 * of the day on which it was claimed (D4-57); a gift that serves another purpose from now on is no second gift.
 */
export function kindOf({ fund, source, taken, movedFrom }: LineFacts): LineKind | null {
  if (source !== null) return movedFrom === null || movedFrom === UNCLAIMED.fund ? source : 'MOVED_IN';
  if (taken === null) return null;
  return taken === 'MOVED' && fund === UNCLAIMED.fund ? 'CLAIMED' : KIND_TAKEN[taken];
}

export type Line = Purse & {
  readonly kind: LineKind;
  /** Of what was struck: a gift that never was is no gift. */
  readonly struck: LotSource | null;
  readonly amountFen: Fen;
};

type Group = 'opening' | 'income' | 'spending' | 'moved' | 'unclaimed';

const GROUP_OF: Readonly<Record<LineKind, Group>> = {
  OPENING: 'opening',
  GIFT: 'income',
  FEE: 'income',
  SUBSIDY: 'income',
  INTEREST: 'income',
  UNKNOWN: 'unclaimed',
  CLAIMED: 'unclaimed',
  STRUCK: 'income',
  REFUNDED: 'income',
  MOVED_IN: 'moved',
  MOVED_OUT: 'moved',
  PAID: 'spending',
  RETURNED: 'spending',
  RECOVERED: 'spending',
  MANAGED: 'spending',
};

/** Money of which nobody knows whose it is is owed, and no income of anybody. */
export function groupOf({ kind, struck, fund }: Pick<Line, 'kind' | 'struck' | 'fund'>): Group {
  if (fund === UNCLAIMED.fund) return 'unclaimed';
  return kind === 'STRUCK' && struck === 'OPENING' ? 'opening' : GROUP_OF[kind];
}

/** opening + income + moved − spending = balance, for a purse, for a society, for a year and for all years. */
export type Figures = {
  /** What was there at the start: of a year, what was left of the years before. */
  readonly openingFen: Fen;
  /** What stayed of what came in: what was refunded or mistyped is taken off. */
  readonly incomeFen: Fen;
  /** What was paid, less what the bank sent back and what was recovered; the running of the house is in it. */
  readonly spendingFen: Fen;
  /** From other purposes less to other purposes; nothing for a society as a whole. */
  readonly movedFen: Fen;
  readonly balanceFen: Fen;
  /** Beside all that: money that waits for its giver. */
  readonly unclaimedFen: Fen;
};

/** A sum of lines of one kind, purse and month. */
export type MonthSum = Line & {
  /** 2026-03 */
  readonly month: string;
  readonly lines: number;
};

/** Null for all years. */
export type Year = number | null;

const yearOfMonth = (month: string): number => Number(month.slice(0, 4));
const totalOf = (sums: readonly { readonly amountFen: Fen }[]): Fen =>
  fen(sums.reduce((sum, { amountFen }) => sum + amountFen, 0));

/** From the first of these months to the last, both in it: 2026-01, 2026-03. */
export type Months = { readonly from: string; readonly until: string };

const ALL_MONTHS: Months = { from: '0000-01', until: '9999-12' };

export function figuresOf(sums: readonly MonthSum[], year: Year): Figures {
  return figuresIn(sums, year === null ? ALL_MONTHS : { from: `${year}-01`, until: `${year}-12` });
}

/** The same for any months, as the accounts of a quarter show them. */
export function figuresIn(sums: readonly MonthSum[], { from, until }: Months): Figures {
  const before = sums.filter(({ month }) => month < from);
  const inside = sums.filter(({ month }) => month >= from && month <= until);
  const sumOfGroup = (group: Group, of: readonly MonthSum[]): Fen =>
    totalOf(of.filter((sum) => groupOf(sum) === group));
  const carried = fen(totalOf(before) - sumOfGroup('unclaimed', before));
  const openingFen = fen(carried + sumOfGroup('opening', inside));
  const incomeFen = sumOfGroup('income', inside);
  const spendingFen = fen(0 - sumOfGroup('spending', inside));
  const movedFen = sumOfGroup('moved', inside);
  return {
    openingFen,
    incomeFen,
    spendingFen,
    movedFen,
    balanceFen: fen(openingFen + incomeFen + movedFen - spendingFen),
    unclaimedFen: sumOfGroup('unclaimed', [...before, ...inside]),
  };
}

/** What came in as gifts: without those that were mistyped, before what was refunded of them. */
export function giftsIn(sums: readonly Line[]): Fen {
  return totalOf(
    sums.filter(({ kind, struck }) => kind === 'GIFT' || (kind === 'STRUCK' && struck === 'GIFT')),
  );
}

export type Month = { readonly month: number; readonly inFen: Fen; readonly outFen: Fen };

/** The twelve months of a year: what came in, and what was spent. */
export function monthsOf(sums: readonly MonthSum[], year: number): Month[] {
  return Array.from({ length: 12 }, (_, i) => {
    const month = `${year}-${String(i + 1).padStart(2, '0')}`;
    const own = sums.filter((sum) => sum.month === month);
    const group = (wanted: Group): Fen => totalOf(own.filter((sum) => groupOf(sum) === wanted));
    return { month: i + 1, inFen: group('income'), outFen: negated(group('spending')) };
  });
}

/** The years in which anything moved, the newest first. */
export function yearsOf(sums: readonly MonthSum[]): number[] {
  return [...new Set(sums.map(({ month }) => yearOfMonth(month)))].sort((a, b) => b - a);
}

/** What one case came to. */
export type SpentOnThread = { readonly threadId: string; readonly spentFen: Fen };
export type CauseSum = { readonly cause: string; readonly spentFen: Fen; readonly cases: number };

/** What it was spent on, the most first. A case of which all came back has no part in it. */
export function causesOf(
  spent: readonly SpentOnThread[],
  causeOf: ReadonlyMap<string, string>,
  unknown: string,
): CauseSum[] {
  const sums = new Map<string, CauseSum>();
  for (const { threadId, spentFen } of spent) {
    if (spentFen <= 0) continue;
    const cause = causeOf.get(threadId) ?? unknown;
    const sum = sums.get(cause) ?? { cause, spentFen: fen(0), cases: 0 };
    sums.set(cause, { cause, spentFen: fen(sum.spentFen + spentFen), cases: sum.cases + 1 });
  }
  return [...sums.values()].sort((a, b) => b.spentFen - a.spentFen || (a.cause < b.cause ? -1 : 1));
}

/** The running of the house: the one thing that is spent on no case. */
export const MANAGEMENT_WORDS = '管理费用';

/** What the running of the house cost in a year: shown beside the causes, so that they come to all that was spent. */
export function managedIn(sums: readonly MonthSum[], year: Year): Fen {
  const own = sums.filter(
    ({ kind, month }) => kind === 'MANAGED' && (year === null || yearOfMonth(month) === year),
  );
  return negated(totalOf(own));
}

export type WordedLine = Pick<Line, 'kind' | 'struck'> & {
  /** Of the giver who agreed; null for all others. */
  readonly donorName: string | null;
  readonly cause: string | null;
};

/**
 * What a line was, for everybody to read: of a gift the giver's full name with consent, else 爱心人士; of a payment its
 * class of cause, and never a name (domain.md 1.5).
 */
export function lineWords({ kind, struck, donorName, cause }: WordedLine): string {
  switch (kind) {
    case 'GIFT':
      return `${donorName ?? UNNAMED_DONOR} 捐款`;
    case 'PAID':
      return cause === null ? '救助' : `救助 · ${cause}`;
    case 'OPENING':
    case 'FEE':
    case 'SUBSIDY':
    case 'INTEREST':
    case 'UNKNOWN':
      return SOURCE_WORDS[kind];
    case 'STRUCK':
      return `冲销记错的${struck === null ? '来款' : SOURCE_WORDS[struck]}`;
    case 'CLAIMED':
    case 'REFUNDED':
    case 'MOVED_IN':
    case 'MOVED_OUT':
    case 'RETURNED':
    case 'RECOVERED':
    case 'MANAGED':
      return OTHER_WORDS[kind];
  }
}

const OTHER_WORDS = {
  CLAIMED: '待认领来款转出',
  REFUNDED: '退还捐赠人',
  MOVED_IN: '变更用途转入',
  MOVED_OUT: '变更用途转出',
  RETURNED: '银行退回救助款',
  RECOVERED: '追回救助款',
  MANAGED: MANAGEMENT_WORDS,
} as const;

/** How old the books are, in words: for whoever wants to know whether anything happens. Rounded down. */
export function ageWords(last: Day | null, today: Day): string {
  if (last === null) return '还没有记过账';
  const days = Math.max(0, daysBetween(last, today));
  if (days === 0) return '今天更新';
  if (days === 1) return '昨天更新';
  if (days < 30) return `${days} 天前更新`;
  if (days < 365) return `已经 ${Math.floor(days / 30)} 个月没有更新`;
  return `已经一年多没有更新`;
}
