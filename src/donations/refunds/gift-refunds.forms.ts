import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { AmountFen, Choice, DayField, Many, OptionalText, Text } from '../../platform/web/fields.js';
import { REFUND_REASONS } from '../domain/refund.js';
import type { RefundReason } from '../domain/refund.js';
import type { RefundAsked, RefundDecision, RefundProof } from './gift-refunds.service.js';

/** What the accountant asks for; the giver's paper comes beside it. */
export class RefundForm {
  @Choice(REFUND_REASONS, '请选为什么退')
  readonly reason!: RefundReason;

  @AmountFen('请填写退多少，如 200')
  readonly amountFen!: number;

  @Text({ label: '怎么回事', min: 2, max: 120 })
  readonly words!: string;
}

export class RefundDecisionForm {
  @Choice(['yes', 'no'], '请选同意还是不同意')
  readonly decision!: 'yes' | 'no';

  @OptionalText({ label: '不同意的理由', max: 120 })
  readonly decisionWords?: string;
}

export class RefundPaymentForm {
  @DayField('退款日期')
  readonly paidOn!: string;

  @Text({ label: '银行流水号', max: 60 })
  readonly bankReference!: string;

  /** Other refunds of the same giver that the same transfer paid. */
  @Many('一起退的', { uuids: true })
  readonly togetherWith!: string[];

  /** What the bank slip says; asked for where the transfer paid several. */
  @AmountFen('请照银行回单填金额，如 200', { optional: true })
  readonly lineFen?: number;
}

export class RefundEndForm {
  @Text({ label: '为什么撤回', min: 2, max: 120 })
  readonly endWords!: string;
}

export function refundAsked(
  giftId: string,
  { reason, amountFen, words }: RefundForm,
  paper: Buffer | null,
): RefundAsked {
  return { giftId, reason, words, amountFen: fen(amountFen), paper };
}

export function refundDecision(
  refundId: string,
  { decision, decisionWords }: RefundDecisionForm,
): RefundDecision {
  return {
    refundId,
    approves: decision === 'yes',
    words: decision === 'no' ? (decisionWords ?? null) : null,
  };
}

export function refundProof(
  refundId: string,
  { paidOn, bankReference, togetherWith, lineFen }: RefundPaymentForm,
): RefundProof {
  return {
    ...{ refundId, paidOn: day(paidOn), bankReference: bankReference.trim(), togetherWith },
    lineFen: lineFen === undefined ? null : fen(lineFen),
  };
}
