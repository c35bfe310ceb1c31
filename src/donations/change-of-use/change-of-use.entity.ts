import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { Use } from '../../notices/index.js';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type {
  Answer,
  AnsweredHow,
  Basis,
  ChangeReason,
  ChangeState,
  PartState,
} from '../domain/change-of-use.js';
import { Donor } from '../donors/donor.entity.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** That what is left of a purse shall serve another: the board's motion, and what the givers said to it. */
@Entity('use_changes')
@Unique('uq_use_changes_open', ['openKey'])
@Index('ix_use_changes_society', ['societyId', 'openedAt'])
@Check('ck_use_changes_state', `state IN ('VOTING', 'ASKING', 'DONE', 'DROPPED')`)
@Check('ck_use_changes_open', `(state IN ('VOTING', 'ASKING')) = (open_key IS NOT NULL)`)
@Check('ck_use_changes_ended', `(state IN ('VOTING', 'ASKING')) = (ended_at IS NULL)`)
@Check('ck_use_changes_asked', `state <> 'ASKING' OR (answer_by IS NOT NULL AND decision IS NOT NULL)`)
@Check('ck_use_changes_purses', 'fund <> into_fund OR restriction <> into_restriction')
export class UseChange {
  @KeyColumn('pk_use_changes')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_use_changes_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('balance_id')
  @ForeignKey('fund_balances', { name: 'fk_use_changes_balance', ...NO_ACTION })
  readonly balanceId!: string;

  @WordColumn('fund', 40)
  readonly fund!: string;

  @WordColumn('restriction', 40)
  readonly restriction!: string;

  @WordColumn('into_fund', 40)
  readonly intoFund!: string;

  @WordColumn('into_restriction', 40)
  readonly intoRestriction!: string;

  @WordColumn('reason', 16)
  readonly reason!: ChangeReason;

  /** As the notice will say it: from a closed list. */
  @WordColumn('use_before', 12)
  readonly useBefore!: Use;

  @WordColumn('use_after', 12)
  readonly useAfter!: Use;

  /** Number of the plan of a campaign as it was filed anew (Charity Law, art. 56). */
  @OptionalWordColumn('plan_number', 60)
  readonly planNumber!: string | null;

  /** Name and charter as they were put to the vote: JSON, for the notice. */
  @TextColumn('issuer')
  readonly issuer!: string;

  @WordColumn('state', 8)
  readonly state!: ChangeState;

  /** The round in numbers, once it approved: JSON, for the notice. */
  @OptionalTextColumn('decision')
  readonly decision!: string | null;

  @OptionalDayColumn('asked_on')
  readonly askedOn!: Day | null;

  /** Until when the givers are asked. */
  @OptionalDayColumn('answer_by')
  readonly answerBy!: Day | null;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** The purse while a change of its use is open: one at a time. */
  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;

  @CountColumn('version')
  readonly version!: number;
}

/** One giver who is asked, and what he said. Only the hash of the link's secret is kept; a newer link replaces it. */
@Entity('use_change_givers')
@Unique('uq_use_change_givers_donor', ['changeId', 'donorId'])
@Unique('uq_use_change_givers_token', ['tokenHash'])
@Check('ck_use_change_givers_answer', `answer IN ('WAITING', 'CONSENT', 'RETURN', 'THINK')`)
@Check(
  'ck_use_change_givers_answered',
  `(answer = 'WAITING') = (answered_at IS NULL) AND (answer = 'WAITING') = (how IS NULL)`,
)
@Check(
  'ck_use_change_givers_paper',
  `COALESCE(how, 'LINK') IN ('PAPER', 'LINK', 'ACCOUNT') AND (answer IN ('WAITING', 'THINK') OR how <> 'PAPER' OR paper_file_id IS NOT NULL)`,
)
export class UseChangeGiver {
  @KeyColumn('pk_use_change_givers')
  readonly id!: string;

  @IdColumn('change_id')
  @ForeignKey(() => UseChange, { name: 'fk_use_change_givers_change', ...NO_ACTION })
  readonly changeId!: string;

  @IdColumn('donor_id')
  @ForeignKey(() => Donor, { name: 'fk_use_change_givers_donor', ...NO_ACTION })
  readonly donorId!: string;

  @WordColumn('answer', 8)
  readonly answer!: Answer;

  @OptionalWordColumn('how', 7)
  readonly how!: AnsweredHow | null;

  @OptionalIdColumn('paper_file_id')
  readonly paperFileId!: string | null;

  @OptionalInstantColumn('answered_at')
  readonly answeredAt!: Date | null;

  /** Who wrote it down; null where the giver said it himself. */
  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @OptionalWordColumn('token_hash', 64)
  readonly tokenHash!: string | null;

  @OptionalInstantColumn('link_made_at')
  readonly linkMadeAt!: Date | null;

  @CountColumn('version')
  readonly version!: number;
}

/** What of one lot was held back for the change, and what became of it. */
@Entity('use_change_lots')
@Unique('uq_use_change_lots_lot', ['changeId', 'lotId'])
@Index('ix_use_change_lots_lot', ['lotId'])
@Check('ck_use_change_lots_amount', 'amount_fen > 0')
@Check(
  'ck_use_change_lots_basis',
  `basis IN ('GIVER', 'BOARD', 'FILING') AND (basis = 'GIVER') = (giver_id IS NOT NULL)`,
)
@Check('ck_use_change_lots_state', `state IN ('FROZEN', 'MOVED', 'RETURNED', 'THAWED')`)
@Check(
  'ck_use_change_lots_moved',
  `(state = 'MOVED') = (new_lot_id IS NOT NULL) AND (state = 'RETURNED') = (refund_id IS NOT NULL)`,
)
export class UseChangeLot {
  @KeyColumn('pk_use_change_lots')
  readonly id!: string;

  @IdColumn('change_id')
  @ForeignKey(() => UseChange, { name: 'fk_use_change_lots_change', ...NO_ACTION })
  readonly changeId!: string;

  @IdColumn('lot_id')
  @ForeignKey('lots', { name: 'fk_use_change_lots_lot', ...NO_ACTION })
  readonly lotId!: string;

  /** Null for what is no gift: a subsidy, interest. */
  @OptionalIdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_use_change_lots_gift', ...NO_ACTION })
  readonly giftId!: string | null;

  @OptionalIdColumn('giver_id')
  @ForeignKey(() => UseChangeGiver, { name: 'fk_use_change_lots_giver', ...NO_ACTION })
  readonly giverId!: string | null;

  /** Whose word moves it: the giver's, the board's, or the plan that was filed anew. */
  @WordColumn('basis', 6)
  readonly basis!: Basis;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @WordColumn('state', 8)
  readonly state!: PartState;

  @OptionalIdColumn('new_lot_id')
  @ForeignKey('lots', { name: 'fk_use_change_lots_new_lot', ...NO_ACTION })
  readonly newLotId!: string | null;

  @OptionalIdColumn('refund_id')
  @ForeignKey('gift_refunds', { name: 'fk_use_change_lots_refund', ...NO_ACTION })
  readonly refundId!: string | null;
}
