/**
 * How a decision ends without a grant, as the public may know it: by the votes (domain.md 2.1), or by
 * a fund's rule that comes to nothing (domain.md 3, rule 10). What the board thought of
 * the application is told to the applicant alone.
 */
export const REJECTION_OUTCOMES = ['NOT_ENOUGH_YES', 'CAP_EXHAUSTED', 'NOTHING_TO_GRANT'] as const;
export type RejectionOutcome = (typeof REJECTION_OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<RejectionOutcome, string>> = {
  NOT_ENOUGH_YES: '同意票没有达到章程规定的人数',
  CAP_EXHAUSTED: '该户在本基金的最高救助额已经用完',
  NOTHING_TO_GRANT: '各项政策用足以后没有自付费用',
};

/** Whom a fund pays: the household, or straight the hospital to which it owes. Who exactly, no notice says. */
export const PAYEE_KINDS = ['FAMILY', 'HOSPITAL'] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

export const PAYEE_WORDS: Readonly<Record<PayeeKind, string>> = {
  FAMILY: '受助家庭',
  HOSPITAL: '医院',
};

/**
 * Why a grant is taken back: the closed list of notice and demand letter (domain.md 2.1). It says what was wrong, never
 * what somebody did or suffers from.
 */
export const REVOCATION_REASONS = [
  'FALSE_FACTS',
  'SOCIETY_ERROR',
  'OUT_OF_SCOPE',
  'PAID_TWICE',
  'OTHER_USE',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export const REASON_WORDS: Readonly<Record<RevocationReason, string>> = {
  FALSE_FACTS: '申请时所说的情况经查不属实',
  SOCIETY_ERROR: '本社审核或者计算有误',
  OUT_OF_SCOPE: '经查不在章程规定的救助范围内',
  PAID_TWICE: '同一事由重复得到救助',
  OTHER_USE: '救助款没有用于申请的事由',
};
