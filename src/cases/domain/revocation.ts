import { DomainError } from '../../kernel/domain-error.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

/** The applicant is heard before the board decides; who does not come was offered to be. */
export const HEARINGS = ['HEARD', 'WRITTEN', 'DECLINED'] as const;
export type Hearing = (typeof HEARINGS)[number];

export const HEARING_WORDS: Readonly<Record<Hearing, string>> = {
  HEARD: '当面听了申请人的说明',
  WRITTEN: '申请人交了书面说明',
  DECLINED: '通知了申请人，本人放弃说明',
};

/**
 * What comes back: all of the grant, or what is more than the new amount (domain.md 2.1). Nobody is left as much as was
 * paid, and a grant is made larger by another case.
 */
export function demandedOf(grantedFen: Fen, keptFen: Fen): Fen {
  if (keptFen < 0 || keptFen >= grantedFen) throw new KeptNotLess(keptFen, grantedFen);
  return fen(grantedFen - keptFen);
}

export class KeptNotLess extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'KEPT_NOT_LESS';

  constructor(keptFen: Fen, grantedFen: Fen) {
    super(
      `变更以后的金额 ${yuanText(keptFen)} 元，没有比当初发的 ${yuanText(grantedFen)} 元少。`,
      { keptFen, grantedFen },
      '变更只能改少；要全部撤销的，这一格空着。发少了要补的，另外登记一件。',
    );
  }
}

export class RevocationAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVOCATION_ALREADY_OPEN';

  constructor() {
    super('这个案件的撤销正在表决。', {}, '请打开案件页，看这一轮表决。');
  }
}
