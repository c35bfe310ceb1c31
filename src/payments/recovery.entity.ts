import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { RecoveryState } from './domain/recovery-rules.js';
import { PaymentOrderRow } from './payment-order.entity.js';

/**
 * Money that was paid and is owed back: demanded once, paid back in parts, the rest written off or nothing. What comes in
 * after it was written off is counted apart, so that the decision keeps its figures.
 */
@Entity('recoveries')
@Unique('uq_recoveries_order', ['orderId'])
@Unique('uq_recoveries_voucher', ['voucherId'])
@Unique('uq_recoveries_write_off', ['writeOffVoucherId'])
@Index('ix_recoveries_subject', ['subjectKind', 'subjectId'])
@Index('ix_recoveries_society', ['societyId', 'state'])
@Check('ck_recoveries_demanded', 'demanded_fen > 0')
@Check('ck_recoveries_parts', 'recovered_fen >= 0 AND written_off_fen >= 0')
@Check('ck_recoveries_late', 'recovered_late_fen >= 0 AND recovered_late_fen <= written_off_fen')
@Check('ck_recoveries_within', 'recovered_fen + written_off_fen <= demanded_fen')
@Check('ck_recoveries_state', `state IN ('OPEN', 'RECOVERED', 'WRITTEN_OFF')`)
@Check('ck_recoveries_over', `(state = 'OPEN') = (recovered_fen + written_off_fen < demanded_fen)`)
@Check(
  'ck_recoveries_written_off',
  `(state = 'WRITTEN_OFF') = (written_off_fen > 0) AND (written_off_fen > 0) = (write_off_voucher_id IS NOT NULL) AND (written_off_fen > 0) = (written_off_on IS NOT NULL)`,
)
export class Recovery {
  @KeyColumn('pk_recoveries')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('subject_kind', 20)
  readonly subjectKind!: string;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  @IdColumn('thread_id')
  readonly threadId!: string;

  /** The payment whose money it is. */
  @IdColumn('order_id')
  @ForeignKey(() => PaymentOrderRow, {
    name: 'fk_recoveries_order',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly orderId!: string;

  @WordColumn('case_number', 40)
  readonly caseNumber!: string;

  /** Who owes it. */
  @IdColumn('payer_id')
  readonly payerId!: string;

  @FenColumn('demanded_fen')
  readonly demandedFen!: Fen;

  @FenColumn('recovered_fen')
  readonly recoveredFen!: Fen;

  @FenColumn('written_off_fen')
  readonly writtenOffFen!: Fen;

  /** Of what was written off, so much came in after all. */
  @FenColumn('recovered_late_fen')
  readonly recoveredLateFen!: Fen;

  @OptionalDayColumn('written_off_on')
  readonly writtenOffOn!: Day | null;

  @WordColumn('state', 12)
  readonly state!: RecoveryState;

  @InstantColumn('demanded_at')
  readonly demandedAt!: Date;

  @DayColumn('due_on')
  readonly dueOn!: Day;

  @CountColumn('version')
  readonly version!: number;

  /** Books the demand. */
  @IdColumn('voucher_id')
  @ForeignKey('vouchers', { name: 'fk_recoveries_voucher', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly voucherId!: string;

  @OptionalIdColumn('write_off_voucher_id')
  @ForeignKey('vouchers', { name: 'fk_recoveries_write_off', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly writeOffVoucherId!: string | null;
}

/** A part of it that came in. Append-only. */
@Entity('recovery_instalments')
@Unique('uq_recovery_instalments_reference', ['societyId', 'bankReference'])
@Unique('uq_recovery_instalments_voucher', ['voucherId'])
@Index('ix_recovery_instalments_recovery', ['recoveryId'])
@Check('ck_recovery_instalments_amount', 'amount_fen > 0')
export class RecoveryInstalment {
  @KeyColumn('pk_recovery_instalments')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('recovery_id')
  @ForeignKey(() => Recovery, {
    name: 'fk_recovery_instalments_recovery',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly recoveryId!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @InstantColumn('received_at')
  readonly receivedAt!: Date;

  @OptionalWordColumn('bank_reference', 60)
  readonly bankReference!: string | null;

  /** The bank's slip, or the receipt for cash that was then paid in at the bank. */
  @IdColumn('photo_file_id')
  @ForeignKey('stored_files', {
    name: 'fk_recovery_instalments_photo',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly photoFileId!: string;

  @IdColumn('voucher_id')
  @ForeignKey('vouchers', {
    name: 'fk_recovery_instalments_voucher',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly voucherId!: string;

  @IdColumn('recorded_by')
  readonly recordedBy!: string;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}
