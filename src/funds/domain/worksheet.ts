import { fen, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { calculated } from './formula.js';
import type { Formula } from './formula.js';

/** What others have paid or will pay on the same invoices (domain.md 3, rule 5), in the order of the worksheet. */
export const DEDUCTIONS = [
  'BASIC_INSURANCE',
  'SERIOUS_ILLNESS',
  'MEDICAL_AID',
  'COMMERCIAL',
  'OTHER_AID',
  'CROWDFUNDING',
] as const;
export type Deduction = (typeof DEDUCTIONS)[number];

export const DEDUCTION_WORDS: Readonly<Record<Deduction, string>> = {
  BASIC_INSURANCE: '基本医保',
  SERIOUS_ILLNESS: '大病保险',
  MEDICAL_AID: '医疗救助',
  COMMERCIAL: '商业保险',
  OTHER_AID: '其他慈善和互助',
  CROWDFUNDING: '网络筹款',
};

/** The invoices in sum, and what is to be taken off them. Each amount is 0 fen or more. */
export type Bill = {
  readonly totalFen: Fen;
  readonly deductions: Readonly<Partial<Record<Deduction, Fen>>>;
};

/** What of the fund's rule the worksheet needs. */
export type SumRule = {
  readonly formula: Formula;
  readonly capFen: Fen;
  /** Whether what was raised on the net is taken off too: funds differ. */
  readonly deductsCrowdfunding: boolean;
};

/** The whole sum, line by line: the case, the notice and the letter show these figures and make none of their own. */
export type Worksheet = {
  readonly totalFen: Fen;
  readonly lines: readonly { readonly deduction: Deduction; readonly amountFen: Fen }[];
  readonly deductedFen: Fen;
  readonly baseFen: Fen;
  /** More was taken off than was spent: a slip somewhere, for a person to find (D4-10). */
  readonly isOverdeducted: boolean;
  readonly calculatedFen: Fen;
  readonly capFen: Fen;
  /** What the cap group has had and been promised in the window. */
  readonly usedFen: Fen;
  readonly roomFen: Fen;
  readonly grantFen: Fen;
  /** 按最高限额救助: the grant is less than the formula says (rule 10). */
  readonly capApplied: boolean;
};

/**
 * total − deductions = base, never below 0; base × rate = calculated; the lesser of that and the room under the cap is the
 * grant (domain.md 3, rules 5, 6, 10).
 */
export function workOut({ totalFen, deductions }: Bill, rule: SumRule, usedFen: Fen): Worksheet {
  const lines = DEDUCTIONS.filter((each) => each !== 'CROWDFUNDING' || rule.deductsCrowdfunding).map(
    (deduction) => ({ deduction, amountFen: deductions[deduction] ?? fen(0) }),
  );
  const deductedFen = sumOf(lines.map(({ amountFen }) => amountFen));
  const baseFen = fen(Math.max(totalFen - deductedFen, 0));
  const calculatedFen = calculated(rule.formula, baseFen);
  const roomFen = fen(Math.max(rule.capFen - usedFen, 0));
  return {
    totalFen,
    lines,
    deductedFen,
    baseFen,
    isOverdeducted: deductedFen > totalFen,
    calculatedFen,
    capFen: rule.capFen,
    usedFen,
    roomFen,
    grantFen: fen(Math.min(calculatedFen, roomFen)),
    capApplied: calculatedFen > roomFen,
  };
}
