import { CAUSES } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { AmountFen, Choice, Count, DayField, Flag, Lines, Many, Text } from '../platform/web/fields.js';
import { ROUNDINGS } from './domain/formula.js';
import type { Bracket, Rounding } from './domain/formula.js';
import { NOTICE_DAY_KINDS } from '../societies/domain/charter.js';
import type { NoticeDayKind } from '../societies/domain/charter.js';
import { CAP_WINDOWS, RELIEF_PAPERS } from './domain/rule.js';
import type { CapWindow, ReliefPaper, RuleTerms } from './domain/rule.js';
import { DEDUCTIONS } from './domain/worksheet.js';
import type { Bill, Deduction } from './domain/worksheet.js';
import type { FundOpening } from './funds.service.js';

/** Payouts are rounded to one of these, in fen. */
export const GRAINS = { FEN: fen(1), YUAN: fen(100), HUNDRED_YUAN: fen(10_000) } as const;
export type Grain = keyof typeof GRAINS;

const percent = { min: 0, max: 100 };

/** What a fund's rule lays down, term by term. Of a tiered rate the form takes three brackets. */
export class RuleForm {
  @DayField('生效日')
  readonly validFrom!: string;

  @Text({ label: '依据', min: 4, max: 80 })
  readonly document!: string;

  @Many('救助事由')
  readonly causes!: string[];

  @Count('救助比例', percent)
  readonly ratePercent!: number;

  @AmountFen('请填写这一比例算到多少元，如 10000；只有一种比例就空着', { optional: true })
  readonly upToFen?: Fen;

  @Count('第二段比例', { ...percent, optional: true })
  readonly secondRatePercent?: number;

  @AmountFen('请填写第二段算到多少元；没有第三段就空着', { optional: true })
  readonly secondUpToFen?: Fen;

  @Count('第三段比例', { ...percent, optional: true })
  readonly thirdRatePercent?: number;

  @Choice(Object.keys(GRAINS), '请选择取整到多少')
  readonly grain!: Grain;

  @Choice(ROUNDINGS, '请选择怎样取整')
  readonly rounding!: Rounding;

  @AmountFen('请填写每户最多多少元，如 500000')
  readonly capFen!: Fen;

  @Choice(CAP_WINDOWS, '请选择最高额怎样累计')
  readonly capWindow!: CapWindow;

  @Flag()
  readonly deductsCrowdfunding!: boolean;

  @Count('公示天数', { min: 1, max: 60 })
  readonly noticeDays!: number;

  @Choice(NOTICE_DAY_KINDS, '请选择公示按自然日还是工作日算')
  readonly noticeDayKind!: NoticeDayKind;

  @Count('先行拨付的比例', { min: 0, max: 50 })
  readonly advancePercent!: number;

  @AmountFen('请填写从多少元起要两人审核，如 100000')
  readonly secondReviewFromFen!: Fen;

  @Many('要交的材料')
  readonly papers!: string[];
}

/** A new version, whole, and why. */
export class RuleMotionForm extends RuleForm {
  @Lines({ label: '为什么修订', min: 4, max: 200 })
  readonly why!: string;
}

export class FundForm extends RuleForm {
  @Text({ label: '基金名称', min: 2, max: 40 })
  readonly name!: string;

  @Text({ label: '用途', min: 4, max: 200 })
  readonly purpose!: string;
}

export class ProjectForm {
  @Text({ label: '名称', min: 2, max: 40 })
  readonly name!: string;

  @Text({ label: '用途', min: 4, max: 200 })
  readonly purpose!: string;
}

/** The invoices in sum and what others paid on them, to see what the rule would make of it. Nothing of it is kept. */
export class EstimateForm {
  @AmountFen('请填写医疗等费用一共多少元')
  readonly totalFen!: Fen;

  @AmountFen('请填写基本医保报销了多少元，没有就空着', { optional: true, zero: true })
  readonly BASIC_INSURANCE?: Fen;

  @AmountFen('请填写大病保险报销了多少元，没有就空着', { optional: true, zero: true })
  readonly SERIOUS_ILLNESS?: Fen;

  @AmountFen('请填写医疗救助给了多少元，没有就空着', { optional: true, zero: true })
  readonly MEDICAL_AID?: Fen;

  @AmountFen('请填写商业保险赔了多少元，没有就空着', { optional: true, zero: true })
  readonly COMMERCIAL?: Fen;

  @AmountFen('请填写其他慈善和互助给了多少元，没有就空着', { optional: true, zero: true })
  readonly OTHER_AID?: Fen;

  @AmountFen('请填写网络筹款筹到多少元，没有就空着', { optional: true, zero: true })
  readonly CROWDFUNDING?: Fen;

  @AmountFen('请填写这一户以前从本基金得过多少元，没有就空着', { optional: true, zero: true })
  readonly usedFen?: Fen;
}

export function openingOf(form: FundForm): FundOpening {
  return { name: form.name, purpose: form.purpose, rule: termsOf(form) };
}

export function termsOf(form: RuleForm): RuleTerms {
  return {
    validFrom: day(form.validFrom),
    document: form.document,
    causes: CAUSES.filter((cause) => form.causes.includes(cause)) satisfies readonly Cause[],
    formula: { brackets: bracketsOf(form), grainFen: GRAINS[form.grain], rounding: form.rounding },
    capFen: form.capFen,
    capWindow: form.capWindow,
    deductsCrowdfunding: form.deductsCrowdfunding,
    noticeDays: form.noticeDays,
    noticeDayKind: form.noticeDayKind,
    advance: { numerator: form.advancePercent, denominator: 100 },
    secondReviewFromFen: form.secondReviewFromFen,
    papers: RELIEF_PAPERS.filter((paper) => form.papers.includes(paper)) satisfies readonly ReliefPaper[],
  };
}

/** A rate that is given opens a bracket; whether the brackets make sense the rule itself says. */
function bracketsOf(form: RuleForm): Bracket[] {
  const tiers = [
    { percent: form.ratePercent, upToFen: form.upToFen },
    { percent: form.secondRatePercent, upToFen: form.secondUpToFen },
    { percent: form.thirdRatePercent, upToFen: undefined },
  ];
  return tiers.flatMap(({ percent: numerator, upToFen }) =>
    numerator === undefined ? [] : [{ upToFen: upToFen ?? null, rate: { numerator, denominator: 100 } }],
  );
}

export function billOf(form: EstimateForm): Bill {
  const deductions: Partial<Record<Deduction, Fen>> = {};
  for (const deduction of DEDUCTIONS) {
    const amount = form[deduction];
    if (amount !== undefined) deductions[deduction] = amount;
  }
  return { totalFen: form.totalFen, deductions };
}
