import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import type { Deduction } from '../funds/domain/worksheet.js';
import type { ReliefPaper } from '../funds/domain/rule.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { ReliefLetterKind } from './domain/relief-letters.js';
import type { ReliefState } from './domain/relief-procedure.js';
import type { PolicyOutcome, RefundReason, ReviewReason } from './domain/relief-words.js';
import { ReliefRow } from './relief.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** An invoice that a family claims by. In one fund it counts once (D4-11). */
@Entity('relief_invoices')
@Unique('uq_relief_invoices_used', ['usedKey'])
@Index('ix_relief_invoices_relief', ['reliefId'])
@Check('ck_relief_invoices_amount', 'amount_fen > 0')
@Check('ck_relief_invoices_removed', 'removed_at IS NULL OR used_key IS NULL')
export class ReliefInvoice {
  @KeyColumn('pk_relief_invoices')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_invoices_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @WordColumn('number', 30)
  readonly number!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** Fund and number while the case counts it, null once it does not. */
  @OptionalWordColumn('used_key', 80)
  readonly usedKey!: string | null;

  @InstantColumn('added_at')
  readonly addedAt!: Date;

  @OptionalInstantColumn('removed_at')
  readonly removedAt!: Date | null;
}

/** What one policy of the state, one insurer or another giver has paid on the invoices. Append-only: a new lap checks anew. */
@Entity('relief_policies')
@Unique('uq_relief_policies_lap', ['reliefId', 'lap', 'deduction'])
@Check('ck_relief_policies_amount', "amount_fen >= 0 AND (outcome = 'APPLIED') = (amount_fen > 0)")
@Check('ck_relief_policies_outcome', "outcome IN ('APPLIED', 'NOT_ELIGIBLE', 'REFUSED', 'NOT_ASKED')")
export class ReliefPolicy {
  @KeyColumn('pk_relief_policies')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_policies_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @CountColumn('lap')
  readonly lap!: number;

  @WordColumn('deduction', 16)
  readonly deduction!: Deduction;

  @WordColumn('outcome', 12)
  readonly outcome!: PolicyOutcome;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** Number of the statement. */
  @OptionalWordColumn('proof', 60)
  readonly proof!: string | null;

  @InstantColumn('checked_at')
  readonly checkedAt!: Date;

  @OptionalIdColumn('checked_by')
  readonly checkedBy!: string | null;
}

/** A photographed paper of the file. Append-only. */
@Entity('relief_papers')
@Index('ix_relief_papers_relief', ['reliefId'])
export class ReliefPaperRow {
  @KeyColumn('pk_relief_papers')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_papers_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @WordColumn('kind', 20)
  readonly kind!: ReliefPaper;

  @IdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_relief_papers_file', ...NO_ACTION })
  readonly fileId!: string;

  @InstantColumn('added_at')
  readonly addedAt!: Date;

  @OptionalIdColumn('added_by')
  readonly addedBy!: string | null;
}

/** One sitting of the assessors: what they wrote, and the sheet they signed. Append-only. */
@Entity('relief_assessments')
@Unique('uq_relief_assessments_lap', ['reliefId', 'lap'])
export class ReliefAssessment {
  @KeyColumn('pk_relief_assessments')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_assessments_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @CountColumn('lap')
  readonly lap!: number;

  @TextColumn('opinion_sealed')
  readonly opinionSealed!: string;

  @IdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_relief_assessments_file', ...NO_ACTION })
  readonly fileId!: string;

  @InstantColumn('assessed_at')
  readonly assessedAt!: Date;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;
}

/** What one assessor gave, 0 to 100. Append-only. */
@Entity('relief_scores')
@Unique('uq_relief_scores_person', ['reliefId', 'lap', 'personId'])
@Check('ck_relief_scores_score', 'score >= 0 AND score <= 100')
export class ReliefScore {
  @KeyColumn('pk_relief_scores')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_scores_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @CountColumn('lap')
  readonly lap!: number;

  @IdColumn('person_id')
  readonly personId!: string;

  @CountColumn('score')
  readonly score!: number;
}

/** That a reviewer of the federation has gone through the file and lets it pass. Append-only. */
@Entity('relief_reviews')
@Unique('uq_relief_reviews_reviewer', ['reliefId', 'lap', 'reviewerId'])
export class ReliefReview {
  @KeyColumn('pk_relief_reviews')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_reviews_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @CountColumn('lap')
  readonly lap!: number;

  @IdColumn('reviewer_id')
  readonly reviewerId!: string;

  @WordColumn('reason', 14)
  readonly reason!: ReviewReason;

  @OptionalTextColumn('note_sealed')
  readonly noteSealed!: string | null;

  @InstantColumn('reviewed_at')
  readonly reviewedAt!: Date;
}

/** That a file was sent back, for what, and when it came again. */
@Entity('relief_returns')
@Unique('uq_relief_returns_number', ['reliefId', 'number'])
@Check('ck_relief_returns_number', 'number IN (1, 2)')
export class ReliefReturn {
  @KeyColumn('pk_relief_returns')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_returns_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @CountColumn('number')
  readonly number!: number;

  @WordColumn('from_state', 16)
  readonly fromState!: ReliefState;

  @JsonColumn('items')
  readonly items!: readonly ReliefPaper[];

  @OptionalTextColumn('note_sealed')
  readonly noteSealed!: string | null;

  @InstantColumn('returned_at')
  readonly returnedAt!: Date;

  @OptionalIdColumn('returned_by')
  readonly returnedBy!: string | null;

  @OptionalInstantColumn('answered_at')
  readonly answeredAt!: Date | null;
}

