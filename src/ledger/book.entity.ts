import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import {
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  WordColumn,
} from '../platform/database/columns.js';

/** The one book of a society. */
@Entity('books')
@Unique('uq_books_society', ['societyId'])
@Index('ix_books_held', ['heldById'])
@Check('ck_books_held', 'held_by_id IS NULL OR held_by_id <> society_id')
export class Book {
  @KeyColumn('pk_books')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('name', 80)
  readonly name!: string;

  /** The federation at whose bank the money lies (charter: 代管); null where it lies at the society's own. */
  @OptionalIdColumn('held_by_id')
  readonly heldById!: string | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;
}

/** What a book holds of one fund under one restriction. Changed only by guarded, relative updates. */
@Entity('fund_balances')
@Unique('uq_fund_balances_key', ['bookId', 'fund', 'restriction'])
@Check('ck_fund_balances_parts', 'reserved_fen >= 0 AND frozen_fen >= 0')
@Check('ck_fund_balances_covered', 'balance_fen - reserved_fen - frozen_fen >= 0')
export class FundBalance {
  @KeyColumn('pk_fund_balances')
  readonly id!: string;

  @IdColumn('book_id')
  @ForeignKey(() => Book, { name: 'fk_fund_balances_book', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly bookId!: string;

  @WordColumn('fund', 40)
  readonly fund!: string;

  @WordColumn('restriction', 40)
  readonly restriction!: string;

  @FenColumn('balance_fen')
  readonly balanceFen!: Fen;

  /** Promised by rounds of the board, until paid or freed. */
  @FenColumn('reserved_fen')
  readonly reservedFen!: Fen;

  /** Held back while its use is being changed. */
  @FenColumn('frozen_fen')
  readonly frozenFen!: Fen;
}

export type ReservationState = 'HELD' | 'RELEASED' | 'SPENT';

/**
 * Money set aside for one purpose: the round that votes on it. Each purpose has one in each purse that it draws on,
 * whatever becomes of it; what was spent and came back from the bank is held again.
 */
@Entity('reservations')
@Unique('uq_reservations_purpose', ['purpose', 'balanceId'])
@Check('ck_reservations_amount', 'amount_fen > 0')
@Check('ck_reservations_state', `state IN ('HELD', 'RELEASED', 'SPENT')`)
@Check('ck_reservations_ended', `(state = 'HELD') = (ended_at IS NULL)`)
export class Reservation {
  @KeyColumn('pk_reservations')
  readonly id!: string;

  @IdColumn('balance_id')
  @ForeignKey(() => FundBalance, {
    name: 'fk_reservations_balance',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly balanceId!: string;

  @WordColumn('purpose', 80)
  readonly purpose!: string;

  @OptionalIdColumn('thread_id')
  readonly threadId!: string | null;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @WordColumn('state', 10)
  readonly state!: ReservationState;

  @InstantColumn('held_at')
  readonly heldAt!: Date;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;
}
