import { DomainError } from '../../kernel/domain-error.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { ReceiverDecision } from './recovery-rules.js';

export class RecoveryNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RECOVERY_NOT_FOUND';

  constructor() {
    super('没有这笔追回。', {}, '请从案件页打开。');
  }
}

export class AlreadyDemanded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_DEMANDED';

  constructor() {
    super('这笔钱已经在追回，一笔打款只追一次。', {}, '请打开已有的追回页。');
  }
}

export class DemandOverPaid extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DEMAND_OVER_PAID';

  constructor(demandedFen: Fen, paidFen: Fen) {
    super(
      `要追回 ${yuanText(demandedFen)} 元，当初只打了 ${yuanText(paidFen)} 元。`,
      { demandedFen, paidFen },
      `请把要追回的金额改到 ${yuanText(paidFen)} 元以内。`,
    );
  }
}

/** Nothing is owed any more: all of it is back, or the rest was written off. */
export class RecoveryOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECOVERY_OVER';

  constructor() {
    super('这笔追回已经了结，不再欠钱。', {}, '多收的钱请原路退还；记错了请联系会计。');
  }
}

/** Nobody pays back more than is owed: what is more is no recovery of this grant. */
export class InstalmentOverOutstanding extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INSTALMENT_OVER_OUTSTANDING';

  constructor(amountFen: Fen, outstandingFen: Fen) {
    super(
      `这次还 ${yuanText(amountFen)} 元，现在只欠 ${yuanText(outstandingFen)} 元。`,
      { amountFen, outstandingFen },
      `请核对到账金额；多收的部分请原路退还，这里最多记 ${yuanText(outstandingFen)} 元。`,
    );
  }
}

const RECEIVER_REFUSALS: Readonly<
  Record<Exclude<ReceiverDecision, 'may-receive'>, readonly [code: string, message: string]>
> = {
  debtor: ['DEBTOR_CANNOT_RECEIVE', '这笔钱是您自己要退的，不能由您自己记还款。'],
  accountant: ['ACCOUNTANT_CANNOT_RECEIVE', '会计记账，不能收款。'],
  'not-cashier': ['CASHIER_ONLY', '只有在任的出纳才能记还款。'],
};

/** 会计法 25, 35: whoever takes the money keeps no books. */
export class MayNotReceive extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code: string;

  constructor(reason: Exclude<ReceiverDecision, 'may-receive'>) {
    const [code, message] = RECEIVER_REFUSALS[reason];
    super(message, {}, '请本社另外一位在任的出纳来办。');
    this.code = code;
  }
}