/** From when to when objections to a pre-notice held a case up, and how it ended. What was said stays with the objection. */
@Entity('relief_holds')
@Index('ix_relief_holds_relief', ['reliefId'])
@Check('ck_relief_holds_decided', '(outcome IS NULL) = (decided_at IS NULL)')
@Check('ck_relief_holds_outcome', "outcome IS NULL OR outcome IN ('DISMISSED', 'UPHELD')")
export class ReliefHold {
  @KeyColumn('pk_relief_holds')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_holds_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_relief_holds_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @InstantColumn('held_at')
  readonly heldAt!: Date;

  @OptionalWordColumn('outcome', 10)
  readonly outcome!: 'DISMISSED' | 'UPHELD' | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  /** Who confirmed that one was right. */
  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;
}

/** A part of the grant that is paid before the notice has ended, since lives hang on it: asked for with the hospital's statement, signed by the chair and by the supervisor. */
@Entity('relief_advances')
@Unique('uq_relief_advances_relief', ['reliefId'])
@Check('ck_relief_advances_amount', 'amount_fen > 0')
@Check(
  'ck_relief_advances_signed',
  '(chair_id IS NULL) = (chair_at IS NULL) AND (supervisor_id IS NULL) = (supervisor_at IS NULL)',
)
@Check('ck_relief_advances_two', 'chair_id IS NULL OR supervisor_id IS NULL OR chair_id <> supervisor_id')
export class ReliefAdvance {
  @KeyColumn('pk_relief_advances')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_advances_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** The hospital; null for the family. */
  @OptionalIdColumn('institution_id')
  readonly institutionId!: string | null;

  @IdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_relief_advances_file', ...NO_ACTION })
  readonly fileId!: string;

  @InstantColumn('asked_at')
  readonly askedAt!: Date;

  @OptionalIdColumn('asked_by')
  readonly askedBy!: string | null;

  @OptionalIdColumn('chair_id')
  readonly chairId!: string | null;

  @OptionalInstantColumn('chair_at')
  readonly chairAt!: Date | null;

  @OptionalIdColumn('supervisor_id')
  readonly supervisorId!: string | null;

  @OptionalInstantColumn('supervisor_at')
  readonly supervisorAt!: Date | null;
}

/** One payment of a grant, to the family or to the hospital: an order of its own. */
@Entity('relief_payments')
@Unique('uq_relief_payments_seq', ['reliefId', 'seq'])
@Check('ck_relief_payments_amount', 'amount_fen > 0 AND refunded_fen >= 0 AND refunded_fen <= amount_fen')
@Check(
  'ck_relief_payments_state',
  "state IN ('ORDERED', 'PAID', 'OFF') AND (state = 'PAID') = (paid_at IS NOT NULL)",
)
@Check('ck_relief_payments_kind', "kind IN ('ADVANCE', 'PART')")
export class ReliefPayment {
  @KeyColumn('pk_relief_payments')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_payments_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @CountColumn('seq')
  readonly seq!: number;

  @WordColumn('kind', 8)
  readonly kind!: 'ADVANCE' | 'PART';

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @OptionalIdColumn('institution_id')
  readonly institutionId!: string | null;

  /** The hold on the cap that it spends: money that comes back restores that one. */
  @WordColumn('claim', 40)
  readonly claim!: string;

  /** OFF: called off before it was paid. */
  @WordColumn('state', 8)
  readonly state!: 'ORDERED' | 'PAID' | 'OFF';

  @InstantColumn('ordered_at')
  readonly orderedAt!: Date;

  @OptionalInstantColumn('paid_at')
  readonly paidAt!: Date | null;

  @FenColumn('refunded_fen')
  readonly refundedFen!: Fen;
}

/** What was found when somebody went to see the family afterwards. Append-only. */
@Entity('relief_follow_ups')
@Index('ix_relief_follow_ups_relief', ['reliefId'])
export class ReliefFollowUp {
  @KeyColumn('pk_relief_follow_ups')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_follow_ups_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @DayColumn('seen_on')
  readonly seenOn!: Day;

  @FlagColumn('used_as_meant')
  readonly usedAsMeant!: boolean;

  @OptionalTextColumn('note_sealed')
  readonly noteSealed!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;
}

/** Why a part of a grant was demanded back, and how much. Append-only. */
@Entity('relief_refunds')
@Index('ix_relief_refunds_relief', ['reliefId'])
@Check('ck_relief_refunds_amounts', 'later_fen >= 0 AND excess_fen > 0')
export class ReliefRefund {
  @KeyColumn('pk_relief_refunds')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_refunds_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @WordColumn('reason', 20)
  readonly reason!: RefundReason;

  /** What an insurer paid later; 0 where it is another reason. */
  @FenColumn('later_fen')
  readonly laterFen!: Fen;

  @FenColumn('excess_fen')
  readonly excessFen!: Fen;

  @OptionalWordColumn('proof', 60)
  readonly proof!: string | null;

  @InstantColumn('demanded_at')
  readonly demandedAt!: Date;

  @OptionalIdColumn('demanded_by')
  readonly demandedBy!: string | null;
}

/** A letter to one reader, frozen in the unit that causes it. Append-only. */
@Entity('relief_letters')
@Index('ix_relief_letters_relief', ['reliefId'])
export class ReliefLetterRow {
  @KeyColumn('pk_relief_letters')
  readonly id!: string;

  @IdColumn('relief_id')
  @ForeignKey(() => ReliefRow, { name: 'fk_relief_letters_relief', ...NO_ACTION })
  readonly reliefId!: string;

  @WordColumn('kind', 10)
  readonly kind!: ReliefLetterKind;

  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  @InstantColumn('made_at')
  readonly madeAt!: Date;

  @OptionalIdColumn('made_by')
  readonly madeBy!: string | null;
}
