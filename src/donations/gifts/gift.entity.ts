import { Check, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { GiftNature } from '../../ledger/index.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { GiftEnding, GiftForm, GiftState, Intent, ReceiptState } from '../domain/gift.js';
import { Donor } from '../donors/donor.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/**
 * What one donor gave at one time, from the pledge on. Its money is a lot of the ledger; the intent decides the purse
 * and is never changed here: another use is a record of its own (change of use).
 */
@Entity('gifts')
@Unique('uq_gifts_bank_line', ['societyId', 'bankKey'])
@Index('ix_gifts_society', ['societyId', 'givenOn'])
@Index('ix_gifts_donor', ['donorId', 'givenOn'])
@Index('ix_gifts_campaign', ['campaignId'])
@Check('ck_gifts_amount', 'amount_fen > 0')
@Check('ck_gifts_nature', `nature IN ('GIFT', 'FEE') AND (nature = 'GIFT' OR receipt_state = 'NONE')`)
@Check('ck_gifts_form', `form IN ('MONEY', 'GOODS')`)
@Check('ck_gifts_state', `state IN ('PLEDGED', 'UNKNOWN', 'RECEIVED', 'ENDED')`)
@Check('ck_gifts_receipt', `receipt_state IN ('NONE', 'DUE', 'ISSUED', 'WAIVED')`)
@Check('ck_gifts_intent', `intent IN ('UNRESTRICTED', 'SOCIETY', 'PURPOSE', 'FUND', 'PROJECT')`)
@Check('ck_gifts_booked', `state <> 'PLEDGED' OR lot_id IS NULL`)
@Check('ck_gifts_received', `state <> 'RECEIVED' OR form = 'GOODS' OR lot_id IS NOT NULL`)
@Check('ck_gifts_ended', `(state = 'ENDED') = (ending IS NOT NULL)`)
export class Gift {
  @KeyColumn('pk_gifts')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_gifts_society', ...NO_ACTION })
  readonly societyId!: string;

  /** Null for an anonymous giver, and while nobody knows who it was. */
  @OptionalIdColumn('donor_id')
  @ForeignKey(() => Donor, { name: 'fk_gifts_donor', ...NO_ACTION })
  readonly donorId!: string | null;

  /** A gift, or the fee of a member, which is none (D4-56). */
  @WordColumn('nature', 4)
  readonly nature!: GiftNature;

  @WordColumn('form', 5)
  readonly form!: GiftForm;

  @WordColumn('state', 8)
  readonly state!: GiftState;

  @WordColumn('receipt_state', 8)
  readonly receiptState!: ReceiptState;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** The day of the pledge, then the day on which it came in. */
  @DayColumn('given_on')
  readonly givenOn!: Day;

  @OptionalDayColumn('pledged_on')
  readonly pledgedOn!: Day | null;

  /** BANK or CASH; null for a pledge and for goods. */
  @OptionalWordColumn('method', 4)
  readonly method!: 'BANK' | 'CASH' | null;

  @OptionalWordColumn('bank_reference', 60)
  readonly bankReference!: string | null;

  /** The same while the gift stands; null once it was taken back as mistyped, so that the line can be booked anew. */
  @OptionalWordColumn('bank_key', 60)
  readonly bankKey!: string | null;

  @WordColumn('intent', 12)
  readonly intent!: Intent;

  /** The donor's own words, as they were written. Never in public. */
  @WordColumn('intent_words', 120)
  readonly intentWords!: string;

  @WordColumn('fund', 40)
  readonly fund!: string;

  @WordColumn('restriction', 40)
  readonly restriction!: string;

  @OptionalIdColumn('campaign_id')
  readonly campaignId!: string | null;

  /** The lot that it was booked as; all of them, after a change of use, stand in `gift_lots`. */
  @OptionalIdColumn('lot_id')
  @ForeignKey('lots', { name: 'fk_gifts_lot', ...NO_ACTION })
  readonly lotId!: string | null;

  @OptionalIdColumn('voucher_id')
  @ForeignKey('vouchers', { name: 'fk_gifts_voucher', ...NO_ACTION })
  readonly voucherId!: string | null;

  /** The person who took it in: 收款人 on the receipt. */
  @OptionalIdColumn('received_by')
  readonly receivedBy!: string | null;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  @OptionalWordColumn('ending', 20)
  readonly ending!: GiftEnding | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  @CountColumn('version')
  readonly version!: number;
}

/** A gift as plain facts, to make another of. */
export type GiftFacts = { readonly [Key in keyof Gift]: Gift[Key] };

/** The lots that a gift lives in: the first, and one more for each change of use. A lot is of one gift. */
@Entity('gift_lots')
@Index('ix_gift_lots_gift', ['giftId'])
export class GiftLot {
  @PrimaryColumn('varchar', { name: 'lot_id', length: 36, primaryKeyConstraintName: 'pk_gift_lots' })
  @ForeignKey('lots', { name: 'fk_gift_lots_lot', ...NO_ACTION })
  readonly lotId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_gift_lots_gift', ...NO_ACTION })
  readonly giftId!: string;
}
