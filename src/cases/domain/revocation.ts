import { DomainError } from '../../kernel/domain-error.js';

/** The applicant is heard before the board decides; who does not come was offered to be. */
export const HEARINGS = ['HEARD', 'WRITTEN', 'DECLINED'] as const;
export type Hearing = (typeof HEARINGS)[number];

export const HEARING_WORDS: Readonly<Record<Hearing, string>> = {
  HEARD: '当面听了申请人的说明',
  WRITTEN: '申请人交了书面说明',
  DECLINED: '通知了申请人，本人放弃说明',
};

export class RevocationAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVOCATION_ALREADY_OPEN';

  constructor() {
    super('这个案件的撤销正在表决。', {}, '请打开案件页，看这一轮表决。');
  }
}
