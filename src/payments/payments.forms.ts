import { InstantField, OptionalChoice, OptionalText, OptionalUuid } from '../platform/web/fields.js';
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
