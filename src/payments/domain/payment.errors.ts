import { DomainError } from '../../kernel/domain-error.js';
import type { PaidAtFault, PayerDecision, WitnessFault } from './payment-rules.js';

export class PaymentOrderNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PAYMENT_ORDER_NOT_FOUND';

  constructor() {
    super('没有这张付款单。', {}, '请从案件页打开。');
  }
}

export class PaymentAlreadyOrdered extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYMENT_ALREADY_ORDERED';

  constructor() {
    super('这件事已经有付款单，一件事只付一次。', {}, '请打开已有的付款单。');
  }
}

/** Whoever comes second: the money has left once, and nothing more happens. */
export class AlreadyPaid extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_PAID';

  constructor() {
    super('这笔钱已经记过打款，一张付款单只付一次。', {}, '请打开案件页，看打款时间和凭证号。');
  }
}

const PAYER_REFUSALS: Readonly<
  Record<Exclude<PayerDecision, 'may-pay'>, readonly [code: string, message: string]>
> = {
  approver: ['APPROVER_CANNOT_PAY', '这笔钱是您批的，批的人不能再付款。'],
  payee: ['PAYEE_CANNOT_PAY', '这笔钱是付给您本人的，收款人不能自己付款。'],
  accountant: ['ACCOUNTANT_CANNOT_PAY', '会计记账，不能付款。'],
  'not-cashier': ['CASHIER_ONLY', '只有在任的出纳才能记打款。'],
};

/** 会计法 25, 35: the code and the words follow from the reason. */
export class MayNotPay extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code: string;

  constructor(reason: Exclude<PayerDecision, 'may-pay'>) {
    const [code, message] = PAYER_REFUSALS[reason];
    super(message, {}, '请本社另外一位在任的出纳来办；没有出纳，请理事会先任命。');
    this.code = code;
  }
}

export class ApproverIsPayee extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'APPROVER_IS_PAYEE';

  constructor() {
    super('批款人和收款人是同一个人，不能自己批给自己。', {}, '请由另一位正副理事长主持表决。');
  }
}

export class PayeeAccountNeeded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYEE_ACCOUNT_NEEDED';

  constructor() {
    super(
      '转账要有收款卡，付款单上没有。',
      {},
      '请先登记收款人的社保卡或银行卡，或改为现金（要 2 名见证人）。',
    );
  }
}

export class PayeeAccountNotTheirs extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYEE_ACCOUNT_NOT_THEIRS';

  constructor() {
    super('这张卡不是收款人本人或监护人的，不能打到别人卡上。', {}, '请登记收款人本人或监护人的卡。');
  }
}

export class MethodNotOrdered extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'METHOD_NOT_ORDERED';

  constructor(ordered: 'CARD' | 'CASH') {
    super(
      ordered === 'CARD' ? '批的是转账到卡，不能改付现金。' : '批的是现金，不能改为转账。',
      {},
      '请按批准的方式付款。',
    );
  }
}

const WITNESS_MESSAGES: Readonly<Record<WitnessFault, string>> = {
  'two-needed': '付现金要 2 名见证人。',
  same: '2 名见证人不能是同一个人。',
  cashier: '付钱的出纳不能当见证人。',
  payee: '收款人不能当见证人。',
};

/** D4-48: cash to a person without a card. */
export class WitnessesNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WITNESSES_NEEDED';

  constructor(readonly fault: WitnessFault) {
    super(WITNESS_MESSAGES[fault], { needed: 2 }, '请另选 2 名在场的见证人，并在签收单上签字。');
  }
}

export class PhotoNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PHOTO_NEEDED';

  constructor(method: 'CARD' | 'CASH') {
    super(
      method === 'CARD' ? '还没有转账凭证的照片。' : '还没有签收单的照片。',
      {},
      '请拍一张清楚的照片再交（JPG 或 PNG）。',
    );
  }
}

const PAID_AT_MESSAGES: Readonly<Record<PaidAtFault, string>> = {
  future: '打款时间不能晚于现在。',
  'before-approval': '打款时间不能早于表决通过的时间。',
};

export class PaidAtWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PAID_AT_WRONG';

  constructor(fault: PaidAtFault) {
    super(PAID_AT_MESSAGES[fault], {}, '请照转账凭证或签收单上的时间填写。');
  }
}

export class BankReferenceUsed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BANK_REFERENCE_USED';

  constructor() {
    super('这个银行流水号已经记在另一笔打款上，一个流水号只能用一次。', {}, '请核对转账凭证上的流水号。');
  }
}
