import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import {
  DayColumn,
  FenColumn,
  IdColumn,
  KeyColumn,
  OptionalIdColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { FundBalance } from './book.entity.js';
import type { AllocationKind } from './domain/allocation.js';
import type { LotSource } from './domain/entries.js';
import { Voucher } from './voucher.entity.js';

/** One inflow, and what is left of it: every yuan that is paid can be led back to one. */
@Entity('lots')
@Unique('uq_lots_voucher', ['voucherId'])
@Index('ix_lots_turn', ['balanceId', 'receivedOn'])
@Check('ck_lots_amount', 'amount_fen > 0')
@Check('ck_lots_left', 'left_fen >= 0 AND left_fen <= amount_fen')
@Check('ck_lots_frozen', 'frozen_fen >= 0 AND frozen_fen <= left_fen')
@Check('ck_lots_source', `source IN ('OPENING', 'SUBSIDY', 'FEE', 'INTEREST', 'GIFT', 'UNKNOWN')`)
export class Lot {
  @KeyColumn('pk_lots')
  readonly id!: string;

  @IdColumn('balance_id')
  @ForeignKey(() => FundBalance, { name: 'fk_lots_balance', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly balanceId!: string;

  @IdColumn('voucher_id')
  @ForeignKey(() => Voucher, { name: 'fk_lots_voucher', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly voucherId!: string;

  @WordColumn('source', 12)
  readonly source!: LotSource;

  @DayColumn('received_on')
  readonly receivedOn!: Day;

  @WordColumn('note', 120)
  readonly note!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @FenColumn('left_fen')
  readonly leftFen!: Fen;

  /** So much of what is left is held back while its giver is asked about another use; no payment takes of it. */
  @FenColumn('frozen_fen')
  readonly frozenFen!: Fen;
}

/**
 * One line in the trace of a lot: so much of it went into a payment, or came back from one (negative), went back to its
 * giver, was moved to another purse, paid for the running of the house, or was struck with the inflow itself. Append-only, written with its voucher; what is left of a lot is what these leave of it.
 */
@Entity('lot_allocations')
@Unique('uq_lot_allocations_once', ['voucherId', 'lotId'])
@Index('ix_lot_allocations_order', ['orderId'])
@Index('ix_lot_allocations_lot', ['lotId'])
@Check(
  'ck_lot_allocations_kind',
  `kind IN ('PAID', 'RETURNED', 'RECOVERED', 'REVERSED', 'REFUNDED', 'MOVED', 'MANAGED')`,
)
@Check(
  'ck_lot_allocations_amount',
  `amount_fen <> 0 AND (kind IN ('RETURNED', 'RECOVERED')) = (amount_fen < 0)`,
)
@Check(
  'ck_lot_allocations_order',
  `(kind IN ('REVERSED', 'REFUNDED', 'MOVED', 'MANAGED')) = (order_id IS NULL)`,
)
export class LotAllocation {
  @KeyColumn('pk_lot_allocations')
  readonly id!: string;

  @IdColumn('lot_id')
  @ForeignKey(() => Lot, { name: 'fk_lot_allocations_lot', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly lotId!: string;

  @IdColumn('voucher_id')
  @ForeignKey(() => Voucher, {
    name: 'fk_lot_allocations_voucher',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly voucherId!: string;

  @WordColumn('kind', 10)
  readonly kind!: AllocationKind;

  /** Null where no payment is behind it. */
  @OptionalIdColumn('order_id')
  readonly orderId!: string | null;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;
}
