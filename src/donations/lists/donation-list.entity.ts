import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import {
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
} from '../../platform/database/columns.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** A list of gifts for the wall. Its notice is found by its id; what it lists stands in rows of their own. */
@Entity('donation_lists')
@Index('ix_donation_lists_society', ['societyId', 'createdAt'])
@Check('ck_donation_lists_span', 'first_day <= last_day')
export class DonationList {
  @KeyColumn('pk_donation_lists')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_donation_lists_society', ...NO_ACTION })
  readonly societyId!: string;

  @DayColumn('first_day')
  readonly firstDay!: Day;

  @DayColumn('last_day')
  readonly lastDay!: Day;

  @OptionalIdColumn('created_by')
  readonly createdBy!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  /** Taken back before it was signed: its gifts may stand in another. */
  @OptionalInstantColumn('withdrawn_at')
  readonly withdrawnAt!: Date | null;
}

/** One gift in one list. */
@Entity('donation_list_gifts')
@Unique('uq_donation_list_gifts_once', ['giftKey'])
@Index('ix_donation_list_gifts_list', ['listId'])
@Check('ck_donation_list_gifts_amount', 'amount_fen > 0')
export class DonationListGift {
  @KeyColumn('pk_donation_list_gifts')
  readonly id!: string;

  @IdColumn('list_id')
  @ForeignKey(() => DonationList, { name: 'fk_donation_list_gifts_list', ...NO_ACTION })
  readonly listId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_donation_list_gifts_gift', ...NO_ACTION })
  readonly giftId!: string;

  /** The same while the list stands: no gift is listed twice. Null once the list was taken back. */
  @OptionalIdColumn('gift_key')
  readonly giftKey!: string | null;

  /** As it is printed. */
  @FenColumn('amount_fen')
  readonly amountFen!: Fen;
}
