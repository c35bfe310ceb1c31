import { Choice, InstantField, OptionalChoice, OptionalText, OptionalUuid } from '../platform/web/fields.js';
import type { BankRefusal, BankReturn } from './bank-answers.service.js';
import { BANK_REASON_CODES } from './domain/order-state.js';
import type { BankReason } from './domain/order-state.js';
import type { PaymentProof } from './payments.service.js';

/** What the cashier says of a payment, besides the photo. Everything but the photo has a usual answer. */
export class PaymentForm {
  @OptionalChoice(['CARD', 'CASH'], '请选择付款方式')
  readonly method?: 'CARD' | 'CASH';

  @InstantField('打款时间', { optional: true })
  readonly paidAt?: Date;

  @OptionalText({ label: '流水号', max: 60 })
  readonly bankReference?: string;

  @OptionalUuid('请从名单里选一位见证人')
  readonly witnessOne?: string;

  @OptionalUuid('请从名单里选一位见证人')
  readonly witnessTwo?: string;
}

export function proofOf(orderId: string, form: PaymentForm, photo: Buffer | null): PaymentProof {
  const { method, paidAt, bankReference, witnessOne, witnessTwo } = form;
  return { orderId, method, paidAt, bankReference, photo, witnesses: [witnessOne, witnessTwo] };
}

/** The bank refused the transfer, and nothing left. */
export class BankRefusalForm {
  @Choice(BANK_REASON_CODES, '请选择银行说的原因')
  readonly reason!: BankReason;

  @OptionalText({ label: '说明', max: 120 })
  readonly note?: string;

  @InstantField('没打成功的时间', { optional: true })
  readonly failedAt?: Date;
}

export function refusalTyped(orderId: string, { reason, note, failedAt }: BankRefusalForm): BankRefusal {
  return { orderId, reason, note, failedAt };
}

/** The bank sent back what had left; its line on the statement is in the photo. */
export class BankReturnForm {
  @Choice(BANK_REASON_CODES, '请选择银行说的原因')
  readonly reason!: BankReason;

  @OptionalText({ label: '说明', max: 120 })
  readonly note?: string;

  @InstantField('退回时间', { optional: true })
  readonly returnedAt?: Date;

  @OptionalText({ label: '流水号', max: 60 })
  readonly bankReference?: string;
}

export function returnTyped(orderId: string, form: BankReturnForm, photo: Buffer | null): BankReturn {
  const { reason, note, returnedAt, bankReference } = form;
  return { orderId, reason, note, returnedAt, bankReference, photo };
}
