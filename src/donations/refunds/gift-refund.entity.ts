import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import { UseChange } from '../change-of-use/change-of-use.entity.js';
import type { RefundReason, RefundState } from '../domain/refund.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/**
 * One transfer at the bank, which paid one refund or several of one giver: its amount is their sum. Append-only, written
 * with the payment.
 */
@Entity('gift_refund_lines')
@Unique('uq_gift_refund_lines_bank', ['societyId', 'bankReference'])
@Check('ck_gift_refund_lines_amount', 'amount_fen > 0')
export class GiftRefundLine {
  @KeyColumn('pk_gift_refund_lines')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_gift_refund_lines_society', ...NO_ACTION })
  readonly societyId!: string;

  @WordColumn('bank_reference', 60)
  readonly bankReference!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @DayColumn('paid_on')
  readonly paidOn!: Day;

  @OptionalIdColumn('paid_by')
  readonly paidBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

/** That so much of what is left of a gift goes back to its giver, from the asking to the bank. */
@Entity('gift_refunds')
@Unique('uq_gift_refunds_open', ['openKey'])
@Index('ix_gift_refunds_society', ['societyId', 'askedAt'])
@Index('ix_gift_refunds_line', ['lineId'])
@Check('ck_gift_refunds_amount', 'amount_fen > 0')
@Check('ck_gift_refunds_reason', `reason IN ('WRONG_TRANSFER', 'ILLEGAL_CONDITION', 'PURPOSE_FAILED')`)
@Check('ck_gift_refunds_state', `state IN ('ASKED', 'APPROVED', 'PAID', 'REFUSED', 'CALLED_OFF')`)
@Check('ck_gift_refunds_open', `(state IN ('ASKED', 'APPROVED')) = (open_key IS NOT NULL)`)
@Check('ck_gift_refunds_ended', `(state IN ('ASKED', 'APPROVED')) = (ended_at IS NULL)`)
@Check(
  'ck_gift_refunds_decided',
  `(decided_at IS NOT NULL OR state IN ('ASKED', 'CALLED_OFF')) AND (decided_at IS NULL OR state <> 'ASKED')`,
)
@Check('ck_gift_refunds_paid', `(state = 'PAID') = (line_id IS NOT NULL)`)
@Check(
  'ck_gift_refunds_agreed',
  `reason <> 'PURPOSE_FAILED' OR paper_file_id IS NOT NULL OR change_id IS NOT NULL`,
)
export class GiftRefund {
  @KeyColumn('pk_gift_refunds')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_gift_refunds_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_gift_refunds_gift', ...NO_ACTION })
  readonly giftId!: string;

  /** The change of use to which the giver said: return it. Null where the accountant asked. */
  @OptionalIdColumn('change_id')
  @ForeignKey(() => UseChange, { name: 'fk_gift_refunds_change', ...NO_ACTION })
  readonly changeId!: string | null;

  @WordColumn('reason', 20)
  readonly reason!: RefundReason;

  /** What happened, for those who decide. Never in public. */
  @WordColumn('words', 120)
  readonly words!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** The giver's written agreement. */
  @OptionalIdColumn('paper_file_id')
  readonly paperFileId!: string | null;

  @WordColumn('state', 10)
  readonly state!: RefundState;

  @OptionalIdColumn('asked_by')
  readonly askedBy!: string | null;

  @InstantColumn('asked_at')
  readonly askedAt!: Date;

  /** Null where the board decided it, with the change of use. */
  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  /** Why it was refused, or called off. */
  @OptionalWordColumn('decision_words', 120)
  readonly decisionWords!: string | null;

  /** The transfer that it was paid by. */
  @OptionalIdColumn('line_id')
  @ForeignKey(() => GiftRefundLine, { name: 'fk_gift_refunds_line', ...NO_ACTION })
  readonly lineId!: string | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** The gift while a refund of it is open; for one that a change of use brought, its own id. */
  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;

  @CountColumn('version')
  readonly version!: number;
}

/** So much of the refund is of this lot: held back from the approval to the payment. */
@Entity('gift_refund_parts')
@Unique('uq_gift_refund_parts_lot', ['refundId', 'lotId'])
@Index('ix_gift_refund_parts_lot', ['lotId'])
@Check('ck_gift_refund_parts_amount', 'amount_fen > 0')
export class GiftRefundPart {
  @KeyColumn('pk_gift_refund_parts')
  readonly id!: string;

  @IdColumn('refund_id')
  @ForeignKey(() => GiftRefund, { name: 'fk_gift_refund_parts_refund', ...NO_ACTION })
  readonly refundId!: string;

  @IdColumn('lot_id')
  @ForeignKey('lots', { name: 'fk_gift_refund_parts_lot', ...NO_ACTION })
  readonly lotId!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** Null until the money is out. */
  @OptionalIdColumn('voucher_id')
  @ForeignKey('vouchers', { name: 'fk_gift_refund_parts_voucher', ...NO_ACTION })
  readonly voucherId!: string | null;
}
