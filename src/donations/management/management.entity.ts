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
import type { ManagementPurpose, TermsState } from '../domain/management.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** What the giver agreed in writing that the running of the house may cost of his gift, and what was drawn of it. */
@Entity('management_terms')
@Unique('uq_management_terms_open', ['openKey'])
@Index('ix_management_terms_gift', ['giftId'])
@Check('ck_management_terms_share', 'share_percent > 0 AND share_percent <= 20 AND most_fen > 0')
@Check(
  'ck_management_terms_drawn',
  `drawn_fen >= 0 AND drawn_fen <= most_fen AND (drawn_fen = 0 OR state = 'AGREED')`,
)
@Check('ck_management_terms_state', `state IN ('ASKED', 'AGREED', 'REFUSED')`)
@Check('ck_management_terms_decided', `(state = 'ASKED') = (decided_at IS NULL)`)
@Check('ck_management_terms_hands', 'decided_by IS NULL OR recorded_by IS NULL OR decided_by <> recorded_by')
@Check('ck_management_terms_open', `(state = 'REFUSED') = (open_key IS NULL)`)
export class ManagementTerms {
  @KeyColumn('pk_management_terms')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_management_terms_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_management_terms_gift', ...NO_ACTION })
  readonly giftId!: string;

  @CountColumn('share_percent')
  readonly sharePercent!: number;

  /** The share of the whole gift; of what went back none is drawn, so that it may be less by then. */
  @FenColumn('most_fen')
  readonly mostFen!: Fen;

  @FenColumn('drawn_fen')
  readonly drawnFen!: Fen;

  /** The giver's written agreement. */
  @IdColumn('paper_file_id')
  readonly paperFileId!: string;

  @WordColumn('state', 8)
  readonly state!: TermsState;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  /** The gift, as long as these terms stand or wait: one at a time. */
  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;
}

/** So much was paid for the running of the house, by one line of the bank. Append-only, written with its vouchers. */
@Entity('management_draws')
@Unique('uq_management_draws_bank', ['societyId', 'bankReference'])
@Index('ix_management_draws_terms', ['termsId'])
@Check('ck_management_draws_amount', 'amount_fen > 0')
@Check('ck_management_draws_purpose', `purpose IN ('OFFICE', 'TRAVEL', 'BANK', 'AUDIT', 'STAFF', 'OTHER')`)
export class ManagementDraw {
  @KeyColumn('pk_management_draws')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_management_draws_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('terms_id')
  @ForeignKey(() => ManagementTerms, { name: 'fk_management_draws_terms', ...NO_ACTION })
  readonly termsId!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @WordColumn('purpose', 10)
  readonly purpose!: ManagementPurpose;

  @DayColumn('paid_on')
  readonly paidOn!: Day;

  @WordColumn('bank_reference', 60)
  readonly bankReference!: string;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

/** So much of the draw is of this lot. Append-only. */
@Entity('management_draw_parts')
@Unique('uq_management_draw_parts_lot', ['drawId', 'lotId'])
@Check('ck_management_draw_parts_amount', 'amount_fen > 0')
export class ManagementDrawPart {
  @KeyColumn('pk_management_draw_parts')
  readonly id!: string;

  @IdColumn('draw_id')
  @ForeignKey(() => ManagementDraw, { name: 'fk_management_draw_parts_draw', ...NO_ACTION })
  readonly drawId!: string;

  @IdColumn('lot_id')
  @ForeignKey('lots', { name: 'fk_management_draw_parts_lot', ...NO_ACTION })
  readonly lotId!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @IdColumn('voucher_id')
  @ForeignKey('vouchers', { name: 'fk_management_draw_parts_voucher', ...NO_ACTION })
  readonly voucherId!: string;
}
