import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { NoticeWords, WorkLine } from '../../notices/domain/notice-words.js';
import { accountsWords } from './accounts.js';
import type { AccountsFacts } from './accounts.js';

export type AnnualFacts = AccountsFacts & {
  /** What came in the year before: the law measures help by it. */
  readonly lastIncomeFen: Fen;
  /** What was done, counted by those who did it. */
  readonly work: readonly WorkLine[];
};

/** The year's report (domain.md 1.4, 1.6): what was done in numbers, the accounts, and how they stand to each other. */
export function annualReport(facts: AnnualFacts): NoticeWords<'ANNUAL'> {
  const { work } = facts;
  return {
    ...accountsWords(facts, '工作和收支情况'),
    work,
    ratios: ratiosOf(facts),
  };
}

/**
 * The shares by which the law measures (domain.md 1.4): help against the income of the year before, administration against all
 * that was spent. The bounds depend on what kind of organisation it is, and are left to whoever reads the report.
 */
function ratiosOf({ account, lastIncomeFen }: AnnualFacts): string[] {
  const { figures, administrationFen } = account;
  const spent = figures.spendingFen;
  const helped = fen(spent - administrationFen);
  return [
    lastIncomeFen > 0
      ? `本年救助等业务支出${yuanText(helped)}元，上年收入${yuanText(lastIncomeFen)}元，占${shareWords(helped, lastIncomeFen)}。`
      : `本年救助等业务支出${yuanText(helped)}元；上年没有收入，不计算比例。`,
    spent > 0
      ? `本年管理费用${yuanText(administrationFen)}元，本年总支出${yuanText(spent)}元，占${shareWords(administrationFen, spent)}。`
      : '本年没有支出，不计算管理费用的比例。',
  ];
}

/** 72.5%, rounded half up: exact, since the product is taken in BigInt. Less came back than was paid, or nothing: 0%. */
export function shareWords(part: Fen, whole: Fen): string {
  if (whole <= 0) throw new RangeError('A share of nothing');
  if (part <= 0) return '0%';
  const tenths = (BigInt(part) * 2_000n + BigInt(whole)) / (BigInt(whole) * 2n);
  const text = `${tenths / 10n}.${tenths % 10n}`;
  return `${text.replace(/\.0$/, '')}%`;
}
