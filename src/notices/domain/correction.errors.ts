import { DomainError } from '../../kernel/domain-error.js';

const NOT_TO_CORRECT = {
  draft: ['这张公示还没有签发，不用更正。', '请在签发以前改登记，或者收回重拟。'],
  'taken-down': ['这张公示已经撤下，不能更正。', '请重发一张。'],
  expired: ['这张公示的内容已到期撤下，更正会把它再公开一遍，不能更正。', '有错的地方记在案卷里，不再公开。'],
  correction: ['更正公告自己不再更正。', '请到最初被更正的那张公示上再发一张更正公告。'],
} as const;

export class NotToCorrect extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_NOT_TO_CORRECT';

  constructor(readonly why: keyof typeof NOT_TO_CORRECT) {
    super(NOT_TO_CORRECT[why][0], { why }, NOT_TO_CORRECT[why][1]);
  }
}

/** A correction only says what the register says: so the register is put right first. */
export class NothingToCorrect extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_CORRECT';

  constructor() {
    super(
      '公示上的内容和现在的登记一样，没有可以更正的地方。',
      {},
      '请先改名册或者改登记，再来更正。金额或者决定错了的，要请理事会重新决定。',
    );
  }
}

/** A correction quotes both versions, and would print the name again that nobody may read any more. */
export class NameNotToQuote extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NAME_NOT_TO_QUOTE';

  constructor() {
    super(
      '本人已经不同意公开，这张公示上还有姓名；更正公告会把姓名再登一遍，不能用更正的办法。',
      {},
      '请撤下这张公示，再按案号重发。',
    );
  }
}

export class NotCorrected extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOTICE_NOT_CORRECTED';

  constructor() {
    super('这张公示没有更正过，没有两版可以对照。');
  }
}
