import { DomainError } from '../../kernel/domain-error.js';

/** Why a grant that was paid is taken back (domain.md 2.1: fraud or error proven; Charity Law 60). */
export const REVOCATION_REASONS = [
  'FALSE_STATEMENT',
  'NOT_ENTITLED',
  'PAID_TWICE',
  'OBJECTION_UPHELD',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export const REVOCATION_WORDS: Readonly<Record<RevocationReason, string>> = {
  FALSE_STATEMENT: '申请时说的情况不实',
  NOT_ENTITLED: '不符合救助条件',
  PAID_TWICE: '同一件事重复发放',
  OBJECTION_UPHELD: '公示异议成立',
};

/** The applicant is heard before the board decides; who does not come was offered to be. */
export const HEARINGS = ['HEARD', 'WRITTEN', 'DECLINED'] as const;
export type Hearing = (typeof HEARINGS)[number];

export const HEARING_WORDS: Readonly<Record<Hearing, string>> = {
  HEARD: '当面听了申请人的说明',
  WRITTEN: '申请人交了书面说明',
  DECLINED: '通知了申请人，本人放弃说明',
};

/** Money is asked back within this many days (domain.md 2.1). */
export const PAY_BACK_DAYS = 30;

export class RevocationAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVOCATION_ALREADY_OPEN';

  constructor() {
    super('这个案件的撤销正在表决。', {}, '请打开案件页，看这一轮表决。');
  }
}
