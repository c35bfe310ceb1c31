import { fen } from '../kernel/fen.js';
import { AmountFen, InstantField, OptionalText } from '../platform/web/fields.js';
import type { InstalmentTyped } from './recoveries.service.js';

/** Money that came back, as the cashier reads it off the bank's slip. */
export class InstalmentForm {
  @AmountFen('请填写还了多少，如 500')
  readonly amountFen!: number;

  @InstantField('收到时间', { optional: true })
  readonly receivedAt?: Date;

  @OptionalText({ label: '流水号', max: 60 })
  readonly bankReference?: string;
}

export function instalmentTyped(
  recoveryId: string,
  { amountFen, receivedAt, bankReference }: InstalmentForm,
  photo: Buffer | null,
): InstalmentTyped {
  return { recoveryId, amountFen: fen(amountFen), receivedAt, bankReference, photo };
}
