import { DomainError } from '../../kernel/domain-error.js';
import type { OrderState } from './order-state.js';
import type { ApproverDecision, MomentFault, PayerDecision, WitnessFault } from './payment-rules.js';

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

/** Called off before it was paid: withdrawn, amended, or its payee died. */
export class OrderCancelled extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ORDER_CANCELLED';

  constructor() {
    super('这张付款单已经取消，不能再办。', {}, '请打开案件页，看取消的原因。');
  }
}

export class NotApprovedYet extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ORDER_NOT_APPROVED';

  constructor() {
    super('这张付款单还没有人同意付款。', {}, '请理事长或副理事长先在付款单上同意付款。');
  }
}

export class AlreadyApproved extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_APPROVED';

  constructor() {
    super('这张付款单已经有人同意付款，不用再批。', {}, '请等出纳打款。');
  }
}

/** What is not out cannot come back: it was not paid, or has come back already. */
export class PaymentNotOut extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYMENT_NOT_OUT';

  constructor() {
    super('这张付款单现在没有打出去的钱：还没打，或者已经退回。', {}, '请打开付款单，看打款经过。');
  }
}

/** Two write down the same answer of the bank, each on a phone of their own. */
export class RefusalKnown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REFUSAL_KNOWN';

  constructor() {
    super(
      '这次没打成功已经记过了。',
      {},
      '请打开付款单，看打款经过。若是又一次没打成功，请照凭证填它的时间。',
    );
  }
}

/** Somebody changed it between the look and the press: another account, another try. */
export class OrderChanged extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ORDER_CHANGED';

  constructor() {
    super('这张付款单刚刚改过。', {}, '请重新打开付款单，核对以后再办。');
  }
}

/** Why an order that should be in one state cannot be acted on in another. */
export function refusalOf(wanted: OrderState, found: OrderState): DomainError {
  if (wanted === found) return new OrderChanged();
  if (found === 'CANCELLED') return new OrderCancelled();
  if (wanted === 'TO_APPROVE') return new AlreadyApproved();
  if (wanted === 'PAID') return new PaymentNotOut();
  return found === 'PAID' ? new AlreadyPaid() : new NotApprovedYet();
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

const APPROVER_REFUSALS: Readonly<
  Record<Exclude<ApproverDecision, 'may-approve'>, readonly [code: string, message: string]>
> = {
  payee: ['PAYEE_CANNOT_APPROVE', '这笔钱是付给您本人的，自己不能批。'],
  cashier: ['CASHIER_CANNOT_APPROVE', '您是出纳，付钱的人不能批。'],
  'not-chair': ['CHAIR_ONLY', '只有在任的理事长或副理事长才能同意付款。'],
};

/** domain.md 1.8: a ballot is no approval. */
export class MayNotApprove extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code: string;

  constructor(reason: Exclude<ApproverDecision, 'may-approve'>) {
    const [code, message] = APPROVER_REFUSALS[reason];
    super(message, {}, '请另一位在任的理事长或副理事长来批。');
    this.code = code;
  }
}

/** The register ties this person to whom it is paid for, in the words of the subject. */
export class TiedToSubject extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code: 'MAY_NOT_PAY' | 'MAY_NOT_APPROVE';

  constructor(act: 'pay' | 'approve', words: string) {
    super(words, {}, act === 'pay' ? '请本社另一位出纳来办。' : '请另一位在任的理事长或副理事长来批。');
    this.code = act === 'pay' ? 'MAY_NOT_PAY' : 'MAY_NOT_APPROVE';
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

/** The moments that a cashier writes down, by the name of their field. */
const MOMENTS = {
  paidAt: ['PAID_AT_WRONG', '打款时间', '同意付款的时间'],
  failedAt: ['FAILED_AT_WRONG', '没打成功的时间', '同意付款的时间'],
  returnedAt: ['RETURNED_AT_WRONG', '退回时间', '打款时间'],
  receivedAt: ['RECEIVED_AT_WRONG', '收到时间', '要求退款的时间'],
} as const;
export type Moment = keyof typeof MOMENTS;

export class MomentWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code: string;

  constructor(
    readonly field: Moment,
    fault: MomentFault,
  ) {
    const [code, label, after] = MOMENTS[field];
    super(
      fault === 'future' ? `${label}不能晚于现在。` : `${label}不能早于${after}。`,
      {},
      '请照凭证上的时间填写。',
    );
    this.code = code;
  }
}

export class BankReferenceUsed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BANK_REFERENCE_USED';

  constructor() {
    super('这个银行流水号已经记在另一笔上，一个流水号只能用一次。', {}, '请核对银行凭证上的流水号。');
  }
}

/** Cash that changed hands before two witnesses comes back from no bank. */
export class NotATransfer extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_A_TRANSFER';

  constructor() {
    super(
      '这张付款单付的是现金，没有银行退回这回事。',
      {},
      '现金还没付的，改好以后照常付；付错了的，请按追回来办。',
    );
  }
}

export class BankNoteNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'BANK_NOTE_NEEDED';

  constructor() {
    super('选了“其他”，要写清楚是什么原因。', {}, '请写一句，不要写人名和卡号。');
  }
}

/** Whoever is asked to give it back by hand cannot have it come back by the bank too. */
export class RecoveryUnderway extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECOVERY_UNDERWAY';

  constructor() {
    super('这笔钱正在追回，不能再记银行退回。', {}, '钱到账的，请在追回页记还款。');
  }
}
