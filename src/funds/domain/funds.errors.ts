import { DomainError } from '../../kernel/domain-error.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { RuleFault } from './rule.js';

export class FundNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'FUND_NOT_FOUND';

  constructor() {
    super('没有找到这个基金或项目。', {}, '请回到基金列表重新选择。');
  }
}

/** A society has its pool; funds are the federation's (Charity Law, art. 53 and 54). */
export class NotAFederation extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_A_FEDERATION';

  constructor() {
    super('只有慈善总会能设立基金和修改基金规则。', {}, '村社和联合社的钱在救急难池里，请到“资金”查看。');
  }
}

export class FundNameTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FUND_NAME_TAKEN';

  constructor() {
    super('已经有同名的基金或项目。', {}, '请换一个名称；名称印在票据和公示上，不能重名，也不能再改。');
  }
}

export class NothingBelowSubProject extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_BELOW_SUB_PROJECT';

  constructor() {
    super('子项目下面不能再设项目：最多三层。', {}, '请在上一层项目下新设子项目。');
  }
}

export class RuleNotAcceptable extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'RULE_NOT_ACCEPTABLE';

  constructor(readonly faults: readonly RuleFault[]) {
    super(
      `基金规则有 ${faults.length} 处自相矛盾或超出范围：${faults.map(({ words }) => words).join('；')}。`,
      { faults: faults.length, terms: faults.map(({ term }) => term).join(',') },
      '请对照管理办法改正后再交。',
    );
  }
}

export class RuleBackdated extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RULE_BACKDATED';

  constructor(validFrom: string, lastFrom: string) {
    super(
      `新规则的生效日 ${validFrom} 不晚于上一版的生效日 ${lastFrom}。`,
      { validFrom, lastFrom },
      '已经决定的个案仍按当时的规则；请填写更晚的生效日。',
    );
  }
}

export class RuleNotInForce extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RULE_NOT_IN_FORCE';

  constructor() {
    super('这一天还没有生效的基金规则。', {}, '请核对日期，或先登记当时生效的规则。');
  }
}

/** The cap of the household is used up or promised (D4-5). */
export class CapExhausted extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAP_EXHAUSTED';

  constructor(capFen: Fen, takenFen: Fen) {
    super(
      `这一户在本基金的最高救助额是 ${yuanText(capFen)} 元，已用和已留的合计 ${yuanText(takenFen)} 元，没有余下的额度。`,
      { capFen, takenFen },
      '可以建议申请其他基金或项目；有退回的款项到账后，额度会按退回的金额恢复。',
    );
  }
}

export class CapAlreadyHeld extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAP_ALREADY_HELD';

  constructor() {
    super('这一轮评审已经留过额度，同一轮只能留一次。', {}, '请查看这一轮的评审记录。');
  }
}

export class CapClaimNotHeld extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAP_CLAIM_NOT_HELD';

  constructor() {
    super('这一轮评审没有留着的额度，或者已经用掉、退掉了。', {}, '请查看这一轮的评审记录。');
  }
}

export class CapRestoredTooMuch extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CAP_RESTORED_TOO_MUCH';

  constructor(grantedFen: Fen, restoredFen: Fen) {
    super(
      `这笔救助是 ${yuanText(grantedFen)} 元，已经恢复了 ${yuanText(restoredFen)} 元的额度，不能再恢复这么多。`,
      { grantedFen, restoredFen },
      '请核对退回的金额；额度只按实际收到的金额恢复。',
    );
  }
}
