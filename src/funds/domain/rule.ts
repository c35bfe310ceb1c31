import { CAUSES } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen, Share } from '../../kernel/fen.js';
import type { NoticeDayKind } from '../../societies/domain/charter.js';
import { flat, formulaFaultsIn } from './formula.js';
import type { SumRule } from './worksheet.js';

/** No household has more of one fund, whatever its rule says (seed row 9). The database refuses more too. */
export const HIGHEST_CAP_FEN = fen(50_000_000);

export const CAP_WINDOWS = ['LIFETIME', 'NATURAL_YEAR', 'PER_CAUSE'] as const;
/** What the cap is counted over (domain.md 3, rule 8). LIFETIME is the strictest reading of 最高救助额. */
export type CapWindow = (typeof CAP_WINDOWS)[number];

export const RELIEF_PAPERS = [
  'ID_CARD',
  'HOUSEHOLD_REGISTER',
  'INVOICES',
  'INSURANCE_STATEMENT',
  'DIAGNOSIS',
  'EVENT_PROOF',
  'DEBTS',
  'CONSENT',
  'BANK_CARD',
] as const;
export type ReliefPaper = (typeof RELIEF_PAPERS)[number];

export const RELIEF_PAPER_WORDS: Readonly<Record<ReliefPaper, string>> = {
  ID_CARD: '身份证',
  HOUSEHOLD_REGISTER: '户口簿',
  INVOICES: '发票原件（加盖印章）',
  INSURANCE_STATEMENT: '医保、保险结算单',
  DIAGNOSIS: '诊断证明',
  EVENT_PROOF: '灾害或事故证明',
  DEBTS: '债务凭据',
  CONSENT: '签字的同意书',
  BANK_CARD: '收款银行卡',
};

/** What one version of a fund's rule lays down: nothing of it is a constant anywhere else. */
export type RuleTerms = SumRule & {
  readonly validFrom: Day;
  /** What notices and letters quote: 《安心纾困慈善基金管理办法》第八条. */
  readonly document: string;
  readonly causes: readonly Cause[];
  readonly capWindow: CapWindow;
  readonly noticeDays: number;
  readonly noticeDayKind: NoticeDayKind;
  /** How much of a grant may be paid before its notice has ended, when lives hang on it; 0 allows no advance. */
  readonly advance: Share;
  /** From this grant on, two people review. */
  readonly secondReviewFromFen: Fen;
  readonly papers: readonly ReliefPaper[];
};

export type Rule = RuleTerms & { readonly id: string; readonly fundId: string; readonly version: number };

/** As 安心纾困 does it, as a start for the form (seed rows 9 and 10; domain.md 1.6 for the notice). */
export const USUAL_RULE = {
  causes: ['ILLNESS', 'DISASTER', 'ACCIDENT'],
  formula: flat({ numerator: 60, denominator: 100 }),
  capFen: HIGHEST_CAP_FEN,
  deductsCrowdfunding: false,
  capWindow: 'LIFETIME',
  noticeDays: 5,
  noticeDayKind: 'working',
  advance: { numerator: 30, denominator: 100 },
  secondReviewFromFen: fen(10_000_000),
  papers: ['ID_CARD', 'HOUSEHOLD_REGISTER', 'INVOICES', 'INSURANCE_STATEMENT', 'CONSENT', 'BANK_CARD'],
} as const satisfies Partial<RuleTerms>;

export type RuleFault = { readonly term: keyof RuleTerms; readonly words: string };

/** What in these terms contradicts itself or the ceiling, all at once. */
export function ruleFaultsIn(terms: RuleTerms): RuleFault[] {
  const faults: RuleFault[] = [];
  const refuse = (term: keyof RuleTerms, words: string) => void faults.push({ term, words });
  if (terms.causes.length === 0 || terms.causes.some((cause) => !CAUSES.includes(cause)))
    refuse('causes', '至少选一种救助事由');
  for (const words of formulaFaultsIn(terms.formula)) refuse('formula', words);
  if (terms.capFen <= 0 || terms.capFen > HIGHEST_CAP_FEN)
    refuse('capFen', '每户最高救助额应大于 0 元，不能超过 500,000 元');
  if (!Number.isInteger(terms.noticeDays) || terms.noticeDays < 1 || terms.noticeDays > 60)
    refuse('noticeDays', '公示天数应在 1 至 60 之间');
  const { numerator, denominator } = terms.advance;
  if (numerator < 0 || denominator < 1 || numerator * 2 > denominator)
    refuse('advance', '先行拨付的比例不能超过一半');
  if (terms.papers.some((paper) => !RELIEF_PAPERS.includes(paper))) refuse('papers', '有不认识的材料');
  if (terms.secondReviewFromFen <= 0) refuse('secondReviewFromFen', '两人复核的金额要大于 0 元');
  return faults;
}

/** Which counter a case falls into: the window in which its decision stands (D4-9: the year of the approval). */
export function windowKeyOf(window: CapWindow, cause: Cause, decidedOn: Day): string {
  if (window === 'PER_CAUSE') return cause;
  return window === 'NATURAL_YEAR' ? decidedOn.slice(0, 4) : 'LIFETIME';
}
