import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { DEDUCTIONS } from '../../funds/domain/worksheet.js';
import type { Bill, Deduction } from '../../funds/domain/worksheet.js';
import type { Rule } from '../../funds/domain/rule.js';
import type { PolicyOutcome } from './relief-words.js';
import { PolicyAmountWrong, PolicyMissing } from './relief.errors.js';

/** What one policy has done for the family, with what proves it: the number of the statement. */
export type PolicyChecked = {
  readonly deduction: Deduction;
  readonly outcome: PolicyOutcome;
  readonly amountFen: Fen;
  readonly proof: string | null;
};

/** What has to be asked before the fund gives anything: what was raised on the net only where the rule takes it off. */
export function askedBy({ deductsCrowdfunding }: Pick<Rule, 'deductsCrowdfunding'>): Deduction[] {
  return DEDUCTIONS.filter((each) => each !== 'CROWDFUNDING' || deductsCrowdfunding);
}

/** 先政策后慈善: each has an answer, money where it was applied and none where it was not. */
export function checkPolicies(
  rule: Pick<Rule, 'deductsCrowdfunding'>,
  policies: readonly PolicyChecked[],
): void {
  const asked = askedBy(rule);
  for (const deduction of DEDUCTIONS) {
    const answers = policies.filter((each) => each.deduction === deduction);
    const [answer] = answers;
    if (!answer && !asked.includes(deduction)) continue;
    if (!answer || answers.length > 1) throw new PolicyMissing(deduction);
    const isApplied = answer.outcome === 'APPLIED';
    if (isApplied !== answer.amountFen > 0 || (isApplied && answer.proof === null))
      throw new PolicyAmountWrong(deduction);
  }
}

export function billOf(
  totalFen: Fen,
  policies: readonly Pick<PolicyChecked, 'deduction' | 'amountFen'>[],
): Bill {
  const deductions: Partial<Record<Deduction, Fen>> = {};
  for (const { deduction, amountFen } of policies)
    deductions[deduction] = fen((deductions[deduction] ?? 0) + amountFen);
  return { totalFen, deductions };
}
