import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalCountColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { OrderState } from './domain/order-state.js';
import type { PayeeKind } from './domain/payee.js';

export type PayMethod = 'CARD' | 'CASH';

/**
 * What the board has decided to pay, to whom and how: carried out once, by the cashier. What it holds of the payment is
 * the one that stands now; each try and each return is kept beside it.
 */
@Entity('payment_orders')
@Unique('uq_payment_orders_open', ['openKey'])
@Unique('uq_payment_orders_purpose', ['purpose'])
@Unique('uq_payment_orders_voucher', ['voucherId'])
@Index('ix_payment_orders_subject', ['subjectKind', 'subjectId'])
@Index('ix_payment_orders_thread', ['threadId'])
@Index('ix_payment_orders_society', ['societyId', 'state', 'orderedAt'])
@Check('ck_payment_orders_amount', 'amount_fen > 0')
@Check('ck_payment_orders_state', `state IN ('TO_APPROVE', 'TO_PAY', 'PAID', 'CANCELLED')`)
@Check('ck_payment_orders_method', `method IN ('CARD', 'CASH')`)
@Check('ck_payment_orders_account', `method = 'CASH' OR payee_account_id IS NOT NULL`)
@Check('ck_payment_orders_payee_kind', `payee_kind IN ('PERSON', 'INSTITUTION')`)
@Check(
  'ck_payment_orders_institution',
  `payee_kind = 'PERSON' OR (method = 'CARD' AND payee_account_id = payee_id)`,
)
@Check('ck_payment_orders_approver', 'approver_id <> payee_id')
@Check(
  'ck_payment_orders_approved',
  `(approver_id IS NULL) = (approved_at IS NULL) AND (state = 'CANCELLED' OR (state = 'TO_APPROVE') = (approver_id IS NULL))`,
)
@Check(
  'ck_payment_orders_cancelled',
  `(state = 'CANCELLED') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL) AND (state = 'CANCELLED') = (open_key IS NULL)`,
)
@Check('ck_payment_orders_attempts', `attempts >= 0 AND (state <> 'PAID' OR attempts > 0)`)
@Check(
  'ck_payment_orders_cashier',
  'cashier_id IS NULL OR (cashier_id <> approver_id AND cashier_id <> payee_id)',
)
@Check(
  'ck_payment_orders_paid',
  `(state = 'PAID') = (paid_at IS NOT NULL AND cashier_id IS NOT NULL AND photo_file_id IS NOT NULL AND voucher_id IS NOT NULL)`,
)
@Check(
  'ck_payment_orders_witnesses',
  `state <> 'PAID' OR method = 'CARD' OR (witness_one_id IS NOT NULL AND witness_two_id IS NOT NULL AND witness_one_id <> witness_two_id)`,
)
export class PaymentOrderRow {
  @KeyColumn('pk_payment_orders')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('subject_kind', 20)
  readonly subjectKind!: string;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  @IdColumn('thread_id')
  readonly threadId!: string;

  /** The reservation that it spends. */
  @WordColumn('purpose', 80)
  readonly purpose!: string;

  @WordColumn('case_number', 40)
  readonly caseNumber!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @WordColumn('method', 8)
  readonly method!: PayMethod;

  /** An institution has one account and is named by it: both ids of the payee are then its own. */
  @WordColumn('payee_kind', 11)
  readonly payeeKind!: PayeeKind;

  @IdColumn('payee_id')
  readonly payeeId!: string;

  @WordColumn('payee_name', 100)
  readonly payeeName!: string;

  @OptionalIdColumn('payee_account_id')
  readonly payeeAccountId!: string | null;

  /** The chair or deputy who signed the sheet, or approved it here: a ballot is no approval (domain.md 1.8). */
  @OptionalIdColumn('approver_id')
  readonly approverId!: string | null;

  @OptionalInstantColumn('approved_at')
  readonly approvedAt!: Date | null;

  @InstantColumn('ordered_at')
  readonly orderedAt!: Date;

  @WordColumn('state', 10)
  readonly state!: OrderState;

  @CountColumn('version')
  readonly version!: number;

  /** How often it was tried, the one that stands included. */
  @CountColumn('attempts')
  readonly attempts!: number;

  /** Kind and id of the subject until the order is called off: unique, so that one thing has one order. */
  @OptionalWordColumn('open_key', 60)
  readonly openKey!: string | null;

  @OptionalInstantColumn('cancelled_at')
  readonly cancelledAt!: Date | null;

  /** Few words for the file; no name. */
  @OptionalWordColumn('cancel_reason', 60)
  readonly cancelReason!: string | null;

  /** When the money left the account or changed hands. */
  @OptionalInstantColumn('paid_at')
  readonly paidAt!: Date | null;

  @OptionalInstantColumn('recorded_at')
  readonly recordedAt!: Date | null;

  @OptionalIdColumn('cashier_id')
  readonly cashierId!: string | null;

  @OptionalWordColumn('bank_reference', 60)
  readonly bankReference!: string | null;

  /** The transfer slip, or the slip that payee and witnesses signed. */
  @OptionalIdColumn('photo_file_id')
  @ForeignKey('stored_files', {
    name: 'fk_payment_orders_photo',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly photoFileId!: string | null;

  @OptionalIdColumn('witness_one_id')
  readonly witnessOneId!: string | null;

  @OptionalIdColumn('witness_two_id')
  readonly witnessTwoId!: string | null;

  @OptionalIdColumn('voucher_id')
  @ForeignKey('vouchers', {
    name: 'fk_payment_orders_voucher',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly voucherId!: string | null;

  @OptionalCountColumn('voucher_number')
  readonly voucherNumber!: number | null;
}
