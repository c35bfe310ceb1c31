import { DomainError } from '../../kernel/domain-error.js';

export class RuleMotionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RULE_MOTION_NOT_FOUND';

  constructor() {
    super('没有找到这份修订提案。', {}, '请回到章程或者基金的页面再打开一次。');
  }
}

/** One question at a time: two new versions would each be told against a version that may be gone. */
export class RuleMotionPending extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RULE_MOTION_PENDING';

  constructor() {
    super('已经有一份修订提案正在表决。', {}, '请等这一轮表决结束，再提下一份。');
  }
}

/** What stands in the books is not what the ballots were for: nothing of it is adopted. */
export class RuleMotionAltered extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RULE_MOTION_ALTERED';

  constructor() {
    super('修订提案和付诸表决时不一样，不能通过。', {}, '请不要再录票，告诉系统管理员核对数据。');
  }
}

export class RuleTooSoon extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RULE_TOO_SOON';

  constructor(validFrom: string, earliest: string) {
    super(
      `生效日 ${validFrom} 太早：表决截止以后才能生效，最早是 ${earliest}。`,
      { validFrom, earliest },
      '请把生效日改到这一天或者以后。',
    );
  }
}

export class NothingChanges extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_CHANGES';

  constructor() {
    super('和现行版本一样，没有要修订的内容。', {}, '请先改要修订的那一项。');
  }
}
