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
  OptionalIdColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { Book } from './book.entity.js';
import type { Account } from './domain/accounts.js';

/** One event, booked once. Append-only: what is wrong is taken back by another voucher. */
@Entity('vouchers')
@Unique('uq_vouchers_number', ['bookId', 'year', 'number'])
@Unique('uq_vouchers_cause', ['cause'])
@Unique('uq_vouchers_reversal', ['reversalOf'])
@Check('ck_vouchers_number', 'number > 0')
export class Voucher {
  @KeyColumn('pk_vouchers')
  readonly id!: string;

  @IdColumn('book_id')
  @ForeignKey(() => Book, { name: 'fk_vouchers_book', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly bookId!: string;

  @CountColumn('year')
  readonly year!: number;

  /** Without gaps in its book and year. */
  @CountColumn('number')
  readonly number!: number;

  @DayColumn('day')
  readonly day!: Day;

  @WordColumn('cause', 140)
  readonly cause!: string;

  @WordColumn('summary', 120)
  readonly summary!: string;

  @InstantColumn('posted_at')
  readonly postedAt!: Date;

  /** The voucher that this one takes back: each at most once. */
  @OptionalIdColumn('reversal_of')
  @ForeignKey(() => Voucher, { name: 'fk_vouchers_reversal', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly reversalOf!: string | null;
}

@Entity('voucher_lines')
@Unique('uq_voucher_lines_position', ['voucherId', 'position'])
@Index('ix_voucher_lines_thread', ['threadId'])
@Check('ck_voucher_lines_move_money', 'amount_fen <> 0')
export class VoucherLine {
  @KeyColumn('pk_voucher_lines')
  readonly id!: string;

  @IdColumn('voucher_id')
  @ForeignKey(() => Voucher, {
    name: 'fk_voucher_lines_voucher',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly voucherId!: string;

  @CountColumn('position')
  readonly position!: number;

  @WordColumn('account', 12)
  readonly account!: Account;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('fund', 40)
  readonly fund!: string;

  @WordColumn('restriction', 40)
  readonly restriction!: string;

  @OptionalIdColumn('thread_id')
  readonly threadId!: string | null;

  /** Debits are positive, credits negative. */
  @FenColumn('amount_fen')
  readonly amountFen!: Fen;
}
