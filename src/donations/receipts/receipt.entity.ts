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
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { ReceiptKind, ReceiptMode, ReversalCause, ReturnedAs } from '../domain/receipt.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** From a day on an organisation issues receipts in its own right, those of its federation, or internal ones. Append-only. */
@Entity('receipt_rights')
@Unique('uq_receipt_rights_version', ['organisationId', 'version'])
@Check('ck_receipt_rights_mode', `mode IN ('FISCAL', 'FEDERATION', 'INTERNAL')`)
@Check('ck_receipt_rights_code', `(mode = 'FISCAL') = (ticket_code IS NOT NULL)`)
export class ReceiptRight {
  @KeyColumn('pk_receipt_rights')
  readonly id!: string;

  @IdColumn('organisation_id')
  @ForeignKey('organisations', { name: 'fk_receipt_rights_organisation', ...NO_ACTION })
  readonly organisationId!: string;

  @CountColumn('version')
  readonly version!: number;

  @WordColumn('mode', 10)
  readonly mode!: ReceiptMode;

  /** 票据代码, as the finance bureau gave it out. */
  @OptionalWordColumn('ticket_code', 12)
  readonly ticketCode!: string | null;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  /** The federation that wrote it down. */
  @IdColumn('given_by_id')
  @ForeignKey('organisations', { name: 'fk_receipt_rights_giver', ...NO_ACTION })
  readonly givenById!: string;

  @OptionalIdColumn('given_by_person')
  readonly givenByPerson!: string | null;

  @InstantColumn('given_at')
  readonly givenAt!: Date;
}

/**
 * A receipt for a gift, as it was frozen. Append-only: a wrong one is reversed by a red one with a number of its own,
 * and no number is ever used again. That a receipt is reversed is that a red one names it.
 */
@Entity('receipts')
@Unique('uq_receipts_number', ['issuerId', 'seriesYear', 'number'])
@Unique('uq_receipts_lookup', ['numberText', 'checkCode'])
@Unique('uq_receipts_reversed_once', ['reversesId'])
@Index('ix_receipts_gift', ['giftId'])
@Index('ix_receipts_society', ['societyId', 'id'])
@Check('ck_receipts_mode', `mode IN ('FISCAL', 'FEDERATION', 'INTERNAL')`)
@Check('ck_receipts_kind', `kind IN ('BLUE', 'RED')`)
@Check('ck_receipts_amount', `amount_fen <> 0 AND (kind = 'RED') = (amount_fen < 0)`)
@Check('ck_receipts_refunded', 'refunded_fen >= 0')
@Check(
  'ck_receipts_red',
  `(kind = 'RED') = (reverses_id IS NOT NULL) AND (kind = 'RED') = (cause IS NOT NULL) AND (kind = 'RED') = (reason IS NOT NULL) AND (kind = 'RED') = (returned IS NOT NULL)`,
)
@Check('ck_receipts_cause', `cause IS NULL OR cause IN ('ERROR', 'REFUND')`)
@Check('ck_receipts_returned', `returned IS NULL OR returned IN ('PAPER', 'ERECEIPT')`)
export class Receipt {
  @KeyColumn('pk_receipts')
  readonly id!: string;

  /** Whose gift it is; not always who issues. */
  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_receipts_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_receipts_gift', ...NO_ACTION })
  readonly giftId!: string;

  /** 收款单位: the society, or the federation in whose name it issues. Its series the number is of. */
  @IdColumn('issuer_id')
  @ForeignKey('organisations', { name: 'fk_receipts_issuer', ...NO_ACTION })
  readonly issuerId!: string;

  @WordColumn('mode', 10)
  readonly mode!: ReceiptMode;

  @WordColumn('kind', 4)
  readonly kind!: ReceiptKind;

  @CountColumn('series_year')
  readonly seriesYear!: number;

  @CountColumn('number')
  readonly number!: number;

  /** Year and number as they are printed: 2026000123. */
  @WordColumn('number_text', 12)
  readonly numberText!: string;

  /** 校验码: opens the public trace together with the number. */
  @WordColumn('check_code', 8)
  readonly checkCode!: string;

  /** Below zero on a red one. */
  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** So much of the gift had gone back before this was written: the rest is what it says. */
  @FenColumn('refunded_fen')
  readonly refundedFen!: Fen;

  @DayColumn('issued_on')
  readonly issuedOn!: Day;

  @InstantColumn('issued_at')
  readonly issuedAt!: Date;

  @OptionalIdColumn('issued_by')
  readonly issuedBy!: string | null;

  /** 收款人. */
  @OptionalIdColumn('received_by')
  readonly receivedBy!: string | null;

  /** On a red one, the receipt that it takes back. */
  @OptionalIdColumn('reverses_id')
  @ForeignKey(() => Receipt, { name: 'fk_receipts_reverses', ...NO_ACTION })
  readonly reversesId!: string | null;

  @OptionalWordColumn('cause', 6)
  readonly cause!: ReversalCause | null;

  @OptionalWordColumn('reason', 120)
  readonly reason!: string | null;

  /** How the old one came back: the paper itself, or an e-receipt that was reversed where it was issued. */
  @OptionalWordColumn('returned', 8)
  readonly returned!: ReturnedAs | null;

  /** What is printed, sealed: it holds the full name of the payer. */
  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  /** Of the open content. */
  @WordColumn('content_hash', 64)
  readonly contentHash!: string;
}

/** A donor wanted no receipt (Charity Law, art. 38): who was told, when and why. A receipt may still be issued later. */
@Entity('receipt_waivers')
@Index('ix_receipt_waivers_gift', ['giftId'])
export class ReceiptWaiver {
  @KeyColumn('pk_receipt_waivers')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_receipt_waivers_gift', ...NO_ACTION })
  readonly giftId!: string;

  @WordColumn('reason', 120)
  readonly reason!: string;

  @OptionalIdColumn('waived_by')
  readonly waivedBy!: string | null;

  @InstantColumn('waived_at')
  readonly waivedAt!: Date;
}
