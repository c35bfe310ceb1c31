/** Everything that a society can owe by a date (domain.md 2.1 and 2.3). */
export const DUTY_KINDS = [
  'VISIT',
  'OPEN_ROUND',
  'CLOSE_ROUND',
  'PAY',
  'PAPERS',
  'CONFIRM_WAIVER',
  'SIGN_NOTICE',
  'POST_NOTICE',
  'POSTING_PHOTO',
  'END_NOTICE',
  'ID_NUMBER',
  'SIGN_FAST',
  'RATIFY',
  'ANSWER_HANDOVER',
  'APPROVE_PAYMENT',
  'FIX_PAYMENT',
  'RECOVER',
  'EXPLAIN_MATCH',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];
