import { yuanText } from '../../kernel/fen.js';
import { rateWords } from '../../funds/domain/formula.js';
import type { Rule } from '../../funds/domain/rule.js';
import { DEDUCTION_WORDS } from '../../funds/domain/worksheet.js';
import type { Worksheet } from '../../funds/domain/worksheet.js';

export type SumLine = { readonly label: string; readonly amount: string };

/** The worksheet in ready words. Case, notice, letter and API take them from here, and reckon nothing of their own. */
export type SumWords = {
  /** From the whole cost down to what the family paid itself. */
  readonly lines: readonly SumLine[];
  /** ×60%, or 按各段比例 */
  readonly rate: string;
  /** What the formula makes of it, and the cap that bounds it. */
  readonly bounds: readonly SumLine[];
};

export function sumWords({ formula }: Pick<Rule, 'formula'>, sheet: Worksheet): SumWords {
  const [only] = formula.brackets;
  return {
    rate: formula.brackets.length === 1 && only ? `×${rateWords(only.rate)}` : '按各段比例',
    lines: [
      { label: '费用合计', amount: yuanText(sheet.totalFen) },
      ...sheet.lines.map(({ deduction, amountFen }) => ({
        label: `减：${DEDUCTION_WORDS[deduction]}`,
        amount: yuanText(amountFen),
      })),
      { label: '自付费用', amount: yuanText(sheet.baseFen) },
    ],
    bounds: [
      { label: '按比例算出', amount: yuanText(sheet.calculatedFen) },
      { label: '每户最高', amount: yuanText(sheet.capFen) },
      { label: '以前已用', amount: yuanText(sheet.usedFen) },
      { label: '余下额度', amount: yuanText(sheet.roomFen) },
    ],
  };
}
