import type { Day } from '../../kernel/day.js';

/** fund → project → sub-project: three floors, as umbrella programmes are built (seed row 12). */
export const FUND_LEVELS = ['FUND', 'PROJECT', 'SUB_PROJECT'] as const;
export type FundLevel = (typeof FUND_LEVELS)[number];

export const LEVEL_WORDS: Readonly<Record<FundLevel, string>> = {
  FUND: '基金',
  PROJECT: '项目',
  SUB_PROJECT: '子项目',
};

/** What is opened below it; null below a sub-project, where nothing is. */
export function levelBelow(level: FundLevel): FundLevel | null {
  return FUND_LEVELS[FUND_LEVELS.indexOf(level) + 1] ?? null;
}

/** One node of the tree. Its name is what receipts, notices and the ledger call it, and never changes. */
export type Fund = {
  readonly id: string;
  readonly federationId: string;
  readonly parentId: string | null;
  readonly level: FundLevel;
  readonly name: string;
  readonly purpose: string;
  readonly openedOn: Day;
};
