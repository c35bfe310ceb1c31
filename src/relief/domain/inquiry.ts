import { tieRefusal } from './ties.js';
import type { ReliefTie } from './ties.js';

/** Who did what on a case, by person of the federation. None of them looks into an objection to its notices. */
export type ReliefHands = {
  readonly applicantId: string;
  readonly submittedBy: string | null;
  /** Checked the policies, verified, or wrote the assessment down. */
  readonly handledBy: readonly string[];
  readonly assessors: readonly string[];
  readonly reviewers: readonly string[];
  /** Asked the panel, presided over it, or said yes or no to it. */
  readonly board: ReadonlySet<string>;
  /** Approved the grant, signed an advance, approved a payment or made it. */
  readonly payers: readonly (string | null)[];
};

/** Null when this person is outside the case (domain.md 2.3); else why not, in one sentence. */
export function inquiryFault(
  personId: string,
  hands: ReliefHands,
  tied: readonly ReliefTie[],
): string | null {
  const tie = tieRefusal(personId, hands.applicantId, tied);
  if (tie) return tie.message;
  if (personId === hands.submittedBy) return '提交这次申请的人，不能查对它的异议。';
  if (hands.handledBy.includes(personId)) return '核过政策、核实过的人，不能查对它的异议。';
  if (hands.assessors.includes(personId)) return '参加过研判的人，不能查对它的异议。';
  if (hands.reviewers.includes(personId)) return '审核过的人，不能查对它的异议。';
  if (hands.board.has(personId)) return '发起或者参加过评审的人，不能查对它的异议。';
  if (hands.payers.includes(personId)) return '批准或者经手付款的人，不能查对它的异议。';
  return null;
}
