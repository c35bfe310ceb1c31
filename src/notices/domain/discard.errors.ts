import { DomainError } from '../../kernel/domain-error.js';

const WORDS = {
  decision: [
    '这张公示是按决定拟的，决定了就要公示，不能收回。',
    '能收回的只有没签发的更正公告和重发的公示。内容有错的，先改登记。',
  ],
  'decided-anew': [
    '这张更正公告是异议成立以后告诉大家“这件事重新决定”的，不能收回。',
    '请理事长或副理事长照样签发。',
  ],
} as const;

/** The public is owed it, whatever the office would rather do. */
export class DraftNotToDiscard extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DRAFT_NOT_TO_DISCARD';

  constructor(readonly why: keyof typeof WORDS) {
    super(WORDS[why][0], { why }, WORDS[why][1]);
  }
}
