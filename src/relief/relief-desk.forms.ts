import { DEDUCTIONS } from '../funds/domain/worksheet.js';
import { RELIEF_PAPERS } from '../funds/domain/rule.js';
import { fen, parseYuan } from '../kernel/fen.js';
import { Choice, Flag, Lines, Many, OptionalText } from '../platform/web/fields.js';
import { textIn } from '../platform/web/forms.js';
import type { Typed } from '../platform/web/forms.js';
import type { Score } from './domain/desk-rules.js';
import type { PolicyChecked } from './domain/policies.js';
import { POLICY_OUTCOMES, REVIEW_REASONS, VERIFY_RESULTS } from './domain/relief-words.js';
import type { ReviewReason, VerifyResult } from './domain/relief-words.js';
import type { ReviewTyped, VerificationTyped } from './relief-desk.service.js';
import { policyFields } from './relief-fields.js';
import type { ReturnTyped } from './relief-intake.service.js';
import { Policies, Scores } from './relief-lists.js';
import { FieldFaults } from './relief.faults.js';

export class ReliefPoliciesForm {
  @Policies()
  readonly policies!: PolicyChecked[];
}

/** Of a page that reads its boxes itself: the number of the form, and whatever else was typed. */
export class PlainForm {
  @OptionalText({ label: '表单编号', max: 80 })
  readonly submission_id?: string;
}

const MOST_PROOF = 60;

/**
 * What was typed on the page, each fault beside its own box. A policy that was left out altogether is left to the rule,
 * which knows what it asks about.
 */
export function policiesTyped(typed: Typed): PolicyChecked[] {
  const errors: Record<string, string> = {};
  const policies = DEDUCTIONS.flatMap((deduction): PolicyChecked[] => {
    const names = policyFields(deduction);
    const [amount, proof] = [textIn(typed, names.amount), textIn(typed, names.proof)];
    const outcome = POLICY_OUTCOMES.find((each) => each === textIn(typed, names.outcome));
    const amountFen = amount === '' ? fen(0) : parseYuan(amount);
    if (amountFen === null) errors[names.amount] = '请填写金额，如 6096.00';
    if (proof.length > MOST_PROOF) errors[names.proof] = `凭据号最多 ${MOST_PROOF} 个字`;
    if (!outcome || amountFen === null) return [];
    return [{ deduction, outcome, amountFen, proof: proof === '' ? null : proof }];
  });
  if (Object.keys(errors).length > 0) throw new FieldFaults(errors);
  return policies;
}

export class ReliefVerificationForm {
  @Choice(VERIFY_RESULTS, '请选核对的结果')
  readonly result!: VerifyResult;

  @Flag()
  readonly originalsStamped!: boolean;

  @OptionalText({ label: '情况', max: 1000 })
  readonly note?: string;
}

export function verificationIn(
  reliefId: string,
  { result, originalsStamped, note }: ReliefVerificationForm,
): VerificationTyped {
  return { reliefId, result, originalsStamped, note: note ?? null };
}

const OPINION = { label: '研判意见', min: 2, max: 1000 };

/** As a program sends it; the photo of the sheet comes beside it as the file `sheet`. */
export class ReliefAssessmentForm {
  @Scores()
  readonly scores!: Score[];

  @Lines(OPINION)
  readonly opinion!: string;
}

/** The page has a box for each person in office. */
export class AssessmentPageForm {
  @Lines(OPINION)
  readonly opinion!: string;
}

const SCORE = /^score-(?<personId>[\da-f-]{36})$/;

export function scoresTyped(typed: Typed): Score[] {
  const errors: Record<string, string> = {};
  const scores = Object.keys(typed).flatMap((name): Score[] => {
    const personId = SCORE.exec(name)?.groups?.['personId'];
    const points = textIn(typed, name).normalize('NFKC');
    if (personId === undefined || points === '') return [];
    if (!/^\d{1,3}$/.test(points) || Number(points) > 100) {
      errors[name] = '打 0 到 100 之间的整数分';
      return [];
    }
    return [{ personId, score: Number(points) }];
  });
  if (Object.keys(errors).length > 0) throw new FieldFaults(errors);
  return scores;
}

export class ReliefReviewForm {
  @Choice(REVIEW_REASONS, '请选审核通过的理由')
  readonly reason!: ReviewReason;

  @OptionalText({ label: '说明', max: 500 })
  readonly note?: string;
}

export function reviewIn(reliefId: string, { reason, note }: ReliefReviewForm): ReviewTyped {
  return { reliefId, reason, note: note ?? null };
}

export class ReliefReturnForm {
  @Many('要补的材料')
  readonly items!: string[];

  @OptionalText({ label: '说明', max: 500 })
  readonly note?: string;
}

export function returnIn(reliefId: string, { items, note }: ReliefReturnForm): ReturnTyped {
  const asked = RELIEF_PAPERS.filter((paper) => items.includes(paper));
  return { reliefId, items: asked, note: note ?? null };
}
