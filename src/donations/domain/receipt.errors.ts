import { DomainError } from '../../kernel/domain-error.js';

export class ReceiptNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RECEIPT_NOT_FOUND';

  constructor() {
    super('没有这张票据。', {}, '请从票据登记簿里打开。');
  }
}

export class ReceiptAlreadyIssued extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECEIPT_ALREADY_ISSUED';

  constructor() {
    super('这笔捐赠已经开过票据。', {}, '开错了的先红冲，再重开。');
  }
}

/** Nothing is due: it was waived already, or all of it went back to its giver. */
export class ReceiptNotDue extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECEIPT_NOT_DUE';

  constructor(words: string) {
    super(`这笔捐赠现在是“${words}”，不能这样办。`, { words }, '请打开这笔捐赠看现在的情况。');
  }
}

export class NothingLeftToReceipt extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_LEFT_TO_RECEIPT';

  constructor() {
    super('这笔捐赠已经全部退回，没有可以开票的金额。', {}, '不用再开票据。');
  }
}

export class RefundUnderWay extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REFUND_UNDER_WAY';

  constructor() {
    super('这笔捐赠正在办退款，现在还不能开票据。', {}, '退完以后，照余下的金额开；不退了的，先撤回退款。');
  }
}

export class ReceiptAlreadyReversed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECEIPT_ALREADY_REVERSED';

  constructor() {
    super('这张票据已经红冲过。', {}, '原来的号码不再使用；要开票请在捐赠页面重开。');
  }
}

export class RedIsFinal extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RED_IS_FINAL';

  constructor() {
    super('红字票据不能再红冲。', {}, '要重新开票，请在捐赠页面上开。');
  }
}

/** Whoever took cash in does not check the receipt for it where somebody else can. */
export class ReceiverReviews extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECEIVER_REVIEWS';

  constructor() {
    super(
      '这笔现金是您收的，票据要由另一位会计开：收款人和复核人不能是同一个人。',
      {},
      '请另一位会计来开这张票据。',
    );
  }
}

export class ThanksForReceipt extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'THANKS_FOR_RECEIPT';

  constructor() {
    super('这张票据已经红冲，不出感谢信。', {}, '重开票据以后，从新票据上打印。');
  }
}

export class RightsByFederation extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RIGHTS_BY_FEDERATION';

  constructor() {
    super('开什么票据由慈善总会登记，本社不能自己改。', {}, '请联系上级慈善总会。');
  }
}

export class NotOfThisFederation extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOT_OF_THIS_FEDERATION';

  constructor() {
    super('本总会下面没有这个社。', {}, '请从名单里选。');
  }
}

export class TicketCodeInvalid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'TICKET_CODE_INVALID';

  constructor() {
    super('票据代码应为 6 至 12 位数字。', {}, '请对照财政部门发的票据领用证填写。');
  }
}

export class FederationNeedsRight extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FEDERATION_NEEDS_RIGHT';

  constructor() {
    super('到那一天，总会自己还没有登记公益事业捐赠票据。', {}, '请先登记总会自己的票据代码。');
  }
}

export class FederationOfItself extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'FEDERATION_OF_ITSELF';

  constructor() {
    super('总会不能用“总会代开”，这是给下面的社用的。', {}, '请选“自己开”或者“内部收据”。');
  }
}

export class RightBeforeLast extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'RIGHT_BEFORE_LAST';

  constructor(last: string) {
    super(
      `起始日期不能早于上一次登记的 ${last}。`,
      { last },
      '登记过的不能改，只能从更晚或者同一天起换新的。',
    );
  }
}

export class StatementYearInvalid extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'STATEMENT_YEAR_INVALID';

  constructor() {
    super('没有这一年的捐赠清单。', {}, '年份填四位数字，不晚于今年。');
  }
}
