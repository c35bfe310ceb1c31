import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

/** A pledge, unknown money, a fee, goods: nothing of it pays for the house this way. */
export class NothingToManage extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_MANAGE';

  constructor() {
    super('这一笔不是收到的捐款，不能付管理费用。', {}, '认捐、会费、物资和待认领的来款都不行。');
  }
}

export class TermsAlreadyThere extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MANAGEMENT_TERMS_THERE';

  constructor() {
    super('这笔捐赠的管理费用已经约定过了。', {}, '约定定了不再改；没有同意的，可以重新记。');
  }
}

/** Charity Law, art. 24: what the plan of a campaign says of its costs binds whoever raised by it. */
export class ManagementOverPlan extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'MANAGEMENT_OVER_PLAN';

  constructor(planPercent: number) {
    super(
      planPercent === 0
        ? '这笔钱是募捐来的，募捐方案里写了不提管理费用。'
        : `这笔钱是募捐来的，募捐方案里写的管理费用最多 ${planPercent}%。`,
      { planPercent },
      '请照募捐方案填，或者用别的钱付。',
    );
  }
}

export class TermsNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'MANAGEMENT_TERMS_NOT_FOUND';

  constructor() {
    super('这笔捐赠没有等着同意的约定。', {}, '请打开这笔捐赠，看管理费用现在的情况。');
  }
}

/** Charity Law, art. 61: what was given for a purpose pays for the house only where its giver agreed in writing. */
export class ManagementNotAgreed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MANAGEMENT_NOT_AGREED';

  constructor() {
    super(
      '捐赠人没有书面同意从这笔捐赠付管理费用，一分也不能付。',
      {},
      '有书面约定的，先记约定，请理事长同意；没有的，用别的钱付。',
    );
  }
}

export class ManagementOverShare extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MANAGEMENT_OVER_SHARE';

  constructor(of: { readonly sharePercent: number; readonly mostFen: Fen; readonly leftFen: Fen }) {
    const { sharePercent, mostFen, leftFen } = of;
    super(
      `约定最多付 ${sharePercent}%，就是 ${yuanText(mostFen)} 元，还能付 ${yuanText(leftFen)} 元。`,
      of,
      '超过的部分请用别的钱付。',
    );
  }
}

export class ManagementOverUnspent extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MANAGEMENT_OVER_UNSPENT';

  constructor(freeFen: Fen) {
    super(
      `这笔捐赠还能动用的只有 ${yuanText(freeFen)} 元：用掉、冻结和留给案件的不能再用。`,
      { freeFen },
      '请少付一些，或者用别的钱付。',
    );
  }
}

export class ManagementPaidOnWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'MANAGEMENT_PAID_ON_WRONG';

  constructor(from: Day, until: Day) {
    super(
      `付款日期要在 ${dayWords(from)}到 ${dayWords(until)}之间。`,
      { from, until },
      '约定同意以前不能付，今天以后的也不能先记。照银行回单填。',
    );
  }
}

export class ManagementLineTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MANAGEMENT_LINE_TAKEN';

  constructor() {
    super('这条银行流水已经记过一笔管理费用。', {}, '请照银行回单核对流水号。');
  }
}

/** 会计法 37: whoever wrote the agreement down does not say that it holds. */
export class TermsBySameHands extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SAME_HANDS';

  constructor() {
    super('这个约定是您记的，不能自己同意。', { what: 'ASKED' }, '请另一位理事长或副理事长来看。');
  }
}
