import { DomainError } from '../../kernel/domain-error.js';

/** Why an applicant takes a case back. */
export const WITHDRAWAL_REASONS = ['OWN_WISH', 'HELPED_ELSEWHERE'] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];

/** Why a case ends before the payment, whoever wishes it. */
export const TERMINATION_REASONS = ['DEATH', 'DUPLICATE', 'NOT_IN_NEED', 'UNREACHABLE'] as const;
export type TerminationReason = (typeof TERMINATION_REASONS)[number];

/** Whose business it is, where it is not the society's (domain.md 2.1, REFERRED). */
export const REFERRAL_OFFICES = [
  'CIVIL_AFFAIRS',
  'MEDICAL_INSURANCE',
  'DISABLED_FEDERATION',
  'HOUSING',
  'EDUCATION',
] as const;
export type ReferralOffice = (typeof REFERRAL_OFFICES)[number];

/** As a letter addresses them: an office, never a person. */
export const OFFICE_WORDS: Readonly<Record<ReferralOffice, string>> = {
  CIVIL_AFFAIRS: '民政部门',
  MEDICAL_INSURANCE: '医保部门',
  DISABLED_FEDERATION: '残联',
  HOUSING: '住建部门',
  EDUCATION: '教育部门',
};

/** Why the town union is asked instead. */
export const ESCALATION_REASONS = [
  'TOO_FEW_ELECTORS',
  'LAPSED_TWICE',
  'OVER_LIMIT',
  'FUND_SHORT',
  'NO_BOARD',
  'REVIEW',
  'OBJECTION',
] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

export type EndReason = WithdrawalReason | TerminationReason | ReferralOffice | EscalationReason;

export const END_WORDS: Readonly<Record<EndReason, string>> = {
  OWN_WISH: '申请人自己不要了',
  HELPED_ELSEWHERE: '已经得到别处的帮助',
  DEATH: '申请人已经去世',
  DUPLICATE: '重复登记',
  NOT_IN_NEED: '核实后不属于急难',
  UNREACHABLE: '多次联系不上申请人',
  CIVIL_AFFAIRS: `转${OFFICE_WORDS.CIVIL_AFFAIRS}`,
  MEDICAL_INSURANCE: `转${OFFICE_WORDS.MEDICAL_INSURANCE}`,
  DISABLED_FEDERATION: `转${OFFICE_WORDS.DISABLED_FEDERATION}`,
  HOUSING: `转${OFFICE_WORDS.HOUSING}`,
  EDUCATION: `转${OFFICE_WORDS.EDUCATION}`,
  TOO_FEW_ELECTORS: '回避以后不足 3 位理事',
  LAPSED_TWICE: '两轮表决到会都不够',
  OVER_LIMIT: '需要的钱超过本社单笔限额',
  FUND_SHORT: '池里的钱不够',
  NO_BOARD: '理事会开不成',
  REVIEW: '申请人要求复核',
  OBJECTION: '对不予救助公示的异议成立',
};

/** An applicant who was told no may ask the town union within this many days (domain.md 1.6, right to a review). */
export const REVIEW_DAYS = 30;

export class ReviewTooLate extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEW_TOO_LATE';

  constructor() {
    super(
      `告知以后 ${REVIEW_DAYS} 天内可以要求复核，现在已经过了。`,
      { days: REVIEW_DAYS },
      '如果情况有变化，可以重新登记一件。',
    );
  }
}
