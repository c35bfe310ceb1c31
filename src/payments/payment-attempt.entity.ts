import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { AttemptOutcome, BankReason } from './domain/order-state.js';
import { PaymentOrderRow } from './payment-order.entity.js';

/** What became of one try to pay an order. Append-only: a transfer that the bank sends back is a second line of its try. */
@Entity('payment_attempts')
@Unique('uq_payment_attempts_outcome', ['orderId', 'number', 'outcome'])
@Unique('uq_payment_attempts_reference', ['societyId', 'outcome', 'bankReference'])
@Unique('uq_payment_attempts_voucher', ['voucherId'])
@Check('ck_payment_attempts_number', 'number > 0')
@Check('ck_payment_attempts_outcome', `outcome IN ('FAILED', 'PAID', 'RETURNED')`)
@Check('ck_payment_attempts_booked', `(outcome = 'FAILED') = (voucher_id IS NULL)`)
@Check('ck_payment_attempts_photo', `outcome = 'FAILED' OR photo_file_id IS NOT NULL`)
@Check(
  'ck_payment_attempts_reason',
  `(outcome = 'PAID') = (reason IS NULL) AND (reason IS NULL OR reason IN ('NAME_MISMATCH', 'WRONG_ACCOUNT', 'BANK_REFUSED', 'OTHER'))`,
)
export class PaymentAttempt {
  @KeyColumn('pk_payment_attempts')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('order_id')
  @ForeignKey(() => PaymentOrderRow, {
    name: 'fk_payment_attempts_order',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly orderId!: string;

  @CountColumn('number')
  readonly number!: number;

  @WordColumn('outcome', 8)
  readonly outcome!: AttemptOutcome;

  /** When the money left, was refused, or came back. */
  @InstantColumn('at')
  readonly at!: Date;

  @OptionalWordColumn('reason', 14)
  readonly reason!: BankReason | null;

  @OptionalWordColumn('note', 120)
  readonly note!: string | null;

  @OptionalWordColumn('bank_reference', 60)
  readonly bankReference!: string | null;

  @OptionalIdColumn('photo_file_id')
  @ForeignKey('stored_files', {
    name: 'fk_payment_attempts_photo',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly photoFileId!: string | null;

  @OptionalIdColumn('voucher_id')
  @ForeignKey('vouchers', {
    name: 'fk_payment_attempts_voucher',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly voucherId!: string | null;

  @IdColumn('recorded_by')
  readonly recordedBy!: string;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}
